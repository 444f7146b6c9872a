// SPDX-License-Identifier: Apache-2.0
//! What can go wrong, one variant per cause. The texts are those that Solana's logs show.

mod execution;
mod load;
mod verify;

pub use execution::{AccessKind, AccessViolation, ExecutionError, InvalidRegion};
pub use load::{LoadError, ParseError};
pub use verify::VerifierError;
