// SPDX-License-Identifier: Apache-2.0
//! One receipt per dispatched call; the block's receipts are committed to and then forgotten.

use codec::Encode;
use frame_support::assert_ok;
use sha2::{Digest, Sha256};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};
use sp_trie::{LayoutV1, TrieConfiguration};
use unum_address::Address;
use unum_vm_engine::{Receipt, ReceiptStatus};

use super::{mock::*, saboteur::Ending};
use crate::{Event, Pallet, ReceiptsRoot};

#[test]
fn receipts_are_numbered_in_order_and_dropped_by_the_next_block() {
	run_test(|| {
		for (extrinsic, amounts) in [(1, 0..3), (256, 3..5)] {
			System::set_extrinsic_index(extrinsic);
			for amount in amounts {
				assert_ok!(submit(ALICE, native_transfer(BOB, amount)));
			}
		}
		let position = |receipt: &Receipt| (receipt.extrinsic_index, receipt.index);
		let positions: Vec<_> = all_receipts().iter().map(position).collect();
		assert_eq!(positions, [(1, 0), (1, 1), (1, 2), (256, 0), (256, 1)]);
		next_block();
		assert!(all_receipts().is_empty());
		assert_ok!(submit(ALICE, native_transfer(BOB, 1)));
		assert_eq!(last_receipt().index, 0);
	});
}

#[test]
fn the_root_commits_to_every_receipt_in_order() {
	run_test(|| {
		let independent = || {
			LayoutV1::<BlakeTwo256>::ordered_trie_root(
				all_receipts().iter().map(Encode::encode).collect::<Vec<_>>(),
			)
		};
		let mut roots = vec![];
		for payload in [echo(b"a"), echo(b"b"), native_transfer(BOB, 1)] {
			assert_ok!(submit(ALICE, payload));
			finalize();
			assert_eq!(ReceiptsRoot::<Test>::get(), independent());
			roots.push(ReceiptsRoot::<Test>::get());
		}
		roots.sort();
		roots.dedup();
		assert_eq!(roots.len(), 3, "each further receipt changes the root");
		next_block();
		finalize();
		assert_eq!(ReceiptsRoot::<Test>::get(), independent());
		assert!(!roots.contains(&ReceiptsRoot::<Test>::get()), "an empty block has its own root");
	});
}

#[test]
fn a_receipt_holds_the_transaction_hash_output_hash_and_created_addresses() {
	run_test(|| {
		let bytes = b"the bytes of an extrinsic".to_vec();
		System::set_extrinsic_index(3);
		System::note_extrinsic(bytes.clone());
		assert_ok!(submit(ALICE, echo(b"output")));
		let receipt = last_receipt();
		assert_eq!(receipt.transaction_hash, BlakeTwo256::hash(&bytes));
		assert_eq!(receipt.extrinsic_index, 3);
		assert_eq!(receipt.output_hash, H256(Sha256::digest(b"output").into()));
		assert_ok!(submit(ALICE, create(DAVE, 5)));
		assert_eq!(last_receipt().created, [Address::Native(id(DAVE))]);
	});
}

#[test]
fn events_tell_success_from_failure_and_why() {
	run_test(|| {
		assert_ok!(submit(ALICE, native_transfer(BOB, 1)));
		let gas_used = last_receipt().gas_used;
		System::assert_last_event(
			Event::Executed {
				index: 0,
				vm: unum_address::VmKind::NATIVE,
				opcode: 1,
				sender: account(ALICE),
				gas_used,
			}
			.into(),
		);
		assert_ok!(submit(ALICE, native_transfer(BOB, u128::MAX)));
		let failed = System::events().pop().unwrap().event;
		let RuntimeEvent::Dispatch(Event::ExecutionFailed { index, status, message, .. }) = failed
		else {
			panic!("{failed:?}");
		};
		assert_eq!((index, status), (1, ReceiptStatus::Reverted));
		assert!(String::from_utf8(message).unwrap().contains("insufficient balance"));
	});
}

#[test]
fn the_sender_pays_for_the_weight_that_was_used() {
	run_test(|| {
		let info = submit(ALICE, sabotage(b"k", b"v", Ending::Revert)).unwrap();
		let own = <Weights as WeightsOfTest>::submit();
		assert_eq!(info.actual_weight, Some(own + super::saboteur::WEIGHT));
	});
}

#[test]
fn the_block_environment_is_the_block_at_hand() {
	run_test(|| {
		set_time_ms(1_234_567);
		let env = Pallet::<Test>::block_env();
		assert_eq!((env.number, env.timestamp_ms), (1, 1_234_567));
		assert_eq!(env.genesis_hash, System::block_hash(0));
	});
}
