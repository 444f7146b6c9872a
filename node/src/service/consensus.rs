// SPDX-License-Identifier: Apache-2.0
//! Real consensus: Aura makes a block in every slot, GRANDPA makes it final.

use std::time::Duration;

use sc_basic_authorship::ProposerFactory;
use sc_consensus_aura::{SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{GrandpaParams, SharedVoterState, VotingRulesBuilder};
use sc_consensus_slots::BackoffAuthoringOnFinalizedHeadLagging;
use sc_network::config::Role;
use sc_service::{ChainType, Configuration, TaskManager};
use sc_telemetry::{Telemetry, TelemetryHandle};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use substrate_prometheus_endpoint::Registry;
use unum_runtime::opaque::Block;

use super::{
	import,
	network::Network,
	partial::{FullClient, Parts},
	proposer::Proposers,
};
use crate::errors::NodeError;

/// The share of a slot in which its author may fill the block: the rest is for the others, who have
/// to receive and execute it before the next slot.
const PROPOSAL_SLOT_PORTION: f32 = 2.0 / 3.0;

/// How long a vote takes to reach everyone. A round of votes waits four times as long at most, which
/// is two slots.
const GOSSIP_DURATION: Duration = Duration::from_millis(200);

/// How often, in blocks, voters keep a justification that newcomers can sync from.
const JUSTIFICATION_PERIOD: u32 = 512;

/// How far finality may fall behind, in blocks, before authors slow down: a minute.
const UNFINALIZED_SLACK: u32 = 150;

/// What is needed of the configuration after the service has taken it away.
pub(crate) struct AuthoringConfig {
	role: Role,
	node_name: String,
	force_authoring: bool,
	is_development: bool,
	prometheus: Option<Registry>,
	telemetry: Option<TelemetryHandle>,
	/// What the voters have voted for, shared with the RPC.
	pub(crate) voter_state: SharedVoterState,
}

impl AuthoringConfig {
	/// Copies what is needed.
	pub(crate) fn of(config: &Configuration, telemetry: Option<&Telemetry>) -> Self {
		Self {
			role: config.role,
			node_name: config.network.node_name.clone(),
			force_authoring: config.force_authoring,
			is_development: config.chain_spec.chain_type() == ChainType::Development,
			prometheus: config.prometheus_registry().cloned(),
			telemetry: telemetry.map(Telemetry::handle),
			voter_state: SharedVoterState::empty(),
		}
	}

	pub(super) fn proposers(&self, parts: &Parts) -> Proposers {
		let spawn = parts.task_manager.spawn_handle();
		Proposers {
			in_order: ProposerFactory::new(
				spawn.clone(),
				parts.client.clone(),
				parts.pool.clone(),
				self.prometheus.as_ref(),
				self.telemetry.clone(),
			),
			executor: parts.executor.clone(),
			pool: parts.pool.clone(),
			spawn,
		}
	}
}

/// Starts to make blocks, if this node is a validator, and to follow the votes.
pub(crate) fn start(
	parts: Parts,
	network: Network,
	authoring: AuthoringConfig,
) -> Result<TaskManager, NodeError> {
	if authoring.role.is_authority() {
		start_aura(&parts, &network, &authoring)?;
	}
	start_grandpa(parts, network, authoring)
}

fn start_aura(
	parts: &Parts,
	network: &Network,
	authoring: &AuthoringConfig,
) -> Result<(), NodeError> {
	let slot_duration = sc_consensus_aura::slot_duration(&*parts.client)?;
	let aura =
		sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client: parts.client.clone(),
			select_chain: parts.select_chain.clone(),
			block_import: parts.grandpa_import.clone(),
			proposer_factory: authoring.proposers(parts),
			sync_oracle: network.sync.clone(),
			justification_sync_link: network.sync.clone(),
			create_inherent_data_providers: move |_, ()| async move {
				Ok(import::inherents(slot_duration))
			},
			force_authoring: authoring.force_authoring,
			backoff_authoring_blocks: backoff(authoring.force_authoring),
			keystore: parts.keystore.keystore(),
			block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SLOT_PORTION),
			max_block_proposal_slot_portion: None,
			telemetry: authoring.telemetry.clone(),
			compatibility_mode: Default::default(),
		})
		.map_err(sc_service::Error::from)?;
	parts.task_manager.spawn_essential_handle().spawn_blocking(
		"aura",
		Some("block-authoring"),
		aura,
	);
	Ok(())
}

/// Authors slow down while finality lags, unless they are told to go on no matter what.
fn backoff(is_forced: bool) -> Option<BackoffAuthoringOnFinalizedHeadLagging<u32>> {
	(!is_forced).then(|| BackoffAuthoringOnFinalizedHeadLagging {
		unfinalized_slack: UNFINALIZED_SLACK,
		..Default::default()
	})
}

/// Voters keep some distance from the newest block, which others may not have yet, and close in on
/// it in steps where finality lags. A development chain has no others: its newest block is final at
/// once.
fn voting_rules(is_development: bool) -> VotingRulesBuilder<Block, FullClient> {
	if is_development {
		VotingRulesBuilder::new()
	} else {
		VotingRulesBuilder::default()
	}
}

fn start_grandpa(
	parts: Parts,
	network: Network,
	authoring: AuthoringConfig,
) -> Result<TaskManager, NodeError> {
	let Some(votes) = network.votes else { return Ok(parts.task_manager) };
	let is_voter = authoring.role.is_authority();
	let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config: sc_consensus_grandpa::Config {
			gossip_duration: GOSSIP_DURATION,
			justification_generation_period: JUSTIFICATION_PERIOD,
			observer_enabled: false,
			local_role: authoring.role,
			name: Some(authoring.node_name),
			keystore: is_voter.then(|| parts.keystore.keystore()),
			telemetry: authoring.telemetry.clone(),
			protocol_name: votes.protocol,
		},
		link: parts.grandpa_link,
		network: network.service,
		sync: network.sync,
		notification_service: votes.notifications,
		voting_rule: voting_rules(authoring.is_development).build(),
		prometheus_registry: authoring.prometheus,
		shared_voter_state: authoring.voter_state,
		telemetry: authoring.telemetry,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(parts.pool),
	})?;
	parts.task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	Ok(parts.task_manager)
}
