// SPDX-License-Identifier: Apache-2.0
//! What the calls cost, each in its worst case.
//!
//! Common to all: the token has the longest texts, a receiver has never been seen before (its account
//! comes into being and its addresses are indexed), and balances and allowances move in or out of
//! storage.

#![allow(clippy::unwrap_used)]

use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	migrations::SteppedMigration,
	traits::{fungible::Mutate, StorageVersion},
	weights::WeightMeter,
};
use frame_system::{Pallet as System, RawOrigin};
use sp_runtime::AccountId32;
use unum_address::erc20_address;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{Endow, TokenAuthority, TokenLedger};

use crate::{
	migrations::v2::IndexErc20Addresses, Allowances, Call, Config, MintOfErc20, Mints, Pallet,
	WeightInfo,
};

const SALT: [u8; 32] = [1; 32];
const SUPPLY: LedgerAmount = LedgerAmount::new(1_000_000);

impl<T: Config> Endow for Pallet<T> {
	fn endow(owner: IdCom, amount: LedgerAmount) {
		T::Currency::mint_into(&owner.into(), amount.get()).unwrap();
	}
}

fn who(n: u8) -> AccountId32 {
	AccountId32::from([n; 32])
}

/// The creator of the token, who has both authorities over it.
fn creator() -> AccountId32 {
	who(1)
}

/// Has all of it.
fn owner() -> AccountId32 {
	who(2)
}

/// May move what the owner has.
fn spender() -> AccountId32 {
	who(3)
}

/// Has never been seen.
fn stranger() -> IdCom {
	IdCom::from([4; 32])
}

/// A name and a symbol with as many bytes, and as many characters to check, as are allowed.
fn longest_texts() -> (Vec<u8>, Vec<u8>) {
	(vec![b'n'; 64], vec![b's'; 16])
}

/// Makes the token.
fn token<T: Config>() -> MintId {
	// Movements are noted by the extrinsic at hand.
	System::<T>::set_extrinsic_index(0);
	let (name, symbol) = longest_texts();
	let authority = Some(IdCom::from(creator()));
	let origin = RawOrigin::Signed(creator()).into();
	Pallet::<T>::create_mint(origin, SALT, 18, Some(9), name, symbol, authority, authority)
		.unwrap();
	let mint = MintId::derive(creator().into(), SALT);
	let origin = RawOrigin::Signed(creator()).into();
	Pallet::<T>::mint_to(origin, mint, owner().into(), SUPPLY).unwrap();
	mint
}

/// Makes the token, and lets the spender move all of it.
fn token_with_allowance<T: Config>() -> MintId {
	let mint = token::<T>();
	let origin = RawOrigin::Signed(owner()).into();
	Pallet::<T>::approve(origin, mint, spender().into(), SUPPLY).unwrap();
	mint
}

fn balance<T: Config>(mint: MintId, owner: IdCom) -> LedgerAmount {
	Pallet::<T>::balance_of(mint, owner)
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_mint() {
		let (name, symbol) = longest_texts();
		let authority = Some(IdCom::from(creator()));

		#[extrinsic_call]
		_(RawOrigin::Signed(creator()), SALT, 18, Some(9), name, symbol, authority, authority);

		assert!(Mints::<T>::contains_key(MintId::derive(creator().into(), SALT)));
	}

	#[benchmark]
	fn mint_to() {
		let mint = token::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(creator()), mint, stranger(), SUPPLY);

		assert_eq!(balance::<T>(mint, stranger()), SUPPLY);
	}

	/// All that the owner has, so that its balance leaves storage.
	#[benchmark]
	fn burn() {
		let mint = token::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner()), mint, SUPPLY);

		assert_eq!(Pallet::<T>::total_supply(mint), Some(LedgerAmount::ZERO));
	}

	/// All that the owner has.
	#[benchmark]
	fn transfer() {
		let mint = token::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner()), mint, stranger(), SUPPLY);

		assert_eq!(balance::<T>(mint, stranger()), SUPPLY);
		assert_eq!(balance::<T>(mint, owner().into()), LedgerAmount::ZERO);
	}

	#[benchmark]
	fn approve() {
		let mint = token::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner()), mint, stranger(), SUPPLY);

		assert_eq!(Allowances::<T>::get((mint, IdCom::from(owner()), stranger())), SUPPLY);
	}

	/// All that the owner has and allows.
	#[benchmark]
	fn transfer_from() {
		let mint = token_with_allowance::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(spender()), mint, owner().into(), stranger(), SUPPLY);

		assert_eq!(balance::<T>(mint, stranger()), SUPPLY);
		let key = (mint, IdCom::from(owner()), IdCom::from(spender()));
		assert!(!Allowances::<T>::contains_key(key));
	}

	#[benchmark]
	fn set_metadata() {
		let mint = token::<T>();
		let (mut name, symbol) = longest_texts();
		name.fill(b'm');

		#[extrinsic_call]
		_(RawOrigin::Signed(creator()), mint, name.clone(), symbol);

		assert_eq!(Mints::<T>::get(mint).unwrap().name.as_str().as_bytes(), name);
	}

	/// To freeze; to thaw writes as much.
	#[benchmark]
	fn set_frozen() {
		let mint = token::<T>();

		#[extrinsic_call]
		freeze(RawOrigin::Signed(creator()), mint, owner().into());

		assert!(Pallet::<T>::holding(mint, owner().into()).frozen);
	}

	#[benchmark]
	fn set_authority() {
		let mint = token::<T>();
		let which = TokenAuthority::Freeze;

		#[extrinsic_call]
		_(RawOrigin::Signed(creator()), mint, which, Some(stranger()));

		assert_eq!(Mints::<T>::get(mint).unwrap().authority(which), Some(stranger()));
	}

	/// All that the owner has and allows.
	#[benchmark]
	fn burn_from() {
		let mint = token_with_allowance::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(spender()), mint, owner().into(), SUPPLY);

		assert_eq!(Pallet::<T>::total_supply(mint), Some(LedgerAmount::ZERO));
		let key = (mint, IdCom::from(owner()), IdCom::from(spender()));
		assert!(!Allowances::<T>::contains_key(key));
	}

	/// One step of the migration to version 2, behind another that is done: one token gets its entry.
	#[benchmark]
	fn index_mint() {
		token::<T>();
		let (name, symbol) = longest_texts();
		let origin = RawOrigin::Signed(creator()).into();
		Pallet::<T>::create_mint(origin, [2; 32], 18, None, name, symbol, None, None).unwrap();
		let mut mints = Mints::<T>::iter_keys();
		let (first, second) = (mints.next().unwrap(), mints.next().unwrap());
		MintOfErc20::<T>::remove(erc20_address(second));
		StorageVersion::new(1).put::<Pallet<T>>();
		let mut meter = WeightMeter::with_limit(T::WeightInfo::index_mint());

		#[block]
		{
			IndexErc20Addresses::<T>::step(Some(first), &mut meter).unwrap();
		}

		assert_eq!(MintOfErc20::<T>::get(erc20_address(second)), Some(second));
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::chain(), crate::tests::Test);
}
