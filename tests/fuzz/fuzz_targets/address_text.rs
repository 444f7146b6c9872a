// SPDX-License-Identifier: Apache-2.0
//! The text decoders: no panic, and what parses shows itself in a form that parses to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unum_address::{Address, VmKind};
use unum_id_com::{IdCom, MintId};

fuzz_target!(|text: &str| {
	for vm in VmKind::ADDRESSED {
		match Address::parse(vm, text) {
			Ok(address) => {
				assert_eq!(Address::parse(vm, &address.to_string()).as_ref(), Ok(&address));
				assert_eq!(address.vm(), vm);
			},
			Err(error) => assert!(!error.to_string().is_empty()),
		}
	}
	let _ = text.parse::<VmKind>();
	if let Ok(id) = text.parse::<IdCom>() {
		assert_eq!(id.to_string().parse::<IdCom>(), Ok(id));
	}
	let _ = text.parse::<MintId>();
});
