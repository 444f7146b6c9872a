// SPDX-License-Identifier: Apache-2.0
//! The versions of the instruction set, and what each of them changes.

/// A version of sBPF, read from `e_flags` of the ELF file (`program.rs` upstream).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Version {
	/// The legacy format.
	V0,
	/// Dynamic stack frames: SIMD-0166.
	V1,
	/// Better arithmetic and encoding: SIMD-0174, SIMD-0173.
	V2,
	/// Static syscalls, strict ELF headers, 32-bit jumps: SIMD-0178, SIMD-0189, SIMD-0377.
	V3,
	/// As V3, on memory whose regions are aligned to 4 GiB: SIMD-0177. No network enables it.
	V4,
	/// Whatever comes after; never enabled.
	Reserved,
}

impl Version {
	/// The version that `e_flags` of an ELF header means.
	pub const fn from_flags(flags: u32) -> Self {
		match flags {
			0 => Self::V0,
			1 => Self::V1,
			2 => Self::V2,
			3 => Self::V3,
			4 => Self::V4,
			_ => Self::Reserved,
		}
	}

	/// Whether the program moves its frame pointer itself, by `add64 r10, imm` (SIMD-0166).
	pub const fn manual_stack_frames(self) -> bool {
		matches!(self, Self::V1 | Self::V2)
	}

	/// Whether there is an unmapped gap after each stack frame, where the configuration wants it.
	pub const fn stack_frame_gaps(self) -> bool {
		matches!(self, Self::V0)
	}

	/// SIMD-0174 and SIMD-0173: products, quotients and remainders of a class of their own, no
	/// `neg`, no `le`, no `lddw`, explicit sign extension, loads and stores in the ALU classes.
	pub const fn reworked_instructions(self) -> bool {
		matches!(self, Self::V2)
	}

	/// Whether `call` says itself whether it means a syscall or a function (SIMD-0178).
	pub const fn static_syscalls(self) -> bool {
		matches!(self, Self::V3 | Self::V4)
	}

	/// Whether the ELF file is read from its program headers alone (SIMD-0189).
	pub const fn strict_elf_headers(self) -> bool {
		matches!(self, Self::V3 | Self::V4)
	}

	/// Whether there are jumps that compare 32 bits (SIMD-0377).
	pub const fn jumps_32(self) -> bool {
		matches!(self, Self::V3 | Self::V4)
	}

	/// Whether memory regions have to begin at multiples of 4 GiB, one in each (SIMD-0177).
	pub const fn aligned_memory(self) -> bool {
		matches!(self, Self::V4 | Self::Reserved)
	}
}
