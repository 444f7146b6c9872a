// SPDX-License-Identifier: Apache-2.0
//! Transactions as bytes: written here once more, from the format's description, so that neither of the
//! two worlds is fed by its own encoder.

use std::{collections::BTreeMap, fmt};
use unum_address::SvmAddress;

use crate::keys::Wallet;

/// An account, as an instruction names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Meta {
	/// Which.
	pub key: SvmAddress,
	/// Whether it signs.
	pub signer: bool,
	/// Whether it may be changed.
	pub writable: bool,
}

impl Meta {
	/// Writable, and signing if so said.
	pub fn new(key: SvmAddress, signer: bool) -> Self {
		Self { key, signer, writable: true }
	}

	/// Read-only, and signing if so said.
	pub fn readonly(key: SvmAddress, signer: bool) -> Self {
		Self { key, signer, writable: false }
	}
}

/// One instruction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instruction {
	/// Of which program.
	pub program: SvmAddress,
	/// On which accounts.
	pub accounts: Vec<Meta>,
	/// Its data.
	pub data: Vec<u8>,
}

/// An address lookup table and what is in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
	/// Its address.
	pub key: SvmAddress,
	/// Its addresses.
	pub addresses: Vec<SvmAddress>,
}

/// A message, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
	/// Whether it is of version 0, and not of the form before versions.
	pub versioned: bool,
	/// Signatures, read-only signers, read-only others.
	pub header: [u8; 3],
	/// Its own keys.
	pub keys: Vec<SvmAddress>,
	/// The blockhash or nonce that it names.
	pub blockhash: [u8; 32],
	/// Its instructions: program, accounts, data.
	pub instructions: Vec<(u8, Vec<u8>, Vec<u8>)>,
	/// Tables, writable positions, read-only ones.
	pub lookups: Vec<(SvmAddress, Vec<u8>, Vec<u8>)>,
}

impl Message {
	/// Puts instructions into a message. Keys of the tables are taken from them where they can be.
	pub fn new(
		payer: SvmAddress,
		instructions: &[Instruction],
		blockhash: [u8; 32],
		tables: Option<&[Table]>,
	) -> Self {
		let flags = merged_flags(payer, instructions);
		let invoked = |key: &SvmAddress| instructions.iter().any(|one| one.program == *key);
		let mut lookups: Vec<(SvmAddress, Vec<u8>, Vec<u8>)> = Vec::new();
		let mut loaded: [Vec<SvmAddress>; 2] = Default::default();
		for table in tables.unwrap_or_default() {
			let mut lookup = (table.key, Vec::new(), Vec::new());
			let mut keys: [Vec<SvmAddress>; 2] = Default::default();
			for (key, (signer, writable)) in &flags {
				let Some(position) = table.addresses.iter().position(|other| other == key) else {
					continue;
				};
				if *signer || invoked(key) || loaded.iter().flatten().any(|other| other == key) {
					continue;
				}
				let (positions, keys) = match writable {
					true => (&mut lookup.1, &mut keys[0]),
					false => (&mut lookup.2, &mut keys[1]),
				};
				positions.push(u8::try_from(position).expect("at most 256"));
				keys.push(*key);
			}
			loaded[0].append(&mut keys[0]);
			loaded[1].append(&mut keys[1]);
			if !lookup.1.is_empty() || !lookup.2.is_empty() {
				lookups.push(lookup);
			}
		}
		let of = |signer: bool, writable: bool| {
			let loaded = &loaded;
			flags
				.iter()
				.filter(move |(key, flags)| {
					**key != payer
						&& **flags == (signer, writable)
						&& !loaded.iter().flatten().any(|other| other == *key)
				})
				.map(|(key, _)| *key)
				.collect::<Vec<_>>()
		};
		let groups = [of(true, true), of(true, false), of(false, true), of(false, false)];
		let count = |group: &Vec<SvmAddress>| u8::try_from(group.len()).expect("few keys");
		let header =
			[1 + count(&groups[0]) + count(&groups[1]), count(&groups[1]), count(&groups[3])];
		let keys: Vec<_> = [payer].into_iter().chain(groups.into_iter().flatten()).collect();
		let all: Vec<_> = keys.iter().chain(loaded.iter().flatten()).copied().collect();
		let index = |key: &SvmAddress| {
			let position = all.iter().position(|other| other == key).expect("collected");
			u8::try_from(position).expect("few keys")
		};
		let instructions = instructions
			.iter()
			.map(|one| {
				let accounts = one.accounts.iter().map(|meta| index(&meta.key)).collect();
				(index(&one.program), accounts, one.data.clone())
			})
			.collect();
		Self { versioned: tables.is_some(), header, keys, blockhash, instructions, lookups }
	}

	/// The bytes that are signed.
	pub fn encode(&self) -> Vec<u8> {
		let mut bytes = Vec::new();
		if self.versioned {
			bytes.push(0x80);
		}
		bytes.extend(self.header);
		put_length(&mut bytes, self.keys.len());
		for key in &self.keys {
			bytes.extend(key.as_bytes());
		}
		bytes.extend(self.blockhash);
		put_length(&mut bytes, self.instructions.len());
		for (program, accounts, data) in &self.instructions {
			bytes.push(*program);
			put_bytes(&mut bytes, accounts);
			put_bytes(&mut bytes, data);
		}
		if self.versioned {
			put_length(&mut bytes, self.lookups.len());
			for (table, writable, readonly) in &self.lookups {
				bytes.extend(table.as_bytes());
				put_bytes(&mut bytes, writable);
				put_bytes(&mut bytes, readonly);
			}
		}
		bytes
	}

	/// The transaction, signed by those of `wallets` that have to; nothing but zeros where others have.
	pub fn sign(&self, wallets: &[Wallet]) -> Vec<u8> {
		let message = self.encode();
		let signers = self.keys.iter().take(self.header[0].into());
		let signatures: Vec<_> = signers
			.map(|key| {
				let wallet = wallets.iter().find(|wallet| wallet.address == *key);
				wallet.map_or([0; 64], |wallet| wallet.sign(&message))
			})
			.collect();
		transaction(&signatures, &message)
	}
}

impl fmt::Display for Message {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let form = if self.versioned { "version 0" } else { "legacy" };
		writeln!(f, "{form}, header {:?}, blockhash {:02x?}", self.header, &self.blockhash[..4])?;
		for (index, key) in self.keys.iter().enumerate() {
			writeln!(f, "  {index:>3} {key}")?;
		}
		for (table, writable, readonly) in &self.lookups {
			writeln!(f, "  table {table}: writable {writable:?}, read-only {readonly:?}")?;
		}
		for (program, accounts, data) in &self.instructions {
			let hex: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
			writeln!(f, "  program {program}, accounts {accounts:?}, data {hex}")?;
		}
		Ok(())
	}
}

/// Puts signatures before a message.
pub fn transaction(signatures: &[[u8; 64]], message: &[u8]) -> Vec<u8> {
	let mut bytes = Vec::new();
	put_length(&mut bytes, signatures.len());
	bytes.extend(signatures.iter().flatten());
	bytes.extend(message);
	bytes
}

fn merged_flags(
	payer: SvmAddress,
	instructions: &[Instruction],
) -> BTreeMap<SvmAddress, (bool, bool)> {
	let mut flags = BTreeMap::from([(payer, (true, true))]);
	for one in instructions {
		flags.entry(one.program).or_default();
		for meta in &one.accounts {
			let (signer, writable) = flags.entry(meta.key).or_default();
			*signer |= meta.signer;
			*writable |= meta.writable;
		}
	}
	flags
}

/// Seven bits at a time, the lowest first.
fn put_length(bytes: &mut Vec<u8>, mut length: usize) {
	loop {
		let low = (length & 0x7f) as u8;
		length >>= 7;
		if length == 0 {
			bytes.push(low);
			return;
		}
		bytes.push(low | 0x80);
	}
}

fn put_bytes(bytes: &mut Vec<u8>, part: &[u8]) {
	put_length(bytes, part.len());
	bytes.extend(part);
}
