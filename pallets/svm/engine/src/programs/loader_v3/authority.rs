// SPDX-License-Identifier: Apache-2.0
//! Who may change a buffer or a program.

use alloc::format;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use super::{loader::Loader, State};
use crate::SvmHost;

/// How the log speaks of an authority.
pub(super) struct Words {
	immutable: &'static str,
	incorrect: &'static str,
	unsigned: &'static str,
}

/// That of a buffer.
pub(super) const BUFFER: Words = Words {
	immutable: "Buffer is immutable",
	incorrect: "Incorrect buffer authority provided",
	unsigned: "Buffer authority did not sign",
};

/// That of a program.
pub(super) const PROGRAM: Words = Words {
	immutable: "Program not upgradeable",
	incorrect: "Incorrect upgrade authority provided",
	unsigned: "Upgrade authority did not sign",
};

/// That of an account that is closed.
pub(super) const CLOSED: Words = Words {
	immutable: "Account is immutable",
	incorrect: "Incorrect authority provided",
	unsigned: "Authority did not sign",
};

/// Checks that the account at a position is the authority, and signed.
///
/// # Errors
/// `Immutable`: there is none. `IncorrectAuthority`: it is another. `MissingRequiredSignature`.
pub(super) fn ensure<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	authority: Option<SvmAddress>,
	position: u16,
	words: &Words,
) -> Result<(), InstructionError> {
	if authority.is_none() {
		return loader.fail(words.immutable, InstructionError::Immutable);
	}
	if authority != Some(loader.key(position)?) {
		return loader.fail(words.incorrect, InstructionError::IncorrectAuthority);
	}
	ensure_signed(loader, position, words.unsigned)
}

/// Checks that the account at a position signed.
///
/// # Errors
/// `MissingRequiredSignature`.
pub(super) fn ensure_signed<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	position: u16,
	unsigned: &str,
) -> Result<(), InstructionError> {
	if !loader.account(position)?.is_signer() {
		return loader.fail(unsigned, InstructionError::MissingRequiredSignature);
	}
	Ok(())
}

/// Gives a buffer or a program another authority, or a program none.
pub(super) fn set<H: SvmHost>(loader: &mut Loader<'_, '_, '_, H>) -> Result<(), InstructionError> {
	loader.ensure_accounts(2)?;
	let new = if loader.context.account_count() > 2 { Some(loader.key(2)?) } else { None };
	let state = match loader.state(0)? {
		State::Buffer { .. } if new.is_none() => {
			let error = InstructionError::IncorrectAuthority;
			return loader.fail("Buffer authority is not optional", error);
		},
		state => changed(loader, state, new)?,
	};
	loader.set_state(0, state)?;
	// Rust's way to write an optional key, as upstream.
	match new {
		Some(new) => loader.log(format!("New authority Some({new})")),
		None => loader.log("New authority None".into()),
	}
	Ok(())
}

/// The same, where the new authority has to agree.
pub(super) fn set_checked<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	loader.ensure_accounts(3)?;
	let new = loader.key(2)?;
	let state = loader.state(0)?;
	let state = changed(loader, state, Some(new))?;
	ensure_signed(loader, 2, "New authority did not sign")?;
	loader.set_state(0, state)?;
	loader.log(format!("New authority {new}"));
	Ok(())
}

/// The state with the new authority, after the checks of the present one.
fn changed<H: SvmHost>(
	loader: &mut Loader<'_, '_, '_, H>,
	state: State,
	new: Option<SvmAddress>,
) -> Result<State, InstructionError> {
	match state {
		State::Buffer { authority } => {
			ensure(loader, authority, 1, &BUFFER)?;
			Ok(State::Buffer { authority: new })
		},
		State::ProgramData { slot, authority } => {
			ensure(loader, authority, 1, &PROGRAM)?;
			Ok(State::ProgramData { slot, authority: new })
		},
		_ => {
			let error = InstructionError::InvalidArgument;
			loader.fail("Account does not support authorities", error)
		},
	}
}
