// SPDX-License-Identifier: Apache-2.0
//! Reading arguments and writing results in the [contract ABI], as far as this contract needs it.
//!
//! Every argument of every function is a single word, so reading is cutting into words of 32 bytes.
//!
//! [contract ABI]: https://docs.soliditylang.org/en/latest/abi-spec.html

use alloc::vec::Vec;
use sp_core::{H256, U256};

use crate::{AbiAddress, MalformedCall};

/// The length of a word in bytes.
const WORD_BYTES: usize = 32;

/// The arguments of a call, taken one after the other.
pub(crate) struct Arguments<'a>(&'a [u8]);

impl<'a> Arguments<'a> {
	/// Splits calldata into selector and arguments.
	pub(crate) fn split(calldata: &'a [u8]) -> Result<(u32, Self), MalformedCall> {
		let (selector, rest) = calldata.split_first_chunk().ok_or(MalformedCall::NoSelector)?;
		Ok((u32::from_be_bytes(*selector), Self(rest)))
	}

	fn word(&mut self) -> Result<&'a [u8; WORD_BYTES], MalformedCall> {
		let (word, rest) = self.0.split_first_chunk().ok_or(MalformedCall::MissingArgument)?;
		self.0 = rest;
		Ok(word)
	}

	/// A `uint256`.
	pub(crate) fn uint(&mut self) -> Result<U256, MalformedCall> {
		self.word().map(|word| U256::from_big_endian(word))
	}

	/// A `bytes32`.
	pub(crate) fn bytes32(&mut self) -> Result<H256, MalformedCall> {
		self.word().map(H256::from)
	}

	/// An `address`: its upper 12 bytes must be zero.
	pub(crate) fn address(&mut self) -> Result<AbiAddress, MalformedCall> {
		self.right_aligned().map(<[u8; 20]>::into)
	}

	/// A `uint8`: its upper 31 bytes must be zero.
	pub(crate) fn uint8(&mut self) -> Result<u8, MalformedCall> {
		self.right_aligned().map(|[byte]| byte)
	}

	/// A `bytes4`: its lower 28 bytes must be zero.
	pub(crate) fn bytes4(&mut self) -> Result<u32, MalformedCall> {
		match self.word()?.split_first_chunk() {
			Some((value, rest)) if is_zero(rest) => Ok(u32::from_be_bytes(*value)),
			_ => Err(MalformedCall::DirtyArgument),
		}
	}

	/// The last `N` bytes of a word, of which the others must be zero.
	fn right_aligned<const N: usize>(&mut self) -> Result<[u8; N], MalformedCall> {
		match self.word()?.split_last_chunk() {
			Some((rest, value)) if is_zero(rest) => Ok(*value),
			_ => Err(MalformedCall::DirtyArgument),
		}
	}
}

fn is_zero(bytes: &[u8]) -> bool {
	bytes.iter().all(|byte| *byte == 0)
}

/// An address as a word.
pub(crate) fn address_word(address: AbiAddress) -> H256 {
	let mut word = [0; WORD_BYTES];
	if let Some(place) = word.last_chunk_mut() {
		*place = *address.as_bytes();
	}
	word.into()
}

/// A number as a word.
pub(crate) fn uint_word(value: U256) -> H256 {
	value.to_big_endian().into()
}

/// A tuple of values: the head with a word for each, and the tail with what is longer than a word.
pub(crate) struct Tuple {
	head_bytes: usize,
	head: Vec<u8>,
	tail: Vec<u8>,
}

impl Tuple {
	/// A tuple that will have `length` values.
	pub(crate) fn of(length: usize) -> Self {
		let head_bytes = length.saturating_mul(WORD_BYTES);
		Self { head_bytes, head: Vec::with_capacity(head_bytes), tail: Vec::new() }
	}

	/// Adds a value of one word.
	pub(crate) fn word(mut self, word: H256) -> Self {
		self.head.extend_from_slice(word.as_bytes());
		self
	}

	/// Adds a number.
	pub(crate) fn uint(self, value: impl Into<U256>) -> Self {
		self.word(uint_word(value.into()))
	}

	/// Adds an address.
	pub(crate) fn address(self, address: AbiAddress) -> Self {
		self.word(address_word(address))
	}

	/// Adds a text: its place to the head; its length and itself, filled up to a word, to the tail.
	pub(crate) fn text(mut self, text: &str) -> Self {
		self = self.tail_place().tail_uint(text.len());
		self.tail.extend_from_slice(text.as_bytes());
		self.tail.resize(self.tail.len().next_multiple_of(WORD_BYTES), 0);
		self
	}

	/// Adds a list without entries.
	pub(crate) fn empty_list(self) -> Self {
		self.tail_place().tail_uint(0)
	}

	/// Adds the place where the tail ends now.
	fn tail_place(self) -> Self {
		let place = self.head_bytes.saturating_add(self.tail.len());
		self.uint(place)
	}

	fn tail_uint(mut self, value: usize) -> Self {
		self.tail.extend_from_slice(uint_word(value.into()).as_bytes());
		self
	}

	/// The bytes of the whole tuple.
	pub(crate) fn bytes(mut self) -> Vec<u8> {
		self.head.append(&mut self.tail);
		self.head
	}
}
