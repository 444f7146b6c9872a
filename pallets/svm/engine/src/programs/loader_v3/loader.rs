// SPDX-License-Identifier: Apache-2.0
//! An instruction of the loader, with its accounts.

use alloc::string::ToString;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use super::State;
use crate::{AccountMut, AccountRef, InvokeContext, SvmHost};

/// An instruction of the loader that is processed.
pub(super) struct Loader<'a, 'c, 'h, H: SvmHost> {
	pub(super) context: &'a mut InvokeContext<'c, 'h, H>,
}

impl<H: SvmHost> Loader<'_, '_, '_, H> {
	/// That there are at least `count` accounts.
	///
	/// # Errors
	/// `MissingAccount`.
	pub(super) fn ensure_accounts(&self, count: usize) -> Result<(), InstructionError> {
		self.context.ensure_accounts(count)
	}

	/// The account at a position.
	///
	/// # Errors
	/// `MissingAccount`.
	pub(super) fn account(&self, position: u16) -> Result<AccountRef<'_>, InstructionError> {
		self.context.account(position)
	}

	/// The same, to change.
	///
	/// # Errors
	/// `MissingAccount`.
	pub(super) fn account_mut(
		&mut self,
		position: u16,
	) -> Result<AccountMut<'_>, InstructionError> {
		self.context.account_mut(position)
	}

	/// Its key.
	///
	/// # Errors
	/// `MissingAccount`.
	pub(super) fn key(&self, position: u16) -> Result<SvmAddress, InstructionError> {
		Ok(*self.account(position)?.key())
	}

	/// Its state.
	///
	/// # Errors
	/// `MissingAccount`; `InvalidAccountData`: it has none of the loader's.
	pub(super) fn state(&self, position: u16) -> Result<State, InstructionError> {
		State::read(self.account(position)?.data())
	}

	/// Gives it another state.
	///
	/// # Errors
	/// Those of changing data; `AccountDataTooSmall`.
	pub(super) fn set_state(
		&mut self,
		position: u16,
		state: State,
	) -> Result<(), InstructionError> {
		let bytes = state.encode();
		let mut account = self.account_mut(position)?;
		let place = account.data_mut()?.get_mut(..bytes.len());
		place.ok_or(InstructionError::AccountDataTooSmall)?.copy_from_slice(&bytes);
		Ok(())
	}

	/// Moves all lamports of one account to another.
	///
	/// # Errors
	/// Those of changing lamports.
	pub(super) fn move_all(&mut self, from: u16, to: u16) -> Result<(), InstructionError> {
		let lamports = self.account(from)?.lamports();
		self.account_mut(to)?.checked_add_lamports(lamports)?;
		self.account_mut(from)?.set_lamports(0)
	}

	/// The slot at hand.
	pub(super) fn slot(&self) -> u64 {
		self.context.slot()
	}

	/// Logs why, and fails.
	///
	/// # Errors
	/// Always: the error.
	pub(super) fn fail<T>(
		&mut self,
		sentence: &str,
		error: InstructionError,
	) -> Result<T, InstructionError> {
		self.log(sentence.to_string());
		Err(error)
	}

	pub(super) fn log(&mut self, line: alloc::string::String) {
		self.context.log(line);
	}
}
