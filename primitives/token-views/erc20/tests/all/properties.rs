// SPDX-License-Identifier: Apache-2.0
//! What holds for any calldata and any sequence of calls, on both VMs.

use proptest::prelude::*;
use unum_erc20::{call, limits, selector, AddressSpace, Call, Frame};
use unum_vm_engine::TokenHost;

use crate::support::{
	deeds::Step,
	scene::{mint_id, Scene, TokenSpec, ACCOUNTS},
	steps::{step, token_spec},
};

/// Any bytes, often with a selector in front that a function has.
fn calldata() -> impl Strategy<Value = Vec<u8>> {
	let known = prop::sample::select(selector::ALL).prop_map(|(selector, _)| selector);
	let selector = prop_oneof![4 => known, 1 => any::<u32>()];
	let byte = prop_oneof![3 => Just(0u8), 1 => any::<u8>()];
	let words = prop::collection::vec(byte, 0..260);
	(selector, words)
		.prop_map(|(selector, words)| selector.to_be_bytes().into_iter().chain(words).collect())
}

fn space() -> impl Strategy<Value = AddressSpace> {
	prop_oneof![Just(AddressSpace::Evm), Just(AddressSpace::Tvm)]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4_000))]

	#[test]
	fn any_calldata_is_answered_and_an_error_changes_nothing(
		calldata in calldata(),
		cut in 0..=4usize,
		caller in 0..ACCOUNTS,
		is_static: bool,
		has_value in prop::bool::weighted(0.1),
		space in space(),
	) {
		let mut scene = Scene::plain();
		scene.space = space;
		let calldata = calldata.get(..cut).filter(|_| cut < 4).unwrap_or(&calldata);
		let before = scene.host.clone();
		let frame = Frame { is_static, has_value, ..scene.frame(caller, calldata) };
		let result = call(&mut scene.host, &frame);
		let may_write = result.is_ok() && Call::decode(calldata).is_ok_and(|call| call.is_write());
		prop_assert!(may_write || scene.host == before);
		prop_assert!(!(is_static && may_write), "a static call has written");
		prop_assert!(!(has_value && result.is_ok()), "coins were taken");
		scene.assert_supply();
	}

	#[test]
	fn revert_data_is_a_selector_and_whole_words_or_nothing(
		calldata in calldata(),
		caller in 0..ACCOUNTS,
	) {
		if let Err(error) = Scene::plain().run_bytes(caller, &calldata) {
			let data = error.revert_data();
			prop_assert!(data.is_empty() || data.len() % 32 == 4, "{error}");
		}
	}

	#[test]
	fn calldata_that_is_read_costs_more_than_calldata_that_is_not(calldata in calldata()) {
		let gas = limits::gas(&calldata);
		match Call::decode(&calldata) {
			Err(_) | Ok(Call::SupportsInterface { .. }) => prop_assert_eq!(gas, limits::BASE_GAS),
			Ok(call) if call.is_write() => prop_assert!(gas > limits::LOG_GAS + limits::UPDATE_GAS),
			Ok(_) => prop_assert!(gas > limits::BASE_GAS),
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(100))]

	/// With balances freezing and thawing in between, which the reference tokens do not know.
	#[test]
	fn the_supply_is_the_sum_of_all_balances_whatever_happens(
		spec in token_spec(),
		space in space(),
		steps in prop::collection::vec((step(), any::<Option<(bool, prop::sample::Index)>>()), 1..60),
	) {
		let mut scene = Scene::new(space, &spec);
		for (step, freeze) in steps {
			if let Some((frozen, who)) = freeze {
				let (authority, who) = (scene.ids[1], *who.get(&scene.ids));
				scene.host.set_frozen(mint_id(), authority, who, frozen).expect("an authority");
			}
			take(&mut scene, &spec, &step)?;
		}
	}
}

/// Takes a step: it fails and changes nothing, or the books still balance.
fn take(scene: &mut Scene, spec: &TokenSpec, step: &Step) -> Result<(), TestCaseError> {
	let calldata = step.calldata(scene, spec);
	let before = scene.host.clone();
	let result = scene.run_bytes(step.caller, &calldata);
	prop_assert!(result.is_ok() || scene.host == before, "changed by {step:?}");
	scene.assert_supply();
	Ok(())
}
