// SPDX-License-Identifier: Apache-2.0
//! Random transactions. What they are about is drawn from the state at hand, so that most of them make
//! sense; one in some is broken afterwards.

mod builtin;
mod message;
mod programs;
mod set_up;
mod state;
mod token;

use fastrand::Rng;
use unum_address::SvmAddress;

use crate::{
	compare::{meant, Difference},
	seen::Seen,
	wire::{Instruction, Message, Meta, Table},
	world::World,
};

pub use state::Kind;

/// Wallets that have coins from the beginning.
const RICH: usize = 5;
/// Key pairs of accounts to come, and of those that have nothing.
const KEYS: u64 = 30;

/// A world, and what is drawn about it.
#[derive(Clone, Debug)]
pub struct Scene {
	/// Both worlds.
	pub world: World,
	rng: Rng,
	seeds: Vec<(SvmAddress, SvmAddress, String, SvmAddress)>,
	tables: Vec<SvmAddress>,
	programs: Vec<SvmAddress>,
	last: Vec<u8>,
	/// What the last transaction was, for people.
	pub shown: String,
}

impl Scene {
	/// The world of a seed, with mints, accounts, tables and programs in it.
	///
	/// # Errors
	/// In what the worlds differ when they are set up.
	pub fn new(seed: u64) -> Result<Self, (String, Difference)> {
		let mut scene = Self {
			world: World::new(KEYS),
			rng: Rng::with_seed(seed),
			seeds: Vec::new(),
			tables: Vec::new(),
			programs: Vec::new(),
			last: Vec::new(),
			shown: String::new(),
		};
		match scene.set_up() {
			Ok(()) => Ok(scene),
			Err(difference) => Err((scene.shown, difference)),
		}
	}

	/// Draws a transaction and executes it in both worlds.
	///
	/// # Errors
	/// In what they differ, and whether that is meant: the scene is at its end.
	pub fn step(&mut self) -> Result<Seen, (Difference, Option<&'static str>)> {
		if self.one_in(3) {
			let slots = if self.one_in(8) { 600 } else { 1 };
			self.world.advance(slots);
		}
		let bytes = self.transaction();
		self.last.clone_from(&bytes);
		self.world.send(&bytes).map_err(|difference| {
			let why = meant(&bytes, &difference);
			(difference, why)
		})
	}

	fn one_in(&mut self, times: usize) -> bool {
		self.rng.usize(..times) == 0
	}

	fn among<T: Clone>(&mut self, things: &[T]) -> T {
		things[self.rng.usize(..things.len())].clone()
	}

	fn wallet(&mut self) -> SvmAddress {
		let index = self.rng.usize(..RICH);
		self.world.wallets[index].address
	}

	/// Any key pair's address, that of accounts among them.
	fn keyed(&mut self) -> SvmAddress {
		let index = self.rng.usize(..self.world.wallets.len());
		self.world.wallets[index].address
	}

	fn bytes(&mut self, most: usize) -> Vec<u8> {
		let length = self.rng.usize(..=most);
		(0..length).map(|_| self.rng.u8(..)).collect()
	}

	/// A transaction of these instructions, paid by the first wallet.
	pub fn sealed(&self, instructions: &[Instruction]) -> Vec<u8> {
		let payer = self.world.wallets[0].address;
		let blockhash = self.world.theirs.blockhash();
		Message::new(payer, instructions, blockhash, None).sign(&self.world.wallets)
	}

	/// Instructions that belong together.
	pub fn instructions(&mut self) -> Vec<Instruction> {
		match self.rng.u8(..100) {
			0..28 => self.system(),
			28..34 => self.nonce(),
			34..66 => self.token(),
			66..74 => self.associated(),
			74..80 => self.memo(),
			80..86 => self.lookup_table(),
			86..90 => self.loader(),
			90..96 => self.call(),
			_ => self.nonsense(),
		}
	}

	/// Any instruction of any program.
	fn nonsense(&mut self) -> Vec<Instruction> {
		let mut programs = crate::scenes::state::programs();
		programs.extend(&self.programs);
		let program = self.among(&programs);
		let mut data = self.bytes(60);
		if data.len() > 4 && self.one_in(2) {
			data[0] %= 16;
			data[1..4].fill(0);
		}
		let accounts = (0..self.rng.usize(..8)).map(|_| self.any_meta()).collect();
		vec![Instruction { program, accounts, data }]
	}

	fn any_meta(&mut self) -> Meta {
		let key = self.any();
		let can_sign = self.world.wallets.iter().any(|wallet| wallet.address == key);
		Meta { key, signer: can_sign && self.rng.bool(), writable: self.rng.bool() }
	}

	/// The tables that a transaction can use at the moment.
	fn usable_tables(&self) -> Vec<Table> {
		let of = |key: &SvmAddress| {
			let account = self.world.account(key)?;
			let addresses = account.data.get(56..)?.chunks_exact(32);
			let addresses = addresses
				.map(|bytes| <[u8; 32]>::try_from(bytes).expect("32 bytes").into())
				.collect();
			Some(Table { key: *key, addresses })
		};
		self.tables.iter().filter_map(of).collect()
	}
}
