// SPDX-License-Identifier: Apache-2.0
//! What can go wrong before a node runs: each error says what happened and what to do about it.

use std::{io, net::SocketAddr, path::PathBuf};

use sp_core::H256;

/// Why the program ends with exit code 1.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NodeError {
	/// The chain could not be described.
	#[error(transparent)]
	ChainSpec(#[from] ChainSpecError),

	/// The stored chain could not be used.
	#[error(transparent)]
	Database(#[from] DatabaseError),

	/// The index behind the Ethereum JSON-RPC could not be used.
	#[error(transparent)]
	EthereumIndex(#[from] unum_ethereum_index::IndexError),

	/// The index behind the Ethereum JSON-RPC could not be filled.
	#[error("the index of the Ethereum JSON-RPC could not be filled: {0}")]
	Indexing(#[from] unum_ethereum_client::IndexingError),

	/// The index behind the Solana JSON-RPC could not be used.
	#[error(transparent)]
	SolanaIndex(#[from] unum_solana_index::IndexError),

	/// The Solana JSON-RPC could not be started.
	#[error(transparent)]
	SolanaServer(#[from] unum_solana_rpc::ServerError),

	/// The threads that execute blocks could not be started.
	#[error("the threads that execute blocks could not be started: {0}")]
	Threads(#[from] unum_executor::ThreadPoolBuildError),

	/// Nothing was measured.
	#[error(transparent)]
	Throughput(#[from] unum_bench::throughput::ThroughputError),

	/// No load was sent.
	#[error(transparent)]
	Load(#[from] unum_bench::load::LoadError),

	/// Blocks could not be executed again.
	#[error(transparent)]
	Replay(#[from] ReplayError),

	/// An address to listen on could not be had.
	#[error(transparent)]
	Listen(#[from] ListenError),

	/// Blocks are to be sealed at will, but other validators would not accept them.
	#[error(
		"--sealing {sealing} is for development chains, and {chain} is none. Add --dev, or leave \
		 --sealing out"
	)]
	SealingNeedsDevChain {
		/// The sealing that was asked for.
		sealing: crate::cli::Sealing,
		/// The name of the chain.
		chain: String,
	},

	/// A validator must be known to others by a key that stays the same.
	#[error(
		"this validator has no network key in {}. Make one with `unum key generate-node-key --chain \
		 <CHAIN> --base-path <PATH>`, give one with --node-key-file, or let a new one be made with \
		 --unsafe-force-node-key-generation", path.display()
	)]
	NetworkKeyNotFound {
		/// Where the key was looked for.
		path: PathBuf,
	},

	/// Arguments that were understood but make no sense.
	#[error("{0}")]
	Input(String),

	/// A part of the running node ended, and the node with it.
	#[error(
		"a part that the node cannot do without has failed; the log above says which, and why. Start \
		 again; if it fails again because of a missing block or state, the database is damaged: delete \
		 it with `unum purge-chain`"
	)]
	EssentialPartFailed,
	// Boxed, as the next one: they are many times the size of the others.
	/// Any other error of the node's own parts.
	#[error(transparent)]
	Service(Box<sc_service::Error>),

	/// Any other error of a command.
	#[error(transparent)]
	Cli(Box<sc_cli::Error>),
}

/// Why a chain could not be described.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChainSpecError {
	/// Nothing was said about which chain to run.
	#[error(
		"no chain was chosen. `unum --dev` starts a development chain; --chain takes dev, local, or \
		 the path of a specification file"
	)]
	NoneChosen,

	/// The file is not there or may not be read.
	#[error(
		"the chain specification {} cannot be read: {cause}. --chain takes dev, local, or the path \
		 of a specification file", path.display()
	)]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// What the operating system says.
		cause: io::Error,
	},

	/// The file was read, but is something else.
	#[error(
		"{} is not a chain specification: {cause}. `unum export-chain-spec --chain local` prints one \
		 to begin with", path.display()
	)]
	Invalid {
		/// The file.
		path: PathBuf,
		/// What the parser says.
		cause: String,
	},

	/// The specification was understood, but no state can be made of it.
	#[error(
		"the genesis of {chain} cannot be built: {cause}. Correct the specification, or make a new \
		 one with `unum export-chain-spec`"
	)]
	Genesis {
		/// The name of the chain.
		chain: String,
		/// What the runtime, or the decoder, says.
		cause: String,
	},

	/// The binary was built for development of the node alone.
	#[error(
		"this binary contains no runtime, because it was built with SKIP_WASM_BUILD. Build it again \
		 without, or give a raw specification file with --chain"
	)]
	NoRuntime,
}

/// Why a stored chain could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DatabaseError {
	/// A command was to work on a stored chain, and there is none.
	#[error(
		"no chain is stored at {}. Give the --chain and --base-path of the node that stored it",
		path.display()
	)]
	Missing {
		/// Where it was looked for.
		path: PathBuf,
	},

	/// Another node, or another command, has it open.
	#[error(
		"the database at {} is in use by another process. Stop that one, or choose another \
		 --base-path", path.display()
	)]
	InUse {
		/// Where the database is.
		path: PathBuf,
	},

	/// The operating system does not let the node at it.
	#[error(
		"the database at {} cannot be opened: {cause}. Check the rights and the free space there, or \
		 choose another --base-path", path.display()
	)]
	Inaccessible {
		/// Where the database is.
		path: PathBuf,
		/// What the operating system says.
		cause: String,
	},

	/// It is there, and it is damaged.
	#[error(
		"the database at {} is damaged: {cause}. Restore it from a copy, or delete it with `unum \
		 purge-chain` (same --chain and --base-path) and let the node fetch the chain again",
		path.display()
	)]
	Corrupt {
		/// Where the database is.
		path: PathBuf,
		/// What did not fit.
		cause: String,
	},

	/// It was asked to be pruned in another way than it was made for.
	#[error(
		"the database at {} was made with other pruning options: {cause}. Start with the options of \
		 the first time, or delete it with `unum purge-chain`", path.display()
	)]
	OtherPruning {
		/// Where the database is.
		path: PathBuf,
		/// Which options differ.
		cause: String,
	},

	/// It holds a chain with another beginning.
	#[error(
		"the database at {} holds another chain: its genesis is {stored:?}, and that of {chain} is \
		 {expected:?}. Choose another --base-path, or delete it with `unum purge-chain`",
		path.display()
	)]
	OtherChain {
		/// Where the database is.
		path: PathBuf,
		/// The name of the chain that was asked for.
		chain: String,
		/// The genesis hash that is stored.
		stored: H256,
		/// The genesis hash that the specification has.
		expected: H256,
	},
}

/// Why an address to listen on could not be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListenError {
	/// Another program listens there.
	#[error(
		"{service} cannot listen on {address}: the port is taken, perhaps by another node. Stop that \
		 program, or choose another port with {option} (0 takes any free one)"
	)]
	Taken {
		/// What was to listen.
		service: &'static str,
		/// Where.
		address: SocketAddr,
		/// The option that changes it.
		option: &'static str,
	},

	/// The operating system does not allow it.
	#[error("{service} cannot listen on {address}: {cause}. Choose another port with {option}")]
	Refused {
		/// What was to listen.
		service: &'static str,
		/// Where.
		address: SocketAddr,
		/// What the operating system says.
		cause: io::Error,
		/// The option that changes it.
		option: &'static str,
	},
}

impl NodeError {
	/// The message on a single line, whatever line breaks its causes contain.
	pub(crate) fn one_line(&self) -> String {
		one_line(&self.to_string())
	}
}

/// The text with every run of white space replaced by one space.
pub(crate) fn one_line(text: &str) -> String {
	text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the SDK says when a task has ended that should not.
const ESSENTIAL_TASK_FAILED: &str = "Essential task failed.";

impl From<sc_service::Error> for NodeError {
	fn from(error: sc_service::Error) -> Self {
		match error {
			// Our own errors travel through the SDK's in a box.
			sc_service::Error::Application(inner) => match inner.downcast::<Self>() {
				Ok(ours) => *ours,
				Err(inner) => Self::Service(Box::new(sc_service::Error::Application(inner))),
			},
			sc_service::Error::Other(text) if text == ESSENTIAL_TASK_FAILED => {
				Self::EssentialPartFailed
			},
			sc_service::Error::Other(text) => Self::Input(text),
			other => Self::Service(Box::new(other)),
		}
	}
}

impl From<sc_cli::Error> for NodeError {
	fn from(error: sc_cli::Error) -> Self {
		match error {
			sc_cli::Error::Service(inner) => inner.into(),
			sc_cli::Error::Input(message) => Self::Input(message),
			sc_cli::Error::NetworkKeyNotFound(path) => Self::NetworkKeyNotFound { path },
			other => Self::Cli(Box::new(other)),
		}
	}
}

impl From<io::Error> for NodeError {
	fn from(error: io::Error) -> Self {
		Self::Service(Box::new(error.into()))
	}
}

impl From<sp_blockchain::Error> for NodeError {
	fn from(error: sp_blockchain::Error) -> Self {
		Self::Service(Box::new(error.into()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn every_error() -> Vec<NodeError> {
		let path = || PathBuf::from("/data/db");
		let address = SocketAddr::from(([127, 0, 0, 1], 9944));
		let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
		vec![
			ChainSpecError::NoneChosen.into(),
			ChainSpecError::Unreadable { path: path(), cause: denied() }.into(),
			ChainSpecError::Invalid { path: path(), cause: "line\n\tbreak".into() }.into(),
			ChainSpecError::Genesis { chain: "X".into(), cause: "bad".into() }.into(),
			ChainSpecError::NoRuntime.into(),
			DatabaseError::Missing { path: path() }.into(),
			DatabaseError::InUse { path: path() }.into(),
			DatabaseError::Inaccessible { path: path(), cause: "no".into() }.into(),
			DatabaseError::Corrupt { path: path(), cause: "bad".into() }.into(),
			DatabaseError::OtherPruning { path: path(), cause: "bad".into() }.into(),
			DatabaseError::OtherChain {
				path: path(),
				chain: "X".into(),
				stored: H256::zero(),
				expected: H256::repeat_byte(1),
			}
			.into(),
			ListenError::Taken { service: "RPC", address, option: "--rpc-port" }.into(),
			ListenError::Refused { service: "RPC", address, cause: denied(), option: "--rpc-port" }
				.into(),
			NodeError::SealingNeedsDevChain {
				sealing: crate::cli::Sealing::Instant,
				chain: "Unum Local".into(),
			},
			NodeError::NetworkKeyNotFound { path: path() },
			NodeError::EssentialPartFailed,
		]
	}

	#[test]
	fn every_error_is_one_line_that_says_what_to_do() {
		for error in every_error() {
			let line = error.one_line();
			assert!(!line.contains('\n'), "{line}");
			assert!(!line.contains("  "), "{line}");
			let says_what_to_do =
				["--", "`unum ", "Correct"].iter().any(|hint| line.contains(hint));
			assert!(says_what_to_do, "{line}");
		}
	}

	#[test]
	fn our_errors_survive_the_way_through_the_sdk() {
		let ours = NodeError::from(DatabaseError::InUse { path: "/data/db".into() });
		let message = ours.to_string();
		let boxed = sc_service::Error::Application(Box::new(ours));
		assert_eq!(NodeError::from(sc_cli::Error::from(boxed)).to_string(), message);
	}

	#[test]
	fn foreign_messages_are_kept() {
		let error = NodeError::from(sc_cli::Error::Input("no such thing".into()));
		assert_eq!(error.one_line(), "no such thing");
	}

	#[test]
	fn a_missing_network_key_is_explained_on_one_line() {
		let error = NodeError::from(sc_cli::Error::NetworkKeyNotFound("/data/network".into()));
		assert!(error.one_line().contains("generate-node-key"), "{error}");
	}
}

/// Why blocks were not executed again, or that they came to something else.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplayError {
	/// There are no such blocks.
	#[error("there are no blocks {from} to {to}: the chain goes from 1 to {best}")]
	Range {
		/// The first that was asked for.
		from: u32,
		/// The last that was asked for.
		to: u32,
		/// The newest that there is.
		best: u32,
	},
	/// A block is not stored.
	#[error("block {0} is not stored: its body was pruned")]
	Missing(u32),
	/// A block could not be executed.
	#[error(
		"block {number} could not be executed again: {cause}. Only an archive (--state-pruning archive) \
		 keeps the state on which it was made"
	)]
	Block {
		/// Its number.
		number: u32,
		/// What the client said.
		cause: sp_blockchain::Error,
	},
	/// The summary could not be written.
	#[error("the summary could not be written as JSON: {0}")]
	Json(#[from] serde_json::Error),
	/// Lanes come to something else.
	#[error(
		"block {0} is another one when it is executed in lanes. This is a defect: please report it, with \
		 the block"
	)]
	Divergent(u32),
}
