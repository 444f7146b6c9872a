// SPDX-License-Identifier: Apache-2.0
//! `MintTo`, `Burn` and their checked forms.

use unum_vm_engine::TokenHost;

use super::{
	approve::forget_delegate,
	checks::{
		account_record, ensure_changeable, ensure_may_spend, ensure_ours, ensure_signed,
		ensure_thawed, split, Spender,
	},
	transfer::ledger_amount,
};
use crate::{
	host::identity,
	view::{self, mint_id},
	AccountMeta, Mint, ProgramError, SplHost, TokenAccount, TokenError,
};

pub(super) fn mint_to<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	amount: u64,
	decimals: Option<u8>,
) -> Result<(), ProgramError> {
	let ([mint_meta, destination, authority], signers) = split(accounts)?;
	let account = view::token_account(host, &destination.key)?;
	ensure_thawed(&account)?;
	ensure_not_native(&account)?;
	ensure_mint_of(&account, mint_meta)?;
	let mint = view::mint(host, &mint_meta.key)?;
	ensure_decimals(&mint, decimals)?;
	let minter = mint.mint_authority.get().ok_or(TokenError::FixedSupply)?;
	ensure_signed(host, &minter, authority, signers)?;
	if amount == 0 {
		ensure_ours(host, &mint_meta.key)?;
		ensure_ours(host, &destination.key)?;
	} else {
		mint.supply.checked_add(amount).ok_or(TokenError::Overflow)?;
		ensure_changeable(host, mint_meta)?;
		ensure_changeable(host, destination)?;
	}
	create(host, destination, &account, amount)
}

fn create<H: SplHost>(
	host: &mut H,
	destination: &AccountMeta,
	account: &TokenAccount,
	amount: u64,
) -> Result<(), ProgramError> {
	let minter = view::token(host, &account.mint)?.mint_authority;
	let minter = minter.ok_or(TokenError::FixedSupply)?;
	let record = account_record(host, &destination.key)?;
	let holder = record.holder_id(&destination.key, host.ledger());
	let amount = ledger_amount(host, &account.mint, amount)?;
	Ok(host.ledger_mut().mint_to(mint_id(&account.mint), minter, holder, amount)?)
}

pub(super) fn burn<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	amount: u64,
	decimals: Option<u8>,
) -> Result<(), ProgramError> {
	let ([source, mint_meta, authority], signers) = split(accounts)?;
	let account = view::token_account(host, &source.key)?;
	let mint = view::mint(host, &mint_meta.key)?;
	ensure_thawed(&account)?;
	ensure_not_native(&account)?;
	if amount > account.amount {
		return Err(TokenError::InsufficientFunds.into());
	}
	ensure_mint_of(&account, mint_meta)?;
	ensure_decimals(&mint, decimals)?;
	let spender = if account.is_ownerless() {
		Spender::Owner
	} else {
		ensure_may_spend(host, &account, amount, authority, signers)?
	};
	if amount == 0 {
		ensure_ours(host, &source.key)?;
		ensure_ours(host, &mint_meta.key)?;
	}
	if amount != 0 || spender.is_exhausted() {
		ensure_changeable(host, source)?;
	}
	if amount != 0 {
		ensure_changeable(host, mint_meta)?;
	}
	destroy(host, source, &account, amount, (spender, authority))
}

fn destroy<H: SplHost>(
	host: &mut H,
	source: &AccountMeta,
	account: &TokenAccount,
	amount: u64,
	(spender, authority): (Spender, &AccountMeta),
) -> Result<(), ProgramError> {
	let record = account_record(host, &source.key)?;
	let holder = record.holder_id(&source.key, host.ledger());
	let by = identity(host.ledger(), &authority.key);
	let mint = mint_id(&account.mint);
	let amount = ledger_amount(host, &account.mint, amount)?;
	match spender {
		Spender::Owner => host.ledger_mut().burn(mint, holder, amount)?,
		Spender::Delegate { .. } => host.ledger_mut().burn_from(mint, by, holder, amount)?,
	}
	if spender.is_exhausted() {
		forget_delegate(host, &source.key)?;
	}
	Ok(())
}

fn ensure_not_native(account: &TokenAccount) -> Result<(), ProgramError> {
	if account.is_native() {
		return Err(TokenError::NativeNotSupported.into());
	}
	Ok(())
}

fn ensure_mint_of(account: &TokenAccount, mint: &AccountMeta) -> Result<(), ProgramError> {
	if mint.key != account.mint {
		return Err(TokenError::MintMismatch.into());
	}
	Ok(())
}

fn ensure_decimals(mint: &Mint, expected: Option<u8>) -> Result<(), ProgramError> {
	if expected.is_some_and(|decimals| decimals != mint.decimals) {
		return Err(TokenError::MintDecimalsMismatch.into());
	}
	Ok(())
}
