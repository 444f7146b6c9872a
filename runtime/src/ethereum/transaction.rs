// SPDX-License-Identifier: Apache-2.0
//! Extrinsics as transactions.

use alloc::vec::Vec;
use codec::Encode;
use frame_support::dispatch::GetDispatchInfo;
use pallet_balances::Call as BalancesCall;
use pallet_dispatch::Call as DispatchCall;
use sp_runtime::{
	generic::Preamble,
	traits::{BlakeTwo256, Hash, StaticLookup},
};
use unum_address::VmKind;
use unum_ethereum_transaction::RawTransaction;
use unum_ethereum_view::{TransactionBody, TransactionView, H160, U256};
use unum_evm_engine::{limits::WEIGHT_PER_GAS, EvmOperation};
use unum_native_engine::NativeCall;
use unum_vm_engine::OneOf;

use super::address_of;
use crate::{
	configs::system::RuntimeBlockWeights, raw::carried, AccountId, Runtime, RuntimeCall,
	UncheckedExtrinsic,
};

/// Longer calls of other VMs are not shown: a new runtime, say.
const SHOWN_CALL_BYTES: usize = 128 * 1024;

/// Extrinsics that wait; nothing for those without a sender.
pub fn waiting(extrinsics: &[UncheckedExtrinsic]) -> Vec<Option<TransactionView>> {
	extrinsics.iter().map(view).collect()
}

/// An extrinsic as a transaction; `None` where nobody sent it.
pub(super) fn view(extrinsic: &UncheckedExtrinsic) -> Option<TransactionView> {
	if let Some(raw) = raw_transaction(extrinsic) {
		return raw_view(raw);
	}
	let (who, nonce, call) = sender(extrinsic)?;
	let body = body(extrinsic, call, nonce);
	Some(TransactionView {
		hash: BlakeTwo256::hash_of(extrinsic),
		from: address_of(who.into()),
		body,
	})
}

/// An extrinsic without a sender, as a transaction of the zero address.
pub(super) fn anonymous(extrinsic: &UncheckedExtrinsic) -> TransactionView {
	TransactionView {
		hash: BlakeTwo256::hash_of(extrinsic),
		from: H160::zero(),
		body: body(extrinsic, &extrinsic.function, 0),
	}
}

/// The bytes of the Ethereum transaction that an extrinsic carries.
pub(super) fn raw_transaction(extrinsic: &UncheckedExtrinsic) -> Option<&[u8]> {
	carried(extrinsic).filter(|(vm, _)| *vm == VmKind::EVM).map(|(_, bytes)| bytes)
}

fn raw_view(raw: &[u8]) -> Option<TransactionView> {
	let transaction = RawTransaction::decode(raw).ok()?;
	let from = transaction.recover_sender().ok()?;
	Some(TransactionView {
		hash: transaction.hash().0.into(),
		from: from.into_array().into(),
		body: TransactionBody::Raw(raw.to_vec()),
	})
}

/// Who sent an extrinsic, with which nonce, to do what.
pub(crate) fn sender(extrinsic: &UncheckedExtrinsic) -> Option<(AccountId, u64, &RuntimeCall)> {
	match (&extrinsic.preamble, &extrinsic.function) {
		(Preamble::Signed(address, _, extension), call) => {
			let who = <Runtime as frame_system::Config>::Lookup::lookup(address.clone()).ok()?;
			Some((who, extension.6 .0.into(), call))
		},
		(_, RuntimeCall::IdCom(pallet_id_com::Call::act_as { authorization, call })) => {
			Some((authorization.id_com.into(), authorization.nonce.into(), call))
		},
		_ => None,
	}
}

/// Whether a call is one operation of a VM, and nothing else.
pub(crate) fn is_operation(call: &RuntimeCall) -> bool {
	match call {
		RuntimeCall::Dispatch(DispatchCall::submit { .. } | DispatchCall::submit_raw { .. }) => {
			true
		},
		RuntimeCall::IdCom(pallet_id_com::Call::act_as { call, .. }) => is_operation(call),
		_ => false,
	}
}

fn body(extrinsic: &UncheckedExtrinsic, call: &RuntimeCall, nonce: u64) -> TransactionBody {
	let (to, value, input) = fields(call);
	let info = extrinsic.get_dispatch_info();
	let base = RuntimeBlockWeights::get().get(info.class).base_extrinsic;
	let weight = info.total_weight().saturating_add(base);
	let gas = weight.ref_time().div_ceil(WEIGHT_PER_GAS);
	TransactionBody::Extrinsic { to, nonce, value, input, gas }
}

/// Whom a call pays or calls, how much, and with which data.
fn fields(call: &RuntimeCall) -> (Option<H160>, U256, Vec<u8>) {
	match call {
		RuntimeCall::Dispatch(DispatchCall::submit { payload, .. }) => match payload.call() {
			OneOf::First(NativeCall::Transfer { asset: None, to, amount }) => {
				(Some(address_of(*to)), amount.get().into(), Vec::new())
			},
			OneOf::Others(OneOf::First(operation)) => evm_fields(operation),
			_ => shown_as_data(call),
		},
		RuntimeCall::Balances(
			BalancesCall::transfer_allow_death { dest, value }
			| BalancesCall::transfer_keep_alive { dest, value },
		) => match <Runtime as frame_system::Config>::Lookup::lookup(dest.clone()) {
			Ok(to) => (Some(address_of(to.into())), (*value).into(), Vec::new()),
			Err(_) => shown_as_data(call),
		},
		_ => shown_as_data(call),
	}
}

fn evm_fields(operation: &EvmOperation) -> (Option<H160>, U256, Vec<u8>) {
	match operation {
		EvmOperation::EvmCall { to, value, data, .. } => (Some(*to), *value, data.clone()),
		EvmOperation::EvmCreate { value, init, .. } => (None, *value, init.clone()),
		EvmOperation::EvmTransfer { to, value } => (Some(*to), *value, Vec::new()),
	}
}

fn shown_as_data(call: &RuntimeCall) -> (Option<H160>, U256, Vec<u8>) {
	let is_short = call.encoded_size() <= SHOWN_CALL_BYTES;
	let data = if is_short { call.encode() } else { Vec::new() };
	(Some(H160::zero()), U256::zero(), data)
}
