// SPDX-License-Identifier: Apache-2.0
//! What the registry's work costs, each part of it in its worst case.
//!
//! Wallets are Ethereum's: the recovery of a secp256k1 key is the dearest of the proofs of bindings.
//! Whoever acts signs with ML-DSA-44, the dearest of the schemes of authentication. The benchmarks that
//! are marked `extra` measure the others, and say so (`unum benchmark pallet --extra`).

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

use alloc::{boxed::Box, string::String, vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{pallet_prelude::TransactionSource, traits::OnNewAccount};
use frame_system::{Pallet as System, RawOrigin};
use sp_runtime::AccountId32;
use unum_address::{Address, BtcScript, VmKind};
use unum_id_com::{IdCom, MintId};
use unum_signature::{
	binding::EvmSigner, schemes::ml_dsa_44, AuthKey, AuthSignature, BindingProof, ML_DSA_44_CONTEXT,
};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{
	Asset, Endow, IdentityControl, IdentityRegistry, TokenAuthority, TokenInfo, TokenLedger,
	UnifiedLedger,
};

use crate::{
	AuthKeys, Authority, Authorization, BindingCount, Bindings, Call, Config, OwnAddress, Owners,
	Pallet, Primary, MAX_AUTH_KEYS, MAX_SWEPT_MINTS,
};

/// Enough for any fee, and for what is moved.
const COINS: LedgerAmount = LedgerAmount::new(1_000_000_000_000_000_000_000);

/// Whose wallets are bound, and who acts.
fn owner() -> IdCom {
	IdCom::from([1; 32])
}

/// Has never been seen.
fn stranger() -> IdCom {
	IdCom::from([2; 32])
}

fn signed(id: IdCom) -> RawOrigin<AccountId32> {
	RawOrigin::Signed(id.into())
}

/// A wallet of Ethereum.
struct Wallet(EvmSigner);

impl Wallet {
	fn new(n: u8) -> Self {
		Self(EvmSigner::from_secret(&[n; 32]).unwrap())
	}

	fn address(&self) -> Address {
		Address::Evm(self.0.address())
	}

	/// Its own identity.
	fn identity(&self) -> IdCom {
		self.address().unbound_id_com()
	}

	/// Agrees to be bound to `id` now.
	fn agree<T: Config>(&self, id: IdCom) -> BindingProof {
		self.0.sign(&Pallet::<T>::binding_statement(id, &self.address())).unwrap()
	}

	/// Agrees, and is bound.
	fn bind<T: Config>(&self, id: IdCom) {
		<Pallet<T> as IdentityControl>::bind(id, &self.address(), &self.agree::<T>(id)).unwrap();
	}
}

/// Makes a token with the longest texts, all of which is the wallet's, as are the authorities over it.
fn token_of<T: Config>(wallet: &Wallet, n: u32) -> MintId {
	let mut bytes = [3; 32];
	bytes[..4].copy_from_slice(&n.to_le_bytes());
	let (mint, identity) = (MintId::from(bytes), wallet.identity());
	let info = TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: Decimals::new(18).unwrap(),
		svm_decimals: Decimals::new(9).unwrap(),
		name: String::from_utf8(vec![b'n'; 64]).unwrap(),
		symbol: String::from_utf8(vec![b's'; 16]).unwrap(),
		mint_authority: Some(identity),
		freeze_authority: Some(identity),
	};
	T::Ledger::create_token(mint, info).unwrap();
	let amount = LedgerAmount::new(1_000_000);
	T::Ledger::mint_to(mint, identity, identity, amount).unwrap();
	mint
}

/// The longest address that there is.
fn longest_address() -> Address {
	Address::Bvm(BtcScript::new(vec![7; 10_000]).unwrap())
}

/// Different keys, of the scheme whose check is the dearest.
fn keys(count: u32) -> Vec<AuthKey> {
	let key = |n: u32| {
		let signer = EvmSigner::from_secret(&[n as u8 + 1; 32]).unwrap();
		AuthKey::Secp256k1(signer.public_key().to_compressed())
	};
	(0..count).map(key).collect()
}

/// A call that does nothing.
fn nothing<T: Config>() -> <T as frame_system::Config>::RuntimeCall {
	frame_system::Call::<T>::remark { remark: vec![] }.into()
}

/// The owner has as many keys as it may, and authorizes a call by the last, of ML-DSA-44.
fn authorization<T: Config>(call: &<T as frame_system::Config>::RuntimeCall) -> Box<Authorization> {
	let signer = ml_dsa_44::SigningKey::from_seed(&[7; 32]);
	let key = AuthKey::of_ml_dsa_44(&signer.public_key()).unwrap();
	let mut all = keys(MAX_AUTH_KEYS - 1);
	all.push(key);
	<Pallet<T> as IdentityControl>::set_auth_keys(owner(), all).unwrap();
	let signature = |bytes: Vec<u8>| AuthSignature::MlDsa44 {
		public_key: signer.public_key().to_vec().try_into().unwrap(),
		signature: bytes.try_into().unwrap(),
	};
	let mut authorization = Authorization {
		id_com: owner(),
		nonce: 0,
		valid_until: Some(u32::MAX),
		tip: 1,
		authority: Authority::Key { key, signature: signature(vec![]) },
	};
	let message = Pallet::<T>::message_to_authorize(&authorization, call);
	let bytes = signer.sign(&message, ML_DSA_44_CONTEXT).unwrap().to_vec();
	authorization.authority = Authority::Key { key, signature: signature(bytes) };
	Box::new(authorization)
}

fn coins<T: Config>(id: IdCom) -> LedgerAmount {
	T::Ledger::spendable(Asset::Native, id).unwrap()
}

#[benchmarks(where T::Ledger: Endow)]
mod benchmarks {
	use super::*;

	/// A wallet that has never been seen: the account of its own identity comes into being, and its
	/// addresses are indexed. That costs more than to move the coins of one that has an account.
	#[benchmark]
	fn bind() {
		T::Ledger::endow(owner(), COINS);
		let wallet = Wallet::new(1);
		let proof = Box::new(wallet.agree::<T>(owner()));

		#[extrinsic_call]
		_(signed(owner()), wallet.address(), proof);

		assert_eq!(Pallet::<T>::resolve(&wallet.address()), owner());
		assert_eq!(Primary::<T>::get(owner(), VmKind::EVM), Some(wallet.address()));
	}

	/// The other case: a wallet that was paid before it was seen.
	#[benchmark(extra)]
	fn bind_with_coins() {
		T::Ledger::endow(owner(), COINS);
		let wallet = Wallet::new(1);
		T::Ledger::endow(wallet.identity(), COINS);
		let proof = Box::new(wallet.agree::<T>(owner()));

		#[extrinsic_call]
		bind(signed(owner()), wallet.address(), proof);

		assert_eq!(coins::<T>(wallet.identity()), LedgerAmount::ZERO);
	}

	/// The only binding, which is also the primary address.
	#[benchmark]
	fn unbind() {
		T::Ledger::endow(owner(), COINS);
		let wallet = Wallet::new(1);
		wallet.bind::<T>(owner());

		#[extrinsic_call]
		_(signed(owner()), wallet.address());

		assert_eq!(BindingCount::<T>::get(owner()), 0);
		assert!(!Bindings::<T>::contains_key(owner(), wallet.address()));
		assert_eq!(Pallet::<T>::resolve(&wallet.address()), wallet.identity());
	}

	/// Coins, and of each token all there is and both authorities. The owner has had none of them.
	#[benchmark]
	fn sweep(m: Linear<0, MAX_SWEPT_MINTS>) {
		// Movements are noted by the extrinsic at hand.
		System::<T>::set_extrinsic_index(0);
		T::Ledger::endow(owner(), COINS);
		let wallet = Wallet::new(1);
		wallet.bind::<T>(owner());
		T::Ledger::endow(wallet.identity(), COINS);
		let mints: Vec<_> = (0..m).map(|n| token_of::<T>(&wallet, n)).collect();

		#[extrinsic_call]
		_(signed(stranger()), wallet.address(), mints.clone().try_into().unwrap());

		assert_eq!(coins::<T>(wallet.identity()), LedgerAmount::ZERO);
		for mint in mints {
			assert!(T::Ledger::holding(mint, wallet.identity()).amount.is_zero());
			let token = T::Ledger::token(mint).unwrap();
			assert_eq!(token.authority(TokenAuthority::Freeze), Some(owner()));
		}
	}

	/// Another address than the default, which is that of a wallet: an identity that came from a wallet
	/// has bound another one.
	#[benchmark]
	fn set_primary() {
		let (first, second) = (Wallet::new(1), Wallet::new(2));
		let id = Pallet::<T>::see_wallet(&first.address());
		T::Ledger::endow(id, COINS);
		second.bind::<T>(id);

		#[extrinsic_call]
		_(signed(id), second.address());

		assert_eq!(Primary::<T>::get(id, VmKind::EVM), Some(second.address()));
	}

	#[benchmark]
	fn set_auth_keys(k: Linear<0, MAX_AUTH_KEYS>) {
		T::Ledger::endow(owner(), COINS);
		<Pallet<T> as IdentityControl>::set_auth_keys(owner(), keys(1)).unwrap();
		let keys = keys(k);

		#[extrinsic_call]
		_(signed(owner()), keys.clone());

		assert_eq!(AuthKeys::<T>::get(owner()).into_inner(), keys);
	}

	/// In a block: the payment is tried out.
	#[benchmark]
	fn authorize() {
		T::Ledger::endow(owner(), COINS);
		let call = nothing::<T>();
		let authorization = authorization::<T>(&call);
		let result;

		#[block]
		{
			result =
				Pallet::<T>::authorize_act_as(TransactionSource::InBlock, &authorization, &call);
		}

		assert!(result.is_ok());
	}

	/// A call that does nothing, by somebody who has never sent anything.
	#[benchmark]
	fn act_as() {
		// Receipts are noted by the extrinsic at hand.
		System::<T>::set_extrinsic_index(0);
		T::Ledger::endow(owner(), COINS);
		let call = nothing::<T>();
		let authorization = authorization::<T>(&call);

		#[extrinsic_call]
		_(RawOrigin::Authorized, authorization, Box::new(call));

		assert_eq!(System::<T>::account_nonce(AccountId32::from(owner())), 1u32.into());
		assert_eq!(System::<T>::sufficients(&owner().into()), 1);
	}

	#[benchmark]
	fn first_sight() {
		let who = AccountId32::from(stranger());

		#[block]
		{
			Pallet::<T>::on_new_account(&who);
		}

		let address = Address::derive(stranger(), VmKind::EVM).unwrap();
		assert_eq!(Owners::<T>::get(address), Some(stranger()));
	}

	/// Somebody who has no account.
	#[benchmark]
	fn retain() {
		#[block]
		{
			Pallet::<T>::retain(stranger());
		}

		assert_eq!(System::<T>::sufficients(&stranger().into()), 1);
	}

	/// A wallet with the longest address that there is.
	#[benchmark]
	fn see_wallet() {
		let address = longest_address();
		let id;

		#[block]
		{
			id = Pallet::<T>::see_wallet(&address);
		}

		assert_eq!(OwnAddress::<T>::get(id), Some(address));
	}

	/// The longest address that there is, of which nobody is known.
	#[benchmark]
	fn resolve() {
		let address = longest_address();
		let id;

		#[block]
		{
			id = Pallet::<T>::resolve(&address);
		}

		assert_eq!(id, address.unbound_id_com());
	}

	/// Checks keys and verifies signatures of the schemes that are not the dearest.
	#[benchmark(extra)]
	fn verify_secp256k1() {
		let wallet = Wallet::new(1);
		let statement = Pallet::<T>::binding_statement(owner(), &wallet.address());
		let proof = wallet.agree::<T>(owner());

		#[block]
		{
			unum_signature::verify_binding(&statement, &proof).unwrap();
		}
	}

	/// The dearest scheme of authentication, by itself.
	#[benchmark(extra)]
	fn verify_ml_dsa_44() {
		let signer = ml_dsa_44::SigningKey::from_seed(&[7; 32]);
		let public_key = signer.public_key();
		let signature = signer.sign(&[1; 128], ML_DSA_44_CONTEXT).unwrap();

		#[block]
		{
			ml_dsa_44::verify(&public_key, &[1; 128], ML_DSA_44_CONTEXT, &signature).unwrap();
		}
	}

	/// A key of Ed25519 and one of sr25519 are checked: the base points of both groups.
	#[benchmark(extra)]
	fn check_25519() {
		let mut edwards = [0x66; 32];
		edwards[0] = 0x58;
		let ristretto = AuthKey::Sr25519(RISTRETTO_BASE);

		#[block]
		{
			AuthKey::Ed25519(edwards).check().unwrap();
			ristretto.check().unwrap();
		}
	}

	/// A key of secp256k1 is checked.
	#[benchmark(extra)]
	fn check_secp256k1() {
		let keys = keys(1);

		#[block]
		{
			keys.iter().for_each(|key| key.check().unwrap());
		}
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::chain(), crate::tests::Test);
}

/// The base point of Ristretto (RFC 9496).
const RISTRETTO_BASE: [u8; 32] = [
	0xe2, 0xf2, 0xae, 0x0a, 0x6a, 0xbc, 0x4e, 0x71, 0xa8, 0x84, 0xa9, 0x61, 0xc5, 0x00, 0x51, 0x5f,
	0x58, 0xe3, 0x0b, 0x6a, 0xa5, 0x82, 0xdd, 0x8d, 0xb6, 0xa6, 0x59, 0x45, 0xe0, 0x8d, 0x2d, 0x76,
];
