// SPDX-License-Identifier: Apache-2.0
//! The Solana JSON-RPC: the index that follows the chain, the methods, and a server of its own on the
//! ports where Solana's clients look for one.

use std::{
	net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
	path::PathBuf,
	sync::Arc,
};

use sc_service::{ChainType, Configuration};
use unum_runtime::opaque::Block;
use unum_solana_client::{ChainClient, Follower, NodeStatus};
use unum_solana_index::SolanaIndex;
use unum_solana_rpc::{Faucet, Listening, NodeInfo, Server, SvmKey};

use super::{
	listen,
	network::Network,
	partial::{FullClient, Parts},
	pool::Pool,
	status::Status,
};
use crate::{
	banner::reachable,
	cli::SolanaParams,
	errors::{ListenError, NodeError},
};

/// The chain behind the Solana JSON-RPC.
type SolanaClient = ChainClient<Block, FullClient, Pool>;

/// Where Solana's clients look for HTTP; for websockets they look one port above.
const HTTP_PORT: u16 = 8_899;

/// What listens, as messages call it.
const SERVICE: &str = "the Solana JSON-RPC";

/// How often two free ports next to each other are looked for.
const ATTEMPTS: usize = 32;

/// The folder of the index, beside the chain's database.
fn index_folder(config: &Configuration) -> PathBuf {
	config.base_path.config_dir(config.chain_spec.id()).join("solana")
}

/// Starts all of it, if it is wanted. The server runs until it is dropped.
pub(crate) fn start(
	config: &Configuration,
	parts: &Parts,
	network: &Network,
	status: Status,
	params: SolanaParams,
) -> Result<Option<Server>, NodeError> {
	if params.no_solana_rpc {
		return Ok(None);
	}
	let listening = listen(address(config), params.or_any(config))?;
	let index = Arc::new(SolanaIndex::open(&index_folder(config))?);
	let follower: Arc<Follower<Block, FullClient>> =
		Arc::new(Follower::new(parts.client.clone(), index.clone()));
	let rpc = listening.http.local_addr().ok().map(|address| address.to_string());
	let node = Node { status, info: NodeInfo { identity: identity(network), gossip: None, rpc } };
	let chain: Arc<SolanaClient> = Arc::new(ChainClient::new(
		parts.client.clone(),
		parts.pool.clone(),
		follower.clone(),
		Box::new(node),
	));
	parts.task_manager.spawn_handle().spawn_blocking("solana-index", "rpc", follower.run());
	let is_development = config.chain_spec.chain_type() == ChainType::Development;
	let faucet = is_development.then(Faucet::development);
	let module = unum_solana_rpc::module(chain.clone(), index, faucet)
		.map_err(|error| sc_service::Error::Application(Box::new(error)))?;
	let origins = config.rpc.cors.as_deref();
	Ok(Some(Server::start(listening, origins, &chain, &module)?))
}

/// Says where clients find the server.
pub(crate) fn log(server: &Server) {
	let (http, websocket) = (reachable(server.http()), reachable(server.websocket()));
	log::info!("🔌 Solana JSON-RPC: http://{http}, ws://{websocket}");
}

/// The address on which the node's other RPC listens, too: this machine's own, unless the user has
/// said otherwise.
fn address(config: &Configuration) -> IpAddr {
	let first = config.rpc.addr.iter().flatten().next();
	first.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |endpoint| endpoint.listen_addr.ip())
}

impl SolanaParams {
	/// Whoever takes any free port for the other RPC does not expect this one on its own either.
	fn or_any(mut self, config: &Configuration) -> Self {
		let takes_any = config.rpc.addr.iter().flatten().any(|other| other.listen_addr.port() == 0);
		self.solana_rpc_port = self.solana_rpc_port.or(takes_any.then_some(0));
		self
	}
}

/// A port that was chosen is had, or it is an error. Nobody depends on one that was not: a second node on
/// this machine takes any other.
fn listen(ip: IpAddr, params: SolanaParams) -> Result<Listening, ListenError> {
	let at = Interface(ip);
	match (params.solana_rpc_port, params.solana_ws_port) {
		(Some(http), Some(websocket)) => {
			Ok(Listening { http: at.http(http)?, websocket: at.websocket(websocket)? })
		},
		(Some(0), None) => at.any_pair(),
		(Some(http), None) => at.pair(http),
		(None, Some(websocket)) => {
			let http = at.http(HTTP_PORT).or_else(|error| {
				warn(&error);
				at.http(0)
			});
			Ok(Listening { http: http?, websocket: at.websocket(websocket)? })
		},
		(None, None) => at.pair(HTTP_PORT).or_else(|error| {
			warn(&error);
			at.any_pair()
		}),
	}
}

fn warn(error: &ListenError) {
	log::warn!("The Solana JSON-RPC takes other ports than clients look for: {error}");
}

/// Where ports are had.
#[derive(Clone, Copy)]
struct Interface(IpAddr);

impl Interface {
	fn http(self, port: u16) -> Result<TcpListener, ListenError> {
		listen::bind(SERVICE, SocketAddr::new(self.0, port), "--solana-rpc-port")
	}

	fn websocket(self, port: u16) -> Result<TcpListener, ListenError> {
		listen::bind(SERVICE, SocketAddr::new(self.0, port), "--solana-ws-port")
	}

	/// A port, and the one above: clients that are told the first look there for the second.
	fn pair(self, port: u16) -> Result<Listening, ListenError> {
		let http = self.http(port)?;
		// Of any free port, it is known now which one it is.
		let port = http.local_addr().map_or(port, |address| address.port());
		let websocket = self.websocket(port.wrapping_add(1))?;
		Ok(Listening { http, websocket })
	}

	/// Any two free ports, next to each other if possible.
	fn any_pair(self) -> Result<Listening, ListenError> {
		match (0..ATTEMPTS).find_map(|_| self.pair(0).ok()) {
			Some(pair) => Ok(pair),
			None => Ok(Listening { http: self.http(0)?, websocket: self.websocket(0)? }),
		}
	}
}

/// The node's key on the network: what its peer id ends with.
fn identity(network: &Network) -> SvmKey {
	let peer = network.service.local_peer_id().to_bytes();
	SvmKey(peer.last_chunk().copied().unwrap_or_default())
}

/// The node, as Solana's clients ask for it.
struct Node {
	status: Status,
	info: NodeInfo,
}

impl NodeStatus for Node {
	fn slots_behind(&self) -> Option<u64> {
		let progress = self.status.progress()?;
		Some(progress.target.saturating_sub(progress.current))
	}

	fn node(&self) -> NodeInfo {
		self.info.clone()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

	fn ports(params: SolanaParams) -> Option<(u16, u16, Listening)> {
		let listening = listen(LOCALHOST, params).ok()?;
		let port = |socket: &TcpListener| socket.local_addr().ok().map(|address| address.port());
		Some((port(&listening.http)?, port(&listening.websocket)?, listening))
	}

	fn params(http: Option<u16>, websocket: Option<u16>) -> SolanaParams {
		SolanaParams { no_solana_rpc: false, solana_rpc_port: http, solana_ws_port: websocket }
	}

	#[test]
	fn two_nodes_find_ports_next_to_each_other() {
		// Whether the default port is free or not.
		let nodes: Vec<_> = (0..3).filter_map(|_| ports(params(None, None))).collect();
		assert_eq!(nodes.len(), 3);
		for (http, websocket, _) in &nodes {
			assert_eq!(http + 1, *websocket);
		}
	}

	#[test]
	fn a_port_that_was_chosen_is_had_or_refused() {
		let Some((http, websocket, held)) = ports(params(Some(0), None)) else {
			panic!("no ports at all")
		};
		assert!(listen(LOCALHOST, params(Some(http), None)).is_err());
		assert!(listen(LOCALHOST, params(Some(0), Some(websocket))).is_err());
		drop(held);
		let again = ports(params(Some(http), Some(websocket)));
		assert!(again.is_some_and(|(a, b, _)| (a, b) == (http, websocket)));
	}
}
