// SPDX-License-Identifier: Apache-2.0
//! `FreezeAccount` and `ThawAccount`.

use unum_vm_engine::TokenHost;

use super::checks::{account_record, ensure_changeable, ensure_signed, split};
use crate::{
	view::{self, mint_id},
	AccountMeta, ProgramError, SplHost, TokenError,
};

pub(super) fn set_frozen<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	frozen: bool,
) -> Result<(), ProgramError> {
	let ([source, mint, authority], signers) = split(accounts)?;
	let account = view::token_account(host, &source.key)?;
	if account.is_frozen() == frozen {
		return Err(TokenError::InvalidState.into());
	}
	if account.is_native() {
		return Err(TokenError::NativeNotSupported.into());
	}
	if mint.key != account.mint {
		return Err(TokenError::MintMismatch.into());
	}
	let freezer = view::mint(host, &mint.key)?.freeze_authority.get();
	ensure_signed(host, &freezer.ok_or(TokenError::MintCannotFreeze)?, authority, signers)?;
	ensure_changeable(host, source)?;
	apply(host, source, frozen)
}

fn apply<H: SplHost>(host: &mut H, source: &AccountMeta, frozen: bool) -> Result<(), ProgramError> {
	let record = account_record(host, &source.key)?;
	let freezer = view::token(host, &record.mint)?.freeze_authority;
	let freezer = freezer.ok_or(TokenError::MintCannotFreeze)?;
	let holder = record.holder_id(&source.key, host.ledger());
	Ok(host.ledger_mut().set_frozen(mint_id(&record.mint), freezer, holder, frozen)?)
}
