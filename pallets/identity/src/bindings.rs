// SPDX-License-Identifier: Apache-2.0
//! One person, many wallets: addresses that are bound to an identity.

use frame_support::{ensure, traits::Contains};
use frame_system::Pallet as System;
use sp_core::H256;
use sp_runtime::traits::Zero;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_signature::{verify_binding, BindingProof, BindingStatement};
use unum_vm_engine::{Asset, IdentityError, IdentityRegistry, UnifiedLedger};

use crate::{
	AuthKeys, BindingCount, BindingNonce, Bindings, Config, Event, OnShown, OwnAddress, Owners,
	Pallet, Primary, MAX_BINDINGS,
};

impl<T: Config> Pallet<T> {
	/// What the wallet at `address` has to sign so that `id` may take it over now.
	pub fn binding_statement(id: IdCom, address: &Address) -> BindingStatement {
		BindingStatement {
			genesis: Self::genesis_hash().to_fixed_bytes(),
			id_com: id,
			address: address.clone(),
			nonce: BindingNonce::<T>::get(address),
		}
	}

	/// The hash of the chain's first block.
	pub(crate) fn genesis_hash() -> H256 {
		System::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero()).into()
	}

	pub(crate) fn check_binding(
		id: IdCom,
		address: &Address,
		proof: &BindingProof,
	) -> Result<(), IdentityError> {
		Self::check_address(id, address)?;
		Self::check_parties(id, address.unbound_id_com())?;
		// The dearest comes last.
		Ok(verify_binding(&Self::binding_statement(id, address), proof)?)
	}

	/// Whether the address is one that `id` could take over.
	fn check_address(id: IdCom, address: &Address) -> Result<(), IdentityError> {
		ensure!(address.vm() != VmKind::NATIVE, IdentityError::NativeAddress);
		ensure!(!T::ReservedAddresses::contains(address), IdentityError::Reserved);
		let owner = Self::resolve(address);
		ensure!(owner != id, IdentityError::AlreadyYours);
		ensure!(owner == address.unbound_id_com(), IdentityError::OwnedByAnother(owner));
		Ok(())
	}

	/// Whether `id` may bind at all, and the wallet with the unbound identity `wallet` be bound.
	///
	/// Bindings are one level deep: what could be swept from a wallet that others are bound to would
	/// also be theirs.
	fn check_parties(id: IdCom, wallet: IdCom) -> Result<(), IdentityError> {
		ensure!(BindingCount::<T>::get(wallet) == 0, IdentityError::WalletHasBindings);
		if let Some(owner) = Self::owner_of_wallet(id) {
			return Err(IdentityError::WalletIsBound(owner));
		}
		ensure!(BindingCount::<T>::get(id) < MAX_BINDINGS, IdentityError::TooManyBindings);
		Ok(())
	}

	/// Who acts for the wallet that `id` came from, if that is another identity.
	pub(crate) fn owner_of_wallet(id: IdCom) -> Option<IdCom> {
		let own = OwnAddress::<T>::get(id)?;
		Some(Self::resolve(&own)).filter(|owner| *owner != id)
	}

	/// Hands `address` over to `id`. All checks have been made.
	pub(crate) fn take_over(id: IdCom, address: &Address) -> Result<(), IdentityError> {
		// By its proof the wallet has shown itself, like by a transaction.
		let wallet = Self::see_wallet(address);
		let coins = T::Ledger::spendable(Asset::Native, wallet)?;
		T::Ledger::can_transfer(Asset::Native, wallet, id, coins)?;

		let shows_derived = Self::address_of(id, address.vm()) == Address::derive(id, address.vm());
		Self::retain(id);
		Self::equalize_nonces(wallet, id);
		Owners::<T>::insert(address, id);
		Bindings::<T>::insert(id, address, ());
		BindingCount::<T>::mutate(id, |count| *count = count.saturating_add(1));
		// 2⁶⁴ bindings of one address are out of reach.
		BindingNonce::<T>::mutate(address, |nonce| *nonce = nonce.saturating_add(1));
		// Who could act as the wallet's old identity no longer can.
		AuthKeys::<T>::remove(wallet);
		if shows_derived {
			Primary::<T>::insert(id, address.vm(), address);
			T::OnShown::on_shown(id, address);
		}
		Self::deposit_event(Event::Bound { id_com: id, address: address.clone() });
		Self::sweep_asset(address, wallet, id, Asset::Native)
	}

	/// Gives `address` back to its wallet.
	pub(crate) fn do_unbind(id: IdCom, address: &Address) -> Result<(), IdentityError> {
		ensure!(Bindings::<T>::contains_key(id, address), IdentityError::NotBound);
		let wallet = address.unbound_id_com();
		Bindings::<T>::remove(id, address);
		match BindingCount::<T>::get(id).saturating_sub(1) {
			0 => BindingCount::<T>::remove(id),
			left => BindingCount::<T>::insert(id, left),
		}
		if Primary::<T>::get(id, address.vm()).as_ref() == Some(address) {
			Primary::<T>::remove(id, address.vm());
		}
		Owners::<T>::insert(address, wallet);
		Self::equalize_nonces(wallet, id);
		Self::deposit_event(Event::Unbound { id_com: id, address: address.clone() });
		Ok(())
	}

	/// Makes `address` the one under which its VM shows `id`.
	pub(crate) fn do_set_primary(id: IdCom, address: &Address) -> Result<(), IdentityError> {
		let vm = address.vm();
		ensure!(vm != VmKind::NATIVE, IdentityError::NativeAddress);
		ensure!(Owners::<T>::get(address) == Some(id), IdentityError::NotYours);
		if Self::default_address(id, vm).as_ref() == Some(address) {
			Primary::<T>::remove(id, vm);
		} else {
			Primary::<T>::insert(id, vm, address);
		}
		T::OnShown::on_shown(id, address);
		Self::deposit_event(Event::PrimaryChanged { id_com: id, address: address.clone() });
		Ok(())
	}
}
