// SPDX-License-Identifier: Apache-2.0
//! Transactions that are included.

use std::sync::Arc;

use futures::{future, stream::BoxStream, StreamExt};
use jsonrpsee::{core::RegisterMethodError, types::Params, RpcModule, SubscriptionSink};
use serde_json::{json, Value};
use unum_address::SvmAddress;

use super::{accept, blocking, provided, reached, send, Teller};
use crate::{
	node::{with_slot, Node},
	params::{pubkey, signature, Args, Commitment, CommitmentConfig, LogsFilter, SignatureConfig},
	views::{self, base58, transaction_error},
	News, RpcError, SolanaChain,
};

/// What transactions log.
pub(super) fn logs<C: SolanaChain>(params: &Params<'_>) -> Result<impl Teller<C>, RpcError> {
	let mut args = Args::new(params, 1, 2)?;
	let mentioned = mentioned(&args.next::<LogsFilter>()?)?;
	let level = args.config::<CommitmentConfig>()?.level();
	Ok(move |node: &Node<C>, news: &News| {
		let mut told = Vec::new();
		for block in reached(news, level) {
			let Some(block) = node.index().block(block.hash)? else { continue };
			for included in &block.view.transactions {
				if mentioned.is_none_or(|key| included.accounts.contains(&key)) {
					let value = json!({
						"signature": base58(&included.signature),
						"err": included.meta.error.as_ref().map(transaction_error),
						"logs": views::logs(&included.meta.log_messages),
					});
					told.push(with_slot(block.id.slot, value));
				}
			}
		}
		Ok(told)
	})
}

/// The one account whose transactions are meant; none for all of them.
fn mentioned(filter: &LogsFilter) -> Result<Option<SvmAddress>, RpcError> {
	match filter {
		LogsFilter::All | LogsFilter::AllWithVotes => Ok(None),
		LogsFilter::Mentions(keys) => match keys.as_slice() {
			[key] => provided(pubkey(key), "mentions").map(Some),
			_ => Err(RpcError::params("Invalid Request: Only 1 address supported")),
		},
	}
}

/// Registers the subscription to one signature, which ends when that is as sure as wanted.
pub(super) fn register<C: SolanaChain>(
	module: &mut RpcModule<Node<C>>,
) -> Result<(), RegisterMethodError> {
	module.register_subscription(
		"signatureSubscribe",
		"signatureNotification",
		"signatureUnsubscribe",
		|params, pending, node, _| async move {
			let wanted = Wanted::read(&params);
			let (news, received) = (node.chain().news(), node.chain().received());
			if let Some((sink, wanted)) = accept(pending, wanted).await {
				// An error is that the subscriber is gone.
				let _ = wanted.follow(&sink, &node, news, received).await;
			}
		},
	)?;
	Ok(())
}

/// Which signature, and when.
#[derive(Clone, Copy)]
struct Wanted {
	signature: [u8; 64],
	level: Commitment,
	/// Whether to tell that the pool has it, too.
	tell_received: bool,
}

impl Wanted {
	fn read(params: &Params<'_>) -> Result<Self, RpcError> {
		let mut args = Args::new(params, 1, 2)?;
		let signature = provided(signature(&args.next::<String>()?), "signature")?;
		let config: SignatureConfig = args.config()?;
		let level = config.commitment.unwrap_or_default();
		let tell_received = config.enable_received_notification.unwrap_or_default();
		Ok(Self { signature, level, tell_received })
	}

	/// What became of it, if it is as sure already.
	fn look<C: SolanaChain>(&self, node: &Node<C>) -> Result<Option<Value>, RpcError> {
		let at = node.block_of(self.level);
		let found = node.transaction(&self.signature, at.slot)?;
		Ok(found.map(|found| {
			let error = found.transaction.meta.error.as_ref().map(transaction_error);
			with_slot(at.slot, json!({ "err": error }))
		}))
	}

	async fn follow<C: SolanaChain>(
		self,
		sink: &SubscriptionSink,
		node: &Arc<Node<C>>,
		mut news: BoxStream<'static, News>,
		received: BoxStream<'static, [u8; 64]>,
	) -> Option<()> {
		let mut is_told = !self.tell_received;
		let mut its = received.filter(|signature| future::ready(*signature == self.signature));
		loop {
			let looking = node.clone();
			match blocking(move || self.look(&looking)).await {
				Ok(Some(value)) => return send(sink, &value).await,
				Ok(None) => {},
				Err(error) => {
					log::debug!(target: "solana-rpc", "a signature is not found: {error}")
				},
			}
			tokio::select! {
				() = sink.closed() => return None,
				item = news.next() => item.map(drop)?,
				item = its.next(), if !is_told => {
					item?;
					is_told = true;
					let value = with_slot(node.chain().best().slot, "receivedSignature");
					send(sink, &value).await?;
				},
			}
		}
	}
}
