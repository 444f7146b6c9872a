// SPDX-License-Identifier: Apache-2.0
//! What transactions pay.

use std::collections::BTreeMap;

use jsonrpsee::types::Params;
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_index::BlockId;
use unum_solana_transaction::{compute_budget, Message, RawTransaction};
use unum_solana_view::{IncludedTransaction, TransactionOrigin};

use super::Method;
use crate::{
	limits,
	node::{with_context, Node},
	params::{decode, pubkey, Args, Commitment, CommitmentConfig, Kind, RawEncoding},
	RpcError, SolanaChain,
};

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getFeeForMessage", fee_for_message),
		("getRecentPrioritizationFees", prioritization_fees),
	]
}

fn fee_for_message<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let message = decode(&args.next::<String>()?, RawEncoding::Base64, Kind::Message)?;
	let config: CommitmentConfig = args.config()?;
	let read = Message::decode(&message).map_err(|error| Kind::Message.malformed(error))?;
	read.sanitize()
		.map_err(|error| RpcError::params(format!("invalid transaction message: {error}")))?;
	let at = node.at(&config)?;
	Ok(with_context(at, node.chain().fee_for_message(at, message)?))
}

/// The least that was offered in each of the last blocks, to be included there with these accounts: zero
/// where there was room, as there is where nobody offers anything.
fn prioritization_fees<C: SolanaChain>(
	node: &Node<C>,
	params: Params<'_>,
) -> Result<Value, RpcError> {
	let keys: Vec<String> = Args::new(&params, 0, 1)?.config()?;
	if keys.len() > limits::MAX_FEE_ACCOUNTS {
		let most = limits::MAX_FEE_ACCOUNTS;
		return Err(RpcError::params(format!("Too many inputs provided; max {most}")));
	}
	let keys = keys.iter().map(|key| pubkey(key)).collect::<Result<Vec<_>, _>>()?;
	let commitment = Some(Commitment::Processed);
	let best = node.at(&CommitmentConfig { commitment, min_context_slot: None })?;
	let oldest = best.slot.saturating_sub(limits::FEE_SLOTS.saturating_sub(1));
	let mut fees = BTreeMap::new();
	for head in node.index().heads(oldest, best.slot)? {
		if node.is_canonical(&head.id, best.slot) {
			let has_any = head.transactions > 0;
			fees.insert(head.id.slot, if has_any { least(node, head.id, &keys)? } else { 0 });
		}
	}
	let written = fees.iter().map(|(slot, fee)| json!({ "slot": slot, "prioritizationFee": fee }));
	Ok(written.collect())
}

fn least<C: SolanaChain>(
	node: &Node<C>,
	block: BlockId,
	keys: &[SvmAddress],
) -> Result<u64, RpcError> {
	let Some(block) = node.index().block(block.hash)? else { return Ok(0) };
	let offers = block.view.transactions.iter().filter_map(|included| offer(included, keys));
	Ok(offers.min().unwrap_or_default())
}

/// What a wallet's transaction that may write all these accounts offers for a compute unit.
fn offer(included: &IncludedTransaction, keys: &[SvmAddress]) -> Option<u64> {
	if included.origin != TransactionOrigin::Solana {
		return None;
	}
	let raw = RawTransaction::decode(&included.bytes).ok()?;
	let message = raw.message();
	let is_written = |key: &SvmAddress| {
		let own = message.account_keys().iter().position(|own| own == key);
		own.is_some_and(|position| message.is_writable_static(position))
			|| included.meta.loaded_addresses.writable.contains(key)
	};
	if !keys.iter().all(is_written) {
		return None;
	}
	Some(compute_budget(message).ok()?.unit_price_micro_lamports)
}
