// SPDX-License-Identifier: Apache-2.0
//! The fields of a transaction, read one after the other.

use alloy_rlp::{Decodable, Header};

use crate::{DecodeError, Field};

/// The items of a list that have not been read yet.
pub(crate) struct Fields<'a> {
	all: &'a [u8],
	rest: &'a [u8],
}

impl<'a> Fields<'a> {
	/// Opens a list that is all of `bytes`.
	pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, DecodeError> {
		let mut rest = bytes;
		let all = Header::decode_bytes(&mut rest, true)
			.map_err(|cause| malformed(Field::Transaction, cause))?;
		match rest {
			[] => Ok(Self { all, rest: all }),
			_ => Err(DecodeError::TrailingBytes),
		}
	}

	/// Reads the next item.
	pub(crate) fn read<T: Decodable>(&mut self, field: Field) -> Result<T, DecodeError> {
		match self.rest {
			[] => Err(DecodeError::TooFewFields),
			_ => T::decode(&mut self.rest).map_err(|cause| malformed(field, cause)),
		}
	}

	/// The bytes of the items that have been read.
	pub(crate) fn consumed(&self) -> &'a [u8] {
		self.all.strip_suffix(self.rest).unwrap_or_default()
	}

	/// There must be no further item.
	pub(crate) fn close(self) -> Result<(), DecodeError> {
		match self.rest {
			[] => Ok(()),
			_ => Err(DecodeError::TooManyFields),
		}
	}
}

fn malformed(field: Field, cause: alloy_rlp::Error) -> DecodeError {
	DecodeError::Malformed { field, cause: cause.into() }
}
