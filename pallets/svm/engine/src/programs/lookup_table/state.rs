// SPDX-License-Identifier: Apache-2.0
//! Tables, as their accounts hold them (`state.rs` of solana-address-lookup-table-interface 3.1).

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_solana_view::{InstructionError, TransactionError};

use crate::programs::bytes::Reader;

/// Bytes in front of the addresses (`LOOKUP_TABLE_META_SIZE`).
pub(super) const META_BYTES: usize = 56;
/// Bytes of an address.
const KEY_BYTES: usize = 32;
/// The most addresses of a table (`LOOKUP_TABLE_MAX_ADDRESSES`).
pub(super) const ADDRESSES_MAX: usize = 256;
/// How many slots count as recent (`MAX_ENTRIES` of solana-slot-hashes 3.1).
const RECENT_SLOTS: u64 = 512;

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LookupTable {
	/// The slot in which it was deactivated; 2⁶⁴ − 1 where it was not.
	pub(super) deactivation_slot: u64,
	/// The slot in which addresses were added last.
	pub(super) last_extended_slot: u64,
	/// How many there were before.
	pub(super) last_extended_start: u8,
	/// Who may change it; nobody where it is frozen.
	pub(super) authority: Option<SvmAddress>,
	/// The addresses.
	pub(super) addresses: Vec<SvmAddress>,
}

/// Whether a table can be used (`LookupTableStatus`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
	Activated,
	/// For so many blocks more.
	Deactivating(u64),
	Deactivated,
}

impl LookupTable {
	/// Reads an account's data.
	///
	/// # Errors
	/// `InvalidAccountData`, `UninitializedAccount`.
	pub(super) fn read(data: &[u8]) -> Result<Self, InstructionError> {
		match read(data).ok_or(InstructionError::InvalidAccountData)? {
			Some(table) => Ok(table),
			None => Err(InstructionError::UninitializedAccount),
		}
	}

	/// The account's data.
	pub(super) fn encode(&self) -> Vec<u8> {
		let mut data = Vec::new();
		data.extend(1u32.to_le_bytes());
		data.extend(self.deactivation_slot.to_le_bytes());
		data.extend(self.last_extended_slot.to_le_bytes());
		data.push(self.last_extended_start);
		data.push(u8::from(self.authority.is_some()));
		data.extend(self.authority.iter().flat_map(|key| *key.as_bytes()));
		data.resize(META_BYTES, 0);
		data.extend(self.addresses.iter().flat_map(|key| *key.as_bytes()));
		data
	}

	pub(super) fn new(authority: SvmAddress) -> Self {
		Self {
			deactivation_slot: u64::MAX,
			last_extended_slot: 0,
			last_extended_start: 0,
			authority: Some(authority),
			addresses: Vec::new(),
		}
	}

	pub(super) fn status(&self, slot: u64) -> Status {
		match self.deactivation_slot {
			u64::MAX => Status::Activated,
			it if it == slot => Status::Deactivating(RECENT_SLOTS.saturating_add(1)),
			it if is_recent(it, slot) => {
				let age = slot.saturating_sub(it).saturating_sub(1);
				Status::Deactivating(RECENT_SLOTS.saturating_sub(age))
			},
			_ => Status::Deactivated,
		}
	}

	/// The addresses that a transaction in this slot can name. Those that were added in it do not count
	/// yet.
	pub(super) fn active(mut self, slot: u64) -> Result<Vec<SvmAddress>, TransactionError> {
		if self.status(slot) == Status::Deactivated {
			return Err(TransactionError::AddressLookupTableNotFound);
		}
		let start = usize::from(self.last_extended_start);
		if slot <= self.last_extended_slot {
			if self.addresses.len() < start {
				return Err(TransactionError::InvalidAddressLookupTableData);
			}
			self.addresses.truncate(start);
		}
		Ok(self.addresses)
	}
}

/// The addresses of the table in these data that a transaction in this slot can name
/// (`get_active_addresses_len`).
///
/// # Errors
/// `AddressLookupTableNotFound`: it was deactivated long enough ago; `InvalidAddressLookupTableData`: it
/// is no table.
pub(crate) fn addresses(data: &[u8], slot: u64) -> Result<Vec<SvmAddress>, TransactionError> {
	let table = LookupTable::read(data);
	table.map_err(|_| TransactionError::InvalidAddressLookupTableData)?.active(slot)
}

/// Whether a slot is one of those before `slot` whose hash is known.
pub(super) fn is_recent(it: u64, slot: u64) -> bool {
	it < slot && slot.saturating_sub(it) <= RECENT_SLOTS
}

/// The table; `Some(None)` of an account that is none yet.
fn read(data: &[u8]) -> Option<Option<LookupTable>> {
	let from = &mut Reader::new(data);
	match from.u32()? {
		0 => return Some(None),
		1 => {},
		_ => return None,
	}
	let (deactivation_slot, last_extended_slot) = (from.u64()?, from.u64()?);
	let last_extended_start = from.u8()?;
	let authority = match from.u8()? {
		0 => None,
		1 => Some(from.key()?),
		_ => return None,
	};
	let (keys, rest) = data.get(META_BYTES..)?.as_chunks::<KEY_BYTES>();
	let addresses = keys.iter().map(|key| SvmAddress::from(*key)).collect();
	let table = LookupTable {
		deactivation_slot,
		last_extended_slot,
		last_extended_start,
		authority,
		addresses,
	};
	rest.is_empty().then_some(Some(table))
}
