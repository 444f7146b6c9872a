// SPDX-License-Identifier: Apache-2.0
//! The native coin.

use frame_support::{
	traits::{ConstU128, ConstU32, VariantCountOf},
	weights::Weight,
};
use pallet_id_com::WeightInfo as _;

use crate::{Balance, Runtime, RuntimeEvent, RuntimeFreezeReason, RuntimeHoldReason, System};

/// The least that an account may own and go on existing: one base unit.
///
/// A VM that has no notion of a least balance must be able to leave any amount behind.
pub const EXISTENTIAL_DEPOSIT: Balance = 1;

/// The stock weights; and where an account may be created, that of its first sight by identity.
#[derive(Debug)]
pub struct WithFirstSight;

type Stock = pallet_balances::weights::SubstrateWeight<Runtime>;

/// The stock weight with that of indexing the new account's addresses.
fn creating(stock: Weight) -> Weight {
	stock.saturating_add(pallet_id_com::weights::SubstrateWeight::<Runtime>::first_sight())
}

impl pallet_balances::WeightInfo for WithFirstSight {
	fn transfer_allow_death() -> Weight {
		creating(Stock::transfer_allow_death())
	}

	fn transfer_keep_alive() -> Weight {
		creating(Stock::transfer_keep_alive())
	}

	fn force_set_balance_creating() -> Weight {
		creating(Stock::force_set_balance_creating())
	}

	fn force_set_balance_killing() -> Weight {
		Stock::force_set_balance_killing()
	}

	fn force_transfer() -> Weight {
		creating(Stock::force_transfer())
	}

	fn transfer_all() -> Weight {
		creating(Stock::transfer_all())
	}

	fn force_unreserve() -> Weight {
		Stock::force_unreserve()
	}

	fn upgrade_accounts(accounts: u32) -> Weight {
		Stock::upgrade_accounts(accounts)
	}

	fn force_adjust_total_issuance() -> Weight {
		Stock::force_adjust_total_issuance()
	}

	fn burn_allow_death() -> Weight {
		Stock::burn_allow_death()
	}

	fn burn_keep_alive() -> Weight {
		Stock::burn_keep_alive()
	}
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = WithFirstSight;
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
