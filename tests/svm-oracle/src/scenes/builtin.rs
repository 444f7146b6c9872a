// SPDX-License-Identifier: Apache-2.0
//! Instructions of the System program, nonces and lookup tables.

use unum_address::SvmAddress;
use unum_spl_token::ids::{system_program, token_program};

use super::{
	state::{key_at, programs},
	Kind, Scene,
};
use crate::{
	instructions::{system, tables, with_seed},
	keys,
	wire::Instruction,
};

impl Scene {
	pub(super) fn system(&mut self) -> Vec<Instruction> {
		let from = self.wallet();
		let one = match self.rng.u8(..20) {
			0..8 => self.transfer(from),
			8..12 => self.creation(from),
			12 => {
				let account = self.some_keyed(Kind::Missing);
				let (space, owner) = (self.space(), self.owner());
				let lamports = self.endowment(space);
				system::create_account_prefunded(account, from, lamports, space, owner)
			},
			13 => system::assign(self.some_keyed(Kind::Missing), self.owner()),
			14 => system::allocate(self.some_keyed(Kind::Missing), self.space()),
			15 => {
				// First the lamports, so that what is allocated stays.
				let (account, space) = (self.some_keyed(Kind::Missing), self.space());
				return vec![
					system::transfer(from, account, Self::exempt(space.min(1 << 20))),
					system::allocate(account, space),
					system::assign(account, self.owner()),
				];
			},
			_ => return self.seeded(from),
		};
		vec![one]
	}

	fn transfer(&mut self, from: SvmAddress) -> Instruction {
		let from = if self.one_in(6) { self.keyed() } else { from };
		let to = match self.rng.u8(..4) {
			0 => self.some(Kind::Missing),
			1 => self.any(),
			_ => self.some(Kind::Wallet),
		};
		let lamports = self.amount(&from);
		system::transfer(from, to, lamports)
	}

	fn creation(&mut self, from: SvmAddress) -> Instruction {
		let account = if self.one_in(8) { self.keyed() } else { self.some_keyed(Kind::Missing) };
		let (space, owner) = (self.space(), self.owner());
		let lamports = self.endowment(space);
		system::create_account(from, account, lamports, space, owner)
	}

	fn space(&mut self) -> u64 {
		match self.rng.u8(..24) {
			0 => 10 * 1024 * 1024 + 1,
			1 => u64::MAX,
			2 => 10_240,
			3 => 82,
			4 => 165,
			5 => 355,
			6 => 80,
			_ => self.rng.u64(..200),
		}
	}

	fn owner(&mut self) -> SvmAddress {
		match self.rng.u8(..6) {
			0 => self.among(&programs()),
			1 => token_program(),
			2 => self.any(),
			_ => system_program(),
		}
	}

	fn seeded(&mut self, from: SvmAddress) -> Vec<Instruction> {
		let seed: String = match self.rng.u8(..8) {
			0 => "x".repeat(33),
			1 => String::new(),
			2 => "é".repeat(16),
			_ => format!("seed {}", self.rng.u8(..4)),
		};
		if self.seeds.is_empty() || self.one_in(3) {
			let (base, owner) = (self.wallet(), self.owner());
			let account = with_seed(&base, &seed, &owner);
			self.world.known.insert(account);
			self.seeds.push((account, base, seed, owner));
		}
		let (account, base, seed, owner) = self.among(&self.seeds.clone());
		let to = self.some(Kind::Wallet);
		let space = self.space();
		let owner = if self.one_in(10) { self.owner() } else { owner };
		let lamports = self.endowment(space);
		vec![match self.rng.u8(..8) {
			0..3 => system::create_with_seed([from, account, base], &seed, lamports, space, owner),
			3 => system::allocate_with_seed(account, base, &seed, space, owner),
			4 => system::assign_with_seed(account, base, &seed, owner),
			5 => system::transfer(from, account, Self::exempt(0) + 5),
			_ => {
				let lamports = self.amount(&account);
				system::transfer_with_seed([account, base, to], &seed, owner, lamports)
			},
		}]
	}

	pub(super) fn nonce(&mut self) -> Vec<Instruction> {
		let from = self.wallet();
		let nonce = self.some(Kind::Nonce);
		let account = self.world.account(&nonce).filter(|account| account.data.len() == 80);
		let authority = match account {
			Some(account) if !self.one_in(10) => key_at(&account.data, 8),
			_ => self.wallet(),
		};
		let one = match self.rng.u8(..10) {
			0..3 => {
				let account = self.some_keyed(Kind::Missing);
				let lamports = self.endowment(80);
				return vec![
					system::create_account(from, account, lamports, 80, system_program()),
					system::initialize_nonce(account, self.wallet()),
				];
			},
			3..6 => system::advance_nonce(nonce, authority),
			6..8 => {
				let lamports = match self.rng.u8(..4) {
					0 => self.lamports(&nonce),
					1 => self.lamports(&nonce).saturating_sub(Self::exempt(80)),
					_ => self.amount(&nonce),
				};
				system::withdraw_nonce(nonce, self.some(Kind::Wallet), authority, lamports)
			},
			8 => system::authorize_nonce(nonce, authority, self.wallet()),
			_ if self.one_in(2) => system::upgrade_nonce(nonce),
			_ => system::initialize_nonce(nonce, authority),
		};
		vec![one]
	}

	/// An instruction of lookup tables.
	pub fn lookup_table(&mut self) -> Vec<Instruction> {
		let payer = self.wallet();
		let table = self.some(Kind::Table);
		let account = self.world.account(&table).filter(|account| account.data.len() >= 56);
		let authority = match account {
			Some(account) if !self.one_in(8) => key_at(&account.data, 22),
			_ => self.wallet(),
		};
		let mut one = match self.rng.u8(..10) {
			0..3 => {
				let slot = self.recent_slot();
				let authority = self.wallet();
				let (one, table) = tables::create(authority, payer, slot);
				self.world.known.insert(table);
				self.tables.push(table);
				one
			},
			3..7 => {
				let count = self.rng.usize(..12);
				let addresses: Vec<_> = (0..count).map(|_| self.any()).collect();
				let payer = (!self.one_in(6)).then_some(payer);
				tables::extend(table, authority, payer, &addresses)
			},
			7 if self.one_in(2) => tables::freeze(table, authority),
			7 | 8 => tables::deactivate(table, authority),
			_ => tables::close(table, authority, self.wallet()),
		};
		if self.one_in(8) {
			let index = self.rng.usize(..one.accounts.len());
			one.accounts[index].writable = false;
		}
		vec![one]
	}

	fn recent_slot(&mut self) -> u64 {
		let now = self.world.theirs.clock().slot;
		let hashes =
			self.world.account(&keys::slot_hashes()).map_or(Vec::new(), |found| found.data);
		let known: Vec<_> = hashes
			.get(8..)
			.unwrap_or_default()
			.chunks_exact(40)
			.map(|entry| super::state::u64_at(entry, 0))
			.filter(|slot| *slot != 0)
			.collect();
		match self.rng.u8(..6) {
			0 => now,
			1 => now.saturating_sub(1_000),
			_ if known.is_empty() => now,
			_ => self.among(&known),
		}
	}
}
