// SPDX-License-Identifier: Apache-2.0
//! The states in which a chain may begin, as `unum build-spec` and the node build them: a preset's
//! patch on top of the default genesis.

use serde_json::Value;
use sp_genesis_builder::{
	runtime_decl_for_genesis_builder::GenesisBuilder, DEV_RUNTIME_PRESET,
	LOCAL_TESTNET_RUNTIME_PRESET,
};
use sp_keyring::Sr25519Keyring;
use unum_address::{Address, VmKind};
use unum_runtime::{
	genesis_presets::{dev_accounts, dev_faucet, dev_wallets, DEV_ENDOWMENT, FAUCET_ENDOWMENT},
	AccountId, Balances, Grandpa, IdCom, Runtime, UNIT,
};
use unum_vm_engine::IdentityRegistry;

fn json(preset: Option<&str>) -> Option<Value> {
	let bytes = Runtime::get_preset(&preset.map(Into::into))?;
	Some(serde_json::from_slice(&bytes).expect("presets are JSON"))
}

/// RFC 7386, but for the removal of members, which no preset does.
fn merge(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (name, value) in patch {
				merge(base.entry(name).or_insert(Value::Null), value);
			}
		},
		(base, patch) => *base = patch,
	}
}

/// Runs `check` in the state that a preset makes.
fn in_preset(preset: &str, check: impl FnOnce()) {
	let mut genesis = json(None).expect("there is a default");
	merge(&mut genesis, json(Some(preset)).expect("the preset exists"));
	sp_io::TestExternalities::new_empty().execute_with(|| {
		let built = Runtime::build_state(genesis.to_string().into_bytes());
		built.unwrap_or_else(|error| panic!("{preset}: {error}"));
		check();
	});
}

#[test]
fn every_preset_that_is_announced_exists() {
	for name in Runtime::preset_names() {
		assert!(json(Some(name.as_ref())).is_some(), "{name}");
	}
	assert_eq!(json(Some("mainnet")), None);
}

#[test]
fn well_known_accounts_are_funded() {
	for preset in [DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET] {
		in_preset(preset, || {
			assert_eq!(dev_accounts().len(), 12);
			for account in dev_accounts() {
				assert_eq!(Balances::free_balance(&account), DEV_ENDOWMENT, "{account}");
			}
			assert_eq!(dev_wallets().len(), 10);
			for wallet in dev_wallets() {
				let address = Address::Evm(wallet);
				let owner = IdCom::resolve(&address);
				assert_eq!(
					Balances::free_balance(AccountId::from(owner)),
					DEV_ENDOWMENT,
					"{wallet}"
				);
				assert_eq!(IdCom::address_of(owner, VmKind::EVM), Some(address), "as itself");
			}
			let faucet = Address::Svm(dev_faucet());
			let owner = IdCom::resolve(&faucet);
			assert_eq!(Balances::free_balance(AccountId::from(owner)), FAUCET_ENDOWMENT);
			assert_eq!(IdCom::address_of(owner, VmKind::SVM), Some(faucet), "as itself");
			assert_eq!(Balances::total_issuance(), 122_000_000 * UNIT);
			assert_eq!(
				pallet_sudo::Key::<Runtime>::get(),
				Some(Sr25519Keyring::Alice.to_account_id())
			);
		});
	}
}

#[test]
fn development_has_one_validator_and_local_two() {
	for (preset, validators) in [(DEV_RUNTIME_PRESET, 1), (LOCAL_TESTNET_RUNTIME_PRESET, 2)] {
		in_preset(preset, || {
			assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
		});
	}
}

#[test]
fn a_genesis_with_a_mistake_is_refused_with_its_place() {
	let mut genesis = json(None).expect("there is a default");
	merge(&mut genesis, serde_json::json!({ "balances": { "balances": [["nobody", 1]] } }));
	let error = sp_io::TestExternalities::new_empty()
		.execute_with(|| Runtime::build_state(genesis.to_string().into_bytes()))
		.expect_err("`nobody` is no account");
	assert!(error.contains("line 1 column"), "{error}");
}
