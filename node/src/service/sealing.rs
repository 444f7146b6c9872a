// SPDX-License-Identifier: Apache-2.0
//! Blocks at will, for developers: one engine makes them, and it is told when by a driver (for every
//! transaction, at an interval) or by the `engine_*` RPC methods.
//!
//! Blocks carry the digest that Aura expects and no seal; they become final soon after, and no votes
//! are taken. Their time is the wall clock's, or the beginning of the slot after their
//! parent's, whichever is later: time never goes back, and no two blocks share a slot. Developers can
//! move it ([`Clock`]).

use std::{future::Future, sync::Arc, time::Duration};

use futures::{
	channel::{mpsc, oneshot},
	FutureExt, SinkExt, StreamExt,
};
use sc_client_api::AuxStore;
use sc_consensus_aura::{find_pre_digest, SlotDuration};
use sc_consensus_manual_seal::{
	consensus::aura::AuraConsensusDataProvider, run_manual_seal, EngineCommand, Error as SealError,
	ManualSealParams,
};
use sc_service::TaskManager;
use sc_transaction_pool_api::TransactionPool;
use sp_blockchain::HeaderBackend;
use sp_consensus_aura::sr25519::AuthoritySignature;
use sp_timestamp::Timestamp;
use tokio::time::{sleep_until, timeout, Instant, MissedTickBehavior};
use unum_runtime::{opaque::Block, Hash};

use super::{
	clock::Clock,
	consensus::AuthoringConfig,
	partial::{FullClient, Parts},
	pool::Pool,
};
use crate::{cli::Sealing, errors::NodeError};

type Commands = mpsc::Receiver<EngineCommand<Hash>>;
type Engine = mpsc::Sender<EngineCommand<Hash>>;

/// Starts to make blocks at will.
pub(crate) fn start(
	parts: Parts,
	authoring: AuthoringConfig,
	sealing: Sealing,
	engine: Engine,
	commands: Commands,
	clock: Arc<Clock>,
) -> Result<TaskManager, NodeError> {
	forget_votes(&parts)?;
	start_engine(&parts, &authoring, commands, clock)?;
	let (sealer, finalizer) = Sealer::new(engine, parts.client.clone());
	let driver = match (sealing, sealing.interval()) {
		(Sealing::Instant, _) => seal_every_transaction(parts.pool, sealer).boxed(),
		(_, Some(interval)) => seal_at_interval(interval, sealer).boxed(),
		// Whoever asks for a block says whether it is final.
		(_, None) => return Ok(parts.task_manager),
	};
	let spawner = parts.task_manager.spawn_essential_handle();
	spawner.spawn("sealing-driver", Some("block-authoring"), driver);
	spawner.spawn("sealing-finality", Some("block-authoring"), finalizer);
	Ok(parts.task_manager)
}

/// Where GRANDPA stores the votes of the current round.
const CURRENT_VOTES: &[u8] = b"grandpa_completed_round";

/// Blocks become final without votes now. If the chain is later continued with votes, those that
/// were cast before are for blocks below the last final one, and the voters would wait for a
/// majority of them forever.
fn forget_votes(parts: &Parts) -> Result<(), NodeError> {
	Ok(parts.client.insert_aux(&[], &[CURRENT_VOTES])?)
}

/// Starts what makes a block for every command.
fn start_engine(
	parts: &Parts,
	authoring: &AuthoringConfig,
	commands: Commands,
	clock: Arc<Clock>,
) -> Result<(), NodeError> {
	let slot_duration = sc_consensus_aura::slot_duration(&*parts.client)?;
	let client = parts.client.clone();
	let engine = run_manual_seal(ManualSealParams {
		block_import: parts.client.clone(),
		env: authoring.proposers(parts),
		client: parts.client.clone(),
		pool: parts.pool.clone(),
		commands_stream: commands,
		select_chain: parts.select_chain.clone(),
		consensus_data_provider: Some(Box::new(AuraConsensusDataProvider::new_with_slot_duration(
			slot_duration,
		))),
		create_inherent_data_providers: move |parent, ()| {
			let earliest = earliest_after(&client, parent, slot_duration);
			let timestamp = earliest.map(|earliest| clock.tick(Timestamp::current(), earliest));
			async move { Ok(sp_timestamp::InherentDataProvider::new(timestamp?)) }
		},
	});
	parts.task_manager.spawn_essential_handle().spawn_blocking(
		"sealing-engine",
		Some("block-authoring"),
		engine,
	);
	Ok(())
}

/// The earliest time that a block on top of the best one can have.
pub(crate) fn earliest_timestamp(client: &Arc<FullClient>) -> Result<Timestamp, SealError> {
	let slot_duration = sc_consensus_aura::slot_duration(&**client)?;
	earliest_after(client, client.info().best_hash, slot_duration)
}

/// The earliest time of a block on top of `parent`: the beginning of the next slot.
fn earliest_after(
	client: &Arc<FullClient>,
	parent: Hash,
	slot_duration: SlotDuration,
) -> Result<Timestamp, SealError> {
	let header = client.expect_header(parent)?;
	// The genesis block has no slot.
	let slot =
		find_pre_digest::<Block, AuthoritySignature>(&header).ok().filter(|_| header.number > 0);
	Ok(slot.and_then(|slot| (slot + 1).timestamp(slot_duration)).unwrap_or_default())
}

/// How long a transaction may be ready, with no block taking it, before that is no mere delay: the
/// pool forgets what a block has taken a moment after the block.
const STUCK_AFTER: Duration = Duration::from_millis(500);

/// How many blocks without transactions are made in a row for those that wait.
const EMPTY_BLOCKS_MAX: u32 = 1_000;

/// Seals whenever there is a transaction to seal.
///
/// While the storage is migrated after a runtime upgrade, blocks take no transactions; and the
/// migration, which goes on block by block, would never end if blocks were only made for
/// transactions. So for those that wait in vain, blocks without any are made.
async fn seal_every_transaction(pool: Arc<Pool>, mut sealer: Sealer) {
	let mut arrivals = pool.import_notification_stream();
	let mut empty_blocks_left = EMPTY_BLOCKS_MAX;
	loop {
		let patience = if pool.status().ready > 0 { STUCK_AFTER } else { Duration::MAX };
		match timeout(patience, arrivals.next()).await {
			Ok(arrival) => {
				if arrival.is_none() {
					// The pool drops who does not listen during a burst.
					arrivals = pool.import_notification_stream();
				}
				// More than one block where more transactions are ready than fit into one.
				while sealer.seal(false).await && pool.status().ready > 0 {}
				let mut came_meanwhile = false;
				while matches!(arrivals.next().now_or_never(), Some(Some(_))) {
					came_meanwhile = true;
				}
				// Most of those went into these blocks, too.
				while came_meanwhile && pool.status().ready > 0 && sealer.seal(false).await {}
				empty_blocks_left = EMPTY_BLOCKS_MAX;
			},
			Err(_) => {
				let is_stuck = pool.status().ready > 0 && !sealer.seal(false).await;
				if is_stuck && empty_blocks_left > 0 {
					empty_blocks_left -= 1;
					sealer.seal(true).await;
				}
			},
		}
	}
}

/// Seals again and again, also when there is nothing to put in.
async fn seal_at_interval(interval: Duration, mut sealer: Sealer) {
	let mut ticks = tokio::time::interval(interval);
	// After a pause (a suspended laptop), one block is enough.
	ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
	loop {
		ticks.tick().await;
		sealer.seal(true).await;
	}
}

/// How long after it was made a block becomes final.
///
/// Clients expect the two to be apart, as they are on a chain with votes: polkadot.js fetches a
/// block's events before it reports "in block", and drops that report if "finalized" comes meanwhile.
const FINALITY_LAG: Duration = Duration::from_millis(200);

/// Makes blocks, and has them made final after [`FINALITY_LAG`].
struct Sealer {
	engine: Engine,
	made: mpsc::UnboundedSender<(Hash, Instant)>,
}

impl Sealer {
	/// A sealer, and the task that makes its blocks final.
	fn new(engine: Engine, client: Arc<FullClient>) -> (Self, impl Future<Output = ()>) {
		let (made, blocks) = mpsc::unbounded();
		(Self { engine: engine.clone(), made }, finalize_after_a_while(blocks, engine, client))
	}

	/// Makes a block; says whether there was one to make.
	async fn seal(&mut self, create_empty: bool) -> bool {
		let (sender, receiver) = oneshot::channel();
		let command = EngineCommand::SealNewBlock {
			create_empty,
			finalize: false,
			parent_hash: None,
			sender: Some(sender),
		};
		match answer_to(&mut self.engine, command, receiver).await {
			// Sending fails only while the node stops.
			Some(Ok(block)) => self.made.unbounded_send((block.hash, Instant::now())).is_ok(),
			// The transaction went into the block before, or turned out to be invalid.
			Some(Err(SealError::EmptyTransactionPool)) | None => false,
			Some(Err(error)) => {
				log::error!(target: "sealing", "No block was made: {error}");
				false
			},
		}
	}
}

/// Makes each block final [`FINALITY_LAG`] after it was made.
async fn finalize_after_a_while(
	mut blocks: mpsc::UnboundedReceiver<(Hash, Instant)>,
	mut engine: Engine,
	client: Arc<FullClient>,
) {
	while let Some((hash, made)) = blocks.next().await {
		sleep_until(made + FINALITY_LAG).await;
		let final_height = client.info().finalized_number;
		// Somebody has asked for a later block that is final at once.
		if matches!(client.number(hash), Ok(Some(number)) if number <= final_height) {
			continue;
		}
		let (sender, receiver) = oneshot::channel();
		let command =
			EngineCommand::FinalizeBlock { hash, sender: Some(sender), justification: None };
		if let Some(Err(error)) = answer_to(&mut engine, command, receiver).await {
			log::error!(target: "sealing", "Block {hash:?} was not made final: {error}");
		}
	}
}

/// The engine's answer to a command; `None` while the node stops.
async fn answer_to<T>(
	engine: &mut Engine,
	command: EngineCommand<Hash>,
	answer: oneshot::Receiver<Result<T, SealError>>,
) -> Option<Result<T, SealError>> {
	engine.send(command).await.ok()?;
	answer.await.ok()
}
