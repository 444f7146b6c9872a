// SPDX-License-Identifier: Apache-2.0
//! Ledger and records, shown as accounts of the token program.

use alloc::{vec, vec::Vec};
use unum_address::{Address, SvmAddress, VmKind};
use unum_id_com::{IdCom, MintId};
use unum_units::Denomination;
use unum_vm_engine::{Holding, IdentityHost, TokenHost, TokenInfo};

use crate::{
	host::{identity, shown},
	ids, AccountFacts, AccountRecord, AccountState, Holder, KeyOption, Mint, MintRecord, Multisig,
	ProgramError, Record, SplHost, TokenAccount, TokenError,
};

/// The token that a mint account stands for.
pub(crate) fn mint_id(mint: &SvmAddress) -> MintId {
	MintId::from(*mint.as_bytes())
}

/// The token of a mint, as the ledger has it.
pub(crate) fn token(host: &impl SplHost, mint: &SvmAddress) -> Result<TokenInfo, ProgramError> {
	host.ledger().token(mint_id(mint)).ok_or(TokenError::InvalidMint.into())
}

/// How the view counts the token of a mint.
pub(crate) fn unit(host: &impl SplHost, mint: &SvmAddress) -> Result<Denomination, ProgramError> {
	token(host, mint)?.svm_denomination().ok_or(TokenError::InvalidMint.into())
}

/// Program and data length of an account. A mint of the ledger is one, whoever created it, unless the
/// engine knows another program's account there.
pub(crate) fn facts(host: &impl SplHost, key: &SvmAddress) -> AccountFacts {
	let ours = |data_len| AccountFacts { program: ids::token_program(), data_len };
	if let Some(record) = host.record(key) {
		return ours(record.data_len());
	}
	let facts = host.account(key);
	if facts.program == ids::system_program() && is_mint(host, key) {
		return ours(Mint::LEN);
	}
	facts
}

fn is_mint(host: &impl SplHost, key: &SvmAddress) -> bool {
	*key == ids::native_mint() || host.ledger().token(mint_id(key)).is_some()
}

/// The token account at `key`, which must be one.
///
/// As p-token, this does not ask whose account it is: one of another program is read, too.
///
/// # Errors
/// `InvalidAccountData`: its data have another length or form; `UninitializedAccount`.
pub fn token_account(host: &impl SplHost, key: &SvmAddress) -> Result<TokenAccount, ProgramError> {
	let account = token_account_or_blank(host, key)?;
	if account.state == AccountState::Uninitialized {
		return Err(ProgramError::UninitializedAccount);
	}
	Ok(account)
}

/// The same, or what may become one.
pub(crate) fn token_account_or_blank(
	host: &impl SplHost,
	key: &SvmAddress,
) -> Result<TokenAccount, ProgramError> {
	if let Some(Record::Account(record)) = host.record(key) {
		return Ok(show_account(host, key, &record));
	}
	blank_or_foreign(host, key, TokenAccount::LEN, TokenAccount::unpack)
}

/// The mint at `key`, which must be one.
///
/// # Errors
/// `InvalidAccountData`: its data have another length or form; `UninitializedAccount`.
pub fn mint(host: &impl SplHost, key: &SvmAddress) -> Result<Mint, ProgramError> {
	let mint = mint_or_blank(host, key)?;
	if !mint.is_initialized {
		return Err(ProgramError::UninitializedAccount);
	}
	Ok(mint)
}

/// The same, or what may become one.
pub(crate) fn mint_or_blank(host: &impl SplHost, key: &SvmAddress) -> Result<Mint, ProgramError> {
	if *key == ids::native_mint() {
		return Ok(Mint::native());
	}
	let is_ours = facts(host, key).program == ids::token_program();
	match host.ledger().token(mint_id(key)).filter(|_| is_ours) {
		Some(token) => Ok(show_mint(host, key, &token)),
		None => blank_or_foreign(host, key, Mint::LEN, Mint::unpack),
	}
}

/// The multisig at `key`, which must be one.
///
/// # Errors
/// `InvalidAccountData`: its data have another length or form; `UninitializedAccount`.
pub fn multisig(host: &impl SplHost, key: &SvmAddress) -> Result<Multisig, ProgramError> {
	let multisig = multisig_or_blank(host, key)?;
	if !multisig.is_initialized {
		return Err(ProgramError::UninitializedAccount);
	}
	Ok(multisig)
}

/// The same, or what may become one.
pub(crate) fn multisig_or_blank(
	host: &impl SplHost,
	key: &SvmAddress,
) -> Result<Multisig, ProgramError> {
	match host.record(key) {
		Some(Record::Multisig(multisig)) => Ok(multisig),
		_ => blank_or_foreign(host, key, Multisig::LEN, Multisig::unpack),
	}
}

/// The token account of `owner` for `mint`, as it is or as it will be once it is opened: every
/// balance of the ledger can be shown as one.
///
/// # Errors
/// `InvalidMint`: the ledger has no such token.
pub fn associated_account(
	host: &impl SplHost,
	owner: &SvmAddress,
	mint: &SvmAddress,
) -> Result<TokenAccount, ProgramError> {
	token(host, mint)?;
	let (key, _) =
		crate::associated_token_address(owner, mint).map_err(|_| ProgramError::InvalidArgument)?;
	let fresh = AccountRecord {
		mint: *mint,
		owner: *owner,
		holder: Holder::Owner,
		delegate: KeyOption::default(),
		close_authority: KeyOption::default(),
		native: None,
	};
	Ok(match host.record(&key) {
		Some(Record::Account(record)) => show_account(host, &key, &record),
		_ => show_account(host, &key, &fresh),
	})
}

/// The data of an account of the token program; `None` where another program owns it.
pub fn account_data(host: &impl SplHost, key: &SvmAddress) -> Option<Vec<u8>> {
	let facts = facts(host, key);
	if facts.program != ids::token_program() {
		return None;
	}
	Some(match host.record(key) {
		Some(Record::Account(record)) => show_account(host, key, &record).pack(),
		Some(Record::Multisig(multisig)) => multisig.pack(),
		Some(Record::Mint(_)) | None => {
			mint(host, key).map_or_else(|_| vec![0; facts.data_len], |mint| mint.pack())
		},
	})
}

/// What an account without a record holds: nothing but zeros if it is the token program's, otherwise
/// its data.
fn blank_or_foreign<T: Default>(
	host: &impl SplHost,
	key: &SvmAddress,
	length: usize,
	unpack: impl FnOnce(&[u8]) -> Result<T, ProgramError>,
) -> Result<T, ProgramError> {
	let facts = facts(host, key);
	if facts.data_len != length {
		return Err(ProgramError::InvalidAccountData);
	}
	if facts.program == ids::token_program() {
		return Ok(T::default());
	}
	unpack(&host.foreign_data(key))
}

fn show_account(host: &impl SplHost, key: &SvmAddress, record: &AccountRecord) -> TokenAccount {
	let numbers = numbers(host, key, record);
	TokenAccount {
		mint: record.mint,
		owner: record.owner,
		amount: numbers.amount,
		delegate: record.delegate,
		state: numbers.state,
		native_reserve: record.native.map(|native| native.reserve),
		delegated_amount: numbers.delegated,
		close_authority: record.close_authority,
	}
}

/// What comes from the ledger, or for the native coin from the record.
struct Numbers {
	amount: u64,
	delegated: u64,
	state: AccountState,
}

fn numbers(host: &impl SplHost, key: &SvmAddress, record: &AccountRecord) -> Numbers {
	if let Some(native) = record.native {
		let state = AccountState::Initialized;
		return Numbers { amount: native.amount, delegated: native.delegated, state };
	}
	let ledger = host.ledger();
	let holder = record.holder_id(key, ledger);
	let Holding { amount, frozen } = ledger.holding(mint_id(&record.mint), holder);
	let spender = record.delegate.get().map(|delegate| identity(ledger, &delegate));
	let allowed = spender
		.map(|spender| ledger.allowance(mint_id(&record.mint), holder, spender))
		.unwrap_or_default();
	let show = |amount| unit(host, &record.mint).map_or(0, |unit| shown(unit, amount));
	let state = if frozen { AccountState::Frozen } else { AccountState::Initialized };
	Numbers { amount: show(amount), delegated: show(allowed), state }
}

fn show_mint(host: &impl SplHost, key: &SvmAddress, token: &TokenInfo) -> Mint {
	let named = match host.record(key) {
		Some(Record::Mint(record)) => Some(record),
		_ => None,
	};
	let name = |authority, last: fn(&MintRecord) -> SvmAddress| {
		show_authority(host.ledger(), authority, named.as_ref().map(last))
	};
	Mint {
		mint_authority: name(token.mint_authority, |record| record.mint_authority),
		supply: token.svm_denomination().map_or(0, |unit| shown(unit, token.supply)),
		decimals: token.svm_decimals.get(),
		is_initialized: true,
		freeze_authority: name(token.freeze_authority, |record| record.freeze_authority),
	}
}

/// The key of an authority: the one that was named, while it still belongs to the identity.
fn show_authority(
	ledger: &impl IdentityHost,
	authority: Option<IdCom>,
	named: Option<SvmAddress>,
) -> KeyOption {
	let Some(id) = authority else {
		return named.map_or_else(KeyOption::default, KeyOption::cleared);
	};
	let key = named.filter(|key| identity(ledger, key) == id);
	KeyOption::from(Some(key.unwrap_or_else(|| key_of(ledger, id))))
}

fn key_of(ledger: &impl IdentityHost, id: IdCom) -> SvmAddress {
	match ledger.address_of(id, VmKind::SVM) {
		Some(Address::Svm(key)) => key,
		_ => SvmAddress::derive(id),
	}
}
