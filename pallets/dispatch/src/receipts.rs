// SPDX-License-Identifier: Apache-2.0
//! The receipts of the block at hand.

use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use frame_support::{ensure, weights::Weight};
use sha2::{Digest, Sha256};
use sp_core::H256;
use sp_runtime::{DispatchError, StateVersion, TryRuntimeError};
use unum_address::VmKind;
use unum_vm_engine::{CallContext, Execution, Opcode, Receipt, ReceiptStatus};

use crate::{Config, Error, Event, Pallet, Receipts};

/// Removes the receipts of the block before. Returns how many extrinsics had some: at most as many as
/// the weight limit of a block allows.
pub(crate) fn drop_all<T: Config>() -> u32 {
	Receipts::<T>::clear(u32::MAX, None).unique
}

/// The receipts of this block, in order.
pub(crate) fn all<T: Config>() -> Vec<Receipt> {
	let by_extrinsic: BTreeMap<_, _> = Receipts::<T>::iter().collect();
	by_extrinsic.into_values().flatten().collect()
}

/// The commitment to the receipts of this block.
pub(crate) fn root<T: Config>() -> H256 {
	let encoded = all::<T>().iter().map(Encode::encode).collect();
	sp_io::trie::blake2_256_ordered_root(encoded, StateVersion::V1)
}

/// Stores the receipt of a call and emits its event.
pub(crate) fn record<T: Config>(
	operation: (VmKind, Opcode),
	context: &CallContext,
	gas_used: Weight,
	execution: Execution,
) -> Result<(), DispatchError> {
	let extrinsic = frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default();
	let count = Receipts::<T>::decode_len(extrinsic).unwrap_or_default();
	let index = u32::try_from(count).map_err(|_| Error::<T>::TooManyReceipts)?;
	let receipt = receipt((extrinsic, index), operation, context, gas_used, execution);
	Pallet::<T>::deposit_event(event::<T>(&receipt));
	Receipts::<T>::append(extrinsic, receipt);
	Ok(())
}

fn receipt(
	(extrinsic_index, index): (u32, u32),
	(vm, opcode): (VmKind, Opcode),
	context: &CallContext,
	gas_used: Weight,
	execution: Execution,
) -> Receipt {
	Receipt {
		extrinsic_index,
		index,
		transaction_hash: context.transaction_hash,
		vm,
		opcode: opcode.get(),
		sender: context.sender,
		context: context.tag,
		status: execution.status,
		native_status: execution.native_status,
		message: execution.message,
		gas_used,
		fee: 0,
		logs: execution.logs,
		created: execution.created,
		output_hash: H256(Sha256::digest(&execution.output).into()),
	}
}

fn event<T: Config>(receipt: &Receipt) -> Event<T> {
	let (index, vm, opcode) = (receipt.index, receipt.vm, receipt.opcode);
	let (sender, gas_used) = (receipt.sender.into(), receipt.gas_used);
	match receipt.status {
		ReceiptStatus::Success => Event::Executed { index, vm, opcode, sender, gas_used },
		status => Event::ExecutionFailed {
			index,
			vm,
			opcode,
			sender,
			gas_used,
			status,
			native_status: receipt.native_status.clone(),
			message: receipt.message.clone(),
		},
	}
}

/// Writes the fee of the current extrinsic into its first receipt, if it has any.
pub(crate) fn note_fee<T: Config>(fee: u128) {
	let Some(extrinsic) = frame_system::Pallet::<T>::extrinsic_index() else { return };
	if Receipts::<T>::decode_len(extrinsic).unwrap_or_default() == 0 {
		return;
	}
	Receipts::<T>::mutate(extrinsic, |receipts| {
		if let Some(first) = receipts.first_mut() {
			first.fee = fee;
		}
	});
}

/// The invariants of the stored receipts.
pub(crate) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	let in_order = Receipts::<T>::iter().all(|(extrinsic, receipts)| {
		let mut numbered = receipts.iter().zip(0u32..);
		!receipts.is_empty()
			&& numbered.all(|(receipt, index)| {
				(receipt.extrinsic_index, receipt.index) == (extrinsic, index)
			})
	});
	ensure!(in_order, "dispatch: a receipt is not at its own position");
	let receipts = all::<T>();
	let failures_have_reasons = receipts
		.iter()
		.all(|receipt| (receipt.status == ReceiptStatus::Success) == receipt.message.is_empty());
	ensure!(failures_have_reasons, "dispatch: a receipt's status and message disagree");
	Ok(())
}
