// SPDX-License-Identifier: Apache-2.0
//! Amounts between the 256 bits of a word and the 128 bits of the ledger.

use sp_core::U256;
use unum_units::LedgerAmount;

use crate::Erc20Error;

/// The word that shows `amount`.
pub(crate) fn amount_word(amount: LedgerAmount) -> U256 {
	amount.get().into()
}

/// The ledger's amount for a word; `None` where it does not fit 128 bits.
pub(crate) fn ledger_amount(word: U256) -> Option<LedgerAmount> {
	u128::try_from(word).ok().map(LedgerAmount::new)
}

/// The word that shows an allowance: unlimited is the largest one.
pub(crate) fn allowance_word(allowance: LedgerAmount) -> U256 {
	if allowance == LedgerAmount::MAX {
		U256::MAX
	} else {
		amount_word(allowance)
	}
}

/// The ledger's allowance for a word.
///
/// # Errors
/// [`Erc20Error::AllowanceTooLarge`]: it is finite and not below 2¹²⁸ − 1, which means unlimited on
/// the ledger.
pub(crate) fn ledger_allowance(word: U256) -> Result<LedgerAmount, Erc20Error> {
	if word == U256::MAX {
		return Ok(LedgerAmount::MAX);
	}
	ledger_amount(word)
		.filter(|allowance| *allowance != LedgerAmount::MAX)
		.ok_or(Erc20Error::AllowanceTooLarge { value: word })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn an_allowance_shows_as_it_was_set_and_is_never_truncated() {
		let two_128 = U256::one() << 128;
		for word in [U256::zero(), U256::one(), two_128 - 2, U256::MAX] {
			assert_eq!(ledger_allowance(word).map(allowance_word), Ok(word));
		}
		for value in [two_128 - 1, two_128, two_128 + 1, U256::MAX - 1] {
			assert_eq!(ledger_allowance(value), Err(Erc20Error::AllowanceTooLarge { value }));
		}
	}

	#[test]
	fn an_amount_is_never_truncated() {
		let two_128 = U256::one() << 128;
		assert_eq!(ledger_amount(two_128 - 1), Some(LedgerAmount::MAX));
		assert_eq!(amount_word(LedgerAmount::MAX), two_128 - 1);
		for word in [two_128, two_128 + 1, U256::MAX] {
			assert_eq!(ledger_amount(word), None);
		}
	}
}
