// SPDX-License-Identifier: Apache-2.0
//! The native coin.

use frame_support::traits::{ConstU128, ConstU32, VariantCountOf};

use crate::{
	first_sight::ToKnownReceivers, Balance, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System,
};

/// The least that an account may own and go on existing: one base unit.
///
/// A VM that has no notion of a least balance must be able to leave any amount behind.
pub const EXISTENTIAL_DEPOSIT: Balance = 1;

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = ToKnownReceivers;
	type Balance = Balance;
	// There is no dust: what is left of an account that is less than one base unit is nothing.
	type DustRemoval = ();
	type ExistentialDeposit = ConstU128<EXISTENTIAL_DEPOSIT>;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
}
