// SPDX-License-Identifier: Apache-2.0
//! Transactions of other chains: whatever becomes of one, its nonce is used and its fee is paid.

use codec::Encode;
use frame_support::{
	assert_ok,
	dispatch::{PostDispatchInfo, RawOrigin},
};
use sp_runtime::{
	traits::Dispatchable, transaction_validity::TransactionSource, AccountId32,
	DispatchResultWithInfo,
};
use unum_address::VmKind;
use unum_vm_engine::{IdentityRegistry, ReceiptStatus};

use super::{
	mock::*,
	saboteur::{wallet, Ending, WEIGHT},
};
use crate::{Call, Error};

fn who() -> AccountId32 {
	IdCom::resolve(&wallet()).into()
}

/// As an extrinsic does it: in a snapshot that an error takes back.
fn send(nonce: impl Into<Option<u64>>, ending: Ending) -> DispatchResultWithInfo<PostDispatchInfo> {
	let bytes = (nonce.into(), ending).encode();
	let call: RuntimeCall = Call::submit_raw { vm: VmKind::new(6), bytes }.into();
	call.dispatch(RawOrigin::Authorized.into())
}

#[test]
fn a_nonce_is_used_however_it_ends() {
	let endings = [
		(Ending::Success, ReceiptStatus::Success),
		(Ending::Revert, ReceiptStatus::Reverted),
		(Ending::Halt, ReceiptStatus::Halted),
		(Ending::FeesOnly, ReceiptStatus::FeesOnly),
		// If this gave back the nonce, the same bytes would fill block after block for nothing.
		(Ending::Fault, ReceiptStatus::Halted),
	];
	for (ending, status) in endings {
		run_test(|| {
			assert_ok!(send(0, ending));
			let receipt = last_receipt();
			assert_eq!((receipt.status, receipt.opcode), (status, 0x60), "{ending:?}");
			assert_eq!(receipt.gas_used, WEIGHT, "all of it");
			assert_eq!(receipt.fee, 7_000);
			assert_eq!(System::account_nonce(who()), 1);
			let again = send(0, ending).unwrap_err().error;
			assert_eq!(again, Error::<Test>::Unauthorized.into());
			// The engine undoes what is to be undone, but for a fault.
			let is_kept = sp_io::storage::get(b"raw").is_some();
			assert_eq!(is_kept, ending != Ending::Fault, "{ending:?}");
		});
	}
}

#[test]
fn its_wallet_is_known_from_then_on() {
	run_test(|| {
		assert_ok!(send(0, Ending::Success));
		let id = IdCom::resolve(&wallet());
		assert_eq!(IdCom::address_of(id, VmKind::EVM), Some(wallet()));
		assert!(System::sufficients(&who()) > 0, "and never reaped");
	});
}

#[test]
fn one_without_a_nonce_is_remembered_however_it_ends_and_counts_none() {
	for ending in [Ending::Success, Ending::Revert, Ending::Halt, Ending::Fault] {
		run_test(|| {
			assert_ok!(send(None, ending));
			assert_eq!(last_receipt().fee, 7_000);
			assert_eq!(System::account_nonce(who()), 0, "another line");
			let again = send(None, ending).unwrap_err().error;
			assert_eq!(again, Error::<Test>::Unauthorized.into());
		});
	}
}

#[test]
fn one_without_a_nonce_stands_in_no_line_and_expires() {
	run_test(|| {
		let vm = VmKind::new(6);
		let bytes = (None::<u64>, Ending::Success).encode();
		let authorize = |source| Dispatch::authorize_raw(source, vm, &bytes).unwrap().0;
		let validity = authorize(TransactionSource::External);
		assert_eq!((validity.requires.len(), validity.provides.len()), (0, 1));
		assert_eq!(validity.longevity, 9);
		assert_eq!(authorize(TransactionSource::InBlock), validity);
	});
}
