// SPDX-License-Identifier: Apache-2.0
//! Random programs that are likely to do something.

use crate::harness::{syscalls::NAMES, Input, Program, VERSIONS};
use fastrand::Rng;
use solana_sbpf::verifier::{RequisiteVerifier, Verifier, VerifierError};
use std::sync::OnceLock;
use unum_sbpf::{
	syscall_hash, Config, Version, BYTECODE_START, HEAP_START, INPUT_START, STACK_START,
};

/// One case: a program, the settings, the input.
pub(crate) struct Case {
	pub(crate) program: Program,
	pub(crate) config: Config,
	pub(crate) input: Input,
}

impl Case {
	/// The case of a seed.
	pub(crate) fn new(seed: u64) -> Self {
		let mut random = Rng::with_seed(seed);
		let version = VERSIONS[random.usize(..VERSIONS.len())];
		let config = config(&mut random);
		let input = input(&mut random, version, &config);
		let program = if random.u8(..20) == 0 {
			raw(&mut random, version)
		} else {
			Writer::new(random.fork(), version, &config, &input).write()
		};
		Self { program, config, input }
	}
}

fn config(random: &mut Rng) -> Config {
	// Small stacks are quicker to compare, and deep calls reach their end.
	let (max_call_depth, stack_frame_size) = match random.u8(..16) {
		0 => (64, 4096),
		1..=3 => (1, 256),
		4..=7 => (3, 64),
		_ => (5, 256),
	};
	Config {
		max_call_depth,
		stack_frame_size,
		..crate::harness::config(random.bool(), random.bool(), false)
	}
}

fn input(random: &mut Rng, version: Version, config: &Config) -> Input {
	let mut bytes = |length: usize| -> Vec<u8> { (0..length).map(|_| random.u8(..)).collect() };
	let mut regions = vec![(INPUT_START, bytes(96), true)];
	if config.aligned_memory || version == Version::V4 {
		regions.push((INPUT_START + (1 << 32), bytes(40), false));
		regions.push((INPUT_START + (2 << 32), bytes(24), true));
	} else {
		// Two that touch the first and each other, one apart, one far away.
		regions.push((INPUT_START + 96, bytes(33), false));
		regions.push((INPUT_START + 129, bytes(7), true));
		regions.push((INPUT_START + 160, bytes(24), true));
		// One begins in the 4 GiB before, so that an address has two candidates.
		regions.push((INPUT_START + (3 << 32) - 8, bytes(24), true));
		regions.push((INPUT_START + (3 << 32) + 64, bytes(24), true));
	}
	let heap = bytes(64);
	let budget = match random.u8(..8) {
		0 => random.u64(..8),
		1..=5 => random.u64(..300),
		_ => random.u64(..3_000),
	};
	let kept = random.usize(1..=regions.len());
	random.shuffle(&mut regions[1..]);
	regions.truncate(kept);
	Input { regions, heap, budget, arguments: [INPUT_START, random.u64(..64), 8, 16, 24] }
}

/// Bytes without sense, which the verifiers have to agree on.
fn raw(random: &mut Rng, version: Version) -> Program {
	let mut text: Vec<u8> = (0..random.usize(..64)).map(|_| random.u8(..)).collect();
	let known = opcodes(version);
	for instruction in text.chunks_mut(8) {
		instruction[0] = if random.u8(..16) == 0 { random.u8(..) } else { pick(random, known) };
		if let Some(registers) = instruction.get_mut(1) {
			*registers &= 0x77;
		}
		if random.bool() {
			instruction.iter_mut().skip(2).for_each(|byte| *byte = 0);
		}
	}
	if random.u8(..4) != 0 {
		text.truncate(text.len() / 8 * 8);
	}
	Program { text, entry: 0, version, functions: Vec::new() }
}

fn pick<T: Copy>(random: &mut Rng, from: &[T]) -> T {
	from[random.usize(..from.len())]
}

/// The opcodes of a version, as upstream's verifier says.
fn opcodes(version: Version) -> &'static [u8] {
	static TABLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
	let tables = TABLES.get_or_init(|| {
		VERSIONS
			.iter()
			.map(|version| (0..=255).filter(|opcode| is_known(*opcode, *version)).collect())
			.collect()
	});
	&tables[VERSIONS.iter().position(|it| *it == version).unwrap()]
}

fn is_known(opcode: u8, version: Version) -> bool {
	let text = [opcode, 0, 0, 0, 16, 0, 0, 0];
	let registry = solana_sbpf::program::FunctionRegistry::<usize>::default();
	let version = crate::harness::theirs::their_version(version);
	let result = RequisiteVerifier::verify(&text, version, &registry);
	!matches!(result, Err(VerifierError::UnknownOpCode(..)))
}

/// Writes one program.
struct Writer<'a> {
	random: Rng,
	version: Version,
	config: &'a Config,
	input: &'a Input,
	/// How many instructions it will have.
	length: usize,
	text: Vec<[u8; 8]>,
	functions: Vec<(u32, u64)>,
}

impl<'a> Writer<'a> {
	fn new(mut random: Rng, version: Version, config: &'a Config, input: &'a Input) -> Self {
		let length = random.usize(1..64);
		let mut writer = Self {
			random,
			version,
			config,
			input,
			length,
			text: Vec::new(),
			functions: Vec::new(),
		};
		if !version.static_syscalls() {
			for _ in 0..writer.random.usize(..4) {
				// Now and then past the end: calls of it fail.
				let pc = writer.random.u64(..=length as u64);
				let key = syscall_hash(&pc.to_le_bytes());
				if !writer.functions.iter().any(|(it, _)| *it == key) {
					writer.functions.push((key, pc));
				}
			}
		}
		writer
	}

	fn write(mut self) -> Program {
		for register in 0..10 {
			if self.random.u8(..3) != 0 {
				let value = self.value();
				self.constant(register, value);
			}
		}
		while self.text.len() < self.length {
			self.step();
		}
		let last = if self.random.u8(..8) == 0 { None } else { Some(0x95) };
		self.text.extend(last.map(|opcode| [opcode, 0, 0, 0, 0, 0, 0, 0]));
		let entry = if self.random.u8(..8) == 0 { self.random.usize(..self.text.len()) } else { 0 };
		Program {
			text: self.text.concat(),
			entry: entry as u64,
			version: self.version,
			functions: self.functions,
		}
	}

	fn push(&mut self, opcode: u8, dst: u8, src: u8, offset: i16, imm: i32) {
		let [o0, o1] = offset.to_le_bytes();
		let [i0, i1, i2, i3] = imm.to_le_bytes();
		self.text.push([opcode, src << 4 | dst, o0, o1, i0, i1, i2, i3]);
	}

	/// Loads a constant.
	fn constant(&mut self, register: u8, value: u64) {
		let (low, high) = (value as u32 as i32, (value >> 32) as u32 as i32);
		if self.version == Version::V2 {
			self.push(0xb4, register, 0, 0, low);
			self.push(0xf7, register, 0, 0, high);
		} else {
			let src = if self.random.u8(..200) == 0 { self.random.u8(..16) } else { 0 };
			self.push(0x18, register, src, 0, low);
			self.push(0, 0, 0, 0, high);
		}
	}

	/// A number at which something happens.
	fn value(&mut self) -> u64 {
		match self.random.u8(..10) {
			0..=4 => self.address(),
			5 => self.random.u64(..),
			6 => self.random.u64(..256),
			7 => u64::from(self.random.u32(..)),
			8 => pick(&mut self.random, &EDGES),
			_ => (self.random.i64(-3..4)) as u64,
		}
	}

	/// An address in or near a region.
	fn address(&mut self) -> u64 {
		let stack = self.config.stack_size();
		let frame = u64::from(self.config.stack_frame_size);
		let frames = u64::from(self.config.max_call_depth) * 2 + 3;
		let mut places = vec![
			(STACK_START, frame.min(stack)),
			(STACK_START, stack),
			(HEAP_START, self.input.heap.len() as u64),
			(HEAP_START, self.input.heap.len() as u64),
		];
		if self.random.u8(..4) == 0 {
			places.extend([
				(0, 16),
				(BYTECODE_START, self.length as u64 * 8),
				(STACK_START + frame, frame),
				(STACK_START - 2 * frame, frame),
				(STACK_START + frame * self.random.u64(..frames), frame),
				(0x5_0000_0000, 8),
			]);
		}
		places.extend(self.input.regions.iter().map(|(start, it, _)| (*start, it.len() as u64)));
		let (start, length) = pick(&mut self.random, &places);
		match self.random.u8(..24) {
			0 => start.wrapping_sub(self.random.u64(..10)),
			1..=2 => start.wrapping_add(length).wrapping_sub(self.random.u64(..10)),
			3..=4 => start.wrapping_add(self.random.u64(..=length)),
			5..=7 => start.wrapping_add(self.random.u64(..length.max(1)) & !7),
			_ => start.wrapping_add(self.random.u64(..length.saturating_sub(8).max(1))),
		}
	}

	fn step(&mut self) {
		match self.random.u8(..25) {
			24 if self.version == Version::V2 => self.signed_division(),
			0..=8 => self.any(),
			9..=13 => self.access(),
			14 => {
				let (register, value) = (self.random.u8(..10), self.value());
				self.constant(register, value);
			},
			15..=16 => self.jump(),
			17..=18 => self.syscall(),
			19..=20 => self.call(),
			21 => self.call_register(),
			22 if self.version.manual_stack_frames() => {
				let imm = self.random.i32(-8..9) * 64;
				self.push(0x07, 10, 0, 0, imm);
			},
			_ => self.push(0x95, 0, 0, 0, 0),
		}
	}

	/// Any instruction of the version, and now and then none.
	fn any(&mut self) {
		let opcode = if self.random.u8(..200) == 0 {
			self.random.u8(..)
		} else {
			pick(&mut self.random, opcodes(self.version))
		};
		if matches!(opcode & 7, 5) || (opcode & 7 == 6 && self.version.static_syscalls()) {
			return self.jump();
		}
		if opcode == 0x18 {
			return;
		}
		let wide = self.random.u8(..100) == 0;
		let dst = self.random.u8(..if wide { 16 } else { 10 });
		let src = self.random.u8(..if wide { 16 } else { 11 });
		let imm = self.immediate(opcode);
		let offset = self.random.i16(-16..16);
		self.push(opcode, dst, src, offset, imm);
	}

	/// A signed division that may overflow.
	fn signed_division(&mut self) {
		let bits = pick(&mut self.random, &[1 << 63, 1 << 31, 0xffff_ffff_8000_0000]);
		let by = pick(&mut self.random, &[u64::MAX, u64::MAX, u32::MAX as u64, 1]);
		self.constant(3, bits);
		self.constant(4, by);
		let opcode = pick(&mut self.random, &[0xc6, 0xce, 0xd6, 0xde, 0xe6, 0xee, 0xf6, 0xfe]);
		self.push(opcode, 3, 4, 0, -1);
	}

	fn immediate(&mut self, opcode: u8) -> i32 {
		match opcode {
			0xd4 | 0xdc if self.random.u8(..50) != 0 => pick(&mut self.random, &[16, 32, 64]),
			// Shifts.
			0x64 | 0x74 | 0xc4 if self.random.u8(..50) != 0 => self.random.i32(..32).abs() % 32,
			0x67 | 0x77 | 0xc7 if self.random.u8(..50) != 0 => self.random.i32(..64).abs() % 64,
			_ => match self.random.u8(..5) {
				0 => self.random.i32(-3..20),
				1 => pick(&mut self.random, &[-1, 1, 2, 3, i32::MIN, i32::MAX, 255, 256, 65535]),
				_ => self.random.i32(..),
			},
		}
	}

	/// A load or a store, mostly where there is something.
	fn access(&mut self) {
		let loads: &[u8] = match self.version {
			Version::V2 => &[0x2c, 0x3c, 0x8c, 0x9c],
			_ => &[0x71, 0x69, 0x61, 0x79],
		};
		let stores: &[u8] = match self.version {
			Version::V2 => &[0x27, 0x37, 0x87, 0x97, 0x2f, 0x3f, 0x8f, 0x9f],
			_ => &[0x72, 0x6a, 0x62, 0x7a, 0x73, 0x6b, 0x63, 0x7b],
		};
		let mut base = self.random.u8(..10);
		let offset = match self.random.u8(..32) {
			0 => self.random.i16(..),
			1..=2 => self.random.i16(-40..40),
			3..=16 => 0,
			_ => self.random.i16(-64..-7),
		};
		match self.random.u8(..16) {
			0 => (),
			1..=5 => base = 10,
			_ => {
				let address = self.address().wrapping_sub(offset as u64);
				self.constant(base, address);
			},
		}
		let (other, imm) = (self.random.u8(..10), self.random.i32(..));
		if self.random.bool() {
			let opcode = pick(&mut self.random, loads);
			self.push(opcode, other, base, offset, imm);
		} else {
			let opcode = pick(&mut self.random, stores);
			self.push(opcode, base, other, offset, imm);
		}
	}

	/// A jump, mostly forward and mostly within the program.
	fn jump(&mut self) {
		let jumps: Vec<u8> = opcodes(self.version)
			.iter()
			.copied()
			.filter(|opcode| !matches!(opcode, 0x85 | 0x8d | 0x95))
			.filter(|opcode| opcode & 7 == 5 || opcode & 7 == 6 && self.version.static_syscalls())
			.collect();
		let opcode = pick(&mut self.random, &jumps);
		let at = self.text.len() as i16;
		let left = (self.length as i16 - at - 1).max(1);
		let offset = match self.random.u8(..32) {
			0 => self.random.i16(-at - 2..left + 2),
			1..=3 => self.random.i16(-at..0.max(1 - at)),
			_ => self.random.i16(..left.min(6)).rem_euclid(left.min(6)),
		};
		let (dst, src) = (self.random.u8(..10), self.random.u8(..11));
		let imm = self.immediate(opcode);
		self.push(opcode, dst, src, offset, imm);
	}

	fn syscall(&mut self) {
		let (name, _) = pick(&mut self.random, &NAMES);
		if self.random.u8(..8) != 0 {
			let (first, second) = (self.address(), self.address());
			let length = self.random.u64(..16);
			self.constant(1, first);
			// As a length, or as an address.
			let copies = name.starts_with("sol_mem") || name == "copy";
			self.constant(2, if copies { second } else { length });
			self.constant(3, length);
			self.constant(4, second);
		}
		let hash = match self.random.u8(..60) {
			0 => self.random.u32(..),
			_ => syscall_hash(name.as_bytes()),
		};
		let src = if self.random.u8(..40) == 0 { self.random.u8(..11) } else { 0 };
		self.push(0x85, 0, src, 0, hash as i32);
	}

	fn call(&mut self) {
		if self.version.static_syscalls() {
			let at = self.text.len() as i32;
			let to = self.random.i32(-1..self.length as i32 + 2);
			let src = if self.random.u8(..40) == 0 { self.random.u8(..11) } else { 1 };
			return self.push(0x85, 0, src, 0, to - at - 1);
		}
		let key = match self.functions.len() {
			0 => self.random.u32(..),
			_ => pick(&mut self.random, &self.functions).0,
		};
		self.push(0x85, 0, 0, 0, key as i32);
	}

	fn call_register(&mut self) {
		let register = self.random.u8(..10);
		let to = self.random.u64(..self.length as u64 + 3) * 8;
		let skew = if self.random.u8(..8) == 0 { self.random.u64(..9) } else { 0 };
		if self.random.u8(..8) != 0 {
			let address = (BYTECODE_START + to).wrapping_sub(skew);
			self.constant(register, address);
		}
		match self.version {
			Version::V0 | Version::V1 => self.push(0x8d, 0, 0, 0, i32::from(register)),
			Version::V2 => self.push(0x8d, 0, register, 0, 0),
			_ => self.push(0x8d, register, 0, 0, 0),
		}
	}
}

const EDGES: [u64; 12] = [
	0,
	1,
	u64::MAX,
	u64::MAX - 7,
	1 << 63,
	(1 << 63) - 1,
	1 << 31,
	u32::MAX as u64,
	0xffff_ffff_8000_0000,
	1 << 32,
	0xffff_ffff_0000_0000,
	0x8000_0000_ffff_ffff,
];
