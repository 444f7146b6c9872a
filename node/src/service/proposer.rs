// SPDX-License-Identifier: Apache-2.0
//! Makes blocks: in lanes where the executor does, and else as the SDK does.

use std::{
	collections::HashSet,
	future::{ready, Future, Ready},
	pin::Pin,
	sync::Arc,
	time::{Duration, Instant},
};

use codec::Encode;
use futures::{channel::oneshot, FutureExt};
use sc_basic_authorship::{ProposerFactory, DEFAULT_BLOCK_SIZE_LIMIT};
use sc_service::SpawnTaskHandle;
use sc_transaction_pool_api::{
	InPoolTransaction, ReadyTransactions, TransactionPool, TxInvalidityReportMap,
};
use sp_blockchain::Error;
use sp_consensus::{Environment, Proposal, ProposeArgs, Proposer};
use sp_runtime::{
	generic::Digest,
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionTag, TransactionValidityError},
};
use unum_executor::{Candidate, Candidates, Task};
use unum_runtime::{opaque::Block, Hash, Header};

use super::{executor::FullExecutor, partial::FullClient, pool::Pool};

type InOrder = ProposerFactory<Pool, FullClient>;
type Pending = Arc<<Pool as TransactionPool>::InPoolTransaction>;

/// After so many transactions that are too large for what is left of a block, the block is full.
const SKIPPED_MAX: usize = 8;

/// Room for a block's header and inherents.
const BEGIN_BYTES: usize = 4 * 1024;

/// The part of the time for a block that is kept for its end, as the SDK keeps it.
const END_PART: u32 = 10;

/// Makes proposals for new blocks.
pub(crate) struct Proposers {
	pub(super) in_order: InOrder,
	pub(super) executor: FullExecutor,
	pub(super) pool: Arc<Pool>,
	pub(super) spawn: SpawnTaskHandle,
}

/// Makes the proposal for one block.
pub(crate) struct BlockProposer {
	in_order: <InOrder as Environment<Block>>::Proposer,
	executor: FullExecutor,
	pool: Arc<Pool>,
	spawn: SpawnTaskHandle,
	parent: Header,
}

impl Environment<Block> for Proposers {
	type Proposer = BlockProposer;
	type CreateProposer = Ready<Result<BlockProposer, Error>>;
	type Error = Error;

	fn init(&mut self, parent: &Header) -> Self::CreateProposer {
		let proposer = |in_order| BlockProposer {
			in_order,
			executor: self.executor.clone(),
			pool: self.pool.clone(),
			spawn: self.spawn.clone(),
			parent: parent.clone(),
		};
		// It is always ready.
		let in_order = self.in_order.init(parent).now_or_never();
		ready(in_order.unwrap_or_else(|| Err(Error::Backend("no proposer".into()))).map(proposer))
	}
}

impl Proposer<Block> for BlockProposer {
	type Error = Error;
	type Proposal = Pin<Box<dyn Future<Output = Result<Proposal<Block>, Error>> + Send>>;

	fn propose(self, args: ProposeArgs<Block>) -> Self::Proposal {
		let began = Instant::now();
		async move {
			// A proof is of what is read, one after the other.
			if args.storage_proof_recorder.is_none() && self.executor.makes_blocks() {
				let (tell, told) = oneshot::channel();
				let lanes = InLanes {
					executor: self.executor,
					pool: self.pool,
					task: Task {
						header: Header::new(
							self.parent.number.saturating_add(1),
							Hash::default(),
							Hash::default(),
							self.parent.hash(),
							Digest { logs: args.inherent_digests.logs.clone() },
						),
						inherents: args.inherent_data.clone(),
					},
					parent: self.parent,
					deadline: began + args.max_duration - args.max_duration / END_PART,
					size_limit: args.block_size_limit.unwrap_or(DEFAULT_BLOCK_SIZE_LIMIT),
				};
				let work = async move {
					// Nobody waits for it any more: the slot is over.
					let _ = tell.send(lanes.propose().await);
				};
				self.spawn.spawn_blocking("lane-proposer", None, work);
				if let Ok(Some(proposal)) = told.await {
					return Ok(proposal);
				}
			}
			let max_duration = args.max_duration.saturating_sub(began.elapsed());
			self.in_order.propose(ProposeArgs { max_duration, ..args }).await
		}
		.boxed()
	}
}

/// A block that is to be made in lanes.
struct InLanes {
	executor: FullExecutor,
	pool: Arc<Pool>,
	parent: Header,
	task: Task<Header, sp_inherents::InherentData>,
	deadline: Instant,
	size_limit: usize,
}

impl InLanes {
	async fn propose(self) -> Option<Proposal<Block>> {
		let parent = self.parent.hash();
		let left = self.deadline.saturating_duration_since(Instant::now());
		let mut candidates = Best {
			pending: self.pool.ready_at_with_timeout(parent, left / 8).await,
			given: Vec::new(),
			deadline: self.deadline,
			bytes_left: self.size_limit.saturating_sub(BEGIN_BYTES),
			skipped: 0,
			refused: TxInvalidityReportMap::new(),
			left_out: HashSet::new(),
		};
		let proposal = self.executor.author(&self.parent, self.task, &mut candidates);
		self.pool.report_invalid(Some(parent), candidates.refused).await;
		proposal
	}
}

/// The pool's transactions, best first.
struct Best {
	pending: Box<dyn ReadyTransactions<Item = Pending> + Send>,
	given: Vec<Pending>,
	deadline: Instant,
	bytes_left: usize,
	skipped: usize,
	/// What the pool is told of: those that will never apply.
	refused: TxInvalidityReportMap<Hash>,
	/// What transactions provide that are not in the block.
	left_out: HashSet<TransactionTag>,
}

impl Best {
	/// Whether a transaction builds on one that is not in the block.
	fn is_orphan(&self, transaction: &Pending) -> bool {
		transaction.requires().iter().any(|tag| self.left_out.contains(tag))
	}
}

impl Candidates for Best {
	fn next(&mut self) -> Option<Candidate> {
		while self.skipped < SKIPPED_MAX && self.time_left() > Duration::ZERO {
			let transaction = self.pending.next()?;
			let extrinsic = (**transaction.data()).clone();
			let Some(left) = self.bytes_left.checked_sub(extrinsic.encoded_size()) else {
				self.pending.report_invalid(&transaction);
				self.skipped += 1;
				continue;
			};
			self.bytes_left = left;
			let ties =
				transaction.requires().iter().chain(transaction.provides()).cloned().collect();
			self.given.push(transaction);
			return Some(Candidate { extrinsic, ties });
		}
		None
	}

	fn refuse(&mut self, number: usize, cause: Option<TransactionValidityError>) {
		let Some(transaction) = self.given.get(number).cloned() else { return };
		// Those that build on it are not asked for any more.
		self.pending.report_invalid(&transaction);
		self.bytes_left = self.bytes_left.saturating_add(transaction.data().encoded_size());
		let is_orphan = self.is_orphan(&transaction);
		self.left_out.extend(transaction.provides().iter().cloned());
		match cause {
			Some(cause) if cause.exhausted_resources() => self.skipped += 1,
			// Not its own fault: it may be in the next block.
			Some(TransactionValidityError::Invalid(InvalidTransaction::Future)) => {},
			_ if is_orphan => {},
			cause => {
				self.refused.insert(*transaction.hash(), cause);
			},
		}
	}

	fn time_left(&self) -> Duration {
		self.deadline.saturating_duration_since(Instant::now())
	}
}
