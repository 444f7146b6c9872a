// SPDX-License-Identifier: Apache-2.0
//! Why transactions failed, as `serde` writes upstream's errors.

use serde_json::{json, Value};
use unum_solana_view::{InstructionError, TransactionError};

/// An error.
pub(crate) fn transaction_error(error: &TransactionError) -> Value {
	match error {
		TransactionError::InstructionError(index, error) => {
			json!({ "InstructionError": [index, instruction_error(error)] })
		},
		TransactionError::DuplicateInstruction(index) => json!({ "DuplicateInstruction": index }),
		TransactionError::InsufficientFundsForRent { account_index }
		| TransactionError::ProgramExecutionTemporarilyRestricted { account_index } => {
			json!({ error.name(): { "account_index": account_index } })
		},
		other => json!(other.name()),
	}
}

fn instruction_error(error: &InstructionError) -> Value {
	match error {
		InstructionError::Custom(code) => json!({ "Custom": code }),
		other => json!(other.name()),
	}
}

/// `Ok` or `Err`, as old clients read it.
pub(crate) fn outcome(error: Option<&TransactionError>) -> Value {
	match error {
		None => json!({ "Ok": null }),
		Some(error) => json!({ "Err": transaction_error(error) }),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn errors_are_written_as_upstream() {
		let cases = [
			(TransactionError::BlockhashNotFound, json!("BlockhashNotFound")),
			(
				TransactionError::instruction(2, InstructionError::Custom(6_000)),
				json!({ "InstructionError": [2, { "Custom": 6_000 }] }),
			),
			(
				TransactionError::instruction(0, InstructionError::MissingRequiredSignature),
				json!({ "InstructionError": [0, "MissingRequiredSignature"] }),
			),
			(TransactionError::DuplicateInstruction(3), json!({ "DuplicateInstruction": 3 })),
			(
				TransactionError::InsufficientFundsForRent { account_index: 1 },
				json!({ "InsufficientFundsForRent": { "account_index": 1 } }),
			),
		];
		for (error, expected) in cases {
			assert_eq!(transaction_error(&error), expected);
			assert_eq!(outcome(Some(&error)), json!({ "Err": expected }));
		}
	}
}
