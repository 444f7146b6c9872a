// SPDX-License-Identifier: Apache-2.0
//! Raw transactions on their way into the pool.

use std::sync::Arc;

use codec::Encode;
use sc_transaction_pool_api::{
	error::{Error as PoolError, IntoPoolError},
	TransactionPool, TransactionSource,
};
use sp_runtime::traits::Block as BlockT;
use unum_ethereum_rpc::SubmitError;
use unum_ethereum_transaction::RawTransaction;
use unum_ethereum_view::{TransactionBody, H160, H256};
use unum_runtime_api::{EthereumApi, UnumApi};

use crate::{waiting::Waiting, Client};

/// By how many percent both fees of a replacement have to be higher: geth's `--txpool.pricebump`.
const PRICE_BUMP_PERCENT: u128 = 10;

/// Gives a raw transaction to the pool. Returns its hash.
///
/// The runtime is asked before the pool: what the pool refuses, it refuses to look at again for a while,
/// although the sender may be richer in a moment.
pub(crate) async fn submit<B, C, P>(
	client: &Arc<C>,
	pool: &P,
	waiting: &Arc<Waiting<B, C, P>>,
	raw: Vec<u8>,
) -> Result<H256, SubmitError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	let best = client.info().best_hash;
	let (asked, waits) = (client.clone(), waiting.clone());
	let checked = tokio::task::spawn_blocking(move || check(&*asked, &waits, best, raw)).await;
	let (hash, extrinsic) = checked
		.map_err(|_| SubmitError::Refused("the check of the transaction was cut short".into()))??;
	match pool.submit_one(best, TransactionSource::External, extrinsic).await {
		Ok(_) => Ok(hash),
		Err(error) => Err(refusal(error)),
	}
}

/// Reads a transaction, and asks whether it would be refused.
fn check<B, C, P>(
	client: &C,
	waiting: &Waiting<B, C, P>,
	best: H256,
	raw: Vec<u8>,
) -> Result<(H256, B::Extrinsic), SubmitError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	let transaction =
		RawTransaction::decode(&raw).map_err(|error| SubmitError::Malformed(error.to_string()))?;
	let hash = H256(transaction.hash().0);
	check_replacement(waiting, &transaction)?;
	let api = client.runtime_api();
	let extrinsic = api.carry(best, raw).map_err(internal)?;
	// A fresh instance: what the one before has looked at stays in it.
	let said = client.runtime_api().explain_refusal(best, extrinsic.encode(), best);
	match said.map_err(internal)? {
		Some(said) => Err(SubmitError::Refused(String::from_utf8_lossy(&said).into_owned())),
		None => Ok((hash, extrinsic)),
	}
}

/// A transaction in the pool is replaced by one that pays a tenth more, in both of its fees.
fn check_replacement<B, C, P>(
	waiting: &Waiting<B, C, P>,
	transaction: &RawTransaction,
) -> Result<(), SubmitError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	let Ok(sender) = transaction.recover_sender() else { return Ok(()) };
	let sender = H160(sender.into_array());
	let Some(old) = waiting.of(sender, transaction.nonce()).map_err(internal)? else {
		return Ok(());
	};
	if old.hash.0 == transaction.hash().0 {
		return Err(SubmitError::Refused("already known".into()));
	}
	let TransactionBody::Raw(old) = &old.body else { return Ok(()) };
	let Ok(old) = RawTransaction::decode(old) else { return Ok(()) };
	let pays_enough = is_bumped(old.max_fee_per_gas(), transaction.max_fee_per_gas())
		&& is_bumped(old.max_priority_fee_per_gas(), transaction.max_priority_fee_per_gas());
	match pays_enough {
		true => Ok(()),
		false => Err(SubmitError::Refused("replacement transaction underpriced".into())),
	}
}

fn is_bumped(old: u128, new: u128) -> bool {
	let least = old.saturating_add(old.saturating_mul(PRICE_BUMP_PERCENT).div_ceil(100));
	new > old && new >= least
}

/// The pool's refusal, in geth's words where geth has some.
fn refusal<E: IntoPoolError>(error: E) -> SubmitError {
	let said = match error.into_pool_error() {
		Ok(PoolError::AlreadyImported(_)) => "already known".into(),
		Ok(PoolError::TooLowPriority { .. }) => "replacement transaction underpriced".into(),
		Ok(PoolError::ImmediatelyDropped) => "txpool is full".into(),
		Ok(PoolError::TemporarilyBanned) => {
			"the pool has dropped this transaction a moment ago: try again later".into()
		},
		Ok(other) => other.to_string(),
		Err(other) => other.to_string(),
	};
	SubmitError::Refused(said)
}

fn internal(error: sp_api::ApiError) -> SubmitError {
	SubmitError::Refused(format!("the runtime could not answer: {error}"))
}

#[cfg(test)]
mod tests {
	use super::is_bumped;

	#[test]
	fn a_replacement_pays_a_tenth_more() {
		assert!(!is_bumped(100, 109));
		assert!(is_bumped(100, 110));
		assert!(!is_bumped(101, 111), "rounded up");
		assert!(is_bumped(101, 112));
		assert!(!is_bumped(0, 0));
		assert!(is_bumped(0, 1));
		assert!(!is_bumped(u128::MAX, u128::MAX));
	}
}
