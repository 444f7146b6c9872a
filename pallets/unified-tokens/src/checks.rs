// SPDX-License-Identifier: Apache-2.0
//! Checks of what somebody writes into the form for a token.

use alloc::vec::Vec;
use frame_support::ensure;
use unum_units::Decimals;

use crate::{Config, Error, Pallet, TokenName, TokenSymbol};

/// Decimals in the view of the Solana VM, where a token chooses none: those of Solana's own coin.
const SVM_DECIMALS_DEFAULT: u8 = 9;

impl<T: Config> Pallet<T> {
	pub(crate) fn check_decimals(decimals: u8) -> Result<Decimals, Error<T>> {
		Decimals::new(decimals).map_err(|_| Error::TooManyDecimals)
	}

	pub(crate) fn check_svm_decimals(
		decimals: u8,
		chosen: Option<u8>,
	) -> Result<Decimals, Error<T>> {
		let svm_decimals = chosen.unwrap_or(decimals.min(SVM_DECIMALS_DEFAULT));
		ensure!(svm_decimals <= decimals, Error::SvmDecimalsAboveDecimals);
		Self::check_decimals(svm_decimals)
	}

	pub(crate) fn check_name(bytes: Vec<u8>) -> Result<TokenName, Error<T>> {
		TokenName::new(bytes).map_err(|error| Error::of_text(error, Error::NameTooLong))
	}

	pub(crate) fn check_symbol(bytes: Vec<u8>) -> Result<TokenSymbol, Error<T>> {
		TokenSymbol::new(bytes).map_err(|error| Error::of_text(error, Error::SymbolTooLong))
	}
}
