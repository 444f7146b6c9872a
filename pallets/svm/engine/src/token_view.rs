// SPDX-License-Identifier: Apache-2.0
//! The token program's window on accounts and ledger.

use alloc::vec::Vec;
use unum_address::{Address, SvmAddress};
use unum_spl_token::{account_data, ids, AccountFacts, Record, SplHost};
use unum_vm_engine::IdentityHost;

use crate::{accounts::Accounts, rent, Account, SvmHost};

/// What the token program sees: the ledger, its records, and the accounts of the transaction. Lamports are
/// synced before it looks, and read again afterwards.
pub(crate) struct TokenView<'a, H> {
	pub(crate) host: &'a mut H,
	pub(crate) accounts: &'a dyn Known,
	/// Accounts that the token program has given back.
	pub(crate) closed: Vec<SvmAddress>,
}

/// Accounts whose facts are known without the state.
pub(crate) trait Known {
	/// The account of a key.
	fn known(&self, key: &SvmAddress) -> Option<&Account>;
}

impl Known for Accounts {
	fn known(&self, key: &SvmAddress) -> Option<&Account> {
		self.get(self.find(key)?).ok()
	}
}

/// One account.
struct One<'a>(&'a SvmAddress, &'a Account);

impl Known for One<'_> {
	fn known(&self, key: &SvmAddress) -> Option<&Account> {
		(key == self.0).then_some(self.1)
	}
}

/// The data of an account as the token program shows it; nothing where another program has it, or its
/// stored bytes are all there is.
pub(crate) fn image<H: SvmHost>(
	host: &mut H,
	key: &SvmAddress,
	account: &Account,
) -> Option<Vec<u8>> {
	let is_blank = account.owner == ids::token_program() && host.token_record(key).is_none();
	let is_foreign =
		account.owner != ids::token_program() && account.owner != ids::system_program();
	if is_foreign {
		return None;
	}
	let view = TokenView { host, accounts: &One(key, account), closed: Vec::new() };
	let data = account_data(&view, key)?;
	// Reserved for the token program, and not initialized: a length, and zeros.
	(!is_blank || data.iter().any(|byte| *byte != 0)).then_some(data)
}

impl<H: SvmHost> SplHost for TokenView<'_, H> {
	type Ledger = H::Ledger;

	fn ledger(&self) -> &H::Ledger {
		self.host.ledger()
	}

	fn ledger_mut(&mut self) -> &mut H::Ledger {
		self.host.ledger_mut()
	}

	fn account(&self, key: &SvmAddress) -> AccountFacts {
		if let Some(known) = self.accounts.known(key).filter(|_| !self.closed.contains(key)) {
			return AccountFacts { program: known.owner, data_len: known.data.len() };
		}
		match self.host.stored(key) {
			Some(stored) => AccountFacts { program: stored.owner, data_len: stored.data.len() },
			None => AccountFacts { program: ids::system_program(), data_len: 0 },
		}
	}

	fn foreign_data(&self, key: &SvmAddress) -> Vec<u8> {
		self.accounts.known(key).map(|known| known.data.clone()).unwrap_or_default()
	}

	fn record(&self, key: &SvmAddress) -> Option<Record> {
		self.host.token_record(key)
	}

	fn set_record(&mut self, key: &SvmAddress, record: Record) {
		if let (None, Record::Account(opened)) = (self.record(key), &record) {
			// A wallet that has only received is shown under its own key.
			self.host.ledger_mut().note_address(&Address::Svm(opened.owner));
		}
		self.host.set_token_record(key, Some(record));
	}

	fn close(&mut self, key: &SvmAddress) {
		self.host.set_token_record(key, None);
		self.closed.push(*key);
	}

	fn rent_exemption_lamports(&self, data_len: usize) -> u64 {
		rent::minimum_balance(data_len)
	}
}
