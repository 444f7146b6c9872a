// SPDX-License-Identifier: Apache-2.0
//! The states in which a chain may begin.
//!
//! A preset is a JSON patch on top of the default genesis; `unum build-spec` shows it, and anyone can
//! edit it there.

#![warn(missing_docs)]

use alloc::{string::ToString, vec, vec::Vec};
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::H160;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use unum_address::{EvmAddress, SvmAddress};

use crate::{
	AccountId, AuraConfig, Balance, BalancesConfig, EvmConfig, GrandpaConfig, RuntimeGenesisConfig,
	SudoConfig, SvmConfig, UNIT,
};

/// What each well-known development account owns at the beginning.
pub const DEV_ENDOWMENT: Balance = 1_000_000 * UNIT;

/// What the faucet owns at the beginning out of which Solana's clients get coins (`requestAirdrop`).
pub const FAUCET_ENDOWMENT: Balance = 100_000_000 * UNIT;

/// What the EVM's CHAINID gives on chains for development: no chain of the public list has it.
pub const DEV_CHAIN_ID: u64 = 4663;

/// A validator's two keys.
type Authority = (AuraId, GrandpaId);

/// The names of all presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEV_RUNTIME_PRESET), PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET)]
}

/// The preset of that name as JSON, if there is one.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEV_RUNTIME_PRESET => development(),
		LOCAL_TESTNET_RUNTIME_PRESET => local_testnet(),
		_ => return None,
	};
	Some(patch.to_string().into_bytes())
}

/// One validator, Alice, who also holds the sudo key: a chain for one developer.
fn development() -> Value {
	dev_genesis(vec![authority(Sr25519Keyring::Alice, Ed25519Keyring::Alice)])
}

/// Two validators, Alice and Bob: the least that has to agree about anything.
fn local_testnet() -> Value {
	dev_genesis(vec![
		authority(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
		authority(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
	])
}

fn dev_genesis(authorities: Vec<Authority>) -> Value {
	let (aura, grandpa): (Vec<_>, Vec<_>) =
		authorities.into_iter().map(|(aura, grandpa)| (aura, (grandpa, 1))).unzip();
	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: dev_accounts()
				.into_iter()
				.chain(dev_wallets().into_iter().map(|wallet| wallet.unbound_id_com().into()))
				.map(|who| (who, DEV_ENDOWMENT))
				.chain([(dev_faucet().unbound_id_com().into(), FAUCET_ENDOWMENT)])
				.collect(),
		},
		aura: AuraConfig { authorities: aura },
		grandpa: GrandpaConfig { authorities: grandpa },
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
		evm: EvmConfig {
			chain_id: DEV_CHAIN_ID,
			wallets: dev_wallets().into_iter().map(|wallet| H160(wallet.into())).collect(),
		},
		svm: SvmConfig { wallets: vec![dev_faucet().into()] },
	})
}

fn authority(aura: Sr25519Keyring, grandpa: Ed25519Keyring) -> Authority {
	(aura.public().into(), grandpa.public().into())
}

/// The ten accounts of the phrase `test test test test test test test test test test test junk`
/// (BIP-44 path m/44'/60'/0'/0/0 and on), whose keys Hardhat and Anvil publish.
const DEV_WALLETS: [&str; 10] = [
	"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
	"0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
	"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
	"0x90F79bf6EB2c4f870365E785982E1f101E93b906",
	"0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
	"0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
	"0x976EA74026E726554dB657fA54763abd0C3a0aa9",
	"0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
	"0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f",
	"0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
];

/// The wallets that Hardhat and Anvil start with.
pub fn dev_wallets() -> Vec<EvmAddress> {
	DEV_WALLETS.into_iter().filter_map(|text| text.parse().ok()).collect()
}

/// `//Alice` to `//Ferdie` and their `//stash` accounts: every tool knows their keys.
pub fn dev_accounts() -> Vec<AccountId> {
	Sr25519Keyring::well_known().map(|key| key.to_account_id()).collect()
}

/// The key of the faucet of chains for development: that of the secret
/// `SHA-256("unum-dev-solana-faucet")`, `3JE3AnyyJhUUowJfzXGxFNM1xUnqC4Xebn7kKcDR1EH7`.
const DEV_FAUCET: [u8; 32] = [
	0x22, 0x20, 0xfd, 0x31, 0x68, 0x97, 0x69, 0x73, 0xe7, 0xf2, 0x28, 0xb8, 0xb1, 0x15, 0xaf, 0x01,
	0xac, 0xfc, 0xb9, 0xad, 0x20, 0xea, 0x22, 0x5b, 0x04, 0x4a, 0x39, 0x19, 0x17, 0x1f, 0xfe, 0x3a,
];

/// The wallet of Solana out of which development chains give coins to whoever asks.
pub fn dev_faucet() -> SvmAddress {
	SvmAddress::from(DEV_FAUCET)
}
