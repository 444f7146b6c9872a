// SPDX-License-Identifier: Apache-2.0
//! What several modules use.

use std::io::Read;

use base64::{engine::general_purpose::STANDARD, Engine};
use serde_json::Value;
use unum_address::SvmAddress;
use unum_solana_transaction::{
	AddressTableLookup, Blockhash, CompiledInstruction, Header, LoadedAddresses, Message,
};

pub(crate) fn unzip(bytes: &[u8]) -> String {
	let mut text = String::new();
	flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
	text
}

pub(crate) fn base64(value: &Value) -> Vec<u8> {
	STANDARD.decode(value.as_str().unwrap()).unwrap()
}

/// An address that nothing else has: all bytes are `byte`.
pub(crate) fn key(byte: u8) -> SvmAddress {
	[byte; 32].into()
}

/// Addresses 0x80, 0x81, …
pub(crate) fn keys(count: u8) -> Vec<SvmAddress> {
	(0..count).map(|index| key(0x80 + index)).collect()
}

pub(crate) fn header(signers: u8, readonly_signed: u8, readonly_unsigned: u8) -> Header {
	Header {
		num_required_signatures: signers,
		num_readonly_signed: readonly_signed,
		num_readonly_unsigned: readonly_unsigned,
	}
}

pub(crate) fn instruction(program: u8, accounts: &[u8], data: &[u8]) -> CompiledInstruction {
	CompiledInstruction {
		program_id_index: program,
		accounts: accounts.to_vec(),
		data: data.to_vec(),
	}
}

pub(crate) fn lookup(table: u8, writable: &[u8], readonly: &[u8]) -> AddressTableLookup {
	AddressTableLookup {
		account_key: key(table),
		writable_indexes: writable.to_vec(),
		readonly_indexes: readonly.to_vec(),
	}
}

pub(crate) fn legacy(
	header: Header,
	keys: Vec<SvmAddress>,
	instructions: Vec<CompiledInstruction>,
) -> Message {
	Message::legacy(header, keys, Blockhash::new([7; 32]), instructions)
}

pub(crate) fn v0(
	header: Header,
	keys: Vec<SvmAddress>,
	instructions: Vec<CompiledInstruction>,
	lookups: Vec<AddressTableLookup>,
) -> Message {
	Message::v0(header, keys, Blockhash::new([7; 32]), instructions, lookups)
}

pub(crate) fn loaded(writable: &[u8], readonly: &[u8]) -> LoadedAddresses {
	let keys = |bytes: &[u8]| bytes.iter().map(|byte| key(*byte)).collect();
	LoadedAddresses { writable: keys(writable), readonly: keys(readonly) }
}
