// SPDX-License-Identifier: Apache-2.0
//! Whatever an engine did before it failed is gone; what it did when it succeeded stays.

use frame_support::{assert_noop, assert_ok};
use proptest::prelude::*;
use unum_vm_engine::ReceiptStatus;

use super::{
	mock::*,
	saboteur::{Caught, Ending},
};
use crate::Error;
use codec::Encode;

const ENDINGS: [Ending; 5] =
	[Ending::Success, Ending::Revert, Ending::Halt, Ending::FeesOnly, Ending::Fault];

#[test]
fn only_success_keeps_what_the_engine_did() {
	for ending in ENDINGS {
		run_test(|| {
			let before = state_outside_dispatch();
			let result = submit(ALICE, sabotage(b"mark", b"was here", ending));
			let kept = sp_io::storage::get(b"mark").is_some();
			assert_eq!(kept, ending == Ending::Success, "{ending:?}");
			assert_eq!(result.is_err(), ending == Ending::Fault);
			if ending != Ending::Success {
				assert_eq!(state_outside_dispatch(), before, "{ending:?}");
			}
		});
	}
}

#[test]
fn each_failure_has_its_status_in_the_receipt() {
	run_test(|| {
		for (ending, status) in [
			(Ending::Success, ReceiptStatus::Success),
			(Ending::Revert, ReceiptStatus::Reverted),
			(Ending::Halt, ReceiptStatus::Halted),
			(Ending::FeesOnly, ReceiptStatus::FeesOnly),
		] {
			assert_ok!(submit(ALICE, sabotage(b"mark", b"", ending)));
			let receipt = last_receipt();
			assert_eq!(receipt.status, status);
			if status == ReceiptStatus::Success {
				assert!(receipt.message.is_empty() && receipt.native_status.is_empty());
			} else {
				assert_eq!(receipt.native_status, Caught.encode());
				let text = String::from_utf8(receipt.message).expect("cut between characters");
				assert!(text.starts_with("gefaßt gefaßt") && text.len() <= 320 && text.len() > 310);
			}
		}
	});
}

#[test]
fn a_fault_is_a_dispatch_error_and_leaves_no_receipt() {
	run_test(|| {
		assert_noop!(
			submit(ALICE, sabotage(b"mark", b"was here", Ending::Fault)),
			Error::<Test>::EngineFault
		);
		assert!(all_receipts().is_empty());
	});
}

#[test]
fn a_failed_transfer_moves_nothing_and_the_next_one_works() {
	run_test(|| {
		let before = state_outside_dispatch();
		assert_ok!(submit(ALICE, native_transfer(BOB, START + 1)));
		assert_eq!(last_receipt().status, ReceiptStatus::Reverted);
		assert_eq!(state_outside_dispatch(), before);
		assert_ok!(submit(ALICE, native_transfer(BOB, 10)));
		assert_eq!(last_receipt().status, ReceiptStatus::Success);
		assert_eq!((balance(ALICE), balance(BOB)), (START - 10, START + 10));
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// Random damage under random keys, real pallets' keys among them: failing calls leave the state as
	/// it was.
	#[test]
	fn failing_engines_leave_the_state_unchanged(
		damage in prop::collection::vec((any::<u8>(), prop::collection::vec(any::<u8>(), 0..64), 1usize..5), 1..12),
	) {
		run_test(|| {
			let before = state_outside_dispatch();
			let keys: Vec<_> = before.keys().cloned().collect();
			for (pick, value, ending) in damage {
				let key = &keys[usize::from(pick) % keys.len()];
				let _ = submit(ALICE, sabotage(key, &value, ENDINGS[ending]));
				prop_assert_eq!(&state_outside_dispatch(), &before);
			}
			Ok(())
		})?;
	}
}
