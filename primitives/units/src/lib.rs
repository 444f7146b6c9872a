// SPDX-License-Identifier: Apache-2.0
//! Amounts, decimals, and the coarser numbers that some VMs show.
//!
//! The ledger counts every asset in base units, in 128 bits ([`LedgerAmount`]). A VM whose numbers
//! are shorter sees the same balance through a [`Denomination`]: it shows whole units, rounded down,
//! and moves exact multiples, so that nothing is lost between the two.
//!
//! There is no arithmetic here that can wrap, saturate or panic, and no conversion that can truncate.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod amount;
mod decimals;
mod denomination;

pub use amount::{LedgerAmount, ParseAmountError};
pub use decimals::{Decimals, TooManyDecimalsError};
pub use denomination::{Denomination, FinerThanLedgerError};
