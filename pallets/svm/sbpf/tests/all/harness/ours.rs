// SPDX-License-Identifier: Apache-2.0
//! Our machine.

use super::{
	syscalls::{self, Guest},
	Input, Loaded, Outcome, Program,
};
use unum_sbpf::{syscall_hash, Config, Executable, LoadError, Memory, Region, SyscallHandler};

fn knows(hash: u32) -> bool {
	syscalls::kind(hash).is_some()
}

pub(crate) struct Handler;

struct View<'a, 'm> {
	memory: &'a mut Memory<'m>,
	meter: &'a mut u64,
}

impl Guest for View<'_, '_> {
	fn read(&mut self, address: u64, length: u64) -> Result<Vec<u8>, String> {
		self.memory.slice(address, length).map(<[u8]>::to_vec).map_err(|error| error.to_string())
	}

	fn write(&mut self, address: u64, bytes: &[u8]) -> Result<(), String> {
		let place = self.memory.slice_mut(address, bytes.len() as u64);
		place.map_err(|error| error.to_string())?.copy_from_slice(bytes);
		Ok(())
	}

	fn consume(&mut self, units: u64) {
		*self.meter = self.meter.saturating_sub(units);
	}
}

impl SyscallHandler for Handler {
	type Error = String;

	fn syscall(
		&mut self,
		hash: u32,
		arguments: [u64; 5],
		memory: &mut Memory<'_>,
		meter: &mut u64,
	) -> Result<u64, String> {
		let kind = syscalls::kind(hash).expect("only known syscalls are called");
		syscalls::call(kind, &mut View { memory, meter }, arguments)
	}
}

pub(crate) fn load(file: &[u8], config: &Config, names: &[&str]) -> Result<Loaded, LoadError> {
	let more: Vec<_> = names.iter().map(|name| syscall_hash(name.as_bytes())).collect();
	let executable = Executable::load(file, &|hash| knows(hash) || more.contains(&hash), config)?;
	Ok(Loaded {
		version: executable.version(),
		entry: executable.entry(),
		text_start: executable.text_start(),
		text: executable.text().to_vec(),
		readonly: executable.readonly().to_vec(),
		readonly_start: executable.readonly_region().start(),
		functions: executable.functions().collect(),
		verified: executable.verify(),
	})
}

pub(crate) fn from_text(program: &Program, config: &Config) -> Executable {
	let Program { text, entry, version, functions } = program;
	Executable::from_text(text, *entry, *version, functions, &knows, config).unwrap()
}

pub(crate) fn execute_file(file: &[u8], config: &Config, input: &Input) -> Outcome {
	execute(&Executable::load(file, &knows, config).unwrap(), input)
}

pub(crate) fn execute(executable: &Executable, input: &Input) -> Outcome {
	let mut stack = vec![0; executable.config().stack_size() as usize];
	let mut heap = input.heap.clone();
	let mut regions: Vec<_> = input.regions.iter().map(|(_, bytes, _)| bytes.clone()).collect();
	let places = input
		.regions
		.iter()
		.zip(&mut regions)
		.map(|((start, _, writable), bytes)| match writable {
			true => Region::writable(bytes, *start),
			false => Region::readonly(bytes, *start),
		})
		.collect();
	let mut memory = Memory::for_program(executable, &mut stack, &mut heap, places).unwrap();
	let execution =
		unum_sbpf::execute(executable, &mut memory, &mut Handler, input.budget, input.arguments);
	drop(memory);
	assert_eq!(execution.used + execution.remaining, input.budget);
	let message = match &execution.result {
		Ok(value) => value.to_string(),
		Err(error) => format!("{} {}", error.discriminant(), display(error)),
	};
	Outcome {
		result: execution.result,
		message,
		used: execution.used,
		registers: execution.registers,
		stack,
		heap,
		regions,
	}
}

fn display(error: &unum_sbpf::ExecutionError<String>) -> String {
	error.to_string()
}
