// SPDX-License-Identifier: Apache-2.0
//! Raw Solana transactions: what decodes is kept byte for byte, and nothing that follows panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unum_solana_transaction::{
	compute_budget, limits, LoadedAddresses, Message, RawTransaction, ResolvedMessage,
};

fuzz_target!(|bytes: &[u8]| {
	let Ok(raw) = RawTransaction::decode(bytes) else { return };
	assert_eq!(raw.encode(), bytes);
	let message = raw.message();
	assert_eq!(raw.message_bytes(), message.encode());
	assert_eq!(Message::decode(raw.message_bytes()).as_ref(), Ok(message));
	assert_eq!(raw.message_hash(), message.hash());
	if let Ok(budget) = compute_budget(message) {
		assert!(budget.unit_limit <= limits::MAX_COMPUTE_UNITS);
		assert!(budget.heap_bytes <= limits::MAX_HEAP_BYTES);
		let _ = budget.prioritization_fee();
	}
	let _ = message.fee_signatures();
	if let Ok(resolved) = ResolvedMessage::new(message.clone(), LoadedAddresses::default()) {
		assert!(
			resolved.is_signer(0) && resolved.account_keys().len() <= limits::MAX_ACCOUNT_LOCKS
		);
		let _ = resolved.nonce_account();
	}
	let sanitary = raw.sanitize().is_ok();
	assert_eq!(raw.clone().verify_with(|_, _, _| true).is_ok(), sanitary);
	assert!(sanitary || raw.verify().is_err());
});
