// SPDX-License-Identifier: Apache-2.0
//! `SetAuthority`.

use unum_address::SvmAddress;
use unum_vm_engine::{TokenAuthority, TokenHost};

use super::{
	approve::forget_delegate,
	checks::{account_record, ensure_changeable, ensure_signed, ensure_thawed, split},
};
use crate::{
	host::identity,
	view::{self, mint_id},
	AccountMeta, AuthorityType, Holder, Mint, MintRecord, ProgramError, Record, SplHost,
	TokenAccount, TokenError,
};

/// Who changes an authority of what, and who is to have it.
struct Change<'a> {
	of: &'a AccountMeta,
	by: &'a AccountMeta,
	signers: &'a [AccountMeta],
	new: Option<SvmAddress>,
}

pub(super) fn set<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	authority_type: AuthorityType,
	new: Option<SvmAddress>,
) -> Result<(), ProgramError> {
	let ([of, by], signers) = split(accounts)?;
	let change = Change { of, by, signers, new };
	match view::facts(host, &of.key).data_len {
		TokenAccount::LEN => set_of_account(host, &change, authority_type),
		Mint::LEN => set_of_mint(host, &change, authority_type),
		_ => Err(ProgramError::InvalidArgument),
	}
}

fn set_of_account<H: SplHost>(
	host: &mut H,
	change: &Change<'_>,
	authority_type: AuthorityType,
) -> Result<(), ProgramError> {
	let account = view::token_account(host, &change.of.key)?;
	ensure_thawed(&account)?;
	match authority_type {
		AuthorityType::AccountOwner => set_owner(host, change, &account),
		AuthorityType::CloseAccount => set_close_authority(host, change, &account),
		AuthorityType::MintTokens | AuthorityType::FreezeAccount => {
			Err(TokenError::AuthorityTypeNotSupported.into())
		},
	}
}

fn set_owner<H: SplHost>(
	host: &mut H,
	change: &Change<'_>,
	account: &TokenAccount,
) -> Result<(), ProgramError> {
	ensure_signed(host, &account.owner, change.by, change.signers)?;
	let new = change.new.ok_or(TokenError::InvalidInstruction)?;
	ensure_changeable(host, change.of)?;
	if account_record(host, &change.of.key)?.holder == Holder::Owner {
		// It shows its owner's balance: to give it away would take that balance from everywhere.
		return Err(TokenError::AuthorityTypeNotSupported.into());
	}
	forget_delegate(host, &change.of.key)?;
	let mut record = account_record(host, &change.of.key)?;
	record.owner = new;
	if record.native.is_some() {
		record.close_authority.replace(None);
	}
	host.set_record(&change.of.key, Record::Account(record));
	Ok(())
}

fn set_close_authority<H: SplHost>(
	host: &mut H,
	change: &Change<'_>,
	account: &TokenAccount,
) -> Result<(), ProgramError> {
	let current = account.close_authority.get().unwrap_or(account.owner);
	ensure_signed(host, &current, change.by, change.signers)?;
	ensure_changeable(host, change.of)?;
	let mut record = account_record(host, &change.of.key)?;
	record.close_authority.replace(change.new);
	host.set_record(&change.of.key, Record::Account(record));
	Ok(())
}

fn set_of_mint<H: SplHost>(
	host: &mut H,
	change: &Change<'_>,
	authority_type: AuthorityType,
) -> Result<(), ProgramError> {
	let mint = view::mint(host, &change.of.key)?;
	let (authority, holder) = match authority_type {
		AuthorityType::MintTokens => {
			(TokenAuthority::Mint, mint.mint_authority.get().ok_or(TokenError::FixedSupply)?)
		},
		AuthorityType::FreezeAccount => {
			let holder = mint.freeze_authority.get().ok_or(TokenError::MintCannotFreeze)?;
			(TokenAuthority::Freeze, holder)
		},
		AuthorityType::AccountOwner | AuthorityType::CloseAccount => {
			return Err(TokenError::AuthorityTypeNotSupported.into());
		},
	};
	ensure_signed(host, &holder, change.by, change.signers)?;
	ensure_changeable(host, change.of)?;
	hand_over(host, change, authority)?;
	let record = names(&mint, authority, change.new);
	host.set_record(&change.of.key, Record::Mint(record));
	Ok(())
}

fn hand_over<H: SplHost>(
	host: &mut H,
	change: &Change<'_>,
	authority: TokenAuthority,
) -> Result<(), ProgramError> {
	let mint = &change.of.key;
	let current = view::token(host, mint)?.authority(authority);
	let current = current.ok_or(TokenError::AuthorityTypeNotSupported)?;
	let new = change.new.map(|key| identity(host.ledger(), &key));
	Ok(host.ledger_mut().set_authority(mint_id(mint), current, authority, new)?)
}

/// The keys to show from now on: as before, but for the one that is new.
fn names(mint: &Mint, authority: TokenAuthority, new: Option<SvmAddress>) -> MintRecord {
	let mut record = MintRecord {
		mint_authority: mint.mint_authority.last(),
		freeze_authority: mint.freeze_authority.last(),
	};
	let named = match authority {
		TokenAuthority::Mint => &mut record.mint_authority,
		TokenAuthority::Freeze => &mut record.freeze_authority,
	};
	*named = new.unwrap_or(*named);
	record
}
