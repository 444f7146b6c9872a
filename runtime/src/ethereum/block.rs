// SPDX-License-Identifier: Apache-2.0
//! A block as Ethereum's clients see it.

use alloc::{
	collections::{btree_map::Entry, BTreeMap},
	vec::Vec,
};
use frame_system::{Event as SystemEvent, Phase};
use pallet_transaction_payment::Event as PaymentEvent;
use unum_address::Address;
use unum_ethereum_transaction::RawTransaction;
use unum_ethereum_view::{
	BlockView, IncludedTransaction, LogView, ReceiptView, TransactionBody, TransactionView, H160,
	H256,
};
use unum_evm_engine::limits::WEIGHT_PER_GAS;
use unum_vm_engine::{Log, Receipt, ReceiptStatus};

use super::transaction::{anonymous, is_operation, raw_transaction, view};
use crate::{Dispatch, Evm, Runtime, RuntimeEvent, System, Timestamp, UncheckedExtrinsic};

/// What became of an extrinsic.
#[derive(Default)]
struct Fate {
	failed: bool,
	ref_time: u64,
	fee: u128,
	logs: Vec<LogView>,
	receipts: Vec<Receipt>,
}

/// The block at hand, whose extrinsics are these.
pub fn block(extrinsics: &[UncheckedExtrinsic]) -> BlockView {
	let environment = Evm::environment();
	let mut fates = fates();
	let transactions = extrinsics
		.iter()
		.zip(0u32..)
		.filter_map(|(extrinsic, index)| {
			let mut fate = fates.remove(&index).unwrap_or_default();
			// One operation among others may fail without the rest.
			fate.failed |= is_operation(&extrinsic.function)
				&& fate.receipts.iter().any(|receipt| receipt.status != ReceiptStatus::Success);
			let transaction = view(extrinsic)
				.or_else(|| (!fate.logs.is_empty()).then(|| anonymous(extrinsic)))?;
			let is_raw = raw_transaction(extrinsic).is_some();
			let receipt = receipt(&transaction, fate, is_raw);
			Some(IncludedTransaction { extrinsic_index: index, transaction, receipt })
		})
		.collect();
	BlockView {
		timestamp: Timestamp::get().checked_div(1_000).unwrap_or_default(),
		beneficiary: H160(environment.beneficiary.into_array()),
		prevrandao: H256(environment.prevrandao.0),
		gas_limit: environment.gas_limit,
		base_fee: match pallet_evm::BaseFee::<Runtime>::get() {
			// The first block was never begun.
			0 => environment.base_fee,
			base_fee => base_fee,
		},
		transactions,
	}
}

/// What became of the block's extrinsics, by their positions.
fn fates() -> BTreeMap<u32, Fate> {
	let mut fates: BTreeMap<u32, Fate> = BTreeMap::new();
	for record in System::read_events_no_consensus() {
		let Phase::ApplyExtrinsic(index) = record.phase else { continue };
		let fate = match fates.entry(index) {
			Entry::Occupied(entry) => entry.into_mut(),
			Entry::Vacant(entry) => entry.insert(Fate::default()),
		};
		match &record.event {
			RuntimeEvent::System(SystemEvent::ExtrinsicSuccess { dispatch_info }) => {
				fate.ref_time = dispatch_info.weight.ref_time();
			},
			RuntimeEvent::System(SystemEvent::ExtrinsicFailed { dispatch_info, .. }) => {
				fate.ref_time = dispatch_info.weight.ref_time();
				fate.failed = true;
			},
			RuntimeEvent::TransactionPayment(PaymentEvent::TransactionFeePaid {
				actual_fee,
				..
			}) => fate.fee = *actual_fee,
			RuntimeEvent::IdCom(pallet_id_com::Event::Acted { result: Err(_), .. }) => {
				fate.failed = true;
			},
			_ => {},
		}
	}
	for (extrinsic, moved) in Evm::movement_logs() {
		fates.entry(extrinsic).or_default().logs.extend(moved.iter().filter_map(log));
	}
	for receipt in Dispatch::receipts() {
		let fate = fates.entry(receipt.extrinsic_index).or_default();
		fate.logs.extend(receipt.logs.iter().filter_map(log));
		fate.receipts.push(receipt);
	}
	fates
}

fn log(log: &Log) -> Option<LogView> {
	let Address::Evm(emitter) = log.emitter else { return None };
	Some(LogView {
		address: H160(emitter.into()),
		topics: log.topics.clone(),
		data: log.data.clone(),
	})
}

fn receipt(transaction: &TransactionView, fate: Fate, is_raw: bool) -> ReceiptView {
	let gas_used = match fate.receipts.first().filter(|_| is_raw) {
		// What its wallet pays for: no more and no less than the EVM has used.
		Some(receipt) => receipt.gas_used.ref_time().div_ceil(WEIGHT_PER_GAS),
		None => fate.ref_time.div_ceil(WEIGHT_PER_GAS),
	};
	let contract = contract(transaction, &fate);
	ReceiptView {
		success: !fate.failed,
		gas_used,
		effective_gas_price: fate.fee.checked_div(gas_used.into()).unwrap_or_default(),
		contract,
		logs: fate.logs,
	}
}

/// The contract that the transaction itself made: the one that its nonce names, or, with a salt, the
/// one that was made.
fn contract(transaction: &TransactionView, fate: &Fate) -> Option<H160> {
	let from = unum_ethereum_transaction::Address::from(transaction.from.0);
	let named = |nonce| H160(from.create(nonce).into_array());
	let nonce = match &transaction.body {
		TransactionBody::Raw(raw) => {
			// As geth has it, also where it failed.
			let raw = RawTransaction::decode(raw).ok()?;
			return raw.to().is_create().then(|| named(raw.nonce()));
		},
		TransactionBody::Extrinsic { to: Some(_), .. } => return None,
		TransactionBody::Extrinsic { to: None, nonce, .. } => *nonce,
	};
	let named = named(nonce);
	let mut made = fate.receipts.first()?.created.iter().filter_map(|address| match address {
		Address::Evm(address) => Some(H160((*address).into())),
		_ => None,
	});
	let first = made.clone().next()?;
	Some(made.find(|address| *address == named).unwrap_or(first))
}
