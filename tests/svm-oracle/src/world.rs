// SPDX-License-Identifier: Apache-2.0
//! Both worlds, from the same beginning, transaction by transaction.

use std::collections::BTreeSet;
use unum_address::SvmAddress;
use unum_spl_token::ids::native_mint;
use unum_svm_engine::Environment;

use crate::{
	compare::{compare, is_fees_only, Difference},
	keys::{self, Wallet},
	ours::Ours,
	seen::{AccountSeen, Ended, Seen},
	theirs::Theirs,
};

/// What a signature costs in both worlds, in lamports.
pub const LAMPORTS_PER_SIGNATURE: u64 = 5_000;

/// Both worlds.
#[derive(Clone, Debug)]
pub struct World {
	/// The engine.
	pub ours: Ours,
	/// litesvm.
	pub theirs: Theirs,
	/// Everybody who can sign.
	pub wallets: Vec<Wallet>,
	/// All accounts that are compared.
	pub known: BTreeSet<SvmAddress>,
}

impl World {
	/// A world with so many wallets, which have nothing.
	pub fn new(wallets: u64) -> Self {
		let mut theirs = Theirs::default();
		let mut clock = theirs.clock();
		clock.unix_timestamp = 1_790_000_000;
		theirs.set_clock(&clock);
		let wallets: Vec<_> = (0..wallets).map(Wallet::new).collect();
		let known = wallets.iter().map(|wallet| wallet.address).collect();
		let ours = Ours::new(environment(&theirs));
		let mut world = Self { ours, theirs, wallets, known };
		world.take_our_sysvars();
		world
	}

	/// What programs read of the chain comes from ours: the time, the newest blockhash, and the mint of the
	/// native coin, which litesvm lacks. But not the hashes of slots: our lookup tables need none to know
	/// which slots are recent, so that there is but one.
	fn take_our_sysvars(&mut self) {
		let clock = self.theirs.clock();
		let all = [keys::clock(), keys::recent_blockhashes(), keys::stake_history(), native_mint()];
		for key in all {
			if let Some(account) = self.ours.account(&key) {
				self.theirs.set_account(&key, &account);
			}
		}
		self.theirs.set_slot_hashes(clock.slot);
	}

	/// What is at a place.
	pub fn account(&self, key: &SvmAddress) -> Option<AccountSeen> {
		self.theirs.account(key)
	}

	/// Puts an account where it is wanted, in both worlds.
	pub fn set_account(&mut self, key: &SvmAddress, account: &AccountSeen) {
		self.known.insert(*key);
		self.theirs.set_account(key, account);
		self.ours.set_account(key, account);
	}

	/// Gives a wallet lamports.
	pub fn fund(&mut self, key: &SvmAddress, lamports: u64) {
		let owner = unum_spl_token::ids::system_program();
		let account = AccountSeen { lamports, data: Vec::new(), owner, executable: false };
		self.set_account(key, &account);
	}

	/// Goes on by some slots, to another blockhash.
	pub fn advance(&mut self, slots: u64) {
		let mut clock = self.theirs.clock();
		clock.slot += slots;
		clock.unix_timestamp += i64::try_from(slots).expect("few");
		self.theirs.set_clock(&clock);
		self.theirs.expire_blockhash();
		self.ours.set_environment(environment(&self.theirs));
		self.take_our_sysvars();
	}

	/// Executes a transaction in both worlds.
	///
	/// # Errors
	/// In what they differ.
	pub fn send(&mut self, bytes: &[u8]) -> Result<Seen, Difference> {
		let mut theirs = self.theirs.send(bytes);
		let ours = self.ours.send(bytes);
		if let Some(error) = is_fees_only(&theirs) {
			theirs.ended = Ended::Failed(format!("{error:?}"));
			self.theirs.take_fee(bytes, theirs.fee);
		}
		if !matches!(theirs.ended, Ended::Refused(_)) {
			let failed = theirs.ended != Ended::Succeeded;
			self.theirs.correct_nonces(bytes, &self.known, failed);
		}
		compare(&ours, &theirs)?;
		for key in &self.known {
			let (ours, theirs) = (self.ours.account(key), self.theirs.account(key));
			if ours != theirs {
				return Err(Difference::Account { key: *key, ours, theirs });
			}
		}
		Ok(theirs)
	}
}

fn environment(theirs: &Theirs) -> Environment {
	let clock = theirs.clock();
	Environment {
		slot: clock.slot,
		unix_timestamp: clock.unix_timestamp,
		blockhash: theirs.blockhash(),
		lamports_per_signature: LAMPORTS_PER_SIGNATURE,
	}
}
