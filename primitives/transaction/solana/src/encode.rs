// SPDX-License-Identifier: Apache-2.0
//! From the fields of a transaction to its bytes.

use alloc::vec::Vec;

use crate::{
	compact, AddressTableLookup, CompiledInstruction, Header, Message, Signature, Version,
};

/// The byte before a message with a version: this, and the version.
pub(crate) const VERSION_PREFIX: u8 = 0x80;

/// A transaction.
pub(crate) fn transaction(signatures: &[Signature], message: &Message) -> Vec<u8> {
	let mut bytes = Vec::new();
	list(signatures, &mut bytes, |signature, to| to.extend_from_slice(signature.as_bytes()));
	write_message(message, &mut bytes);
	bytes
}

/// A message: what is signed.
pub(crate) fn message(message: &Message) -> Vec<u8> {
	let mut bytes = Vec::new();
	write_message(message, &mut bytes);
	bytes
}

fn write_message(message: &Message, to: &mut Vec<u8>) {
	if message.version() == Version::V0 {
		to.push(VERSION_PREFIX);
	}
	let Header { num_required_signatures, num_readonly_signed, num_readonly_unsigned } =
		message.header();
	to.extend_from_slice(&[num_required_signatures, num_readonly_signed, num_readonly_unsigned]);
	list(message.account_keys(), to, |key, to| to.extend_from_slice(key.as_bytes()));
	to.extend_from_slice(message.recent_blockhash().as_bytes());
	list(message.instructions(), to, write_instruction);
	if message.version() == Version::V0 {
		list(message.address_table_lookups(), to, write_lookup);
	}
}

fn write_instruction(instruction: &CompiledInstruction, to: &mut Vec<u8>) {
	to.push(instruction.program_id_index);
	write_bytes(&instruction.accounts, to);
	write_bytes(&instruction.data, to);
}

fn write_lookup(lookup: &AddressTableLookup, to: &mut Vec<u8>) {
	to.extend_from_slice(lookup.account_key.as_bytes());
	write_bytes(&lookup.writable_indexes, to);
	write_bytes(&lookup.readonly_indexes, to);
}

fn write_bytes(bytes: &[u8], to: &mut Vec<u8>) {
	compact::write(bytes.len(), to);
	to.extend_from_slice(bytes);
}

fn list<T>(items: &[T], to: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
	compact::write(items.len(), to);
	items.iter().for_each(|item| write(item, to));
}
