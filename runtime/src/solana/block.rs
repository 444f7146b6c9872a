// SPDX-License-Identifier: Apache-2.0
//! A block as Solana's clients see it.

use alloc::{collections::BTreeMap, vec::Vec};
use frame_system::{Event as SystemEvent, Phase};
use pallet_transaction_payment::Event as PaymentEvent;
use sp_runtime::traits::{BlakeTwo256, Hash};
use unum_address::{SvmAddress, VmKind};
use unum_id_com::IdCom as Id;
use unum_solana_transaction::{Instruction, RawTransaction};
use unum_solana_view::{
	BlockView, IncludedTransaction, InstructionError, TransactionError, TransactionMeta,
	TransactionOrigin,
};
use unum_vm_engine::ReceiptStatus;

use super::{
	balances::{Changes, PastLedger},
	lamports, movements, timestamp,
};
use crate::{
	ethereum::is_operation, raw::carried, views::svm_address, AccountId, Dispatch, Runtime,
	RuntimeEvent, System, UncheckedExtrinsic,
};

/// How many movements of one extrinsic are shown: their accounts have to fit one message.
pub(super) const SHOWN_MOVEMENTS: usize = 16;

/// What became of an extrinsic.
#[derive(Default)]
struct Fate {
	failed: bool,
	vm: Option<VmKind>,
	payer: Option<AccountId>,
	fee: u128,
	moved: Vec<Instruction>,
}

/// The block at hand, whose extrinsics are these.
pub fn block(extrinsics: &[UncheckedExtrinsic]) -> BlockView {
	let (mut fates, changes) = read_events();
	let mut ledger = PastLedger::after(changes);
	let mut metas = metas();
	let positions: Vec<_> = extrinsics.iter().zip(0u32..).collect();
	// From the last one on: the state knows what accounts have now.
	let backwards = positions.into_iter().rev().filter_map(|(extrinsic, index)| {
		let fate = fates.remove(&index).unwrap_or_default();
		let mut transaction = included(extrinsic, index, fate, metas.remove(&index));
		// The engine has seen itself what those have had that it ran.
		match transaction.as_mut().filter(|it| it.meta.pre_balances.is_empty()) {
			Some(IncludedTransaction { meta, accounts, .. }) => {
				ledger.take_back_and_show(index, accounts, meta);
			},
			None => ledger.take_back(index),
		}
		transaction
	});
	let mut transactions: Vec<_> = backwards.collect();
	transactions.reverse();
	BlockView { slot: System::block_number().into(), timestamp: timestamp(), transactions }
}

/// What the engine has kept of the first operation of each extrinsic, by its position.
fn metas() -> BTreeMap<u32, TransactionMeta> {
	let mut metas = BTreeMap::new();
	for (extrinsic, meta) in pallet_svm::Metas::<Runtime>::get() {
		metas.entry(extrinsic).or_insert(meta);
	}
	metas
}

fn included(
	extrinsic: &UncheckedExtrinsic,
	index: u32,
	fate: Fate,
	meta: Option<TransactionMeta>,
) -> Option<IncludedTransaction> {
	match carried(extrinsic) {
		Some((VmKind::SVM, bytes)) => as_signed(bytes, index, &fate, meta),
		_ => as_shown(extrinsic, index, fate, meta),
	}
}

/// A transaction of a Solana wallet.
fn as_signed(
	bytes: &[u8],
	index: u32,
	fate: &Fate,
	meta: Option<TransactionMeta>,
) -> Option<IncludedTransaction> {
	let raw = RawTransaction::decode(bytes).ok()?;
	// Without anything that became of it, it was undone by a fault.
	let meta = meta.unwrap_or_else(|| TransactionMeta {
		error: Some(TransactionError::CommitCancelled),
		fee: lamports(fate.fee),
		..TransactionMeta::default()
	});
	let loaded = meta.loaded_addresses.writable.iter().chain(&meta.loaded_addresses.readonly);
	let accounts = raw.message().account_keys().iter().chain(loaded).copied().collect();
	Some(IncludedTransaction {
		extrinsic_index: index,
		signature: *raw.first_signature().as_bytes(),
		origin: TransactionOrigin::Solana,
		bytes: bytes.to_vec(),
		meta,
		accounts,
	})
}

/// Any other extrinsic, as far as somebody sent it or it has moved anything.
fn as_shown(
	extrinsic: &UncheckedExtrinsic,
	index: u32,
	mut fate: Fate,
	meta: Option<TransactionMeta>,
) -> Option<IncludedTransaction> {
	fate.failed &= is_operation(&extrinsic.function) || fate.moved.is_empty();
	fate.moved.truncate(SHOWN_MOVEMENTS);
	let payer = payer(&fate)?;
	let hash = BlakeTwo256::hash_of(extrinsic);
	let mut signature = [0; 64];
	signature.iter_mut().zip(hash.as_bytes().iter().cycle()).for_each(|(to, from)| *to = *from);
	let (bytes, accounts) = unum_solana_transaction::synthesize(payer, &fate.moved, signature)?;
	let error =
		fate.failed.then(|| TransactionError::instruction(0, InstructionError::GenericError));
	let told = meta.unwrap_or_default();
	let meta = TransactionMeta {
		error: told.error.or(error),
		fee: lamports(fate.fee),
		log_messages: told.log_messages,
		return_data: told.return_data,
		compute_units_consumed: told.compute_units_consumed,
		..TransactionMeta::default()
	};
	let origin = TransactionOrigin::Other { vm: fate.vm };
	Some(IncludedTransaction { extrinsic_index: index, signature, origin, bytes, meta, accounts })
}

/// Who is shown as having paid: whoever did, or else who moved something first.
fn payer(fate: &Fate) -> Option<SvmAddress> {
	let paid = fate.payer.clone().map(|who| svm_address(Id::from(who)));
	paid.or_else(|| fate.moved.first()?.accounts.last().map(|meta| meta.pubkey))
}

/// What became of the block's extrinsics, by their positions, and what they have changed.
fn read_events() -> (BTreeMap<u32, Fate>, Changes) {
	let mut fates = BTreeMap::<u32, Fate>::new();
	let mut changes = Changes::default();
	for record in System::read_events_no_consensus() {
		changes.note(&record.phase, &record.event);
		let Phase::ApplyExtrinsic(index) = record.phase else { continue };
		let fate = fates.entry(index).or_default();
		match &record.event {
			RuntimeEvent::System(SystemEvent::ExtrinsicFailed { .. }) => fate.failed = true,
			RuntimeEvent::TransactionPayment(PaymentEvent::TransactionFeePaid {
				who,
				actual_fee,
				..
			}) => {
				fate.payer = Some(who.clone());
				fate.fee = *actual_fee;
			},
			RuntimeEvent::IdCom(pallet_id_com::Event::Acted { result: Err(_), .. }) => {
				fate.failed = true;
			},
			event => fate.moved.extend(movements::instruction(event)),
		}
	}
	for receipt in Dispatch::receipts() {
		let fate = fates.entry(receipt.extrinsic_index).or_default();
		fate.vm = fate.vm.or(Some(receipt.vm));
		fate.failed |= receipt.status != ReceiptStatus::Success;
	}
	(fates, changes)
}
