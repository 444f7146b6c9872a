// SPDX-License-Identifier: Apache-2.0
//! Transactions that were sent without a preflight. Nobody judges them, so who sends one hears of no
//! refusal. What the pool does not take now but may take later is tried again with each new block
//! (`send-transaction-service` upstream): one that spends what another that is on its way brings.

use std::{collections::VecDeque, sync::Arc};

use futures::{stream::BoxStream, StreamExt};
use parking_lot::Mutex;
use tokio::task::AbortHandle;
use unum_solana_transaction::RawTransaction;
use unum_solana_view::TransactionError;

use super::send::is_unreadable;
use crate::{limits, node::Node, News, SolanaChain, SubmitError};

/// A transaction that nobody has judged.
pub(super) struct Unjudged {
	pub(super) raw: RawTransaction,
	/// The last slot with which it is tried.
	pub(super) last_slot: u64,
	/// How often it is tried again; until that slot if none is said.
	pub(super) retries: Option<u64>,
}

/// Those that wait to be tried again.
#[derive(Default)]
pub(super) struct Retries {
	/// Oldest first.
	held: Mutex<VecDeque<Held>>,
	/// Who has it asks the pool: one at a time, so that they take no more than a thread from the node.
	turn: futures::lock::Mutex<()>,
}

struct Held {
	signature: [u8; 64],
	task: AbortHandle,
}

impl Retries {
	/// Gives a transaction to the pool, and keeps it for later if it comes too early.
	///
	/// # Errors
	/// The pool's, where it is more than a refusal that may pass.
	pub(super) async fn submit<C: SolanaChain>(
		self: &Arc<Self>,
		node: &Arc<Node<C>>,
		sent: Unjudged,
	) -> Result<(), SubmitError> {
		// From before the pool is asked: the block that it waits for may be made meanwhile.
		let news = node.chain().news();
		match node.chain().submit(sent.raw.bytes().to_vec()).await {
			Err(error) if may_pass(&error) => {
				if sent.retries != Some(0) {
					self.hold(node.clone(), news, sent);
				}
				Ok(())
			},
			said => said,
		}
	}

	fn hold<C: SolanaChain>(
		self: &Arc<Self>,
		node: Arc<Node<C>>,
		news: BoxStream<'static, News>,
		sent: Unjudged,
	) {
		let mut held = self.held.lock();
		held.retain(|other| !other.task.is_finished());
		let signature = *sent.raw.first_signature().as_bytes();
		// Clients send a transaction until it is included.
		if held.iter().any(|other| other.signature == signature) {
			return;
		}
		if held.len() >= limits::MAX_HELD {
			if let Some(oldest) = held.pop_front() {
				oldest.task.abort();
			}
		}
		let task = tokio::spawn(self.clone().keep_trying(node, news, sent)).abort_handle();
		held.push_back(Held { signature, task });
	}

	async fn keep_trying<C: SolanaChain>(
		self: Arc<Self>,
		node: Arc<Node<C>>,
		news: BoxStream<'static, News>,
		sent: Unjudged,
	) {
		let mut left = sent.retries.unwrap_or(u64::MAX);
		// Who has waited for its turn for longer than a block tries once for all of them.
		let mut news = news.ready_chunks(limits::MAX_HELD);
		while let (Some(chunk), true) = (news.next().await, left > 0) {
			let Some(slot) = chunk.iter().filter_map(best).next_back() else { continue };
			if slot > sent.last_slot {
				return;
			}
			let _turn = self.turn.lock().await;
			match node.chain().submit(sent.raw.bytes().to_vec()).await {
				Err(error) if may_pass(&error) => left = left.saturating_sub(1),
				_ => return,
			}
		}
	}
}

/// The slot of a new best block.
fn best(news: &News) -> Option<u64> {
	match news {
		News::Best(blocks) => blocks.last().map(|block| block.slot),
		News::Finalized(_) => None,
	}
}

/// Whether the pool may take later what it does not take now.
const fn may_pass(error: &SubmitError) -> bool {
	match error {
		SubmitError::Transaction(
			TransactionError::AlreadyProcessed
			| TransactionError::BlockhashNotFound
			| TransactionError::SanitizeFailure
			| TransactionError::SignatureFailure,
		) => false,
		SubmitError::Transaction(error) => !is_unreadable(error),
		SubmitError::Refused(_) => true,
		SubmitError::Failed(_) => false,
	}
}
