// SPDX-License-Identifier: Apache-2.0
//! Blocks that come in from elsewhere: from other nodes, or from a file.

use std::sync::Arc;

use sc_consensus::{
	BasicQueue, BlockImportParams, DefaultImportQueue, ForkChoiceStrategy, Verifier,
};
use sc_consensus_aura::{BuildVerifierParams, SlotDuration};
use sc_service::{ChainType, Configuration, TaskManager};
use sc_telemetry::Telemetry;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use unum_runtime::opaque::{Block, Header};

use super::partial::{FullClient, GrandpaImport};
use crate::errors::NodeError;

/// Verifies blocks from elsewhere before they are imported.
pub(crate) type ImportQueue = DefaultImportQueue<Block>;

/// Starts the queue of blocks to verify and to import.
pub(super) fn start_queue(
	config: &Configuration,
	client: &Arc<FullClient>,
	grandpa_import: &GrandpaImport,
	task_manager: &TaskManager,
	telemetry: Option<&Telemetry>,
) -> Result<ImportQueue, NodeError> {
	let slot_duration = sc_consensus_aura::slot_duration(&**client)?;
	let aura = sc_consensus_aura::build_verifier::<AuraPair, _, _, _>(BuildVerifierParams {
		client: client.clone(),
		create_inherent_data_providers: move |_, ()| async move { Ok(inherents(slot_duration)) },
		check_for_equivocation: Default::default(),
		telemetry: telemetry.map(Telemetry::handle),
		compatibility_mode: Default::default(),
	});
	let is_development = config.chain_spec.chain_type() == ChainType::Development;
	Ok(BasicQueue::new(
		SealVerifier { aura, is_development },
		Box::new(grandpa_import.clone()),
		Some(Box::new(grandpa_import.clone())),
		&task_manager.spawn_essential_handle(),
		config.prometheus_registry(),
	))
}

/// The inherent data of a block that is made or checked now.
pub(super) fn inherents(
	slot_duration: SlotDuration,
) -> (sp_consensus_aura::inherents::InherentDataProvider, sp_timestamp::InherentDataProvider) {
	let timestamp = sp_timestamp::InherentDataProvider::from_system_time();
	let slot = sp_consensus_aura::inherents::InherentDataProvider::from_timestamp_and_slot_duration(
		*timestamp,
		slot_duration,
	);
	(slot, timestamp)
}

/// Demands the seal of the slot's author, but for blocks of a development chain that were sealed at
/// will and have none.
struct SealVerifier<Aura> {
	aura: Aura,
	is_development: bool,
}

#[async_trait::async_trait]
impl<Aura: Verifier<Block>> Verifier<Block> for SealVerifier<Aura> {
	async fn verify(
		&self,
		mut block: BlockImportParams<Block>,
	) -> Result<BlockImportParams<Block>, String> {
		if !self.is_development || has_seal(&block.header) {
			return self.aura.verify(block).await;
		}
		block.fork_choice = Some(ForkChoiceStrategy::LongestChain);
		Ok(block)
	}
}

fn has_seal(header: &Header) -> bool {
	header.digest.logs.last().is_some_and(|item| item.as_seal().is_some())
}
