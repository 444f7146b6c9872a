// SPDX-License-Identifier: Apache-2.0
//! What must always hold of the registry's storage.

use frame_support::ensure;
use sp_runtime::{AccountId32, DispatchError};
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::IdentityRegistry;

use crate::{BindingCount, Bindings, Config, OwnAddress, Owners, Pallet, Primary};

/// A rule of the registry that its storage breaks: always a defect of the runtime.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BrokenInvariant {
	/// An account has a derived address that is not in the index.
	NotIndexed,
	/// An address under which a VM shows an account does not resolve to that account.
	AddressDoesNotResolveBack,
	/// The index holds a native address, which needs no entry.
	NativeAddressIndexed,
	/// The index gives an address to an identity that has another one on that VM.
	ForeignAddressIndexed,
	/// An identity's own address is not that of the wallet that it came from.
	OwnAddressOfAnother,
	/// A binding is not in the index, or is one of a native address.
	BindingNotIndexed,
	/// An identity has more bindings than are allowed, or than are counted.
	BindingsMiscounted,
	/// A wallet that is bound to an identity has bindings of its own.
	BoundWalletHasBindings,
	/// An account has sent a transaction, and could still be reaped.
	SenderNotRetained,
	/// An account has more than one `sufficient` reference: somebody else counts there, and could
	/// count down, too.
	RetainedTwice,
}

impl BrokenInvariant {
	/// The rule, in words.
	pub const fn as_str(self) -> &'static str {
		match self {
			Self::NotIndexed => "an account is missing from the address index",
			Self::AddressDoesNotResolveBack => "an account's address does not resolve to it",
			Self::NativeAddressIndexed => "a native address is in the index",
			Self::ForeignAddressIndexed => "an index entry is not an address of its owner",
			Self::OwnAddressOfAnother => "an own address is not that of the identity's wallet",
			Self::BindingNotIndexed => "a binding is not in the address index",
			Self::BindingsMiscounted => "an identity's bindings are not those that are counted",
			Self::BoundWalletHasBindings => "a wallet that is bound has bindings of its own",
			Self::SenderNotRetained => "an account has sent a transaction and is not retained",
			Self::RetainedTwice => "an account has more than one sufficient reference",
		}
	}
}

impl From<BrokenInvariant> for DispatchError {
	fn from(broken: BrokenInvariant) -> Self {
		Self::Other(broken.as_str())
	}
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet's documentation against the whole storage.
	///
	/// Reads every account: for tests and for `try-runtime`, never in a block.
	///
	/// # Errors
	/// The first [`BrokenInvariant`] that is found.
	pub fn do_try_state() -> Result<(), BrokenInvariant> {
		frame_system::Account::<T>::iter_keys().try_for_each(|who| Self::check_account(&who))?;
		Owners::<T>::iter().try_for_each(|(address, owner)| Self::check_entry(&address, owner))?;
		OwnAddress::<T>::iter().try_for_each(|(id, address)| Self::check_own(id, &address))?;
		Bindings::<T>::iter().try_for_each(|(id, address, ())| Self::check_bound(id, &address))?;
		BindingCount::<T>::iter().try_for_each(|(id, count)| Self::check_count(id, count))?;
		Primary::<T>::iter_keys().try_for_each(|(id, _)| Self::check_resolves_back(id))
	}

	fn check_bound(id: IdCom, address: &Address) -> Result<(), BrokenInvariant> {
		let indexed = Owners::<T>::get(address) == Some(id) && address.vm() != VmKind::NATIVE;
		ensure!(indexed, BrokenInvariant::BindingNotIndexed);
		ensure!(BindingCount::<T>::contains_key(id), BrokenInvariant::BindingsMiscounted);
		let wallet = address.unbound_id_com();
		let one_level = !BindingCount::<T>::contains_key(wallet);
		ensure!(one_level, BrokenInvariant::BoundWalletHasBindings);
		Ok(())
	}

	fn check_count(id: IdCom, count: u32) -> Result<(), BrokenInvariant> {
		let there_are = Bindings::<T>::iter_key_prefix(id).count();
		let counted = usize::try_from(count) == Ok(there_are);
		let within = (1..=crate::MAX_BINDINGS).contains(&count);
		ensure!(counted && within, BrokenInvariant::BindingsMiscounted);
		Ok(())
	}

	fn check_account(who: &AccountId32) -> Result<(), BrokenInvariant> {
		let id = IdCom::from(who);
		for vm in VmKind::FOREIGN {
			let indexed = Address::derive(id, vm).is_some_and(Owners::<T>::contains_key);
			ensure!(indexed, BrokenInvariant::NotIndexed);
		}
		Self::check_resolves_back(id)?;
		let account = frame_system::Account::<T>::get(who);
		ensure!(account.sufficients <= 1, BrokenInvariant::RetainedTwice);
		let has_sent = account.nonce != Default::default();
		ensure!(!has_sent || account.sufficients == 1, BrokenInvariant::SenderNotRetained);
		Ok(())
	}

	fn check_resolves_back(id: IdCom) -> Result<(), BrokenInvariant> {
		let is_own =
			|vm| Self::address_of(id, vm).is_some_and(|address| Self::resolve(&address) == id);
		let all = VmKind::ADDRESSED.into_iter().all(is_own);
		ensure!(all, BrokenInvariant::AddressDoesNotResolveBack);
		Ok(())
	}

	fn check_entry(address: &Address, owner: IdCom) -> Result<(), BrokenInvariant> {
		ensure!(address.vm() != VmKind::NATIVE, BrokenInvariant::NativeAddressIndexed);
		let derived = Address::derive(owner, address.vm()).as_ref() == Some(address);
		let own = || OwnAddress::<T>::get(owner).as_ref() == Some(address);
		let bound = || Bindings::<T>::contains_key(owner, address);
		ensure!(derived || own() || bound(), BrokenInvariant::ForeignAddressIndexed);
		Ok(())
	}

	fn check_own(id: IdCom, address: &Address) -> Result<(), BrokenInvariant> {
		let is_foreign = address.vm() != VmKind::NATIVE;
		let is_wallets = is_foreign && address.unbound_id_com() == id;
		ensure!(is_wallets, BrokenInvariant::OwnAddressOfAnother);
		Ok(())
	}
}
