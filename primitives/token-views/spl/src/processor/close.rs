// SPDX-License-Identifier: Apache-2.0
//! `CloseAccount`.

use unum_vm_engine::{Asset, LedgerHost, TokenHost};

use super::{
	approve::forget_delegate,
	checks::{account_record, ensure_changeable, ensure_payable, ensure_signed, split},
};
use crate::{
	host::identity,
	ids,
	view::{self, mint_id},
	AccountMeta, Holder, ProgramError, SplHost, TokenAccount, TokenError,
};

pub(super) fn close<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
) -> Result<(), ProgramError> {
	let ([source, destination, authority], signers) = split(accounts)?;
	if source.key == destination.key {
		return Err(ProgramError::InvalidAccountData);
	}
	let account = view::token_account(host, &source.key)?;
	if !account.is_native() && account.amount != 0 {
		return Err(TokenError::NonNativeHasBalance.into());
	}
	if !account.is_ownerless() {
		let closer = account.close_authority.get().unwrap_or(account.owner);
		ensure_signed(host, &closer, authority, signers)?;
	} else if destination.key != ids::incinerator() {
		return Err(ProgramError::InvalidAccountData);
	}
	pay_out(host, source, destination, &account)
}

/// Empties the account to the last base unit, and gives it up.
fn pay_out<H: SplHost>(
	host: &mut H,
	source: &AccountMeta,
	destination: &AccountMeta,
	account: &TokenAccount,
) -> Result<(), ProgramError> {
	let coin = host.native_coin(&source.key);
	if !coin.is_zero() {
		ensure_payable(host, source, destination)?;
		let ledger = host.ledger();
		let from = identity(ledger, &source.key);
		let to = identity(ledger, &destination.key);
		ledger.can_transfer(Asset::Native, from, to, coin)?;
	}
	ensure_changeable(host, source)?;
	sweep(host, source, account)?;
	if !coin.is_zero() {
		host.move_native_coin(&source.key, &destination.key, coin)?;
	}
	forget_delegate(host, &source.key)?;
	host.close(&source.key);
	Ok(())
}

/// What is too little to be shown goes from a balance of the account's own to its owner's.
fn sweep<H: SplHost>(
	host: &mut H,
	source: &AccountMeta,
	account: &TokenAccount,
) -> Result<(), ProgramError> {
	let record = account_record(host, &source.key)?;
	if account.is_native() || record.holder == Holder::Owner {
		return Ok(());
	}
	let ledger = host.ledger();
	let mint = mint_id(&account.mint);
	let from = record.holder_id(&source.key, ledger);
	let to = identity(ledger, &account.owner);
	let rest = ledger.holding(mint, from).amount;
	if rest.is_zero() {
		return Ok(());
	}
	Ok(host.ledger_mut().transfer(Asset::Token(mint), from, to, rest)?)
}
