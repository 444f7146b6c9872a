// SPDX-License-Identifier: Apache-2.0
//! A host in memory: the simplest thing that obeys the host rules, and the model that others are
//! compared with.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use unum_address::{Address, VmKind};
use unum_id_com::{IdCom, MintId};
use unum_signature::AuthKey;
use unum_units::LedgerAmount;

use crate::{
	Asset, IdentityHost, KeyValueHost, LedgerError, LedgerHost, Movement, TokenHost, TokenInfo,
};

/// Balances, tokens, accounts and key-value storage in ordered maps. Comparable, so that tests can see
/// whether anything changed.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct MemoryHost {
	pub(super) tokens: BTreeMap<MintId, TokenInfo>,
	pub(super) frozen: BTreeSet<(MintId, IdCom)>,
	pub(super) allowances: BTreeMap<(MintId, IdCom, IdCom), LedgerAmount>,
	pub(super) permit_nonces: BTreeMap<(MintId, Address), u64>,
	pub(super) movements: Vec<Movement>,
	pub(super) bindings: BTreeMap<Address, IdCom>,
	pub(super) auth_keys: BTreeMap<IdCom, Vec<AuthKey>>,
	balances: BTreeMap<(IdCom, Asset), u128>,
	accounts: BTreeMap<IdCom, ()>,
	storage: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl MemoryHost {
	/// Adds a token that nobody holds yet and that has no authorities.
	pub fn add_mint(&mut self, mint: MintId) {
		let _ = self.create_token(mint, super::memory_tokens::plain_token());
	}

	/// All movements so far, in order, those of nothing among them.
	pub fn movements(&self) -> &[Movement] {
		&self.movements
	}

	/// Sets a balance, opening the account.
	pub fn set_balance(&mut self, asset: Asset, owner: IdCom, amount: LedgerAmount) {
		self.accounts.insert(owner, ());
		self.put(asset, owner, amount.get());
	}

	/// Sum of all balances of `asset`.
	pub fn total(&self, asset: Asset) -> u128 {
		self.balances.iter().filter(|((_, a), _)| *a == asset).map(|(_, amount)| amount).sum()
	}

	/// What sender and receiver would have after a transfer between two identities.
	fn balances_after(
		&self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(u128, u128), LedgerError> {
		self.spendable(asset, from)?;
		if amount.is_zero() {
			return Ok((self.get(asset, from), self.get(asset, to)));
		}
		self.ensure_not_frozen(asset, from)?;
		let available = LedgerAmount::new(self.get(asset, from));
		let short = LedgerError::InsufficientBalance { asset, available, needed: amount };
		let left = available.get().checked_sub(amount.get()).ok_or(short)?;
		if from == to {
			return Ok((left, 0));
		}
		self.ensure_not_frozen(asset, to)?;
		let arrived = self.get(asset, to).checked_add(amount.get());
		Ok((left, arrived.ok_or(LedgerError::Overflow(asset))?))
	}

	pub(super) fn ensure_not_frozen(&self, asset: Asset, who: IdCom) -> Result<(), LedgerError> {
		match asset {
			Asset::Token(mint) if self.frozen.contains(&(mint, who)) => {
				Err(LedgerError::Frozen(mint))
			},
			_ => Ok(()),
		}
	}

	pub(super) fn put(&mut self, asset: Asset, owner: IdCom, amount: u128) {
		if amount == 0 {
			self.balances.remove(&(owner, asset));
		} else {
			self.balances.insert((owner, asset), amount);
		}
	}

	pub(super) fn get(&self, asset: Asset, owner: IdCom) -> u128 {
		self.balances.get(&(owner, asset)).copied().unwrap_or(0)
	}
}

impl LedgerHost for MemoryHost {
	fn spendable(&self, asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError> {
		match asset {
			Asset::Token(mint) if !self.tokens.contains_key(&mint) => {
				Err(LedgerError::UnknownMint(mint))
			},
			Asset::Token(mint) if self.frozen.contains(&(mint, owner)) => Ok(LedgerAmount::ZERO),
			_ => Ok(LedgerAmount::new(self.get(asset, owner))),
		}
	}

	fn can_transfer(
		&self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		self.balances_after(asset, from, to, amount).map(|_| ())
	}

	fn transfer(
		&mut self,
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError> {
		let (left, arrived) = self.balances_after(asset, from, to, amount)?;
		if from != to && amount.get() != 0 {
			self.put(asset, from, left);
			self.put(asset, to, arrived);
			self.accounts.insert(to, ());
		}
		self.movements.push(Movement::Transferred { asset, from, to, amount });
		Ok(())
	}
}

impl IdentityHost for MemoryHost {
	fn address_of(&self, id: IdCom, vm: VmKind) -> Option<Address> {
		Address::derive(id, vm)
	}

	fn resolve(&self, address: &Address) -> IdCom {
		if let Some(owner) = self.bindings.get(address) {
			return *owner;
		}
		self.accounts
			.keys()
			.find(|id| Address::derive(**id, address.vm()).as_ref() == Some(address))
			.copied()
			.unwrap_or_else(|| address.unbound_id_com())
	}

	/// Identities have derived addresses alone here.
	fn note_address(&mut self, _: &Address) {}

	fn exists(&self, id: IdCom) -> bool {
		self.accounts.contains_key(&id)
	}

	fn retain(&mut self, id: IdCom) {
		self.accounts.insert(id, ());
	}
}

impl KeyValueHost for MemoryHost {
	fn read(&self, key: &[u8]) -> Option<Vec<u8>> {
		self.storage.get(key).cloned()
	}

	fn write(&mut self, key: &[u8], value: Option<Vec<u8>>) {
		match value {
			Some(value) => self.storage.insert(key.to_vec(), value),
			None => self.storage.remove(key),
		};
	}
}
