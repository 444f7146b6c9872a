// SPDX-License-Identifier: Apache-2.0
//! The instructions that answer with return data: `GetAccountDataSize`, `AmountToUiAmount` and
//! `UiAmountToAmount`.

use alloc::{format, string::String, vec::Vec};

use super::checks::{ensure_ours, split};
use crate::{view, AccountMeta, Mint, ProgramError, SplHost, TokenAccount, TokenError};

/// How many digits p-token has room for: 255 decimals, the point and a zero before it.
const DIGITS_MAX: usize = 257;

pub(super) fn account_data_size(
	host: &impl SplHost,
	accounts: &[AccountMeta],
) -> Result<Vec<u8>, ProgramError> {
	first_mint(host, accounts)?;
	// The number of bytes as a 64-bit number, little-endian.
	let length = u64::try_from(TokenAccount::LEN).map_err(|_| ProgramError::InvalidArgument)?;
	Ok(length.to_le_bytes().into())
}

pub(super) fn to_text(
	host: &impl SplHost,
	accounts: &[AccountMeta],
	amount: u64,
) -> Result<Vec<u8>, ProgramError> {
	let decimals = first_mint(host, accounts)?.decimals;
	Ok(ui_amount(amount, decimals.into()).into_bytes())
}

pub(super) fn from_text(
	host: &impl SplHost,
	accounts: &[AccountMeta],
	text: &str,
) -> Result<Vec<u8>, ProgramError> {
	let decimals = first_mint(host, accounts)?.decimals;
	let amount = amount(text, decimals.into()).ok_or(ProgramError::InvalidArgument)?;
	Ok(amount.to_le_bytes().into())
}

/// The mint that is the first account.
fn first_mint(host: &impl SplHost, accounts: &[AccountMeta]) -> Result<Mint, ProgramError> {
	let ([mint], _) = split(accounts)?;
	ensure_ours(host, &mint.key)?;
	view::mint(host, &mint.key).map_err(|_| TokenError::InvalidMint.into())
}

/// `amount` with its point, without zeros at the end.
fn ui_amount(amount: u64, decimals: usize) -> String {
	if decimals == 0 {
		return format!("{amount}");
	}
	// At least one digit stands before the point.
	let digits = format!("{amount:0>width$}", width = decimals.saturating_add(1));
	let (whole, fraction) = digits.split_at(digits.len().saturating_sub(decimals));
	let text = format!("{whole}.{fraction}");
	text.trim_end_matches('0').trim_end_matches('.').into()
}

/// The number that `text` says with `decimals` digits behind the point.
///
/// As upstream, "1." and ".1" are numbers, zeros at the end count for nothing, and a sign at the very
/// beginning is let through by the parser of integers.
fn amount(text: &str, decimals: usize) -> Option<u64> {
	let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
	let fraction_is_one_part = !fraction.contains('.');
	let fraction = fraction.trim_end_matches('0');
	let zeros = decimals.checked_sub(fraction.len())?;
	let fits = whole.len().saturating_add(decimals) <= DIGITS_MAX;
	if (whole.is_empty() && fraction.is_empty()) || !fraction_is_one_part || !fits {
		return None;
	}
	let digits = format!("{whole}{fraction}{:0<zeros$}", "");
	digits.parse().ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn amounts_are_written_as_people_do() {
		let cases = [
			(0, 0, "0"),
			(0, 2, "0"),
			(23, 2, "0.23"),
			(110, 2, "1.1"),
			(4200, 2, "42"),
			(4200, 0, "4200"),
			(1, 18, "0.000000000000000001"),
			(u64::MAX, 9, "18446744073.709551615"),
		];
		for (amount, decimals, text) in cases {
			assert_eq!(ui_amount(amount, decimals), text);
		}
	}

	#[test]
	fn what_people_write_is_read() {
		let cases = [
			("0.23", 2, Some(23)),
			(".20", 2, Some(20)),
			("42.", 2, Some(4200)),
			("0.2000", 2, Some(20)),
			("+1", 0, Some(1)),
			(".", 2, None),
			("", 2, None),
			("1.2.3", 5, None),
			("1.2.", 5, None),
			("0.111", 2, None),
			("0.t", 2, None),
			("-1", 2, None),
			("18446744073.709551616", 9, None),
		];
		for (text, decimals, number) in cases {
			assert_eq!(amount(text, decimals), number, "{text}");
		}
	}
}
