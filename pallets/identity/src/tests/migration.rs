// SPDX-License-Identifier: Apache-2.0
//! From the layout of version 1 to this one.

use frame_support::traits::{GetStorageVersion, OnRuntimeUpgrade};

use super::*;
use crate::migrations::V1ToV2;

#[test]
fn a_state_of_version_1_is_one_of_version_2() {
	ExtBuilder.build_and_execute(|| {
		Pallet::<Test>::see_wallet(&contract());
		StorageVersion::new(1).put::<Pallet<Test>>();
		let before: Vec<_> = crate::Owners::<Test>::iter().collect();
		V1ToV2::<Test>::on_runtime_upgrade();
		assert_eq!(Pallet::<Test>::on_chain_storage_version(), StorageVersion::new(2));
		assert_eq!(crate::Owners::<Test>::iter().collect::<Vec<_>>(), before);
	});
}
