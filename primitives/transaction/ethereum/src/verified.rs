// SPDX-License-Identifier: Apache-2.0
//! A transaction that is for this chain and has a sender.

use alloy_eip7702::{RecoveredAuthority, RecoveredAuthorization, SignedAuthorization};
use alloy_primitives::{Address, U256};
use core::ops::Deref;

use crate::{signature::recover_signer, RawTransaction};

/// A transaction whose sender is known, which is for this chain and keeps the rules that need no
/// state. It has all that a [`RawTransaction`] has.
///
/// # Invariants
/// Only [`RawTransaction::verify`] makes one. The nonce is below 2^64 - 1, the tip not above the fee,
/// and gas limit × fee + value below 2^256.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifiedTransaction {
	raw: RawTransaction,
	chain_id: u64,
	cost_cap_total: U256,
	sender: Address,
}

impl VerifiedTransaction {
	pub(crate) const fn new(
		raw: RawTransaction,
		chain_id: u64,
		cost_cap_total: U256,
		sender: Address,
	) -> Self {
		Self { raw, chain_id, cost_cap_total, sender }
	}

	/// The account that signed.
	pub const fn sender(&self) -> Address {
		self.sender
	}

	/// The chain for which this is signed.
	pub const fn chain_id(&self) -> u64 {
		self.chain_id
	}

	/// What the sender pays at most, in wei: gas limit × fee + value.
	pub const fn cost_cap_total(&self) -> U256 {
		self.cost_cap_total
	}

	/// The authorizations with the accounts that signed them ([EIP-7702]), in their order. One whose
	/// signature nobody made has no authority; it is skipped where the others are applied, and does
	/// not make the transaction invalid. Whether chain id, nonce and code of an authority fit is for
	/// who applies it.
	///
	/// Each takes as long as a signature of a transaction does, and pays 25,000 gas for it: so ask
	/// after [`check_gas`](crate::check_gas), and once.
	///
	/// [EIP-7702]: https://eips.ethereum.org/EIPS/eip-7702
	pub fn authorizations(&self) -> impl Iterator<Item = RecoveredAuthorization> + '_ {
		self.raw.authorization_list().iter().map(recover_authority)
	}

	/// The transaction without what is known about its sender.
	pub fn into_raw(self) -> RawTransaction {
		self.raw
	}
}

impl Deref for VerifiedTransaction {
	type Target = RawTransaction;

	fn deref(&self) -> &RawTransaction {
		&self.raw
	}
}

fn recover_authority(signed: &SignedAuthorization) -> RecoveredAuthorization {
	let hash = signed.signature_hash();
	let authority = match recover_signer(&hash, signed.y_parity(), signed.r(), signed.s()) {
		Ok(authority) => RecoveredAuthority::Valid(authority),
		Err(_) => RecoveredAuthority::Invalid,
	};
	RecoveredAuthorization::new_unchecked(signed.inner().clone(), authority)
}
