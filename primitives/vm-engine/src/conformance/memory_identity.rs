// SPDX-License-Identifier: Apache-2.0
//! What identities decide about themselves on the host in memory.

use alloc::vec::Vec;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_signature::{verify_binding, AuthKey, BindingProof, BindingStatement};

use super::memory::MemoryHost;
use crate::{limits::MAX_AUTH_KEYS, IdentityControlHost, IdentityError, IdentityHost};

/// The genesis hash of the chain in memory, on which every address is bound once at most.
pub const GENESIS: [u8; 32] = [0x99; 32];

impl IdentityControlHost for MemoryHost {
	fn can_bind(
		&self,
		id: IdCom,
		address: &Address,
		proof: &BindingProof,
	) -> Result<(), IdentityError> {
		let owner = self.resolve(address);
		if address.vm() == VmKind::NATIVE {
			return Err(IdentityError::NativeAddress);
		}
		if owner == id {
			return Err(IdentityError::AlreadyYours);
		}
		if owner != address.unbound_id_com() {
			return Err(IdentityError::OwnedByAnother(owner));
		}
		let address = address.clone();
		let statement = BindingStatement { genesis: GENESIS, id_com: id, address, nonce: 0 };
		Ok(verify_binding(&statement, proof)?)
	}

	fn bind(
		&mut self,
		id: IdCom,
		address: &Address,
		proof: &BindingProof,
	) -> Result<(), IdentityError> {
		self.can_bind(id, address, proof)?;
		self.retain(id);
		self.bindings.insert(address.clone(), id);
		Ok(())
	}

	fn can_set_auth_keys(&self, keys: &[AuthKey]) -> Result<(), IdentityError> {
		if keys.len() > MAX_AUTH_KEYS as usize {
			return Err(IdentityError::TooManyAuthKeys);
		}
		let is_again = |(i, key): (usize, &AuthKey)| keys[..i].contains(key);
		if keys.iter().enumerate().any(is_again) {
			return Err(IdentityError::AuthKeyExists);
		}
		match keys.iter().all(|key| key.check().is_ok()) {
			true => Ok(()),
			false => Err(IdentityError::InvalidAuthKey),
		}
	}

	fn set_auth_keys(&mut self, id: IdCom, keys: Vec<AuthKey>) -> Result<(), IdentityError> {
		self.can_set_auth_keys(&keys)?;
		self.auth_keys.insert(id, keys);
		Ok(())
	}

	fn auth_keys(&self, id: IdCom) -> Vec<AuthKey> {
		self.auth_keys.get(&id).cloned().unwrap_or_default()
	}
}
