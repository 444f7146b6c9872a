// SPDX-License-Identifier: Apache-2.0
//! Blocks.

use alloy_consensus::{
	constants::{EMPTY_OMMER_ROOT_HASH, EMPTY_WITHDRAWALS},
	Header,
};
use alloy_eips::eip7685::EMPTY_REQUESTS_HASH;
use alloy_primitives::{Address, Bloom, Bytes, B256, B64, U256, U64};
use serde::Serialize;
use unum_ethereum_index::IndexedBlock;
use unum_ethereum_view::{LogView, ReceiptView};

use super::{log::bloom, TransactionJson};
use crate::{
	convert::{address, hash},
	EthError,
};

/// A header as JSON. Of a pending block, hash, nonce and miner are null.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct HeaderJson {
	pub base_fee_per_gas: U64,
	pub blob_gas_used: U64,
	pub difficulty: U64,
	pub excess_blob_gas: U64,
	pub extra_data: Bytes,
	pub gas_limit: U64,
	pub gas_used: U64,
	pub hash: Option<B256>,
	pub logs_bloom: Bloom,
	pub miner: Option<Address>,
	pub mix_hash: B256,
	pub nonce: Option<B64>,
	pub number: U64,
	pub parent_beacon_block_root: B256,
	pub parent_hash: B256,
	pub receipts_root: B256,
	pub requests_hash: B256,
	pub sha3_uncles: B256,
	pub state_root: B256,
	pub timestamp: U64,
	pub transactions_root: B256,
	pub withdrawals_root: B256,
}

/// The transactions of a block, with or without their fields.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum TransactionsJson {
	/// Their hashes.
	Hashes(Vec<B256>),
	/// All of them.
	Full(Vec<TransactionJson>),
}

/// A block as JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BlockJson {
	/// Its header.
	#[serde(flatten)]
	pub header: HeaderJson,
	/// Its length, in bytes.
	pub size: U64,
	/// Its transactions.
	pub transactions: TransactionsJson,
	/// None, ever.
	pub uncles: [B256; 0],
	/// None, ever.
	pub withdrawals: [B256; 0],
}

impl HeaderJson {
	/// The header of a block of the chain: its hash and roots are those of the chain's own header,
	/// what Ethereum has besides is what it would be without uncles, blobs, withdrawals and requests.
	pub fn new(block: &IndexedBlock) -> Self {
		Self::from_header(&header(block), hash(block.id.hash))
	}

	/// A header of Ethereum, under a hash.
	pub fn from_header(header: &Header, hash: B256) -> Self {
		Self {
			base_fee_per_gas: U64::from(header.base_fee_per_gas.unwrap_or_default()),
			blob_gas_used: U64::ZERO,
			difficulty: U64::ZERO,
			excess_blob_gas: U64::ZERO,
			extra_data: header.extra_data.clone(),
			gas_limit: U64::from(header.gas_limit),
			gas_used: U64::from(header.gas_used),
			hash: Some(hash),
			logs_bloom: header.logs_bloom,
			miner: Some(header.beneficiary),
			mix_hash: header.mix_hash,
			nonce: Some(B64::ZERO),
			number: U64::from(header.number),
			parent_beacon_block_root: B256::ZERO,
			parent_hash: header.parent_hash,
			receipts_root: header.receipts_root,
			requests_hash: EMPTY_REQUESTS_HASH,
			sha3_uncles: EMPTY_OMMER_ROOT_HASH,
			state_root: header.state_root,
			timestamp: U64::from(header.timestamp),
			transactions_root: header.transactions_root,
			withdrawals_root: EMPTY_WITHDRAWALS,
		}
	}
}

/// A block's header in the shape of Ethereum's.
fn header(block: &IndexedBlock) -> Header {
	let view = &block.view;
	let receipts = || view.transactions.iter().map(|included| &included.receipt);
	Header {
		parent_hash: hash(block.parent_hash),
		state_root: hash(block.state_root),
		transactions_root: hash(block.extrinsics_root),
		receipts_root: hash(block.receipts_root),
		logs_bloom: bloom(
			receipts().flat_map(|receipt: &ReceiptView| -> &[LogView] { &receipt.logs }),
		),
		number: block.id.number,
		gas_used: receipts().fold(0, |sum, receipt| sum.saturating_add(receipt.gas_used)),
		gas_limit: view.gas_limit,
		timestamp: view.timestamp,
		beneficiary: address(view.beneficiary),
		mix_hash: hash(view.prevrandao),
		base_fee_per_gas: Some(view.base_fee),
		..empty_header()
	}
}

/// A header of Osaka with nothing in it.
pub(crate) fn empty_header() -> Header {
	Header {
		difficulty: U256::ZERO,
		base_fee_per_gas: Some(0),
		withdrawals_root: Some(EMPTY_WITHDRAWALS),
		blob_gas_used: Some(0),
		excess_blob_gas: Some(0),
		parent_beacon_block_root: Some(B256::ZERO),
		requests_hash: Some(EMPTY_REQUESTS_HASH),
		..Header::default()
	}
}

impl BlockJson {
	/// A block of the chain, with the fields of its transactions or only their hashes.
	///
	/// # Errors
	/// As [`TransactionJson::in_block`].
	pub fn new(block: &IndexedBlock, full: bool) -> Result<Self, EthError> {
		let transactions = match full {
			true => TransactionsJson::Full(all(block)?),
			false => TransactionsJson::Hashes(
				block
					.view
					.transactions
					.iter()
					.map(|included| hash(included.transaction.hash))
					.collect(),
			),
		};
		Ok(Self::with(HeaderJson::new(block), block.size, transactions))
	}

	/// A block of these parts.
	pub const fn with(header: HeaderJson, size: u64, transactions: TransactionsJson) -> Self {
		Self { header, size: U64::from_limbs([size]), transactions, uncles: [], withdrawals: [] }
	}
}

fn all(block: &IndexedBlock) -> Result<Vec<TransactionJson>, EthError> {
	let positions = 0..block.view.transactions.len();
	positions
		.filter_map(|position| TransactionJson::in_block(block, position).transpose())
		.collect()
}
