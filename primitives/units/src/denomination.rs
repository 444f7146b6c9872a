// SPDX-License-Identifier: Apache-2.0
//! The ledger's amounts in the shorter numbers of a view.

use core::{fmt, num::NonZeroU128};

use crate::{Decimals, LedgerAmount};

/// How a view with fewer decimals counts what the ledger counts.
///
/// One unit of the view is 10^(ledger decimals − view decimals) base units.
///
/// # Examples
/// ```
/// use unum_units::{Decimals, Denomination, LedgerAmount};
/// let ledger = Decimals::new(18).unwrap();
/// let lamports = Denomination::new(ledger, Decimals::new(9).unwrap()).unwrap();
/// // The rest of 5 base units is not shown, and not lost either: only the view is rounded.
/// assert_eq!(lamports.shown(LedgerAmount::new(3_000_000_005)), 3);
/// assert_eq!(lamports.to_ledger(3), Some(LedgerAmount::new(3_000_000_000)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Denomination {
	base_units: NonZeroU128,
}

/// A view can't have more decimals than the ledger: it would show digits that do not exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FinerThanLedgerError {
	/// Decimals of the ledger.
	pub ledger: Decimals,
	/// Decimals that the view was to have.
	pub view: Decimals,
}

impl fmt::Display for FinerThanLedgerError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"a view of {} decimals is finer than the ledger's {} decimals",
			self.view, self.ledger
		)
	}
}

impl core::error::Error for FinerThanLedgerError {}

impl Denomination {
	/// The denomination of a view with `view` decimals of an asset with `ledger` decimals.
	///
	/// # Errors
	/// [`FinerThanLedgerError`] where the view has more decimals.
	pub fn new(ledger: Decimals, view: Decimals) -> Result<Self, FinerThanLedgerError> {
		ledger
			.get()
			.checked_sub(view.get())
			.and_then(|exponent| 10u128.checked_pow(exponent.into()))
			.and_then(NonZeroU128::new)
			.map(|base_units| Self { base_units })
			.ok_or(FinerThanLedgerError { ledger, view })
	}

	/// How many whole units of the view `amount` is: rounded down.
	pub fn shown(self, amount: LedgerAmount) -> u128 {
		// The divisor is not zero by its type.
		amount.get().checked_div(self.base_units.get()).unwrap_or_default()
	}

	/// `units` of the view as an amount of the ledger, exactly; `None` where it would not fit.
	pub fn to_ledger(self, units: u128) -> Option<LedgerAmount> {
		units.checked_mul(self.base_units.get()).map(LedgerAmount::new)
	}

	/// Whether a view of 64-bit numbers can show `amount`.
	pub fn fits_u64(self, amount: LedgerAmount) -> bool {
		u64::try_from(self.shown(amount)).is_ok()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;
	use proptest::prelude::*;

	fn decimals() -> impl Strategy<Value = Decimals> {
		(0u8..=18).prop_map(|n| Decimals::new(n).expect("18 at most"))
	}

	#[test]
	fn a_view_is_never_finer_than_the_ledger() {
		let (six, nine) = (Decimals::new(6).expect("fits"), Decimals::new(9).expect("fits"));
		let error = Denomination::new(six, nine).expect_err("finer");
		assert_eq!(error.to_string(), "a view of 9 decimals is finer than the ledger's 6 decimals");
		for view in 0..=18 {
			for ledger in 0..=18 {
				let made = Denomination::new(
					Decimals::new(ledger).expect("fits"),
					Decimals::new(view).expect("fits"),
				);
				assert_eq!(made.is_ok(), view <= ledger);
			}
		}
	}

	#[test]
	fn the_largest_amount_that_64_bits_show() {
		let nine = Decimals::new(9).expect("fits");
		let unit = Denomination::new(Decimals::MAX, nine).expect("coarser");
		let largest = u128::from(u64::MAX) * 1_000_000_000 + 999_999_999;
		assert!(unit.fits_u64(LedgerAmount::new(largest)));
		assert!(!unit.fits_u64(LedgerAmount::new(largest + 1)));
	}

	proptest! {
		#[test]
		fn nothing_is_lost_between_view_and_ledger(
			ledger in decimals(),
			view in decimals(),
			base_units: u128,
		) {
			let Ok(unit) = Denomination::new(ledger, view) else { return Ok(()) };
			let amount = LedgerAmount::new(base_units);
			let back = unit.to_ledger(unit.shown(amount)).expect("not larger than the amount");
			let rest = amount.checked_sub(back).expect("rounded down");
			prop_assert!(unit.shown(rest) == 0, "the rest is less than one unit");
		}

		#[test]
		fn what_a_view_moves_is_what_it_shows(
			ledger in decimals(),
			view in decimals(),
			units: u64,
		) {
			let Ok(unit) = Denomination::new(ledger, view) else { return Ok(()) };
			let amount = unit.to_ledger(units.into()).expect("64 bits times 10^18 fit 128 bits");
			prop_assert_eq!(unit.shown(amount), u128::from(units));
			prop_assert!(unit.fits_u64(amount));
		}
	}
}
