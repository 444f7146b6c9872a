// SPDX-License-Identifier: Apache-2.0
//! Blocks.

use jsonrpsee::types::Params;
use serde_json::{json, Map, Value};
use unum_solana_index::{BlockId, IndexedBlock};

use super::Method;
use crate::{
	limits,
	node::Node,
	params::{
		read, Args, BlockConfig, Commitment, CommitmentConfig, Details, EncodingOr,
		TransactionConfig,
	},
	views::{base58, Rendered, Rendering},
	RpcError, SolanaChain,
};

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getBlock", block),
		("getBlockCommitment", commitment),
		("getBlockTime", time),
		("getBlocks", blocks),
		("getBlocksWithLimit", blocks_with_limit),
		("getFirstAvailableBlock", first_available),
		("minimumLedgerSlot", first_available),
	]
}

/// Refuses what may still go away, as upstream does for all that is read from its ledger.
pub(super) fn at_least_confirmed(commitment: Option<Commitment>) -> Result<Commitment, RpcError> {
	match commitment.unwrap_or_default() {
		Commitment::Processed => {
			Err(RpcError::params("Method does not support commitment below `confirmed`"))
		},
		commitment => Ok(commitment),
	}
}

fn block<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let slot: u64 = args.next()?;
	let config = args.optional::<EncodingOr<BlockConfig>>()?.map(BlockConfig::from);
	let config = config.unwrap_or_default();
	let commitment = at_least_confirmed(config.commitment)?;
	let found = find(node, slot, commitment)?;
	write(node, &found, &config)
}

/// The block of a slot, if it is as sure.
fn find<C: SolanaChain>(
	node: &Node<C>,
	slot: u64,
	commitment: Commitment,
) -> Result<IndexedBlock, RpcError> {
	let at = node.at(&CommitmentConfig { commitment: Some(commitment), min_context_slot: None })?;
	let not_available = || RpcError::BlockNotAvailable(slot);
	if slot > at.slot {
		return Err(not_available());
	}
	let first_available = node.first_available()?;
	if slot < first_available {
		return Err(RpcError::BlockCleanedUp { slot, first_available });
	}
	let id = node.canonical(slot)?.ok_or_else(not_available)?;
	node.index().block(id.hash)?.ok_or_else(not_available)
}

fn write<C: SolanaChain>(
	node: &Node<C>,
	block: &IndexedBlock,
	config: &BlockConfig,
) -> Result<Value, RpcError> {
	// Of genesis, there is no block before.
	let previous = match block.id.slot {
		0 => [0; 32],
		_ => node.chain().blockhash_of(block.parent)?,
	};
	let mut fields = Map::new();
	let mut put = |name: &str, value: Value| fields.insert(name.into(), value);
	put("blockhash", json!(base58(&node.chain().blockhash_of(block.id.hash)?)));
	put("previousBlockhash", json!(base58(&previous)));
	put("parentSlot", json!(block.id.slot.saturating_sub(1)));
	put("blockTime", json!(block.view.timestamp));
	put("blockHeight", json!(block.id.slot));
	let with_rewards = config.rewards.unwrap_or(true);
	if with_rewards {
		put("rewards", json!([]));
	}
	let rendering = Rendering {
		encoding: config.encoding.unwrap_or_default(),
		max_version: config.max_supported_transaction_version,
		with_rewards,
	};
	let transactions = block.view.transactions.iter();
	match config.transaction_details.unwrap_or_default() {
		Details::None => {},
		Details::Signatures => {
			let all: Vec<_> = transactions.map(|included| base58(&included.signature)).collect();
			put("signatures", json!(all));
		},
		details => {
			let each = transactions.map(|included| {
				let rendered = match details {
					Details::Accounts => rendering.accounts(included),
					_ => rendering.full(included),
				};
				rendered.map(Rendered::into_json)
			});
			put("transactions", json!(each.collect::<Result<Vec<_>, _>>()?));
		},
	}
	Ok(Value::Object(fields))
}

fn time<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let slot: u64 = Args::new(&params, 1, 1)?.next()?;
	let best = node
		.at(&CommitmentConfig { commitment: Some(Commitment::Confirmed), ..Default::default() })?;
	if slot > best.slot {
		return Err(RpcError::BlockNotAvailable(slot));
	}
	let first_available = node.first_available()?;
	if slot < first_available {
		return Err(RpcError::BlockCleanedUp { slot, first_available });
	}
	let id = node.canonical(slot)?.ok_or(RpcError::BlockNotAvailable(slot))?;
	let head = node.index().head(id.hash)?.ok_or(RpcError::BlockNotAvailable(slot))?;
	Ok(json!(head.timestamp))
}

/// There are no votes that could be counted.
fn commitment<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let _: u64 = Args::new(&params, 1, 1)?.next()?;
	Ok(json!({ "commitment": null, "totalStake": 0 }))
}

fn blocks<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 3)?;
	let from: u64 = args.next()?;
	// The last slot may be left out, with the configuration in its place.
	let (to, config) = match args.optional::<Value>()? {
		Some(given @ Value::Object(_)) => (None, Some(given)),
		Some(given) => (Some(read::<u64>(given)?), args.optional()?),
		None => (None, args.optional()?),
	};
	let config: CommitmentConfig = config.map(read).transpose()?.unwrap_or_default();
	at_least_confirmed(config.commitment)?;
	let at = node.at(&config)?;
	let longest = from.saturating_add(limits::MAX_BLOCK_RANGE);
	let to = to.unwrap_or(longest).min(at.slot);
	if to > longest {
		return Err(too_long());
	}
	slots(node, from, to)
}

fn blocks_with_limit<C: SolanaChain>(
	node: &Node<C>,
	params: Params<'_>,
) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 2, 3)?;
	let (from, limit): (u64, u64) = (args.next()?, args.next()?);
	let config: CommitmentConfig = args.config()?;
	at_least_confirmed(config.commitment)?;
	if limit > limits::MAX_BLOCK_RANGE {
		let most = limits::MAX_BLOCK_RANGE;
		return Err(RpcError::params(format!("Limit too large; max {most}")));
	}
	let BlockId { slot: newest, .. } = node.at(&config)?;
	match limit.checked_sub(1) {
		Some(more) => slots(node, from, from.saturating_add(more).min(newest)),
		None => Ok(json!([])),
	}
}

/// No slot is skipped here.
fn slots<C: SolanaChain>(node: &Node<C>, from: u64, to: u64) -> Result<Value, RpcError> {
	let first = from.max(node.first_available()?);
	Ok((first..=to).map(Value::from).collect())
}

fn too_long() -> RpcError {
	let most = limits::MAX_BLOCK_RANGE;
	RpcError::params(format!("Slot range too large; max {most}"))
}

fn first_available<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	node.chain().bring_up();
	Ok(json!(node.first_available()?))
}

/// What a request for one transaction means.
pub(super) fn rendering(config: &TransactionConfig) -> Rendering {
	Rendering {
		encoding: config.encoding.unwrap_or_default(),
		max_version: config.max_supported_transaction_version,
		with_rewards: true,
	}
}
