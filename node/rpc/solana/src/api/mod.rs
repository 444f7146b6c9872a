// SPDX-License-Identifier: Apache-2.0
//! The methods.

mod accounts;
mod airdrop;
mod blocks;
mod chain;
mod fees;
mod history;
mod network;
mod retries;
mod send;
mod subscriptions;
mod tokens;

use std::sync::Arc;

use jsonrpsee::{
	core::RegisterMethodError,
	types::{ErrorObjectOwned, Params},
	RpcModule,
};
use serde_json::Value;
use unum_solana_index::SolanaIndex;

pub use airdrop::Faucet;

use crate::{node::Node, RpcError, SolanaChain};

/// What answers a method. It may block.
type Method<C> = fn(&Node<C>, Params<'_>) -> Result<Value, RpcError>;

/// All methods and subscriptions, over a chain and its index. `faucet` pays for `requestAirdrop`; without
/// one nothing is given away.
///
/// # Errors
/// Two methods have the same name.
pub fn module<C: SolanaChain>(
	chain: Arc<C>,
	index: Arc<SolanaIndex>,
	faucet: Option<Faucet>,
) -> Result<RpcModule<()>, RegisterMethodError> {
	let node = Node::new(chain, index);
	let mut module = RpcModule::new(node);
	for (name, method) in methods::<C>() {
		module.register_blocking_method(name, move |params, node, _| {
			method(&node, params).map_err(ErrorObjectOwned::from)
		})?;
	}
	send::register(&mut module)?;
	airdrop::register(&mut module, faucet)?;
	subscriptions::register(&mut module)?;
	Ok(module.remove_context())
}

fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	[
		accounts::methods::<C>(),
		blocks::methods::<C>(),
		chain::methods::<C>(),
		fees::methods::<C>(),
		history::methods::<C>(),
		network::methods::<C>(),
		tokens::methods::<C>(),
	]
	.concat()
}
