// SPDX-License-Identifier: Apache-2.0
//! Programs of users: loaded, given their input, run, and what they did taken over.
//!
//! ```text
//! account of the program ─load─▶ Executable ┐
//! accounts, data ─serialize─▶ Input ────────┼─▶ unum_sbpf::execute ─▶ exit code or error
//!              syscalls (and, by them, cpi) ┘         │
//! accounts ◀─ what is left in the Input ◀─────────────┘
//! ```

mod cpi;
mod error;
mod guest;
mod load;
mod run;
mod running;
mod serialize;
mod syscalls;

pub mod costs;

pub use cpi::CalledInstruction;
pub use error::{ProgramFailure, SyscallError};
pub use load::{verify_for_deployment, Programs};
pub use run::run_program;
pub use syscalls::Syscall;
