// SPDX-License-Identifier: Apache-2.0
//! The key-value VM of the live-upgrade test, mounted on a chain: one storage map is its host.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;

use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{pallet_prelude::*, BoundedVec};
use unum_kv_engine::{KvEngine, MAX_KEY_BYTES, MAX_VALUE_BYTES};
use unum_vm_engine::{KeyValueHost, MountedEngine};

/// An owner's id_com and its key.
type StorageKey = BoundedVec<u8, ConstU32<{ 32 + MAX_KEY_BYTES }>>;
type StorageValueBytes = BoundedVec<u8, ConstU32<MAX_VALUE_BYTES>>;

/// The pallet.
// The macros generate types without `Debug`, casts of checked indices, and proofs by `expect`.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;

	/// Needs nothing of the chain but storage.
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The key-value VM.
	#[pallet::pallet]
	pub struct Pallet<T>(_);

	/// Values by owner's id_com and key.
	#[pallet::storage]
	pub type Values<T: Config> =
		StorageMap<_, Blake2_128Concat, StorageKey, StorageValueBytes, OptionQuery>;
}

impl<T: Config> MountedEngine for Pallet<T> {
	type Host = KvHost<T>;
	type Engine = KvEngine;

	fn host() -> KvHost<T> {
		KvHost(PhantomData)
	}
}

/// The host of the key-value VM.
#[derive(Clone, Copy, Debug)]
pub struct KvHost<T>(PhantomData<T>);

// The engine checks lengths before it comes here, so nothing is ever too long for the bounds.
impl<T: Config> KeyValueHost for KvHost<T> {
	fn read(&self, key: &[u8]) -> Option<Vec<u8>> {
		let key = StorageKey::try_from(key.to_vec()).ok()?;
		Values::<T>::get(key).map(Into::into)
	}

	fn write(&mut self, key: &[u8], value: Option<Vec<u8>>) {
		let Ok(key) = StorageKey::try_from(key.to_vec()) else { return };
		match value.map(StorageValueBytes::try_from) {
			Some(Ok(value)) => Values::<T>::insert(key, value),
			Some(Err(_)) => (),
			None => Values::<T>::remove(key),
		}
	}
}
