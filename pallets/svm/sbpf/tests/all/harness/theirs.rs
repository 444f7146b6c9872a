// SPDX-License-Identifier: Apache-2.0
//! Upstream's machine.

use super::{
	syscalls::{self, Guest, KINDS, NAMES},
	Input, Loaded, Outcome, Program,
};
use solana_sbpf::{
	ebpf,
	elf::{ElfError, Executable},
	error::{EbpfError, ProgramResult, StableResult},
	interpreter::Interpreter,
	memory_region::{AccessType, MemoryMapping, MemoryRegion},
	program::{BuiltinFunctionDefinition, BuiltinProgram, FunctionRegistry, SBPFVersion},
	verifier::{RequisiteVerifier, Verifier, VerifierError as Refused},
	vm::{CallFrame, Config as TheirConfig, ContextObject, EbpfVm},
};
use std::{ptr::NonNull, sync::Arc};
use unum_sbpf::{
	AccessKind, AccessViolation, Config, ExecutionError, LoadError, ParseError, VerifierError,
	Version,
};

pub(crate) struct Context {
	meter: u64,
	memory: MemoryMapping,
}

impl ContextObject for Context {
	fn consume(&mut self, amount: u64) {
		self.meter = self.meter.saturating_sub(amount);
	}

	fn get_remaining(&self) -> u64 {
		self.meter
	}

	fn active_mapping_ptr(&mut self) -> NonNull<MemoryMapping> {
		NonNull::from(&mut self.memory)
	}
}

impl Guest for Context {
	fn read(&mut self, address: u64, length: u64) -> Result<Vec<u8>, String> {
		match self.memory.map(AccessType::Load, address, length) {
			// SAFETY: the mapping checked the range, and its bytes outlive the context.
			StableResult::Ok(bytes) => Ok(unsafe { (*bytes.ptr()).to_vec() }),
			StableResult::Err(error) => Err(error.to_string()),
		}
	}

	fn write(&mut self, address: u64, bytes: &[u8]) -> Result<(), String> {
		match self.memory.map(AccessType::Store, address, bytes.len() as u64) {
			StableResult::Ok(place) => {
				// SAFETY: the mapping checked the range, and its bytes outlive the context.
				unsafe { (*place.ptr_mut()).copy_from_slice(bytes) };
				Ok(())
			},
			StableResult::Err(error) => Err(error.to_string()),
		}
	}

	fn consume(&mut self, units: u64) {
		ContextObject::consume(self, units);
	}
}

struct Syscall<const KIND: usize>;

impl<const KIND: usize> BuiltinFunctionDefinition<Context> for Syscall<KIND> {
	type Error = Box<dyn core::error::Error>;

	fn rust(
		context: &mut Context,
		a: u64,
		b: u64,
		c: u64,
		d: u64,
		e: u64,
	) -> Result<u64, Self::Error> {
		Ok(syscalls::call(KINDS[KIND], context, [a, b, c, d, e])?)
	}
}

pub(crate) type Loader = Arc<BuiltinProgram<Context>>;

pub(crate) fn loader(config: &Config) -> Loader {
	loader_with(config, &[])
}

/// A loader that knows syscalls of these names too.
pub(crate) fn loader_with(config: &Config, names: &[&str]) -> Loader {
	let mut loader = BuiltinProgram::new_loader(their_config(config));
	for name in names {
		Syscall::<0>::register(&mut loader, name).unwrap();
	}
	for (name, kind) in NAMES {
		let index = KINDS.iter().position(|it| *it == kind).unwrap();
		match index {
			0 => Syscall::<0>::register(&mut loader, name),
			1 => Syscall::<1>::register(&mut loader, name),
			2 => Syscall::<2>::register(&mut loader, name),
			3 => Syscall::<3>::register(&mut loader, name),
			4 => Syscall::<4>::register(&mut loader, name),
			5 => Syscall::<5>::register(&mut loader, name),
			6 => Syscall::<6>::register(&mut loader, name),
			7 => Syscall::<7>::register(&mut loader, name),
			_ => Syscall::<8>::register(&mut loader, name),
		}
		.unwrap();
	}
	Arc::new(loader)
}

fn their_config(config: &Config) -> TheirConfig {
	TheirConfig {
		max_call_depth: usize::from(config.max_call_depth),
		stack_frame_size: config.stack_frame_size as usize,
		enable_address_translation: true,
		enable_stack_frame_gaps: config.stack_frame_gaps,
		enable_instruction_meter: true,
		enable_symbol_and_section_labels: false,
		reject_broken_elfs: config.reject_broken_elfs,
		optimize_rodata: false,
		aligned_memory_mapping: config.aligned_memory,
		enabled_sbpf_versions: their_version(*config.versions.start())
			..=their_version(*config.versions.end()),
		..TheirConfig::default()
	}
}

pub(crate) fn their_version(version: Version) -> SBPFVersion {
	match version {
		Version::V0 => SBPFVersion::V0,
		Version::V1 => SBPFVersion::V1,
		Version::V2 => SBPFVersion::V2,
		Version::V3 => SBPFVersion::V3,
		Version::V4 => SBPFVersion::V4,
		Version::Reserved => SBPFVersion::Reserved,
	}
}

fn our_version(version: SBPFVersion) -> Version {
	match version {
		SBPFVersion::V0 => Version::V0,
		SBPFVersion::V1 => Version::V1,
		SBPFVersion::V2 => Version::V2,
		SBPFVersion::V3 => Version::V3,
		SBPFVersion::V4 => Version::V4,
		SBPFVersion::Reserved => Version::Reserved,
	}
}

pub(crate) fn load(file: &[u8], config: &Config, names: &[&str]) -> Result<Loaded, LoadError> {
	let loader = if names.is_empty() { loader_of(config) } else { loader_with(config, names) };
	let executable = match Executable::load(file, loader) {
		Ok(executable) => executable,
		Err(error) => {
			let message = error.to_string();
			let error = our_load_error(error);
			assert_eq!(error.to_string(), message);
			return Err(error);
		},
	};
	let (text_start, text) = executable.get_text_bytes();
	let mut functions: Vec<_> =
		executable.get_function_registry().iter().map(|(key, (_, pc))| (key, pc as u64)).collect();
	functions.sort_unstable();
	Ok(Loaded {
		version: our_version(executable.get_sbpf_version()),
		entry: executable.get_entrypoint_instruction_offset() as u64,
		text_start,
		text: text.to_vec(),
		readonly: executable.get_ro_section().to_vec(),
		readonly_start: executable.get_ro_region().vm_addr_range().start,
		functions,
		verified: verify(&executable),
	})
}

pub(crate) fn from_text(program: &Program, config: &Config) -> Executable<Context> {
	from_text_with(program, loader_of(config))
}

/// Making a loader is most of the work of a short program: it is made once per configuration.
fn loader_of(config: &Config) -> Loader {
	use std::cell::RefCell;
	thread_local!(static LOADERS: RefCell<Vec<(Config, Loader)>> = const { RefCell::new(Vec::new()) });
	LOADERS.with_borrow_mut(|loaders| {
		if let Some((_, loader)) = loaders.iter().find(|(it, _)| it == config) {
			return loader.clone();
		}
		let loader = loader(config);
		loaders.push((config.clone(), loader.clone()));
		loader
	})
}

fn from_text_with(program: &Program, loader: Loader) -> Executable<Context> {
	let mut functions = FunctionRegistry::default();
	for (key, pc) in &program.functions {
		functions.register_function(*key, Vec::new(), *pc as usize).unwrap();
	}
	let entrypoint = if program.version.static_syscalls() {
		program.entry as u32
	} else {
		ebpf::hash_symbol_name(b"entrypoint")
	};
	functions.unregister_function(entrypoint);
	functions.register_function(entrypoint, *b"entrypoint", program.entry as usize).unwrap();
	let version = their_version(program.version);
	Executable::from_text_bytes(&program.text, loader, version, functions).unwrap()
}

pub(crate) fn verify(executable: &Executable<Context>) -> Result<(), VerifierError> {
	let (_, text) = executable.get_text_bytes();
	let version = executable.get_sbpf_version();
	RequisiteVerifier::verify(text, version, executable.get_loader().get_function_registry())
		.map_err(|error| {
			let message = error.to_string();
			let error = our_verifier_error(error);
			assert_eq!(error.to_string(), message);
			error
		})
}

pub(crate) fn execute_file(file: &[u8], config: &Config, input: &Input) -> Outcome {
	execute(&Executable::load(file, loader_of(config)).unwrap(), config, input)
}

pub(crate) fn execute(executable: &Executable<Context>, config: &Config, input: &Input) -> Outcome {
	let version = executable.get_sbpf_version();
	let their_config = executable.get_config();
	let mut stack = vec![0; their_config.stack_size()];
	let mut heap = input.heap.clone();
	let mut regions: Vec<_> = input.regions.iter().map(|(_, bytes, _)| bytes.clone()).collect();
	let gap = if version.stack_frame_gaps() && config.stack_frame_gaps {
		u64::from(config.stack_frame_size)
	} else {
		0
	};
	let mut mapped = vec![
		executable.get_ro_region(),
		MemoryRegion::new_gapped(&raw mut *stack, ebpf::MM_STACK_START, gap),
		MemoryRegion::new(&raw mut *heap, ebpf::MM_HEAP_START),
	];
	mapped.extend(input.regions.iter().zip(&mut regions).map(|((start, _, writable), bytes)| {
		match writable {
			true => MemoryRegion::new(&raw mut **bytes, *start),
			false => MemoryRegion::new(&raw const **bytes, *start),
		}
	}));
	// SAFETY: the bytes outlive the context, and any bytes may be written.
	let memory = unsafe { MemoryMapping::new(mapped, their_config, version) }.unwrap();
	let mut context = Context { meter: input.budget, memory };
	let stack_len = stack.len();
	let mut vm = EbpfVm::new(executable.get_loader().clone(), version, &mut context, stack_len);
	vm.registers[1..6].copy_from_slice(&input.arguments);
	vm.registers[11] = executable.get_entrypoint_instruction_offset() as u64;
	vm.previous_instruction_meter = input.budget;

	// As `EbpfVm::execute_program` does, which does not show the registers.
	let mut frames = vec![CallFrame::default(); their_config.max_call_depth];
	let registers = vm.registers;
	let mut interpreter = Interpreter::new(&mut vm, executable, registers, &mut frames);
	while interpreter.step() {}
	let registers = interpreter.reg;
	let due = vm.due_insn_count;
	let result = core::mem::replace(&mut vm.program_result, ProgramResult::Ok(0));
	vm.context().consume_due(due);
	drop(vm);
	let message = match &result {
		StableResult::Ok(value) => value.to_string(),
		StableResult::Err(error) => format!("{} {error}", error.discriminant()),
	};
	Outcome {
		result: match result {
			StableResult::Ok(value) => Ok(value),
			StableResult::Err(error) => Err(our_error(error)),
		},
		message,
		used: input.budget - context.meter,
		registers,
		stack,
		heap,
		regions,
	}
}

impl Context {
	fn consume_due(&mut self, due: u64) {
		ContextObject::consume(self, due);
	}
}

fn our_access(access: AccessType) -> AccessKind {
	match access {
		AccessType::Load => AccessKind::Load,
		AccessType::Store => AccessKind::Store,
	}
}

fn our_error(error: EbpfError) -> ExecutionError<String> {
	match error {
		EbpfError::CallDepthExceeded => ExecutionError::CallDepthExceeded,
		EbpfError::DivideByZero => ExecutionError::DivideByZero,
		EbpfError::DivideOverflow => ExecutionError::DivideOverflow,
		EbpfError::ExecutionOverrun => ExecutionError::ExecutionOverrun,
		EbpfError::CallOutsideTextSegment => ExecutionError::CallOutsideTextSegment,
		EbpfError::ExceededMaxInstructions => ExecutionError::ExceededMaxInstructions,
		EbpfError::AccessViolation(access, address, length, section) => {
			let access = our_access(access);
			AccessViolation::General { access, address, length, section }.into()
		},
		EbpfError::StackAccessViolation(access, address, length, frame) => {
			let access = our_access(access);
			AccessViolation::Stack { access, address, length, frame }.into()
		},
		EbpfError::InvalidInstruction => ExecutionError::InvalidInstruction,
		EbpfError::UnsupportedInstruction => ExecutionError::UnsupportedInstruction,
		EbpfError::SyscallError(error) => ExecutionError::Syscall(error.to_string()),
		other => panic!("{other}"),
	}
}

fn our_load_error(error: ElfError) -> LoadError {
	match error {
		ElfError::FailedToParse(text) => LoadError::FailedToParse(our_parse_error(&text)),
		ElfError::EntrypointOutOfBounds => LoadError::EntrypointOutOfBounds,
		ElfError::InvalidEntrypoint => LoadError::InvalidEntrypoint,
		ElfError::UnresolvedSymbol(name, instruction, offset) => LoadError::UnresolvedSymbol {
			name,
			instruction: instruction as u64,
			offset: offset as u64,
		},
		ElfError::RelativeJumpOutOfBounds(pc) => LoadError::RelativeJumpOutOfBounds(pc as u64),
		ElfError::SymbolHashCollision(hash) => LoadError::SymbolHashCollision(hash),
		ElfError::WrongAbi => LoadError::WrongAbi,
		ElfError::WrongMachine => LoadError::WrongMachine,
		ElfError::WrongType => LoadError::WrongType,
		ElfError::NotOneTextSection => LoadError::NotOneTextSection,
		ElfError::WritableSectionNotSupported(name) => LoadError::WritableSectionNotSupported(name),
		ElfError::InvalidVirtualAddress(address) => LoadError::InvalidVirtualAddress(address),
		ElfError::UnknownRelocation(kind) => LoadError::UnknownRelocation(kind),
		ElfError::UnknownSymbol(index) => LoadError::UnknownSymbol(index as u64),
		ElfError::ValueOutOfBounds => LoadError::ValueOutOfBounds,
		ElfError::UnsupportedSBPFVersion => LoadError::UnsupportedVersion,
		ElfError::InvalidProgramHeader => LoadError::InvalidProgramHeader,
		other => panic!("{other:?}"),
	}
}

/// Upstream keeps only the text of these.
fn our_parse_error(text: &str) -> ParseError {
	let plain = [
		ParseError::InvalidFileHeader,
		ParseError::InvalidSectionHeader,
		ParseError::InvalidSize,
		ParseError::Overlap,
		ParseError::SectionNotInOrder,
		ParseError::NoSectionNameStringTable,
		ParseError::InvalidDynamicSectionTable,
		ParseError::InvalidAlignment,
		ParseError::NoDynamicStringTable,
	];
	if let Some(error) = plain.into_iter().find(|error| error.to_string() == text) {
		return error;
	}
	let name = text.strip_prefix("Section or symbol name `");
	let (name, limit) = name.and_then(|text| text.rsplit_once("` is longer than `")).unwrap();
	let limit = limit.strip_suffix("` bytes").unwrap().parse().unwrap();
	ParseError::StringTooLong(name.to_string(), limit)
}

fn our_verifier_error(error: Refused) -> VerifierError {
	let at = |at: usize| at as u64;
	match error {
		Refused::ProgramLengthNotMultiple => VerifierError::ProgramLengthNotMultiple,
		Refused::NoProgram => VerifierError::NoProgram,
		Refused::DivisionByZero(pc) => VerifierError::DivisionByZero(at(pc)),
		Refused::UnsupportedLEBEArgument(pc) => VerifierError::UnsupportedLebeArgument(at(pc)),
		Refused::LDDWCannotBeLast => VerifierError::LddwCannotBeLast,
		Refused::IncompleteLDDW(pc) => VerifierError::IncompleteLddw(at(pc)),
		Refused::JumpOutOfCode(target, pc) => {
			VerifierError::JumpOutOfCode { target: at(target), at: at(pc) }
		},
		Refused::JumpToMiddleOfLDDW(target, pc) => {
			VerifierError::JumpToMiddleOfLddw { target: at(target), at: at(pc) }
		},
		Refused::InvalidSourceRegister(pc) => VerifierError::InvalidSourceRegister(at(pc)),
		Refused::CannotWriteR10(pc) => VerifierError::CannotWriteR10(at(pc)),
		Refused::InvalidDestinationRegister(pc) => {
			VerifierError::InvalidDestinationRegister(at(pc))
		},
		Refused::UnknownOpCode(opcode, pc) => VerifierError::UnknownOpCode { opcode, at: at(pc) },
		Refused::ShiftWithOverflow(shift, bits, pc) => {
			VerifierError::ShiftWithOverflow { shift, bits, at: at(pc) }
		},
		Refused::InvalidRegister(pc) => VerifierError::InvalidRegister(at(pc)),
		Refused::UnalignedImmediate(pc) => VerifierError::UnalignedImmediate(at(pc)),
		other => panic!("{other}"),
	}
}
