// SPDX-License-Identifier: Apache-2.0
//! Nonce accounts: a value that a transaction can name in place of a recent blockhash, and that it uses up
//! (`system_instruction.rs` of solana-system-program 4.2; solana-nonce 3.2).

use alloc::{format, vec::Vec};
use sp_crypto_hashing::sha2_256;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use super::{ensure_sysvar, System, SystemError};
use crate::{ids, programs::bytes::Reader, rent, Environment, SvmHost};

/// Bytes of a nonce account.
pub(crate) const NONCE_BYTES: usize = 80;

/// What an initialized nonce account holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Nonce {
	/// Who may use it.
	pub(crate) authority: SvmAddress,
	/// The value that stands in a transaction in place of a blockhash.
	pub(crate) value: [u8; 32],
	/// What a signature cost when the value was taken.
	pub(crate) lamports_per_signature: u64,
}

/// The state of a nonce account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NonceState {
	/// Whether its value is one that no blockhash can be. Old ones are not, and no transaction can use
	/// them.
	is_current: bool,
	/// What it holds, once it is initialized.
	nonce: Option<Nonce>,
}

/// The value that a blockhash gives: it can't be one itself (`DurableNonce::from_blockhash`).
pub(crate) fn durable(blockhash: &[u8; 32]) -> [u8; 32] {
	sha2_256(&[&b"DURABLE_NONCE"[..], blockhash].concat())
}

impl NonceState {
	/// Reads the state at the start of an account's data.
	///
	/// # Errors
	/// `InvalidAccountData`.
	pub(crate) fn read(data: &[u8]) -> Result<Self, InstructionError> {
		read(&mut Reader::new(data)).ok_or(InstructionError::InvalidAccountData)
	}

	const fn of(nonce: Option<Nonce>) -> Self {
		Self { is_current: true, nonce }
	}

	/// The state's bytes.
	pub(crate) fn encode(&self) -> Vec<u8> {
		let mut bytes = Vec::with_capacity(NONCE_BYTES);
		bytes.extend(u32::from(self.is_current).to_le_bytes());
		bytes.extend(u32::from(self.nonce.is_some()).to_le_bytes());
		if let Some(nonce) = &self.nonce {
			bytes.extend(nonce.authority.as_bytes());
			bytes.extend(nonce.value);
			bytes.extend(nonce.lamports_per_signature.to_le_bytes());
		}
		bytes
	}
}

fn read(from: &mut Reader<'_>) -> Option<NonceState> {
	let is_current = flag(from)?;
	let nonce = match flag(from)? {
		false => None,
		true => Some(Nonce {
			authority: from.key()?,
			value: <[u8; 32]>::from(from.key()?),
			lamports_per_signature: from.u64()?,
		}),
	};
	Some(NonceState { is_current, nonce })
}

fn flag(from: &mut Reader<'_>) -> Option<bool> {
	match from.u32()? {
		0 => Some(false),
		1 => Some(true),
		_ => None,
	}
}

/// The value that stands for the newest block (`DurableNonce` of the bank's last blockhash).
pub(crate) fn next_durable_nonce(environment: &Environment) -> [u8; 32] {
	durable(&environment.blockhash)
}

/// What a nonce account of the System program holds, if a transaction can use it; by its data
/// (`verify_nonce_account`, solana-nonce-account 4.1).
pub(crate) fn usable(data: &[u8]) -> Option<Nonce> {
	let state = NonceState::read(data).ok()?;
	state.nonce.filter(|_| state.is_current)
}

/// The value of a nonce account that a transaction can use.
pub(crate) fn durable_nonce(data: &[u8]) -> Option<[u8; 32]> {
	usable(data).map(|nonce| nonce.value)
}

/// The data of a nonce account once its value is used up: by a transaction that has failed, too.
pub(crate) fn advanced(data: &[u8], environment: &Environment) -> Option<Vec<u8>> {
	let value = next_durable_nonce(environment);
	let lamports_per_signature = environment.lamports_per_signature;
	let next = Nonce { value, lamports_per_signature, ..usable(data)? };
	let mut data = data.to_vec();
	let state = NonceState::of(Some(next)).encode();
	data.get_mut(..state.len())?.copy_from_slice(&state);
	Some(data)
}

impl<H: SvmHost> System<'_, '_, '_, H> {
	fn nonce_state(&self) -> Result<NonceState, InstructionError> {
		NonceState::read(self.account(0)?.data())
	}

	fn set_nonce_state(&mut self, state: &NonceState) -> Result<(), InstructionError> {
		let bytes = state.encode();
		let mut account = self.account_mut(0)?;
		let place = account.data_mut()?.get_mut(..bytes.len());
		place.ok_or(InstructionError::AccountDataTooSmall)?.copy_from_slice(&bytes);
		Ok(())
	}

	/// The nonce that `authority` has from now on.
	fn fresh(&self, authority: SvmAddress) -> Nonce {
		let environment = self.context.environment();
		let lamports_per_signature = environment.lamports_per_signature;
		Nonce { authority, value: durable(&environment.blockhash), lamports_per_signature }
	}

	/// That the account can be written; `what` names the instruction in the log.
	fn ensure_nonce_writable(&mut self, what: &str) -> Result<(), InstructionError> {
		match self.account(0)?.is_writable() {
			true => Ok(()),
			false => {
				let key = self.key(0)?;
				let sentence = format!("{what} nonce account: Account {key} must be writeable");
				self.fail(sentence, InstructionError::InvalidArgument)
			},
		}
	}

	fn invalid_state<T>(&mut self, what: &str) -> Result<T, InstructionError> {
		let key = self.key(0)?;
		let sentence = format!("{what} nonce account: Account {key} state is invalid");
		self.fail(sentence, InstructionError::InvalidAccountData)
	}

	fn ensure_nonce_signed(
		&mut self,
		key: &SvmAddress,
		what: &str,
		must: &str,
	) -> Result<(), InstructionError> {
		match self.has_signed(key) {
			true => Ok(()),
			false => {
				let sentence = format!("{what} nonce account: Account {key} must {must}");
				self.fail(sentence, InstructionError::MissingRequiredSignature)
			},
		}
	}

	fn ensure_lamports(
		&mut self,
		what: &str,
		has: u64,
		needs: u64,
	) -> Result<(), InstructionError> {
		match has >= needs {
			true => Ok(()),
			false => {
				let sentence =
					format!("{what} nonce account: insufficient lamports {has}, need {needs}");
				self.fail(sentence, InstructionError::InsufficientFunds)
			},
		}
	}

	fn ensure_expired(&mut self, what: &str, nonce: &Nonce) -> Result<(), InstructionError> {
		match nonce.value == self.fresh(nonce.authority).value {
			false => Ok(()),
			true => {
				let sentence =
					format!("{what} nonce account: nonce can only advance once per slot");
				self.fail(sentence, SystemError::NonceBlockhashNotExpired)
			},
		}
	}
}

/// Replaces the value by that of the newest blockhash.
pub(super) fn advance<H: SvmHost>(
	system: &mut System<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	const WHAT: &str = "Advance";
	system.context.ensure_accounts(1)?;
	ensure_sysvar(system.context, 1, ids::recent_blockhashes_sysvar())?;
	system.ensure_nonce_writable(WHAT)?;
	let Some(nonce) = system.nonce_state()?.nonce else { return system.invalid_state(WHAT) };
	system.ensure_nonce_signed(&nonce.authority, WHAT, "be a signer")?;
	system.ensure_expired(WHAT, &nonce)?;
	let next = system.fresh(nonce.authority);
	system.set_nonce_state(&NonceState::of(Some(next)))
}

/// Takes lamports out: all of them, and the nonce is none any more, or as many as leave it exempt from
/// rent.
pub(super) fn withdraw<H: SvmHost>(
	system: &mut System<'_, '_, '_, H>,
	lamports: u64,
) -> Result<(), InstructionError> {
	const WHAT: &str = "Withdraw";
	system.context.ensure_accounts(2)?;
	ensure_sysvar(system.context, 2, ids::recent_blockhashes_sysvar())?;
	ensure_sysvar(system.context, 3, ids::rent_sysvar())?;
	system.ensure_nonce_writable(WHAT)?;
	let state = system.nonce_state()?;
	let (key, account) = (system.key(0)?, system.account(0)?);
	let (has, length) = (account.lamports(), account.data().len());
	match state.nonce {
		None => {
			system.ensure_lamports(WHAT, has, lamports)?;
			system.ensure_nonce_signed(&key, WHAT, "sign")?;
		},
		Some(nonce) if lamports == has => {
			system.ensure_expired(WHAT, &nonce)?;
			system.ensure_nonce_signed(&nonce.authority, WHAT, "sign")?;
			system.set_nonce_state(&NonceState::of(None))?;
		},
		Some(nonce) => {
			let needs = lamports.checked_add(rent::minimum_balance(length));
			let needs = needs.ok_or(InstructionError::InsufficientFunds)?;
			system.ensure_lamports(WHAT, has, needs)?;
			system.ensure_nonce_signed(&nonce.authority, WHAT, "sign")?;
		},
	}
	system.account_mut(0)?.checked_sub_lamports(lamports)?;
	system.account_mut(1)?.checked_add_lamports(lamports)
}

/// Makes an account of the System program, with room for it, a nonce account.
pub(super) fn initialize<H: SvmHost>(
	system: &mut System<'_, '_, '_, H>,
	authority: &SvmAddress,
) -> Result<(), InstructionError> {
	const WHAT: &str = "Initialize";
	system.context.ensure_accounts(1)?;
	ensure_sysvar(system.context, 1, ids::recent_blockhashes_sysvar())?;
	ensure_sysvar(system.context, 2, ids::rent_sysvar())?;
	system.ensure_nonce_writable(WHAT)?;
	if system.nonce_state()?.nonce.is_some() {
		return system.invalid_state(WHAT);
	}
	let account = system.account(0)?;
	let (has, length) = (account.lamports(), account.data().len());
	system.ensure_lamports(WHAT, has, rent::minimum_balance(length))?;
	let nonce = system.fresh(*authority);
	system.set_nonce_state(&NonceState::of(Some(nonce)))
}

/// Gives the nonce to another authority.
pub(super) fn authorize<H: SvmHost>(
	system: &mut System<'_, '_, '_, H>,
	authority: &SvmAddress,
) -> Result<(), InstructionError> {
	const WHAT: &str = "Authorize";
	system.context.ensure_accounts(1)?;
	system.ensure_nonce_writable(WHAT)?;
	let state = system.nonce_state()?;
	let Some(nonce) = state.nonce else { return system.invalid_state(WHAT) };
	system.ensure_nonce_signed(&nonce.authority, WHAT, "sign")?;
	let nonce = Some(Nonce { authority: *authority, ..nonce });
	system.set_nonce_state(&NonceState { nonce, ..state })
}

/// Gives an old nonce account a value that no blockhash can be. Nobody has to sign.
pub(super) fn upgrade<H: SvmHost>(
	system: &mut System<'_, '_, '_, H>,
) -> Result<(), InstructionError> {
	system.context.ensure_accounts(1)?;
	let account = system.account(0)?;
	if *account.owner() != ids::system_program() {
		return Err(InstructionError::InvalidAccountOwner);
	}
	if !account.is_writable() {
		return Err(InstructionError::InvalidArgument);
	}
	match system.nonce_state()? {
		NonceState { is_current: false, nonce: Some(nonce) } => {
			let nonce = Nonce { value: durable(&nonce.value), ..nonce };
			system.set_nonce_state(&NonceState::of(Some(nonce)))
		},
		_ => Err(InstructionError::InvalidArgument),
	}
}
