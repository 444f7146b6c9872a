// SPDX-License-Identifier: Apache-2.0
//! Poseidon, asked by a program with random arguments: hashes, refusals, what stops the program, and units.

use std::collections::BTreeMap;
use unum_svm_oracle::{
	instructions::{
		budget,
		poseidon::{ask, file, BEHIND, RESULT},
	},
	keys::{self, Wallet},
	seen::{AccountSeen, Ended, Seen},
	wire::{Instruction, Message},
	world::World,
};

/// The order of BN254's groups, big-endian.
const ORDER: [u8; 32] = [
	0x30, 0x64, 0x4e, 0x72, 0xe1, 0x31, 0xa0, 0x29, 0xb8, 0x50, 0x45, 0xb6, 0x81, 0x81, 0x58, 0x5d,
	0x28, 0x33, 0xe8, 0x48, 0x79, 0xb9, 0x70, 0x91, 0x43, 0xe1, 0xf5, 0x93, 0xf0, 0x00, 0x00, 0x01,
];

struct Draw(fastrand::Rng);

impl Draw {
	/// One time in so many.
	fn seldom(&mut self, times: u32) -> bool {
		self.0.u32(..times) == 0
	}

	fn any<T: Copy>(&mut self, of: &[T]) -> T {
		of[self.0.usize(..of.len())]
	}

	/// A number of the field, mostly.
	fn number(&mut self, is_little: bool) -> Vec<u8> {
		let mut bytes = match self.0.u32(..40) {
			0 => ORDER,
			1 => [0xff; 32],
			2..6 => {
				let mut largest = ORDER;
				largest[31] = 0;
				largest
			},
			6..12 => [0; 32],
			_ => {
				let mut bytes = [0; 32];
				self.0.fill(&mut bytes[1..]);
				bytes[0] = self.0.u8(..0x30);
				bytes
			},
		};
		if is_little {
			bytes.reverse();
		}
		let mut bytes = bytes.to_vec();
		if self.seldom(60) {
			bytes.resize(self.any(&[0, 1, 20, 31, 33, 40]), 0);
		}
		bytes
	}

	/// Registers, and what comes behind them.
	fn question(&mut self) -> ([u64; 5], Vec<u8>) {
		let parameters = if self.seldom(60) { self.any(&[1, 2, u64::MAX]) } else { 0 };
		let order = if self.seldom(60) { self.any(&[2, 256, u64::MAX]) } else { self.0.u64(..2) };
		let count = self.0.usize(..=12);
		let inputs: Vec<_> = (0..count).map(|_| self.number(order == 1)).collect();
		let (mut slices, mut bytes) = (Vec::new(), Vec::new());
		for input in &inputs {
			let mut address = BEHIND + (16 * count + bytes.len()) as u64;
			let mut length = input.len() as u64;
			if self.seldom(200) {
				address = self.any(&[0, 1 << 32, 5 << 32, u64::MAX]);
			}
			if self.seldom(200) {
				length = self.any(&[1 << 20, 1 << 62, u64::MAX]);
			}
			slices.extend([address, length].map(u64::to_le_bytes).concat());
			bytes.extend(input);
		}
		let mut told = count as u64;
		if self.seldom(30) {
			told = self.any(&[0, 1, 13, 14, 20_000, u64::MAX]);
		}
		let at = if self.seldom(40) { self.any(&[0, BEHIND + 1, 7 << 32]) } else { BEHIND };
		let places = [0, 1 << 32, BEHIND, RESULT + 1, RESULT + 32_768 - 8, u64::MAX];
		let result = if self.seldom(30) { self.any(&places) } else { RESULT };
		([parameters, order, at, told, result], [slices, bytes].concat())
	}
}

/// A world with the program, which is nobody's.
fn world() -> World {
	let mut world = World::new(1);
	let owner = keys::loader_v2();
	let program = AccountSeen { lamports: 1_000_000_000, data: file(), owner, executable: true };
	world.fund(&Wallet::new(0).address, 1_000_000_000_000);
	world.set_account(&Wallet::new(99).address, &program);
	world
}

fn send(world: &mut World, instructions: &[Instruction]) -> Seen {
	let payer = Wallet::new(0).address;
	let message = Message::new(payer, instructions, world.theirs.blockhash(), None);
	let shown = message.to_string();
	let bytes = message.sign(&world.wallets);
	world.send(&bytes).unwrap_or_else(|difference| panic!("{shown}\n{difference:?}"))
}

/// What was answered, or the sentence of the error.
fn end(seen: &Seen) -> String {
	let sentence = |line: &String| match line.rsplit_once("failed: ") {
		Some((_, sentence)) if sentence.starts_with("Access violation") => {
			"Access violation".into()
		},
		Some((_, sentence)) => sentence.into(),
		None => line.clone(),
	};
	match (&seen.ended, &seen.returned) {
		(Ended::Succeeded, Some((_, bytes))) => format!("answered with {}", bytes[0]),
		_ => seen.logs.last().map(sentence).unwrap_or_default(),
	}
}

#[test]
fn whatever_is_asked_is_answered_the_same() {
	let seed = std::env::var("UNUM_SVM_SEED").ok().and_then(|seed| seed.parse().ok());
	let mut draw = Draw(fastrand::Rng::with_seed(seed.unwrap_or(7)));
	let mut world = world();
	let program = Wallet::new(99).address;
	let mut ends = BTreeMap::<String, u32>::new();
	for round in 0..1_500 {
		// No two transactions are the same.
		let mut units = 100_000 + round;
		if draw.seldom(20) {
			units = draw.0.u32(..10_000);
		}
		let (registers, behind) = draw.question();
		let asked = [budget::units(units), ask(program, registers, &behind)];
		let seen = send(&mut world, &asked);
		*ends.entry(end(&seen)).or_default() += 1;
	}
	println!("{ends:#?}");
	assert!(ends["answered with 0"] > 500 && ends["answered with 1"] > 50);
	for sentence in [
		"Access violation",
		"Computational budget exceeded",
		"Invalid endianness.",
		"Invalid parameters.",
		"InvalidLength",
		"Unaligned pointer",
	] {
		assert!(ends.contains_key(sentence), "{sentence}");
	}
}
