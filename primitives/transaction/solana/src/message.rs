// SPDX-License-Identifier: Apache-2.0
//! What is signed.

use alloc::vec::Vec;
use unum_address::SvmAddress;

use crate::{encode, ids, sanitize, Blockhash, SanitizeError};

/// The versions of messages that this chain takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
	/// Without a number.
	Legacy,
	/// Number 0: with address lookup tables.
	V0,
}

/// How many of the accounts of a message sign, and how many of the last of each kind are only read
/// (`MessageHeader`, solana-message 4.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Header {
	/// The first that many accounts sign.
	pub num_required_signatures: u8,
	/// The last that many of those are only read.
	pub num_readonly_signed: u8,
	/// The last that many of the others are only read.
	pub num_readonly_unsigned: u8,
}

/// An instruction, with positions of accounts in place of their addresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompiledInstruction {
	/// Position of the program.
	pub program_id_index: u8,
	/// Positions of the accounts, as the program expects them.
	pub accounts: Vec<u8>,
	/// What the program is told.
	pub data: Vec<u8>,
}

/// Accounts that a message names by their positions in a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddressTableLookup {
	/// The table.
	pub account_key: SvmAddress,
	/// Positions of accounts that may be written.
	pub writable_indexes: Vec<u8>,
	/// Positions of accounts that are only read.
	pub readonly_indexes: Vec<u8>,
}

/// What is signed, whatever it says: [`sanitize`](Self::sanitize) tells whether it keeps the rules.
///
/// # Invariants
/// A legacy message has no lookups.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
	version: Version,
	header: Header,
	account_keys: Vec<SvmAddress>,
	recent_blockhash: Blockhash,
	instructions: Vec<CompiledInstruction>,
	lookups: Vec<AddressTableLookup>,
}

impl Message {
	/// A message without version.
	pub const fn legacy(
		header: Header,
		account_keys: Vec<SvmAddress>,
		recent_blockhash: Blockhash,
		instructions: Vec<CompiledInstruction>,
	) -> Self {
		let version = Version::Legacy;
		let lookups = Vec::new();
		Self { version, header, account_keys, recent_blockhash, instructions, lookups }
	}

	/// A message of version 0.
	pub const fn v0(
		header: Header,
		account_keys: Vec<SvmAddress>,
		recent_blockhash: Blockhash,
		instructions: Vec<CompiledInstruction>,
		lookups: Vec<AddressTableLookup>,
	) -> Self {
		let version = Version::V0;
		Self { version, header, account_keys, recent_blockhash, instructions, lookups }
	}

	/// The version.
	pub const fn version(&self) -> Version {
		self.version
	}

	/// How many accounts sign, and how many are only read.
	pub const fn header(&self) -> Header {
		self.header
	}

	/// The accounts that stand in the message itself. The first pays.
	pub fn account_keys(&self) -> &[SvmAddress] {
		&self.account_keys
	}

	/// Which block it names, or the value of a durable nonce.
	pub const fn recent_blockhash(&self) -> Blockhash {
		self.recent_blockhash
	}

	/// The instructions, in the order in which they run.
	pub fn instructions(&self) -> &[CompiledInstruction] {
		&self.instructions
	}

	/// What it takes from address lookup tables.
	pub fn address_table_lookups(&self) -> &[AddressTableLookup] {
		&self.lookups
	}

	/// Who pays the fee; nobody in a message that names no account.
	pub fn fee_payer(&self) -> Option<&SvmAddress> {
		self.account_keys.first()
	}

	/// The program of an instruction; nothing where its position is out of range.
	pub fn program(&self, instruction: &CompiledInstruction) -> Option<&SvmAddress> {
		self.account_keys.get(usize::from(instruction.program_id_index))
	}

	/// Whether the account at this position signs.
	pub fn is_signer(&self, index: usize) -> bool {
		index < usize::from(self.header.num_required_signatures)
	}

	/// Whether the message asks to write the account at this position, one of its own. What it may
	/// write is known to [`ResolvedMessage::is_writable`](crate::ResolvedMessage::is_writable).
	pub fn is_writable_static(&self, index: usize) -> bool {
		let signers = usize::from(self.header.num_required_signatures);
		let end = match self.is_signer(index) {
			true => signers.saturating_sub(usize::from(self.header.num_readonly_signed)),
			false => self
				.account_keys
				.len()
				.saturating_sub(usize::from(self.header.num_readonly_unsigned)),
		};
		index < end
	}

	/// Whether an instruction calls the account at this position (`is_key_called_as_program`,
	/// solana-message 4.4).
	pub fn is_invoked(&self, index: usize) -> bool {
		self.instructions.iter().any(|it| usize::from(it.program_id_index) == index)
	}

	/// How many signatures have to be paid for: those of the transaction, and those that it has
	/// precompiles verify (`SignatureCounts`, solana-fee 4.2).
	pub fn fee_signatures(&self) -> u64 {
		self.precompile_signatures().saturating_add(self.header.num_required_signatures.into())
	}

	/// How many signatures its instructions have precompiles verify.
	pub fn precompile_signatures(&self) -> u64 {
		let verified = self
			.instructions
			.iter()
			.filter(|it| self.program(it).is_some_and(ids::is_precompile))
			.filter_map(|it| it.data.first().copied());
		verified.fold(0, |sum, count| u64::saturating_add(sum, count.into()))
	}

	/// How many accounts it names, those of lookup tables included.
	pub fn account_count(&self) -> usize {
		self.lookups.iter().fold(self.account_keys.len(), |sum, lookup| {
			sum.saturating_add(lookup.writable_indexes.len())
				.saturating_add(lookup.readonly_indexes.len())
		})
	}

	/// Checks the rules that need no state and no signature; see [`SanitizeError`].
	///
	/// # Errors
	/// The first rule that it breaks.
	pub fn sanitize(&self) -> Result<(), SanitizeError> {
		sanitize::message(self)
	}

	/// The bytes that are signed.
	pub fn encode(&self) -> Vec<u8> {
		encode::message(self)
	}

	/// The hash of the bytes that are signed, under which a chain remembers that it has processed them:
	/// unlike signatures, nobody can make a second one (`hash_raw_message`, solana-message 4.4: BLAKE3
	/// with a prefix).
	pub fn hash(&self) -> [u8; 32] {
		hash(&self.encode())
	}
}

/// [`Message::hash`] of the bytes that are signed.
pub(crate) fn hash(message: &[u8]) -> [u8; 32] {
	let mut hasher = blake3::Hasher::new();
	hasher.update(b"solana-tx-message-v1");
	hasher.update(message);
	*hasher.finalize().as_bytes()
}
