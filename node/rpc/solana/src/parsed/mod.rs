// SPDX-License-Identifier: Apache-2.0
//! `jsonParsed`: accounts and instructions of well-known programs in words (`account-decoder` and
//! `transaction-status` upstream, whose names of fields these are).

mod account;
mod loader;
mod lookup;
mod system;
mod sysvar;
mod token;

use base64::{prelude::BASE64_STANDARD, Engine};
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_transaction::ids;
use unum_spl_token::ids as spl;

pub(crate) use account::account;

/// An instruction with the keys that it names.
pub(crate) struct Instruction<'a> {
	/// The program.
	pub(crate) program: SvmAddress,
	/// Its accounts, in order.
	pub(crate) keys: Vec<SvmAddress>,
	/// Its data.
	pub(crate) data: &'a [u8],
}

impl Instruction<'_> {
	/// The key at a position, in base58.
	pub(crate) fn key(&self, position: usize) -> Option<String> {
		self.keys.get(position).map(ToString::to_string)
	}
}

/// The two versions of the memo program.
const MEMOS: [&str; 2] =
	["MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"];

/// Whether a program keeps memos.
pub(crate) fn is_memo(program: &SvmAddress) -> bool {
	MEMOS.contains(&program.to_string().as_str())
}

/// An instruction in words: the name of the program, and what it does. None where the program is not
/// known, or the instruction is not one of its.
pub(crate) fn instruction(instruction: &Instruction<'_>) -> Option<(&'static str, Value)> {
	let (name, parsed) = match instruction.program {
		id if id == ids::system_program() => ("system", system::instruction(instruction)),
		id if id == spl::token_program() => ("spl-token", token::instruction(instruction)),
		id if id == spl::associated_token_program() => {
			("spl-associated-token-account", token::associated(instruction))
		},
		id if id == ids::address_lookup_table() => {
			("address-lookup-table", lookup::instruction(instruction))
		},
		id if id == ids::bpf_loader_upgradeable() => {
			("bpf-upgradeable-loader", loader::upgradeable(instruction))
		},
		id if id == ids::bpf_loader() || id == ids::bpf_loader_deprecated() => {
			("bpf-loader", loader::final_loader(instruction))
		},
		id if is_memo(&id) => ("spl-memo", memo(instruction.data)),
		_ => return None,
	};
	Some((name, parsed?))
}

/// What a memo says.
pub(crate) fn memo(data: &[u8]) -> Option<Value> {
	std::str::from_utf8(data).ok().map(|text| json!(text))
}

/// What an instruction does, by its name.
pub(crate) fn named(name: &str, info: Value) -> Value {
	json!({ "type": name, "info": info })
}

pub(crate) fn base64(bytes: &[u8]) -> String {
	BASE64_STANDARD.encode(bytes)
}

/// Reads `bincode` from the front.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
	pub(crate) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
		let (head, rest) = self.0.split_first_chunk::<N>()?;
		self.0 = rest;
		Some(*head)
	}

	pub(crate) fn u8(&mut self) -> Option<u8> {
		self.take::<1>().map(|[byte]| byte)
	}

	pub(crate) fn u32(&mut self) -> Option<u32> {
		self.take().map(u32::from_le_bytes)
	}

	pub(crate) fn u64(&mut self) -> Option<u64> {
		self.take().map(u64::from_le_bytes)
	}

	/// A number that is longer than JSON's, as text.
	pub(crate) fn u128(&mut self) -> Option<String> {
		self.take().map(|bytes| u128::from_le_bytes(bytes).to_string())
	}

	/// As many as are said in front, each read by `read`.
	pub(crate) fn list(&mut self, read: fn(&mut Self) -> Option<Value>) -> Option<Value> {
		let length = self.u64()?;
		(0..length).map(|_| read(self)).collect()
	}

	pub(crate) fn key(&mut self) -> Option<SvmAddress> {
		self.take::<32>().map(Into::into)
	}

	/// Bytes with their number in front.
	pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
		let length = usize::try_from(self.u64()?).ok()?;
		let (head, rest) = self.0.split_at_checked(length)?;
		self.0 = rest;
		Some(head)
	}

	pub(crate) fn text(&mut self) -> Option<&'a str> {
		std::str::from_utf8(self.bytes()?).ok()
	}
}
