// SPDX-License-Identifier: Apache-2.0
//! What the token program needs of the engine that runs it.

use alloc::vec::Vec;
use unum_address::{Address, SvmAddress};
use unum_id_com::IdCom;
use unum_units::{Decimals, Denomination, LedgerAmount};
use unum_vm_engine::{Asset, IdentityHost, LedgerHost, TokenHost};

use crate::{ProgramError, Record, TokenError};

/// An account as an instruction names it.
///
/// One that a message names twice has the same flags both times, the stronger ones: the engine sees
/// to it, as Solana's runtime does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AccountMeta {
	/// The account.
	pub key: SvmAddress,
	/// Whether it has signed.
	pub is_signer: bool,
	/// Whether it may be changed.
	pub is_writable: bool,
}

/// What the engine knows of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AccountFacts {
	/// The program that owns it: the System program where there is no account yet.
	pub program: SvmAddress,
	/// How many bytes its data have.
	pub data_len: usize,
}

/// The engine, as the token program sees it.
///
/// The ledger beneath is that of the chain; the rest is a map of [`Record`]s by key, and facts about
/// accounts. Everything is written only when an instruction is sure to succeed.
pub trait SplHost {
	/// Balances and identities.
	type Ledger: TokenHost + IdentityHost;

	/// The ledger, to read.
	fn ledger(&self) -> &Self::Ledger;

	/// The ledger, to change.
	fn ledger_mut(&mut self) -> &mut Self::Ledger;

	/// Program and data length of an account. Asked only for keys that have no record; a mint of the
	/// ledger need not be known here.
	fn account(&self, key: &SvmAddress) -> AccountFacts;

	/// The data of an account that another program owns. p-token reads accounts before it checks
	/// whose they are, and its errors tell.
	fn foreign_data(&self, key: &SvmAddress) -> Vec<u8>;

	/// What is kept of an account of the token program.
	fn record(&self, key: &SvmAddress) -> Option<Record>;

	/// Keeps `record` of an account of the token program.
	fn set_record(&mut self, key: &SvmAddress, record: Record);

	/// Removes the record, gives the account back to the System program and its data up.
	fn close(&mut self, key: &SvmAddress);

	/// How many lamports make an account with `data_len` bytes of data rent-exempt.
	fn rent_exemption_lamports(&self, data_len: usize) -> u64;

	/// The lamports of an account: the native coin that its identity can spend, rounded down.
	fn lamports(&self, key: &SvmAddress) -> u64 {
		lamport().map_or(0, |lamport| shown(lamport, self.native_coin(key)))
	}

	/// The same in base units of the ledger, the rest below one lamport included.
	fn native_coin(&self, key: &SvmAddress) -> LedgerAmount {
		let ledger = self.ledger();
		ledger.spendable(Asset::Native, identity(ledger, key)).unwrap_or_default()
	}

	/// Moves native coin from one account to another.
	///
	/// # Errors
	/// What the ledger refuses, with nothing changed.
	fn move_native_coin(
		&mut self,
		from: &SvmAddress,
		to: &SvmAddress,
		amount: LedgerAmount,
	) -> Result<(), ProgramError> {
		let (from, to) = (identity(self.ledger(), from), identity(self.ledger(), to));
		Ok(self.ledger_mut().transfer(Asset::Native, from, to, amount)?)
	}
}

/// The identity behind a key.
pub(crate) fn identity(ledger: &impl IdentityHost, key: &SvmAddress) -> IdCom {
	ledger.resolve(&Address::Svm(*key))
}

/// `lamports` in base units of the ledger.
pub(crate) fn native_amount(lamports: u64) -> Result<LedgerAmount, ProgramError> {
	let amount = lamport().and_then(|lamport| lamport.to_ledger(lamports.into()));
	amount.ok_or(TokenError::Overflow.into())
}

/// `amount` in units of a view: rounded down, and at most what 64 bits show.
pub(crate) fn shown(unit: Denomination, amount: LedgerAmount) -> u64 {
	u64::try_from(unit.shown(amount)).unwrap_or(u64::MAX)
}

/// How Solana counts the native coin. There always is one: 9 decimals are fewer than 18.
fn lamport() -> Option<Denomination> {
	let nine = Decimals::new(9).ok()?;
	Denomination::new(Decimals::MAX, nine).ok()
}
