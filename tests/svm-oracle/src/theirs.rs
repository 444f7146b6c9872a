// SPDX-License-Identifier: Apache-2.0
//! Their world: litesvm, which is Agave's own runtime in memory.

use litesvm::{
	types::{FailedTransactionMetadata, TransactionMetadata},
	LiteSVM,
};
use sha2::{Digest, Sha256};
use solana_account::Account;
use solana_address::Address;
use solana_clock::Clock;
use solana_hash::Hash;
use solana_slot_hashes::SlotHashes;
use solana_transaction::versioned::VersionedTransaction;
use std::collections::BTreeSet;
use unum_address::SvmAddress;

use crate::{
	seen::{AccountSeen, Ended, Seen},
	world::LAMPORTS_PER_SIGNATURE,
};

/// What is said of bytes that are no transaction.
pub const NO_TRANSACTION: &str = "failed to deserialize the transaction";

/// The longest transaction that the network carries (`PACKET_DATA_SIZE`).
const PACKET_BYTES: usize = 1232;

/// litesvm with the features of the main network.
#[derive(Clone)]
pub struct Theirs {
	svm: LiteSVM,
}

impl std::fmt::Debug for Theirs {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.debug_struct("Theirs").finish_non_exhaustive()
	}
}

impl Default for Theirs {
	fn default() -> Self {
		Self { svm: LiteSVM::new() }
	}
}

fn theirs(key: &SvmAddress) -> Address {
	Address::from(*key.as_bytes())
}

fn ours(address: Address) -> SvmAddress {
	address.to_bytes().into()
}

impl Theirs {
	/// The blockhash that transactions have to name.
	pub fn blockhash(&self) -> [u8; 32] {
		self.svm.latest_blockhash().to_bytes()
	}

	/// The block at hand.
	pub fn clock(&self) -> Clock {
		self.svm.get_sysvar()
	}

	/// Sets the block at hand.
	pub fn set_clock(&mut self, clock: &Clock) {
		self.svm.set_sysvar(clock);
	}

	/// Remembers a hash of each of the 512 slots before this one.
	pub fn set_slot_hashes(&mut self, slot: u64) {
		let slots = (1..=512).map(|age| (slot.saturating_sub(age), Hash::new_from_array([7; 32])));
		self.svm.set_sysvar(&SlotHashes::new(&slots.collect::<Vec<_>>()));
	}

	/// Goes on to another blockhash.
	pub fn expire_blockhash(&mut self) {
		self.svm.expire_blockhash();
	}

	/// The file of a program that litesvm brings with it.
	pub fn program(&self, key: &SvmAddress) -> Vec<u8> {
		let bytes = self.svm.accounts_db().try_program_elf_bytes(&theirs(key));
		bytes.expect("a program").to_vec()
	}

	/// Puts an account where it is wanted.
	pub fn set_account(&mut self, key: &SvmAddress, account: &AccountSeen) {
		let account = Account {
			lamports: account.lamports,
			data: account.data.clone(),
			owner: theirs(&account.owner),
			executable: account.executable,
			rent_epoch: u64::MAX,
		};
		self.svm.set_account(theirs(key), account).expect("an account that litesvm takes");
	}

	/// An account; nothing where there is none.
	pub fn account(&self, key: &SvmAddress) -> Option<AccountSeen> {
		let account = self.svm.get_account(&theirs(key)).filter(|account| account.lamports != 0)?;
		Some(AccountSeen {
			lamports: account.lamports,
			data: account.data,
			owner: ours(account.owner),
			executable: account.executable,
		})
	}

	/// Takes the fee of a transaction from its payer.
	pub fn take_fee(&mut self, bytes: &[u8], fee: u64) {
		let transaction = read(bytes).expect("it was read before");
		let payer = transaction.message.static_account_keys()[0];
		let mut account = self.svm.get_account(&payer).expect("it was asked before");
		account.lamports -= fee;
		self.svm.set_account(payer, account).expect("a wallet");
	}

	/// Sets right what litesvm makes of a transaction that names a nonce in place of a blockhash. Agave uses
	/// the nonce up when the transaction fails, too; and the next nonce comes from the newest blockhash, not
	/// from what the transaction names.
	pub fn correct_nonces(&mut self, bytes: &[u8], known: &BTreeSet<SvmAddress>, failed: bool) {
		let message = read(bytes).expect("it was read before").message;
		let named = message.recent_blockhash().to_bytes();
		if named == self.blockhash() {
			return;
		}
		let (wrong, right) = (next_nonce(&named), next_nonce(&self.blockhash()));
		let used = message.instructions()[0].accounts.first().copied();
		let used = used.and_then(|index| message.static_account_keys().get(usize::from(index)));
		for key in known.iter().map(theirs) {
			let Some(mut account) = self.svm.get_account(&key) else { continue };
			let is_used = failed && used == Some(&key);
			let is_nonce = account.owner == Address::default() && account.data.len() == 80;
			if is_nonce && (account.data[40..72] == wrong || is_used) {
				account.data[40..72].copy_from_slice(&right);
				account.data[72..80].copy_from_slice(&LAMPORTS_PER_SIGNATURE.to_le_bytes());
				self.svm.set_account(key, account).expect("a nonce account");
			}
		}
	}

	/// Executes a transaction.
	pub fn send(&mut self, bytes: &[u8]) -> Seen {
		let Some(transaction) = read(bytes) else {
			return Seen::refused(NO_TRANSACTION.into());
		};
		let payer = transaction.message.static_account_keys().first().copied();
		let before = payer.and_then(|payer| self.svm.get_balance(&payer)).unwrap_or(0);
		match self.svm.send_transaction(transaction) {
			Ok(meta) => seen(Ended::Succeeded, meta),
			Err(FailedTransactionMetadata { err, meta }) => {
				let after = payer.and_then(|payer| self.svm.get_balance(&payer)).unwrap_or(0);
				// litesvm marks in no other way whether a transaction that failed is in a block.
				if before != after {
					seen(Ended::Failed(format!("{err:?}")), meta)
				} else {
					Seen { fee: meta.fee, ..Seen::refused(err.to_string()) }
				}
			},
		}
	}
}

/// The nonce that comes from a blockhash.
fn next_nonce(blockhash: &[u8; 32]) -> [u8; 32] {
	Sha256::digest([b"DURABLE_NONCE".as_slice(), blockhash].concat()).into()
}

fn read(bytes: &[u8]) -> Option<VersionedTransaction> {
	if bytes.len() > PACKET_BYTES {
		return None;
	}
	let transaction: VersionedTransaction = wincode::deserialize(bytes).ok()?;
	// What is behind the transaction is no part of it, and the network refuses it.
	let again = wincode::serialize(&transaction).ok()?;
	(again == bytes).then_some(transaction)
}

fn seen(ended: Ended, meta: TransactionMetadata) -> Seen {
	let returned = Some((ours(meta.return_data.program_id), meta.return_data.data));
	let inner = meta.inner_instructions.into_iter().enumerate().flat_map(|(index, list)| {
		let index = u8::try_from(index).expect("few instructions");
		list.into_iter().map(move |one| {
			let instruction = one.instruction;
			let program = instruction.program_id_index;
			(index, one.stack_height, program, instruction.accounts, instruction.data)
		})
	});
	Seen {
		ended,
		fee: meta.fee,
		units: meta.compute_units_consumed,
		logs: meta.logs,
		// Agave shows what is empty as nothing.
		returned: returned.filter(|(_, data)| !data.is_empty()),
		inner: inner.collect(),
	}
}
