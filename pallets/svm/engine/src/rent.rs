// SPDX-License-Identifier: Apache-2.0
//! Rent: accounts are exempt, or refused (`solana-rent` 4.3, `rent_calculator` of `solana-svm`).

use alloc::vec::Vec;

use crate::Account;

/// Lamports for a byte, once (`DEFAULT_LAMPORTS_PER_BYTE`, SIMD-0194).
const LAMPORTS_PER_BYTE: u64 = 6_960;
/// Bytes that an account has beside its data (`ACCOUNT_STORAGE_OVERHEAD`).
const OVERHEAD_BYTES: u64 = 128;
/// The share of rent that is burnt, in percent (`DEFAULT_BURN_PERCENT`): shown, not charged.
const BURN_PERCENT: u8 = 50;

/// How many lamports an account with so many bytes of data has to hold.
pub fn minimum_balance(data_len: usize) -> u64 {
	u64::try_from(data_len)
		.unwrap_or(u64::MAX)
		.saturating_add(OVERHEAD_BYTES)
		.saturating_mul(LAMPORTS_PER_BYTE)
}

/// The data of the system variable: lamports per byte, the threshold as an IEEE double (which is one
/// since SIMD-0194), the share that is burnt.
pub(crate) fn sysvar() -> Vec<u8> {
	/// The bits of 1.0.
	const ONE: u64 = 0x3ff0_0000_0000_0000;
	let mut data = LAMPORTS_PER_BYTE.to_le_bytes().to_vec();
	data.extend_from_slice(&ONE.to_le_bytes());
	data.push(BURN_PERCENT);
	data
}

/// How an account stands with rent (`RentState`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RentState {
	/// It has no lamports.
	Uninitialized,
	/// It has too few.
	Paying { lamports: u64, data_len: usize },
	/// It has enough.
	Exempt,
}

impl RentState {
	pub(crate) fn of(account: &Account) -> Self {
		let (lamports, data_len) = (account.lamports, account.data.len());
		match lamports {
			0 => Self::Uninitialized,
			_ if lamports >= minimum_balance(data_len) => Self::Exempt,
			_ => Self::Paying { lamports, data_len },
		}
	}

	/// Whether an account may come from `before` to this (`transition_allowed`).
	pub(crate) fn may_follow(self, before: Self) -> bool {
		match (before, self) {
			(_, Self::Uninitialized | Self::Exempt) => true,
			(
				Self::Paying { lamports: had, data_len: was },
				Self::Paying { lamports, data_len },
			) => data_len == was && lamports <= had,
			_ => false,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn exemptions_are_those_of_the_main_network() {
		assert_eq!(
			[0, 82, 165, 355].map(minimum_balance),
			[890_880, 1_461_600, 2_039_280, 3_361_680]
		);
	}
}
