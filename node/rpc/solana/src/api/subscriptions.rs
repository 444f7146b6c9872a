// SPDX-License-Identifier: Apache-2.0
//! News that are pushed.
//!
//! A subscriber hears of everything after the answer that it is subscribed. One who does not take what is
//! sent is dropped.

mod accounts;
mod transactions;

use std::sync::Arc;

use futures::{stream::BoxStream, StreamExt};
use jsonrpsee::{
	core::RegisterMethodError,
	types::{ErrorObjectOwned, Params},
	PendingSubscriptionSink, RpcModule, SubscriptionMessage, SubscriptionSink,
};
use serde_json::{json, Value};
use unum_solana_index::BlockId;

use super::send::blocking;
use crate::{
	node::Node,
	params::{Args, Commitment},
	News, RpcError, SolanaChain,
};

/// Makes what a subscriber is told of a piece of news. It may block, and is called in the order of the
/// news.
trait Teller<C>: Send + 'static {
	fn tell(&mut self, node: &Node<C>, news: &News) -> Result<Vec<Value>, RpcError>;
}

impl<C, F> Teller<C> for F
where
	F: FnMut(&Node<C>, &News) -> Result<Vec<Value>, RpcError> + Send + 'static,
{
	fn tell(&mut self, node: &Node<C>, news: &News) -> Result<Vec<Value>, RpcError> {
		self(node, news)
	}
}

pub(super) fn register<C: SolanaChain>(
	module: &mut RpcModule<Node<C>>,
) -> Result<(), RegisterMethodError> {
	follow(module, ["slotSubscribe", "slotNotification", "slotUnsubscribe"], |_, params| {
		Args::none(params)?;
		Ok(slots)
	})?;
	follow(module, ["rootSubscribe", "rootNotification", "rootUnsubscribe"], |_, params| {
		Args::none(params)?;
		Ok(roots)
	})?;
	let names = ["slotsUpdatesSubscribe", "slotsUpdatesNotification", "slotsUpdatesUnsubscribe"];
	follow(module, names, |_, params| {
		Args::none(params)?;
		Ok(updates)
	})?;
	let names = ["accountSubscribe", "accountNotification", "accountUnsubscribe"];
	follow(module, names, accounts::account)?;
	let names = ["programSubscribe", "programNotification", "programUnsubscribe"];
	follow(module, names, accounts::program)?;
	follow(module, ["logsSubscribe", "logsNotification", "logsUnsubscribe"], |_, params| {
		transactions::logs(params)
	})?;
	transactions::register(module)
}

/// Registers a subscription that follows the chain: `make` reads its parameters and what is there at the
/// beginning. It may block.
fn follow<C, T>(
	module: &mut RpcModule<Node<C>>,
	[subscribe, notification, unsubscribe]: [&'static str; 3],
	make: fn(&Node<C>, &Params<'_>) -> Result<T, RpcError>,
) -> Result<(), RegisterMethodError>
where
	C: SolanaChain,
	T: Teller<C>,
{
	module.register_subscription(
		subscribe,
		notification,
		unsubscribe,
		move |params, pending, node, _| async move {
			// From before the state is read at which the subscription begins.
			let news = node.chain().news();
			let beginning = node.clone();
			let made = blocking(move || make(&beginning, &params)).await;
			if let Some((sink, teller)) = accept(pending, made).await {
				push(&sink, &node, news, teller).await;
			}
		},
	)?;
	Ok(())
}

/// A key or a signature, which upstream refuses here in other words than elsewhere.
fn provided<T>(given: Result<T, RpcError>, what: &str) -> Result<T, RpcError> {
	given.map_err(|_| RpcError::params(format!("Invalid Request: Invalid {what} provided")))
}

/// Answers that there is a subscription, or why there is none.
async fn accept<T>(
	pending: PendingSubscriptionSink,
	made: Result<T, RpcError>,
) -> Option<(SubscriptionSink, T)> {
	match made {
		Ok(made) => Some((pending.accept().await.ok()?, made)),
		Err(error) => {
			pending.reject(ErrorObjectOwned::from(error)).await;
			None
		},
	}
}

/// Sends what there is to tell, until the subscriber leaves or the news end.
async fn push<C: SolanaChain>(
	sink: &SubscriptionSink,
	node: &Arc<Node<C>>,
	mut news: BoxStream<'static, News>,
	mut teller: impl Teller<C>,
) {
	loop {
		let item = tokio::select! {
			() = sink.closed() => return,
			item = news.next() => item,
		};
		let Some(item) = item else { return };
		let node = node.clone();
		let told = blocking(move || {
			let told = teller.tell(&node, &item);
			Ok((teller, told))
		});
		let Ok((back, told)) = told.await else { return };
		teller = back;
		match told {
			Ok(values) => {
				for value in values {
					if send(sink, &value).await.is_none() {
						return;
					}
				}
			},
			// The next news may be told again: a state that is gone by now, for example, is only this one.
			Err(error) => log::debug!(target: "solana-rpc", "a notification is left out: {error}"),
		}
	}
}

/// Sends a value; none where the subscriber is gone.
async fn send(sink: &SubscriptionSink, value: &Value) -> Option<()> {
	let message = SubscriptionMessage::from_json(value).ok()?;
	sink.send(message).await.ok()
}

/// The blocks that have become as sure.
fn reached(news: &News, commitment: Commitment) -> &[BlockId] {
	match (news, commitment) {
		(News::Best(blocks), Commitment::Processed | Commitment::Confirmed)
		| (News::Finalized(blocks), Commitment::Finalized) => blocks,
		_ => &[],
	}
}

fn slots<C: SolanaChain>(node: &Node<C>, news: &News) -> Result<Vec<Value>, RpcError> {
	let root = node.chain().finalized().slot;
	let blocks = reached(news, Commitment::Processed).iter();
	let each = blocks.map(
		|block| json!({ "slot": block.slot, "parent": block.slot.saturating_sub(1), "root": root }),
	);
	Ok(each.collect())
}

fn roots<C: SolanaChain>(_: &Node<C>, news: &News) -> Result<Vec<Value>, RpcError> {
	Ok(reached(news, Commitment::Finalized).iter().map(|block| json!(block.slot)).collect())
}

fn updates<C: SolanaChain>(_: &Node<C>, news: &News) -> Result<Vec<Value>, RpcError> {
	let now = std::time::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.as_millis());
	let now = u64::try_from(now).unwrap_or(u64::MAX);
	let (blocks, kinds): (_, &[&str]) = match news {
		News::Best(blocks) => (blocks, &["createdBank", "completed", "optimisticConfirmation"]),
		News::Finalized(blocks) => (blocks, &["root"]),
	};
	let each = blocks.iter().flat_map(|block| {
		kinds.iter().map(|kind| match *kind {
			"createdBank" => json!({
				"type": kind,
				"slot": block.slot,
				"parent": block.slot.saturating_sub(1),
				"timestamp": now,
			}),
			_ => json!({ "type": kind, "slot": block.slot, "timestamp": now }),
		})
	});
	Ok(each.collect())
}
