// SPDX-License-Identifier: Apache-2.0
//! A state of the layout before this one (runtime 100) becomes one of this layout, over several blocks,
//! while the chain takes no transactions.

mod common;

use common::*;
use frame_support::{
	migrations::MultiStepMigrator,
	traits::{GetStorageVersion, StorageVersion},
};
use frame_system::LastRuntimeUpgradeInfo;
use pallet_unified_tokens::{Mint, MintOfErc20, Mints, TokenName, TokenSymbol};
use sp_runtime::ExtrinsicInclusionMode;
use unum_address::erc20_address;
use unum_id_com::MintId;
use unum_runtime::{Executive, IdCom, MultiBlockMigrations, Runtime, UnifiedTokens};
use unum_units::{Decimals, LedgerAmount};

/// More tokens than one block can migrate.
const TOKENS: u32 = 4_000;

fn mint(n: u32) -> MintId {
	let mut salt = [0; 32];
	salt[..4].copy_from_slice(&n.to_le_bytes());
	MintId::derive(id(ALICE), salt)
}

/// What runtime 100 left: tokens without an index of their ERC-20 addresses, and its versions.
fn as_before() {
	let six = Decimals::new(6).unwrap();
	for n in 0..TOKENS {
		Mints::<Runtime>::insert(
			mint(n),
			Mint {
				supply: LedgerAmount::ZERO,
				decimals: six,
				svm_decimals: six,
				name: TokenName::new(b"Old".to_vec()).unwrap(),
				symbol: TokenSymbol::new(b"OLD".to_vec()).unwrap(),
				mint_authority: Some(id(ALICE)),
				freeze_authority: None,
			},
		);
	}
	StorageVersion::new(1).put::<UnifiedTokens>();
	StorageVersion::new(1).put::<IdCom>();
	let version = LastRuntimeUpgradeInfo { spec_version: 100.into(), spec_name: "unum".into() };
	frame_system::LastRuntimeUpgrade::<Runtime>::put(version);
}

/// Makes the next block, with its timestamp and nothing else, and says what else it would have taken.
fn next_block(slot: u64) -> ExtrinsicInclusionMode {
	let mode = begin_block(slot);
	Executive::finalize_block();
	mode
}

#[test]
fn a_state_of_runtime_100_is_migrated_over_blocks_without_transactions() {
	run_test(|| {
		Executive::finalize_block();
		as_before();
		let mut closed = 0;
		for slot in 2.. {
			let mode = next_block(slot);
			if mode == ExtrinsicInclusionMode::OnlyInherents {
				closed += 1;
			}
			if UnifiedTokens::on_chain_storage_version() == StorageVersion::new(2) {
				break;
			}
			assert!(slot < 100, "it ends");
		}
		assert!(closed >= 2, "it took several blocks: {closed}");
		assert_eq!(next_block(200), ExtrinsicInclusionMode::AllExtrinsics);
		assert!(!MultiBlockMigrations::ongoing());
		assert_eq!(IdCom::on_chain_storage_version(), StorageVersion::new(2));
		for n in 0..TOKENS {
			let found = MintOfErc20::<Runtime>::get(erc20_address(mint(n)));
			assert_eq!(found, Some(mint(n)));
		}
	});
}
