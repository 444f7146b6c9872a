// SPDX-License-Identifier: Apache-2.0
//! The native VM on the chain's own ledger and identities: the host obeys the host rules and the
//! engine the engine rules, in a small runtime.

use ed25519_dalek::{Signer, SigningKey};
use frame_support::{
	derive_impl,
	traits::{ConstU128, Nothing},
};
use sp_runtime::{traits::IdentityLookup, AccountId32, BuildStorage, StateVersion};
use unum_address::Address;
use unum_id_com::{IdCom as Id, MintId};
use unum_native_engine::NativeCall;
use unum_signature::{AuthKey, BindingProof, BindingStatement};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::{
		engine::Fixture,
		host::{POOR, RICH},
		GENESIS,
	},
	engine_conformance, host_conformance, Asset, ChainHost, MountedEngine,
};

/// What Rich begins with, of the native coin and of the token.
const START: u128 = 1_000_000;
/// Creates the token.
const ISSUER: [u8; 32] = [0x33; 32];
const SALT: [u8; 32] = [0x44; 32];

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type IdCom = pallet_id_com::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type UnifiedTokens = pallet_unified_tokens::Pallet<Test>;
	#[runtime::pallet_index(4)]
	pub type Native = crate::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountId = AccountId32;
	type Lookup = IdentityLookup<AccountId32>;
	type AccountData = pallet_balances::AccountData<u128>;
	type OnNewAccount = IdCom;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

impl pallet_id_com::Config for Test {
	type Ledger = UnifiedTokens;
	type OnShown = ();
	type ReservedAddresses = Nothing;
	type Fees = ();
	type WeightInfo = ();
}

impl pallet_unified_tokens::Config for Test {
	type Currency = Balances;
	type Identity = IdCom;
	type OnMovement = ();
	type WeightInfo = ();
}

impl crate::Config for Test {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type WeightInfo = ();
}

type Host = ChainHost<UnifiedTokens, IdCom>;

fn mint() -> MintId {
	MintId::derive(Id::from(ISSUER), SALT)
}

/// A chain where Rich has coins and tokens.
pub(crate) fn chain() -> sp_io::TestExternalities {
	let storage = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: [RICH, ISSUER].map(|who| (who.into(), START)).into(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.unwrap();
	let mut chain = sp_io::TestExternalities::from(storage);
	chain.execute_with(|| {
		frame_system::BlockHash::<Test>::insert(0, sp_core::H256(GENESIS));
		let issuer = RuntimeOrigin::signed(ISSUER.into());
		let text = |text: &str| text.as_bytes().to_vec();
		UnifiedTokens::create_mint(
			issuer.clone(),
			SALT,
			6,
			None,
			text("Token"),
			text("TKN"),
			None,
			None,
		)
		.unwrap();
		UnifiedTokens::mint_to(issuer, mint(), Id::from(RICH), LedgerAmount::new(START)).unwrap();
	});
	chain
}

/// Runs a test in that chain, and checks the invariants after it.
fn with_chain<R>(test: impl FnOnce(&mut Host) -> R) -> R {
	chain().execute_with(|| {
		let result = test(&mut <Native as MountedEngine>::host());
		assert_eq!(IdCom::do_try_state(), Ok(()));
		assert!(UnifiedTokens::do_try_state().is_ok());
		result
	})
}

host_conformance!(
	the_chain_is_a_host,
	assets: [Asset::Native, Asset::Token(mint())],
	with: |test: &mut dyn FnMut(&mut Host)| with_chain(|host| test(host))
);

fn wallet(n: u8) -> SigningKey {
	SigningKey::from_bytes(&[n; 32])
}

fn auth_key(n: u8) -> AuthKey {
	AuthKey::Ed25519(wallet(n).verifying_key().to_bytes())
}

/// Binds a Solana wallet, by its agreement to be bound to `owner`.
fn bind(owner: [u8; 32]) -> NativeCall {
	let address = Address::Svm(wallet(2).verifying_key().to_bytes().into());
	let statement = BindingStatement {
		genesis: GENESIS,
		id_com: Id::from(owner),
		address: address.clone(),
		nonce: 0,
	};
	let signature = wallet(2).sign(statement.message().as_bytes()).to_bytes();
	NativeCall::BindAddress { address, proof: Box::new(BindingProof::Svm { signature }) }
}

struct OnChain;

impl Fixture for OnChain {
	type Engine = <Native as MountedEngine>::Engine;
	type Host = Host;
	type State = Vec<u8>;

	fn with_host<R>(test: impl FnOnce(&mut Host) -> R) -> R {
		with_chain(test)
	}

	fn state(_: &Host) -> Vec<u8> {
		sp_io::storage::root(StateVersion::V1)
	}

	fn undo_unless_some<R>(
		host: &mut Host,
		call: impl FnOnce(&mut Host) -> Option<R>,
	) -> Option<R> {
		sp_io::storage::start_transaction();
		let result = call(host);
		if result.is_some() {
			sp_io::storage::commit_transaction();
		} else {
			sp_io::storage::rollback_transaction();
		}
		result
	}

	fn succeeding() -> Vec<(Id, NativeCall)> {
		[
			transfer(None, POOR, START),
			transfer(None, POOR, 1),
			transfer(None, RICH, START),
			transfer(None, POOR, 0),
			transfer(Some(mint()), POOR, START),
			transfer(Some(mint()), ISSUER, 1),
			create(POOR, 0),
			create(POOR, START),
			NativeCall::SetAuthKey { key: Some(auth_key(1)) },
			NativeCall::SetAuthKey { key: None },
			NativeCall::AddAuthKey { key: auth_key(1) },
			bind(RICH),
		]
		.map(|call| (Id::from(RICH), call))
		.into()
	}

	fn failing() -> Vec<(Id, NativeCall)> {
		[
			transfer(None, POOR, START + 1),
			transfer(None, POOR, u128::MAX),
			transfer(Some(mint()), POOR, START + 1),
			transfer(Some(MintId::from(SALT)), POOR, 0),
			create(ISSUER, 0),
			create(RICH, 1),
			create(POOR, START + 1),
			NativeCall::SetAuthKey { key: Some(AuthKey::Ed25519([0; 32])) },
			bind(POOR),
		]
		.map(|call| (Id::from(RICH), call))
		.into()
	}
}

fn transfer(asset: Option<MintId>, to: [u8; 32], amount: u128) -> NativeCall {
	NativeCall::Transfer { asset, to: Id::from(to), amount: LedgerAmount::new(amount) }
}

fn create(who: [u8; 32], amount: u128) -> NativeCall {
	NativeCall::CreateAccount { id_com: Id::from(who), amount: LedgerAmount::new(amount) }
}

engine_conformance!(on_the_chain, OnChain);
