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
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

use crate::{
	AccountId, AuraConfig, Balance, BalancesConfig, EvmConfig, GrandpaConfig, RuntimeGenesisConfig,
	SudoConfig, UNIT,
};

/// What each well-known development account owns at the beginning.
pub const DEV_ENDOWMENT: Balance = 1_000_000 * UNIT;

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
			balances: dev_accounts().into_iter().map(|who| (who, DEV_ENDOWMENT)).collect(),
		},
		aura: AuraConfig { authorities: aura },
		grandpa: GrandpaConfig { authorities: grandpa },
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
		evm: EvmConfig { chain_id: DEV_CHAIN_ID },
	})
}

fn authority(aura: Sr25519Keyring, grandpa: Ed25519Keyring) -> Authority {
	(aura.public().into(), grandpa.public().into())
}

/// `//Alice` to `//Ferdie` and their `//stash` accounts: every tool knows their keys.
pub fn dev_accounts() -> Vec<AccountId> {
	Sr25519Keyring::well_known().map(|key| key.to_account_id()).collect()
}
