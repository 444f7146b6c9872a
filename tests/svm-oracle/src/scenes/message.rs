// SPDX-License-Identifier: Apache-2.0
//! Messages around instructions, and what can be wrong with them.

use super::{state::key_at, Kind, Scene};
use crate::{
	instructions::{budget, system},
	wire::{transaction, Instruction, Message},
};

impl Scene {
	/// A transaction, signed.
	pub(super) fn transaction(&mut self) -> Vec<u8> {
		if self.one_in(60) && !self.last.is_empty() {
			self.shown = "the last transaction once more".into();
			return self.last.clone();
		}
		let mut instructions = self.instructions();
		while self.one_in(4) && instructions.len() < 6 {
			instructions.extend(self.instructions());
		}
		if self.one_in(8) {
			let index = self.rng.usize(..instructions.len());
			self.spoil(&mut instructions[index]);
		}
		if self.one_in(5) {
			let one = self.budget();
			let index = self.rng.usize(..=instructions.len());
			instructions.insert(index, one);
		}
		let mut blockhash = self.world.theirs.blockhash();
		if self.one_in(12) {
			if let Some((nonce, advance)) = self.durable() {
				blockhash = nonce;
				instructions.insert(0, advance);
			}
		}
		if self.one_in(120) {
			blockhash[0] ^= 1;
		}
		let payer = if self.one_in(40) { self.keyed() } else { self.wallet() };
		// The account of a nonce has to be one of the message's own (SIMD-0242); litesvm does not see to it.
		let is_durable = blockhash != self.world.theirs.blockhash();
		let tables = (!is_durable && self.one_in(4)).then(|| self.usable_tables());
		let mut message = Message::new(payer, &instructions, blockhash, tables.as_deref());
		let spoilt = if self.one_in(20) { self.spoil_message(&mut message) } else { "" };
		self.shown = format!("{message}  {spoilt}");
		let bytes = message.sign(&self.world.wallets);
		if self.one_in(50) {
			return self.spoil_bytes(&message, bytes);
		}
		bytes
	}

	fn budget(&mut self) -> Instruction {
		match self.rng.u8(..8) {
			0 => budget::heap(self.rng.u32(..300) * 1024),
			1 => budget::heap(self.rng.u32(..)),
			2 => budget::units(self.rng.u32(..1_500_000)),
			3 => budget::units(self.rng.u32(200_000..1_500_000)),
			4 => budget::units(1_400_000),
			5 => budget::price(self.rng.u64(..2_000_000)),
			6 => budget::loaded_bytes(if self.one_in(3) { 0 } else { self.rng.u32(40 << 20..) }),
			_ => budget::loaded_bytes(50_000_000),
		}
	}

	/// The nonce of an account, and the instruction that goes on to the next.
	fn durable(&mut self) -> Option<([u8; 32], Instruction)> {
		let all = self.all(Kind::Nonce);
		if all.is_empty() {
			return None;
		}
		let key = self.among(&all);
		let data = self.world.account(&key)?.data;
		let authority = if self.one_in(10) { self.wallet() } else { key_at(&data, 8) };
		Some((*key_at(&data, 40).as_bytes(), system::advance_nonce(key, authority)))
	}

	/// Breaks an instruction.
	pub(super) fn spoil(&mut self, one: &mut Instruction) {
		let count = one.accounts.len();
		let index = if count == 0 { 0 } else { self.rng.usize(..count) };
		match self.rng.u8(..11) {
			0 if count > 0 => one.accounts[index].signer = false,
			1 if count > 0 => one.accounts[index].writable ^= true,
			2 if count > 0 => {
				one.accounts.remove(index);
			},
			3 if count > 0 => {
				let other = self.rng.usize(..count);
				one.accounts.swap(index, other);
			},
			4 if count > 0 => {
				let meta = self.any_meta();
				one.accounts[index].key = meta.key;
				one.accounts[index].signer &= self.can_sign(&meta.key);
			},
			5 if count > 0 => one.accounts.push(one.accounts[index]),
			6 => {
				let meta = self.any_meta();
				one.accounts.push(meta);
			},
			7 if !one.data.is_empty() => {
				let length = self.rng.usize(..one.data.len());
				one.data.truncate(length);
			},
			8 if !one.data.is_empty() => {
				let position = self.rng.usize(..one.data.len());
				one.data[position] = self.rng.u8(..);
			},
			9 => {
				let more = self.bytes(9);
				one.data.extend(more);
			},
			_ => one.accounts.truncate(index),
		}
	}

	/// Breaks a rule of messages.
	fn spoil_message(&mut self, message: &mut Message) -> &'static str {
		match self.rng.u8(..10) {
			0 => {
				message.header[0] = self.rng.u8(..8);
				"signatures"
			},
			1 => {
				message.header[1] = self.rng.u8(..4);
				"read-only signers"
			},
			2 => {
				message.header[2] = self.rng.u8(..8);
				"read-only others"
			},
			3 => {
				let key = self.among(&message.keys);
				message.keys.push(key);
				"a key twice"
			},
			4 => {
				message.keys.pop();
				"a key missing"
			},
			5 => {
				let index = self.rng.usize(..message.instructions.len());
				message.instructions[index].0 = self.rng.u8(..16);
				"another program"
			},
			6 => {
				let index = self.rng.usize(..message.instructions.len());
				message.instructions[index].1.push(self.rng.u8(..64));
				"another account"
			},
			7 => {
				message.instructions.clear();
				"no instructions"
			},
			8 => {
				let key = self.some(Kind::Table);
				message.versioned = true;
				message.lookups.push((key, vec![self.rng.u8(..4)], vec![self.rng.u8(..4)]));
				"a lookup"
			},
			_ => {
				let key = self.any();
				message.versioned = true;
				message.lookups.push((key, vec![], vec![]));
				"an empty lookup"
			},
		}
	}

	/// Breaks the signatures or the form of a transaction.
	fn spoil_bytes(&mut self, message: &Message, mut bytes: Vec<u8>) -> Vec<u8> {
		self.shown += "\nbytes spoilt";
		match self.rng.u8(..5) {
			0 => transaction(&[], &message.encode()),
			1 => {
				bytes[1 + self.rng.usize(..64)] ^= 1;
				bytes
			},
			2 => {
				bytes.truncate(self.rng.usize(..bytes.len()));
				bytes
			},
			3 => {
				bytes.push(0);
				bytes
			},
			_ => {
				let position = self.rng.usize(..bytes.len());
				bytes[position] ^= 1 << self.rng.u8(..8);
				bytes
			},
		}
	}
}
