// SPDX-License-Identifier: Apache-2.0
//! What upstream's own crates say about random transactions, good and bad, see
//! `tests/vectors/SOURCE.txt`.

use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_transaction::{compute_budget, LoadedAddresses, RawTransaction, ResolvedMessage};
use unum_solana_view::TransactionError;

use crate::support::{base64, unzip};

fn vectors() -> Vec<Value> {
	let text = unzip(include_bytes!("../vectors/upstream.jsonl.gz"));
	text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn loaded(vector: &Value) -> LoadedAddresses {
	let list = |index: usize| -> Vec<SvmAddress> {
		let list = vector["loaded"][index].as_array().cloned().unwrap_or_default();
		list.iter().map(|key| key.as_str().unwrap().parse().unwrap()).collect()
	};
	LoadedAddresses { writable: list(0), readonly: list(1) }
}

fn flags(count: usize, flag: impl Fn(usize) -> bool) -> String {
	(0..count).map(|index| if flag(index) { '1' } else { '0' }).collect()
}

fn budget(raw: &RawTransaction) -> Value {
	match compute_budget(raw.message()) {
		Ok(it) => json!({
			"units": it.unit_limit,
			"price": it.unit_price_micro_lamports,
			"heap": it.heap_bytes,
			"loaded": it.loaded_accounts_bytes,
			"fee": it.prioritization_fee(),
		}),
		Err(error) => json!(format!("{:?}", TransactionError::from(error))),
	}
}

/// What this crate says, in the form of the vectors.
fn judge(bytes: &[u8], loaded: LoadedAddresses) -> Value {
	let Ok(raw) = RawTransaction::decode(bytes) else {
		return json!({ "verdict": "undecodable" });
	};
	let hash = hex::encode(raw.message_hash());
	let (budget, message) = (budget(&raw), raw.message().clone());
	let resolved = match raw.sanitize() {
		Err(error) => Err(error.into()),
		Ok(()) => ResolvedMessage::new(message.clone(), loaded),
	};
	match resolved.map_err(TransactionError::from) {
		Err(TransactionError::SanitizeFailure) => json!({ "verdict": "unsanitary", "hash": hash }),
		Err(error) => json!({ "verdict": error.name(), "hash": hash, "budget": budget }),
		Ok(resolved) => {
			let count = resolved.account_keys().len();
			json!({
				"verdict": "ok",
				"hash": hash,
				"budget": budget,
				"writable": flags(count, |index| resolved.is_writable(index)),
				"signers": flags(count, |index| resolved.is_signer(index)),
				"fee_signatures": message.fee_signatures(),
				"nonce": resolved.nonce_account().map(|key| key.to_string()),
			})
		},
	}
}

#[test]
fn random_transactions_are_judged_as_upstream_judges_them() {
	let mut seen = std::collections::BTreeMap::<String, usize>::new();
	for mut vector in vectors() {
		let (bytes, loaded) = (base64(&vector["tx"]), loaded(&vector));
		let verdict = vector["verdict"].as_str().unwrap().to_owned();
		let fields = vector.as_object_mut().unwrap();
		fields.remove("tx");
		fields.remove("loaded");
		if verdict.starts_with("TooMany") || verdict.starts_with("AccountLoaded") {
			for field in ["writable", "signers", "fee_signatures", "nonce"] {
				fields.remove(field);
			}
		}
		let judged = judge(&bytes, loaded);
		let refused = ["undecodable", "unsanitary"];
		// Upstream's reader asks for some of the rules at once.
		match refused.contains(&verdict.as_str()) {
			true => assert!(refused.iter().any(|it| judged["verdict"] == *it), "{bytes:?}"),
			false => assert_eq!(judged, vector, "{bytes:?}"),
		}
		*seen.entry(verdict).or_default() += 1;
	}
	for verdict in ["ok", "unsanitary", "undecodable", "TooManyAccountLocks", "AccountLoadedTwice"]
	{
		assert!(seen[verdict] >= 10, "{seen:?}");
	}
}
