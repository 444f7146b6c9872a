// SPDX-License-Identifier: Apache-2.0
//! The registry itself.

use alloc::vec::Vec;
use frame_support::{traits::OnNewAccount, weights::Weight};
use frame_system::Pallet as System;
use sp_runtime::AccountId32;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::{AddressOrigin, IdentityRegistry, OwnedAddress};

use crate::{
	Bindings, Config, Event, OwnAddress, Owners, Pallet, Primary, WeightInfo, MAX_BINDINGS,
};

impl<T: Config> IdentityRegistry for Pallet<T> {
	fn address_of(id: IdCom, vm: VmKind) -> Option<Address> {
		match vm {
			VmKind::NATIVE => Some(Address::Native(id)),
			_ => Primary::<T>::get(id, vm).or_else(|| Self::default_address(id, vm)),
		}
	}

	fn resolve(address: &Address) -> IdCom {
		match address {
			Address::Native(id) => *id,
			foreign => Owners::<T>::get(foreign).unwrap_or_else(|| foreign.unbound_id_com()),
		}
	}

	fn note_address(address: &Address) {
		let id = Self::resolve(address);
		let is_foreign = address.vm() != VmKind::NATIVE;
		if is_foreign && id == address.unbound_id_com() && !OwnAddress::<T>::contains_key(id) {
			OwnAddress::<T>::insert(id, address);
		}
	}

	/// A wallet that is seen for the first time gets its own address as the one under which its chain's VM
	/// shows it; where its id_com was known before by its bytes, the derived address stays in the index,
	/// so that nothing sent there is lost. A native address is its own identity and changes nothing.
	fn see_wallet(address: &Address) -> IdCom {
		let id = Self::resolve(address);
		let is_foreign = address.vm() != VmKind::NATIVE;
		if is_foreign && id == address.unbound_id_com() && !Owners::<T>::contains_key(address) {
			Owners::<T>::insert(address, id);
			OwnAddress::<T>::insert(id, address);
			Self::retain(id);
			Self::deposit_event(Event::WalletSeen { id_com: id, address: address.clone() });
		}
		id
	}

	fn exists(id: IdCom) -> bool {
		System::<T>::account_exists(&id.into())
	}

	fn retain(id: IdCom) {
		let who = AccountId32::from(id);
		// Once is enough, and once only: the reference is never given back.
		if System::<T>::sufficients(&who) == 0 {
			System::<T>::inc_sufficients(&who);
		}
	}

	fn first_sight() -> Weight {
		T::WeightInfo::first_sight()
	}
}

impl<T: Config> Pallet<T> {
	/// The address under which `vm` shows `id` where it has not chosen another: that of the wallet that
	/// it came from, unless that is bound to somebody else, or the derived one.
	pub(crate) fn default_address(id: IdCom, vm: VmKind) -> Option<Address> {
		let own = OwnAddress::<T>::get(id)
			.filter(|address| address.vm() == vm && Self::resolve(address) == id);
		own.or_else(|| Address::derive(id, vm))
	}

	/// Every foreign address that belongs to `id`, at most [`MAX_BINDINGS`] and five: the derived ones,
	/// that of its own wallet, and those that it has bound.
	pub fn addresses(id: IdCom) -> Vec<OwnedAddress> {
		let derived = VmKind::FOREIGN.into_iter().filter_map(|vm| Address::derive(id, vm));
		let own = OwnAddress::<T>::get(id).filter(|address| Self::resolve(address) == id);
		let bound = Bindings::<T>::iter_key_prefix(id)
			.take(usize::try_from(MAX_BINDINGS).unwrap_or(usize::MAX));
		derived
			.map(|address| (address, AddressOrigin::Derived))
			.chain(own.map(|address| (address, AddressOrigin::Own)))
			.chain(bound.map(|address| (address, AddressOrigin::Bound)))
			.map(|(address, origin)| {
				let is_primary = Self::address_of(id, address.vm()).as_ref() == Some(&address);
				OwnedAddress { address, origin, is_primary }
			})
			.collect()
	}

	/// Puts the derived addresses of `id` into the index; says whether any was missing.
	///
	/// An entry that exists is left alone, see the pallet's documentation.
	fn index_derived_addresses(id: IdCom) -> bool {
		let derived = VmKind::FOREIGN.into_iter().filter_map(|vm| Address::derive(id, vm));
		let mut was_missing = false;
		for address in derived.filter(|address| !Owners::<T>::contains_key(address)) {
			Owners::<T>::insert(address, id);
			was_missing = true;
		}
		was_missing
	}
}

/// The one place that sees the first sight of every account, whichever pallet creates it; also while
/// genesis is built, in whatever order the pallets stand there.
///
/// It must not touch the system account of `who`, which its caller is about to write.
impl<T: Config> OnNewAccount<AccountId32> for Pallet<T> {
	fn on_new_account(who: &AccountId32) {
		let id = IdCom::from(who);
		// An account that was reaped and comes back is still in the index, and no news.
		if Self::index_derived_addresses(id) {
			Self::deposit_event(Event::FirstSeen { id_com: id });
		}
	}
}
