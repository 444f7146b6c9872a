// SPDX-License-Identifier: Apache-2.0
//! Why a file is not loaded.

use alloc::string::String;
use core::fmt;

/// The file is no ELF file of the form that sBPF uses (`ElfParserError` upstream).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ParseError {
	/// The file header is inconsistent or not supported.
	InvalidFileHeader,
	/// A program header is inconsistent or not supported.
	InvalidProgramHeader,
	/// A section header is inconsistent or not supported.
	InvalidSectionHeader,
	/// A section or symbol name does not end within so many bytes.
	StringTooLong(String, u64),
	/// An index or a range of bytes lies outside its container.
	OutOfBounds,
	/// A table is not a whole number of entries long.
	InvalidSize,
	/// Headers, tables or sections overlap in the file.
	Overlap,
	/// Sections are not in ascending order of their place in the file.
	SectionNotInOrder,
	/// There is no table of the names of sections.
	NoSectionNameStringTable,
	/// The dynamic table, or what it points to, is wrong.
	InvalidDynamicSectionTable,
	/// A table is not aligned to eight bytes.
	InvalidAlignment,
	/// There is no table of the names of dynamic symbols.
	NoDynamicStringTable,
}

impl fmt::Display for ParseError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::InvalidFileHeader => "invalid file header",
			Self::InvalidProgramHeader => "invalid program header",
			Self::InvalidSectionHeader => "invalid section header",
			Self::OutOfBounds => "value out of bounds",
			Self::InvalidSize => "invalid size",
			Self::Overlap => "values overlap",
			Self::SectionNotInOrder => "sections not in ascending order",
			Self::NoSectionNameStringTable => "no section name string table found",
			Self::InvalidDynamicSectionTable => "invalid dynamic section table",
			Self::InvalidAlignment => "invalid alignment",
			Self::NoDynamicStringTable => "no dynamic string table",
			Self::StringTooLong(name, limit) => {
				return write!(f, "Section or symbol name `{name}` is longer than `{limit}` bytes");
			},
		})
	}
}

impl core::error::Error for ParseError {}

/// Why a file is not loaded (`ElfError` upstream, less what cannot happen).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LoadError {
	/// The file is no ELF file of the expected form.
	FailedToParse(ParseError),
	/// The entrypoint is outside the text section.
	EntrypointOutOfBounds,
	/// The entrypoint is no multiple of eight bytes into the text section.
	InvalidEntrypoint,
	/// A call of a syscall that there is not, when broken files are refused.
	UnresolvedSymbol {
		/// The name of the symbol.
		name: String,
		/// The instruction, counted from the start of the file.
		instruction: u64,
		/// Its place in the file, in bytes.
		offset: u64,
	},
	/// There is no section of this name.
	SectionNotFound(&'static str),
	/// A call to before the first or past the last instruction.
	RelativeJumpOutOfBounds(u64),
	/// Two functions, or a function and a syscall, have the same hash.
	SymbolHashCollision(u32),
	/// The file is for another operating system.
	WrongAbi,
	/// The file is for another machine.
	WrongMachine,
	/// The file is no shared object.
	WrongType,
	/// There has to be one text section.
	NotOneTextSection,
	/// A section is writable.
	WritableSectionNotSupported(String),
	/// A relocation of the address zero.
	InvalidVirtualAddress(u64),
	/// A relocation of a type that there is not.
	UnknownRelocation(u32),
	/// A relocation of a symbol that there is not.
	UnknownSymbol(u64),
	/// A place or a value is out of its bounds.
	ValueOutOfBounds,
	/// The version is not enabled.
	UnsupportedVersion,
	/// A program header is inconsistent or not supported.
	InvalidProgramHeader,
}

impl From<ParseError> for LoadError {
	fn from(error: ParseError) -> Self {
		match error {
			ParseError::InvalidProgramHeader => Self::InvalidProgramHeader,
			ParseError::OutOfBounds => Self::ValueOutOfBounds,
			error => Self::FailedToParse(error),
		}
	}
}

impl fmt::Display for LoadError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::FailedToParse(error) => write!(f, "Failed to parse ELF file: {error}"),
			Self::EntrypointOutOfBounds => f.write_str("Entrypoint out of bounds"),
			Self::InvalidEntrypoint => f.write_str("Invalid entrypoint"),
			Self::UnresolvedSymbol { name, instruction, offset } => write!(
				f,
				"Unresolved symbol ({name}) at instruction #{instruction} (ELF file offset {offset:#x})"
			),
			Self::SectionNotFound(name) => write!(f, "Section not found: {name}"),
			Self::RelativeJumpOutOfBounds(pc) => {
				write!(f, "Relative jump out of bounds at instruction #{pc}")
			},
			Self::SymbolHashCollision(hash) => write!(f, "Symbol hash collision {hash:#x}"),
			Self::WrongAbi => f.write_str("Incompatible ELF: wrong ABI"),
			Self::WrongMachine => f.write_str("Incompatible ELF: wrong machine"),
			Self::WrongType => f.write_str("Incompatible ELF: wrong type"),
			Self::NotOneTextSection => f.write_str(
				"Multiple or no text sections, consider removing llc option: -function-sections",
			),
			Self::WritableSectionNotSupported(name) => {
				write!(f, "Found writable section ({name}) in ELF, read-write data not supported")
			},
			Self::InvalidVirtualAddress(address) => {
				write!(f, "Relocation failed, invalid referenced virtual address {address:#x}")
			},
			Self::UnknownRelocation(kind) => {
				write!(f, "Relocation failed, unknown type {kind}")
			},
			Self::UnknownSymbol(index) => write!(f, "Unknown symbol with index {index}"),
			Self::ValueOutOfBounds => f.write_str("Offset or value is out of bounds"),
			Self::UnsupportedVersion => f.write_str(
				"Detected sbpf_version required by the executable which are not enabled",
			),
			Self::InvalidProgramHeader => f.write_str("Invalid ELF program header"),
		}
	}
}

impl core::error::Error for LoadError {}
