// SPDX-License-Identifier: Apache-2.0
//! The instructions of the upgradeable loader (`UpgradeableLoaderInstruction` of
//! solana-loader-v3-interface, in `bincode`).

use unum_solana_view::InstructionError;

/// The most bytes of an instruction that are read: those of a packet.
const BYTES_MAX: usize = 1_232;

/// What the loader is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LoaderInstruction<'a> {
	/// Makes an account a buffer.
	InitializeBuffer,
	/// Writes a piece of a buffer.
	Write {
		/// Where.
		offset: u32,
		/// What.
		bytes: &'a [u8],
	},
	/// Makes a program of a buffer.
	DeployWithMaxDataLen {
		/// How long the program can become by upgrades.
		max_data_len: u64,
	},
	/// Makes a buffer the bytes of a program.
	Upgrade,
	/// Gives a buffer or a program another authority, or none.
	SetAuthority,
	/// Takes the lamports out of an account of the loader.
	Close,
	/// Makes room for a longer program.
	ExtendProgram {
		/// How much.
		additional_bytes: u32,
	},
	/// As [`LoaderInstruction::SetAuthority`], agreed to by the new one.
	SetAuthorityChecked,
}

impl<'a> LoaderInstruction<'a> {
	/// Reads an instruction's data. Bytes after it are of no interest.
	///
	/// # Errors
	/// `InvalidInstructionData`.
	pub(crate) fn read(data: &'a [u8]) -> Result<Self, InstructionError> {
		read(data).ok_or(InstructionError::InvalidInstructionData)
	}
}

/// Whether programs may call the loader with this (`check_authorized_program` in `cpi.rs`): to upgrade,
/// to set an authority, to close.
pub(crate) fn may_be_called(data: &[u8]) -> bool {
	matches!(data.first(), Some(3 | 4 | 5 | 7))
}

fn read(data: &[u8]) -> Option<LoaderInstruction<'_>> {
	let (tag, rest) = data.split_first_chunk::<4>()?;
	let instruction = match u32::from_le_bytes(*tag) {
		0 => LoaderInstruction::InitializeBuffer,
		1 => {
			let (offset, rest) = rest.split_first_chunk::<4>()?;
			let (length, rest) = rest.split_first_chunk::<8>()?;
			let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
			if length > BYTES_MAX.saturating_sub(16) {
				return None;
			}
			LoaderInstruction::Write {
				offset: u32::from_le_bytes(*offset),
				bytes: rest.get(..length)?,
			}
		},
		2 => LoaderInstruction::DeployWithMaxDataLen {
			max_data_len: u64::from_le_bytes(*rest.first_chunk::<8>()?),
		},
		3 => LoaderInstruction::Upgrade,
		4 => LoaderInstruction::SetAuthority,
		5 => LoaderInstruction::Close,
		6 => LoaderInstruction::ExtendProgram {
			additional_bytes: u32::from_le_bytes(*rest.first_chunk::<4>()?),
		},
		7 => LoaderInstruction::SetAuthorityChecked,
		_ => return None,
	};
	Some(instruction)
}
