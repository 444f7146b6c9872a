// SPDX-License-Identifier: Apache-2.0
//! `Transfer` and `TransferChecked`.

use unum_address::SvmAddress;
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, LedgerHost, TokenHost};

use super::{
	approve::forget_delegate,
	checks::{
		account_record, ensure_changeable, ensure_may_spend, ensure_mint, ensure_ours,
		ensure_payable, ensure_thawed, split, Spender,
	},
};
use crate::{
	host::{identity, native_amount},
	view::{self, mint_id},
	AccountMeta, AccountRecord, ProgramError, Record, SplHost, TokenAccount, TokenError,
};

/// The accounts of a transfer.
struct Parties<'a> {
	source: &'a AccountMeta,
	/// The mint, and the decimals that the sender expects it to have.
	mint: Option<(&'a AccountMeta, u8)>,
	destination: &'a AccountMeta,
	authority: &'a AccountMeta,
	signers: &'a [AccountMeta],
}

impl<'a> Parties<'a> {
	fn new(accounts: &'a [AccountMeta], decimals: Option<u8>) -> Result<Self, ProgramError> {
		let Some(decimals) = decimals else {
			let ([source, destination, authority], signers) = split(accounts)?;
			return Ok(Self { source, mint: None, destination, authority, signers });
		};
		let ([source, mint, destination, authority], signers) = split(accounts)?;
		Ok(Self { source, mint: Some((mint, decimals)), destination, authority, signers })
	}

	/// Whether an account is to send to itself.
	fn are_one(&self) -> bool {
		self.source.key == self.destination.key
	}
}

pub(super) fn transfer<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	amount: u64,
	decimals: Option<u8>,
) -> Result<(), ProgramError> {
	let parties = Parties::new(accounts, decimals)?;
	let source = view::token_account(host, &parties.source.key)?;
	ensure_movable(host, &parties, &source, amount)?;
	if let Some((mint, decimals)) = parties.mint {
		ensure_mint(host, &source, mint, decimals)?;
	}
	let spender = ensure_may_spend(host, &source, amount, parties.authority, parties.signers)?;
	if parties.are_one() || amount == 0 {
		return move_nothing(host, &parties, &source, amount, spender);
	}
	move_tokens(host, &parties, &source, amount, spender)
}

fn ensure_movable(
	host: &impl SplHost,
	parties: &Parties<'_>,
	source: &TokenAccount,
	amount: u64,
) -> Result<(), ProgramError> {
	let destination = if parties.are_one() {
		*source
	} else {
		view::token_account(host, &parties.destination.key)?
	};
	ensure_thawed(source)?;
	ensure_thawed(&destination)?;
	if amount > source.amount {
		return Err(TokenError::InsufficientFunds.into());
	}
	if source.mint != destination.mint {
		return Err(TokenError::MintMismatch.into());
	}
	Ok(())
}

/// An account that sends to itself, or nothing at all: only the log of the ledger will know, and a
/// delegate who could move nothing is none any more.
fn move_nothing<H: SplHost>(
	host: &mut H,
	parties: &Parties<'_>,
	source: &TokenAccount,
	amount: u64,
	spender: Spender,
) -> Result<(), ProgramError> {
	ensure_ours(host, &parties.source.key)?;
	ensure_ours(host, &parties.destination.key)?;
	let exhausted = spender.is_exhausted() && !parties.are_one();
	if exhausted {
		ensure_changeable(host, parties.source)?;
	}
	if !source.is_native() {
		let from = account_record(host, &parties.source.key)?;
		let to = account_record(host, &parties.destination.key)?;
		let amount = ledger_amount(host, &source.mint, amount)?;
		let from = from.holder_id(&parties.source.key, host.ledger());
		let to = to.holder_id(&parties.destination.key, host.ledger());
		host.ledger_mut().transfer(Asset::Token(mint_id(&source.mint)), from, to, amount)?;
	}
	if exhausted {
		forget_delegate(host, &parties.source.key)?;
	}
	Ok(())
}

fn move_tokens<H: SplHost>(
	host: &mut H,
	parties: &Parties<'_>,
	source: &TokenAccount,
	amount: u64,
	spender: Spender,
) -> Result<(), ProgramError> {
	if source.is_native() {
		ensure_payable(host, parties.source, parties.destination)?;
	}
	ensure_changeable(host, parties.source)?;
	ensure_changeable(host, parties.destination)?;
	let from = account_record(host, &parties.source.key)?;
	let to = account_record(host, &parties.destination.key)?;
	if source.is_native() {
		move_lamports(host, parties, [from, to], amount, spender)?;
	} else {
		move_balance(host, parties, [from, to], amount, spender)?;
	}
	if spender.is_exhausted() {
		forget_delegate(host, &parties.source.key)?;
	}
	Ok(())
}

fn move_balance<H: SplHost>(
	host: &mut H,
	parties: &Parties<'_>,
	[from, to]: [AccountRecord; 2],
	amount: u64,
	spender: Spender,
) -> Result<(), ProgramError> {
	let ledger = host.ledger();
	let mint = mint_id(&from.mint);
	let by = identity(ledger, &parties.authority.key);
	let holder = from.holder_id(&parties.source.key, ledger);
	let receiver = to.holder_id(&parties.destination.key, ledger);
	let amount = ledger_amount(host, &from.mint, amount)?;
	let ledger = host.ledger_mut();
	match spender {
		Spender::Owner => ledger.transfer(Asset::Token(mint), holder, receiver, amount)?,
		Spender::Delegate { .. } => ledger.transfer_from(mint, by, holder, receiver, amount)?,
	}
	Ok(())
}

/// Wrapped native coins are the lamports of their accounts.
fn move_lamports<H: SplHost>(
	host: &mut H,
	parties: &Parties<'_>,
	[mut from, mut to]: [AccountRecord; 2],
	amount: u64,
	spender: Spender,
) -> Result<(), ProgramError> {
	let (Some(sender), Some(receiver)) = (&mut from.native, &mut to.native) else {
		return Err(ProgramError::InvalidAccountData);
	};
	let short = TokenError::InsufficientFunds;
	sender.amount = sender.amount.checked_sub(amount).ok_or(short)?;
	receiver.amount = receiver.amount.checked_add(amount).ok_or(TokenError::Overflow)?;
	if let Spender::Delegate { left } = spender {
		sender.delegated = left;
	}
	let (source, destination) = (&parties.source.key, &parties.destination.key);
	host.move_native_coin(source, destination, native_amount(amount)?)?;
	host.set_record(source, Record::Account(from));
	host.set_record(destination, Record::Account(to));
	Ok(())
}

/// Units of the view of a mint's token in base units of the ledger.
pub(super) fn ledger_amount(
	host: &impl SplHost,
	mint: &SvmAddress,
	amount: u64,
) -> Result<LedgerAmount, ProgramError> {
	let amount = view::unit(host, mint)?.to_ledger(amount.into());
	amount.ok_or(TokenError::Overflow.into())
}
