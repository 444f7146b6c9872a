// SPDX-License-Identifier: Apache-2.0
//! The chain as a whole: slots, epochs, blockhashes, supply.

use jsonrpsee::types::Params;
use serde_json::{json, Value};
use unum_solana_view::ChainInfo;

use super::Method;
use crate::{
	limits::{ACCOUNT_OVERHEAD, LAMPORTS_PER_BYTE, MAX_SAMPLES, SAMPLE_SLOTS, SLOTS_PER_EPOCH},
	node::{with_context, Node},
	params::{hash, Args, Commitment, CommitmentConfig},
	views::base58,
	RpcError, SolanaChain,
};

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getBlockHeight", slot),
		("getEpochInfo", epoch_info),
		("getEpochSchedule", epoch_schedule),
		("getGenesisHash", genesis_hash),
		("getInflationGovernor", inflation_governor),
		("getInflationRate", inflation_rate),
		("getInflationReward", inflation_reward),
		("getLatestBlockhash", latest_blockhash),
		("getMinimumBalanceForRentExemption", rent_exemption),
		("getRecentPerformanceSamples", samples),
		("getSlot", slot),
		("getStakeMinimumDelegation", stake_minimum),
		("getSupply", supply),
		("getTransactionCount", transaction_count),
		("isBlockhashValid", is_blockhash_valid),
	]
}

fn slot<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	Ok(json!(node.at(&config)?.slot))
}

fn epoch_info<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	let at = node.at(&config)?;
	let info = node.chain().info(at)?;
	Ok(json!({
		"absoluteSlot": at.slot,
		"blockHeight": at.slot,
		"epoch": at.slot.checked_div(SLOTS_PER_EPOCH),
		"slotIndex": at.slot.checked_rem(SLOTS_PER_EPOCH),
		"slotsInEpoch": SLOTS_PER_EPOCH,
		"transactionCount": shown(&info),
	}))
}

fn epoch_schedule<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	Ok(json!({
		"slotsPerEpoch": SLOTS_PER_EPOCH,
		"leaderScheduleSlotOffset": SLOTS_PER_EPOCH,
		"warmup": false,
		"firstNormalEpoch": 0,
		"firstNormalSlot": 0,
	}))
}

fn genesis_hash<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	Ok(json!(base58(&node.chain().blockhash_of(node.chain().genesis().hash)?)))
}

fn latest_blockhash<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	let at = node.at(&config)?;
	let info = node.chain().info(at)?;
	let value = json!({
		"blockhash": base58(&info.blockhash),
		"lastValidBlockHeight": info.last_valid_slot,
	});
	Ok(with_context(at, value))
}

fn is_blockhash_valid<C: SolanaChain>(
	node: &Node<C>,
	params: Params<'_>,
) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let blockhash = hash(&args.next::<String>()?)?;
	let at = node.at(&args.config()?)?;
	Ok(with_context(at, node.chain().is_blockhash_valid(at, blockhash)?))
}

fn rent_exemption<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let length: u64 = args.next()?;
	args.optional::<CommitmentConfig>()?;
	Ok(json!(length.saturating_add(ACCOUNT_OVERHEAD).saturating_mul(LAMPORTS_PER_BYTE)))
}

fn supply<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	let at = node.at(&config)?;
	let total = node.chain().info(at)?.supply;
	let value = json!({
		"total": total,
		"circulating": total,
		"nonCirculating": 0,
		"nonCirculatingAccounts": [],
	});
	Ok(with_context(at, value))
}

fn transaction_count<C: SolanaChain>(
	node: &Node<C>,
	params: Params<'_>,
) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	let at = node.at(&config)?;
	Ok(json!(shown(&node.chain().info(at)?)))
}

/// How many transactions blocks show. The chain counts what tells the time of a block, too, which each
/// block after the first one begins with.
const fn shown(info: &ChainInfo) -> u64 {
	info.transaction_count.saturating_sub(info.slot)
}

/// Nothing is staked here.
fn stake_minimum<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	Ok(with_context(node.at(&config)?, 1))
}

/// Nothing is created by inflation.
fn inflation_governor<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::new(&params, 0, 1)?.config::<CommitmentConfig>()?;
	Ok(json!({
		"initial": 0.0,
		"terminal": 0.0,
		"taper": 0.0,
		"foundation": 0.0,
		"foundationTerm": 0.0,
	}))
}

fn inflation_rate<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	let epoch = node.chain().finalized().slot.checked_div(SLOTS_PER_EPOCH);
	Ok(json!({ "total": 0.0, "validator": 0.0, "foundation": 0.0, "epoch": epoch }))
}

fn inflation_reward<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let keys: Vec<String> = args.next()?;
	args.optional::<Value>()?;
	let most = crate::limits::MAX_MULTIPLE_ACCOUNTS;
	let keys = crate::params::pubkeys(&keys, most)?;
	Ok(keys.iter().map(|_| Value::Null).collect())
}

/// How many transactions there were in each of the last minutes, newest first.
fn samples<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let limit: usize = Args::new(&params, 0, 1)?.optional()?.unwrap_or(MAX_SAMPLES);
	if limit > MAX_SAMPLES {
		return Err(RpcError::params(format!("Invalid limit; max {MAX_SAMPLES}")));
	}
	let commitment = Some(Commitment::Finalized);
	let newest = node.at(&CommitmentConfig { commitment, min_context_slot: None })?.slot;
	let first = node.first_available()?;
	let (mut samples, mut to) = (Vec::new(), newest);
	while samples.len() < limit {
		let Some(from) = to.checked_sub(SAMPLE_SLOTS).filter(|from| *from >= first) else { break };
		let heads = node.index().heads(from.saturating_add(1), to)?;
		let heads: Vec<_> =
			heads.iter().filter(|head| node.is_canonical(&head.id, newest)).collect();
		let count = heads.iter().fold(0_u64, |sum, head| sum.saturating_add(head.transactions));
		let times = heads.first().map(|first| first.timestamp);
		let times = times.zip(heads.last().map(|last| last.timestamp));
		let seconds = times.map_or(0, |(first, last)| last.saturating_sub(first).max(1));
		samples.push(json!({
			"slot": to,
			"numTransactions": count,
			"numNonVoteTransactions": count,
			"numSlots": heads.len(),
			"samplePeriodSecs": seconds,
		}));
		to = from;
	}
	Ok(json!(samples))
}
