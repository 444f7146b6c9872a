// SPDX-License-Identifier: Apache-2.0
//! Accounts in the hands of the program that runs, under the rules of who may change what
//! (`instruction_accounts.rs` of `solana-transaction-context` 4.2).

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use crate::{accounts::Accounts, frame::InstructionAccount, rent, Account};

/// An account of the current instruction, to read.
#[derive(Clone, Copy, Debug)]
pub struct AccountRef<'a> {
	pub(crate) key: &'a SvmAddress,
	pub(crate) account: &'a Account,
	pub(crate) flags: InstructionAccount,
}

impl<'a> AccountRef<'a> {
	/// Its address.
	pub const fn key(&self) -> &'a SvmAddress {
		self.key
	}

	/// The program that owns it.
	pub const fn owner(&self) -> &'a SvmAddress {
		&self.account.owner
	}

	/// Its lamports.
	pub const fn lamports(&self) -> u64 {
		self.account.lamports
	}

	/// Its data.
	pub fn data(&self) -> &'a [u8] {
		&self.account.data
	}

	/// Whether it is a program.
	pub const fn is_executable(&self) -> bool {
		self.account.executable
	}

	/// Whether it has signed.
	pub const fn is_signer(&self) -> bool {
		self.flags.is_signer
	}

	/// Whether it may be changed.
	pub const fn is_writable(&self) -> bool {
		self.flags.is_writable
	}
}

/// An account of the current instruction, to change.
#[derive(Debug)]
pub struct AccountMut<'a> {
	pub(crate) accounts: &'a mut Accounts,
	pub(crate) flags: InstructionAccount,
	/// The program that runs.
	pub(crate) program: SvmAddress,
}

/// Accounts are found by a position that was checked when the instruction began.
impl AccountMut<'_> {
	fn now(&self) -> &Account {
		self.accounts.at(self.flags.index)
	}

	fn is_owned(&self) -> bool {
		self.now().owner == self.program
	}

	/// Its address.
	pub fn key(&self) -> &SvmAddress {
		self.accounts.key_at(self.flags.index)
	}

	/// The program that owns it.
	pub fn owner(&self) -> &SvmAddress {
		&self.now().owner
	}

	/// Its lamports.
	pub fn lamports(&self) -> u64 {
		self.now().lamports
	}

	/// Its data.
	pub fn data(&self) -> &[u8] {
		&self.now().data
	}

	/// Whether it has signed.
	pub const fn is_signer(&self) -> bool {
		self.flags.is_signer
	}

	/// Whether it may be changed.
	pub const fn is_writable(&self) -> bool {
		self.flags.is_writable
	}

	/// Gives it to another program.
	///
	/// # Errors
	/// `ModifiedProgramId`: the program does not own it, it is read alone, or it holds data.
	pub fn set_owner(&mut self, owner: &SvmAddress) -> Result<(), InstructionError> {
		let is_blank = self.data().iter().all(|byte| *byte == 0);
		if !self.is_owned() || !self.is_writable() || !is_blank {
			return Err(InstructionError::ModifiedProgramId);
		}
		if self.owner() != owner {
			self.accounts.change(self.flags.index)?.owner = *owner;
		}
		Ok(())
	}

	/// Sets its lamports.
	///
	/// # Errors
	/// `ExternalAccountLamportSpend`: it is another program's, and would have fewer;
	/// `ReadonlyLamportChange`.
	pub fn set_lamports(&mut self, lamports: u64) -> Result<(), InstructionError> {
		if !self.is_owned() && lamports < self.lamports() {
			return Err(InstructionError::ExternalAccountLamportSpend);
		}
		if !self.is_writable() {
			return Err(InstructionError::ReadonlyLamportChange);
		}
		self.accounts.set_lamports(self.flags.index, lamports)
	}

	/// Gives it lamports.
	///
	/// # Errors
	/// `ArithmeticOverflow`, and those of [`Self::set_lamports`].
	pub fn checked_add_lamports(&mut self, lamports: u64) -> Result<(), InstructionError> {
		let sum = self.lamports().checked_add(lamports);
		self.set_lamports(sum.ok_or(InstructionError::ArithmeticOverflow)?)
	}

	/// Takes lamports from it.
	///
	/// # Errors
	/// `ArithmeticOverflow`, and those of [`Self::set_lamports`].
	pub fn checked_sub_lamports(&mut self, lamports: u64) -> Result<(), InstructionError> {
		let rest = self.lamports().checked_sub(lamports);
		self.set_lamports(rest.ok_or(InstructionError::ArithmeticOverflow)?)
	}

	/// Whether its data may be changed.
	///
	/// # Errors
	/// `ReadonlyDataModified`, `ExternalAccountDataModified`.
	pub fn can_data_be_changed(&self) -> Result<(), InstructionError> {
		if !self.is_writable() {
			return Err(InstructionError::ReadonlyDataModified);
		}
		match self.is_owned() {
			true => Ok(()),
			false => Err(InstructionError::ExternalAccountDataModified),
		}
	}

	/// Whether its data may become so long.
	///
	/// # Errors
	/// `InvalidRealloc`, `MaxAccountsDataAllocationsExceeded`, and those of
	/// [`Self::can_data_be_changed`].
	pub fn can_data_be_resized(&self, length: usize) -> Result<(), InstructionError> {
		self.accounts.check_length(self.data().len(), length)?;
		self.can_data_be_changed()
	}

	/// Its data, to change but for their length.
	///
	/// # Errors
	/// Those of [`Self::can_data_be_changed`].
	pub fn data_mut(&mut self) -> Result<&mut [u8], InstructionError> {
		self.can_data_be_changed()?;
		Ok(&mut self.accounts.change(self.flags.index)?.data)
	}

	/// Makes its data so long: cut, or with zeros behind.
	///
	/// # Errors
	/// Those of [`Self::can_data_be_resized`].
	pub fn set_data_length(&mut self, length: usize) -> Result<(), InstructionError> {
		self.can_data_be_resized(length)?;
		let before = self.data().len();
		if before != length {
			self.accounts.count_growth(before, length);
			self.accounts.change(self.flags.index)?.data.resize(length, 0);
		}
		Ok(())
	}

	/// Replaces its data.
	///
	/// # Errors
	/// Those of [`Self::can_data_be_resized`].
	pub fn set_data_from_slice(&mut self, data: &[u8]) -> Result<(), InstructionError> {
		self.can_data_be_resized(data.len())?;
		if self.data() != data {
			self.accounts.count_growth(self.data().len(), data.len());
			self.accounts.change(self.flags.index)?.data = Vec::from(data);
		}
		Ok(())
	}

	/// Makes it a program, or none any more.
	///
	/// # Errors
	/// `ExecutableAccountNotRentExempt`, `ExecutableModified`.
	pub fn set_executable(&mut self, executable: bool) -> Result<(), InstructionError> {
		if self.lamports() < rent::minimum_balance(self.data().len()) {
			return Err(InstructionError::ExecutableAccountNotRentExempt);
		}
		if !self.is_owned() || !self.is_writable() {
			return Err(InstructionError::ExecutableModified);
		}
		if self.now().executable != executable {
			self.accounts.change(self.flags.index)?.executable = executable;
		}
		Ok(())
	}
}
