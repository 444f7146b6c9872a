// SPDX-License-Identifier: Apache-2.0
//! Instruction data, read as p-token reads them: what is too short is refused, what is too long is
//! not looked at.

use unum_address::SvmAddress;

use super::{AuthorityType, Instruction};
use crate::{bytes::Bytes, TokenError};

impl<'a> Instruction<'a> {
	/// Reads an instruction.
	///
	/// # Errors
	/// `InvalidInstruction`: an unknown number, too few bytes, a tag other than 0 and 1, an unknown
	/// authority type, or a text that is not UTF-8.
	pub fn decode(data: &'a [u8]) -> Result<Self, TokenError> {
		let mut bytes = Bytes(data);
		let number = bytes.u8().ok_or(TokenError::InvalidInstruction)?;
		let read = if number == 24 { read_text(bytes.0) } else { read(number, &mut bytes) };
		read.ok_or(TokenError::InvalidInstruction)
	}
}

fn read_text(bytes: &[u8]) -> Option<Instruction<'_>> {
	core::str::from_utf8(bytes).ok().map(|ui_amount| Instruction::UiAmountToAmount { ui_amount })
}

fn read(number: u8, bytes: &mut Bytes<'_>) -> Option<Instruction<'static>> {
	Some(match number {
		0 => {
			let (decimals, mint_authority, freeze_authority) = read_mint(bytes)?;
			Instruction::InitializeMint { decimals, mint_authority, freeze_authority }
		},
		1 => Instruction::InitializeAccount,
		2 => Instruction::InitializeMultisig { required: bytes.u8()? },
		3 => Instruction::Transfer { amount: bytes.u64()? },
		4 => Instruction::Approve { amount: bytes.u64()? },
		5 => Instruction::Revoke,
		6 => Instruction::SetAuthority {
			authority_type: AuthorityType::from_byte(bytes.u8()?)?,
			new_authority: read_option(bytes)?,
		},
		7 => Instruction::MintTo { amount: bytes.u64()? },
		8 => Instruction::Burn { amount: bytes.u64()? },
		9 => Instruction::CloseAccount,
		10 => Instruction::FreezeAccount,
		11 => Instruction::ThawAccount,
		12 => Instruction::TransferChecked { amount: bytes.u64()?, decimals: bytes.u8()? },
		13 => Instruction::ApproveChecked { amount: bytes.u64()?, decimals: bytes.u8()? },
		14 => Instruction::MintToChecked { amount: bytes.u64()?, decimals: bytes.u8()? },
		15 => Instruction::BurnChecked { amount: bytes.u64()?, decimals: bytes.u8()? },
		16 => Instruction::InitializeAccount2 { owner: bytes.key()? },
		17 => Instruction::SyncNative,
		18 => Instruction::InitializeAccount3 { owner: bytes.key()? },
		19 => Instruction::InitializeMultisig2 { required: bytes.u8()? },
		20 => {
			let (decimals, mint_authority, freeze_authority) = read_mint(bytes)?;
			Instruction::InitializeMint2 { decimals, mint_authority, freeze_authority }
		},
		21 => Instruction::GetAccountDataSize,
		22 => Instruction::InitializeImmutableOwner,
		23 => Instruction::AmountToUiAmount { amount: bytes.u64()? },
		_ => return None,
	})
}

fn read_mint(bytes: &mut Bytes<'_>) -> Option<(u8, SvmAddress, Option<SvmAddress>)> {
	Some((bytes.u8()?, bytes.key()?, read_option(bytes)?))
}

/// In instruction data the tag of an option has one byte, and nothing follows a zero.
fn read_option(bytes: &mut Bytes<'_>) -> Option<Option<SvmAddress>> {
	match bytes.u8()? {
		0 => Some(None),
		1 => bytes.key().map(Some),
		_ => None,
	}
}

impl AuthorityType {
	const fn from_byte(byte: u8) -> Option<Self> {
		match byte {
			0 => Some(Self::MintTokens),
			1 => Some(Self::FreezeAccount),
			2 => Some(Self::AccountOwner),
			3 => Some(Self::CloseAccount),
			_ => None,
		}
	}
}
