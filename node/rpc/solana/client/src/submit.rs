// SPDX-License-Identifier: Apache-2.0
//! Raw transactions on their way into the pool.

use std::sync::Arc;

use codec::{DecodeAll, Encode};
use sc_transaction_pool_api::{
	error::{Error as PoolError, IntoPoolError},
	TransactionPool, TransactionSource,
};
use sp_core::H256;
use sp_runtime::traits::Block as BlockT;
use unum_runtime_api::{SolanaApi, UnumApi};
use unum_solana_rpc::SubmitError;
use unum_solana_view::TransactionError;

use crate::Client;

/// Gives a raw transaction to the pool. One that waits there already is taken again: clients send a
/// transaction until it is included.
///
/// The runtime is asked before the pool: what the pool refuses, it refuses to look at again for a while,
/// although the sender may be richer in a moment.
pub(crate) async fn submit<B, C, P>(
	client: &Arc<C>,
	pool: &P,
	raw: Vec<u8>,
) -> Result<(), SubmitError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
	P: TransactionPool<Block = B, Hash = H256> + 'static,
{
	let best = client.info().best_hash;
	let asked = client.clone();
	let checked = tokio::task::spawn_blocking(move || check::<B, C>(&asked, best, raw)).await;
	let extrinsic = checked.map_err(failed)??;
	match pool.submit_one(best, TransactionSource::External, extrinsic).await {
		Ok(_) => Ok(()),
		Err(error) => refusal(error),
	}
}

/// Makes the extrinsic that carries a transaction, and asks whether it would be refused.
fn check<B, C>(client: &C, best: H256, raw: Vec<u8>) -> Result<B::Extrinsic, SubmitError>
where
	B: BlockT<Hash = H256>,
	C: Client<B>,
{
	let extrinsic = client.runtime_api().carry(best, raw).map_err(failed)?;
	// A fresh instance: what the one before has looked at stays in it.
	let said = client.runtime_api().explain_refusal(best, extrinsic.encode(), best);
	match said.map_err(failed)? {
		Some(said) => Err(named(String::from_utf8_lossy(&said).into_owned())),
		None => Ok(extrinsic),
	}
}

/// The pool's refusal.
fn refusal<E: IntoPoolError>(error: E) -> Result<(), SubmitError> {
	let said = match error.into_pool_error() {
		Ok(PoolError::AlreadyImported(_)) => return Ok(()),
		Ok(PoolError::ImmediatelyDropped) => "the transaction pool is full".into(),
		Ok(PoolError::TemporarilyBanned) => {
			"the pool has dropped this transaction a moment ago: try again later".into()
		},
		Ok(other) => other.to_string(),
		Err(other) => other.to_string(),
	};
	Err(SubmitError::Refused(said))
}

/// A refusal in Solana's terms, if its sentence is one of Solana's.
fn named(sentence: String) -> SubmitError {
	let mut known = (0..=u8::MAX).filter_map(|index| {
		// Those that have no fields are one byte.
		TransactionError::decode_all(&mut &[index][..]).ok()
	});
	match known.find(|error| error.to_string() == sentence) {
		Some(error) => SubmitError::Transaction(error),
		None => SubmitError::Refused(sentence),
	}
}

fn failed(error: impl std::fmt::Display) -> SubmitError {
	SubmitError::Failed(format!("the runtime could not answer: {error}"))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn sentences_of_solana_are_recognized() {
		for error in [
			TransactionError::BlockhashNotFound,
			TransactionError::AlreadyProcessed,
			TransactionError::SignatureFailure,
			TransactionError::InsufficientFundsForFee,
		] {
			assert_eq!(named(error.to_string()), SubmitError::Transaction(error));
		}
	}

	#[test]
	fn other_sentences_stay_as_they_are() {
		let said = "the engine of this VM is switched off".to_string();
		assert_eq!(named(said.clone()), SubmitError::Refused(said));
	}
}
