// SPDX-License-Identifier: Apache-2.0
//! Transactions of other chains' wallets, as extrinsics.

use alloc::vec::Vec;
use pallet_dispatch::Call as DispatchCall;
use sp_runtime::generic::{Era, Preamble};
use unum_address::VmKind;

use crate::{first_sight::CheckWeight, RuntimeCall, TxExtension, UncheckedExtrinsic};

/// The extrinsic that carries a raw transaction of a VM's own chain. Its extensions say nothing: what is inside counts.
pub fn carry(vm: VmKind, raw: Vec<u8>) -> UncheckedExtrinsic {
	let call = DispatchCall::submit_raw { vm, bytes: raw };
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(0),
		CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	UncheckedExtrinsic::new_transaction(call.into(), extension)
}

/// The VM and the bytes of the raw transaction that an extrinsic carries. (Anybody can sign an extrinsic
/// with another's transaction in it. It fails, and is its signer's.)
pub fn carried(extrinsic: &UncheckedExtrinsic) -> Option<(VmKind, &[u8])> {
	match (&extrinsic.preamble, &extrinsic.function) {
		(Preamble::General(..), RuntimeCall::Dispatch(DispatchCall::submit_raw { vm, bytes })) => {
			Some((*vm, bytes))
		},
		_ => None,
	}
}
