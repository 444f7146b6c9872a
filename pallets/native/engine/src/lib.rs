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

mod call;
mod status;

pub use call::NativeCall;
pub use status::NativeFailure;

use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_units::LedgerAmount;
use unum_vm_engine::{
	AccessKey, AccessSet, Asset, CallContext, EngineFault, Fate, IdentityHost, LedgerHost, Meter,
	OpcodeRange, Outcome, Vm, VmEngine,
};

/// What the operations cost on the chain at hand, at most.
pub trait NativeCosts {
	/// A transfer of the native coin.
	fn transfer_native() -> Weight;
	/// A transfer of a token.
	fn transfer_token() -> Weight;
	/// Creating an account, with a transfer to it.
	fn create_account() -> Weight;
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

impl<C: NativeCosts, H: LedgerHost + IdentityHost> VmEngine<H> for NativeEngine<C> {
	fn access_set(payload: &NativeCall, sender: IdCom) -> AccessSet {
		let (asset, receiver) = match payload {
			NativeCall::Transfer { asset, to, .. } => ((*asset).into(), *to),
			NativeCall::CreateAccount { id_com, .. } => (Asset::Native, *id_com),
		};
		AccessSet::writes(touched_by_transfer(asset, sender, receiver))
	}

	fn weight_limit(_: &H, payload: &NativeCall) -> Weight {
		match payload {
			NativeCall::Transfer { asset: None, .. } => C::transfer_native(),
			NativeCall::Transfer { asset: Some(_), .. } => C::transfer_token(),
			NativeCall::CreateAccount { .. } => C::create_account(),
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
		let done = match payload {
			NativeCall::Transfer { asset, to, amount } => host
				.transfer((*asset).into(), context.sender, *to, *amount)
				.map(|()| Vec::new())
				.map_err(Into::into),
			NativeCall::CreateAccount { id_com, amount } => {
				create_account(host, context.sender, *id_com, *amount)
			},
		};
		Ok(match done {
			Ok(created) => Outcome { created, ..Outcome::bare(Fate::Success) },
			Err(failure) => Outcome::bare(Fate::Reverted(failure)),
		})
	}
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

fn ensure_new<H: IdentityHost>(host: &H, id_com: IdCom) -> Result<(), NativeFailure> {
	if host.exists(id_com) {
		Err(NativeFailure::AccountExists(id_com))
	} else {
		Ok(())
	}
}

fn ensure_spendable<H: LedgerHost>(
	host: &H,
	owner: IdCom,
	amount: LedgerAmount,
) -> Result<(), NativeFailure> {
	// A self-transfer needs the same balance as any other and depends on no receiver.
	Ok(host.can_transfer(Asset::Native, owner, owner, amount)?)
}

fn create_account<H: LedgerHost + IdentityHost>(
	host: &mut H,
	payer: IdCom,
	id_com: IdCom,
	amount: LedgerAmount,
) -> Result<Vec<Address>, NativeFailure> {
	ensure_new(host, id_com)?;
	ensure_spendable(host, payer, amount)?;
	host.retain(id_com);
	host.transfer(Asset::Native, payer, id_com, amount)?;
	Ok(vec![Address::Native(id_com)])
}
