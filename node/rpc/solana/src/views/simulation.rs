// SPDX-License-Identifier: Apache-2.0
//! Transactions that were tried out (`rpc-client-types/src/response.rs` upstream).

use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_view::SimulationOutcome;

use super::{logs, return_data, token_balances, transaction_error};

/// What came of a transaction that was tried out, as the answer to who asked for it.
pub(crate) fn simulation(
	outcome: &SimulationOutcome,
	accounts: Value,
	inner: Value,
	replacement: Value,
) -> Value {
	let meta = &outcome.meta;
	let mut written = failed_simulation(outcome);
	let texts = |keys: &[SvmAddress]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
	let loaded = json!({
		"writable": texts(&meta.loaded_addresses.writable),
		"readonly": texts(&meta.loaded_addresses.readonly),
	});
	let mut put = |name: &str, value: Value| {
		if let Some(field) = written.get_mut(name) {
			*field = value;
		}
	};
	put("accounts", accounts);
	put("innerInstructions", inner);
	put("replacementBlockhash", replacement);
	put("loadedAddresses", loaded);
	// There is no transaction without accounts: one of which nothing is known was not even loaded.
	if !meta.pre_balances.is_empty() {
		put("preBalances", json!(meta.pre_balances));
		put("postBalances", json!(meta.post_balances));
		put("preTokenBalances", token_balances(&meta.pre_token_balances));
		put("postTokenBalances", token_balances(&meta.post_token_balances));
	}
	written
}

/// The same without what its accounts had and called, as it goes along with a refusal.
pub(crate) fn failed_simulation(outcome: &SimulationOutcome) -> Value {
	let meta = &outcome.meta;
	json!({
		"err": meta.error.as_ref().map(transaction_error),
		"logs": logs(&meta.log_messages),
		"accounts": null,
		"unitsConsumed": meta.compute_units_consumed,
		"loadedAccountsDataSize": outcome.loaded_accounts_data_size,
		"returnData": meta.return_data.as_ref().map(return_data),
		"innerInstructions": null,
		"replacementBlockhash": null,
		// Each transaction that runs pays for a signature at least.
		"fee": (meta.fee > 0).then_some(meta.fee),
		"preBalances": null,
		"postBalances": null,
		"preTokenBalances": null,
		"postTokenBalances": null,
		"loadedAddresses": null,
	})
}
