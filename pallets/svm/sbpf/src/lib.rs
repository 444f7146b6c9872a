// SPDX-License-Identifier: Apache-2.0
//! A virtual machine for sBPF programs: loads, verifies and interprets them, without a standard
//! library.
//!
//! ```text
//!   file ──► Executable::load ──────► Executable::verify ──────► execute ──► Execution
//!            parse, relocate,         rules that need no          instructions, syscalls,
//!            decode                   execution                   one budget for both
//! ```
//!
//! What a guest sees of memory:
//!
//! ```text
//!   0x0_0000_0000   read-only data                       from V3 on
//!   0x1_0000_0000   instructions and read-only data      up to V2; from V3 on not readable
//!   0x2_0000_0000   stack     V0: | frame 0 | gap | frame 1 | gap | ... 64 frames of 4 KiB
//!                             V1, V2: one piece, r10 starts at its end
//!                             V3: | frame 0 | frame 1 | ...
//!   0x3_0000_0000   heap      32 to 256 KiB
//!   0x4_0000_0000   input     accounts, instruction data, program id, as the caller serialises them
//! ```
//!
//! Everything outside is an [`AccessViolation`]. There are no pointers to the host in it, and no
//! address is ever cast to `usize`: the subtraction from the start of a region is done in 64 bits and
//! its result converted with a check, so that hosts of 32 bits read the same as those of 64.
//!
//! The reference is the crate `solana-sbpf` 0.26 (called upstream here), which needs the standard
//! library; the tests compare with it. What is not here: its just-in-time compiler, debugger and
//! tracer, and the handler that grows account regions on a violation.

#![cfg_attr(not(feature = "std"), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod alu;
mod code;
mod config;
mod decode;
mod elf;
mod error;
mod executable;
mod execute;
mod functions;
mod hash;
mod instruction;
mod interpreter;
mod memory;
mod registers;
mod verifier;
mod version;

pub use config::Config;
pub use error::{
	AccessKind, AccessViolation, ExecutionError, InvalidRegion, LoadError, ParseError,
	VerifierError,
};
pub use executable::Executable;
pub use execute::{execute, Execution, SyscallHandler};
pub use hash::syscall_hash;
pub use memory::{
	Memory, Region, BYTECODE_START, HEAP_START, INPUT_START, RODATA_START, STACK_START,
};
pub use version::Version;
