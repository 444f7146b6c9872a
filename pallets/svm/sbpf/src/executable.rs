// SPDX-License-Identifier: Apache-2.0
//! A program that is loaded.

use crate::{
	decode::{decode, Operation},
	elf,
	functions::{Functions, ENTRYPOINT},
	verifier, Config, LoadError, Region, VerifierError, Version, BYTECODE_START, RODATA_START,
};
use alloc::vec::Vec;
use core::ops::Range;

/// A program: parsed, relocated and decoded, and independent of the file it came from.
///
/// Loading does not verify; [`Executable::verify`] does. To execute a program that the verifier
/// would refuse is harmless, but what it does is defined here only, not upstream.
#[derive(Clone, Debug)]
pub struct Executable {
	config: Config,
	version: Version,
	/// Read-only data, and the program too up to [`Version::V2`].
	readonly: Vec<u8>,
	readonly_start: u64,
	text: Text,
	text_start: u64,
	entry: u64,
	functions: Functions,
	operations: Vec<Operation>,
}

/// Where the instructions are.
#[derive(Clone, Debug)]
pub(crate) enum Text {
	/// Within the read-only data.
	Readonly(Range<usize>),
	/// Apart from them.
	Apart(Vec<u8>),
}

/// What the loaders find out about a file.
#[derive(Debug)]
pub(crate) struct Loaded {
	pub(crate) readonly: Vec<u8>,
	pub(crate) readonly_start: u64,
	pub(crate) text: Text,
	pub(crate) text_start: u64,
	pub(crate) entry: u64,
	pub(crate) functions: Functions,
}

impl Executable {
	/// Loads an ELF file (`Executable::load` in `elf.rs` upstream).
	///
	/// `knows_syscall` says whether there is a syscall of this [hash](crate::syscall_hash); calls of
	/// others become unsupported instructions, which fail when they are executed. (They fail to load
	/// if the configuration refuses broken files.) It is asked for every call in the program, so it
	/// should answer from a table.
	///
	/// # Errors
	/// See [`LoadError`].
	pub fn load(
		file: &[u8],
		knows_syscall: &dyn Fn(u32) -> bool,
		config: &Config,
	) -> Result<Self, LoadError> {
		let version = elf::version(file)?;
		if !config.versions.contains(&version) {
			return Err(LoadError::UnsupportedVersion);
		}
		let loaded = if version.strict_elf_headers() {
			elf::load_strict(file)?
		} else {
			elf::load_lenient(file, knows_syscall, config)?
		};
		Ok(Self::new(loaded, version, knows_syscall, config))
	}

	/// A program of these instructions alone, which begins with the one at `entry`
	/// (`new_from_text_bytes` upstream). `functions` are the keys and the indices of functions of the
	/// program; from [`Version::V3`] on there is no need of them.
	///
	/// # Errors
	/// A function has the key of another, or the entrypoint that of a syscall.
	pub fn from_text(
		text: &[u8],
		entry: u64,
		version: Version,
		functions: &[(u32, u64)],
		knows_syscall: &dyn Fn(u32) -> bool,
		config: &Config,
	) -> Result<Self, LoadError> {
		let mut registry = Functions::default();
		for (key, pc) in functions {
			registry.insert(*key, *pc)?;
		}
		if !version.static_syscalls() {
			registry.insert_named(ENTRYPOINT, entry, knows_syscall)?;
		}
		let lower = version.strict_elf_headers();
		let loaded = Loaded {
			readonly: text.to_vec(),
			readonly_start: if lower { RODATA_START } else { BYTECODE_START },
			text: Text::Readonly(0..text.len()),
			text_start: BYTECODE_START,
			entry,
			functions: registry,
		};
		Ok(Self::new(loaded, version, knows_syscall, config))
	}

	fn new(
		loaded: Loaded,
		version: Version,
		knows_syscall: &dyn Fn(u32) -> bool,
		config: &Config,
	) -> Self {
		let Loaded { readonly, readonly_start, text, text_start, entry, functions } = loaded;
		let operations = decode(bytes(&text, &readonly), version, &functions, knows_syscall);
		Self {
			config: config.clone(),
			version,
			readonly,
			readonly_start,
			text,
			text_start,
			entry,
			functions,
			operations,
		}
	}

	/// Checks the program by the rules that every program on the network has to obey
	/// (`RequisiteVerifier` in `verifier.rs` upstream).
	///
	/// # Errors
	/// The first rule that is broken, from the first instruction on.
	pub fn verify(&self) -> Result<(), VerifierError> {
		verifier::verify(self.text(), self.version)
	}

	/// The settings that the program was loaded with, which it is executed with as well.
	pub const fn config(&self) -> &Config {
		&self.config
	}

	/// The version of its instructions.
	pub const fn version(&self) -> Version {
		self.version
	}

	/// Its instructions, relocated, as bytes.
	pub fn text(&self) -> &[u8] {
		bytes(&self.text, &self.readonly)
	}

	/// The guest address of the first instruction.
	pub const fn text_start(&self) -> u64 {
		self.text_start
	}

	/// Its read-only data; up to [`Version::V2`] the instructions are part of them.
	pub fn readonly(&self) -> &[u8] {
		&self.readonly
	}

	/// [`Executable::readonly`] where the guest sees it.
	pub fn readonly_region(&self) -> Region<'_> {
		Region::readonly(&self.readonly, self.readonly_start)
	}

	/// The index of the instruction that the program begins with.
	pub const fn entry(&self) -> u64 {
		self.entry
	}

	/// The functions that calls can name, as keys and indices of instructions; up to
	/// [`Version::V2`].
	pub fn functions(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
		self.functions.iter()
	}

	/// About how many bytes of memory the program takes.
	pub fn memory_size(&self) -> usize {
		let apart = match &self.text {
			Text::Readonly(_) => 0,
			Text::Apart(text) => text.len(),
		};
		let operations = core::mem::size_of_val(self.operations.as_slice());
		self.readonly.len().saturating_add(apart).saturating_add(operations)
	}

	pub(crate) fn operations(&self) -> &[Operation] {
		&self.operations
	}
}

fn bytes<'a>(text: &'a Text, readonly: &'a [u8]) -> &'a [u8] {
	match text {
		Text::Readonly(range) => readonly.get(range.clone()).unwrap_or_default(),
		Text::Apart(bytes) => bytes,
	}
}
