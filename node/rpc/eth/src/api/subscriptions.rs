// SPDX-License-Identifier: Apache-2.0
//! News that are pushed.

use futures::{Stream, StreamExt};
use jsonrpsee::{
	core::{async_trait, SubscriptionResult},
	proc_macros::rpc,
	types::{error::METHOD_NOT_FOUND_CODE, ErrorObjectOwned},
	PendingSubscriptionSink, SubscriptionMessage, SubscriptionSink,
};
use serde::Deserialize;
use serde_json::{json, value::RawValue, Value};
use unum_ethereum_index::ChainChange;
use unum_ethereum_view::TransactionView;

use super::{chain::SyncingJson, EthereumRpc};
use crate::{
	convert::hash,
	limits,
	lookup::Node,
	params::{FilterParam, LogFilter},
	views::{HeaderJson, TransactionJson},
	EthError, EthereumChain,
};

/// News that are pushed.
#[rpc(server, namespace = "eth")]
pub trait SubscriptionsApi {
	/// Subscribes to `newHeads`, `logs` (with a filter), `newPendingTransactions` (with all their
	/// fields if `true`) or `syncing`. Logs of retracted blocks come again with `removed`. A subscriber
	/// who does not take what is sent is dropped.
	#[subscription(name = "subscribe" => "subscription", unsubscribe = "unsubscribe", item = Value)]
	async fn subscribe(&self, kind: String, options: Option<Value>) -> SubscriptionResult;
}

/// What is subscribed to.
enum Kind {
	Heads,
	Logs(LogFilter),
	Pending { full: bool },
	Syncing,
}

/// The second parameter of `newPendingTransactions`.
#[derive(Deserialize)]
#[serde(untagged)]
enum PendingOptions {
	Full(bool),
	#[serde(rename_all = "camelCase")]
	Object {
		#[serde(default)]
		full_transactions: bool,
	},
}

impl Kind {
	fn new(kind: &str, options: Option<Value>) -> Result<Self, ErrorObjectOwned> {
		let options = options.unwrap_or_default();
		let invalid = |error: serde_json::Error| EthError::InvalidParams(error.to_string());
		Ok(match kind {
			"newHeads" => Self::Heads,
			"syncing" => Self::Syncing,
			"logs" => {
				let param: Option<FilterParam> =
					serde_json::from_value(options).map_err(invalid)?;
				Self::Logs(param.unwrap_or_default().into_filter()?)
			},
			"newPendingTransactions" => {
				let options: Option<PendingOptions> =
					serde_json::from_value(options).map_err(invalid)?;
				let full = options.is_some_and(|options| match options {
					PendingOptions::Full(full) => full,
					PendingOptions::Object { full_transactions } => full_transactions,
				});
				Self::Pending { full }
			},
			other => {
				let message = format!("no {other:?} subscription in eth namespace");
				return Err(ErrorObjectOwned::owned(METHOD_NOT_FOUND_CODE, message, None::<()>));
			},
		})
	}
}

#[async_trait]
impl<C: EthereumChain> SubscriptionsApiServer for EthereumRpc<C> {
	async fn subscribe(
		&self,
		pending: PendingSubscriptionSink,
		kind: String,
		options: Option<Value>,
	) -> SubscriptionResult {
		let kind = match Kind::new(&kind, options) {
			Ok(kind) => kind,
			Err(error) => {
				pending.reject(error).await;
				return Ok(());
			},
		};
		let node = self.node.clone();
		// Whoever hears that it is subscribed hears of everything after that.
		match kind {
			Kind::Heads => {
				let news = node.chain().changes();
				push(pending.accept().await?, news, move |change| heads(&node, change)).await?;
			},
			Kind::Logs(filter) => {
				let news = node.chain().changes();
				push(pending.accept().await?, news, move |change| logs(&node, &filter, change))
					.await?;
			},
			Kind::Pending { full } => {
				let news = node.chain().pending();
				push(pending.accept().await?, news, move |view| transaction(&view, full)).await?;
			},
			Kind::Syncing => syncing(pending.accept().await?, &node).await?,
		}
		Ok(())
	}
}

/// Sends what is made of each piece of news, until the subscriber leaves or the news end. It is made
/// on a thread that may block.
async fn push<T: Send + 'static>(
	sink: SubscriptionSink,
	mut news: impl Stream<Item = T> + Unpin,
	make: impl Fn(T) -> Result<Vec<Value>, EthError> + Clone + Send + Sync + 'static,
) -> SubscriptionResult {
	loop {
		let item = tokio::select! {
			() = sink.closed() => return Ok(()),
			item = news.next() => item,
		};
		let Some(item) = item else { return Err("the subscriber is too slow".into()) };
		let make = make.clone();
		let messages = tokio::task::spawn_blocking(move || make(item)).await??;
		for message in messages {
			sink.send(message_of(&message)?).await?;
		}
	}
}

fn message_of(value: &Value) -> Result<SubscriptionMessage, serde_json::Error> {
	let raw: Box<RawValue> = serde_json::value::to_raw_value(value)?;
	SubscriptionMessage::from_json(&raw)
}

fn to_value(value: impl serde::Serialize) -> Result<Value, EthError> {
	serde_json::to_value(value).map_err(|error| EthError::Damaged(error.to_string()))
}

fn heads<C: EthereumChain>(node: &Node<C>, change: ChainChange) -> Result<Vec<Value>, EthError> {
	let mut headers = Vec::new();
	for block in change.enacted {
		// One that was retracted meanwhile may be gone.
		if let Some(block) = node.index().block(block.hash)? {
			headers.push(to_value(HeaderJson::new(&block))?);
		}
	}
	Ok(headers)
}

fn logs<C: EthereumChain>(
	node: &Node<C>,
	filter: &LogFilter,
	change: ChainChange,
) -> Result<Vec<Value>, EthError> {
	let retracted = change.retracted.into_iter().map(|block| (block, true));
	let enacted = change.enacted.into_iter().map(|block| (block, false));
	let mut values = Vec::new();
	for (block, removed) in retracted.chain(enacted) {
		for log in node.logs_of(block, filter, removed)? {
			values.push(to_value(log)?);
		}
	}
	Ok(values)
}

fn transaction(view: &TransactionView, full: bool) -> Result<Vec<Value>, EthError> {
	Ok(vec![match full {
		true => to_value(TransactionJson::pooled(view)?)?,
		false => to_value(hash(view.hash))?,
	}])
}

/// Tells when the node falls behind, how far it has come, and when it has caught up.
async fn syncing<C: EthereumChain>(sink: SubscriptionSink, node: &Node<C>) -> SubscriptionResult {
	let mut told = None;
	loop {
		let progress = node.chain().sync_progress();
		if told != Some(progress) {
			let value = match progress {
				None => json!(false),
				Some(_) => json!({ "syncing": true, "status": SyncingJson::from(progress) }),
			};
			sink.send(message_of(&value)?).await?;
			told = Some(progress);
		}
		tokio::select! {
			() = sink.closed() => return Ok(()),
			() = tokio::time::sleep(limits::SYNCING_INTERVAL) => {},
		}
	}
}
