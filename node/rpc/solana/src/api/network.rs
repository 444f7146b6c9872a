// SPDX-License-Identifier: Apache-2.0
//! The node and its cluster. Blocks are made here by rules of the chain's own, which have no stakes and
//! no votes: what is asked about these is told as of nobody.

use jsonrpsee::types::Params;
use serde_json::{json, Value};

use super::Method;
use crate::{
	limits::MAX_SLOT_LEADERS,
	node::{with_context, Node},
	params::{Args, CommitmentConfig},
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

fn leader_schedule<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::new(&params, 0, 2)?;
	Ok(Value::Null)
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
	Args::new(&params, 0, 1)?;
	Ok(json!({ "current": [], "delinquent": [] }))
}

fn block_production<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 0, 1)?;
	let config: CommitmentConfig = args.config()?;
	let at = node.at(&config)?;
	let epoch = at
		.slot
		.saturating_sub(at.slot.checked_rem(crate::limits::SLOTS_PER_EPOCH).unwrap_or_default());
	let value = json!({
		"byIdentity": {},
		"range": { "firstSlot": epoch, "lastSlot": at.slot },
	});
	Ok(with_context(at, value))
}
