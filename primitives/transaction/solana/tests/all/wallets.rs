// SPDX-License-Identifier: Apache-2.0
//! Transactions of wallets, see `tests/vectors/SOURCE.txt`.

use serde_json::Value;
use unum_signature::schemes::ed25519;
use unum_solana_transaction::{RawTransaction, Version};

use crate::support::{base64, unzip};

pub(crate) fn vectors() -> Vec<Value> {
	serde_json::from_str(&unzip(include_bytes!("../vectors/wallet_core.json.gz"))).unwrap()
}

fn texts(list: &[impl ToString]) -> Vec<String> {
	list.iter().map(ToString::to_string).collect()
}

fn strings(value: &Value) -> Vec<String> {
	value.as_array().unwrap().iter().map(|it| it.as_str().unwrap().into()).collect()
}

#[test]
fn transactions_of_wallets_are_read_and_written_as_they_were() {
	let vectors = vectors();
	assert_eq!(vectors.len(), 75);
	for vector in vectors {
		let bytes = base64(&vector["tx_base64"]);
		let raw = RawTransaction::decode(&bytes).unwrap();
		assert_eq!((raw.encode(), raw.bytes()), (bytes.clone(), &bytes[..]));
		let message = raw.message();
		let version = if vector["version"] == 0 { Version::V0 } else { Version::Legacy };
		assert_eq!(message.version(), version);
		assert_eq!(vector["num_signatures"], raw.signatures().len());
		assert_eq!(vector["num_required_signatures"], message.header().num_required_signatures);
		assert_eq!(vector["first_signature"], raw.first_signature().to_string());
		assert_eq!(vector["recent_blockhash"], message.recent_blockhash().to_string());
		assert_eq!(strings(&vector["account_keys"]), texts(message.account_keys()));
		let mut programs: Vec<_> = message
			.instructions()
			.iter()
			.map(|it| message.program(it).unwrap().to_string())
			.collect();
		programs.sort();
		programs.dedup();
		assert_eq!(strings(&vector["program_ids"]), programs);
		assert_eq!(raw.message_bytes(), message.encode());
		assert_eq!(raw.message_hash(), message.hash());
	}
}

#[test]
fn signatures_of_wallets_are_judged_as_solders_judges_them() {
	let mut verified = 0;
	for vector in vectors() {
		let raw = RawTransaction::decode(&base64(&vector["tx_base64"])).unwrap();
		let judged: Vec<bool> = raw
			.message()
			.account_keys()
			.iter()
			.zip(raw.signatures())
			.map(|(key, signature)| {
				let (key, signature) = (key.as_bytes(), signature.as_bytes());
				ed25519::verify(key, raw.message_bytes(), signature).is_ok()
			})
			.collect();
		assert_eq!(vector["signature_valid"], serde_json::json!(judged));
		let valid = judged.iter().all(|it| *it) && raw.sanitize().is_ok();
		assert_eq!(raw.verify().is_ok(), valid);
		verified += u32::from(valid);
	}
	assert_eq!(verified, 54);
}
