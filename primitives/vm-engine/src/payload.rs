// SPDX-License-Identifier: Apache-2.0
//! The payload: one enum over the operations of all VMs, variant index = opcode.

use alloc::vec;
use codec::{Decode, DecodeWithMemTracking, Encode, EncodeLike, Error, Input, Output};
use core::fmt;
use scale_info::{Path, Type, TypeDefVariant, TypeInfo};
use unum_address::VmKind;

use crate::{engines::EngineList, limits::MAX_PAYLOAD_BYTES, Opcode};

/// A well-formed operation of one of the engines `L`.
///
/// On the wire it is the opcode byte and the SCALE encoding of that opcode's struct, which is how
/// SCALE encodes an enum whose variant index is the opcode; in the metadata it *is* that enum. What
/// does not decode is no payload: an unknown opcode or malformed bytes never come as far as a pool.
pub struct Payload<L: EngineList>(L::Call);

// Written out: a derive would ask the same of the list `L`, which is only a type-level name.
impl<L: EngineList> Clone for Payload<L> {
	fn clone(&self) -> Self {
		Self(self.0.clone())
	}
}

impl<L: EngineList> PartialEq for Payload<L> {
	fn eq(&self, other: &Self) -> bool {
		self.0 == other.0
	}
}

impl<L: EngineList> Eq for Payload<L> {}

impl<L: EngineList> fmt::Debug for Payload<L> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}

impl<L: EngineList> Payload<L> {
	/// A payload that holds `call`.
	pub const fn new(call: L::Call) -> Self {
		Self(call)
	}

	/// The call that it holds.
	pub const fn call(&self) -> &L::Call {
		&self.0
	}

	/// The VM that it is for: a pure function of its first byte.
	pub fn vm(&self) -> VmKind {
		L::vm(&self.0)
	}

	/// Its first byte.
	pub fn opcode(&self) -> Opcode {
		let mut first = FirstByte(None);
		self.0.encode_to(&mut first);
		// A call encodes to at least its opcode, and no engine owns 0x00.
		Opcode::new(first.0.unwrap_or(0))
	}

	/// Decodes exactly `bytes`.
	///
	/// # Errors
	/// One per cause: [`PayloadError`].
	pub fn decode_exact(bytes: &[u8]) -> Result<Self, PayloadError> {
		let (first, rest) = bytes.split_first().ok_or(PayloadError::Empty)?;
		let opcode = Opcode::new(*first);
		const { L::TABLE }
			.route(opcode)
			.ok_or(PayloadError::UnknownOpcode { opcode: opcode.get() })?;
		check_length(bytes.len())?;
		let mut input = ExactInput { opcode: Some(*first), rest, ran_out: false };
		match L::decode(opcode, &mut input) {
			Ok(Some(_)) if !input.rest.is_empty() => Err(PayloadError::TrailingBytes {
				opcode: opcode.get(),
				count: saturating_u32(input.rest.len()),
			}),
			Ok(Some(call)) => Ok(Self(call)),
			Ok(None) => Err(PayloadError::UnknownOpcode { opcode: opcode.get() }),
			Err(_) if input.ran_out => Err(PayloadError::Truncated { opcode: opcode.get() }),
			Err(_) => Err(PayloadError::Malformed { opcode: opcode.get() }),
		}
	}
}

impl<L: EngineList> Encode for Payload<L> {
	fn size_hint(&self) -> usize {
		self.0.size_hint()
	}

	fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
		self.0.encode_to(dest)
	}
}

impl<L: EngineList> EncodeLike for Payload<L> {}

impl<L: EngineList> Decode for Payload<L> {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		// Forces the disjointness of the ranges to be checked in every build that decodes a payload.
		let table = const { L::TABLE };
		let first = input.read_byte()?;
		let opcode = Opcode::new(first);
		table.route(opcode).ok_or("no engine owns this opcode")?;
		let mut input = BoundedInput { opcode: Some(first), left: MAX_PAYLOAD_BYTES, inner: input };
		L::decode(opcode, &mut input)?.map(Self).ok_or_else(|| "no engine owns this opcode".into())
	}
}

impl<L: EngineList> DecodeWithMemTracking for Payload<L> {}

impl<L: EngineList> TypeInfo for Payload<L> {
	type Identity = Self;

	fn type_info() -> Type {
		Type::new(
			Path::new("Payload", "unum_vm_engine"),
			vec![],
			TypeDefVariant::new(L::variants()),
			vec!["An operation of one of the chain's VMs. The variant's index is its opcode."],
		)
	}
}

/// Why bytes are no payload. Numbers below 128 among the pool's codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayloadError {
	/// No byte at all.
	Empty,
	/// No engine owns the first byte.
	UnknownOpcode {
		/// The first byte.
		opcode: u8,
	},
	/// Longer than [`MAX_PAYLOAD_BYTES`].
	Oversized {
		/// Its length in bytes.
		length: u32,
	},
	/// It ends in the middle of its struct.
	Truncated {
		/// The first byte.
		opcode: u8,
	},
	/// Something follows its struct.
	TrailingBytes {
		/// The first byte.
		opcode: u8,
		/// How many bytes are too many.
		count: u32,
	},
	/// A field holds what its type does not allow.
	Malformed {
		/// The first byte.
		opcode: u8,
	},
}

impl fmt::Display for PayloadError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Empty => f.write_str("the payload is empty: its first byte must be an opcode"),
			Self::UnknownOpcode { opcode } => write!(
				f,
				"opcode 0x{opcode:02x} belongs to no engine of this chain: see unum_engines"
			),
			Self::Oversized { length } => {
				write!(f, "the payload has {length} bytes and the limit is {MAX_PAYLOAD_BYTES}")
			},
			Self::Truncated { opcode } => write!(
				f,
				"the payload is truncated: it ends in the middle of the struct of opcode 0x{opcode:02x}"
			),
			Self::TrailingBytes { opcode, count } => {
				write!(f, "{count} trailing bytes follow the struct of opcode 0x{opcode:02x}")
			},
			Self::Malformed { opcode } => write!(
				f,
				"a field of the struct of opcode 0x{opcode:02x} holds a value that its type does not allow"
			),
		}
	}
}

fn saturating_u32(length: usize) -> u32 {
	u32::try_from(length).unwrap_or(u32::MAX)
}

fn check_length(length: usize) -> Result<(), PayloadError> {
	let length = saturating_u32(length);
	if length > MAX_PAYLOAD_BYTES {
		Err(PayloadError::Oversized { length })
	} else {
		Ok(())
	}
}

/// Takes the first byte of an encoding and drops the rest.
struct FirstByte(Option<u8>);

impl Output for FirstByte {
	fn write(&mut self, bytes: &[u8]) {
		self.0 = self.0.or_else(|| bytes.first().copied());
	}
}

/// An input with the opcode put back in front, that ends after the longest payload.
struct BoundedInput<'a, I> {
	opcode: Option<u8>,
	left: u32,
	inner: &'a mut I,
}

impl<I: Input> Input for BoundedInput<'_, I> {
	fn remaining_len(&mut self) -> Result<Option<usize>, Error> {
		let bound = usize::try_from(self.left).unwrap_or(usize::MAX);
		let own = usize::from(self.opcode.is_some());
		Ok(self.inner.remaining_len()?.map(|n| n.saturating_add(own).min(bound)))
	}

	fn read(&mut self, mut into: &mut [u8]) -> Result<(), Error> {
		self.left = u32::try_from(into.len())
			.ok()
			.and_then(|wanted| self.left.checked_sub(wanted))
			.ok_or("the payload is longer than the limit")?;
		if let (Some(opcode), false) = (self.opcode, into.is_empty()) {
			into = put_first(into, opcode);
			self.opcode = None;
		}
		self.inner.read(into)
	}

	fn descend_ref(&mut self) -> Result<(), Error> {
		self.inner.descend_ref()
	}

	fn ascend_ref(&mut self) {
		self.inner.ascend_ref()
	}

	fn on_before_alloc_mem(&mut self, size: usize) -> Result<(), Error> {
		self.inner.on_before_alloc_mem(size)
	}
}

/// Writes `byte` into the first place of `into` and returns the places after it.
fn put_first(into: &mut [u8], byte: u8) -> &mut [u8] {
	match into.split_first_mut() {
		Some((first, rest)) => {
			*first = byte;
			rest
		},
		None => &mut [],
	}
}

/// An input over a whole payload that remembers whether more was asked of it than it has, so that
/// "truncated" and "malformed" can be told apart. It does not tell its length: a decoder that knows
/// the length refuses a long field before it reads it.
struct ExactInput<'a> {
	opcode: Option<u8>,
	rest: &'a [u8],
	ran_out: bool,
}

impl Input for ExactInput<'_> {
	fn remaining_len(&mut self) -> Result<Option<usize>, Error> {
		Ok(None)
	}

	fn read(&mut self, mut into: &mut [u8]) -> Result<(), Error> {
		if let (Some(opcode), false) = (self.opcode, into.is_empty()) {
			into = put_first(into, opcode);
			self.opcode = None;
		}
		match self.rest.split_at_checked(into.len()) {
			Some((taken, rest)) => {
				into.copy_from_slice(taken);
				self.rest = rest;
				Ok(())
			},
			None => {
				self.ran_out = true;
				Err("not enough bytes".into())
			},
		}
	}
}
