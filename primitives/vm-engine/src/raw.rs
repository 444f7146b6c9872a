// SPDX-License-Identifier: Apache-2.0
//! Transactions of other chains, as their wallets signed them.
//!
//! A wallet of another chain knows nothing of this one: what it signs carries its own fee and replay
//! protection. An engine that takes such transactions reads and verifies them; the dispatcher
//! then treats what it has read as any other transaction: one fee, one receipt, once.

use alloc::string::{String, ToString};
use core::fmt::Display;
use sp_core::H256;
use sp_weights::Weight;
use unum_address::{Address, VmKind};

use crate::{engines::FIRST_ENGINE_CODE, Opcode, Rejection};

/// A transaction of another chain's wallet: well-formed, for this chain, and signed by its sender.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawTransaction {
	/// The address of the wallet that signed, and pays.
	pub sender: Address,
	/// The hash under which wallets and explorers of its own chain know the transaction.
	pub hash: H256,
	/// Why it can't be included twice.
	pub replay: ReplayGuard,
	/// The operation that it comes to.
	pub opcode: Opcode,
	/// What it pays in the block at hand.
	pub fee: RawFee,
	/// The priority that this earns in the pool: among transactions with the same sender and nonce
	/// the one with the highest stays.
	pub priority: u64,
}

/// Why a raw transaction can't be included twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplayGuard {
	/// It has the sender's next nonce, one line with everything else that the sender does.
	Nonce(u64),
	/// The chain remembers it for as long as it could be included
	/// ([`VmEngine::note_raw`](crate::VmEngine::note_raw)). It waits for nothing, and nothing for it.
	Once {
		/// What is remembered.
		id: H256,
		/// For how many more blocks it can be included.
		lifetime: u64,
	},
}

/// What a raw transaction pays in the block at hand, in base units of the native coin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RawFee {
	/// A price for each unit of gas that it uses.
	PerGas {
		/// The price of a unit of gas.
		price: u128,
		/// The most units of gas that it may use.
		gas_limit: u64,
		/// What a unit of gas weighs, in picoseconds. Not zero.
		weight_per_gas: u64,
	},
	/// The same whatever it uses.
	Flat(u128),
}

impl RawFee {
	/// What is due at most, in base units; `None` where nobody could have that much.
	pub fn most(&self) -> Option<u128> {
		match *self {
			Self::PerGas { price, gas_limit, .. } => price.checked_mul(gas_limit.into()),
			Self::Flat(fee) => Some(fee),
		}
	}

	/// What is due for the weight that was used, in base units. Never more than [`Self::most`].
	pub fn due(&self, used: Weight) -> u128 {
		match *self {
			Self::PerGas { price, gas_limit, weight_per_gas } => {
				let gas = used.ref_time().checked_div(weight_per_gas).unwrap_or(gas_limit);
				price.saturating_mul(gas.min(gas_limit).into())
			},
			Self::Flat(fee) => fee,
		}
	}
}

impl Rejection {
	/// A refusal of a raw transaction, in the words of its own chain. `code` is from 0 to 127, stable
	/// for ever, and differs from those of the engine's statuses.
	pub fn of_raw(code: u8, cause: &impl Display) -> Self {
		Self { code: FIRST_ENGINE_CODE.saturating_add(code), message: cause.to_string() }
	}

	/// The refusal of every raw transaction, by a VM that takes none.
	pub(crate) fn no_raw_transactions(vm: VmKind) -> Self {
		Self {
			code: NO_RAW_TRANSACTIONS,
			message: String::from("the chain takes no raw transactions for VM ")
				+ &vm.get().to_string(),
		}
	}
}

/// The dispatcher's own code for [`Rejection::no_raw_transactions`].
const NO_RAW_TRANSACTIONS: u8 = 8;

#[cfg(test)]
mod tests {
	use super::*;

	const FEE: RawFee = RawFee::PerGas { price: 7, gas_limit: 100, weight_per_gas: 10 };

	#[test]
	fn what_is_due_is_the_price_of_the_gas_and_never_more_than_the_most() {
		assert_eq!(FEE.most(), Some(700));
		assert_eq!(FEE.due(Weight::from_parts(500, 9)), 350);
		assert_eq!(FEE.due(Weight::from_parts(1_000, 0)), 700);
		assert_eq!(FEE.due(Weight::MAX), 700);
	}

	#[test]
	fn what_nobody_could_pay_has_no_most() {
		let dear = RawFee::PerGas { price: u128::MAX, gas_limit: 100, weight_per_gas: 10 };
		assert_eq!(dear.most(), None);
	}

	#[test]
	fn a_flat_fee_is_due_whatever_was_used() {
		let fee = RawFee::Flat(5);
		assert_eq!(fee.most(), Some(5));
		assert_eq!([Weight::zero(), Weight::MAX].map(|used| fee.due(used)), [5, 5]);
	}
}
