// SPDX-License-Identifier: Apache-2.0
//! What accounts of the upgradeable loader keep in front of their bytes
//! (`UpgradeableLoaderState` of solana-loader-v3-interface, in `bincode`).

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

/// Bytes of [`State::Uninitialized`].
pub(crate) const UNINITIALIZED_BYTES: usize = 4;
/// Bytes in front of a buffer's; so many also where it has no authority.
pub(crate) const BUFFER_METADATA_BYTES: usize = 37;
/// Bytes of a program account.
pub(crate) const PROGRAM_BYTES: usize = 36;
/// Bytes in front of a program's; so many also where it has no authority.
pub(crate) const PROGRAMDATA_METADATA_BYTES: usize = 45;

/// The state of an account of the loader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum State {
	/// None yet, or none any more.
	Uninitialized,
	/// A buffer, which is written in pieces.
	Buffer {
		/// Who may write it.
		authority: Option<SvmAddress>,
	},
	/// A program.
	Program {
		/// Where its bytes are.
		programdata: SvmAddress,
	},
	/// The bytes of a program.
	ProgramData {
		/// The slot in which it was deployed, or changed last.
		slot: u64,
		/// Who may change it.
		authority: Option<SvmAddress>,
	},
}

impl State {
	/// Reads the state at the start of an account's data; what follows it is of no interest.
	///
	/// # Errors
	/// `InvalidAccountData`: there is none.
	pub(crate) fn read(data: &[u8]) -> Result<Self, InstructionError> {
		read(data).ok_or(InstructionError::InvalidAccountData)
	}

	/// The state's bytes.
	pub(crate) fn encode(&self) -> Vec<u8> {
		let mut bytes = Vec::with_capacity(PROGRAMDATA_METADATA_BYTES);
		match self {
			Self::Uninitialized => bytes.extend_from_slice(&0_u32.to_le_bytes()),
			Self::Buffer { authority } => {
				bytes.extend_from_slice(&1_u32.to_le_bytes());
				put_option(&mut bytes, *authority);
			},
			Self::Program { programdata } => {
				bytes.extend_from_slice(&2_u32.to_le_bytes());
				bytes.extend_from_slice(programdata.as_ref());
			},
			Self::ProgramData { slot, authority } => {
				bytes.extend_from_slice(&3_u32.to_le_bytes());
				bytes.extend_from_slice(&slot.to_le_bytes());
				put_option(&mut bytes, *authority);
			},
		}
		bytes
	}
}

fn put_option(bytes: &mut Vec<u8>, key: Option<SvmAddress>) {
	bytes.push(u8::from(key.is_some()));
	if let Some(key) = key {
		bytes.extend_from_slice(key.as_ref());
	}
}

fn read(data: &[u8]) -> Option<State> {
	let (tag, rest) = data.split_first_chunk::<4>()?;
	match u32::from_le_bytes(*tag) {
		0 => Some(State::Uninitialized),
		1 => Some(State::Buffer { authority: option(rest)? }),
		2 => Some(State::Program { programdata: key(rest)? }),
		3 => {
			let (slot, rest) = rest.split_first_chunk::<8>()?;
			Some(State::ProgramData { slot: u64::from_le_bytes(*slot), authority: option(rest)? })
		},
		_ => None,
	}
}

fn key(bytes: &[u8]) -> Option<SvmAddress> {
	bytes.first_chunk::<32>().copied().map(SvmAddress::from)
}

fn option(bytes: &[u8]) -> Option<Option<SvmAddress>> {
	match bytes.split_first()? {
		(0, _) => Some(None),
		(1, rest) => key(rest).map(Some),
		_ => None,
	}
}
