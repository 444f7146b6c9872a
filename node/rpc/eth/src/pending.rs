// SPDX-License-Identifier: Apache-2.0
//! The block that could come next.

use std::time::{SystemTime, UNIX_EPOCH};

use unum_ethereum_view::{TransactionView, H160};

use crate::{
	convert::hash,
	limits,
	lookup::Node,
	views::{
		empty_header, BlockJson, HeaderJson, TransactionFields, TransactionJson, TransactionsJson,
	},
	EthError, EthereumChain,
};

/// The time of a block after one of that time: now, but later in any case.
pub(crate) fn next_timestamp(parent: u64) -> u64 {
	let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
	now.max(parent.saturating_add(1))
}

impl<C: EthereumChain> Node<C> {
	/// The transactions that could come next: as many of the pool as fit by their gas limits.
	///
	/// # Errors
	/// Those of the chain.
	pub fn pending_transactions(&self) -> Result<Vec<TransactionView>, EthError> {
		let limit = self.chain().next_block(self.best()?.hash)?.gas_limit;
		self.fitting(limit).map(|(transactions, _)| transactions)
	}

	fn fitting(&self, gas_limit: u64) -> Result<(Vec<TransactionView>, u64), EthError> {
		let (mut chosen, mut gas) = (Vec::new(), 0_u64);
		for transaction in self.chain().pool()?.ready.into_iter().take(limits::MAX_POOL_ITEMS) {
			let after = gas.saturating_add(TransactionFields::new(&transaction)?.gas());
			if after > gas_limit {
				break;
			}
			gas = after;
			chosen.push(transaction);
		}
		Ok((chosen, gas))
	}

	/// A block made up of [`pending_transactions`](Self::pending_transactions) on top of the latest.
	/// Nothing in it has run: its gas is the most that its transactions may use, and its roots are
	/// zero. Hash, nonce and miner are null.
	///
	/// # Errors
	/// Those of the chain.
	pub fn pending_block(&self, full: bool) -> Result<BlockJson, EthError> {
		let parent = self.block_of(self.best()?.hash)?;
		let next = self.chain().next_block(parent.id.hash)?;
		let (transactions, gas_used) = self.fitting(next.gas_limit)?;
		let header = alloy_consensus::Header {
			parent_hash: hash(parent.id.hash),
			number: parent.id.number.saturating_add(1),
			timestamp: next_timestamp(parent.view.timestamp),
			gas_limit: next.gas_limit,
			gas_used,
			base_fee_per_gas: Some(next.base_fee),
			transactions_root: Default::default(),
			receipts_root: Default::default(),
			state_root: Default::default(),
			..empty_header()
		};
		let json = HeaderJson::from_header(&header, Default::default());
		let header = HeaderJson { hash: None, nonce: None, miner: None, ..json };
		let transactions = match full {
			true => TransactionsJson::Full(
				transactions.iter().map(TransactionJson::pooled).collect::<Result<_, _>>()?,
			),
			false => {
				TransactionsJson::Hashes(transactions.iter().map(|view| hash(view.hash)).collect())
			},
		};
		Ok(BlockJson::with(header, 0, transactions))
	}

	/// The nonce of the next transaction of an account, after those of the pool that can be included.
	///
	/// # Errors
	/// Those of the chain.
	pub fn pending_nonce(&self, address: H160) -> Result<u64, EthError> {
		let mut nonce = self.chain().account(self.best()?.hash, address)?.nonce;
		let mut nonces = Vec::new();
		for view in self.chain().pool()?.ready.iter().filter(|view| view.from == address) {
			nonces.push(TransactionFields::new(view)?.nonce());
		}
		nonces.sort_unstable();
		for waiting in nonces {
			if waiting == nonce {
				nonce = nonce.saturating_add(1);
			}
		}
		Ok(nonce)
	}
}
