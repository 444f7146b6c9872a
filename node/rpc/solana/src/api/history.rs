// SPDX-License-Identifier: Apache-2.0
//! Transactions that were included.

use jsonrpsee::types::Params;
use serde_json::{json, Value};
use unum_solana_index::{FoundTransaction, HistoryQuery, Place};
use unum_solana_transaction::RawTransaction;

use super::{
	blocks::{at_least_confirmed, rendering},
	Method,
};
use crate::{
	limits,
	node::{with_context, Node},
	params::{
		pubkey, signature, Args, Commitment, CommitmentConfig, EncodingOr, HistoryConfig,
		StatusConfig, TransactionConfig,
	},
	parsed::{is_memo, memo},
	views::{base58, outcome, transaction_error},
	RpcError, SolanaChain,
};

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getSignatureStatuses", statuses),
		("getSignaturesForAddress", signatures_for_address),
		("getTransaction", transaction),
	]
}

fn transaction<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let signature = signature(&args.next::<String>()?)?;
	let config = args.optional::<EncodingOr<TransactionConfig>>()?.map(TransactionConfig::from);
	let config = config.unwrap_or_default();
	let commitment = at_least_confirmed(config.commitment)?;
	let at = node.at(&CommitmentConfig { commitment: Some(commitment), min_context_slot: None })?;
	let Some(found) = node.transaction(&signature, at.slot)? else { return Ok(Value::Null) };
	let mut written = rendering(&config).full(&found.transaction)?.into_json();
	if let Some(fields) = written.as_object_mut() {
		fields.insert("slot".into(), json!(found.block.id.slot));
		fields.insert("blockTime".into(), json!(found.block.timestamp));
		fields.insert("transactionIndex".into(), json!(found.position));
	}
	Ok(written)
}

fn statuses<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let given: Vec<String> = args.next()?;
	let config: StatusConfig = args.config()?;
	if given.len() > limits::MAX_SIGNATURE_STATUSES {
		let most = limits::MAX_SIGNATURE_STATUSES;
		return Err(RpcError::params(format!("Too many inputs provided; max {most}")));
	}
	let signatures = given.iter().map(|text| signature(text)).collect::<Result<Vec<_>, _>>()?;
	let at = node.at(&CommitmentConfig {
		commitment: Some(Commitment::Processed),
		min_context_slot: None,
	})?;
	let finalized = node.chain().finalized().slot;
	let oldest = match config.search_transaction_history {
		true => 0,
		false => at.slot.saturating_sub(limits::RECENT_SLOTS),
	};
	let each = signatures.iter().map(|signature| {
		let found = node.transaction(signature, at.slot)?;
		let found = found.filter(|found| found.block.id.slot >= oldest);
		Ok::<_, RpcError>(found.map(|found| status(&found, at.slot, finalized)))
	});
	Ok(with_context(at, each.collect::<Result<Vec<_>, _>>()?))
}

fn status(found: &FoundTransaction, best: u64, finalized: u64) -> Value {
	let slot = found.block.id.slot;
	let error = found.transaction.meta.error.as_ref();
	let is_final = slot <= finalized;
	json!({
		"slot": slot,
		"confirmations": (!is_final).then(|| best.saturating_sub(slot)),
		"status": outcome(error),
		"err": error.map(transaction_error),
		"confirmationStatus": confirmation(is_final),
	})
}

const fn confirmation(is_final: bool) -> &'static str {
	match is_final {
		true => "finalized",
		false => "confirmed",
	}
}

fn signatures_for_address<C: SolanaChain>(
	node: &Node<C>,
	params: Params<'_>,
) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let address = pubkey(&args.next::<String>()?)?;
	let config: HistoryConfig = args.config()?;
	let before = config.before.as_deref().map(signature).transpose()?;
	let until = config.until.as_deref().map(signature).transpose()?;
	let limit = config.limit.unwrap_or(limits::MAX_HISTORY);
	if limit == 0 || limit > limits::MAX_HISTORY {
		let most = limits::MAX_HISTORY;
		return Err(RpcError::params(format!("Invalid limit; max {most}")));
	}
	at_least_confirmed(config.at.commitment)?;
	let at = node.at(&config.at)?;
	let place = |signature: Option<[u8; 64]>| -> Result<Option<Place>, RpcError> {
		let Some(signature) = signature else { return Ok(None) };
		Ok(node.transaction(&signature, at.slot)?.map(|found| found.place()))
	};
	let (from, to) = (place(before)?, place(until)?);
	// Nothing stands before what is not there.
	if before.is_some() && from.is_none() {
		return Ok(json!([]));
	}
	let query = HistoryQuery { address, newest: at.slot, before: from, until: to, limit };
	let found = node.index().history(&query, &|id| node.is_canonical(id, at.slot))?;
	let finalized = node.chain().finalized().slot;
	Ok(found.iter().map(|found| entry(found, finalized)).collect())
}

fn entry(found: &FoundTransaction, finalized: u64) -> Value {
	let included = &found.transaction;
	json!({
		"signature": base58(&included.signature),
		"slot": found.block.id.slot,
		"transactionIndex": found.position,
		"err": included.meta.error.as_ref().map(transaction_error),
		"memo": memos(&included.bytes),
		"blockTime": found.block.timestamp,
		"confirmationStatus": confirmation(found.block.id.slot <= finalized),
	})
}

/// What the memos of a transaction say, each with its length.
fn memos(bytes: &[u8]) -> Option<String> {
	let raw = RawTransaction::decode(bytes).ok()?;
	let message = raw.message();
	let memos: Vec<_> = message
		.instructions()
		.iter()
		.filter(|instruction| message.program(instruction).is_some_and(is_memo))
		.map(|instruction| {
			let text = memo(&instruction.data);
			let text = text.as_ref().and_then(Value::as_str).unwrap_or("(unparseable)");
			format!("[{}] {text}", instruction.data.len())
		})
		.collect();
	(!memos.is_empty()).then(|| memos.join("; "))
}
