// SPDX-License-Identifier: Apache-2.0
//! From one storage layout to the next.

use core::marker::PhantomData;
use frame_support::{
	migrations::VersionedMigration, traits::UncheckedOnRuntimeUpgrade, weights::Weight,
};

use crate::{Config, Pallet};

/// From version 1, with `Owners` and `OwnAddress`, to version 2, which adds what begins empty:
/// bindings, primary addresses, authentication keys.
pub type V1ToV2<T> =
	VersionedMigration<1, 2, NothingToDo<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// What exists keeps its place and its form.
#[derive(Debug)]
pub struct NothingToDo<T>(PhantomData<T>);

impl<T: Config> UncheckedOnRuntimeUpgrade for NothingToDo<T> {
	fn on_runtime_upgrade() -> Weight {
		Weight::zero()
	}
}
