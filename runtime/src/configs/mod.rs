// SPDX-License-Identifier: Apache-2.0
//! How each pallet is configured, one file per pallet, and the numbers that several of them share.

#![warn(missing_docs)]

pub mod balances;
pub mod consensus;
pub mod dispatch;
pub mod evm;
pub mod identity;
pub mod lanes;
pub mod ledger;
pub mod multisig;
pub mod proxy;
pub mod svm;
pub mod system;
pub mod timestamp;
pub mod transaction_payment;
pub mod utility;

pub use self::{
	balances::EXISTENTIAL_DEPOSIT,
	proxy::ProxyType,
	system::{BLOCK_HASH_COUNT, BLOCK_LENGTH_MAX, BLOCK_REF_TIME_MAX, NORMAL_DISPATCH_RATIO},
};

use crate::Balance;

/// One coin: 18 decimals, so that one base unit is one wei in the eyes of the EVM.
pub const UNIT: Balance = 1_000_000_000_000_000_000;

/// One thousandth of a coin.
pub const MILLI_UNIT: Balance = UNIT / 1_000;

/// What an account must lock while it occupies storage that it can free again.
///
/// A tenth of a coin per storage item and a thousandth per byte: dear enough that nobody fills the
/// state for nothing, cheap enough that nobody thinks twice about a multisig or a proxy.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	// `as`: lossless, and `From` is not const.
	(items as Balance) * 100 * MILLI_UNIT + (bytes as Balance) * MILLI_UNIT
}
