// SPDX-License-Identifier: Apache-2.0
//! A message with all of its accounts.

use alloc::vec::Vec;
use unum_address::SvmAddress;

use crate::{ids, sanitize::duplicates, LoadedAddresses, Message, ResolveError};

/// The discriminant of `SystemInstruction::AdvanceNonceAccount`.
pub(crate) const ADVANCE_NONCE_ACCOUNT: [u8; 4] = 4u32.to_le_bytes();

/// A message with all of its accounts: its own, then those that lookup tables name to be written, then
/// those to be read.
///
/// # Invariants
/// It keeps the rules of [`Message::sanitize`]: it has a payer, and every position in it is in range. No
/// account is there twice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResolvedMessage {
	message: Message,
	loaded: LoadedAddresses,
	keys: Vec<SvmAddress>,
	writable: Vec<bool>,
	fee_payer: SvmAddress,
}

impl ResolvedMessage {
	/// Adds to a message the accounts that its lookups name, in the order of the lookups
	/// (agave-transaction-view 4.2, `ResolvedTransactionView`). Who signed it is not asked: this is for
	/// simulations and for instructions that come by another way; [`Verified::resolve`] is for the
	/// others.
	///
	/// [`Verified::resolve`]: crate::Verified::resolve
	///
	/// # Errors
	/// [`ResolveError::Sanitize`], also where an account is named twice across tables;
	/// [`ResolveError::LookupMismatch`] where there are more addresses than lookups name, or fewer.
	pub fn new(message: Message, loaded: LoadedAddresses) -> Result<Self, ResolveError> {
		message.sanitize()?;
		require_match(&message, &loaded)?;
		let keys = join(&message, &loaded);
		duplicates(&keys)?;
		let fee_payer = *keys.first().ok_or(ResolveError::LookupMismatch)?;
		let writable = writable(&message, &loaded, &keys);
		Ok(Self { message, loaded, keys, writable, fee_payer })
	}

	/// What was signed.
	pub const fn message(&self) -> &Message {
		&self.message
	}

	/// The accounts that lookup tables name.
	pub const fn loaded_addresses(&self) -> &LoadedAddresses {
		&self.loaded
	}

	/// All accounts, in the order of their positions; [`message`](Self::message) has those of its own.
	pub fn account_keys(&self) -> &[SvmAddress] {
		&self.keys
	}

	/// Who pays the fee: the first account.
	pub const fn fee_payer(&self) -> SvmAddress {
		self.fee_payer
	}

	/// Whether the account at this position signs.
	pub fn is_signer(&self, index: usize) -> bool {
		self.message.is_signer(index)
	}

	/// Whether the transaction may write the account at this position: it has asked to, the address is
	/// none of those that nobody writes ([`ids::is_reserved`]), and it is no program that is called,
	/// unless the upgradeable loader is among the accounts.
	pub fn is_writable(&self, index: usize) -> bool {
		self.writable.get(index).copied().unwrap_or(false)
	}

	/// The nonce account, if this transaction begins with taking a durable nonce out of it in place of
	/// a recent blockhash (`get_durable_nonce`, solana-svm-transaction 4.2).
	pub fn nonce_account(&self) -> Option<SvmAddress> {
		let first = self.message.instructions().first()?;
		let is_advance = *self.message.program(first)? == ids::system_program()
			&& first.data.starts_with(&ADVANCE_NONCE_ACCOUNT);
		let index = usize::from(*first.accounts.first()?);
		let key = self.message.account_keys().get(index)?;
		(is_advance && self.is_writable(index)).then_some(*key)
	}
}

fn require_match(message: &Message, loaded: &LoadedAddresses) -> Result<(), ResolveError> {
	let lookups = message.address_table_lookups();
	let writable: usize = lookups.iter().map(|it| it.writable_indexes.len()).sum();
	let readonly: usize = lookups.iter().map(|it| it.readonly_indexes.len()).sum();
	match (writable, readonly) == (loaded.writable.len(), loaded.readonly.len()) {
		true => Ok(()),
		false => Err(ResolveError::LookupMismatch),
	}
}

fn join(message: &Message, loaded: &LoadedAddresses) -> Vec<SvmAddress> {
	let own = message.account_keys().iter();
	own.chain(&loaded.writable).chain(&loaded.readonly).copied().collect()
}

fn writable(message: &Message, loaded: &LoadedAddresses, keys: &[SvmAddress]) -> Vec<bool> {
	let own = message.account_keys().len();
	let loaded_end = own.saturating_add(loaded.writable.len());
	let upgradeable_loader = keys.contains(&ids::bpf_loader_upgradeable());
	let is_writable = |(index, key): (usize, &SvmAddress)| {
		let asked = match index < own {
			true => message.is_writable_static(index),
			false => index < loaded_end,
		};
		asked && !ids::is_reserved(key) && (upgradeable_loader || !message.is_invoked(index))
	};
	keys.iter().enumerate().map(is_writable).collect()
}
