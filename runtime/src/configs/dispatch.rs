// SPDX-License-Identifier: Apache-2.0
//! The virtual machines, and who picks one.

use frame_support::traits::{
	fungible::{Balanced, Credit},
	tokens::{Fortitude, Precision, Preservation},
	Imbalance, OnUnbalanced,
};
use frame_system::EnsureRoot;
use pallet_dispatch::RawFees;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

use crate::{
	AccountId, Balance, Balances, Evm, IdCom, Lanes, Native, Runtime, Svm, Timestamp,
	TransactionPayment, UnifiedTokens,
};

impl pallet_native::Config for Runtime {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type WeightInfo = pallet_native::SubstrateWeight<Runtime>;
}

/// The engines of this chain. Two that claim the same opcode do not compile.
#[cfg(not(feature = "probe-engine"))]
type Engines = (Native, Evm, Svm);

/// The engines, with the one that the live-upgrade test adds.
#[cfg(feature = "probe-engine")]
type Engines = (Native, Evm, Svm, crate::Kv);

#[cfg(feature = "probe-engine")]
impl pallet_kv::Config for Runtime {}

impl pallet_dispatch::Config for Runtime {
	type Engines = Engines;
	type Identity = IdCom;
	type RawFees = BurntLikeAll;
	type Clock = Timestamp;
	type ManageOrigin = EnsureRoot<AccountId>;
	type WeightInfo = pallet_dispatch::SubstrateWeight<Runtime>;
}

/// Fees of raw transactions, burnt as all fees are.
#[derive(Debug)]
pub struct BurntLikeAll;

impl RawFees<AccountId> for BurntLikeAll {
	type Taken = Credit<AccountId, Balances>;

	// Who pays is retained, so nothing of the balance has to stay behind.
	fn take(who: &AccountId, most: Balance) -> Result<Self::Taken, TransactionValidityError> {
		Balances::withdraw(who, most, Precision::Exact, Preservation::Expendable, Fortitude::Polite)
			.map_err(|_| InvalidTransaction::Payment.into())
	}

	fn settle(who: &AccountId, taken: Self::Taken, due: Balance) {
		let (burnt, rest) = taken.split(due);
		Lanes::on_unbalanced(burnt);
		// What does not fit into the account is burnt as well; it was taken from there, so it fits.
		drop(Balances::resolve(who, rest));
		TransactionPayment::deposit_fee_paid_event(who.clone(), due, 0);
	}
}
