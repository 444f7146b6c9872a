// SPDX-License-Identifier: Apache-2.0
//! The System program (solana-system-program 4.2): who owns accounts, how long they are, and where lamports
//! that no program holds go. It owns wallets and nonce accounts.

mod address;
mod error;
mod instruction;
pub(crate) mod nonce;

use alloc::{format, rc::Rc, string::String};
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use super::ensure_sysvar;
use crate::{
	costs::bytes_kept, ids, limits::ACCOUNT_BYTES_MAX, AccountMut, AccountRef, InvokeContext,
	SvmHost,
};
use address::{with_seed, Address};
pub(crate) use error::SystemError;
use instruction::{New, Seed, SystemInstruction};

/// What each instruction costs, in compute units (`DEFAULT_COMPUTE_UNITS`).
pub(crate) const COMPUTE_UNITS: u64 = 150;

/// Processes an instruction of the System program.
///
/// # Errors
/// Upstream's, in its order of checks, as the log says.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	context.consume(COMPUTE_UNITS)?;
	let frame = Rc::clone(context.frame()?);
	System { context }.process(&SystemInstruction::read(&frame.data)?)
}

/// How many bytes an instruction of the System program asks for.
pub(crate) fn space(data: &[u8]) -> u64 {
	SystemInstruction::read(data).map(|instruction| instruction.space()).unwrap_or_default()
}

/// An instruction of the System program that is processed.
struct System<'a, 'c, 'm, H: SvmHost> {
	context: &'a mut InvokeContext<'c, 'm, H>,
}

impl<H: SvmHost> System<'_, '_, '_, H> {
	fn process(&mut self, instruction: &SystemInstruction<'_>) -> Result<(), InstructionError> {
		use SystemInstruction::*;
		match *instruction {
			CreateAccount(new) => self.create(None, new),
			CreateAccountWithSeed(seed, new) => self.create(Some(seed), new),
			CreateAccountAllowPrefund(new) => self.create_prefunded(new),
			Assign(owner) => self.assign_at(None, &owner),
			AssignWithSeed(seed) => self.assign_at(Some(seed), &seed.owner),
			Allocate(space) => {
				let address = self.address(0, 1, None)?;
				self.allocate(0, &address, space)
			},
			AllocateWithSeed(seed, space) => {
				let address = self.address(0, 1, Some(seed))?;
				self.allocate(0, &address, space)?;
				self.assign(0, &address, &seed.owner)
			},
			Transfer(lamports) => {
				self.context.ensure_accounts(2)?;
				self.transfer(0, 1, lamports)
			},
			TransferWithSeed { lamports, seed, owner } => {
				self.context.ensure_accounts(3)?;
				self.transfer_with_seed(seed, &owner, lamports)
			},
			AdvanceNonceAccount => nonce::advance(self),
			WithdrawNonceAccount(lamports) => nonce::withdraw(self, lamports),
			InitializeNonceAccount(authority) => nonce::initialize(self, &authority),
			AuthorizeNonceAccount(authority) => nonce::authorize(self, &authority),
			UpgradeNonceAccount => nonce::upgrade(self),
		}
	}

	fn account(&self, position: u16) -> Result<AccountRef<'_>, InstructionError> {
		self.context.account(position)
	}

	fn account_mut(&mut self, position: u16) -> Result<AccountMut<'_>, InstructionError> {
		self.context.account_mut(position)
	}

	fn key(&self, position: u16) -> Result<SvmAddress, InstructionError> {
		Ok(*self.account(position)?.key())
	}

	fn has_signed(&self, key: &SvmAddress) -> bool {
		self.context.has_signed(key)
	}

	/// Logs why, and fails.
	fn fail<T>(
		&mut self,
		sentence: String,
		error: impl Into<InstructionError>,
	) -> Result<T, InstructionError> {
		self.context.log(sentence);
		Err(error.into())
	}

	/// The address of the account at a position of at least `count` accounts, with who signs for it.
	fn address(
		&mut self,
		position: u16,
		count: usize,
		seed: Option<Seed<'_>>,
	) -> Result<Address, InstructionError> {
		self.context.ensure_accounts(count)?;
		let address = self.key(position)?;
		let Some(seed) = seed else { return Ok(Address { address, base: None }) };
		let derived = with_seed(&seed)?;
		if address != derived {
			let sentence =
				format!("Create: address {address} does not match derived address {derived}");
			return self.fail(sentence, SystemError::AddressWithSeedMismatch);
		}
		Ok(Address { address, base: Some(seed.base) })
	}

	fn create(&mut self, seed: Option<Seed<'_>>, new: New) -> Result<(), InstructionError> {
		let address = self.address(1, 2, seed)?;
		if self.account(1)?.lamports() > 0 {
			let sentence = format!("Create Account: account {address} already in use");
			return self.fail(sentence, SystemError::AccountAlreadyInUse);
		}
		self.allocate(1, &address, new.space)?;
		self.assign(1, &address, &new.owner)?;
		self.transfer(0, 1, new.lamports)
	}

	fn create_prefunded(&mut self, new: New) -> Result<(), InstructionError> {
		let count = if new.lamports > 0 { 2 } else { 1 };
		let address = self.address(0, count, None)?;
		self.allocate(0, &address, new.space)?;
		self.assign(0, &address, &new.owner)?;
		match new.lamports {
			0 => Ok(()),
			lamports => self.transfer(1, 0, lamports),
		}
	}

	fn assign_at(
		&mut self,
		seed: Option<Seed<'_>>,
		owner: &SvmAddress,
	) -> Result<(), InstructionError> {
		let address = self.address(0, 1, seed)?;
		self.assign(0, &address, owner)
	}

	fn allocate(
		&mut self,
		position: u16,
		address: &Address,
		space: u64,
	) -> Result<(), InstructionError> {
		if !self.has_signed(address.signer()) {
			let sentence = format!("Allocate: 'to' account {address} must sign");
			return self.fail(sentence, InstructionError::MissingRequiredSignature);
		}
		let account = self.account(position)?;
		if !account.data().is_empty() || *account.owner() != ids::system_program() {
			let sentence = format!("Allocate: account {address} already in use");
			return self.fail(sentence, SystemError::AccountAlreadyInUse);
		}
		match usize::try_from(space).ok().filter(|space| *space <= ACCOUNT_BYTES_MAX) {
			Some(length) => {
				self.context.consume_hidden(bytes_kept(space))?;
				self.account_mut(position)?.set_data_length(length)
			},
			None => {
				let sentence =
					format!("Allocate: requested {space}, max allowed {ACCOUNT_BYTES_MAX}");
				self.fail(sentence, SystemError::InvalidAccountDataLength)
			},
		}
	}

	fn assign(
		&mut self,
		position: u16,
		address: &Address,
		owner: &SvmAddress,
	) -> Result<(), InstructionError> {
		if self.account(position)?.owner() == owner {
			return Ok(());
		}
		if !self.has_signed(address.signer()) {
			let sentence = format!("Assign: account {address} must sign");
			return self.fail(sentence, InstructionError::MissingRequiredSignature);
		}
		self.account_mut(position)?.set_owner(owner)
	}

	fn transfer(&mut self, from: u16, to: u16, lamports: u64) -> Result<(), InstructionError> {
		if !self.account(from)?.is_signer() {
			let sentence = format!("Transfer: `from` account {} must sign", self.key(from)?);
			return self.fail(sentence, InstructionError::MissingRequiredSignature);
		}
		self.transfer_signed(from, to, lamports)
	}

	fn transfer_with_seed(
		&mut self,
		seed: &str,
		owner: &SvmAddress,
		lamports: u64,
	) -> Result<(), InstructionError> {
		let base = self.key(1)?;
		if !self.account(1)?.is_signer() {
			let sentence = format!("Transfer: 'from' account {base} must sign");
			return self.fail(sentence, InstructionError::MissingRequiredSignature);
		}
		let derived = with_seed(&Seed { base, seed, owner: *owner })?;
		let from = self.key(0)?;
		if from != derived {
			let sentence =
				format!("Transfer: 'from' address {from} does not match derived address {derived}");
			return self.fail(sentence, SystemError::AddressWithSeedMismatch);
		}
		self.transfer_signed(0, 2, lamports)
	}

	fn transfer_signed(
		&mut self,
		from: u16,
		to: u16,
		lamports: u64,
	) -> Result<(), InstructionError> {
		let account = self.account(from)?;
		let has = account.lamports();
		if !account.data().is_empty() {
			let sentence = "Transfer: `from` must not carry data".into();
			return self.fail(sentence, InstructionError::InvalidArgument);
		}
		if lamports > has {
			let sentence = format!("Transfer: insufficient lamports {has}, need {lamports}");
			return self.fail(sentence, SystemError::ResultWithNegativeLamports);
		}
		self.account_mut(from)?.checked_sub_lamports(lamports)?;
		self.account_mut(to)?.checked_add_lamports(lamports)
	}
}
