// SPDX-License-Identifier: Apache-2.0
//! The native engine on the in-memory host.

use ed25519_dalek::{Signer, SigningKey};
use sp_weights::Weight;
use unum_address::Address;
use unum_id_com::{IdCom, MintId};
use unum_native_engine::{NativeCall, NativeCosts, NativeEngine, NativeFailure};
use unum_signature::{AuthKey, BindingError, BindingProof, BindingStatement, SignatureError};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::{
		engine::{context, Fixture},
		MemoryHost, GENESIS,
	},
	engine_conformance, Asset, Fate, IdentityControlHost, IdentityError, IdentityHost, LedgerError,
	Meter, VmEngine,
};

struct Costs;

impl NativeCosts for Costs {
	fn transfer_native() -> Weight {
		Weight::from_parts(100, 10)
	}

	fn transfer_token() -> Weight {
		Weight::from_parts(200, 20)
	}

	fn create_account() -> Weight {
		Weight::from_parts(300, 30)
	}

	fn set_auth_keys(keys: u32) -> Weight {
		Weight::from_parts(10, 1).saturating_mul(keys.into())
	}

	fn bind_address() -> Weight {
		Weight::from_parts(400, 40)
	}

	fn first_sight() -> Weight {
		Weight::from_parts(60, 6)
	}
}

type Engine = NativeEngine<Costs>;

const RICH: [u8; 32] = [1; 32];
const POOR: [u8; 32] = [2; 32];
const FULL: [u8; 32] = [3; 32];
const NOBODY: [u8; 32] = [4; 32];
const MINT: [u8; 32] = [5; 32];

fn id(bytes: [u8; 32]) -> IdCom {
	IdCom::from(bytes)
}

fn transfer(asset: Option<[u8; 32]>, to: [u8; 32], amount: u128) -> NativeCall {
	let asset = asset.map(MintId::from);
	NativeCall::Transfer { asset, to: id(to), amount: LedgerAmount::new(amount) }
}

fn create(who: [u8; 32], amount: u128) -> NativeCall {
	NativeCall::CreateAccount { id_com: id(who), amount: LedgerAmount::new(amount) }
}

fn auth_key(n: u8) -> AuthKey {
	AuthKey::Ed25519(solana_wallet(n).verifying_key().to_bytes())
}

fn solana_wallet(n: u8) -> SigningKey {
	SigningKey::from_bytes(&[n; 32])
}

/// Binds a Solana wallet, by its agreement to be bound to `owner`.
fn bind(n: u8, owner: [u8; 32]) -> NativeCall {
	let wallet = solana_wallet(n);
	let address = Address::Svm(wallet.verifying_key().to_bytes().into());
	let statement = BindingStatement {
		genesis: GENESIS,
		id_com: id(owner),
		address: address.clone(),
		nonce: 0,
	};
	let signature = wallet.sign(statement.message().as_bytes()).to_bytes();
	NativeCall::BindAddress { address, proof: Box::new(BindingProof::Svm { signature }) }
}

struct OnMemory;

impl Fixture for OnMemory {
	type Engine = Engine;
	type Host = MemoryHost;
	type State = MemoryHost;

	fn with_host<R>(test: impl FnOnce(&mut MemoryHost) -> R) -> R {
		let mut host = MemoryHost::default();
		let token = Asset::Token(MintId::from(MINT));
		host.add_mint(MintId::from(MINT));
		for asset in [Asset::Native, token] {
			host.set_balance(asset, id(RICH), LedgerAmount::new(1_000));
			host.set_balance(asset, id(FULL), LedgerAmount::new(u128::MAX));
		}
		host.retain(id(POOR));
		host.set_auth_keys(id(RICH), vec![auth_key(1)]).unwrap();
		test(&mut host)
	}

	fn state(host: &MemoryHost) -> MemoryHost {
		host.clone()
	}

	fn undo_unless_some<R>(
		host: &mut MemoryHost,
		call: impl FnOnce(&mut MemoryHost) -> Option<R>,
	) -> Option<R> {
		let before = host.clone();
		let result = call(host);
		if result.is_none() {
			*host = before;
		}
		result
	}

	fn succeeding() -> Vec<(IdCom, NativeCall)> {
		[
			transfer(None, POOR, 1_000),
			transfer(None, NOBODY, 1),
			transfer(None, RICH, 1_000),
			transfer(None, POOR, 0),
			transfer(Some(MINT), POOR, 1_000),
			transfer(Some(MINT), NOBODY, 1),
			create(NOBODY, 0),
			create(NOBODY, 1_000),
			NativeCall::SetAuthKey { key: Some(auth_key(2)) },
			NativeCall::SetAuthKey { key: None },
			NativeCall::AddAuthKey { key: auth_key(2) },
			bind(1, RICH),
		]
		.map(|call| (id(RICH), call))
		.into()
	}

	fn failing() -> Vec<(IdCom, NativeCall)> {
		[
			transfer(None, POOR, 1_001),
			transfer(None, POOR, u128::MAX),
			transfer(None, FULL, 1),
			transfer(Some(MINT), POOR, 1_001),
			transfer(Some(MINT), FULL, 1),
			transfer(Some(NOBODY), POOR, 0),
			create(POOR, 0),
			create(RICH, 1),
			create(NOBODY, 1_001),
			NativeCall::SetAuthKey { key: Some(AuthKey::Secp256k1([0; 33])) },
			NativeCall::AddAuthKey { key: auth_key(1) },
			bind(1, POOR),
			NativeCall::BindAddress {
				address: Address::Native(id(POOR)),
				proof: Box::new(BindingProof::Svm { signature: [0; 64] }),
			},
		]
		.map(|call| (id(RICH), call))
		.into()
	}
}

engine_conformance!(on_memory, OnMemory);

fn failure(sender: [u8; 32], call: NativeCall) -> Option<NativeFailure> {
	OnMemory::with_host(|host| {
		let mut meter = Meter::new(Weight::MAX);
		let outcome = Engine::execute(host, &context(id(sender)), &call, &mut meter).unwrap();
		match outcome.fate {
			Fate::Success => None,
			Fate::Reverted(failure) => Some(failure),
			other => panic!("{other:?}"),
		}
	})
}

#[test]
fn each_cause_has_its_own_failure_with_its_numbers() {
	let available = LedgerAmount::new(1_000);
	let needed = LedgerAmount::new(1_001);
	let short = |asset| LedgerError::InsufficientBalance { asset, available, needed };
	let token = Asset::Token(MintId::from(MINT));
	for (call, expected) in [
		(transfer(None, POOR, 1_001), NativeFailure::Ledger(short(Asset::Native))),
		(transfer(Some(MINT), POOR, 1_001), NativeFailure::Ledger(short(token))),
		(transfer(None, FULL, 1), NativeFailure::Ledger(LedgerError::Overflow(Asset::Native))),
		(
			transfer(Some(NOBODY), POOR, 1),
			NativeFailure::Ledger(LedgerError::UnknownMint(MintId::from(NOBODY))),
		),
		(create(POOR, 0), NativeFailure::AccountExists(id(POOR))),
		(create(NOBODY, 1_001), NativeFailure::Ledger(short(Asset::Native))),
		(
			NativeCall::AddAuthKey { key: auth_key(1) },
			NativeFailure::Identity(IdentityError::AuthKeyExists),
		),
		(
			bind(1, POOR),
			NativeFailure::Identity(IdentityError::Proof(BindingError::Signature(
				SignatureError::Mismatch,
			))),
		),
	] {
		assert_eq!(failure(RICH, call.clone()), Some(expected), "{call:?}");
	}
}

#[test]
fn creating_an_account_pays_it_and_names_it() {
	OnMemory::with_host(|host| {
		let mut meter = Meter::new(Weight::MAX);
		let call = create(NOBODY, 400);
		let outcome = Engine::execute(host, &context(id(RICH)), &call, &mut meter).unwrap();
		assert_eq!(outcome.created, [unum_address::Address::Native(id(NOBODY))]);
		assert!(host.exists(id(NOBODY)));
		assert_eq!(meter.used(), Costs::create_account());
	});
}

#[test]
fn keys_are_added_replaced_and_taken_away() {
	OnMemory::with_host(|host| {
		let mut run = |call| {
			let mut meter = Meter::new(Weight::MAX);
			let outcome = Engine::execute(host, &context(id(RICH)), &call, &mut meter).unwrap();
			assert_eq!(outcome.fate, Fate::Success);
			host.auth_keys(id(RICH))
		};
		assert_eq!(run(NativeCall::AddAuthKey { key: auth_key(2) }), [auth_key(1), auth_key(2)]);
		assert_eq!(run(NativeCall::SetAuthKey { key: Some(auth_key(3)) }), [auth_key(3)]);
		assert_eq!(run(NativeCall::SetAuthKey { key: None }), []);
	});
}

#[test]
fn a_bound_wallet_belongs_to_who_bound_it() {
	OnMemory::with_host(|host| {
		let call = bind(1, RICH);
		let NativeCall::BindAddress { address, .. } = &call else { unreachable!() };
		let mut meter = Meter::new(Weight::MAX);
		Engine::execute(host, &context(id(RICH)), &call, &mut meter).unwrap();
		assert_eq!(host.resolve(address), id(RICH));
		assert_eq!(
			failure(
				RICH,
				NativeCall::BindAddress {
					address: Address::Native(id(RICH)),
					proof: Box::new(BindingProof::Svm { signature: [0; 64] }),
				}
			),
			Some(NativeFailure::Identity(IdentityError::NativeAddress))
		);
	});
}
