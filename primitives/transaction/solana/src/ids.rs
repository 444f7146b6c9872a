// SPDX-License-Identifier: Apache-2.0
//! Addresses that the rules of transactions know (solana-sdk-ids 3.1).

use unum_address::SvmAddress;

/// Declares one function per address, and lists of them.
macro_rules! ids {
	($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
		$(
			$(#[$doc])*
			#[doc = concat!(" `", $text, "`.")]
			pub fn $name() -> SvmAddress {
				const BYTES: [u8; 32] = bs58::decode($text.as_bytes()).into_array_const_unwrap();
				SvmAddress::from(BYTES)
			}
		)*

		#[cfg(test)]
		mod tests {
			#[test]
			fn the_bytes_are_those_of_the_text() {
				$(assert_eq!(alloc::string::ToString::to_string(&super::$name()), $text);)*
			}
		}
	};
}

ids! {
	/// The System program:
	system_program = "11111111111111111111111111111111";
	/// The program that sets limits and a price:
	compute_budget = "ComputeBudget111111111111111111111111111111";
	/// The program of address lookup tables:
	address_lookup_table = "AddressLookupTab1e1111111111111111111111111";
	/// The first loader of programs:
	bpf_loader_deprecated = "BPFLoader1111111111111111111111111111111111";
	/// The loader of programs that do not change:
	bpf_loader = "BPFLoader2111111111111111111111111111111111";
	/// The loader of programs that can be upgraded, loader-v3:
	bpf_loader_upgradeable = "BPFLoaderUpgradeab1e11111111111111111111111";
	/// The address of loader-v4:
	loader_v4 = "LoaderV411111111111111111111111111111111111";
	/// The owner of programs that are built in:
	native_loader = "NativeLoader1111111111111111111111111111111";
	/// The Config program:
	config = "Config1111111111111111111111111111111111111";
	/// The owner of feature accounts:
	feature = "Feature111111111111111111111111111111111111";
	/// The Stake program:
	stake = "Stake11111111111111111111111111111111111111";
	/// The configuration of the Stake program:
	stake_config = "StakeConfig11111111111111111111111111111111";
	/// The Vote program:
	vote = "Vote111111111111111111111111111111111111111";
	/// The precompile that verifies Ed25519:
	ed25519 = "Ed25519SigVerify111111111111111111111111111";
	/// The precompile that recovers secp256k1:
	secp256k1 = "KeccakSecp256k11111111111111111111111111111";
	/// The precompile that verifies secp256r1:
	secp256r1 = "Secp256r1SigVerify1111111111111111111111111";
	/// The program of proofs about ElGamal:
	zk_elgamal_proof = "ZkE1Gama1Proof11111111111111111111111111111";
	/// The program of proofs about tokens:
	zk_token_proof = "ZkTokenProof1111111111111111111111111111111";
	/// The owner of system variables:
	sysvar = "Sysvar1111111111111111111111111111111111111";
	/// Slot and time:
	clock_sysvar = "SysvarC1ock11111111111111111111111111111111";
	/// Rewards at the beginning of an epoch:
	epoch_rewards_sysvar = "SysvarEpochRewards1111111111111111111111111";
	/// How long epochs are:
	epoch_schedule_sysvar = "SysvarEpochSchedu1e111111111111111111111111";
	/// What signatures cost:
	fees_sysvar = "SysvarFees111111111111111111111111111111111";
	/// The instructions of the transaction at hand:
	instructions_sysvar = "Sysvar1nstructions1111111111111111111111111";
	/// When the chain was last restarted:
	last_restart_slot_sysvar = "SysvarLastRestartS1ot1111111111111111111111";
	/// Recent blockhashes:
	recent_blockhashes_sysvar = "SysvarRecentB1ockHashes11111111111111111111";
	/// What rent is:
	rent_sysvar = "SysvarRent111111111111111111111111111111111";
	/// Rewards:
	rewards_sysvar = "SysvarRewards111111111111111111111111111111";
	/// Hashes of recent slots:
	slot_hashes_sysvar = "SysvarS1otHashes111111111111111111111111111";
	/// Which slots have a block:
	slot_history_sysvar = "SysvarS1otHistory11111111111111111111111111";
	/// How much was staked in each epoch:
	stake_history_sysvar = "SysvarStakeHistory1111111111111111111111111";
}

/// Addresses that no transaction may write: whoever asks to gets them to read
/// (agave-reserved-account-keys 4.2, all features active).
const RESERVED: [fn() -> SvmAddress; 31] = [
	address_lookup_table,
	bpf_loader,
	bpf_loader_deprecated,
	bpf_loader_upgradeable,
	compute_budget,
	config,
	ed25519,
	feature,
	loader_v4,
	secp256k1,
	secp256r1,
	stake_config,
	stake,
	system_program,
	vote,
	zk_elgamal_proof,
	zk_token_proof,
	clock_sysvar,
	epoch_rewards_sysvar,
	epoch_schedule_sysvar,
	fees_sysvar,
	instructions_sysvar,
	last_restart_slot_sysvar,
	recent_blockhashes_sysvar,
	rent_sysvar,
	rewards_sysvar,
	slot_hashes_sysvar,
	slot_history_sysvar,
	stake_history_sysvar,
	native_loader,
	sysvar,
];

/// Programs whose instructions count as built in for the default compute unit limit
/// (solana-builtins-default-costs 4.2). The Vote program is none since SIMD-387, and the Address Lookup
/// Table program none since it became one of sBPF.
const BUILTIN: [fn() -> SvmAddress; 8] = [
	system_program,
	compute_budget,
	bpf_loader_upgradeable,
	bpf_loader_deprecated,
	bpf_loader,
	loader_v4,
	secp256k1,
	ed25519,
];

/// Programs that verify signatures, each of which is paid for like one of the transaction
/// (solana-fee 4.2).
const PRECOMPILES: [fn() -> SvmAddress; 3] = [ed25519, secp256k1, secp256r1];

/// Whether no transaction may write this address.
pub fn is_reserved(key: &SvmAddress) -> bool {
	RESERVED.iter().any(|reserved| reserved() == *key)
}

/// Whether an instruction of this program counts as built in.
pub(crate) fn is_builtin(program: &SvmAddress) -> bool {
	BUILTIN.iter().any(|builtin| builtin() == *program)
}

/// Whether this program verifies signatures.
pub fn is_precompile(program: &SvmAddress) -> bool {
	PRECOMPILES.iter().any(|precompile| precompile() == *program)
}
