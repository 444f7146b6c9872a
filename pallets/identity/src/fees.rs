// SPDX-License-Identifier: Apache-2.0
//! Fees of transactions that this pallet authorizes.

use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	weights::Weight,
};
use sp_runtime::transaction_validity::{TransactionPriority, TransactionValidityError};

/// How a sender pays that FRAME's extensions do not see: they charge those who sign in FRAME's own way.
///
/// The runtime implements it by its transaction payment, so that everybody pays by the same list.
pub trait FeePayment<AccountId, Call> {
	/// What was paid, until it is known what is due.
	type Paid;

	/// What the extensions of a signed transaction with that call would weigh on account of the call,
	/// besides what they weigh with any.
	fn besides(_call: &Call) -> Weight {
		Weight::zero()
	}

	/// The priority that the payment earns in the pool.
	fn priority(info: &DispatchInfo, length: u32, tip: u128) -> TransactionPriority;

	/// Takes what the call costs at most.
	///
	/// # Errors
	/// `InvalidTransaction::Payment`.
	fn pay(
		who: &AccountId,
		call: &Call,
		info: &DispatchInfo,
		length: u32,
		tip: u128,
	) -> Result<Self::Paid, TransactionValidityError>;

	/// Gives back what was taken too much.
	///
	/// # Errors
	/// None that `pay` would not have had.
	fn settle(
		who: &AccountId,
		info: &DispatchInfo,
		post_info: &PostDispatchInfo,
		length: u32,
		tip: u128,
		paid: Self::Paid,
	) -> Result<(), TransactionValidityError>;
}

/// Everything is free: for tests that charge nobody.
impl<AccountId, Call> FeePayment<AccountId, Call> for () {
	type Paid = ();

	fn priority(_: &DispatchInfo, _: u32, _: u128) -> TransactionPriority {
		0
	}

	fn pay(
		_: &AccountId,
		_: &Call,
		_: &DispatchInfo,
		_: u32,
		_: u128,
	) -> Result<(), TransactionValidityError> {
		Ok(())
	}

	fn settle(
		_: &AccountId,
		_: &DispatchInfo,
		_: &PostDispatchInfo,
		_: u32,
		_: u128,
		(): (),
	) -> Result<(), TransactionValidityError> {
		Ok(())
	}
}
