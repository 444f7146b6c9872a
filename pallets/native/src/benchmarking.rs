// SPDX-License-Identifier: Apache-2.0
//! What the operations of the native VM cost, each in its worst case.
//!
//! Measured is what the engine does; what the dispatcher does around it has weights of its own.
//! A receiver has never been seen before: its account comes into being and its addresses are indexed.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

extern crate alloc;

use alloc::{boxed::Box, string::String, vec::Vec};
use frame_benchmarking::v2::*;
use frame_system::Pallet as System;
use unum_address::Address;
use unum_id_com::{IdCom, MintId};
use unum_native_engine::{NativeCall, NativeFailure};
use unum_signature::{binding::EvmSigner, AuthKey, BindingStatement};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{
	limits::MAX_AUTH_KEYS, Asset, BlockEnv, CallContext, Endow, Fate, IdentityControl, Meter,
	MountedEngine, Outcome, TokenInfo, TokenLedger, UnifiedLedger, VmEngine,
};

use crate::{Config, Pallet};

const COINS: LedgerAmount = LedgerAmount::new(1_000_000_000_000_000_000);

fn sender() -> IdCom {
	IdCom::from([1; 32])
}

/// Has never been seen.
fn stranger() -> IdCom {
	IdCom::from([2; 32])
}

/// Gives the sender coins.
fn fund<T: Config>()
where
	T::Ledger: Endow,
{
	// Movements are noted by the extrinsic at hand.
	System::<T>::set_extrinsic_index(0);
	T::Ledger::endow(sender(), COINS);
}

/// Makes a token, all of which is the sender's.
fn token<T: Config>() -> MintId
where
	T::Ledger: TokenLedger,
{
	let mint = MintId::from([3; 32]);
	let info = TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: Decimals::new(18).unwrap(),
		svm_decimals: Decimals::new(9).unwrap(),
		name: String::from_utf8([b'n'; 64].to_vec()).unwrap(),
		symbol: String::from_utf8([b's'; 16].to_vec()).unwrap(),
		mint_authority: Some(sender()),
		freeze_authority: Some(sender()),
	};
	T::Ledger::create_token(mint, info).unwrap();
	T::Ledger::mint_to(mint, sender(), sender(), COINS).unwrap();
	mint
}

/// Different keys of the scheme whose check is the dearest.
fn keys(count: u32) -> Vec<AuthKey> {
	let key = |n: u32| {
		let signer = EvmSigner::from_secret(&[n as u8 + 1; 32]).unwrap();
		AuthKey::Secp256k1(signer.public_key().to_compressed())
	};
	(0..count).map(key).collect()
}

/// Runs an operation of the sender.
fn run<T: Config>(call: &NativeCall) -> Outcome<NativeFailure> {
	let block = BlockEnv {
		number: 1,
		parent_hash: Default::default(),
		timestamp_ms: 0,
		genesis_hash: Default::default(),
	};
	let context =
		CallContext { sender: sender(), transaction_hash: Default::default(), tag: None, block };
	let mut host = Pallet::<T>::host();
	let mut meter = Meter::new(frame_support::weights::Weight::MAX);
	<Pallet<T> as MountedEngine>::Engine::execute(&mut host, &context, call, &mut meter).unwrap()
}

fn coins<T: Config>(who: IdCom) -> LedgerAmount {
	T::Ledger::spendable(Asset::Native, who).unwrap()
}

#[benchmarks(where T::Ledger: TokenLedger + Endow, T::Hash: Into<sp_core::H256>)]
mod benchmarks {
	use super::*;

	/// All that the sender has.
	#[benchmark]
	fn transfer_native() {
		fund::<T>();
		let call = NativeCall::Transfer { asset: None, to: stranger(), amount: COINS };
		let outcome;

		#[block]
		{
			outcome = run::<T>(&call);
		}

		assert_eq!(outcome.fate, Fate::Success);
		assert_eq!(coins::<T>(stranger()), COINS);
	}

	/// All that the sender has.
	#[benchmark]
	fn transfer_token() {
		fund::<T>();
		let mint = token::<T>();
		let call = NativeCall::Transfer { asset: Some(mint), to: stranger(), amount: COINS };
		let outcome;

		#[block]
		{
			outcome = run::<T>(&call);
		}

		assert_eq!(outcome.fate, Fate::Success);
		assert_eq!(T::Ledger::holding(mint, stranger()).amount, COINS);
	}

	/// With all that the sender has.
	#[benchmark]
	fn create_account() {
		fund::<T>();
		let call = NativeCall::CreateAccount { id_com: stranger(), amount: COINS };
		let outcome;

		#[block]
		{
			outcome = run::<T>(&call);
		}

		assert_eq!(outcome.fate, Fate::Success);
		assert_eq!(coins::<T>(stranger()), COINS);
	}

	/// The sender has all keys but one, which is added: all are checked.
	#[benchmark]
	fn set_auth_keys(k: Linear<1, MAX_AUTH_KEYS>) {
		fund::<T>();
		let mut all = keys(k);
		let key = all.pop().unwrap();
		T::Identity::set_auth_keys(sender(), all).unwrap();
		let call = NativeCall::AddAuthKey { key };
		let outcome;

		#[block]
		{
			outcome = run::<T>(&call);
		}

		assert_eq!(outcome.fate, Fate::Success);
		assert_eq!(T::Identity::auth_keys(sender()).len(), k as usize);
	}

	/// A wallet that has never been seen, and whose proof is of the dearest scheme.
	#[benchmark]
	fn bind_address() {
		fund::<T>();
		let wallet = EvmSigner::from_secret(&[9; 32]).unwrap();
		let address = Address::Evm(wallet.address());
		let genesis: sp_core::H256 =
			System::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::from(0u32))
				.into();
		let statement = BindingStatement {
			genesis: genesis.0,
			id_com: sender(),
			address: address.clone(),
			nonce: 0,
		};
		let proof = Box::new(wallet.sign(&statement).unwrap());
		let call = NativeCall::BindAddress { address: address.clone(), proof };
		let outcome;

		#[block]
		{
			outcome = run::<T>(&call);
		}

		assert_eq!(outcome.fate, Fate::Success);
		use unum_vm_engine::IdentityRegistry;
		assert_eq!(T::Identity::resolve(&address), sender());
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::chain(), crate::tests::Test);
}
