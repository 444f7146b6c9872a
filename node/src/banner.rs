// SPDX-License-Identifier: Apache-2.0
//! What a newcomer reads when the node is up.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use sc_network::{multiaddr::Protocol, Multiaddr};
use sc_service::ChainType;
use unum_runtime::{genesis_presets::DEV_ENDOWMENT, MILLISECS_PER_BLOCK, UNIT};

use crate::cli::Sealing;

/// What the banner tells about.
#[derive(Debug, Clone)]
pub(crate) struct Banner {
	/// The name of the chain.
	pub(crate) chain: String,
	/// Whether it is for development.
	pub(crate) chain_type: ChainType,
	/// When blocks are made.
	pub(crate) sealing: Sealing,
	/// Whether the state is gone when the node stops.
	pub(crate) is_temporary: bool,
}

impl Banner {
	/// Logs the banner, with the addresses on which the RPC server really listens.
	pub(crate) fn log(&self, listening: &[Multiaddr]) {
		let addresses: Vec<_> = listening.iter().filter_map(socket_address).collect();
		for line in self.lines(&addresses) {
			log::info!("{line}");
		}
	}

	fn lines(&self, rpc: &[SocketAddr]) -> Vec<String> {
		let Some(first) = rpc.first() else { return Vec::new() };
		let listening = format!("🔌 RPC (http and ws) listens on {}", join(rpc));
		match self.chain_type {
			ChainType::Development => self.tour(listening, reachable(*first)),
			_ => vec![listening],
		}
	}

	/// What a developer wants to know about a fresh chain.
	fn tour(&self, listening: String, rpc: SocketAddr) -> Vec<String> {
		let endowment = DEV_ENDOWMENT / UNIT;
		vec![
			format!("🚀 {} is up: {}, {}", self.chain, self.pace(), self.memory()),
			listening,
			format!("🔭 Look at it: https://polkadot.js.org/apps/?rpc=ws://{rpc}"),
			format!(
				"🔑 //Alice, //Bob, //Charlie, //Dave, //Eve, //Ferdie and their //stash own \
				 {endowment} UNUM each; //Alice holds the sudo key"
			),
			"👉 Next: Developer > Extrinsics > balances.transferKeepAlive. `unum --help` has more"
				.into(),
		]
	}

	fn pace(&self) -> String {
		match self.sealing {
			Sealing::Slot => format!("a block every {MILLISECS_PER_BLOCK} ms"),
			Sealing::Instant => "a block for every transaction".into(),
			Sealing::Manual => "a block for every engine_createBlock(true, true)".into(),
			Sealing::Interval(millis) => format!("a block every {millis} ms"),
		}
	}

	fn memory(&self) -> &'static str {
		if self.is_temporary {
			"forgotten when it stops (--base-path keeps it)"
		} else {
			"kept when it stops"
		}
	}
}

fn join(addresses: &[SocketAddr]) -> String {
	addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

/// An address that a browser on this machine can open.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
	if address.ip().is_unspecified() {
		SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
	} else {
		address
	}
}

fn socket_address(address: &Multiaddr) -> Option<SocketAddr> {
	let mut parts = address.iter();
	let ip: IpAddr = match parts.next()? {
		Protocol::Ip4(ip) => ip.into(),
		Protocol::Ip6(ip) => ip.into(),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some(SocketAddr::new(ip, port)),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn banner(chain_type: ChainType) -> Banner {
		Banner {
			chain: "Unum Development".into(),
			chain_type,
			sealing: Sealing::Slot,
			is_temporary: true,
		}
	}

	fn address(text: &str) -> Vec<SocketAddr> {
		text.parse().into_iter().collect()
	}

	#[test]
	fn a_developer_is_told_where_to_look() {
		let lines = banner(ChainType::Development).lines(&address("127.0.0.1:40123")).join("\n");
		assert!(lines.contains("listens on 127.0.0.1:40123"), "{lines}");
		assert!(lines.contains("polkadot.js.org/apps/?rpc=ws://127.0.0.1:40123"), "{lines}");
		assert!(lines.contains("1000000 UNUM"), "{lines}");
		assert!(lines.contains("every 400 ms"), "{lines}");
		assert!(lines.contains("--base-path"), "{lines}");
	}

	#[test]
	fn lines_are_few_and_fit_a_terminal() {
		let lines = banner(ChainType::Development).lines(&address("127.0.0.1:9944"));
		assert!(lines.len() <= 5);
		assert!(lines.iter().all(|line| line.chars().count() <= 120), "{lines:#?}");
	}

	#[test]
	fn other_chains_only_say_where_they_listen() {
		for chain_type in [ChainType::Local, ChainType::Live] {
			let lines = banner(chain_type).lines(&address("127.0.0.1:9944"));
			assert_eq!(lines, ["🔌 RPC (http and ws) listens on 127.0.0.1:9944"]);
		}
	}

	#[test]
	fn an_unspecified_address_is_opened_at_localhost() {
		let lines = banner(ChainType::Development).lines(&address("0.0.0.0:9944")).join("\n");
		assert!(lines.contains("listens on 0.0.0.0:9944"), "{lines}");
		assert!(lines.contains("rpc=ws://127.0.0.1:9944"), "{lines}");
	}

	#[test]
	fn addresses_are_read_from_what_the_server_reports() {
		let read = |text: &str| text.parse::<Multiaddr>().ok().as_ref().and_then(socket_address);
		assert_eq!(read("/ip4/127.0.0.1/tcp/9944"), address("127.0.0.1:9944").pop());
		assert_eq!(read("/ip6/::1/tcp/9944"), address("[::1]:9944").pop());
		assert_eq!(read("/dns/localhost/tcp/9944"), None);
	}

	#[test]
	fn without_a_server_there_is_nothing_to_say() {
		assert!(banner(ChainType::Development).lines(&[]).is_empty());
	}
}
