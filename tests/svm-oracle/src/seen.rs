// SPDX-License-Identifier: Apache-2.0
//! What can be seen of a transaction and of an account, the same for both worlds.

use unum_address::SvmAddress;

/// How a transaction ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ended {
	/// It is not in a block, and costs nothing; in which words.
	Refused(String),
	/// It is in a block, has paid its fee and changed nothing else; with which error.
	Failed(String),
	/// It did what it should.
	Succeeded,
}

/// An instruction that a program called: of which instruction of the message, at which depth, program,
/// accounts and data.
pub type Inner = (u8, u8, u8, Vec<u8>, Vec<u8>);

/// What can be seen of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
	/// How it ended.
	pub ended: Ended,
	/// What it paid, in lamports.
	pub fee: u64,
	/// Which compute units it used.
	pub units: u64,
	/// What it logged.
	pub logs: Vec<String>,
	/// What it returned, and which program did.
	pub returned: Option<(SvmAddress, Vec<u8>)>,
	/// What its programs called.
	pub inner: Vec<Inner>,
}

impl Seen {
	/// A transaction that is in no block.
	pub fn refused(reason: String) -> Self {
		Self {
			ended: Ended::Refused(reason),
			fee: 0,
			units: 0,
			logs: Vec::new(),
			returned: None,
			inner: Vec::new(),
		}
	}
}

/// What can be seen of an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountSeen {
	/// What it has.
	pub lamports: u64,
	/// Its data.
	pub data: Vec<u8>,
	/// The program that owns it.
	pub owner: SvmAddress,
	/// Whether it is a program.
	pub executable: bool,
}
