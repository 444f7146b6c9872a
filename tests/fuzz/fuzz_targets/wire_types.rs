// SPDX-License-Identifier: Apache-2.0
//! The SCALE decoders of types that cross the runtime's border: no panic, and decoding undoes encoding.
#![no_main]

use codec::{Decode, Encode};
use libfuzzer_sys::fuzz_target;
use unum_address::Address;
use unum_kv_engine::KvCall;
use unum_native_engine::NativeCall;
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{AccessSet, Asset, EngineInfo, LedgerError, Receipt};

fn round_trip<T: Decode + Encode + PartialEq + core::fmt::Debug>(bytes: &[u8]) {
	if let Ok(value) = T::decode(&mut &bytes[..]) {
		assert_eq!(T::decode(&mut &value.encode()[..]).as_ref(), Ok(&value));
	}
}

fuzz_target!(|bytes: &[u8]| {
	round_trip::<Address>(bytes);
	round_trip::<NativeCall>(bytes);
	round_trip::<KvCall>(bytes);
	round_trip::<LedgerAmount>(bytes);
	round_trip::<Decimals>(bytes);
	round_trip::<Asset>(bytes);
	round_trip::<LedgerError>(bytes);
	round_trip::<AccessSet>(bytes);
	round_trip::<EngineInfo>(bytes);
	round_trip::<Receipt>(bytes);
});
