// SPDX-License-Identifier: Apache-2.0
//! Instructions of programs that somebody has deployed, of the loader that does, and memos.

use unum_address::SvmAddress;

use super::{state::key_at, Kind, Scene};
use crate::{
	instructions::{forward, loader, system},
	keys,
	wire::{Instruction, Meta},
};

impl Scene {
	pub(super) fn memo(&mut self) -> Vec<Instruction> {
		let program = if self.one_in(5) { keys::memo_1() } else { keys::memo() };
		vec![self.memo_of(program)]
	}

	fn memo_of(&mut self, program: SvmAddress) -> Instruction {
		let data = match self.rng.u8(..6) {
			0 => self.bytes(40),
			1 => "memo ".repeat(self.rng.usize(..60)).into_bytes(),
			2 => "é 漢字 \u{7f}\n\"\\".into(),
			_ => format!("memo {}", self.rng.u32(..)).into_bytes(),
		};
		let count = self.rng.usize(..3);
		let accounts = (0..count)
			.map(|_| Meta {
				key: self.wallet(),
				signer: !self.one_in(6),
				writable: self.rng.bool(),
			})
			.collect();
		Instruction { program, accounts, data }
	}

	/// A program of a user: what it is made for, or something else.
	pub(super) fn call(&mut self) -> Vec<Instruction> {
		if !self.one_in(3) {
			return vec![self.forwarded()];
		}
		let program = self.among(&self.programs.clone());
		let mut one = match self.rng.u8(..6) {
			0 => self.nonsense().remove(0),
			1 | 2 => self.memo_of(program),
			3 => self.token().pop().expect("at least one"),
			4 => self.associated().remove(0),
			_ => self.system().pop().expect("at least one"),
		};
		one.program = program;
		vec![one]
	}

	/// An instruction that the forwarder calls.
	fn forwarded(&mut self) -> Instruction {
		let forwarder = self.programs[0];
		let signer = forward::signer(&forwarder).0;
		let mut flags = [0, 0, forward::flags::UNITS, forward::flags::RETURN, forward::flags::LOG]
			[self.rng.usize(..5)];
		if self.one_in(12) {
			flags |= forward::flags::FAIL;
		}
		let mut inner = match self.rng.u8(..16) {
			0..4 => {
				flags |= forward::flags::SIGN;
				let to = self.some(Kind::Wallet);
				let lamports = self.amount(&signer);
				let mut one = system::transfer(signer, to, lamports);
				one.accounts[0].signer = false;
				one
			},
			4..7 => {
				let flag = [forward::flags::MOVE, forward::flags::COUNT, 96][self.rng.usize(..3)];
				flags |= flag;
				return self.on_own_accounts(forwarder, flags);
			},
			7..10 => self.token().pop().expect("at least one"),
			10 => self.associated().remove(0),
			11 => self.nonce().pop().expect("at least one"),
			12 => self.memo().remove(0),
			13 => self.nonsense().remove(0),
			14 => {
				// Through itself, some levels deep.
				let mut one = self.system().pop().expect("at least one");
				for _ in 0..self.rng.usize(1..5) {
					one = forward::through(forwarder, 1, 0, &one);
				}
				one
			},
			_ => self.system().pop().expect("at least one"),
		};
		if self.one_in(8) {
			self.spoil(&mut inner);
		}
		let times = if self.one_in(6) { self.rng.u8(..4) } else { 1 };
		forward::through(forwarder, times, flags, &inner)
	}

	/// The forwarder changes accounts itself, its own or others'.
	fn on_own_accounts(&mut self, forwarder: SvmAddress, flags: u8) -> Instruction {
		let own: [SvmAddress; 2] = [[0x77; 32].into(), [0x78; 32].into()];
		let other = |scene: &mut Self, key| if scene.one_in(4) { scene.any() } else { key };
		let keys = [own[0], other(self, own[0]), other(self, own[1])];
		let accounts =
			keys.map(|key| Meta { key, signer: false, writable: !self.one_in(8) }).to_vec();
		let program = unum_spl_token::ids::system_program();
		let inner = Instruction { program, accounts, data: b"own".to_vec() };
		forward::through(forwarder, 0, flags, &inner)
	}

	pub(super) fn loader(&mut self) -> Vec<Instruction> {
		let (from, account) = (self.wallet(), self.some_keyed(Kind::Missing));
		let buffer = self.some(Kind::Buffer);
		let program = self.some(Kind::Program);
		let data = self.some(Kind::ProgramData);
		let target = if self.rng.bool() { buffer } else { data };
		let authority = self.authority_of(&target);
		let new = self.wallet();
		vec![match self.rng.u8(..12) {
			0..3 => {
				let space = loader::BUFFER_HEAD + self.rng.u64(..64);
				let lamports = self.endowment(space);
				return vec![
					system::create_account(from, account, lamports, space, keys::loader_v3()),
					loader::initialize_buffer(account, from),
				];
			},
			3..6 => {
				let bytes = self.bytes(40);
				let authority = self.authority_of(&buffer);
				loader::write(buffer, authority, self.rng.u32(..60), &bytes)
			},
			6 => loader::set_authority(target, authority, self.rng.bool().then_some(new)),
			7 => loader::set_authority_checked(target, authority, new),
			8 => {
				let of_program = (target == data).then_some(program);
				loader::close([target, from, authority], of_program)
			},
			9 => loader::extend(program, from, self.rng.u32(..200) * 100),
			10 => {
				let authority = self.authority_of(&loader::program_data(&program));
				loader::upgrade([program, buffer, from, authority])
			},
			_ => {
				let lamports = self.endowment(loader::PROGRAM_BYTES);
				let authority = self.authority_of(&buffer);
				self.world.known.insert(loader::program_data(&account));
				return vec![
					system::create_account(
						from,
						account,
						lamports,
						loader::PROGRAM_BYTES,
						keys::loader_v3(),
					),
					loader::deploy([from, account, buffer, authority], self.rng.u64(..500)),
				];
			},
		}]
	}

	/// Whose a buffer or the data of a program are.
	fn authority_of(&mut self, key: &SvmAddress) -> SvmAddress {
		let found = self.world.account(key).filter(|found| found.owner == keys::loader_v3());
		let authority = found.and_then(|found| match found.data.first() {
			Some(1) if found.data.get(4) == Some(&1) => Some(key_at(&found.data, 5)),
			Some(3) if found.data.get(12) == Some(&1) => Some(key_at(&found.data, 13)),
			_ => None,
		});
		match authority {
			Some(authority) if !self.one_in(8) => authority,
			_ => self.wallet(),
		}
	}
}
