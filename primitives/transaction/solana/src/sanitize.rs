// SPDX-License-Identifier: Apache-2.0
//! The rules of messages that need no state (agave-transaction-view 4.2 `sanitize.rs`, solana-message
//! 4.4, and `validate_account_locks` of solana-accounts-db).

use unum_address::SvmAddress;

use crate::{
	limits::{MAX_ACCOUNTS, MAX_ACCOUNT_LOCKS, MAX_INSTRUCTIONS, MAX_INSTRUCTION_ACCOUNTS},
	CompiledInstruction, Message, SanitizeError,
};

/// See [`Message::sanitize`].
pub(crate) fn message(message: &Message) -> Result<(), SanitizeError> {
	header(message)?;
	lookups(message)?;
	instructions(message)?;
	locks(message.account_count())?;
	duplicates(message.account_keys())
}

fn header(message: &Message) -> Result<(), SanitizeError> {
	let header = message.header();
	if header.num_readonly_signed >= header.num_required_signatures {
		return Err(SanitizeError::PayerNotWritable);
	}
	let described = usize::from(header.num_required_signatures)
		.saturating_add(header.num_readonly_unsigned.into());
	match described <= message.account_keys().len() {
		true => Ok(()),
		false => Err(SanitizeError::HeaderOutOfRange),
	}
}

fn lookups(message: &Message) -> Result<(), SanitizeError> {
	let empty = message
		.address_table_lookups()
		.iter()
		.any(|lookup| lookup.writable_indexes.is_empty() && lookup.readonly_indexes.is_empty());
	match (empty, message.account_count()) {
		(true, _) => Err(SanitizeError::EmptyLookup),
		(_, count) if count > MAX_ACCOUNTS => Err(SanitizeError::TooManyAccounts { count }),
		_ => Ok(()),
	}
}

fn instructions(message: &Message) -> Result<(), SanitizeError> {
	let count = message.instructions().len();
	if count > MAX_INSTRUCTIONS {
		return Err(SanitizeError::TooManyInstructions { count });
	}
	message.instructions().iter().try_for_each(|it| instruction(message, it))
}

/// The program is an account of the message itself, so that it is known which one runs before any table
/// is read; and it is not the payer.
fn instruction(message: &Message, it: &CompiledInstruction) -> Result<(), SanitizeError> {
	let index = it.program_id_index;
	if index == 0 {
		return Err(SanitizeError::PayerAsProgram);
	}
	if usize::from(index) >= message.account_keys().len() {
		return Err(SanitizeError::ProgramOutOfRange { index });
	}
	let count = message.account_count();
	if let Some(index) = it.accounts.iter().copied().find(|index| usize::from(*index) >= count) {
		return Err(SanitizeError::AccountOutOfRange { index });
	}
	match it.accounts.len() {
		count if count > MAX_INSTRUCTION_ACCOUNTS => {
			Err(SanitizeError::TooManyInstructionAccounts { count })
		},
		_ => Ok(()),
	}
}

/// That a transaction does not hold too many accounts.
pub(crate) fn locks(count: usize) -> Result<(), SanitizeError> {
	match count > MAX_ACCOUNT_LOCKS {
		true => Err(SanitizeError::TooManyAccountLocks { count }),
		false => Ok(()),
	}
}

/// That no account is named twice. Their number is bounded by [`MAX_ACCOUNT_LOCKS`].
pub(crate) fn duplicates(keys: &[SvmAddress]) -> Result<(), SanitizeError> {
	let twice = keys
		.iter()
		.enumerate()
		.find(|(index, key)| keys.iter().take(*index).any(|before| before == *key));
	match twice {
		Some((_, key)) => Err(SanitizeError::AccountLoadedTwice { key: *key }),
		None => Ok(()),
	}
}
