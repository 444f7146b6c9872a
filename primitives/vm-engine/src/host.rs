// SPDX-License-Identifier: Apache-2.0
//! What an engine may ask of the chain: one capability per trait.
//!
//! An engine names the capabilities that it uses (`impl<H: LedgerHost + IdentityHost> VmEngine<H> for
//! …`), so its signature says what it can touch, and a test host implements no more than that.

use alloc::vec::Vec;
use core::marker::PhantomData;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_signature::{AuthKey, BindingProof};
use unum_units::LedgerAmount;

use crate::{Asset, IdentityControl, IdentityError, IdentityRegistry, LedgerError, UnifiedLedger};

/// Balances and movements of every asset. The rules are those of [`crate::UnifiedLedger`].
pub trait LedgerHost {
	/// What `owner` can spend of `asset` now, in base units.
	///
	/// # Errors
	/// [`LedgerError::UnknownMint`].
	fn spendable(&self, asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError>;

	/// Whether [`Self::transfer`] with the same arguments would succeed now. Reads only.
	///
	/// # Errors
	/// The error that the transfer would give.
	fn can_transfer(
		&self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// Moves `amount` base units from `from` to `to`.
	///
	/// # Errors
	/// Each [`LedgerError`], with nothing changed.
	fn transfer(
		&mut self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// What it weighs besides the movement that `to` gets some of `asset`, if it is the first time.
	fn weight_of_receipt(&self, _asset: Asset, _to: IdCom) -> Weight {
		Weight::zero()
	}
}

/// Identities and their addresses. The rules are those of [`crate::IdentityRegistry`].
pub trait IdentityHost {
	/// The address under which `vm` shows `id`.
	fn address_of(&self, id: IdCom, vm: VmKind) -> Option<Address>;
	/// The identity that owns `address`.
	fn resolve(&self, address: &Address) -> IdCom;
	/// Remembers the address that an identity came from, for its VM to show.
	fn note_address(&mut self, address: &Address);
	/// Whether the chain has an account for `id`.
	fn exists(&self, id: IdCom) -> bool;
	/// Opens an account for `id` if need be, and keeps it from ever being reaped.
	fn retain(&mut self, id: IdCom);
}

/// Storage that belongs to one VM and that no other VM can touch.
pub trait KeyValueHost {
	/// The value under `key`, if there is one.
	fn read(&self, key: &[u8]) -> Option<Vec<u8>>;
	/// Sets (`Some`) or removes (`None`) the value under `key`.
	fn write(&mut self, key: &[u8], value: Option<Vec<u8>>);
}

/// The host that stands on the chain's own ledger `L` and identity registry `I`.
#[derive(Clone, Copy, Debug)]
pub struct ChainHost<L, I>(PhantomData<(L, I)>);

impl<L, I> Default for ChainHost<L, I> {
	fn default() -> Self {
		Self(PhantomData)
	}
}

impl<L: UnifiedLedger, I> LedgerHost for ChainHost<L, I> {
	fn weight_of_receipt(&self, asset: Asset, to: IdCom) -> Weight {
		L::weight_of_receipt(asset, to)
	}

	fn can_transfer(
		&self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		L::can_transfer(asset, from, to, amount)
	}

	fn spendable(&self, asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError> {
		L::spendable(asset, owner)
	}

	fn transfer(
		&mut self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		L::transfer(asset, from, to, amount)
	}
}

impl<L, I: IdentityRegistry> IdentityHost for ChainHost<L, I> {
	fn address_of(&self, id: IdCom, vm: VmKind) -> Option<Address> {
		I::address_of(id, vm)
	}

	fn resolve(&self, address: &Address) -> IdCom {
		I::resolve(address)
	}

	fn note_address(&mut self, address: &Address) {
		I::note_address(address)
	}

	fn exists(&self, id: IdCom) -> bool {
		I::exists(id)
	}

	fn retain(&mut self, id: IdCom) {
		I::retain(id)
	}
}

/// Declares a capability of engines that is, function by function, a trait of the chain's pallets; and
/// gives it to [`ChainHost`], which hands on to them.
macro_rules! capability {
	(
		$(#[$docs:meta])*
		pub trait $host:ident $(: $needs:ident)?;
		impl[$($generics:tt)*] by $pallet:ident as $source:ident;

		$(read $read:ident($($r_name:ident: $r_type:ty),*) -> $r_out:ty;)*
		$(write $write:ident($($w_name:ident: $w_type:ty),*) -> $w_out:ty;)*
	) => {
		$(#[$docs])*
		pub trait $host $(: $needs)? {
			$(
				#[doc = concat!("As [`", stringify!($source), "::", stringify!($read), "`].")]
				fn $read(&self, $($r_name: $r_type),*) -> $r_out;
			)*
			$(
				#[doc = concat!("As [`", stringify!($source), "::", stringify!($write), "`].")]
				///
				/// # Errors
				/// As there, with nothing changed.
				fn $write(&mut self, $($w_name: $w_type),*) -> $w_out;
			)*
		}

		impl<$($generics)*> $host for $crate::ChainHost<L, I> {
			$(fn $read(&self, $($r_name: $r_type),*) -> $r_out {
				$pallet::$read($($r_name),*)
			})*
			$(fn $write(&mut self, $($w_name: $w_type),*) -> $w_out {
				$pallet::$write($($w_name),*)
			})*
		}
	};
}
pub(crate) use capability;

capability! {
	/// What an identity decides about itself, for engines. The rules are those of [`IdentityControl`],
	/// function by function.
	pub trait IdentityControlHost;
	impl[L, I: IdentityControl] by I as IdentityControl;

	read can_bind(id: IdCom, address: &Address, proof: &BindingProof) -> Result<(), IdentityError>;
	read can_set_auth_keys(keys: &[AuthKey]) -> Result<(), IdentityError>;
	read auth_keys(id: IdCom) -> Vec<AuthKey>;

	write bind(id: IdCom, address: &Address, proof: &BindingProof) -> Result<(), IdentityError>;
	write set_auth_keys(id: IdCom, keys: Vec<AuthKey>) -> Result<(), IdentityError>;
}
