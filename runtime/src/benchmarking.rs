// SPDX-License-Identifier: Apache-2.0
//! The measurement of weights: which pallets are measured, and what their benchmarks must know of this
//! runtime.

// A benchmark that meets what it does not expect has to panic.
#![allow(clippy::unwrap_used)]

use alloc::{string::String, vec, vec::Vec};
use codec::Encode;
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::{
	storage::{storage_prefix, unhashed},
	traits::{fungible::Mutate, Get, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys},
};
use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};
use sp_core::storage::well_known_keys;
use sp_storage::TrackedStorageKey;
use unum_address::{Address, VmKind};
use unum_ethereum_transaction::{
	wallet::{address_of, key, Draft},
	AccessList, TransactionType, TxKind, U256,
};
use unum_native_engine::NativeCall;

use crate::{
	configs::{evm::GasPrice, lanes::BlockLists},
	genesis_presets::DEV_CHAIN_ID,
	AccountId, AllPalletsWithSystem, Balances, Dispatch, Evm, Grandpa, IdCom, Lanes,
	MultiBlockMigrations, Multisig, Native, Proxy, Runtime, Sudo, Svm, Timestamp,
	TransactionPayment, UnifiedTokens, Utility, UNIT,
};

frame_benchmarking::define_benchmarks!(
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_timestamp, Timestamp]
	[pallet_grandpa, Grandpa]
	[pallet_balances, Balances]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_sudo, Sudo]
	[pallet_utility, Utility]
	[pallet_multisig, Multisig]
	[pallet_proxy, Proxy]
	[pallet_migrations, MultiBlockMigrations]
	[pallet_id_com, IdCom]
	[pallet_unified_tokens, UnifiedTokens]
	[pallet_native, Native]
	[pallet_dispatch, Dispatch]
	[pallet_evm, Evm]
	[pallet_svm, Svm]
	[pallet_lanes, Lanes]
);

/// Which benchmarks there are, and what storage they may touch.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs one of them.
///
/// # Errors
/// It says itself why it failed.
pub fn run(config: &BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let mut whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	if !PARTS_OF_A_BLOCK.contains(&config.benchmark.as_slice()) {
		whitelist.extend(entries_of_a_block());
	}
	if config.pallet == PAYMENT {
		whitelist.extend(entries_of_a_transaction());
	}
	let params = (config, &whitelist);
	let mut batches = Vec::new();
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// What runs once in each block, whatever is in it.
const PARTS_OF_A_BLOCK: [&[u8]; 3] = [b"on_initialize", b"on_finalize", b"set"];

/// What each block reads and writes in any case, once, as a part of it: no transaction is charged for
/// that again.
fn entries_of_a_block() -> Vec<TrackedStorageKey> {
	let keys: [&[u8]; 8] = [
		&storage_prefix(b"System", b"ParentHash"),
		&frame_system::BlockHash::<Runtime>::hashed_key_for(0),
		&pallet_timestamp::Now::<Runtime>::hashed_key(),
		&pallet_evm::ChainId::<Runtime>::hashed_key(),
		&pallet_evm::BaseFee::<Runtime>::hashed_key(),
		&pallet_dispatch::ReceiptsRoot::<Runtime>::hashed_key(),
		&pallet_dispatch::ReceiptCount::<Runtime>::hashed_key(),
		&pallet_lanes::FeePot::<Runtime>::hashed_key(),
	];
	let keys = keys.into_iter().map(<[u8]>::to_vec).chain(BlockLists::get());
	keys.map(TrackedStorageKey::new).collect()
}

/// The pallet that takes fees.
const PAYMENT: &[u8] = b"pallet_transaction_payment";

/// What a transaction has read and written when its fee is taken: the account of its sender, by
/// `CheckNonce`, which is charged for that.
fn entries_of_a_transaction() -> Vec<TrackedStorageKey> {
	// As the pallet's benchmark calls who pays.
	let payer: AccountId = frame_benchmarking::account("caller", 0, 0);
	let key = frame_system::Account::<Runtime>::hashed_key_for(payer);
	vec![TrackedStorageKey::new(key)]
}

impl frame_system_benchmarking::Config for Runtime {
	/// The runtime at hand, which by its benchmarks is larger than any that is published.
	fn prepare_set_code_data() -> Vec<u8> {
		unhashed::get_raw(well_known_keys::CODE).unwrap_or_default()
	}
}

impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

impl pallet_dispatch::BenchmarkConfig for Runtime {
	fn payload() -> Vec<u8> {
		NativeCall::SetAuthKey { key: None }.encode()
	}

	/// A transfer of nothing, of the commonest type.
	fn raw_transaction() -> (VmKind, Vec<u8>) {
		pallet_evm::ChainId::<Runtime>::put(DEV_CHAIN_ID);
		pallet_evm::BaseFee::<Runtime>::put(GasPrice::get());
		let wallet = Address::Evm(address_of(&key()).0 .0.into());
		let account = AccountId::from(wallet.unbound_id_com());
		Balances::mint_into(&account, 1_000_000 * UNIT).unwrap();
		let draft = Draft {
			kind: TransactionType::DynamicFee,
			chain_id: DEV_CHAIN_ID,
			nonce: 0,
			max_priority_fee: 1,
			max_fee: u128::from(GasPrice::get()).saturating_mul(2),
			gas_limit: 21_000,
			to: TxKind::Call([0x35; 20].into()),
			value: U256::ZERO,
			input: vec![],
			access_list: AccessList::default(),
			authorizations: vec![],
		};
		(VmKind::EVM, draft.sign(&key()).bytes())
	}
}
