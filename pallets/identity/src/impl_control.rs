// SPDX-License-Identifier: Apache-2.0
//! What an identity decides about itself.

use alloc::vec::Vec;
use frame_support::{ensure, weights::Weight, BoundedVec};
use unum_address::Address;
use unum_id_com::IdCom;
use unum_signature::{AuthKey, BindingProof};
use unum_vm_engine::{IdentityControl, IdentityError};

use crate::{AuthKeys, Config, Event, OnShown, Pallet};

impl<T: Config> IdentityControl for Pallet<T> {
	fn can_bind(id: IdCom, address: &Address, proof: &BindingProof) -> Result<(), IdentityError> {
		Self::check_binding(id, address, proof)
	}

	fn weight_of_showing() -> Weight {
		T::OnShown::weight()
	}

	fn bind(id: IdCom, address: &Address, proof: &BindingProof) -> Result<(), IdentityError> {
		Self::check_binding(id, address, proof)?;
		Self::take_over(id, address)
	}

	fn can_set_auth_keys(keys: &[AuthKey]) -> Result<(), IdentityError> {
		let fits = u32::try_from(keys.len()).is_ok_and(|count| count <= crate::MAX_AUTH_KEYS);
		ensure!(fits, IdentityError::TooManyAuthKeys);
		let is_first =
			|(i, key): (usize, &AuthKey)| keys.iter().take(i).all(|before| before != key);
		ensure!(keys.iter().enumerate().all(is_first), IdentityError::AuthKeyExists);
		let all_valid = keys.iter().all(|key| key.check().is_ok());
		ensure!(all_valid, IdentityError::InvalidAuthKey);
		Ok(())
	}

	fn set_auth_keys(id: IdCom, keys: Vec<AuthKey>) -> Result<(), IdentityError> {
		Self::can_set_auth_keys(&keys)?;
		let keys = BoundedVec::try_from(keys).map_err(|_| IdentityError::TooManyAuthKeys)?;
		let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
		if keys.is_empty() {
			AuthKeys::<T>::remove(id);
		} else {
			AuthKeys::<T>::insert(id, keys);
		}
		Self::deposit_event(Event::AuthKeysChanged { id_com: id, count });
		Ok(())
	}

	fn auth_keys(id: IdCom) -> Vec<AuthKey> {
		AuthKeys::<T>::get(id).into_inner()
	}
}
