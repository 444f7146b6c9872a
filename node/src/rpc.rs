// SPDX-License-Identifier: Apache-2.0
//! The RPC methods that the SDK does not add by itself.
//!
//! `author`, `chain`, `state`, `system`, `offchain`, `chainHead`, `transaction`, `transactionWatch`,
//! `archive` and `chainSpec` come with the service; here are the ones that know our runtime (the
//! `unum_` namespace is in `unum_rpc`), and those of whatever makes blocks final.

use std::sync::Arc;

use futures::channel::mpsc;
use jsonrpsee::{core::traits::IdProvider, types::SubscriptionId, RpcModule};
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_consensus_manual_seal::{
	rpc::{ManualSeal, ManualSealApiServer},
	EngineCommand,
};
use sc_rpc::SubscriptionTaskExecutor;
use sc_transaction_pool_api::TransactionPool;
use substrate_frame_rpc_system::{System, SystemApiServer};
use unum_ethereum_index::EthereumIndex;
use unum_rpc::{ReceiptIndex, UnumRpc, UnumRpcServer, WalletRpc, WalletRpcServer};
use unum_runtime::{opaque::Block, BlockNumber, Hash};

use crate::{
	dev_rpc::{DevApiServer, DevRpc},
	service::{clock::Clock, ethereum::EthereumClient, FullBackend, FullClient},
};

/// What the methods need to answer.
pub(crate) struct FullDeps<Pool> {
	/// The chain.
	pub(crate) client: Arc<FullClient>,
	/// The transactions that wait to be included.
	pub(crate) pool: Arc<Pool>,
	/// Receipts by transaction hash.
	pub(crate) receipts: Arc<ReceiptIndex<FullClient, Block>>,
	/// The chain as Ethereum's clients see it.
	pub(crate) ethereum: Arc<EthereumClient>,
	/// Its blocks, transactions and logs.
	pub(crate) ethereum_index: Arc<EthereumIndex>,
	/// Whatever makes blocks final.
	pub(crate) finality: FinalityDeps,
}

/// What makes blocks final, as far as its RPC methods need it.
pub(crate) enum FinalityDeps {
	/// Votes of the validators: `grandpa_*`.
	Grandpa(GrandpaDeps),
	/// Whoever calls: `engine_*`, and `evm_*` for the tools of Ethereum.
	Sealing {
		/// Makes blocks.
		engine: mpsc::Sender<EngineCommand<Hash>>,
		/// Says what time they have.
		clock: Arc<Clock>,
	},
}

/// What the `grandpa_*` methods need.
pub(crate) struct GrandpaDeps {
	/// The voters.
	pub(crate) authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// What they have voted for so far.
	pub(crate) voter_state: SharedVoterState,
	/// Their agreements.
	pub(crate) justifications: GrandpaJustificationStream<Block>,
	/// Proofs of finality of stored blocks.
	pub(crate) proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
}

/// Names subscriptions as Ethereum's clients expect: numbers in hexadecimal. To others they are texts.
#[derive(Debug, Clone)]
pub(crate) struct SubscriptionNames;

impl IdProvider for SubscriptionNames {
	fn next_id(&self) -> SubscriptionId<'static> {
		let mut bytes = [0; 16];
		// Without randomness a name is only easier to guess, and a subscription is its connection's own.
		let _ = getrandom::fill(&mut bytes);
		format!("{:#x}", u128::from_be_bytes(bytes)).into()
	}
}

impl sc_service::config::RpcSubscriptionIdProvider for SubscriptionNames {}

/// Why methods could not be put together.
type RegisterError = jsonrpsee::core::RegisterMethodError;

/// Puts all methods together.
pub(crate) fn create_full<Pool>(
	deps: &FullDeps<Pool>,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, RegisterError>
where
	Pool: TransactionPool<Block = Block> + 'static,
{
	let mut module = RpcModule::new(());
	module.merge(System::new(deps.client.clone(), deps.pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::new(deps.client.clone()).into_rpc())?;
	module.merge(UnumRpc::new(deps.client.clone(), deps.receipts.clone()).into_rpc())?;
	module.merge(unum_ethereum_rpc::module(deps.ethereum.clone(), deps.ethereum_index.clone())?)?;
	module.merge(WalletRpc::new(deps.client.clone()).into_rpc())?;
	match &deps.finality {
		FinalityDeps::Grandpa(grandpa) => module.merge(grandpa.rpc(executor).into_rpc())?,
		FinalityDeps::Sealing { engine, clock } => {
			module.merge(ManualSeal::new(engine.clone()).into_rpc())?;
			let (client, clock) = (deps.client.clone(), clock.clone());
			module.merge(DevRpc { client, clock, engine: engine.clone() }.into_rpc())?
		},
	}
	Ok(module)
}

impl GrandpaDeps {
	fn rpc(&self, executor: SubscriptionTaskExecutor) -> GrandpaRpc {
		Grandpa::new(
			executor,
			self.authority_set.clone(),
			self.voter_state.clone(),
			self.justifications.clone(),
			self.proofs.clone(),
		)
	}
}

type GrandpaRpc = Grandpa<
	SharedAuthoritySet<Hash, BlockNumber>,
	SharedVoterState,
	Block,
	FinalityProofProvider<FullBackend, Block>,
>;
