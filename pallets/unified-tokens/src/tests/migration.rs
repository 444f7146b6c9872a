// SPDX-License-Identifier: Apache-2.0
//! From the storage of version 1 to that of version 2, over many blocks.

use super::*;
use crate::{migrations::v2::IndexErc20Addresses, MintOfErc20, WeightInfo};
use frame_support::{
	assert_ok,
	migrations::{MultiStepMigrator, SteppedMigration, SteppedMigrationError},
	traits::{GetStorageVersion, OnRuntimeUpgrade, StorageVersion},
	weights::WeightMeter,
};

/// Tokens of the old chain, and how many of them a block may migrate.
const MINTS: u16 = 1_000;
const PER_BLOCK: u64 = 150;

/// A chain as version 1 left it: tokens and balances, and no index.
fn old_chain() -> sp_io::TestExternalities {
	let token = |n: u16| {
		let mut salt = [0; 32];
		salt[..2].copy_from_slice(&n.to_be_bytes());
		GenesisMint { salt: salt.into(), ..genesis_mint() }
	};
	let mut chain = ExtBuilder::of((0..MINTS).map(token).collect()).build();
	chain.execute_with(|| {
		let _ = MintOfErc20::<Test>::clear(u32::MAX, None);
		StorageVersion::new(1).put::<Tokens>();
		assert_eq!(Tokens::do_try_state(), Ok(()));
	});
	chain.commit_all().expect("the chain has a state");
	chain
}

fn weight_of(mints: u64) -> Weight {
	<() as WeightInfo>::index_mint().saturating_mul(mints)
}

/// What executive does at the start of a block.
fn migrate_for_a_block() -> Weight {
	System::set_block_number(System::block_number() + 1);
	<Migrations as MultiStepMigrator>::step()
}

/// The tokens and balances, which version 1 had already.
fn old_storage() -> impl PartialEq + core::fmt::Debug {
	let balances = crate::Balances::<Test>::iter().collect::<Vec<_>>();
	(Mints::<Test>::iter().collect::<Vec<_>>(), balances)
}

#[test]
fn a_chain_of_version_1_is_migrated_over_several_blocks() {
	old_chain().execute_with(|| {
		// Room for the bookkeeping of the migrations pallet, besides.
		MaxServiceWeight::set(weight_of(PER_BLOCK) + Weight::from_parts(10u64.pow(9), 1 << 20));
		let before = old_storage();
		assert_eq!(Mints::<Test>::iter_keys().count(), usize::from(MINTS));

		Migrations::on_runtime_upgrade();
		let mut blocks = 0;
		while <Migrations as MultiStepMigrator>::ongoing() {
			// Meanwhile the chain takes no extrinsics, and its storage is sound after every block.
			assert_eq!(Tokens::do_try_state(), Ok(()));
			assert_eq!(Tokens::on_chain_storage_version(), 1);
			let indexed = MintOfErc20::<Test>::iter().count();
			migrate_for_a_block();
			let done = MintOfErc20::<Test>::iter().count() - indexed;
			assert!(done <= PER_BLOCK as usize + 20, "{done} in one block");
			blocks += 1;
			assert!(blocks < 100, "the migration does not end");
		}
		assert!((6..=10).contains(&blocks), "{blocks} blocks");
		assert_eq!(Tokens::on_chain_storage_version(), 2);
		assert_eq!(MintOfErc20::<Test>::iter().count(), usize::from(MINTS));
		assert_eq!(old_storage(), before, "all that was there is there");
		check_invariants();
	});
}

#[test]
fn the_migration_is_bounded_by_its_weight() {
	old_chain().execute_with(|| {
		let mut meter = WeightMeter::with_limit(weight_of(3));
		let cursor = IndexErc20Addresses::<Test>::step(None, &mut meter);
		assert!(cursor.expect("three fit").is_some());
		assert_eq!(MintOfErc20::<Test>::iter().count(), 3);

		let required = weight_of(1);
		let mut too_little = WeightMeter::with_limit(weight_of(1) - Weight::from_parts(1, 0));
		let refused = IndexErc20Addresses::<Test>::step(None, &mut too_little);
		assert_eq!(refused, Err(SteppedMigrationError::InsufficientWeight { required }));
		assert_eq!(MintOfErc20::<Test>::iter().count(), 3);
	});
}

#[test]
fn each_step_goes_on_where_the_last_one_ended() {
	old_chain().execute_with(|| {
		let mut cursor = None;
		for done in 1..=u32::from(MINTS) {
			let mut meter = WeightMeter::with_limit(weight_of(1));
			cursor = IndexErc20Addresses::<Test>::step(cursor, &mut meter).expect("one fits");
			assert!(cursor.is_some());
			assert_eq!(MintOfErc20::<Test>::iter().count(), done as usize);
		}
		let mut meter = WeightMeter::with_limit(weight_of(1));
		assert_eq!(IndexErc20Addresses::<Test>::step(cursor, &mut meter), Ok(None));
		assert_eq!(Tokens::on_chain_storage_version(), 2);
		check_invariants();
	});
}

#[test]
fn a_chain_that_began_with_version_2_is_left_alone() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(Tokens::on_chain_storage_version(), 2);
		let before = state_root();
		let mut meter = WeightMeter::new();
		assert_eq!(IndexErc20Addresses::<Test>::step(None, &mut meter), Ok(None));
		assert_eq!(state_root(), before);
	});
}

#[test]
fn a_chain_without_tokens_is_done_at_once() {
	ExtBuilder::of(vec![]).build_and_execute(|| {
		StorageVersion::new(1).put::<Tokens>();
		let mut meter = WeightMeter::with_limit(weight_of(1));
		assert_eq!(IndexErc20Addresses::<Test>::step(None, &mut meter), Ok(None));
		assert_eq!(Tokens::on_chain_storage_version(), 2);
	});
}

#[test]
fn a_token_that_is_created_meanwhile_is_indexed_too() {
	// No extrinsic can do it, but a hook of another pallet could.
	old_chain().execute_with(|| {
		let mut meter = WeightMeter::with_limit(weight_of(500));
		let half = IndexErc20Addresses::<Test>::step(None, &mut meter).expect("500 fit");
		let new = MintId::derive(id(3), [9; 32]);
		assert_ok!(Tokens::create_mint(signed(3), [9; 32], 6, None, vec![], vec![], None, None));
		let end = IndexErc20Addresses::<Test>::step(half, &mut WeightMeter::new());
		assert_eq!(end, Ok(None));
		assert_eq!(MintOfErc20::<Test>::iter_values().filter(|mint| *mint == new).count(), 1);
		check_invariants();
	});
}
