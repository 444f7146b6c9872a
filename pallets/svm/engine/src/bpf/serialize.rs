// SPDX-License-Identifier: Apache-2.0
//! The input of a program: its instruction's accounts and data as bytes
//! (`serialization.rs` of solana-program-runtime 4.2, with `virtual_address_space_adjustments` off, as
//! on Solana's main network).
//!
//! ```text
//! u64 number of accounts
//! per account   0xff, signer, writable, executable, 4 × 0, key, owner, lamports, data length,
//!               data, 10,240 bytes of room, up to 7 bytes to the next multiple of 8, rent epoch
//!   again?      the position at which it stood first, 7 × 0
//! u64 length of the data, the data, the program's key
//! ```
//!
//! The deprecated loader has another order, and neither room nor padding.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_sbpf::INPUT_START;
use unum_solana_view::InstructionError;

use super::costs::DATA_INCREASE_MAX;
use crate::limits::ACCOUNT_BYTES_MAX;

/// The position of an account that did not stand before.
const NOT_DUPLICATE: u8 = u8::MAX;
/// What the values of the input are aligned to (`BPF_ALIGN_OF_U128`).
const ALIGNMENT: usize = 8;
/// Rent is not collected any more; this is what programs see instead of an epoch.
const RENT_EPOCH: u64 = u64::MAX;

/// Which form the input has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
	/// That of the loaders of today.
	Aligned,
	/// That of the deprecated one.
	Unaligned,
}

/// An account, as it is put into the input.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InputAccount<'a> {
	/// It stands at this position already.
	Duplicate(u8),
	/// A new one.
	Account {
		/// Its address.
		key: &'a SvmAddress,
		/// The program that owns it.
		owner: &'a SvmAddress,
		/// Its balance.
		lamports: u64,
		/// Its data.
		data: &'a [u8],
		/// Whether it signed.
		is_signer: bool,
		/// Whether the program may change it.
		is_writable: bool,
		/// Whether it is a program.
		is_executable: bool,
	},
}

/// Where in the guest's memory an account is (`SerializedAccountMetadata`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
	/// How long its data were.
	pub original_length: usize,
	/// Its data.
	pub data: u64,
	/// Its key.
	pub key: u64,
	/// Its lamports.
	pub lamports: u64,
	/// Its owner.
	pub owner: u64,
}

/// The input of a program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Input {
	/// What stands at [`INPUT_START`].
	pub bytes: Vec<u8>,
	/// Where each account of the instruction is; that of a duplicate is where it stood first.
	pub places: Vec<Place>,
	/// The guest address of the instruction's data.
	pub instruction_data: u64,
	/// Its form.
	pub form: Form,
}

struct Writer {
	bytes: Vec<u8>,
}

impl Writer {
	fn address(&self) -> u64 {
		INPUT_START.saturating_add(u64::try_from(self.bytes.len()).unwrap_or(u64::MAX))
	}

	/// Writes, and says where.
	fn put(&mut self, bytes: &[u8]) -> u64 {
		let address = self.address();
		self.bytes.extend_from_slice(bytes);
		address
	}

	fn put_number(&mut self, number: u64) -> u64 {
		self.put(&number.to_le_bytes())
	}

	fn put_length(&mut self, length: usize) -> u64 {
		self.put_number(u64::try_from(length).unwrap_or(u64::MAX))
	}

	fn put_zeros(&mut self, count: usize) {
		self.bytes.resize(self.bytes.len().saturating_add(count), 0);
	}
}

/// Puts accounts and data of an instruction into the input of its program.
///
/// # Errors
/// `InvalidArgument`: a duplicate of what does not stand before it; a defect of the caller.
pub(crate) fn serialize(
	form: Form,
	accounts: &[InputAccount<'_>],
	data: &[u8],
	program: &SvmAddress,
) -> Result<Input, InstructionError> {
	let mut writer = Writer { bytes: Vec::with_capacity(capacity(form, accounts, data)) };
	let mut places: Vec<Place> = Vec::with_capacity(accounts.len());
	writer.put_length(accounts.len());
	for account in accounts {
		let place = match account {
			InputAccount::Duplicate(position) => {
				writer.put(&[*position]);
				if form == Form::Aligned {
					writer.put_zeros(7);
				}
				places
					.get(usize::from(*position))
					.copied()
					.ok_or(InstructionError::InvalidArgument)?
			},
			account => put_account(&mut writer, form, account),
		};
		places.push(place);
	}
	writer.put_length(data.len());
	let instruction_data = writer.put(data);
	writer.put(program.as_ref());
	Ok(Input { bytes: writer.bytes, places, instruction_data, form })
}

fn put_account(writer: &mut Writer, form: Form, account: &InputAccount<'_>) -> Place {
	let InputAccount::Account { key, owner, lamports, data, is_signer, is_writable, is_executable } =
		*account
	else {
		return Place { original_length: 0, data: 0, key: 0, lamports: 0, owner: 0 };
	};
	writer.put(&[NOT_DUPLICATE, u8::from(is_signer), u8::from(is_writable)]);
	let original_length = data.len();
	match form {
		Form::Aligned => {
			writer.put(&[u8::from(is_executable), 0, 0, 0, 0]);
			let key = writer.put(key.as_ref());
			let owner = writer.put(owner.as_ref());
			let lamports = writer.put_number(lamports);
			writer.put_length(data.len());
			let place = writer.put(data);
			writer.put_zeros(DATA_INCREASE_MAX.saturating_add(padding(data.len())));
			writer.put_number(RENT_EPOCH);
			Place { original_length, data: place, key, lamports, owner }
		},
		Form::Unaligned => {
			let key = writer.put(key.as_ref());
			let lamports = writer.put_number(lamports);
			writer.put_length(data.len());
			let place = writer.put(data);
			let owner = writer.put(owner.as_ref());
			writer.put(&[u8::from(is_executable)]);
			writer.put_number(RENT_EPOCH);
			Place { original_length, data: place, key, lamports, owner }
		},
	}
}

/// Bytes to the next multiple of eight.
const fn padding(length: usize) -> usize {
	length.next_multiple_of(ALIGNMENT).saturating_sub(length)
}

/// How long the input becomes, to allocate once.
fn capacity(form: Form, accounts: &[InputAccount<'_>], data: &[u8]) -> usize {
	let accounts = accounts.iter().map(|account| match (account, form) {
		(InputAccount::Duplicate(_), _) => 8,
		(InputAccount::Account { data, .. }, Form::Aligned) => {
			data.len().saturating_add(DATA_INCREASE_MAX).saturating_add(96 + 8)
		},
		(InputAccount::Account { data, .. }, Form::Unaligned) => data.len().saturating_add(96 + 4),
	});
	accounts.fold(data.len().saturating_add(48), usize::saturating_add)
}

impl Input {
	/// The lamports that the program left the account at a position.
	///
	/// # Errors
	/// `InvalidArgument`: there is no such account.
	pub(crate) fn lamports(&self, position: usize) -> Result<u64, InstructionError> {
		self.number(self.place(position)?.lamports)
	}

	/// The data that the program left it, in the length that it left.
	///
	/// # Errors
	/// `InvalidRealloc`: longer than it may make them. `InvalidArgument`: there is no such account.
	pub(crate) fn data(&self, position: usize) -> Result<&[u8], InstructionError> {
		let place = self.place(position)?;
		if self.form == Form::Unaligned {
			return self.slice(place.data, place.original_length);
		}
		let length = usize::try_from(self.number(place.data.wrapping_sub(8))?)
			.map_err(|_| InstructionError::InvalidRealloc)?;
		if length.saturating_sub(place.original_length) > DATA_INCREASE_MAX
			|| length > ACCOUNT_BYTES_MAX
		{
			return Err(InstructionError::InvalidRealloc);
		}
		self.slice(place.data, length)
	}

	/// The owner that the program gave it. In the deprecated form a program can't give it another.
	///
	/// # Errors
	/// `InvalidArgument`: there is no such account.
	pub(crate) fn owner(&self, position: usize) -> Result<Option<SvmAddress>, InstructionError> {
		if self.form == Form::Unaligned {
			return Ok(None);
		}
		let owner = self.slice(self.place(position)?.owner, 32)?.first_chunk::<32>().copied();
		Ok(owner.map(SvmAddress::from))
	}

	fn place(&self, position: usize) -> Result<&Place, InstructionError> {
		self.places.get(position).ok_or(InstructionError::InvalidArgument)
	}

	fn slice(&self, address: u64, length: usize) -> Result<&[u8], InstructionError> {
		let start = address.checked_sub(INPUT_START).and_then(|start| usize::try_from(start).ok());
		start
			.and_then(|start| self.bytes.get(start..start.checked_add(length)?))
			.ok_or(InstructionError::InvalidArgument)
	}

	fn number(&self, address: u64) -> Result<u64, InstructionError> {
		let bytes = self.slice(address, 8)?.first_chunk::<8>().copied();
		bytes.map(u64::from_le_bytes).ok_or(InstructionError::InvalidArgument)
	}
}
