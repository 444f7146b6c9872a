// SPDX-License-Identifier: Apache-2.0
//! The native VM: the operations that every chain has, as opcodes 0x01 to 0x0f.
//!
//! It runs over any host with a ledger and identities, knows no FRAME, and is the same code in the
//! Wasm runtime and in native tests. What an operation costs is told by the pallet ([`NativeCosts`]),
//! because only the pallet knows the database.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod accounts;
mod call;
mod status;

pub use call::NativeCall;
pub use status::NativeFailure;

use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::{
	limits::MAX_AUTH_KEYS, AccessKey, AccessSet, Asset, CallContext, EngineFault, Fate,
	IdentityControlHost, IdentityHost, LedgerHost, Meter, OpcodeRange, Outcome, Vm, VmEngine,
};

use accounts::{create_account, ensure_new, ensure_spendable, keys_after_adding};

/// What the operations cost on the chain at hand, at most.
pub trait NativeCosts {
	/// A transfer of the native coin.
	fn transfer_native() -> Weight;
	/// A transfer of a token.
	fn transfer_token() -> Weight;
	/// Creating an account, with a transfer to it.
	fn create_account() -> Weight;
	/// Storing a list of `keys` authentication keys, each checked.
	fn set_auth_keys(keys: u32) -> Weight;
	/// Binding an address, its proof checked.
	fn bind_address() -> Weight;
	/// What of a transfer is the first sight of its receiver.
	fn first_sight() -> Weight;
}

/// The native engine, priced by `C`.
#[derive(Clone, Copy, Debug)]
pub struct NativeEngine<C>(PhantomData<C>);

impl<C> Vm for NativeEngine<C> {
	const KIND: VmKind = VmKind::NATIVE;
	const NAME: &'static str = "native";
	const OPCODES: OpcodeRange = OpcodeRange::new(0x01, 0x0f);
	type Payload = NativeCall;
	type Status = NativeFailure;
}

impl<C, H> VmEngine<H> for NativeEngine<C>
where
	C: NativeCosts,
	H: LedgerHost + IdentityHost + IdentityControlHost,
{
	fn access_set(payload: &NativeCall, sender: IdCom) -> AccessSet {
		match payload {
			NativeCall::Transfer { asset, to, .. } => {
				AccessSet::writes(touched_by_transfer((*asset).into(), sender, *to))
			},
			NativeCall::CreateAccount { id_com, .. } => {
				AccessSet::writes(touched_by_transfer(Asset::Native, sender, *id_com))
			},
			NativeCall::SetAuthKey { .. } | NativeCall::AddAuthKey { .. } => {
				AccessSet::writes(vec![AccessKey::Account(sender)])
			},
			// Who is behind an address changes, which whoever resolves it depends on.
			NativeCall::BindAddress { .. } => AccessSet::Global,
		}
	}

	fn weight_limit(host: &H, payload: &NativeCall) -> Weight {
		let for_receiver = |to: &IdCom, most: Weight| match host.exists(*to) {
			true => most.saturating_sub(C::first_sight()),
			false => most,
		};
		match payload {
			NativeCall::Transfer { asset: None, to, .. } => for_receiver(to, C::transfer_native()),
			NativeCall::Transfer { asset: Some(mint), to, .. } => {
				let receipt = host.weight_of_receipt(Asset::Token(*mint), *to);
				for_receiver(to, C::transfer_token()).saturating_add(receipt)
			},
			NativeCall::CreateAccount { .. } => C::create_account(),
			NativeCall::SetAuthKey { .. } => C::set_auth_keys(1),
			NativeCall::AddAuthKey { .. } => C::set_auth_keys(MAX_AUTH_KEYS),
			NativeCall::BindAddress { .. } => C::bind_address(),
		}
	}

	fn validate(
		host: &H,
		context: &CallContext,
		payload: &NativeCall,
	) -> Result<(), NativeFailure> {
		match payload {
			NativeCall::Transfer { asset, to, amount } => {
				Ok(host.can_transfer((*asset).into(), context.sender, *to, *amount)?)
			},
			NativeCall::CreateAccount { id_com, amount } => {
				ensure_new(host, *id_com)?;
				// The account exists by the time of the payment, so any amount may arrive in it.
				ensure_spendable(host, context.sender, *amount)
			},
			NativeCall::SetAuthKey { key } => Ok(host.can_set_auth_keys(key.as_slice())?),
			NativeCall::AddAuthKey { key } => {
				let keys = keys_after_adding(host, context.sender, key);
				Ok(host.can_set_auth_keys(&keys)?)
			},
			NativeCall::BindAddress { address, proof } => {
				Ok(host.can_bind(context.sender, address, proof)?)
			},
		}
	}

	fn execute(
		host: &mut H,
		context: &CallContext,
		payload: &NativeCall,
		meter: &mut Meter,
	) -> Result<Outcome<NativeFailure>, EngineFault> {
		if let Err(out_of_gas) = meter.charge(Self::weight_limit(host, payload)) {
			return Ok(Outcome::bare(Fate::Halted(out_of_gas.into())));
		}
		Ok(match run(host, context.sender, payload) {
			Ok(created) => Outcome { created, ..Outcome::bare(Fate::Success) },
			Err(failure) => Outcome::bare(Fate::Reverted(failure)),
		})
	}
}

/// Does what the operation says, and returns the addresses that it brought to life.
fn run<H: LedgerHost + IdentityHost + IdentityControlHost>(
	host: &mut H,
	sender: IdCom,
	payload: &NativeCall,
) -> Result<Vec<Address>, NativeFailure> {
	match payload {
		NativeCall::Transfer { asset, to, amount } => {
			host.transfer((*asset).into(), sender, *to, *amount)?
		},
		NativeCall::CreateAccount { id_com, amount } => {
			return create_account(host, sender, *id_com, *amount)
		},
		NativeCall::SetAuthKey { key } => {
			host.set_auth_keys(sender, key.iter().cloned().collect())?
		},
		NativeCall::AddAuthKey { key } => {
			let keys = keys_after_adding(host, sender, key);
			host.set_auth_keys(sender, keys)?
		},
		NativeCall::BindAddress { address, proof } => host.bind(sender, address, proof)?,
	}
	Ok(Vec::new())
}

/// The state that a transfer may touch: both accounts (existence, references) and both balances.
fn touched_by_transfer(asset: Asset, from: IdCom, to: IdCom) -> Vec<AccessKey> {
	vec![
		AccessKey::Account(from),
		AccessKey::Account(to),
		AccessKey::Balance(from, asset),
		AccessKey::Balance(to, asset),
	]
}
