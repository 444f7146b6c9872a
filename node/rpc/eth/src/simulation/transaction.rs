// SPDX-License-Identifier: Apache-2.0
//! Simulated calls as the transactions that nobody signed.

use alloy_consensus::SignableTransaction;
use alloy_consensus::{Transaction, TxEip1559, TxEip7702, TxEnvelope};
use alloy_eips::{
	eip2930::{AccessList, AccessListItem},
	eip7702::{Authorization, SignedAuthorization},
};
use alloy_primitives::{Address, Signature, TxKind, U256, U64};
use unum_ethereum_index::BlockId;
use unum_ethereum_view::CallRequest;

use crate::{
	convert::{address, hash, number},
	views::TransactionJson,
};

/// The transaction with a signature of zeros, as geth makes it for simulations.
pub(super) fn envelope(
	call: &CallRequest,
	nonce: u64,
	gas_limit: u64,
	chain_id: u64,
) -> TxEnvelope {
	let unsigned = Signature::new(U256::ZERO, U256::ZERO, false);
	let (max_fee_per_gas, max_priority_fee_per_gas) = (
		call.max_fee_per_gas.unwrap_or_default(),
		call.max_priority_fee_per_gas.unwrap_or_default(),
	);
	let value = number(call.value);
	let input = call.input.clone().into();
	let access_list = access_list(call);
	match (call.to, call.authorizations.is_empty()) {
		(Some(to), false) => TxEnvelope::Eip7702(
			TxEip7702 {
				chain_id,
				nonce,
				gas_limit,
				max_fee_per_gas,
				max_priority_fee_per_gas,
				to: address(to),
				value,
				access_list,
				authorization_list: authorizations(call),
				input,
			}
			.into_signed(unsigned),
		),
		(to, _) => TxEnvelope::Eip1559(
			TxEip1559 {
				chain_id,
				nonce,
				gas_limit,
				max_fee_per_gas,
				max_priority_fee_per_gas,
				to: to.map_or(TxKind::Create, |to| TxKind::Call(address(to))),
				value,
				access_list,
				input,
			}
			.into_signed(unsigned),
		),
	}
}

fn access_list(call: &CallRequest) -> AccessList {
	let item = |item: &unum_ethereum_view::AccessListItem| AccessListItem {
		address: address(item.address),
		storage_keys: item.storage_keys.iter().copied().map(hash).collect(),
	};
	AccessList(call.access_list.iter().map(item).collect())
}

fn authorizations(call: &CallRequest) -> Vec<SignedAuthorization> {
	let signed = |from: &unum_ethereum_view::Authorization| {
		let authorization = Authorization {
			chain_id: number(from.chain_id),
			address: address(from.address),
			nonce: from.nonce,
		};
		SignedAuthorization::new_unchecked(
			authorization,
			from.y_parity,
			number(from.r),
			number(from.s),
		)
	};
	call.authorizations.iter().map(signed).collect()
}

/// The transaction as JSON.
pub(super) fn json(
	transaction: &TxEnvelope,
	from: Address,
	block: BlockId,
	timestamp: u64,
	position: u64,
	base_fee: u64,
) -> TransactionJson {
	TransactionJson {
		block_hash: Some(hash(block.hash)),
		block_number: Some(U64::from(block.number)),
		block_timestamp: Some(U64::from(timestamp)),
		from,
		gas: U64::from(transaction.gas_limit()),
		gas_price: U256::from(transaction.effective_gas_price(Some(base_fee))),
		max_fee_per_gas: Some(U256::from(transaction.max_fee_per_gas())),
		max_priority_fee_per_gas: transaction.max_priority_fee_per_gas().map(U256::from),
		hash: *transaction.tx_hash(),
		input: transaction.input().clone(),
		nonce: U64::from(transaction.nonce()),
		to: transaction.to(),
		transaction_index: Some(U64::from(position)),
		value: transaction.value(),
		kind: U64::from(u8::from(transaction.tx_type())),
		access_list: transaction.access_list().cloned(),
		chain_id: transaction.chain_id().map(U256::from),
		authorization_list: transaction.authorization_list().map(<[_]>::to_vec),
		v: U256::ZERO,
		r: U256::ZERO,
		s: U256::ZERO,
		y_parity: Some(U64::ZERO),
	}
}
