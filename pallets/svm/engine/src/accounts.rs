// SPDX-License-Identifier: Apache-2.0
//! The accounts of a transaction: what they are now, and what the ledger knows of it.

use alloc::vec::Vec;
use unum_address::{Address, SvmAddress};
use unum_id_com::{IdCom, MintId};
use unum_solana_view::{InstructionError, TokenBalance};
use unum_spl_token::{ids, Mint, Record, TokenAccount};
use unum_units::{Decimals, Denomination, LedgerAmount};
use unum_vm_engine::{Asset, IdentityHost, LedgerHost, TokenHost};

use crate::{
	costs::{number, ChainCosts},
	fixed,
	frame::InstructionAccount,
	limits::{ACCOUNT_BYTES_MAX, GROWTH_MAX},
	rent::RentState,
	token_view::image,
	Account, Environment, StoredAccount, SvmHost,
};

/// How Solana counts the native coin. There always is one: 9 decimals are fewer than 18.
fn lamport() -> Option<Denomination> {
	let nine = Decimals::new(9).ok()?;
	Denomination::new(Decimals::MAX, nine).ok()
}

/// What an identity has, in lamports, rounded down.
fn lamports_of<H: SvmHost>(host: &H, id: IdCom) -> u64 {
	let amount = host.ledger().spendable(Asset::Native, id).unwrap_or_default();
	let shown = lamport().map(|unit| unit.shown(amount)).unwrap_or_default();
	u64::try_from(shown).unwrap_or(u64::MAX)
}

/// What an account is in the state at hand, as clients and transactions see it; nothing where there is
/// none.
pub fn account<H: SvmHost>(host: &mut H, key: &SvmAddress) -> Option<Account> {
	let loaded = Loaded::new(host, &host.environment(), *key);
	let exists = loaded.is_fixed || loaded.account != Account::empty();
	exists.then_some(loaded.account)
}

/// An account of the transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Loaded {
	pub(crate) key: SvmAddress,
	pub(crate) account: Account,
	/// The identity whose coins its lamports are.
	owner: IdCom,
	/// The lamports that the ledger knows of.
	synced: u64,
	/// Those that it had when the transaction began.
	initial: u64,
	/// Whether it is a program that is built in or a system variable, which the state knows nothing of.
	is_fixed: bool,
	/// Whether the state holds data of it.
	is_stored: bool,
	/// Whether its data, its owner or its flag have changed.
	is_changed: bool,
	/// Whether the ledger has moved something of it.
	is_moved: bool,
	/// Whether it got lamports and had none.
	is_born: bool,
	/// How many decimals the token has whose account it is.
	decimals: Option<u8>,
}

impl Loaded {
	/// What stands at a key, which the state knows nothing more of.
	fn plain(key: SvmAddress, owner: IdCom, account: Account) -> Self {
		let lamports = account.lamports;
		Self {
			key,
			account,
			owner,
			synced: lamports,
			initial: lamports,
			is_fixed: false,
			is_stored: false,
			is_changed: false,
			is_moved: false,
			is_born: false,
			decimals: None,
		}
	}

	fn new<H: SvmHost>(host: &mut H, environment: &Environment, key: SvmAddress) -> Self {
		if let Some(account) = fixed::account(environment, &key) {
			// Nobody can bind such an address, nor pay to it.
			let owner = key.unbound_id_com();
			return Self { is_fixed: true, ..Self::plain(key, owner, account) };
		}
		let owner = host.ledger().resolve(&Address::Svm(key));
		let lamports = lamports_of(host, owner);
		let stored = host.stored(&key);
		let is_stored = stored.is_some();
		let mut account = match stored {
			Some(StoredAccount { owner, executable, data }) => {
				Account { lamports, data, owner, executable }
			},
			None => Account { lamports, ..Account::empty() },
		};
		show_token(host, &key, &mut account);
		let decimals = decimals(host, &account);
		Self { is_stored, decimals, ..Self::plain(key, owner, account) }
	}
}

/// Shows an account as the token program has it, if it is one of its accounts.
fn show_token<H: SvmHost>(host: &mut H, key: &SvmAddress, account: &mut Account) {
	if let Some(data) = image(host, key, account) {
		account.data = data;
		account.owner = ids::token_program();
	}
}

/// What is at a position that is none: no instruction has one.
static NOTHING: Account =
	Account { lamports: 0, data: Vec::new(), owner: SvmAddress::ZERO, executable: false };

/// How many decimals the token has whose account this is.
fn decimals<H: SvmHost>(host: &H, account: &Account) -> Option<u8> {
	if account.owner != ids::token_program() {
		return None;
	}
	let mint = TokenAccount::unpack(&account.data).ok()?.mint;
	if mint == ids::native_mint() {
		return Some(Mint::native().decimals);
	}
	let token = host.ledger().token(MintId::from(*mint.as_bytes()))?;
	Some(token.svm_decimals.get())
}

/// What an account was before its transaction, as far as that has to be known after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Before {
	pub(crate) lamports: u64,
	/// How many bytes of data it had.
	pub(crate) length: usize,
	/// How it stood with rent.
	pub(crate) rent: RentState,
	/// What it showed as a token account.
	pub(crate) tokens: Option<TokenBalance>,
}

/// The accounts of a transaction, by their positions in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Accounts {
	loaded: Vec<Loaded>,
	/// How many lamports have come out of nowhere since the instruction began, or, below zero, gone.
	delta: i128,
	/// How many bytes accounts have grown by, all together.
	growth: i128,
}

impl Accounts {
	/// Loads one more account, and says how many bytes of data it has; nothing of one that is there
	/// without the state.
	pub(crate) fn load<H: SvmHost>(
		&mut self,
		host: &mut H,
		environment: &Environment,
		key: &SvmAddress,
	) -> Option<u64> {
		let loaded = Loaded::new(host, environment, *key);
		let length = (!loaded.is_fixed).then_some(number(loaded.account.data.len()));
		self.loaded.push(loaded);
		length
	}

	/// What they are before something runs.
	pub(crate) fn before(&self) -> Vec<Before> {
		let before = |(loaded, tokens): (&Loaded, _)| Before {
			lamports: loaded.account.lamports,
			length: loaded.account.data.len(),
			rent: RentState::of(&loaded.account),
			tokens,
		};
		self.loaded.iter().zip(self.tokens()).map(before).collect()
	}

	/// What those have that are token accounts. Their mints are among the accounts, too, or else how many
	/// decimals they have is not known, and they are left out, as upstream does.
	pub(crate) fn tokens(&self) -> Vec<Option<TokenBalance>> {
		let decimals = |mint: &SvmAddress| {
			let known = Mint::unpack(&self.at(self.find(mint)?).data).ok();
			known.map(|mint| mint.decimals)
		};
		let balance = |(index, loaded): (usize, &Loaded)| {
			if loaded.account.owner != ids::token_program() {
				return None;
			}
			let account = TokenAccount::unpack(&loaded.account.data).ok()?;
			Some(TokenBalance {
				account_index: u8::try_from(index).ok()?,
				mint: account.mint,
				owner: account.owner,
				program: ids::token_program(),
				amount: account.amount,
				decimals: loaded.decimals.or_else(|| decimals(&account.mint))?,
			})
		};
		self.loaded.iter().enumerate().map(balance).collect()
	}

	/// What keeping those costs that have changed, besides their bytes, in compute units that nobody sees.
	pub(crate) fn upkeep(&self, costs: &ChainCosts) -> u64 {
		let of = |loaded: &Loaded| {
			let change = if loaded.is_changed || loaded.is_moved { costs.change } else { 0 };
			change.saturating_add(if loaded.is_born { costs.birth } else { 0 })
		};
		self.loaded.iter().map(of).fold(0, u64::saturating_add)
	}

	pub(crate) fn iter(&self) -> impl Iterator<Item = &Loaded> {
		self.loaded.iter()
	}

	/// The account at a position.
	///
	/// # Errors
	/// `MissingAccount`.
	pub(crate) fn get(&self, index: usize) -> Result<&Account, InstructionError> {
		self.loaded(index).map(|loaded| &loaded.account)
	}

	pub(crate) fn loaded(&self, index: usize) -> Result<&Loaded, InstructionError> {
		self.loaded.get(index).ok_or(InstructionError::MissingAccount)
	}

	fn loaded_mut(&mut self, index: usize) -> Result<&mut Loaded, InstructionError> {
		self.loaded.get_mut(index).ok_or(InstructionError::MissingAccount)
	}

	/// The key of the account at a position.
	///
	/// # Errors
	/// `MissingAccount`.
	pub(crate) fn key(&self, index: usize) -> Result<&SvmAddress, InstructionError> {
		self.loaded(index).map(|loaded| &loaded.key)
	}

	/// The account at a position that is known to be one; nothing that anybody owns where it is none.
	pub(crate) fn at(&self, index: usize) -> &Account {
		self.loaded.get(index).map_or(&NOTHING, |loaded| &loaded.account)
	}

	/// The key at a position that is known to be one.
	pub(crate) fn key_at(&self, index: usize) -> &SvmAddress {
		self.loaded.get(index).map_or(&NOTHING.owner, |loaded| &loaded.key)
	}

	/// The position of a key.
	pub(crate) fn find(&self, key: &SvmAddress) -> Option<usize> {
		self.loaded.iter().position(|loaded| loaded.key == *key)
	}

	/// Whether lamports have come out of nowhere, or gone.
	pub(crate) fn is_balanced(&self) -> bool {
		self.delta == 0
	}

	pub(crate) fn set_lamports(
		&mut self,
		index: usize,
		lamports: u64,
	) -> Result<(), InstructionError> {
		let before = self.get(index)?.lamports;
		let change = i128::from(lamports).saturating_sub(before.into());
		self.delta = self.delta.checked_add(change).ok_or(InstructionError::ArithmeticOverflow)?;
		self.loaded_mut(index)?.account.lamports = lamports;
		Ok(())
	}

	/// The account at a position, to change its data, its owner or its flag.
	pub(crate) fn change(&mut self, index: usize) -> Result<&mut Account, InstructionError> {
		let loaded = self.loaded_mut(index)?;
		loaded.is_changed = true;
		Ok(&mut loaded.account)
	}

	/// Data of a system variable that lives within the transaction.
	pub(crate) fn set_fixed(&mut self, index: usize, data: Vec<u8>) {
		if let Ok(loaded) = self.loaded_mut(index) {
			loaded.account.data = data;
		}
	}

	/// Counts a change of an account's length.
	///
	/// # Errors
	/// `InvalidRealloc`: longer than an account can be; `MaxAccountsDataAllocationsExceeded`: accounts
	/// grow too much in one transaction.
	pub(crate) fn check_length(&self, before: usize, after: usize) -> Result<(), InstructionError> {
		if after > ACCOUNT_BYTES_MAX {
			return Err(InstructionError::InvalidRealloc);
		}
		match self.growth.saturating_add(difference(before, after)) > GROWTH_MAX {
			true => Err(InstructionError::MaxAccountsDataAllocationsExceeded),
			false => Ok(()),
		}
	}

	pub(crate) fn count_growth(&mut self, before: usize, after: usize) {
		self.growth = self.growth.saturating_add(difference(before, after));
	}

	/// Moves in the ledger what lamports have moved here. Between instructions, where they are balanced.
	///
	/// Who gets lamports at a key is known by that key from then on.
	///
	/// # Errors
	/// `InsufficientFunds`: two accounts are one identity, which has less than both show, or the ledger
	/// keeps coins back. `UnbalancedInstruction`: lamports have come out of nowhere.
	pub(crate) fn sync<H: SvmHost>(&mut self, host: &mut H) -> Result<(), InstructionError> {
		let mut gains = self.differences(|synced, now| now.checked_sub(synced));
		let mut losses = self.differences(|synced, now| synced.checked_sub(now));
		let moved: Vec<IdCom> = [&gains, &losses]
			.into_iter()
			.flatten()
			.filter_map(|(index, _)| self.loaded.get(*index).map(|loaded| loaded.owner))
			.collect();
		while let (Some((to, gained)), Some((from, lost))) = (gains.last_mut(), losses.last_mut()) {
			let moved = (*gained).min(*lost);
			self.transfer(host, *from, *to, moved)?;
			*gained = gained.saturating_sub(moved);
			*lost = lost.saturating_sub(moved);
			gains.retain(|(_, left)| *left != 0);
			losses.retain(|(_, left)| *left != 0);
		}
		if !gains.is_empty() || !losses.is_empty() {
			return Err(InstructionError::UnbalancedInstruction);
		}
		// Another key of the same identity shows the same coins.
		for loaded in self.loaded.iter_mut().filter(|loaded| moved.contains(&loaded.owner)) {
			if !loaded.is_fixed {
				loaded.account.lamports = lamports_of(host, loaded.owner);
			}
			loaded.is_moved = true;
			loaded.is_born |= loaded.synced == 0 && loaded.account.lamports != 0;
			loaded.synced = loaded.account.lamports;
		}
		Ok(())
	}

	/// The positions at which lamports differ from the ledger's by something, and by how much.
	fn differences(&self, of: impl Fn(u64, u64) -> Option<u64>) -> Vec<(usize, u64)> {
		let difference = |loaded: &Loaded| of(loaded.synced, loaded.account.lamports);
		let all = self.loaded.iter().map(difference).enumerate();
		all.filter_map(|(index, difference)| Some((index, difference?)))
			.filter(|(_, difference)| *difference != 0)
			.collect()
	}

	fn transfer<H: SvmHost>(
		&self,
		host: &mut H,
		from: usize,
		to: usize,
		lamports: u64,
	) -> Result<(), InstructionError> {
		let amount = lamport().and_then(|unit| unit.to_ledger(lamports.into()));
		let amount: LedgerAmount = amount.ok_or(InstructionError::ArithmeticOverflow)?;
		let (from, to) = (self.loaded(from)?, self.loaded(to)?);
		let ledger = host.ledger_mut();
		ledger
			.transfer(Asset::Native, from.owner, to.owner, amount)
			.map_err(|_| InstructionError::InsufficientFunds)?;
		ledger.note_address(&Address::Svm(to.key));
		Ok(())
	}

	/// The positions of accounts that may change when an instruction of the token program runs which names
	/// these: itself, others of the same identities, and other accounts of the same tokens, for two keys of
	/// one identity show the same balance.
	pub(crate) fn concerned(&self, named: &[InstructionAccount]) -> Vec<usize> {
		let mut owners = Vec::with_capacity(named.len());
		let mut mints = Vec::new();
		for loaded in named.iter().filter_map(|account| self.loaded.get(account.index)) {
			owners.push(loaded.owner);
			mints.extend(loaded.mint());
		}
		owners.sort_unstable();
		mints.sort_unstable();
		let is_concerned = |loaded: &Loaded| {
			let is_of = |mint| mints.binary_search(&mint).is_ok();
			!loaded.is_fixed
				&& (owners.binary_search(&loaded.owner).is_ok() || loaded.mint().is_some_and(is_of))
		};
		let all = self.loaded.iter().enumerate();
		all.filter(|(_, loaded)| is_concerned(loaded)).map(|(index, _)| index).collect()
	}

	/// Reads again what the ledger may have changed of the accounts at these positions: lamports, token
	/// accounts, mints.
	pub(crate) fn refresh<H: SvmHost>(&mut self, host: &mut H, concerned: &[usize]) {
		for index in concerned {
			let Some(loaded) = self.loaded.get_mut(*index) else { continue };
			loaded.owner = host.ledger().resolve(&Address::Svm(loaded.key));
			loaded.account.lamports = lamports_of(host, loaded.owner);
			loaded.synced = loaded.account.lamports;
			let was_token = loaded.account.owner == ids::token_program();
			match image(host, &loaded.key, &loaded.account) {
				Some(data) => {
					loaded.is_moved |= loaded.account.data != data;
					loaded.account.data = data;
					loaded.account.owner = ids::token_program();
				},
				// The token program has given it back.
				None if was_token && loaded.is_rendered_no_more(host) => {
					loaded.account =
						Account { lamports: loaded.account.lamports, ..Account::empty() };
					loaded.is_changed = true;
				},
				None => {},
			}
			loaded.decimals = decimals(host, &loaded.account);
		}
	}

	/// Keeps what has changed before something else looks at the state. Lamports are synced.
	pub(crate) fn flush<H: SvmHost>(&mut self, host: &mut H) {
		for loaded in self.loaded.iter_mut().filter(|loaded| loaded.is_changed) {
			loaded.store(host);
		}
	}

	/// Reads all accounts again, after something else may have changed them.
	pub(crate) fn reload<H: SvmHost>(&mut self, host: &mut H, environment: &Environment) {
		for loaded in self.loaded.iter_mut().filter(|loaded| !loaded.is_fixed) {
			let Loaded { key, initial, is_changed, is_moved, is_born, .. } = *loaded;
			let now = Loaded::new(host, environment, key);
			*loaded = Loaded { initial, is_changed, is_moved, is_born, ..now };
		}
	}

	/// Keeps in the state what has changed. Lamports are synced.
	pub(crate) fn keep<H: SvmHost>(&mut self, host: &mut H) {
		for loaded in self.loaded.iter_mut().filter(|loaded| !loaded.is_fixed) {
			let has_spent = loaded.account.lamports == 0 && loaded.initial != 0;
			let was_made = loaded.account.lamports == 0 && loaded.is_changed;
			if (has_spent || was_made) && host.token_record(&loaded.key).is_none() {
				// Solana's runtime forgets accounts without lamports.
				loaded.account = Account::empty();
				loaded.is_changed = true;
			}
			if loaded.is_changed {
				loaded.store(host);
			}
		}
	}
}

impl Loaded {
	/// Stores what has changed. Of an account of the token program, all is in the ledger and in the
	/// record.
	fn store<H: SvmHost>(&self, host: &mut H) {
		let is_token = host.token_record(&self.key).is_some();
		let stored = if is_token { None } else { stored(&self.account) };
		if self.is_stored || stored.is_some() {
			host.store(&self.key, stored);
		}
	}

	/// The token whose account it is, or which it is.
	fn mint(&self) -> Option<SvmAddress> {
		if self.account.owner != ids::token_program() {
			return None;
		}
		match self.account.data.len() {
			Mint::LEN => Some(self.key),
			_ => self.account.data.first_chunk::<32>().map(|mint| SvmAddress::from(*mint)),
		}
	}

	/// Whether what the token program showed is gone: neither a record nor stored bytes of zeros.
	fn is_rendered_no_more<H: SvmHost>(&self, host: &H) -> bool {
		let was_closed = host.token_record(&self.key).is_none();
		was_closed && self.account.data.iter().any(|byte| *byte != 0)
	}
}

/// What is stored of an account; nothing of one that any address could have.
fn stored(account: &Account) -> Option<StoredAccount> {
	let Account { owner, executable, data, .. } = account;
	let is_plain = *owner == ids::system_program() && data.is_empty() && !executable;
	(!is_plain).then(|| StoredAccount {
		owner: *owner,
		executable: *executable,
		data: data.clone(),
	})
}

fn difference(before: usize, after: usize) -> i128 {
	let number = |length| i128::try_from(length).unwrap_or(i128::MAX);
	number(after).saturating_sub(number(before))
}

/// Whether a record is that of a token account.
pub(crate) fn is_token_account(record: Option<&Record>) -> bool {
	matches!(record, Some(Record::Account(_)))
}
