// SPDX-License-Identifier: Apache-2.0
//! The `evm_` methods by which Ethereum's development tools make blocks and move their time.
//!
//! | method | does |
//! |---|---|
//! | `evm_mine` | makes a block, also when there is nothing to put in |
//! | `evm_increaseTime` | puts the clock of blocks forward |
//! | `evm_setNextBlockTimestamp` | says what time the next block has |
//!
//! They are there only where blocks are made at will. There is no `evm_snapshot`: blocks become final
//! soon after they are made, and what is final does not go back.

use std::sync::Arc;

use futures::{
	channel::{mpsc, oneshot},
	SinkExt,
};
use jsonrpsee::{
	core::async_trait,
	proc_macros::rpc,
	types::{error::INVALID_PARAMS_CODE, ErrorObjectOwned},
};
use sc_consensus_manual_seal::EngineCommand;
use serde::Deserialize;
use sp_timestamp::Timestamp;
use unum_runtime::Hash;

use crate::service::{clock::Clock, sealing, FullClient};

/// Code of most errors of geth and of the development tools.
const SERVER_ERROR: i32 = -32_000;

/// A number of seconds, as a number or as a text in decimal or hexadecimal form.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Seconds {
	/// As a number.
	Number(u64),
	/// As a text.
	Text(String),
}

impl Seconds {
	fn read(&self) -> Result<u64, ErrorObjectOwned> {
		let read = match self {
			Self::Number(seconds) => Some(*seconds),
			Self::Text(text) => match text.strip_prefix("0x") {
				Some(digits) => u64::from_str_radix(digits, 16).ok(),
				None => text.parse().ok(),
			},
		};
		read.ok_or_else(|| {
			let message = format!("{self:?} is no number of seconds");
			ErrorObjectOwned::owned(INVALID_PARAMS_CODE, message, None::<()>)
		})
	}
}

/// Blocks and their time, for development tools.
#[rpc(server, namespace = "evm")]
pub(crate) trait DevApi {
	/// Makes a block, with that time if one is given. Returns "0x0".
	#[method(name = "mine")]
	async fn mine(&self, timestamp: Option<Seconds>) -> Result<String, ErrorObjectOwned>;

	/// Puts the clock forward. Returns by how many seconds in all.
	#[method(name = "increaseTime")]
	fn increase_time(&self, seconds: Seconds) -> Result<i64, ErrorObjectOwned>;

	/// Says what time the next block has, in seconds since the Unix epoch. Returns that time.
	#[method(name = "setNextBlockTimestamp")]
	fn set_next_block_timestamp(&self, timestamp: Seconds) -> Result<u64, ErrorObjectOwned>;
}

/// Answers the methods.
pub(crate) struct DevRpc {
	pub(crate) client: Arc<FullClient>,
	pub(crate) clock: Arc<Clock>,
	pub(crate) engine: mpsc::Sender<EngineCommand<Hash>>,
}

fn failed(error: impl std::fmt::Display) -> ErrorObjectOwned {
	ErrorObjectOwned::owned(SERVER_ERROR, error.to_string(), None::<()>)
}

#[async_trait]
impl DevApiServer for DevRpc {
	async fn mine(&self, timestamp: Option<Seconds>) -> Result<String, ErrorObjectOwned> {
		if let Some(timestamp) = timestamp {
			self.set_next_block_timestamp(timestamp)?;
		}
		let (sender, receiver) = oneshot::channel();
		let command = EngineCommand::SealNewBlock {
			create_empty: true,
			finalize: true,
			parent_hash: None,
			sender: Some(sender),
		};
		self.engine.clone().send(command).await.map_err(failed)?;
		receiver.await.map_err(failed)?.map_err(failed)?;
		Ok("0x0".into())
	}

	fn increase_time(&self, seconds: Seconds) -> Result<i64, ErrorObjectOwned> {
		let seconds = seconds.read()?;
		let earliest = sealing::earliest_timestamp(&self.client).map_err(failed)?;
		Ok(self.clock.increase(seconds, Timestamp::current(), earliest))
	}

	fn set_next_block_timestamp(&self, timestamp: Seconds) -> Result<u64, ErrorObjectOwned> {
		let seconds = timestamp.read()?;
		let earliest = sealing::earliest_timestamp(&self.client).map_err(failed)?;
		self.clock.set_next(seconds, earliest.as_millis()).map_err(failed)?;
		Ok(seconds)
	}
}
