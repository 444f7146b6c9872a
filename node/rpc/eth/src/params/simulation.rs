// SPDX-License-Identifier: Apache-2.0
//! What `eth_simulateV1` is given.

use serde::Deserialize;

use super::{
	call::CallParam,
	overrides::{BlockOverrideParam, StateOverrideParam},
};

/// Blocks to simulate, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SimulationParam {
	/// The blocks.
	pub block_state_calls: Vec<SimulatedBlockParam>,
	/// Whether movements of the native coin are shown as logs.
	pub trace_transfers: bool,
	/// Whether the rules of a block hold.
	pub validation: bool,
	/// Whether transactions are shown with their fields.
	pub return_full_transactions: bool,
}

/// One block.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SimulatedBlockParam {
	/// What is assumed of it.
	pub block_overrides: Option<BlockOverrideParam>,
	/// What is assumed of accounts before it.
	pub state_overrides: Option<StateOverrideParam>,
	/// Its calls.
	pub calls: Vec<CallParam>,
}
