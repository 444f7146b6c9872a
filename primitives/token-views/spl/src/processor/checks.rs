// SPDX-License-Identifier: Apache-2.0
//! Checks that several instructions make.

use unum_address::SvmAddress;

use crate::{
	ids, view, AccountMeta, AccountRecord, Multisig, ProgramError, Record, SplHost, TokenAccount,
	TokenError,
};

/// The first `N` accounts and the rest.
pub(super) fn split<const N: usize>(
	accounts: &[AccountMeta],
) -> Result<(&[AccountMeta; N], &[AccountMeta]), ProgramError> {
	accounts.split_first_chunk().ok_or(ProgramError::NotEnoughAccountKeys)
}

/// That the token program owns an account.
pub(super) fn ensure_ours(host: &impl SplHost, key: &SvmAddress) -> Result<(), ProgramError> {
	if view::facts(host, key).program != ids::token_program() {
		return Err(ProgramError::IncorrectProgramId);
	}
	Ok(())
}

/// That `expected` has signed, itself or, if it is a multisig, by enough of its keys.
pub(super) fn ensure_signed(
	host: &impl SplHost,
	expected: &SvmAddress,
	authority: &AccountMeta,
	signers: &[AccountMeta],
) -> Result<(), ProgramError> {
	if *expected != authority.key {
		return Err(TokenError::OwnerMismatch.into());
	}
	let signed = if is_multisig(host, &authority.key) {
		have_signed(&view::multisig(host, &authority.key)?, signers)
	} else {
		authority.is_signer
	};
	if signed {
		Ok(())
	} else {
		Err(ProgramError::MissingRequiredSignature)
	}
}

fn is_multisig(host: &impl SplHost, key: &SvmAddress) -> bool {
	let facts = view::facts(host, key);
	facts.data_len == Multisig::LEN
		&& [ids::token_program(), ids::token_2022_program()].contains(&facts.program)
}

/// Whether enough keys of a multisig have signed. Each position counts once, and a key of it that is
/// given without its signature spoils all.
fn have_signed(multisig: &Multisig, given: &[AccountMeta]) -> bool {
	let mut matched = [false; Multisig::MAX_SIGNERS];
	for meta in given {
		let positions = multisig.keys().iter().zip(matched.iter_mut());
		for (_, taken) in positions.filter(|(key, taken)| **key == meta.key && !**taken) {
			if !meta.is_signer {
				return false;
			}
			*taken = true;
		}
	}
	matched.iter().filter(|taken| **taken).count() >= multisig.required.into()
}

/// On whose word something is taken out of a token account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spender {
	/// Its owner's.
	Owner,
	/// Its delegate's, who may move this much afterwards.
	Delegate {
		/// In units of the view.
		left: u64,
	},
}

impl Spender {
	/// Whether the delegate has nothing left, and is none any more.
	pub(super) fn is_exhausted(self) -> bool {
		self == Self::Delegate { left: 0 }
	}
}

/// That the delegate or the owner of `account` has signed, and may take `amount` of it.
pub(super) fn ensure_may_spend(
	host: &impl SplHost,
	account: &TokenAccount,
	amount: u64,
	authority: &AccountMeta,
	signers: &[AccountMeta],
) -> Result<Spender, ProgramError> {
	if account.delegate.get() != Some(authority.key) {
		ensure_signed(host, &account.owner, authority, signers)?;
		return Ok(Spender::Owner);
	}
	ensure_signed(host, &authority.key, authority, signers)?;
	let left = account.delegated_amount.checked_sub(amount);
	Ok(Spender::Delegate { left: left.ok_or(TokenError::InsufficientFunds)? })
}

/// That the mint of a checked instruction is the account's, and has the decimals that it says.
pub(super) fn ensure_mint(
	host: &impl SplHost,
	account: &TokenAccount,
	mint: &AccountMeta,
	decimals: u8,
) -> Result<(), ProgramError> {
	if mint.key != account.mint {
		return Err(TokenError::MintMismatch.into());
	}
	if view::mint(host, &mint.key)?.decimals != decimals {
		return Err(TokenError::MintDecimalsMismatch.into());
	}
	Ok(())
}

/// That an account is not frozen.
pub(super) fn ensure_thawed(account: &TokenAccount) -> Result<(), ProgramError> {
	if account.is_frozen() {
		return Err(TokenError::AccountFrozen.into());
	}
	Ok(())
}

/// That the runtime will accept changed data of an account.
pub(super) fn ensure_changeable(
	host: &impl SplHost,
	meta: &AccountMeta,
) -> Result<(), ProgramError> {
	if !meta.is_writable {
		return Err(ProgramError::ReadonlyDataModified);
	}
	ensure_ours(host, &meta.key).map_err(|_| ProgramError::ExternalAccountDataModified)
}

/// That the runtime will accept that lamports leave `from` for `to`.
pub(super) fn ensure_payable(
	host: &impl SplHost,
	from: &AccountMeta,
	to: &AccountMeta,
) -> Result<(), ProgramError> {
	ensure_ours(host, &from.key).map_err(|_| ProgramError::ExternalAccountLamportSpend)?;
	if !from.is_writable || !to.is_writable {
		return Err(ProgramError::ReadonlyLamportChange);
	}
	Ok(())
}

/// What is kept of a token account that has been found to be one of ours.
pub(super) fn account_record(
	host: &impl SplHost,
	key: &SvmAddress,
) -> Result<AccountRecord, ProgramError> {
	match host.record(key) {
		Some(Record::Account(record)) => Ok(record),
		_ => Err(ProgramError::UninitializedAccount),
	}
}
