// SPDX-License-Identifier: Apache-2.0
//! The code and the storage of contracts.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::{H160, H256};

use crate::{CodeHashes, Codes, Config, Slots};

/// A code and how many contracts have it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct StoredCode {
	/// How many addresses have this code; never zero.
	pub references: u64,
	/// The code.
	pub bytes: Vec<u8>,
}

impl StoredCode {
	/// Whether the code only names another whose code is to run (EIP-7702).
	pub fn is_delegation(&self) -> bool {
		self.bytes.starts_with(&[0xef, 0x01, 0x00])
	}
}

/// Gives an address a code, in place of the one that it has; empty code is none.
pub(crate) fn set_code<T: Config>(address: H160, hash: H256, bytes: Vec<u8>) {
	remove_code::<T>(address);
	if bytes.is_empty() {
		return;
	}
	CodeHashes::<T>::insert(address, hash);
	Codes::<T>::mutate(hash, |stored| match stored {
		Some(code) => code.references = code.references.saturating_add(1),
		None => *stored = Some(StoredCode { references: 1, bytes }),
	});
}

/// Takes the code of an address away.
pub(crate) fn remove_code<T: Config>(address: H160) {
	let Some(hash) = CodeHashes::<T>::take(address) else { return };
	Codes::<T>::mutate_exists(hash, |stored| {
		if let Some(code) = stored {
			code.references = code.references.saturating_sub(1);
			if code.references == 0 {
				*stored = None;
			}
		}
	});
}

/// Takes all that an address has away: of a contract that is gone when the transaction that made it ends,
/// as much as that transaction has paid for.
pub(crate) fn remove<T: Config>(address: H160) {
	remove_code::<T>(address);
	let _ = Slots::<T>::clear_prefix(address, u32::MAX, None);
}

/// Sets a slot; zeros empty it.
pub(crate) fn set_slot<T: Config>(address: H160, slot: H256, value: H256) {
	if value.is_zero() {
		Slots::<T>::remove(address, slot);
	} else {
		Slots::<T>::insert(address, slot, value);
	}
}
