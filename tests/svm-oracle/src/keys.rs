// SPDX-License-Identifier: Apache-2.0
//! Key pairs, and the addresses that everybody knows.

use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use unum_address::SvmAddress;

/// A key pair that is the same in each run.
#[derive(Clone, Debug)]
pub struct Wallet {
	key: SigningKey,
	/// Its address.
	pub address: SvmAddress,
}

impl Wallet {
	/// The key pair of a number.
	pub fn new(number: u64) -> Self {
		let seed = Sha256::digest([b"unum oracle ".as_slice(), &number.to_le_bytes()].concat());
		let key = SigningKey::from_bytes(&seed.into());
		let address = key.verifying_key().to_bytes().into();
		Self { key, address }
	}

	/// Its signature of a message.
	pub fn sign(&self, message: &[u8]) -> [u8; 64] {
		self.key.sign(message).to_bytes()
	}
}

/// The address of a text that is one.
pub fn address(text: &str) -> SvmAddress {
	text.parse().expect("an address")
}

/// Declares well-known addresses.
macro_rules! known {
	($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
		$(
			$(#[$doc])*
			pub fn $name() -> SvmAddress {
				address($text)
			}
		)*
	};
}

known! {
	/// Loader of programs that can be upgraded.
	loader_v3 = "BPFLoaderUpgradeab1e11111111111111111111111";
	/// Loader of programs that cannot.
	loader_v2 = "BPFLoader2111111111111111111111111111111111";
	/// Owner of the programs that are part of the chain.
	native_loader = "NativeLoader1111111111111111111111111111111";
	/// Sets what a transaction may use.
	compute_budget = "ComputeBudget111111111111111111111111111111";
	/// Keeps address lookup tables.
	lookup_tables = "AddressLookupTab1e1111111111111111111111111";
	/// Memos, second edition.
	memo = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr";
	/// Memos, first edition.
	memo_1 = "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo";
	/// Owner of system variables.
	sysvars = "Sysvar1111111111111111111111111111111111111";
	/// The time.
	clock = "SysvarC1ock11111111111111111111111111111111";
	/// What an account costs.
	rent = "SysvarRent111111111111111111111111111111111";
	/// The newest blockhashes.
	recent_blockhashes = "SysvarRecentB1ockHashes11111111111111111111";
	/// The instructions of the transaction at hand.
	instructions = "Sysvar1nstructions1111111111111111111111111";
	/// The hashes of the newest slots.
	slot_hashes = "SysvarS1otHashes111111111111111111111111111";
	/// How slots make epochs.
	epoch_schedule = "SysvarEpochSchedu1e111111111111111111111111";
	/// Rewards of the epoch.
	epoch_rewards = "SysvarEpochRewards1111111111111111111111111";
	/// Stakes of the past.
	stake_history = "SysvarStakeHistory1111111111111111111111111";
	/// When the chain was started again.
	last_restart_slot = "SysvarLastRestartS1ot1111111111111111111111";
	/// Where lamports are destroyed.
	incinerator = "1nc1nerator11111111111111111111111111111111";
}
