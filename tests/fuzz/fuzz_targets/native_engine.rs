// SPDX-License-Identifier: Apache-2.0
//! Sequences of native calls on the in-memory host: no fault, no panic, native coin conserved, and a
//! call that fails changes nothing.
#![no_main]

use codec::Decode;
use libfuzzer_sys::fuzz_target;
use sp_weights::Weight;
use unum_id_com::IdCom;
use unum_native_engine::{NativeCall, NativeCosts, NativeEngine};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::{engine::context, MemoryHost},
	Asset, Fate, Meter, VmEngine,
};

struct Costs;

impl NativeCosts for Costs {
	fn transfer_native() -> Weight {
		Weight::from_parts(1, 0)
	}

	fn transfer_token() -> Weight {
		Weight::from_parts(2, 0)
	}

	fn create_account() -> Weight {
		Weight::from_parts(3, 0)
	}

	fn set_auth_keys(_: u32) -> Weight {
		Weight::from_parts(1, 0)
	}

	fn bind_address() -> Weight {
		Weight::from_parts(3, 0)
	}

	fn first_sight() -> Weight {
		Weight::from_parts(1, 0)
	}
}

fuzz_target!(|bytes: &[u8]| {
	let mut host = MemoryHost::default();
	for owner in 0u8..4 {
		host.set_balance(Asset::Native, IdCom::from([owner; 32]), LedgerAmount::new(1 << 100));
	}
	let total = host.total(Asset::Native);
	let mut input = bytes;
	while let (Ok(sender), Ok(call)) = (u8::decode(&mut input), NativeCall::decode(&mut input)) {
		let before = host.clone();
		let context = context(IdCom::from([sender % 5; 32]));
		let outcome = NativeEngine::<Costs>::execute(
			&mut host,
			&context,
			&call,
			&mut Meter::new(Weight::from_parts(3, 0)),
		)
		.expect("no call is a fault");
		if outcome.fate != Fate::Success {
			assert_eq!(host, before);
		}
		assert_eq!(host.total(Asset::Native), total);
	}
});
