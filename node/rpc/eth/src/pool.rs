// SPDX-License-Identifier: Apache-2.0
//! The pool as `txpool_` shows it: by sender and nonce.

use std::collections::BTreeMap;

use alloy_primitives::{Address, U64};
use alloy_rpc_types_txpool::TxpoolInspectSummary;
use serde::Serialize;
use unum_ethereum_view::TransactionView;

use crate::{
	chain::PoolContent,
	convert::address,
	limits,
	views::{TransactionFields, TransactionJson},
	EthError,
};

/// Something of each transaction, by nonce.
pub type ByNonce<T> = BTreeMap<u64, T>;

/// The same by sender (with its checksum, as geth has it).
pub type BySender<T> = BTreeMap<String, ByNonce<T>>;

/// What can be included now, and what waits for something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PoolJson<T> {
	/// What can be included now.
	pub pending: T,
	/// What waits for other transactions of its senders.
	pub queued: T,
}

/// A transaction with all its fields.
pub(crate) fn content(fields: &TransactionFields<'_>) -> TransactionJson {
	fields.to_json(None)
}

/// A transaction in one line.
pub(crate) fn summary(fields: &TransactionFields<'_>) -> String {
	let summary = TxpoolInspectSummary {
		to: fields.to(),
		value: fields.value(),
		gas: fields.gas(),
		gas_price: fields.max_fee_per_gas(),
	};
	let to = summary.to.map_or_else(|| "contract creation".into(), |to| to.to_checksum(None));
	let TxpoolInspectSummary { value, gas, gas_price, .. } = summary;
	format!("{to}: {value} wei + {gas} gas × {gas_price} wei")
}

/// How many there are.
pub(crate) fn status(pool: &PoolContent) -> PoolJson<U64> {
	PoolJson { pending: U64::from(pool.ready.len()), queued: U64::from(pool.queued.len()) }
}

/// All of the pool, transaction by transaction.
pub(crate) fn all<T>(
	pool: &PoolContent,
	view: impl Fn(&TransactionFields<'_>) -> T,
) -> Result<PoolJson<BySender<T>>, EthError> {
	Ok(PoolJson {
		pending: by_sender(&pool.ready, &view)?,
		queued: by_sender(&pool.queued, &view)?,
	})
}

/// The transactions of one sender.
pub(crate) fn of_sender<T>(
	pool: &PoolContent,
	sender: Address,
	view: impl Fn(&TransactionFields<'_>) -> T,
) -> Result<PoolJson<ByNonce<T>>, EthError> {
	let key = sender.to_checksum(None);
	let of = |from: &[TransactionView]| -> Result<_, EthError> {
		let own: Vec<_> = from.iter().filter(|tx| address(tx.from) == sender).cloned().collect();
		Ok(by_sender(&own, &view)?.remove(&key).unwrap_or_default())
	};
	Ok(PoolJson { pending: of(&pool.ready)?, queued: of(&pool.queued)? })
}

fn by_sender<T>(
	from: &[TransactionView],
	view: &impl Fn(&TransactionFields<'_>) -> T,
) -> Result<BySender<T>, EthError> {
	let mut senders = BySender::new();
	for transaction in from.iter().take(limits::MAX_POOL_ITEMS) {
		let fields = TransactionFields::new(transaction)?;
		let sender = address(transaction.from).to_checksum(None);
		let own: &mut ByNonce<T> = senders.entry(sender).or_default();
		own.insert(fields.nonce(), view(&fields));
	}
	Ok(senders)
}
