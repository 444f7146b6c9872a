// SPDX-License-Identifier: Apache-2.0
//! The node and its cluster. Blocks are made here by rules of the chain's own, which have no stakes and
//! no votes: what is asked about these is told as of nobody.

use jsonrpsee::types::Params;
use serde_json::{json, Map, Value};
use unum_address::SvmAddress;

use super::Method;
use crate::{
	limits::{MAX_SLOT_LEADERS, SLOTS_PER_EPOCH},
	node::{with_context, Node},
	params::{pubkey, read, Args, CommitmentConfig, ProductionConfig, ScheduleConfig, VoteConfig},
	views::base58,
	RpcError, SolanaChain, FEATURE_SET, VERSION,
};

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getBlockProduction", block_production),
		("getClusterNodes", cluster_nodes),
		("getHealth", health),
		("getHighestSnapshotSlot", snapshot),
		("getIdentity", identity),
		("getLeaderSchedule", leader_schedule),
		("getMaxRetransmitSlot", best_slot),
		("getMaxShredInsertSlot", best_slot),
		("getSlotLeader", slot_leader),
		("getSlotLeaders", slot_leaders),
		("getVersion", version),
		("getVoteAccounts", vote_accounts),
	]
}

fn health<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	match node.chain().slots_behind() {
		None => Ok(json!("ok")),
		Some(slots) => Err(RpcError::NodeBehind(slots)),
	}
}

fn version<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	Ok(json!({ "solana-core": VERSION, "feature-set": FEATURE_SET }))
}

fn own_key<C: SolanaChain>(node: &Node<C>) -> String {
	base58(&node.chain().node().identity.0)
}

fn identity<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	Ok(json!({ "identity": own_key(node) }))
}

/// This node alone: the others' addresses are those of another protocol.
fn cluster_nodes<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	let this = node.chain().node();
	Ok(json!([{
		"pubkey": base58(&this.identity.0),
		"gossip": this.gossip,
		"tvu": null,
		"tpu": null,
		"tpuQuic": null,
		"tpuForwards": null,
		"tpuForwardsQuic": null,
		"tpuVote": null,
		"serveRepair": null,
		"rpc": this.rpc,
		"pubsub": null,
		"version": VERSION,
		"featureSet": FEATURE_SET,
		"shredVersion": 0,
	}]))
}

fn best_slot<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	Ok(json!(node.chain().best().slot))
}

fn snapshot<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::none(&params)?;
	Err(RpcError::NoSnapshot)
}

/// Who makes the blocks of an epoch, by their positions in it: this node, as far as it can tell, for the
/// others' keys are those of another protocol. The next epoch is known, too, as upstream.
fn leader_schedule<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 0, 2)?;
	// The slot may be left out, with the configuration in its place.
	let (slot, config): (Option<u64>, ScheduleConfig) = match args.optional::<Value>()? {
		Some(given @ Value::Object(_)) => (None, read(given)?),
		Some(given) => (Some(read(given)?), args.config()?),
		None => (None, args.config()?),
	};
	let wanted = config.identity.as_deref().map(pubkey).transpose()?;
	let at =
		node.at(&CommitmentConfig { commitment: config.commitment, min_context_slot: None })?;
	let (wanted_epoch, now) = (epoch_of(slot.unwrap_or(at.slot)), epoch_of(at.slot));
	if wanted_epoch > now.saturating_add(1) {
		return Ok(Value::Null);
	}
	let mut schedule = Map::new();
	if is_meant(node, wanted) {
		schedule.insert(own_key(node), (0..SLOTS_PER_EPOCH).collect());
	}
	Ok(Value::Object(schedule))
}

fn epoch_of(slot: u64) -> u64 {
	slot.checked_div(SLOTS_PER_EPOCH).unwrap_or_default()
}

/// Whether a filter of identities lets this node through.
fn is_meant<C: SolanaChain>(node: &Node<C>, wanted: Option<SvmAddress>) -> bool {
	wanted.is_none_or(|wanted| *wanted.as_bytes() == node.chain().node().identity.0)
}

fn slot_leader<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: CommitmentConfig = Args::new(&params, 0, 1)?.config()?;
	node.at(&config)?;
	Ok(json!(own_key(node)))
}

fn slot_leaders<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 2, 2)?;
	let (_, limit): (u64, u64) = (args.next()?, args.next()?);
	if limit > MAX_SLOT_LEADERS {
		return Err(RpcError::params(format!("Invalid limit; max {MAX_SLOT_LEADERS}")));
	}
	let key = own_key(node);
	Ok((0..limit).map(|_| json!(key)).collect())
}

fn vote_accounts<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: VoteConfig = Args::new(&params, 0, 1)?.config()?;
	config.vote_pubkey.as_deref().map(pubkey).transpose()?;
	Ok(json!({ "current": [], "delinquent": [] }))
}

/// How many slots a node had, and in how many of them it made a block: in all of them, for no slot is
/// skipped here.
fn block_production<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let config: ProductionConfig = Args::new(&params, 0, 1)?.config()?;
	let wanted = config.identity.as_deref().map(pubkey).transpose()?;
	let at = node.at(&config.at)?;
	let (first, last) = match config.range {
		None => (epoch_of(at.slot).saturating_mul(SLOTS_PER_EPOCH), at.slot),
		Some(range) => (range.first_slot, range.last_slot.unwrap_or(at.slot)),
	};
	if last < first {
		return Err(RpcError::params(format!(
			"lastSlot, {last}, cannot be less than firstSlot, {first}"
		)));
	}
	if last > at.slot {
		let most = at.slot;
		return Err(RpcError::params(format!("lastSlot, {last}, is too large; max {most}")));
	}
	let mut made = Map::new();
	if is_meant(node, wanted) {
		let slots = last.saturating_sub(first).saturating_add(1);
		made.insert(own_key(node), json!([slots, slots]));
	}
	let range = json!({ "firstSlot": first, "lastSlot": last });
	Ok(with_context(at, json!({ "byIdentity": made, "range": range })))
}
