// SPDX-License-Identifier: Apache-2.0
//! The runtime's numbers and hashes as those of JSON, and back.

use alloy_primitives::{Address, B256, U256};
use unum_ethereum_view::{H160, H256, U256 as ViewU256};

/// A hash for JSON.
pub(crate) const fn hash(from: H256) -> B256 {
	B256::new(from.0)
}

/// A hash for the chain.
pub(crate) const fn view_hash(from: B256) -> H256 {
	H256(from.0)
}

/// An address for JSON.
pub(crate) const fn address(from: H160) -> Address {
	Address::new(from.0)
}

/// A number for JSON.
pub(crate) const fn number(from: ViewU256) -> U256 {
	U256::from_limbs(from.0)
}

/// A number for the chain.
pub(crate) const fn view_number(from: U256) -> ViewU256 {
	ViewU256(from.into_limbs())
}
