// SPDX-License-Identifier: Apache-2.0
//! Instructions of the Token and Associated Token Account programs.

use unum_address::SvmAddress;
use unum_spl_token::ids::{native_mint, token_program};

use super::{
	state::{key_at, kind, u64_at},
	Kind, Scene,
};
use crate::{
	instructions::{system, token},
	keys,
	wire::{Instruction, Meta},
};

impl Scene {
	/// A token account: its key, its mint, its owner, its amount.
	fn token_account(&mut self) -> (SvmAddress, SvmAddress, SvmAddress, u64) {
		let key = self.some(Kind::Tokens);
		match self.world.account(&key).filter(|found| kind(Some(found)) == Kind::Tokens) {
			Some(found) => {
				let data = &found.data;
				(key, key_at(data, 0), key_at(data, 32), u64_at(data, 64))
			},
			None => (key, self.some(Kind::Mint), self.wallet(), 0),
		}
	}

	/// Another account of the same mint, as a rule.
	fn fellow(&mut self, mint: SvmAddress) -> SvmAddress {
		let is_fellow = |key: &SvmAddress| {
			self.world.account(key).is_some_and(|found| key_at(&found.data, 0) == mint)
		};
		let all: Vec<_> = self.all(Kind::Tokens).into_iter().filter(is_fellow).collect();
		if all.is_empty() || self.one_in(12) {
			return self.some(Kind::Tokens);
		}
		self.among(&all)
	}

	/// Who has to sign for an authority: itself, or the signers of a multisig.
	fn authority(&mut self, authority: SvmAddress) -> Vec<Meta> {
		let found = self.world.account(&authority);
		if kind(found.as_ref()) == Kind::Multisig {
			let data = found.expect("it is one").data;
			let (m, n) = (usize::from(data[0]), usize::from(data[1]));
			let mut signers: Vec<_> = (0..n).map(|index| key_at(&data, 3 + 32 * index)).collect();
			self.rng.shuffle(&mut signers);
			let count = if self.one_in(5) { self.rng.usize(..=n) } else { m };
			let signers = signers.into_iter().take(count).map(|key| Meta::readonly(key, true));
			return [Meta::readonly(authority, false)].into_iter().chain(signers).collect();
		}
		let who = if self.one_in(12) { self.wallet() } else { authority };
		vec![Meta::readonly(who, !self.one_in(25) && self.can_sign(&who))]
	}

	pub(super) fn can_sign(&self, key: &SvmAddress) -> bool {
		self.world.wallets.iter().any(|wallet| wallet.address == *key)
	}

	fn quantity(&mut self, has: u64) -> u64 {
		match self.rng.u8(..10) {
			0 => 0,
			1 => has,
			2 => has.saturating_add(1),
			3 => u64::MAX,
			4 => has / 2,
			_ => self.rng.u64(..1_000),
		}
	}

	fn decimals(&mut self, mint: &SvmAddress) -> u8 {
		let found = self.world.account(mint).and_then(|found| found.data.get(44).copied());
		if self.one_in(10) {
			self.rng.u8(..20)
		} else {
			found.unwrap_or(9)
		}
	}

	fn mint_authority(&mut self, mint: &SvmAddress, offset: usize) -> SvmAddress {
		match self.world.account(mint) {
			Some(found) if found.data.len() == 82 && found.data[offset] == 1 => {
				key_at(&found.data, offset + 4)
			},
			_ => self.wallet(),
		}
	}

	pub(super) fn token(&mut self) -> Vec<Instruction> {
		match self.rng.u8(..40) {
			0..3 => return self.new_mint(),
			3..6 => return self.new_account(),
			6 => return self.new_multisig(),
			7..10 => return self.wrap(),
			_ => {},
		}
		vec![match self.rng.u8(..30) {
			0..6 => self.token_transfer(),
			6..10 => self.approval(),
			10..15 => self.supply(),
			15..18 => self.close(),
			18..21 => self.freeze(),
			21..25 => self.set_authority(),
			25..27 => self.initialization(),
			27 => self.excess(),
			_ => self.question(),
		}]
	}

	fn blank(&mut self, space: u64) -> (SvmAddress, Instruction) {
		let (from, account) = (self.wallet(), self.some_keyed(Kind::Missing));
		let lamports = self.endowment(space);
		(account, system::create_account(from, account, lamports, space, token_program()))
	}

	fn new_mint(&mut self) -> Vec<Instruction> {
		let (mint, create) = self.blank(token::MINT_BYTES);
		let authority = if self.one_in(4) { self.some(Kind::Multisig) } else { self.wallet() };
		let freezer = self.rng.bool().then(|| self.wallet());
		let decimals = self.rng.u8(..=18);
		vec![create, token::initialize_mint(mint, decimals, authority, freezer)]
	}

	fn new_account(&mut self) -> Vec<Instruction> {
		let (account, create) = self.blank(token::ACCOUNT_BYTES);
		let mint = self.some(Kind::Mint);
		let mint = if self.one_in(5) { native_mint() } else { mint };
		let owner = if self.one_in(4) { self.some(Kind::Multisig) } else { self.wallet() };
		vec![create, token::initialize_account(account, mint, owner)]
	}

	fn new_multisig(&mut self) -> Vec<Instruction> {
		let (account, create) = self.blank(token::MULTISIG_BYTES);
		let n = self.rng.usize(..5);
		let signers = (0..n).map(|_| Meta::readonly(self.wallet(), false));
		let mut accounts = vec![Meta::new(account, false)];
		accounts.extend(signers.collect::<Vec<_>>());
		let m = if self.one_in(5) { self.rng.u8(..14) } else { self.rng.u8(1..=3) };
		vec![create, token::instruction(19, &[m], accounts)]
	}

	fn wrap(&mut self) -> Vec<Instruction> {
		let (from, account) = (self.wallet(), self.fellow(native_mint()));
		let lamports = self.rng.u64(..5_000_000);
		vec![
			system::transfer(from, account, lamports),
			token::instruction(17, &[], vec![Meta::new(account, false)]),
		]
	}

	fn token_transfer(&mut self) -> Instruction {
		let (from, mint, owner, has) = self.token_account();
		let to = self.fellow(mint);
		let quantity = self.quantity(has);
		let authority = self.delegate_or(&from, owner);
		let authority = self.authority(authority);
		let mut accounts = vec![Meta::new(from, false)];
		if self.rng.bool() {
			accounts.push(Meta::new(to, false));
			accounts.extend(authority);
			return token::amount(3, quantity, accounts);
		}
		accounts.extend([Meta::readonly(mint, false), Meta::new(to, false)]);
		accounts.extend(authority);
		let decimals = self.decimals(&mint);
		token::checked(12, quantity, decimals, accounts)
	}

	/// The delegate of an account at times, where it has one.
	fn delegate_or(&mut self, account: &SvmAddress, owner: SvmAddress) -> SvmAddress {
		let found = self.world.account(account);
		match found.filter(|found| found.data.len() == 165 && found.data[72] == 1) {
			Some(found) if self.rng.bool() => key_at(&found.data, 76),
			_ => owner,
		}
	}

	fn approval(&mut self) -> Instruction {
		let (account, mint, owner, has) = self.token_account();
		let delegate = Meta::readonly(self.wallet(), false);
		let quantity = self.quantity(has);
		let authority = self.authority(owner);
		let mut accounts = vec![Meta::new(account, false)];
		match self.rng.u8(..4) {
			0 => {
				accounts.extend(authority);
				token::instruction(5, &[], accounts)
			},
			1 => {
				accounts.extend([Meta::readonly(mint, false), delegate]);
				accounts.extend(authority);
				let decimals = self.decimals(&mint);
				token::checked(13, quantity, decimals, accounts)
			},
			_ => {
				accounts.push(delegate);
				accounts.extend(authority);
				token::amount(4, quantity, accounts)
			},
		}
	}

	fn supply(&mut self) -> Instruction {
		let (account, mint, owner, has) = self.token_account();
		let quantity = self.quantity(has);
		let decimals = self.decimals(&mint);
		if self.rng.bool() {
			let authority = self.mint_authority(&mint, 0);
			let mut accounts = vec![Meta::new(mint, false), Meta::new(account, false)];
			accounts.extend(self.authority(authority));
			return match self.rng.bool() {
				true => token::amount(7, quantity, accounts),
				false => token::checked(14, quantity, decimals, accounts),
			};
		}
		let authority = self.delegate_or(&account, owner);
		let mut accounts = vec![Meta::new(account, false), Meta::new(mint, false)];
		accounts.extend(self.authority(authority));
		match self.rng.bool() {
			true => token::amount(8, quantity, accounts),
			false => token::checked(15, quantity, decimals, accounts),
		}
	}

	fn close(&mut self) -> Instruction {
		let (account, _, owner, _) = self.token_account();
		let to = if self.one_in(6) { account } else { self.some(Kind::Wallet) };
		let mut accounts = vec![Meta::new(account, false), Meta::new(to, false)];
		accounts.extend(self.authority(owner));
		token::instruction(9, &[], accounts)
	}

	fn freeze(&mut self) -> Instruction {
		let (account, mint, ..) = self.token_account();
		let authority = self.mint_authority(&mint, 46);
		let mut accounts = vec![Meta::new(account, false), Meta::readonly(mint, false)];
		accounts.extend(self.authority(authority));
		token::instruction(if self.one_in(3) { 10 } else { 11 }, &[], accounts)
	}

	fn set_authority(&mut self) -> Instruction {
		let new = if self.one_in(4) { None } else { Some(self.wallet()) };
		let (key, current, which) = match self.rng.bool() {
			true => {
				let mint = self.some(Kind::Mint);
				let which = self.rng.u8(..2);
				(mint, self.mint_authority(&mint, if which == 0 { 0 } else { 46 }), which)
			},
			false => {
				let (account, _, owner, _) = self.token_account();
				(account, owner, self.rng.u8(2..4))
			},
		};
		let which = if self.one_in(15) { self.rng.u8(..6) } else { which };
		let mut accounts = vec![Meta::new(key, false)];
		accounts.extend(self.authority(current));
		token::instruction(6, &[&[which], token::option(new).as_slice()].concat(), accounts)
	}

	/// An account that is initialized a second time, or in one of the older ways.
	fn initialization(&mut self) -> Instruction {
		let account =
			if self.rng.bool() { self.some(Kind::Blank) } else { self.some(Kind::Tokens) };
		let (mint, owner) = (self.some(Kind::Mint), self.wallet());
		let rent = Meta::readonly(keys::rent(), false);
		let pair = vec![Meta::new(account, false), Meta::readonly(mint, false)];
		match self.rng.u8(..7) {
			0 => {
				let rest = [&[6], owner.as_bytes().as_slice(), &token::option(None)].concat();
				token::instruction(0, &rest, vec![Meta::new(account, false), rent])
			},
			1 => {
				let accounts = [pair, vec![Meta::readonly(owner, false), rent]].concat();
				token::instruction(1, &[], accounts)
			},
			2 => {
				let accounts = vec![Meta::new(account, false), rent, Meta::readonly(owner, false)];
				token::instruction(2, &[1], accounts)
			},
			3 => token::instruction(16, owner.as_bytes(), [pair, vec![rent]].concat()),
			4 => token::initialize_mint(account, 3, owner, Some(owner)),
			5 => token::instruction(22, &[], vec![Meta::new(account, false)]),
			_ => token::initialize_account(account, mint, owner),
		}
	}

	/// `WithdrawExcessLamports`, which only p-token and Token-2022 have.
	fn excess(&mut self) -> Instruction {
		let (account, _, owner, _) = self.token_account();
		let (account, owner) = match self.rng.u8(..3) {
			0 => {
				let mint = self.some(Kind::Mint);
				(mint, self.mint_authority(&mint, 0))
			},
			1 => (self.some(Kind::Multisig), owner),
			_ => (account, owner),
		};
		let mut accounts = vec![Meta::new(account, false), Meta::new(self.wallet(), false)];
		accounts.extend(self.authority(owner));
		token::instruction(38, &[], accounts)
	}

	/// What changes nothing but answers.
	fn question(&mut self) -> Instruction {
		let mint = self.some(Kind::Mint);
		let accounts = vec![Meta::readonly(mint, false)];
		match self.rng.u8(..3) {
			0 => token::instruction(21, &[], accounts),
			1 => token::amount(23, self.rng.u64(..=u64::MAX), accounts),
			_ => {
				let text = match self.rng.u8(..6) {
					0 => "1.".into(),
					1 => "x".into(),
					2 => String::new(),
					3 => format!("{}", u64::MAX),
					_ => format!("{}.{}", self.rng.u16(..), self.rng.u16(..)),
				};
				token::instruction(24, text.as_bytes(), accounts)
			},
		}
	}

	pub(super) fn associated(&mut self) -> Vec<Instruction> {
		let (payer, mint) = (self.wallet(), self.some(Kind::Mint));
		let mint = if self.one_in(6) { native_mint() } else { mint };
		let owner = match self.rng.u8(..6) {
			0 => self.some(Kind::Tokens),
			1 => self.any(),
			_ => self.wallet(),
		};
		// A token account with a key of its own has its balance under that key, so that what is associated with
		// it would show the same; nobody can move tokens out of it upstream.
		let owner = if self.can_sign(&owner) { self.wallet() } else { owner };
		self.world.known.insert(token::associated(owner, mint));
		let mut one = match self.rng.u8(..8) {
			0..3 => token::open_associated(0, payer, owner, mint),
			3..6 => token::open_associated(1, payer, owner, mint),
			6 => {
				let nested = token::associated(token::associated(owner, mint), mint);
				self.world.known.insert(nested);
				let owner = token::associated(owner, mint);
				token::open_associated(1, payer, owner, mint)
			},
			_ => {
				let (owner, other) = (self.wallet(), self.some(Kind::Mint));
				token::recover_nested(owner, mint, other)
			},
		};
		if one.data == [0] && self.rng.bool() {
			// The form that is older than numbers.
			one.data.clear();
		}
		vec![one]
	}
}
