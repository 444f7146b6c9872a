// SPDX-License-Identifier: Apache-2.0
//! Accounts that need several signatures.

use frame_support::{parameter_types, traits::ConstU32};

use super::deposit;
use crate::{weights, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System};

parameter_types! {
	/// Locked while a call waits for approvals: one item of 88 bytes (32 for its key).
	pub const DepositBase: Balance = deposit(1, 88);
	/// Locked for every approval that is waited for: one account.
	pub const DepositFactor: Balance = deposit(0, 32);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = DepositBase;
	type DepositFactor = DepositFactor;
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = weights::pallet_multisig::Measured<Runtime>;
	type BlockNumberProvider = System;
}
