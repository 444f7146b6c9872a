// SPDX-License-Identifier: Apache-2.0
//! Instructions and account images of SPL tokens: no panic, and what decodes encodes to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unum_spl_token::{Instruction, Mint, Multisig, TokenAccount};

fuzz_target!(|bytes: &[u8]| {
	if let Ok(instruction) = Instruction::decode(bytes) {
		let encoded = instruction.encode();
		assert_eq!(Instruction::decode(&encoded).as_ref(), Ok(&instruction));
	}
	if let Ok(mint) = Mint::unpack(bytes) {
		assert_eq!(Mint::unpack(&mint.pack()), Ok(mint));
	}
	if let Ok(account) = TokenAccount::unpack(bytes) {
		assert_eq!(TokenAccount::unpack(&account.pack()), Ok(account));
	}
	if let Ok(multisig) = Multisig::unpack(bytes) {
		assert_eq!(Multisig::unpack(&multisig.pack()), Ok(multisig));
	}
});
