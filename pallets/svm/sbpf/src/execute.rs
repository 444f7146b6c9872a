// SPDX-License-Identifier: Apache-2.0
//! How programs are executed.

use crate::{interpreter::Machine, Executable, ExecutionError, Memory};

/// What a program calls.
pub trait SyscallHandler {
	/// Why a syscall fails. The program ends with it.
	type Error;

	/// Executes the syscall of a [hash](crate::syscall_hash), which is one that
	/// [`Executable::load`] was told to know, and returns what the program finds in `r0`.
	///
	/// `meter` is what is left of the budget, the call itself already paid; a syscall takes from it
	/// what it costs.
	///
	/// # Errors
	/// The program ends.
	fn syscall(
		&mut self,
		hash: u32,
		arguments: [u64; 5],
		memory: &mut Memory<'_>,
		meter: &mut u64,
	) -> Result<u64, Self::Error>;
}

/// How a program ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Execution<E> {
	/// What it returned, in `r0`; or why it stopped.
	pub result: Result<u64, ExecutionError<E>>,
	/// What it used of its budget: one unit per instruction, and what syscalls took. The instruction
	/// that failed is paid for, the one that could not be paid for is not.
	pub used: u64,
	/// What is left of its budget.
	pub remaining: u64,
	/// `r0` to `r10` at the end, and the index of the last instruction.
	pub registers: [u64; 12],
}

/// Executes a program from its entrypoint.
///
/// `arguments` are `r1` to `r5` at the start: the Solana runtime passes
/// [`INPUT_START`](crate::INPUT_START) and where in the input the instruction data are. `budget` is
/// how many instructions may be executed, less what syscalls take.
///
/// # Determinism
/// The outcome depends on the arguments alone; it is the same on hosts of 32 and 64 bits.
pub fn execute<H: SyscallHandler>(
	executable: &Executable,
	memory: &mut Memory<'_>,
	handler: &mut H,
	budget: u64,
	arguments: [u64; 5],
) -> Execution<H::Error> {
	let mut machine = Machine::new(executable, memory, budget, arguments);
	let result = machine.run(handler);
	machine.finish(result, budget)
}
