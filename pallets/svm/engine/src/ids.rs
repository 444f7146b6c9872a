// SPDX-License-Identifier: Apache-2.0
//! Well-known addresses of Solana: those of programs, and of system variables.

use unum_address::SvmAddress;

pub use unum_solana_transaction::ids::{
	address_lookup_table, bpf_loader, bpf_loader_deprecated, bpf_loader_upgradeable, clock_sysvar,
	compute_budget, ed25519 as ed25519_program, epoch_rewards_sysvar, epoch_schedule_sysvar,
	instructions_sysvar, is_precompile, last_restart_slot_sysvar, native_loader,
	recent_blockhashes_sysvar, rent_sysvar, secp256k1 as secp256k1_program,
	secp256r1 as secp256r1_program, slot_hashes_sysvar, stake_history_sysvar, system_program,
	sysvar,
};
pub use unum_spl_token::ids::{
	associated_token_program, incinerator, native_mint, token_2022_program, token_program,
};

/// The Memo program of today: `MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr`.
pub fn memo() -> SvmAddress {
	SvmAddress::from([
		5, 74, 83, 90, 153, 41, 33, 6, 77, 36, 232, 113, 96, 218, 56, 124, 124, 53, 181, 221, 188,
		146, 187, 129, 228, 31, 168, 64, 65, 5, 68, 141,
	])
}

/// The first Memo program: `Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo`.
pub fn memo_v1() -> SvmAddress {
	SvmAddress::from([
		5, 74, 83, 80, 248, 93, 200, 130, 214, 20, 165, 86, 114, 120, 138, 41, 109, 223, 30, 171,
		171, 208, 166, 6, 120, 136, 73, 50, 244, 238, 246, 160,
	])
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn the_bytes_are_those_of_the_text() {
		assert_eq!(memo().to_string(), "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
		assert_eq!(memo_v1().to_string(), "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo");
	}
}
