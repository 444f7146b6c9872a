// SPDX-License-Identifier: Apache-2.0
//! Sends signed transactions to a running node at a steady rate, and watches what the chain makes of them.

mod watch;

use std::{
	net::IpAddr,
	sync::{
		atomic::{AtomicU64, Ordering},
		Arc,
	},
	time::Duration,
};

use clap::ValueEnum;
use codec::Encode;
use indicatif::{ProgressBar, ProgressStyle};
use jsonrpsee::{
	core::client::{ClientT, Error as RpcError},
	rpc_params,
	ws_client::{WsClient, WsClientBuilder},
};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use serde_json::Value;
use sp_core::{sr25519, Pair, H256};
use tokio::{
	sync::{OwnedSemaphorePermit, Semaphore},
	time::{interval, sleep, Instant, MissedTickBehavior},
};
use unum_runtime::{RuntimeCall, UNIT, VERSION};
use unum_units::LedgerAmount;

use self::watch::{number, watch};
use crate::{
	calls::{count, counters, erc20_transfer, evm_address, make_counters, pay, transfer_token},
	chain::{account, mint, pair, sign, SALT},
};

/// What one who sends gets before.
const FUNDS: u128 = 20 * UNIT;

/// Transfers of one batch.
const BATCH: usize = 50;

/// Requests that wait for an answer at the same time, on each connection.
const IN_FLIGHT: usize = 256;

/// How long the chain has for what was sent last.
const DRAIN: Duration = Duration::from_secs(60);

/// The arguments of a load.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
	/// The node's RPC: on this machine only.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	pub url: String,

	/// How many transactions to send in a second.
	#[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
	pub tps: u32,

	/// For how long, in seconds.
	#[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
	pub duration: u32,

	/// What the transactions do.
	#[arg(long, value_name = "NAME", default_value = "transfers")]
	pub workload: Load,

	/// How many accounts send, each in its turn.
	#[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(2..=20_000))]
	pub senders: u32,

	/// Over how many connections.
	#[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=64))]
	pub connections: u32,

	/// Who pays for it: a secret phrase or a development account with many coins.
	#[arg(long, value_name = "SECRET", default_value = "//Alice")]
	pub funder: String,

	/// The node's process, if its memory is to be watched.
	#[arg(long, value_name = "PID")]
	pub pid: Option<u32>,

	/// Print a JSON object and nothing else.
	#[arg(long)]
	pub json: bool,
}

/// What the transactions of a load do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Load {
	/// Native transfers.
	Transfers,
	/// Transfers of a token, by its pallet.
	Tokens,
	/// Transfers of a token, through its ERC-20 contract.
	Erc20,
	/// Calls of a contract.
	Contracts,
	/// All of these, by turns.
	Mixed,
}

impl Load {
	/// The `n`th transaction, from this sender to that one.
	fn call(self, n: u64, sender: u32, to: u32) -> RuntimeCall {
		match self {
			Self::Transfers => pay(to, 1_000),
			Self::Tokens => transfer_token(to, 1),
			Self::Erc20 => erc20_transfer(evm_address(account(to).into()), 1, 100_000),
			Self::Contracts => count(counters(0), sender.into(), None),
			Self::Mixed => {
				let all = [Self::Transfers, Self::Tokens, Self::Erc20, Self::Contracts];
				let one = usize::try_from(n % 4).ok().and_then(|n| all.get(n));
				one.map_or_else(|| pay(to, 1_000), |load| load.call(n, sender, to))
			},
		}
	}
}

/// Why nothing was sent, or not all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
	/// The node is on another machine.
	#[error("{0} is not on this machine: a load is sent to loopback addresses only")]
	NotLoopback(String),
	/// The node did not answer, or with an error.
	#[error("the node at {url} answers: {cause}")]
	Rpc {
		/// Where it is.
		url: String,
		/// What it said.
		cause: RpcError,
	},
	/// The node answers something else.
	#[error("{0} is not what the node of this chain answers")]
	Unexpected(&'static str),
	/// The node has another runtime.
	#[error(
		"the node's runtime is version {node}, and transactions of this program are for {own}"
	)]
	Version {
		/// The node's.
		node: u64,
		/// This program's.
		own: u32,
	},
	/// The funder is none.
	#[error("the funder is no secret phrase: {0}")]
	Funder(String),
	/// The chain does not include what prepares the load.
	#[error("the chain has not included what prepares the load within a minute")]
	NotPrepared,
	/// The report could not be written.
	#[error("the report could not be written as JSON: {0}")]
	Json(#[from] serde_json::Error),
}

/// What the chain made of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
	/// Asked for, in a second.
	pub tps: u32,
	/// Sent to the node.
	pub sent: u64,
	/// Refused by the node at once.
	pub refused: u64,
	/// In the blocks of the best chain.
	pub included: u64,
	/// Sent, not refused, and not seen in a block within a minute after the last was sent.
	pub lost: u64,
	/// Between the first block with such transactions and the last.
	pub seconds: f64,
	/// The quotient: what the chain sustained.
	pub transactions_per_second: f64,
	/// Blocks with such transactions.
	pub blocks: usize,
	/// The most in one block.
	pub largest_block: u64,
	/// Between two blocks, as they arrived: half of them came within this time.
	pub block_seconds_median: f64,
	/// 95 of 100 came within this time.
	pub block_seconds_95: f64,
	/// The longest.
	pub block_seconds_most: f64,
	/// The most that were sent and not in a block yet.
	pub pool_most: u64,
	/// How many blocks the last final one was behind the newest: half of the time at most this many.
	pub finality_lag_median: u64,
	/// The most.
	pub finality_lag_most: u64,
	/// The most memory of the node's process, in MiB.
	pub memory_mib_most: Option<u64>,
	/// The first error of the node, if it refused something.
	pub first_refusal: Option<String>,
}

/// Sends, watches, and prints what it saw.
///
/// # Errors
/// [`LoadError`]: the load was not sent.
pub async fn run(arguments: &Arguments) -> Result<(), LoadError> {
	let bar = ProgressBar::new(0).with_style(style());
	let node = Node::connect(arguments).await?;
	prepare(&node, arguments, &bar).await?;
	let transactions = transactions(&node, arguments, &bar).await?;
	let summary = send(&node, arguments, transactions, &bar).await?;
	bar.finish_and_clear();
	match arguments.json {
		true => println!("{}", serde_json::to_string_pretty(&summary)?),
		false => print(&summary),
	}
	Ok(())
}

fn style() -> ProgressStyle {
	ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")
		.unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// A running node.
struct Node {
	url: String,
	clients: Vec<Arc<WsClient>>,
	genesis: H256,
}

impl Node {
	async fn connect(arguments: &Arguments) -> Result<Self, LoadError> {
		let url = arguments.url.clone();
		if !is_loopback(&url) {
			return Err(LoadError::NotLoopback(url));
		}
		let mut clients = Vec::new();
		for _ in 0..arguments.connections {
			let client = WsClientBuilder::default()
				.max_concurrent_requests(4 * IN_FLIGHT)
				.max_buffer_capacity_per_subscription(4_096)
				.request_timeout(Duration::from_secs(60))
				.build(&url)
				.await
				.map_err(|cause| LoadError::Rpc { url: url.clone(), cause })?;
			clients.push(Arc::new(client));
		}
		let mut node = Self { url, clients, genesis: H256::zero() };
		let version: Value = node.ask("state_getRuntimeVersion", rpc_params![]).await?;
		let version = version["specVersion"].as_u64();
		let version = version.ok_or(LoadError::Unexpected("the runtime's version"))?;
		if version != u64::from(VERSION.spec_version) {
			return Err(LoadError::Version { node: version, own: VERSION.spec_version });
		}
		node.genesis = node.ask("chain_getBlockHash", rpc_params![0]).await?;
		Ok(node)
	}

	fn client(&self) -> Result<&Arc<WsClient>, LoadError> {
		self.clients.first().ok_or(LoadError::Unexpected("no connection"))
	}

	fn failed(&self, cause: RpcError) -> LoadError {
		LoadError::Rpc { url: self.url.clone(), cause }
	}

	async fn ask<R: serde::de::DeserializeOwned>(
		&self,
		method: &str,
		params: jsonrpsee::core::params::ArrayParams,
	) -> Result<R, LoadError> {
		self.client()?.request(method, params).await.map_err(|cause| self.failed(cause))
	}

	/// The next nonce of an account.
	async fn nonce(&self, who: &sr25519::Public) -> Result<u32, LoadError> {
		let who = sp_core::crypto::Ss58Codec::to_ss58check(who);
		self.ask("system_accountNextIndex", rpc_params![who]).await
	}

	/// Sends calls of one sender, and waits until all are in blocks.
	async fn send_all(
		&self,
		from: &sr25519::Pair,
		calls: Vec<RuntimeCall>,
	) -> Result<(), LoadError> {
		let first = self.nonce(&from.public()).await?;
		let wanted = first.saturating_add(u32::try_from(calls.len()).unwrap_or(u32::MAX));
		for (nonce, call) in (first..).zip(calls) {
			let bytes = to_hex(sign(from, nonce, call, self.genesis).encode());
			let _: H256 = self.ask("author_submitExtrinsic", rpc_params![bytes]).await?;
		}
		let end = Instant::now() + Duration::from_secs(60);
		while Instant::now() < end {
			if self.included_nonce(&from.public()).await? >= wanted {
				return Ok(());
			}
			sleep(Duration::from_millis(200)).await;
		}
		Err(LoadError::NotPrepared)
	}

	/// How many transactions of an account are in blocks.
	async fn included_nonce(&self, who: &sr25519::Public) -> Result<u32, LoadError> {
		let who = unum_runtime::AccountId::from(who.0);
		let key = frame_system::Account::<unum_runtime::Runtime>::hashed_key_for(&who);
		let key = to_hex(key);
		let entry: Option<String> = self.ask("state_getStorage", rpc_params![key]).await?;
		let Some(entry) = entry else { return Ok(0) };
		// The first four bytes, little-endian.
		let digits = entry.get(2..10).ok_or(LoadError::Unexpected("an account"))?;
		let nonce = u32::from_str_radix(digits, 16);
		nonce.map(u32::swap_bytes).map_err(|_| LoadError::Unexpected("an account"))
	}
}

/// Whether a URL names this machine.
fn is_loopback(url: &str) -> bool {
	let Some((_, rest)) = url.split_once("://") else { return false };
	let host = rest.split('/').next().unwrap_or_default();
	let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
	let host = host.trim_start_matches('[').trim_end_matches(']');
	host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Bytes as the RPC has them.
fn to_hex(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Gives the senders coins, and makes what the transactions need.
async fn prepare(node: &Node, arguments: &Arguments, bar: &ProgressBar) -> Result<(), LoadError> {
	bar.set_message("paying the senders");
	let funder = sr25519::Pair::from_string(&arguments.funder, None)
		.map_err(|cause| LoadError::Funder(format!("{cause:?}")))?;
	let senders: Vec<u32> = (0..arguments.senders).collect();
	let batch =
		|calls: Vec<RuntimeCall>| RuntimeCall::Utility(pallet_utility::Call::batch_all { calls });
	let batches = |call: &dyn Fn(u32) -> RuntimeCall| -> Vec<RuntimeCall> {
		let all = senders.chunks(BATCH);
		all.map(|some| batch(some.iter().map(|n| call(*n)).collect())).collect()
	};
	node.send_all(&funder, batches(&|n| pay(n, FUNDS))).await?;
	if arguments.workload == Load::Transfers {
		return Ok(());
	}
	bar.set_message("making a token and a contract");
	// The first sender makes them, and may have done so before.
	let maker = pair(0);
	let mint_key = pallet_unified_tokens::Mints::<unum_runtime::Runtime>::hashed_key_for(mint());
	let key = to_hex(mint_key);
	let is_there: Option<String> = node.ask("state_getStorage", rpc_params![key]).await?;
	let mut calls = Vec::new();
	if is_there.is_none() {
		calls.push(RuntimeCall::UnifiedTokens(pallet_unified_tokens::Call::create_mint {
			salt: SALT.into(),
			decimals: 18,
			svm_decimals: None,
			name: b"Load".to_vec(),
			symbol: b"LOAD".to_vec(),
			mint_authority: Some(account(0).into()),
			freeze_authority: None,
		}));
		calls.push(make_counters());
	}
	calls.extend(batches(&|n| {
		RuntimeCall::UnifiedTokens(pallet_unified_tokens::Call::mint_to {
			mint: mint(),
			to: account(n).into(),
			amount: LedgerAmount::new(UNIT),
		})
	}));
	let to = evm_address(account(1).into());
	calls.push(erc20_transfer(to, 1, 100_000));
	// They cost more than a sender needs.
	node.send_all(&funder, vec![pay(0, 1_000 * UNIT)]).await?;
	node.send_all(&maker, calls).await
}

/// All transactions, signed before the first is sent.
async fn transactions(
	node: &Node,
	arguments: &Arguments,
	bar: &ProgressBar,
) -> Result<Vec<String>, LoadError> {
	let total = u64::from(arguments.tps) * u64::from(arguments.duration);
	bar.set_length(total);
	bar.set_message("transactions to sign");
	let mut nonces = Vec::new();
	for sender in 0..arguments.senders {
		nonces.push(node.nonce(&pair(sender).public()).await?);
	}
	let (senders, genesis, workload) =
		(u64::from(arguments.senders), node.genesis, arguments.workload);
	let pairs: Vec<_> = (0..arguments.senders).into_par_iter().map(pair).collect();
	let transaction = |n: u64| -> Option<String> {
		let position = usize::try_from(n % senders).ok()?;
		let sender = u32::try_from(n % senders).ok()?;
		let nonce = nonces.get(position)?.checked_add(u32::try_from(n / senders).ok()?)?;
		// Everybody pays the one who is half of all further on.
		let to = u32::try_from((n + senders / 2) % senders).ok()?;
		let call = workload.call(n, sender, to);
		bar.inc(1);
		Some(to_hex(sign(pairs.get(position)?, nonce, call, genesis).encode()))
	};
	let signed: Option<Vec<_>> = (0..total).into_par_iter().map(transaction).collect();
	bar.reset();
	signed.ok_or(LoadError::Unexpected("a nonce"))
}

/// What is counted while a load is sent.
#[derive(Default)]
struct Counts {
	sent: AtomicU64,
	answered: AtomicU64,
	refused: AtomicU64,
	included: AtomicU64,
	first_refusal: std::sync::Mutex<Option<String>>,
}

/// Sends at a steady rate, and watches the blocks.
async fn send(
	node: &Node,
	arguments: &Arguments,
	transactions: Vec<String>,
	bar: &ProgressBar,
) -> Result<Summary, LoadError> {
	let counts = Arc::new(Counts::default());
	let total = u64::try_from(transactions.len()).unwrap_or(u64::MAX);
	let best: Value = node.ask("chain_getHeader", rpc_params![]).await?;
	let best = number(&best).ok_or(LoadError::Unexpected("a header"))?;
	let watch = watch(node, arguments, counts.clone(), (total, best), bar);
	let submit = submit(node, arguments, transactions, counts.clone());
	let (watched, ()) = tokio::join!(watch, submit);
	let mut summary = watched?;
	summary.tps = arguments.tps;
	summary.sent = counts.sent.load(Ordering::Relaxed);
	summary.refused = counts.refused.load(Ordering::Relaxed);
	summary.included = counts.included.load(Ordering::Relaxed);
	summary.lost = summary.sent.saturating_sub(summary.refused).saturating_sub(summary.included);
	if let Ok(mut refusal) = counts.first_refusal.lock() {
		summary.first_refusal = refusal.take();
	}
	Ok(summary)
}

/// Between two handfuls of transactions.
const TICK: Duration = Duration::from_millis(20);

async fn submit(
	node: &Node,
	arguments: &Arguments,
	transactions: Vec<String>,
	counts: Arc<Counts>,
) {
	let room: Vec<_> = node.clients.iter().map(|_| Arc::new(Semaphore::new(IN_FLIGHT))).collect();
	let began = Instant::now();
	let mut ticks = interval(TICK);
	ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
	let mut left = transactions.into_iter();
	let mut sent = 0u64;
	while left.len() > 0 {
		ticks.tick().await;
		let due = began.elapsed().as_secs_f64() * f64::from(arguments.tps);
		while (sent as f64) < due {
			let Some(transaction) = left.next() else { break };
			let connection = usize::try_from(sent).unwrap_or_default() % node.clients.len().max(1);
			let (Some(client), Some(room)) = (node.clients.get(connection), room.get(connection))
			else {
				return;
			};
			let Ok(permit) = room.clone().acquire_owned().await else { return };
			sent += 1;
			counts.sent.store(sent, Ordering::Relaxed);
			tokio::spawn(submit_one(client.clone(), transaction, counts.clone(), permit));
		}
	}
}

async fn submit_one(
	client: Arc<WsClient>,
	transaction: String,
	counts: Arc<Counts>,
	_permit: OwnedSemaphorePermit,
) {
	let answer: Result<Value, _> =
		client.request("author_submitExtrinsic", rpc_params![transaction]).await;
	counts.answered.fetch_add(1, Ordering::Relaxed);
	if let Err(cause) = answer {
		counts.refused.fetch_add(1, Ordering::Relaxed);
		if let Ok(mut first) = counts.first_refusal.lock() {
			first.get_or_insert_with(|| cause.to_string());
		}
	}
}

fn print(summary: &Summary) {
	println!(
		"Sent {} transactions, {} a second; {} were refused, {} are in blocks, {} are lost.",
		summary.sent, summary.tps, summary.refused, summary.included, summary.lost
	);
	println!(
		"The chain sustained {:.0} transactions a second for {:.1} s: {} blocks, the largest with {}.",
		summary.transactions_per_second, summary.seconds, summary.blocks, summary.largest_block
	);
	println!(
		"Between blocks: {:.3} s for half of them, {:.3} s for 95 of 100, {:.3} s at most.",
		summary.block_seconds_median, summary.block_seconds_95, summary.block_seconds_most
	);
	println!(
		"Waiting at most: {}. Not final at most: {} blocks, half of the time {}.",
		summary.pool_most, summary.finality_lag_most, summary.finality_lag_median
	);
	if let Some(memory) = summary.memory_mib_most {
		println!("The node's memory: {memory} MiB at most.");
	}
	if let Some(refusal) = &summary.first_refusal {
		println!("The first refusal: {refusal}");
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn only_this_machine_is_loaded() {
		for url in ["ws://127.0.0.1:9944", "ws://localhost:1/", "ws://[::1]:9944", "ws://127.9.9.9"]
		{
			assert!(is_loopback(url), "{url}");
		}
		for url in
			["wss://rpc.example.org", "ws://10.0.0.1:9944", "127.0.0.1", "ws://localhost.org:1"]
		{
			assert!(!is_loopback(url), "{url}");
		}
	}
}
