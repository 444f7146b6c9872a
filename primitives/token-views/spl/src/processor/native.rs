// SPDX-License-Identifier: Apache-2.0
//! `SyncNative`.

use super::{
	checks::{account_record, ensure_changeable, ensure_ours, split},
	initialize::RentSysvar,
};
use crate::{
	view, AccountMeta, NativeBalance, ProgramError, Record, SplHost, TokenAccount, TokenError,
};

/// Makes the amount of a native account what its lamports above the rent exemption are: more than
/// before, or as much. The newest form may name the rent sysvar.
pub(super) fn sync<H: SplHost>(host: &mut H, accounts: &[AccountMeta]) -> Result<(), ProgramError> {
	let ([account], rest) = split(accounts)?;
	ensure_ours(host, &account.key)?;
	if !rest.is_empty() {
		RentSysvar::Given.check(rest)?;
	}
	view::token_account(host, &account.key)?;
	let mut record = account_record(host, &account.key)?;
	let native = record.native.ok_or(TokenError::NonNativeNotSupported)?;
	let reserve = host.rent_exemption_lamports(TokenAccount::LEN);
	let amount = host.lamports(&account.key).checked_sub(reserve).ok_or(TokenError::Overflow)?;
	if amount < native.amount {
		return Err(TokenError::InvalidState.into());
	}
	let synced = NativeBalance { reserve, amount, ..native };
	if synced == native {
		return Ok(());
	}
	ensure_changeable(host, account)?;
	record.native = Some(synced);
	host.set_record(&account.key, Record::Account(record));
	Ok(())
}
