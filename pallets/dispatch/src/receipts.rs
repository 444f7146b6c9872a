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

use crate::{Config, Error, Event, Pallet, ReceiptCount, ReceiptFees, Receipts, ReceiptsRoot};

/// The receipts of this block, in order.
pub(crate) fn all<T: Config>() -> Vec<Receipt> {
	let mut receipts = Receipts::<T>::get();
	give_fees(&mut receipts, ReceiptFees::<T>::get());
	receipts
}

/// Ends the block: its receipts are given their fees, and committed to.
pub(crate) fn close<T: Config>() {
	let receipts = all::<T>();
	if ReceiptFees::<T>::exists() {
		Receipts::<T>::put(&receipts);
	}
	ReceiptFees::<T>::kill();
	ReceiptCount::<T>::kill();
	ReceiptsRoot::<T>::put(root(&receipts));
}

/// Writes the fees of extrinsics into their first receipts.
fn give_fees(receipts: &mut [Receipt], fees: Vec<(u32, u128)>) {
	let fees: BTreeMap<_, _> = fees.into_iter().collect();
	for receipt in receipts.iter_mut().filter(|receipt| receipt.index == 0) {
		if let Some(fee) = fees.get(&receipt.extrinsic_index) {
			receipt.fee = *fee;
		}
	}
}

/// The commitment to the receipts of a block.
fn root(receipts: &[Receipt]) -> H256 {
	let encoded = receipts.iter().map(Encode::encode).collect();
	sp_io::trie::blake2_256_ordered_root(encoded, StateVersion::V1)
}

/// How many receipts an extrinsic has, which is the one at hand.
fn count<T: Config>(extrinsic: u32) -> u32 {
	match ReceiptCount::<T>::get() {
		Some((of, count)) if of == extrinsic => count,
		_ => 0,
	}
}

/// Stores the receipt of a call and emits its event.
pub(crate) fn record<T: Config>(
	operation: (VmKind, Opcode),
	context: &CallContext,
	gas_used: Weight,
	execution: Execution,
) -> Result<(), DispatchError> {
	let extrinsic = frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default();
	let index = count::<T>(extrinsic);
	let count = index.checked_add(1).ok_or(Error::<T>::TooManyReceipts)?;
	let receipt = receipt((extrinsic, index), operation, context, gas_used, execution);
	Pallet::<T>::deposit_event(event::<T>(&receipt));
	Receipts::<T>::append(receipt);
	ReceiptCount::<T>::put((extrinsic, count));
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

/// Notes the fee of the current extrinsic, if it has receipts: its first one will show it.
pub(crate) fn note_fee<T: Config>(fee: u128) {
	let Some(extrinsic) = frame_system::Pallet::<T>::extrinsic_index() else { return };
	if count::<T>(extrinsic) > 0 {
		ReceiptFees::<T>::append((extrinsic, fee));
		ReceiptCount::<T>::kill();
	}
}

/// The invariants of the stored receipts.
pub(crate) fn check<T: Config>() -> Result<(), TryRuntimeError> {
	let receipts = all::<T>();
	let follows = |one: &Receipt, next: &Receipt| {
		(next.extrinsic_index > one.extrinsic_index && next.index == 0)
			|| (next.extrinsic_index == one.extrinsic_index
				&& Some(next.index) == one.index.checked_add(1))
	};
	let in_order =
		receipts.first().is_none_or(|first| first.index == 0) && receipts.is_sorted_by(follows);
	ensure!(in_order, "dispatch: a receipt is not at its own position");
	let failures_have_reasons = receipts
		.iter()
		.all(|receipt| (receipt.status == ReceiptStatus::Success) == receipt.message.is_empty());
	ensure!(failures_have_reasons, "dispatch: a receipt's status and message disagree");
	Ok(())
}
