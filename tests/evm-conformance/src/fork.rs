// SPDX-License-Identifier: Apache-2.0
//! The forks that are run.

use revm::primitives::hardfork::SpecId;

/// A fork that is run: those whose rules a chain that began on this engine can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fork {
	/// April 2023.
	Shanghai,
	/// March 2024.
	Cancun,
	/// May 2025.
	Prague,
	/// December 2025.
	Osaka,
}

impl Fork {
	/// All of them.
	pub const ALL: [Self; 4] = [Self::Shanghai, Self::Cancun, Self::Prague, Self::Osaka];

	/// The fork that a test names; `None` if it is not run.
	pub fn from_name(name: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|fork| fork.name() == name)
	}

	/// As tests name it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Shanghai => "Shanghai",
			Self::Cancun => "Cancun",
			Self::Prague => "Prague",
			Self::Osaka => "Osaka",
		}
	}

	/// As revm names it.
	pub const fn spec(self) -> SpecId {
		match self {
			Self::Shanghai => SpecId::SHANGHAI,
			Self::Cancun => SpecId::CANCUN,
			Self::Prague => SpecId::PRAGUE,
			Self::Osaka => SpecId::OSAKA,
		}
	}

	/// How many blobs a transaction may have where a block may have `per_block` (by default the
	/// mainnet's number): EIP-4844, EIP-7691, and EIP-7594, which limits each transaction.
	pub(crate) fn blobs_per_tx(self, per_block: Option<u64>) -> u64 {
		match self {
			Self::Shanghai => 0,
			Self::Cancun => per_block.unwrap_or(6),
			Self::Prague => per_block.unwrap_or(9),
			Self::Osaka => per_block.unwrap_or(9).min(6),
		}
	}
}
