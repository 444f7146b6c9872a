// SPDX-License-Identifier: Apache-2.0
//! What there is, by kind.

use unum_address::SvmAddress;
use unum_spl_token::ids::{associated_token_program, system_program, token_program};

use super::Scene;
use crate::{keys, seen::AccountSeen};

/// What an account is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
	/// There is none.
	Missing,
	/// A wallet.
	Wallet,
	/// A nonce account.
	Nonce,
	/// A mint.
	Mint,
	/// A token account.
	Tokens,
	/// A multisig of the token program.
	Multisig,
	/// What the token program owns and nobody has initialized.
	Blank,
	/// An address lookup table.
	Table,
	/// A buffer of the loader.
	Buffer,
	/// A program.
	Program,
	/// The data of a program.
	ProgramData,
	/// Something else.
	Other,
}

/// All programs that each world has from the beginning, and some addresses that are none.
pub(super) fn programs() -> Vec<SvmAddress> {
	vec![
		system_program(),
		token_program(),
		associated_token_program(),
		keys::memo(),
		keys::lookup_tables(),
		keys::compute_budget(),
		keys::loader_v3(),
		keys::loader_v2(),
	]
}

/// Those whose accounts are the same in both worlds.
fn native_programs() -> Vec<SvmAddress> {
	vec![system_program(), keys::compute_budget(), keys::loader_v3(), keys::loader_v2()]
}

/// System variables that are the same in both worlds.
pub(super) fn sysvars() -> Vec<SvmAddress> {
	vec![
		keys::clock(),
		keys::rent(),
		keys::recent_blockhashes(),
		keys::instructions(),
		keys::epoch_schedule(),
		keys::epoch_rewards(),
		keys::stake_history(),
		keys::last_restart_slot(),
	]
}

pub(super) fn kind(account: Option<&AccountSeen>) -> Kind {
	let Some(account) = account else { return Kind::Missing };
	let data = &account.data;
	if account.owner == system_program() {
		return match data.len() {
			0 => Kind::Wallet,
			80 if data[4] == 1 => Kind::Nonce,
			_ => Kind::Other,
		};
	}
	if account.owner == token_program() {
		return match data.len() {
			82 if data[45] == 1 => Kind::Mint,
			165 if data[108] != 0 => Kind::Tokens,
			355 if data[2] == 1 => Kind::Multisig,
			_ => Kind::Blank,
		};
	}
	if account.owner == keys::lookup_tables() {
		return Kind::Table;
	}
	if account.owner == keys::loader_v3() {
		return match data.first() {
			Some(1) => Kind::Buffer,
			Some(2) => Kind::Program,
			Some(3) => Kind::ProgramData,
			_ => Kind::Other,
		};
	}
	Kind::Other
}

/// An address in data.
pub(super) fn key_at(data: &[u8], offset: usize) -> SvmAddress {
	<[u8; 32]>::try_from(&data[offset..offset + 32]).expect("32 bytes").into()
}

/// A number in data.
pub(super) fn u64_at(data: &[u8], offset: usize) -> u64 {
	u64::from_le_bytes(data[offset..offset + 8].try_into().expect("8 bytes"))
}

impl Scene {
	/// Anything that has an address.
	pub(super) fn any(&mut self) -> SvmAddress {
		match self.rng.u8(..20) {
			0 => self.among(&sysvars()),
			1 => self.among(&native_programs()),
			2 => keys::incinerator(),
			3 => [self.rng.u8(..); 32].into(),
			_ => {
				let index = self.rng.usize(..self.world.known.len());
				*self.world.known.iter().nth(index).expect("in range")
			},
		}
	}

	/// All of a kind.
	pub fn all(&self, wanted: Kind) -> Vec<SvmAddress> {
		let is_wanted = |key: &&SvmAddress| kind(self.world.account(key).as_ref()) == wanted;
		self.world.known.iter().filter(is_wanted).copied().collect()
	}

	/// One of a kind, as a rule.
	pub(super) fn some(&mut self, wanted: Kind) -> SvmAddress {
		let all = self.all(wanted);
		if all.is_empty() || self.one_in(12) {
			return self.any();
		}
		self.among(&all)
	}

	/// One of a kind of which there is a key pair, as a rule.
	pub(super) fn some_keyed(&mut self, wanted: Kind) -> SvmAddress {
		let is_keyed = |key: &SvmAddress| self.world.wallets.iter().any(|one| one.address == *key);
		let all: Vec<_> = self.all(wanted).into_iter().filter(is_keyed).collect();
		if all.is_empty() || self.one_in(15) {
			return self.keyed();
		}
		self.among(&all)
	}

	pub(super) fn lamports(&self, key: &SvmAddress) -> u64 {
		self.world.account(key).map_or(0, |account| account.lamports)
	}

	/// How many lamports make so many bytes exempt from rent.
	pub(super) fn exempt(space: u64) -> u64 {
		(128 + space) * 6_960
	}

	/// An interesting number of lamports to take from an account.
	pub(super) fn amount(&mut self, from: &SvmAddress) -> u64 {
		let has = self.lamports(from);
		let minimum = Self::exempt(0);
		// Whoever pays for most of what happens is not made poor each time.
		let is_rich = has > 1_000_000_000 && !self.one_in(6);
		match if is_rich { self.rng.u8(7..32) } else { self.rng.u8(..16) } {
			0 => 0,
			1 => has,
			2 => has.saturating_add(1),
			3 => has.saturating_sub(5_000),
			4 => has.saturating_sub(minimum),
			5 => has.saturating_sub(minimum + 5_000),
			6 => has.saturating_sub(minimum).saturating_add(1),
			7 => minimum - 1,
			8 => u64::MAX,
			9 => 1,
			_ => minimum + self.rng.u64(..10_000_000),
		}
	}

	/// An interesting number of lamports to make an account with.
	pub(super) fn endowment(&mut self, space: u64) -> u64 {
		match self.rng.u8(..12) {
			0 => Self::exempt(space).saturating_sub(1),
			1 => 0,
			2 => Self::exempt(space) + 1,
			_ => Self::exempt(space),
		}
	}
}
