// SPDX-License-Identifier: Apache-2.0
//! Engines can be switched off and on.

use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;
use unum_address::VmKind;

use super::mock::*;
use crate::{DisabledEngines, Error, Event, Refusal};

#[test]
fn a_disabled_engine_refuses_and_the_others_go_on() {
	run_test(|| {
		assert_ok!(Dispatch::set_engine_enabled(RuntimeOrigin::root(), VmKind::NATIVE, false));
		System::assert_last_event(
			Event::EngineSwitched { vm: VmKind::NATIVE, enabled: false }.into(),
		);
		let before = state_outside_dispatch();
		assert_noop!(submit(ALICE, native_transfer(BOB, 1)), Error::<Test>::EngineDisabled);
		assert_eq!(state_outside_dispatch(), before);
		assert_ok!(submit(ALICE, echo(b"still here")));

		let refusal = Dispatch::check(id(ALICE), &native_transfer(BOB, 1)).unwrap_err();
		assert!(matches!(refusal, Refusal::EngineDisabled { .. }));
		assert_eq!(refusal.code(), 7);
		assert!(refusal.to_string().contains("native engine (VM 0) is switched off"));

		assert_ok!(Dispatch::set_engine_enabled(RuntimeOrigin::root(), VmKind::NATIVE, true));
		assert_eq!(DisabledEngines::<Test>::iter().count(), 0);
		assert_eq!(Dispatch::check(id(ALICE), &native_transfer(BOB, 1)), Ok(()));
		assert_ok!(submit(ALICE, native_transfer(BOB, 1)));
	});
}

#[test]
fn only_managers_switch_and_only_engines_that_exist() {
	run_test(|| {
		assert_noop!(
			Dispatch::set_engine_enabled(
				RuntimeOrigin::signed(account(ALICE)),
				VmKind::NATIVE,
				false
			),
			DispatchError::BadOrigin
		);
		assert_noop!(
			Dispatch::set_engine_enabled(RuntimeOrigin::root(), VmKind::new(77), false),
			Error::<Test>::UnknownEngine
		);
	});
}

#[test]
fn switching_twice_is_harmless() {
	run_test(|| {
		for enabled in [false, false, true, true] {
			assert_ok!(Dispatch::set_engine_enabled(
				RuntimeOrigin::root(),
				VmKind::new(5),
				enabled
			));
			assert_eq!(Dispatch::is_enabled(VmKind::new(5)), enabled);
		}
	});
}
