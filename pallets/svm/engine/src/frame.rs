// SPDX-License-Identifier: Apache-2.0
//! Instructions that run.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

/// An account of an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InstructionAccount {
	/// Its position among the transaction's accounts.
	pub index: usize,
	/// Whether it has signed.
	pub is_signer: bool,
	/// Whether it may be changed.
	pub is_writable: bool,
}

/// An instruction that runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstructionFrame {
	/// The program.
	pub program: SvmAddress,
	/// Its position among the transaction's accounts.
	pub program_index: usize,
	/// The accounts, in the program's order. One that is named twice is there twice, with the same flags.
	pub accounts: Vec<InstructionAccount>,
	/// What the program is told.
	pub data: Vec<u8>,
}

impl InstructionFrame {
	/// The account at a position of the instruction.
	///
	/// # Errors
	/// `MissingAccount`.
	pub fn account(&self, position: usize) -> Result<&InstructionAccount, InstructionError> {
		self.accounts.get(position).ok_or(InstructionError::MissingAccount)
	}

	/// That there are at least `count` accounts.
	///
	/// # Errors
	/// `MissingAccount`.
	pub fn ensure_accounts(&self, count: usize) -> Result<(), InstructionError> {
		match self.accounts.len() < count {
			true => Err(InstructionError::MissingAccount),
			false => Ok(()),
		}
	}

	/// Where an account of the transaction is first named.
	pub fn position_of(&self, index: usize) -> Option<usize> {
		self.accounts.iter().position(|account| account.index == index)
	}

	/// Whether the account at this position was named before.
	pub fn first_position(&self, position: usize) -> Option<usize> {
		let index = self.accounts.get(position)?.index;
		self.position_of(index).filter(|first| *first < position)
	}
}

/// An instruction that has run or runs, as it is shown, and as later ones can ask for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TracedInstruction {
	/// How deep it runs: 1 for an instruction of the message.
	pub height: usize,
	/// The position of the instruction of the message within which it runs.
	pub top_index: u8,
	/// What runs.
	pub frame: alloc::rc::Rc<InstructionFrame>,
}
