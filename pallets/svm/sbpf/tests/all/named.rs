// SPDX-License-Identifier: Apache-2.0
//! Behaviour that has a name.

use crate::harness::{config, execute_both, Input, Outcome, Program, VERSIONS};
use unum_sbpf::{
	execute, AccessKind, AccessViolation, Config, Executable, ExecutionError, InvalidRegion,
	LoadError, Memory, Region, SyscallHandler, VerifierError, Version, BYTECODE_START, HEAP_START,
	INPUT_START, STACK_START,
};

type Instruction = [u8; 8];

const EXIT: Instruction = [0x95, 0, 0, 0, 0, 0, 0, 0];

fn insn(opcode: u8, dst: u8, src: u8, offset: i16, imm: i32) -> Instruction {
	let [o0, o1] = offset.to_le_bytes();
	let [i0, i1, i2, i3] = imm.to_le_bytes();
	[opcode, src << 4 | dst, o0, o1, i0, i1, i2, i3]
}

/// `lddw dst, value`.
fn lddw(dst: u8, value: u64) -> [Instruction; 2] {
	[insn(0x18, dst, 0, 0, value as u32 as i32), insn(0, 0, 0, 0, (value >> 32) as u32 as i32)]
}

fn ldxdw(dst: u8, src: u8, offset: i16) -> Instruction {
	insn(0x79, dst, src, offset, 0)
}

fn stdw(dst: u8, offset: i16, imm: i32) -> Instruction {
	insn(0x7a, dst, 0, offset, imm)
}

fn run_with(version: Version, config: &Config, text: &[Instruction], budget: u64) -> Outcome {
	let program = Program { text: text.concat(), entry: 0, version, functions: Vec::new() };
	let input = Input::new((0..64).collect(), budget);
	execute_both(&program, config, &input).expect("the verifier accepts the program")
}

fn run(version: Version, text: &[Instruction]) -> Outcome {
	run_with(version, &config(true, true, false), text, 1_000)
}

fn general(access: AccessKind, address: u64, section: &'static str) -> ExecutionError<String> {
	AccessViolation::General { access, address, length: 8, section }.into()
}

#[test]
fn an_address_above_32_bits_does_not_wrap_to_another_region() {
	// Cast to 32 bits, each of these is the place of something else.
	for window in [5_u64, 6, 8, 0x1_0000, 0x1_0000_0000 >> 1] {
		for low in [0_u64, 8, 0x100] {
			let address = (window << 32) + low;
			let [low, high] = lddw(1, address);
			let outcome = run(Version::V0, &[low, high, ldxdw(0, 1, 0), EXIT]);
			let expected = general(AccessKind::Load, address, "unallocated");
			assert_eq!(outcome.result, Err(expected), "{address:#x}");
			assert_eq!(outcome.used, 2);
		}
	}
}

#[test]
fn a_range_that_is_longer_than_32_bits_is_not_mapped() {
	let mut bytes = [7; 16];
	let regions = vec![Region::writable(&mut bytes, INPUT_START)];
	let mut memory = Memory::new(regions, Version::V0, &Config::default()).unwrap();
	for length in [1_u64 << 32, (1 << 32) + 8, u64::MAX, u64::MAX - INPUT_START] {
		assert!(memory.slice(INPUT_START, length).is_err());
		assert!(memory.slice_mut(INPUT_START, length).is_err());
		assert!(memory.slice(INPUT_START + 8, length).is_err());
	}
	assert_eq!(memory.slice(INPUT_START + 8, 8), Ok(&[7; 8][..]));
}

#[test]
fn an_infinite_loop_ends_with_its_budget() {
	for version in VERSIONS {
		let outcome = run_with(version, &Config::default(), &[insn(0x05, 0, 0, -1, 0)], 12_345);
		assert_eq!(outcome.result, Err(ExecutionError::ExceededMaxInstructions));
		assert_eq!(outcome.used, 12_345);
	}
}

#[test]
fn the_budget_is_exact() {
	let text = [insn(0xb7, 0, 0, 0, 42), EXIT];
	for version in VERSIONS {
		assert_eq!(run_with(version, &Config::default(), &text, 2).result, Ok(42));
		let short = run_with(version, &Config::default(), &text, 1);
		assert_eq!(short.result, Err(ExecutionError::ExceededMaxInstructions));
		assert_eq!(short.used, 1);
	}
}

#[test]
fn endless_recursion_ends_at_the_call_depth() {
	// `call -1` of V3 is a call of itself.
	let outcome = run(Version::V3, &[insn(0x85, 0, 1, 0, -1), EXIT]);
	assert_eq!(outcome.result, Err(ExecutionError::CallDepthExceeded));
	assert_eq!(outcome.used, 64);
	assert_eq!(outcome.registers[10], STACK_START + 64 * 4096);
}

#[test]
fn a_stack_frame_overflows_into_an_access_violation() {
	// Below the first frame; above it, in the gap of V0; and past the stack of V1.
	let below = run(Version::V0, &[stdw(10, -4096 - 8, 1), EXIT]);
	let violation = |address: u64, frame| {
		let access = AccessKind::Store;
		Err(AccessViolation::Stack { access, address, length: 8, frame }.into())
	};
	assert_eq!(below.result, violation(STACK_START - 8, 0));
	let gap = run(Version::V0, &[stdw(10, 0, 1), EXIT]);
	assert_eq!(gap.result, violation(STACK_START + 4096, 1));
	assert_eq!(run(Version::V3, &[stdw(10, 0, 1), EXIT]).result, Ok(0));
	let past = run(Version::V1, &[stdw(10, 0, 1), EXIT]);
	let address = STACK_START + 64 * 4096;
	assert_eq!(past.result, Err(general(AccessKind::Store, address, "unallocated")));
}

#[test]
fn unaligned_accesses_are_allowed_within_a_region_only() {
	for (address, value) in
		[(INPUT_START + 1, 0x0807_0605_0403_0201), (INPUT_START + 56, 0x3f3e_3d3c_3b3a_3938)]
	{
		let [low, high] = lddw(1, address);
		let outcome = run(Version::V0, &[low, high, ldxdw(0, 1, 0), EXIT]);
		assert_eq!(outcome.result, Ok(value));
	}
	let [low, high] = lddw(1, INPUT_START + 57);
	let outcome = run(Version::V0, &[low, high, ldxdw(0, 1, 0), EXIT]);
	let expected = general(AccessKind::Load, INPUT_START + 57, "input");
	assert_eq!(outcome.result, Err(expected));
}

#[test]
fn the_program_can_be_read_but_not_written() {
	let [low, high] = lddw(1, BYTECODE_START);
	let outcome = run(Version::V0, &[low, high, ldxdw(0, 1, 0), EXIT]);
	assert_eq!(outcome.result, Ok(u64::from_le_bytes(low)));
	let outcome = run(Version::V0, &[low, high, stdw(1, 0, 1), EXIT]);
	assert_eq!(outcome.result, Err(general(AccessKind::Store, BYTECODE_START, "program")));
}

#[test]
fn the_program_of_v3_can_not_be_read() {
	let [low, high] = lddw(1, BYTECODE_START);
	let outcome = run(Version::V3, &[low, high, ldxdw(0, 1, 0), EXIT]);
	let expected = general(AccessKind::Load, BYTECODE_START, "unallocated");
	assert_eq!(outcome.result, Err(expected));
}

#[test]
fn an_address_that_overflows_is_not_mapped() {
	for offset in [-1, i16::MIN, i16::MAX] {
		let text = [insn(0xb7, 1, 0, 0, -1), ldxdw(0, 1, offset), EXIT];
		assert!(matches!(run(Version::V0, &text).result, Err(ExecutionError::AccessViolation(_))));
	}
}

#[test]
fn regions_that_overlap_are_refused() {
	let (mut a, mut b) = ([0; 8], [0; 8]);
	let unaligned = config(false, false, false);
	let mut memory = |second, config: &Config, version| {
		let regions = vec![Region::writable(&mut a, HEAP_START), Region::writable(&mut b, second)];
		Memory::new(regions, version, config).map(|memory| memory.regions().len())
	};
	assert_eq!(memory(HEAP_START + 8, &unaligned, Version::V0), Ok(2));
	assert_eq!(memory(HEAP_START + 7, &unaligned, Version::V0), Err(InvalidRegion(1)));
	assert_eq!(memory(HEAP_START + 8, &Config::default(), Version::V0), Err(InvalidRegion(3)));
	assert_eq!(memory(HEAP_START + 8, &unaligned, Version::V4), Err(InvalidRegion(3)));
}

#[test]
fn bytes_can_be_copied_between_regions_and_within_one() {
	let (mut a, mut b) = (*b"abcdefgh", [0; 8]);
	let regions = vec![Region::writable(&mut a, HEAP_START), Region::writable(&mut b, INPUT_START)];
	let mut memory = Memory::new(regions, Version::V0, &Config::default()).unwrap();
	memory.copy(INPUT_START, HEAP_START, 8).unwrap();
	memory.copy(HEAP_START + 2, HEAP_START, 6).unwrap();
	assert!(memory.copy(HEAP_START + 2, HEAP_START, 7).is_err());
	assert_eq!(memory.slice(HEAP_START, 8), Ok(&b"ababcdef"[..]));
	assert_eq!(memory.read_u64(INPUT_START), Ok(u64::from_le_bytes(*b"abcdefgh")));
}

#[test]
fn versions_that_are_not_enabled_do_not_load() {
	let mut file = vec![0; 64];
	let load = |file: &[u8]| Executable::load(file, &|_| true, &Config::default()).err();
	for flags in [4, 5, u8::MAX] {
		file[48] = flags;
		assert_eq!(load(&file), Some(LoadError::UnsupportedVersion));
	}
	file[48] = 3;
	assert!(matches!(load(&file), Some(LoadError::FailedToParse(_))));
	assert_eq!(load(&file[..51]), Some(LoadError::ValueOutOfBounds));
}

/// A program that the verifier refuses is not undefined behaviour: it ends, with an error.
#[test]
fn programs_that_were_not_verified_end_without_harm() {
	struct Refuses;
	impl SyscallHandler for Refuses {
		type Error = ();
		fn syscall(
			&mut self,
			_hash: u32,
			_arguments: [u64; 5],
			_memory: &mut Memory<'_>,
			_meter: &mut u64,
		) -> Result<u64, ()> {
			Err(())
		}
	}
	let mut random = fastrand::Rng::with_seed(1);
	for _ in 0..20_000 {
		let length = random.usize(..80);
		let text: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
		let version = VERSIONS[random.usize(..VERSIONS.len())];
		let config = Config::default();
		let entry = random.u64(..12);
		let executable =
			Executable::from_text(&text, entry, version, &[], &|hash| hash & 1 == 0, &config);
		let executable = executable.unwrap_or_else(|_| {
			// The entrypoint's hash is odd or even, never both.
			Executable::from_text(&text, entry, version, &[], &|_| false, &config).unwrap()
		});
		let (mut stack, mut heap) = ([0; 64], [0; 64]);
		let mut memory =
			Memory::for_program(&executable, &mut stack, &mut heap, Vec::new()).unwrap();
		let execution = execute(&executable, &mut memory, &mut Refuses, 500, [u64::MAX; 5]);
		assert!(execution.used <= 500);
	}
}

#[test]
fn the_verifier_names_the_rule_and_the_place() {
	let verify = |version, text: &[Instruction]| {
		let config = Config::default();
		Executable::from_text(&text.concat(), 0, version, &[], &|_| true, &config)
			.map(|executable| executable.verify())
			.or_else(|_| {
				Executable::from_text(&text.concat(), 0, version, &[], &|_| false, &config)
					.map(|executable| executable.verify())
			})
			.unwrap()
	};
	assert_eq!(verify(Version::V0, &[]), Err(VerifierError::NoProgram));
	let text = [EXIT, insn(0x05, 0, 0, -3, 0)];
	let error = VerifierError::JumpOutOfCode { target: u64::MAX, at: 1 };
	assert_eq!(verify(Version::V0, &text), Err(error));
	let [low, high] = lddw(1, 1);
	let text = [insn(0x05, 0, 0, 1, 0), low, high, EXIT];
	let error = VerifierError::JumpToMiddleOfLddw { target: 2, at: 0 };
	assert_eq!(verify(Version::V0, &text), Err(error));
	assert_eq!(verify(Version::V0, &[low]), Err(VerifierError::LddwCannotBeLast));
	// Of `lddw` upstream names the second half.
	let error = VerifierError::InvalidDestinationRegister(1);
	assert_eq!(verify(Version::V0, &[insn(0x18, 11, 0, 0, 0), high]), Err(error));
	let error = VerifierError::UnknownOpCode { opcode: 0x18, at: 0 };
	assert_eq!(verify(Version::V2, &[low, high]), Err(error));
	let text = [insn(0x07, 10, 0, 0, 32), EXIT];
	assert_eq!(verify(Version::V0, &text), Err(VerifierError::CannotWriteR10(0)));
	assert_eq!(verify(Version::V1, &text), Err(VerifierError::UnalignedImmediate(0)));
}
