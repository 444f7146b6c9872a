// SPDX-License-Identifier: Apache-2.0
//! The Compute Budget program (solana-compute-budget-program 4.2): its instructions are read before a
//! transaction runs, and do nothing when their turn comes.

use unum_solana_view::InstructionError;

use crate::{InvokeContext, SvmHost};

/// What each instruction costs, in compute units (`DEFAULT_COMPUTE_UNITS`).
pub(crate) const COMPUTE_UNITS: u64 = 150;

/// Does nothing, and costs something.
///
/// # Errors
/// `ComputationalBudgetExceeded`.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	context.consume(COMPUTE_UNITS)
}
