// SPDX-License-Identifier: Apache-2.0
//! The receipts of the block at hand.

use alloc::vec::Vec;
use codec::Encode;
use frame_support::{ensure, weights::Weight};
use sha2::{Digest, Sha256};
use sp_core::H256;
use sp_runtime::{DispatchError, StateVersion, TryRuntimeError};
use unum_address::VmKind;
use unum_vm_engine::{CallContext, Execution, Opcode, Receipt, ReceiptStatus};

use crate::{Config, Error, Event, Pallet, ReceiptCount, Receipts};

/// Removes the receipts of the block before. Returns how many there were: at most as many as the
/// weight limit of a block allows.
pub(crate) fn drop_all<T: Config>() -> u32 {
	let count = ReceiptCount::<T>::take();
	for index in 0..count {
		Receipts::<T>::remove(index);
	}
	count
}

/// The receipts of this block, in order.
pub(crate) fn all<T: Config>() -> Vec<Receipt> {
	(0..ReceiptCount::<T>::get()).filter_map(Receipts::<T>::get).collect()
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
	let index = ReceiptCount::<T>::get();
	let next = index.checked_add(1).ok_or(Error::<T>::TooManyReceipts)?;
	let receipt = receipt::<T>(index, operation, context, gas_used, execution);
	Pallet::<T>::deposit_event(event::<T>(&receipt));
	Receipts::<T>::insert(index, receipt);
	ReceiptCount::<T>::put(next);
	Ok(())
}

fn receipt<T: Config>(
	index: u32,
	(vm, opcode): (VmKind, Opcode),
	context: &CallContext,
	gas_used: Weight,
	execution: Execution,
) -> Receipt {
	Receipt {
		index,
		extrinsic_index: frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default(),
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

/// Writes the fee of the current extrinsic into its first receipt, if it has any. The extrinsic's
/// receipts are the last ones of the block, so the search goes backwards and ends at the first that
/// belongs to another.
pub(crate) fn note_fee<T: Config>(fee: u128) {
	let Some(extrinsic) = frame_system::Pallet::<T>::extrinsic_index() else { return };
	let own = (0..ReceiptCount::<T>::get()).rev().map_while(|index| {
		let receipt = Receipts::<T>::get(index)?;
		(receipt.extrinsic_index == extrinsic).then_some(index)
	});
	if let Some(first) = own.last() {
		Receipts::<T>::mutate(first, |receipt| {
			if let Some(receipt) = receipt {
				receipt.fee = fee;
			}
		});
	}
}

/// The invariants of the stored receipts.
pub(crate) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	let receipts = all::<T>();
	let count = usize::try_from(ReceiptCount::<T>::get()).unwrap_or(usize::MAX);
	ensure!(receipts.len() == count, "dispatch: a receipt of this block is missing");
	ensure!(Receipts::<T>::iter_keys().count() == count, "dispatch: an old receipt is left over");
	let in_order = receipts.iter().zip(0u32..).all(|(receipt, index)| receipt.index == index);
	ensure!(in_order, "dispatch: a receipt is not at its own position");
	let failures_have_reasons = receipts
		.iter()
		.all(|receipt| (receipt.status == ReceiptStatus::Success) == receipt.message.is_empty());
	ensure!(failures_have_reasons, "dispatch: a receipt's status and message disagree");
	Ok(())
}
