// SPDX-License-Identifier: Apache-2.0
//! Transactions.

use alloy_eips::{eip2930::AccessList, eip7702::SignedAuthorization};
use alloy_primitives::{Address, Bytes, TxKind, B256, U256, U64};
use serde::Serialize;
use unum_ethereum_index::{BlockId, IndexedBlock};
use unum_ethereum_transaction::{RawTransaction, TransactionType};
use unum_ethereum_view::{TransactionBody, TransactionView};

use crate::{
	convert::{address, hash, number},
	EthError,
};

/// Where a transaction is included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Inclusion {
	/// The block.
	pub block: BlockId,
	/// Its time.
	pub timestamp: u64,
	/// The position in it.
	pub position: u64,
	/// What it paid for each unit of gas, in wei.
	pub effective_gas_price: u128,
}

/// A transaction as JSON. Fields that its type does not have are left out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct TransactionJson {
	pub block_hash: Option<B256>,
	pub block_number: Option<U64>,
	pub block_timestamp: Option<U64>,
	pub from: Address,
	pub gas: U64,
	pub gas_price: U256,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub max_fee_per_gas: Option<U256>,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub max_priority_fee_per_gas: Option<U256>,
	pub hash: B256,
	pub input: Bytes,
	pub nonce: U64,
	pub to: Option<Address>,
	pub transaction_index: Option<U64>,
	pub value: U256,
	#[serde(rename = "type")]
	pub kind: U64,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub access_list: Option<AccessList>,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub chain_id: Option<U256>,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub authorization_list: Option<Vec<SignedAuthorization>>,
	pub v: U256,
	pub r: U256,
	pub s: U256,
	#[serde(skip_serializing_if = "Option::is_none")]
	pub y_parity: Option<U64>,
}

/// A transaction whose fields can be asked for, whatever it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TransactionFields<'a> {
	view: &'a TransactionView,
	raw: Option<RawTransaction>,
}

impl<'a> TransactionFields<'a> {
	/// Decodes a transaction, if it is one of Ethereum.
	///
	/// # Errors
	/// [`EthError::Damaged`]: the chain has let it in, so it can be decoded.
	pub fn new(view: &'a TransactionView) -> Result<Self, EthError> {
		let raw = match &view.body {
			TransactionBody::Raw(bytes) => {
				Some(RawTransaction::decode(bytes).map_err(|error| {
					EthError::Damaged(format!("transaction {:?}: {error}", view.hash))
				})?)
			},
			TransactionBody::Extrinsic { .. } => None,
		};
		Ok(Self { view, raw })
	}

	/// The number of its type; 0 for other extrinsics.
	pub fn kind(&self) -> u8 {
		self.raw.as_ref().map_or(0, |raw| raw.transaction_type().number())
	}

	/// Whom it calls.
	pub fn to(&self) -> Option<Address> {
		match (&self.raw, &self.view.body) {
			(Some(raw), _) => called(raw.to()),
			(None, TransactionBody::Extrinsic { to, .. }) => to.map(address),
			(None, TransactionBody::Raw(_)) => None,
		}
	}

	/// The sender's nonce.
	pub fn nonce(&self) -> u64 {
		match (&self.raw, &self.view.body) {
			(Some(raw), _) => raw.nonce(),
			(None, TransactionBody::Extrinsic { nonce, .. }) => *nonce,
			(None, TransactionBody::Raw(_)) => 0,
		}
	}

	/// The most gas that it can use.
	pub fn gas(&self) -> u64 {
		match (&self.raw, &self.view.body) {
			(Some(raw), _) => raw.gas_limit(),
			(None, TransactionBody::Extrinsic { gas, .. }) => *gas,
			(None, TransactionBody::Raw(_)) => 0,
		}
	}

	/// Native coin that goes along, in wei.
	pub fn value(&self) -> U256 {
		match (&self.raw, &self.view.body) {
			(Some(raw), _) => raw.value(),
			(None, TransactionBody::Extrinsic { value, .. }) => number(*value),
			(None, TransactionBody::Raw(_)) => U256::ZERO,
		}
	}

	/// The most that it pays for a unit of gas, in wei; 0 for other extrinsics, which name none.
	pub fn max_fee_per_gas(&self) -> u128 {
		self.raw.as_ref().map_or(0, RawTransaction::max_fee_per_gas)
	}

	fn input(&self) -> Bytes {
		match (&self.raw, &self.view.body) {
			(Some(raw), _) => raw.input().clone(),
			(None, TransactionBody::Extrinsic { input, .. }) => input.clone().into(),
			(None, TransactionBody::Raw(_)) => Bytes::new(),
		}
	}

	/// The transaction as JSON; without a place if it waits in the pool.
	pub fn to_json(&self, at: Option<Inclusion>) -> TransactionJson {
		let price = at.map_or_else(|| self.max_fee_per_gas(), |at| at.effective_gas_price);
		let mut json = TransactionJson {
			block_hash: at.map(|at| hash(at.block.hash)),
			block_number: at.map(|at| U64::from(at.block.number)),
			block_timestamp: at.map(|at| U64::from(at.timestamp)),
			from: address(self.view.from),
			gas: U64::from(self.gas()),
			gas_price: U256::from(price),
			max_fee_per_gas: None,
			max_priority_fee_per_gas: None,
			hash: hash(self.view.hash),
			input: self.input(),
			nonce: U64::from(self.nonce()),
			to: self.to(),
			transaction_index: at.map(|at| U64::from(at.position)),
			value: self.value(),
			kind: U64::from(self.kind()),
			access_list: None,
			chain_id: None,
			authorization_list: None,
			v: U256::ZERO,
			r: U256::ZERO,
			s: U256::ZERO,
			y_parity: None,
		};
		if let Some(raw) = &self.raw {
			json.add_raw(raw);
		}
		json
	}
}

impl TransactionJson {
	/// The fields that only a signed Ethereum transaction has.
	fn add_raw(&mut self, raw: &RawTransaction) {
		let kind = raw.transaction_type();
		let signature = raw.signature();
		self.chain_id = raw.chain_id().map(U256::from);
		self.v = U256::from(raw.v());
		(self.r, self.s) = (signature.r, signature.s);
		if kind == TransactionType::Legacy {
			return;
		}
		self.y_parity = Some(U64::from(u64::from(signature.y_parity)));
		self.access_list = Some(raw.access_list().clone());
		if kind == TransactionType::AccessList {
			return;
		}
		self.max_fee_per_gas = Some(U256::from(raw.max_fee_per_gas()));
		self.max_priority_fee_per_gas = Some(U256::from(raw.max_priority_fee_per_gas()));
		if kind == TransactionType::SetCode {
			self.authorization_list = Some(raw.authorization_list().to_vec());
		}
	}

	/// The transaction at a position of a block, if there is one.
	///
	/// # Errors
	/// As [`TransactionFields::new`].
	pub fn in_block(block: &IndexedBlock, position: usize) -> Result<Option<Self>, EthError> {
		let Some(included) = block.view.transactions.get(position) else { return Ok(None) };
		let at = Inclusion {
			block: block.id,
			timestamp: block.view.timestamp,
			position: u64::try_from(position).unwrap_or(u64::MAX),
			effective_gas_price: included.receipt.effective_gas_price,
		};
		Ok(Some(TransactionFields::new(&included.transaction)?.to_json(Some(at))))
	}

	/// A transaction of the pool.
	///
	/// # Errors
	/// As [`TransactionFields::new`].
	pub fn pooled(view: &TransactionView) -> Result<Self, EthError> {
		Ok(TransactionFields::new(view)?.to_json(None))
	}
}

pub(crate) fn called(to: TxKind) -> Option<Address> {
	match to {
		TxKind::Call(to) => Some(to),
		TxKind::Create => None,
	}
}
