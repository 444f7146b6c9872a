// SPDX-License-Identifier: Apache-2.0
//! What is refused before inclusion has its own code and sentence.

use codec::Encode;
use unum_vm_engine::PayloadError;

use super::mock::*;
use crate::Refusal;

fn explained(bytes: &[u8]) -> Option<Refusal> {
	Dispatch::explain_submit_arguments(bytes)
}

#[test]
fn arguments_that_decode_need_no_explanation() {
	for tag in [None, Some([7u8; 16])] {
		let arguments = (native_transfer(BOB, 1), tag).encode();
		assert_eq!(explained(&arguments), None);
	}
}

#[test]
fn each_defect_of_the_arguments_is_told_apart() {
	let good = (native_transfer(BOB, 1), None::<[u8; 16]>).encode();
	let with = |extra: &[u8]| [&good[..], extra].concat();
	for (bytes, error, code) in [
		(vec![], PayloadError::Empty, 1),
		(vec![0x77, 0, 0], PayloadError::UnknownOpcode { opcode: 0x77 }, 2),
		(
			[&[0x50][..], &vec![0u8; 140_000].encode()].concat(),
			PayloadError::Oversized { length: 140_005 },
			3,
		),
		(good[..good.len() - 1].to_vec(), PayloadError::Truncated { opcode: 1 }, 4),
		(good[..20].to_vec(), PayloadError::Truncated { opcode: 1 }, 4),
		(with(&[1, 2, 3]), PayloadError::TrailingBytes { opcode: 1, count: 3 }, 5),
		([&[1u8, 9][..], &good[2..]].concat(), PayloadError::Malformed { opcode: 1 }, 6),
	] {
		let refusal = explained(&bytes);
		assert_eq!(refusal, Some(Refusal::Payload(error)), "{bytes:02x?}");
		assert_eq!(refusal.unwrap().code(), code);
	}
}

#[test]
fn the_engines_objections_come_through_with_their_own_codes() {
	run_test(|| {
		for (payload, code, words) in [
			(native_transfer(BOB, START + 1), 128 + 2, "insufficient balance"),
			(token_transfer([3; 32], BOB, 1), 128 + 1, "unknown mint"),
			(create(BOB, 0), 128 + 16, "exists already"),
		] {
			let refusal = Dispatch::check(id(ALICE), &payload).unwrap_err();
			assert_eq!(refusal.code(), code);
			assert!(refusal.to_string().contains(words), "{refusal}");
		}
		assert_eq!(Dispatch::check(id(ALICE), &native_transfer(BOB, START)), Ok(()));
	});
}

#[test]
fn checking_changes_nothing() {
	run_test(|| {
		let before = state_outside_dispatch();
		let _ = Dispatch::check(id(ALICE), &native_transfer(DAVE, 1));
		let _ = Dispatch::check(id(ALICE), &create(DAVE, START + 1));
		assert_eq!(state_outside_dispatch(), before);
	});
}
