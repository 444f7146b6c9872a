// SPDX-License-Identifier: Apache-2.0
//! Version 2: every token can be found by its ERC-20 address.

use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::{
	defensive,
	migrations::{MigrationId, SteppedMigration, SteppedMigrationError},
	storage::StoragePrefixedMap,
	traits::{GetStorageVersion, StorageVersion},
	weights::WeightMeter,
};
use unum_address::erc20_address;
use unum_id_com::MintId;

use crate::{Config, MintOfErc20, Mints, Pallet, WeightInfo};

const PALLET_ID: &[u8; 14] = b"unified-tokens";

/// Fills [`MintOfErc20`] from [`Mints`], one token at a time, as many as the weight of a block allows.
///
/// Its cursor is the token that was done last. On a chain that began with version 2 it does nothing.
#[derive(Debug)]
pub struct IndexErc20Addresses<T>(PhantomData<T>);

impl<T: Config> SteppedMigration for IndexErc20Addresses<T> {
	type Cursor = MintId;
	type Identifier = MigrationId<14>;

	fn id() -> Self::Identifier {
		MigrationId { pallet_id: *PALLET_ID, version_from: 1, version_to: 2 }
	}

	fn migrating_prefixes() -> Option<impl IntoIterator<Item = Vec<u8>>> {
		Some([MintOfErc20::<T>::final_prefix().to_vec()])
	}

	fn step(
		mut cursor: Option<MintId>,
		meter: &mut WeightMeter,
	) -> Result<Option<MintId>, SteppedMigrationError> {
		let required = T::WeightInfo::index_mint();
		if !meter.can_consume(required) {
			return Err(SteppedMigrationError::InsufficientWeight { required });
		}
		if Pallet::<T>::on_chain_storage_version() >= 2 {
			return Ok(None);
		}
		while meter.try_consume(required).is_ok() {
			let Some(mint) = next_after::<T>(cursor) else {
				StorageVersion::new(2).put::<Pallet<T>>();
				return Ok(None);
			};
			index::<T>(mint);
			cursor = Some(mint);
		}
		Ok(cursor)
	}

	#[cfg(feature = "try-runtime")]
	fn post_upgrade(_: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
		Pallet::<T>::do_try_state().map_err(Into::into)
	}
}

/// The token that follows in the order of storage.
fn next_after<T: Config>(cursor: Option<MintId>) -> Option<MintId> {
	match cursor {
		None => Mints::<T>::iter_keys().next(),
		Some(done) => Mints::<T>::iter_keys_from_key(done).next(),
	}
}

fn index<T: Config>(mint: MintId) {
	let address = erc20_address(mint);
	match MintOfErc20::<T>::get(address) {
		// Two tokens with one address have never been found. The first keeps it: nothing moves.
		Some(other) if other != mint => {
			defensive!("two tokens have one ERC-20 address");
		},
		_ => MintOfErc20::<T>::insert(address, mint),
	}
}
