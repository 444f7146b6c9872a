// SPDX-License-Identifier: Apache-2.0
//! From bytes to the fields of a transaction (agave-transaction-view 4.2).

use alloc::vec::Vec;

use crate::{
	compact, encode::VERSION_PREFIX, limits::MAX_TRANSACTION_BYTES, AddressTableLookup, Blockhash,
	CompiledInstruction, DecodeError, Header, Message, Signature,
};

/// The parts of a transaction.
pub(crate) struct Parts {
	pub(crate) signatures: Vec<Signature>,
	/// Where the message begins.
	pub(crate) message_offset: usize,
	pub(crate) message: Message,
}

/// Reads `bytes`; see [`RawTransaction::decode`](crate::RawTransaction::decode).
pub(crate) fn transaction(bytes: &[u8]) -> Result<Parts, DecodeError> {
	let mut reader = Reader { rest: require_size(bytes)? };
	let signatures = reader.signatures()?;
	let message_offset = bytes.len().saturating_sub(reader.rest.len());
	let message = reader.message()?;
	reader.close()?;
	Ok(Parts { signatures, message_offset, message })
}

fn require_size(bytes: &[u8]) -> Result<&[u8], DecodeError> {
	match u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
		0 => Err(DecodeError::Empty),
		length if length > MAX_TRANSACTION_BYTES.into() => {
			Err(DecodeError::TooLong { bytes: length })
		},
		_ => Ok(bytes),
	}
}

/// A message alone, as `getFeeForMessage` gets it.
pub(crate) fn message(bytes: &[u8]) -> Result<Message, DecodeError> {
	let mut reader = Reader { rest: require_size(bytes)? };
	let message = reader.message()?;
	reader.close()?;
	Ok(message)
}

/// What has not been read yet.
struct Reader<'a> {
	rest: &'a [u8],
}

impl<'a> Reader<'a> {
	/// Of a transaction of version 1 (SIMD-385) the first byte is that of its version, which no number
	/// of signatures is.
	fn signatures(&mut self) -> Result<Vec<Signature>, DecodeError> {
		match self.rest.first() {
			Some(byte @ VERSION_PREFIX..) => {
				Err(DecodeError::UnsupportedVersion { version: byte & !VERSION_PREFIX })
			},
			_ => match self.list(|reader| reader.array().map(Signature::new))? {
				none if none.is_empty() => Err(DecodeError::NoSignatures),
				signatures => Ok(signatures),
			},
		}
	}

	fn message(&mut self) -> Result<Message, DecodeError> {
		match self.byte()? {
			VERSION_PREFIX => {
				let signers = self.byte()?;
				let (header, keys, blockhash, instructions) = self.fields(signers)?;
				let lookups = self.list(Self::lookup)?;
				Ok(Message::v0(header, keys, blockhash, instructions, lookups))
			},
			byte @ VERSION_PREFIX.. => {
				Err(DecodeError::UnsupportedVersion { version: byte & !VERSION_PREFIX })
			},
			signers => {
				let (header, keys, blockhash, instructions) = self.fields(signers)?;
				Ok(Message::legacy(header, keys, blockhash, instructions))
			},
		}
	}

	/// What both versions have. Their first byte has been read.
	#[allow(clippy::type_complexity)]
	fn fields(
		&mut self,
		num_required_signatures: u8,
	) -> Result<
		(Header, Vec<unum_address::SvmAddress>, Blockhash, Vec<CompiledInstruction>),
		DecodeError,
	> {
		let num_readonly_signed = self.byte()?;
		let num_readonly_unsigned = self.byte()?;
		let header = Header { num_required_signatures, num_readonly_signed, num_readonly_unsigned };
		let keys = self.list(|reader| reader.array::<32>().map(Into::into))?;
		let blockhash = self.array().map(Blockhash::new)?;
		Ok((header, keys, blockhash, self.list(Self::instruction)?))
	}

	fn instruction(&mut self) -> Result<CompiledInstruction, DecodeError> {
		Ok(CompiledInstruction {
			program_id_index: self.byte()?,
			accounts: self.bytes()?,
			data: self.bytes()?,
		})
	}

	fn lookup(&mut self) -> Result<AddressTableLookup, DecodeError> {
		Ok(AddressTableLookup {
			account_key: self.array::<32>()?.into(),
			writable_indexes: self.bytes()?,
			readonly_indexes: self.bytes()?,
		})
	}

	/// Items, each of which takes at least a byte: so there are never more than bytes.
	fn list<T>(
		&mut self,
		read: impl Fn(&mut Self) -> Result<T, DecodeError>,
	) -> Result<Vec<T>, DecodeError> {
		(0..self.length()?).map(|_| read(self)).collect()
	}

	fn bytes(&mut self) -> Result<Vec<u8>, DecodeError> {
		let length = self.length()?;
		self.take(length.into()).map(<[u8]>::to_vec)
	}

	fn length(&mut self) -> Result<u16, DecodeError> {
		compact::read(|| self.byte())
	}

	fn byte(&mut self) -> Result<u8, DecodeError> {
		self.array().map(|[byte]| byte)
	}

	fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
		let (array, rest) = self.rest.split_first_chunk().ok_or(DecodeError::Truncated)?;
		self.rest = rest;
		Ok(*array)
	}

	fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
		let (taken, rest) = self.rest.split_at_checked(length).ok_or(DecodeError::Truncated)?;
		self.rest = rest;
		Ok(taken)
	}

	fn close(self) -> Result<(), DecodeError> {
		match u16::try_from(self.rest.len()).unwrap_or(u16::MAX) {
			0 => Ok(()),
			bytes => Err(DecodeError::TrailingBytes { bytes }),
		}
	}
}
