// SPDX-License-Identifier: Apache-2.0
//! The Memo program (SPL Memo 1 and 3): text that a transaction carries, and who stands by it.

use alloc::{format, rc::Rc};
use core::str;
use unum_solana_view::InstructionError;

use crate::{ids, InvokeContext, SvmHost};

/// What a memo costs, in compute units, besides one for each of its bytes. Upstream's costs depend on how
/// its program was compiled.
pub(crate) const COMPUTE_UNITS: u64 = 500;

/// Logs the memo, and that each of the accounts has signed.
///
/// # Errors
/// `MissingRequiredSignature`: an account has not; `InvalidInstructionData`: the memo is no text.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	let frame = Rc::clone(context.frame()?);
	let length = u64::try_from(frame.data.len()).unwrap_or(u64::MAX);
	context.consume(COMPUTE_UNITS.saturating_add(length))?;
	if frame.program == ids::memo_v1() {
		// The first program says nothing and asks nobody.
		return read(&frame.data).map(|_| ()).map_err(|_| InstructionError::InvalidInstructionData);
	}
	ensure_signed(context)?;
	let line = match read(&frame.data) {
		Ok(text) => format!("Program log: Memo (len {}): {text:?}", text.len()),
		Err(valid) => {
			context.log(format!("Program log: Invalid UTF-8, from byte {valid}"));
			return Err(InstructionError::InvalidInstructionData);
		},
	};
	context.log(line);
	Ok(())
}

/// The text, or up to where it is one.
fn read(data: &[u8]) -> Result<&str, usize> {
	str::from_utf8(data).map_err(|error| error.valid_up_to())
}

fn ensure_signed<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	let mut is_signed = true;
	for position in 0..context.account_count() {
		let account = context.account(position)?;
		if account.is_signer() {
			let line = format!("Program log: Signed by {}", account.key());
			context.log(line);
		} else {
			is_signed = false;
		}
	}
	match is_signed {
		true => Ok(()),
		false => Err(InstructionError::MissingRequiredSignature),
	}
}
