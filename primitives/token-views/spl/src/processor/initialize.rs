// SPDX-License-Identifier: Apache-2.0
//! New mints, token accounts and multisigs.

use alloc::string::String;
use unum_address::{Address, SvmAddress};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{IdentityHost, TokenHost, TokenInfo};

use super::checks::{ensure_changeable, ensure_ours, split};
use crate::{
	associated_token_address,
	host::identity,
	ids,
	view::{self, mint_id},
	AccountMeta, AccountRecord, AccountState, Holder, KeyOption, MintRecord, Multisig,
	NativeBalance, ProgramError, Record, SplHost, TokenError,
};

/// Whether the instruction names the account of the rent sysvar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RentSysvar {
	/// It does, and it must be the right one.
	Given,
	/// It is of the newer form that does without.
	Absent,
}

impl RentSysvar {
	/// Takes the sysvar from the front of `accounts` if it is to be there.
	pub(super) fn check(self, accounts: &[AccountMeta]) -> Result<&[AccountMeta], ProgramError> {
		if self == Self::Absent {
			return Ok(accounts);
		}
		let ([sysvar], rest) = split(accounts)?;
		if sysvar.key != ids::rent_sysvar() {
			return Err(ProgramError::InvalidArgument);
		}
		Ok(rest)
	}
}

/// What a mint is to be.
pub(super) struct NewMint {
	pub(super) decimals: u8,
	pub(super) mint_authority: SvmAddress,
	pub(super) freeze_authority: Option<SvmAddress>,
}

pub(super) fn mint<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	new: &NewMint,
	rent: RentSysvar,
) -> Result<(), ProgramError> {
	let ([mint], rest) = split(accounts)?;
	rent.check(rest)?;
	if view::mint_or_blank(host, &mint.key)?.is_initialized {
		return Err(TokenError::AlreadyInUse.into());
	}
	ensure_rent_exempt(host, &mint.key)?;
	ensure_changeable(host, mint)?;
	let info = token_info(host, new)?;
	host.ledger_mut().create_token(mint_id(&mint.key), info)?;
	host.set_record(&mint.key, Record::Mint(names(new)));
	Ok(())
}

/// A token that the SVM creates: both views count it alike.
fn token_info(host: &impl SplHost, new: &NewMint) -> Result<TokenInfo, ProgramError> {
	let decimals = Decimals::new(new.decimals).map_err(|_| ProgramError::InvalidArgument)?;
	Ok(TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals,
		svm_decimals: decimals,
		name: String::new(),
		symbol: String::new(),
		mint_authority: Some(identity(host.ledger(), &new.mint_authority)),
		freeze_authority: new.freeze_authority.map(|key| identity(host.ledger(), &key)),
	})
}

fn names(new: &NewMint) -> MintRecord {
	MintRecord {
		mint_authority: new.mint_authority,
		freeze_authority: new.freeze_authority.unwrap_or(KeyOption::default().last()),
	}
}

/// The oldest form, with the owner among the accounts.
pub(super) fn account<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
) -> Result<(), ProgramError> {
	let ([account, mint, owner], rest) = split(accounts)?;
	RentSysvar::Given.check(rest)?;
	initialize(host, account, mint, owner.key)
}

pub(super) fn account_of<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	owner: SvmAddress,
	rent: RentSysvar,
) -> Result<(), ProgramError> {
	let ([account, mint], rest) = split(accounts)?;
	rent.check(rest)?;
	initialize(host, account, mint, owner)
}

fn initialize<H: SplHost>(
	host: &mut H,
	account: &AccountMeta,
	mint: &AccountMeta,
	owner: SvmAddress,
) -> Result<(), ProgramError> {
	ensure_blank(host, &account.key)?;
	let reserve = ensure_rent_exempt(host, &account.key)?;
	let native = if mint.key == ids::native_mint() {
		let amount = host.lamports(&account.key).saturating_sub(reserve);
		Some(NativeBalance { reserve, amount, delegated: 0 })
	} else {
		ensure_ours(host, &mint.key)?;
		view::mint(host, &mint.key).map_err(|_| TokenError::InvalidMint)?;
		None
	};
	ensure_changeable(host, account)?;
	let holder = holder(host, &account.key, &owner, &mint.key)?;
	let record = new_record(mint.key, owner, holder, native);
	host.set_record(&account.key, Record::Account(record));
	Ok(())
}

fn new_record(
	mint: SvmAddress,
	owner: SvmAddress,
	holder: Holder,
	native: Option<NativeBalance>,
) -> AccountRecord {
	let (delegate, close_authority) = (KeyOption::default(), KeyOption::default());
	AccountRecord { mint, owner, holder, delegate, close_authority, native }
}

/// Whose balance a new account shows.
///
/// An account with a balance of its own needs a key that is bound to nobody: otherwise its owner
/// would get at the balance of the identity that the key belongs to.
fn holder(
	host: &impl SplHost,
	key: &SvmAddress,
	owner: &SvmAddress,
	mint: &SvmAddress,
) -> Result<Holder, ProgramError> {
	let is_native = *mint == ids::native_mint();
	if !is_native && associated_token_address(owner, mint).is_ok_and(|(ata, _)| ata == *key) {
		return Ok(Holder::Owner);
	}
	if host.ledger().resolve(&Address::Svm(*key)) != key.unbound_id_com() {
		return Err(TokenError::AlreadyInUse.into());
	}
	Ok(Holder::Account)
}

/// Opens the associated account of `owner` for `mint` without any lamports, unless it is open: for
/// somebody who has got tokens through another view and is to find them on Solana's side.
///
/// # Errors
/// `InvalidMint`: the ledger has no such token; the wrapped native coin has no use for this.
pub fn open_associated<H: SplHost>(
	host: &mut H,
	owner: &SvmAddress,
	mint: &SvmAddress,
) -> Result<SvmAddress, ProgramError> {
	view::token(host, mint)?;
	let (key, _) =
		associated_token_address(owner, mint).map_err(|_| ProgramError::InvalidArgument)?;
	if host.record(&key).is_none() {
		let record = new_record(*mint, *owner, Holder::Owner, None);
		host.set_record(&key, Record::Account(record));
	}
	Ok(key)
}

pub(super) fn multisig<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	required: u8,
	rent: RentSysvar,
) -> Result<(), ProgramError> {
	let ([account], rest) = split(accounts)?;
	let signers = rent.check(rest)?;
	if view::multisig_or_blank(host, &account.key)?.is_initialized {
		return Err(TokenError::AlreadyInUse.into());
	}
	ensure_rent_exempt(host, &account.key)?;
	let multisig = new_multisig(required, signers)?;
	ensure_changeable(host, account)?;
	host.set_record(&account.key, Record::Multisig(multisig));
	Ok(())
}

fn new_multisig(required: u8, signers: &[AccountMeta]) -> Result<Multisig, TokenError> {
	if signers.is_empty() || signers.len() > Multisig::MAX_SIGNERS {
		return Err(TokenError::InvalidNumberOfProvidedSigners);
	}
	if required == 0 || usize::from(required) > Multisig::MAX_SIGNERS {
		return Err(TokenError::InvalidNumberOfRequiredSigners);
	}
	let provided = u8::try_from(signers.len());
	let mut multisig = Multisig {
		required,
		provided: provided.map_err(|_| TokenError::InvalidNumberOfProvidedSigners)?,
		is_initialized: true,
		..Multisig::default()
	};
	for (key, meta) in multisig.signers.iter_mut().zip(signers) {
		*key = meta.key;
	}
	Ok(multisig)
}

/// Checks what Token-2022 would check, and does nothing: no account here can have an extension.
pub(super) fn immutable_owner(
	host: &impl SplHost,
	accounts: &[AccountMeta],
) -> Result<(), ProgramError> {
	let ([account], _) = split(accounts)?;
	ensure_blank(host, &account.key)
}

fn ensure_blank(host: &impl SplHost, key: &SvmAddress) -> Result<(), ProgramError> {
	match view::token_account_or_blank(host, key)?.state {
		AccountState::Uninitialized => Ok(()),
		AccountState::Initialized | AccountState::Frozen => Err(TokenError::AlreadyInUse.into()),
	}
}

/// The lamports that exempt the account from rent, which it must have.
fn ensure_rent_exempt(host: &impl SplHost, key: &SvmAddress) -> Result<u64, ProgramError> {
	let needed = host.rent_exemption_lamports(view::facts(host, key).data_len);
	if host.lamports(key) < needed {
		return Err(TokenError::NotRentExempt.into());
	}
	Ok(needed)
}
