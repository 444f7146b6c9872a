// SPDX-License-Identifier: Apache-2.0
//! Programs of Solana: no panic and no loop without end, whatever the file is. What loads is
//! executed, verified or not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unum_sbpf::{
	execute, Config, Executable, Memory, Region, SyscallHandler, Version, INPUT_START,
};

/// Writes where the program says, and takes a unit.
struct Syscalls;

impl SyscallHandler for Syscalls {
	type Error = unum_sbpf::AccessViolation;

	fn syscall(
		&mut self,
		hash: u32,
		arguments: [u64; 5],
		memory: &mut Memory<'_>,
		meter: &mut u64,
	) -> Result<u64, Self::Error> {
		*meter = meter.saturating_sub(1);
		let [to, from, length, ..] = arguments;
		memory.copy(to, from, length & 0xff)?;
		Ok(u64::from(hash))
	}
}

fuzz_target!(|bytes: &[u8]| {
	for strict in [false, true] {
		let config = Config {
			aligned_memory: strict,
			stack_frame_gaps: strict,
			reject_broken_elfs: strict,
			versions: Version::V0..=Version::V4,
			..Config::default()
		};
		let Ok(executable) = Executable::load(bytes, &|hash| hash & 1 == 0, &config) else {
			continue;
		};
		let verified = executable.verify();
		let (mut stack, mut heap) = (vec![0; 64 * 4096], vec![0; 1024]);
		let mut input = vec![1; 64];
		let input = vec![Region::writable(&mut input, INPUT_START)];
		let memory = Memory::for_program(&executable, &mut stack, &mut heap, input);
		let mut memory = memory.expect("these regions are apart");
		let arguments = [INPUT_START, 8, 8, 16, 24];
		let execution = execute(&executable, &mut memory, &mut Syscalls, 1_000, arguments);
		assert_eq!(execution.used + execution.remaining, 1_000);
		// The verifier has seen to it that these can't happen.
		if verified.is_ok() {
			assert_ne!(execution.result, Err(unum_sbpf::ExecutionError::InvalidInstruction));
		}
	}
});
