// SPDX-License-Identifier: Apache-2.0
//! Raw Ethereum transactions: what decodes is kept byte for byte, and nothing that follows panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unum_ethereum_transaction::{check_gas, intrinsic_gas, RawTransaction};

fuzz_target!(|bytes: &[u8]| {
	let Ok(raw) = RawTransaction::decode(bytes) else { return };
	assert_eq!(&raw.bytes()[..], bytes);
	let gas = intrinsic_gas(&raw);
	if check_gas(&raw).is_ok() {
		assert!(raw.gas_limit() >= gas.initial().max(gas.floor()));
	}
	let _ = (raw.check_rules(), raw.recover_sender(), raw.effective_gas_price(1));
	if let Ok(verified) = raw.verify(4663) {
		assert_eq!(verified.chain_id(), 4663);
	}
});
