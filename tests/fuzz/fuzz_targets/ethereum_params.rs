// SPDX-License-Identifier: Apache-2.0
//! Parameters of the Ethereum JSON-RPC: whatever JSON arrives is read or refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unum_ethereum_rpc::params::{
	into_accounts, BlockOverrideParam, BlockParam, CallParam, FilterParam, SimulationParam,
	StateOverrideParam,
};
use unum_ethereum_trace::TracerOptions;

fuzz_target!(|json: &[u8]| {
	let _ = serde_json::from_slice::<BlockParam>(json);
	let _ = serde_json::from_slice::<FilterParam>(json);
	let _ = serde_json::from_slice::<SimulationParam>(json);
	if let Ok(call) = serde_json::from_slice::<CallParam>(json) {
		let _ = call.into_request();
	}
	if let Ok(state) = serde_json::from_slice::<StateOverrideParam>(json) {
		let _ = into_accounts(state);
	}
	if let Ok(block) = serde_json::from_slice::<BlockOverrideParam>(json) {
		let _ = block.into_overrides();
	}
	if let Ok(options) = serde_json::from_slice::<TracerOptions>(json) {
		let _ = options.tracer();
	}
});
