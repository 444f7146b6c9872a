// SPDX-License-Identifier: Apache-2.0
//! The seam between fees and the dispatcher.

use core::marker::PhantomData;
use frame_support::unsigned::TransactionValidityError;
use pallet_transaction_payment::{OnChargeTransaction, TxCreditHold};
use sp_runtime::traits::{DispatchInfoOf, PostDispatchInfoOf, SaturatedConversion};
use unum_vm_engine::IdentityRegistry;

use crate::{receipts, Config};

/// Takes the fees of raw transactions, which say themselves what they pay.
pub trait RawFees<AccountId> {
	/// What was taken, until it is known what is due.
	type Taken;

	/// Takes `most`, in base units of the native coin.
	///
	/// # Errors
	/// `InvalidTransaction::Payment` where `who` has less. Nothing has changed then.
	fn take(who: &AccountId, most: u128) -> Result<Self::Taken, TransactionValidityError>;

	/// Keeps `due` of what was taken and gives the rest back.
	fn settle(who: &AccountId, taken: Self::Taken, due: u128);
}

/// Everything is free: for tests that charge nobody.
impl<AccountId> RawFees<AccountId> for () {
	type Taken = ();

	fn take(_: &AccountId, _: u128) -> Result<(), TransactionValidityError> {
		Ok(())
	}

	fn settle(_: &AccountId, (): (), _: u128) {}
}

/// Charges fees as `Inner` does, and besides
///
/// - keeps every sender of a signed transaction from ever being reaped: an account that has sent
///   something and vanished would start again with nonce 0, and its old transactions could be
///   replayed;
/// - writes the fee into the transaction's receipt, which is known only after dispatch.
///
/// It is the one place that sees every signed transaction without a transaction extension of our own,
/// which wallets would have to know.
#[derive(Clone, Copy, Debug)]
pub struct ChargeAndRecord<Inner>(PhantomData<Inner>);

impl<T, Inner> OnChargeTransaction<T> for ChargeAndRecord<Inner>
where
	T: Config + pallet_transaction_payment::Config,
	Inner: OnChargeTransaction<T>,
	Self: TxCreditHold<T>,
{
	type Balance = Inner::Balance;
	type LiquidityInfo = Inner::LiquidityInfo;

	fn withdraw_fee(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		dispatch_info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: Self::Balance,
		tip: Self::Balance,
	) -> Result<Self::LiquidityInfo, TransactionValidityError> {
		let paid = Inner::withdraw_fee(who, call, dispatch_info, fee_with_tip, tip)?;
		T::Identity::retain(who.clone().into());
		Ok(paid)
	}

	fn can_withdraw_fee(
		who: &T::AccountId,
		call: &T::RuntimeCall,
		dispatch_info: &DispatchInfoOf<T::RuntimeCall>,
		fee_with_tip: Self::Balance,
		tip: Self::Balance,
	) -> Result<(), TransactionValidityError> {
		Inner::can_withdraw_fee(who, call, dispatch_info, fee_with_tip, tip)
	}

	fn correct_and_deposit_fee(
		who: &T::AccountId,
		dispatch_info: &DispatchInfoOf<T::RuntimeCall>,
		post_info: &PostDispatchInfoOf<T::RuntimeCall>,
		corrected_fee_with_tip: Self::Balance,
		tip: Self::Balance,
		liquidity_info: Self::LiquidityInfo,
	) -> Result<(), TransactionValidityError> {
		receipts::note_fee::<T>(corrected_fee_with_tip.saturated_into());
		Inner::correct_and_deposit_fee(
			who,
			dispatch_info,
			post_info,
			corrected_fee_with_tip,
			tip,
			liquidity_info,
		)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn endow_account(who: &T::AccountId, amount: Self::Balance) {
		Inner::endow_account(who, amount);
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn minimum_balance() -> Self::Balance {
		Inner::minimum_balance()
	}
}

impl<T, Inner> TxCreditHold<T> for ChargeAndRecord<Inner>
where
	T: pallet_transaction_payment::Config,
	Inner: TxCreditHold<T>,
{
	type Credit = Inner::Credit;
}
