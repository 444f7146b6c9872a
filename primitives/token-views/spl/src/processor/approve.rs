// SPDX-License-Identifier: Apache-2.0
//! `Approve`, `ApproveChecked` and `Revoke`: the one delegate of a token account.

use unum_address::SvmAddress;
use unum_units::LedgerAmount;
use unum_vm_engine::TokenHost;

use super::{
	checks::{account_record, ensure_changeable, ensure_mint, ensure_signed, ensure_thawed, split},
	transfer::ledger_amount,
};
use crate::{
	host::identity,
	view::{self, mint_id},
	AccountMeta, ProgramError, Record, SplHost,
};

/// The accounts of an approval.
struct Parties<'a> {
	source: &'a AccountMeta,
	/// The mint, and the decimals that the owner expects it to have.
	mint: Option<(&'a AccountMeta, u8)>,
	delegate: &'a AccountMeta,
	owner: &'a AccountMeta,
	signers: &'a [AccountMeta],
}

impl<'a> Parties<'a> {
	fn new(accounts: &'a [AccountMeta], decimals: Option<u8>) -> Result<Self, ProgramError> {
		let Some(decimals) = decimals else {
			let ([source, delegate, owner], signers) = split(accounts)?;
			return Ok(Self { source, mint: None, delegate, owner, signers });
		};
		let ([source, mint, delegate, owner], signers) = split(accounts)?;
		Ok(Self { source, mint: Some((mint, decimals)), delegate, owner, signers })
	}
}

pub(super) fn approve<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	amount: u64,
	decimals: Option<u8>,
) -> Result<(), ProgramError> {
	let parties = Parties::new(accounts, decimals)?;
	let source = view::token_account(host, &parties.source.key)?;
	ensure_thawed(&source)?;
	if let Some((mint, decimals)) = parties.mint {
		ensure_mint(host, &source, mint, decimals)?;
	}
	ensure_signed(host, &source.owner, parties.owner, parties.signers)?;
	ensure_changeable(host, parties.source)?;
	set_delegate(host, &parties.source.key, parties.delegate.key, amount)
}

fn set_delegate<H: SplHost>(
	host: &mut H,
	key: &SvmAddress,
	delegate: SvmAddress,
	amount: u64,
) -> Result<(), ProgramError> {
	let mut record = account_record(host, key)?;
	match &mut record.native {
		Some(native) => native.delegated = amount,
		None => {
			let allowed = ledger_amount(host, &record.mint, amount)?;
			let before = record.delegate.get().filter(|before| *before != delegate);
			if let Some(before) = before {
				allow(host, key, before, LedgerAmount::ZERO)?;
			}
			allow(host, key, delegate, allowed)?;
		},
	}
	record.delegate.replace(Some(delegate));
	host.set_record(key, Record::Account(record));
	Ok(())
}

/// Sets what `spender` may move of the account at `key`.
fn allow<H: SplHost>(
	host: &mut H,
	key: &SvmAddress,
	spender: SvmAddress,
	amount: LedgerAmount,
) -> Result<(), ProgramError> {
	let record = account_record(host, key)?;
	let holder = record.holder_id(key, host.ledger());
	let spender = identity(host.ledger(), &spender);
	Ok(host.ledger_mut().approve(mint_id(&record.mint), holder, spender, amount)?)
}

pub(super) fn revoke<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
) -> Result<(), ProgramError> {
	let ([source], rest) = split(accounts)?;
	let account = view::token_account(host, &source.key)?;
	let ([authority], signers) = split(rest)?;
	ensure_thawed(&account)?;
	let delegate = account.delegate.get().filter(|delegate| *delegate == authority.key);
	ensure_signed(host, &delegate.unwrap_or(account.owner), authority, signers)?;
	if account.delegate.get().is_some() {
		ensure_changeable(host, source)?;
		forget_delegate(host, &source.key)?;
	}
	Ok(())
}

/// Takes the delegate of an account away, and whatever it was allowed.
pub(super) fn forget_delegate<H: SplHost>(
	host: &mut H,
	key: &SvmAddress,
) -> Result<(), ProgramError> {
	let mut record = account_record(host, key)?;
	let Some(delegate) = record.delegate.get() else { return Ok(()) };
	match &mut record.native {
		Some(native) => native.delegated = 0,
		None => disallow(host, key, delegate)?,
	}
	record.delegate.replace(None);
	host.set_record(key, Record::Account(record));
	Ok(())
}

/// Takes an allowance away, unless there is none: then nothing is approved and nothing logged.
fn disallow<H: SplHost>(
	host: &mut H,
	key: &SvmAddress,
	delegate: SvmAddress,
) -> Result<(), ProgramError> {
	let record = account_record(host, key)?;
	let ledger = host.ledger();
	let holder = record.holder_id(key, ledger);
	let spender = identity(ledger, &delegate);
	if ledger.allowance(mint_id(&record.mint), holder, spender).is_zero() {
		return Ok(());
	}
	allow(host, key, delegate, LedgerAmount::ZERO)
}
