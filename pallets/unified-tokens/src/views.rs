// SPDX-License-Identifier: Apache-2.0
//! The addresses at which VMs find tokens.

use core::marker::PhantomData;
use frame_support::traits::Contains;
use unum_address::{Address, EvmAddress};
use unum_id_com::MintId;

use crate::{Config, MintOfErc20, Mints, Pallet};

impl<T: Config> Pallet<T> {
	/// The token that stands at an address: its ERC-20 contract on the EVM, the same 20 bytes as a
	/// TRC-20 contract on the TVM, its mint account on the SVM. The other VMs have no token addresses.
	pub fn mint_at(address: &Address) -> Option<MintId> {
		match address {
			Address::Evm(contract) => MintOfErc20::<T>::get(contract),
			Address::Tvm(contract) => MintOfErc20::<T>::get(EvmAddress::from(*contract.as_bytes())),
			Address::Svm(account) => Some(MintId::from(*account.as_bytes()))
				.filter(|mint| Mints::<T>::contains_key(mint)),
			Address::Native(_) | Address::Bvm(_) => None,
		}
	}
}

/// The addresses at which tokens stand. No wallet may be bound to one of them.
#[derive(Debug)]
pub struct TokenViewAddresses<T>(PhantomData<T>);

impl<T: Config> Contains<Address> for TokenViewAddresses<T> {
	fn contains(address: &Address) -> bool {
		Pallet::<T>::mint_at(address).is_some()
	}
}
