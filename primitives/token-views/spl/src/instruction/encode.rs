// SPDX-License-Identifier: Apache-2.0
//! Instructions as data.

use alloc::{vec, vec::Vec};
use unum_address::SvmAddress;

use super::{AuthorityType, Instruction};

impl Instruction<'_> {
	/// The data of the instruction, as clients send them.
	pub fn encode(&self) -> Vec<u8> {
		let mut out = vec![self.number()];
		match *self {
			Self::InitializeMint { decimals, mint_authority, freeze_authority }
			| Self::InitializeMint2 { decimals, mint_authority, freeze_authority } => {
				out.push(decimals);
				out.extend(mint_authority.as_bytes());
				write_option(&mut out, freeze_authority);
			},
			Self::InitializeMultisig { required } | Self::InitializeMultisig2 { required } => {
				out.push(required);
			},
			Self::Transfer { amount }
			| Self::Approve { amount }
			| Self::MintTo { amount }
			| Self::Burn { amount }
			| Self::AmountToUiAmount { amount } => out.extend(amount.to_le_bytes()),
			Self::TransferChecked { amount, decimals }
			| Self::ApproveChecked { amount, decimals }
			| Self::MintToChecked { amount, decimals }
			| Self::BurnChecked { amount, decimals } => {
				out.extend(amount.to_le_bytes());
				out.push(decimals);
			},
			Self::SetAuthority { authority_type, new_authority } => {
				out.push(authority_type.byte());
				write_option(&mut out, new_authority);
			},
			Self::InitializeAccount2 { owner } | Self::InitializeAccount3 { owner } => {
				out.extend(owner.as_bytes());
			},
			Self::UiAmountToAmount { ui_amount } => out.extend(ui_amount.as_bytes()),
			Self::InitializeAccount
			| Self::Revoke
			| Self::CloseAccount
			| Self::FreezeAccount
			| Self::ThawAccount
			| Self::SyncNative
			| Self::GetAccountDataSize
			| Self::InitializeImmutableOwner => {},
		}
		out
	}

	/// The first byte of the data.
	pub const fn number(&self) -> u8 {
		match self {
			Self::InitializeMint { .. } => 0,
			Self::InitializeAccount => 1,
			Self::InitializeMultisig { .. } => 2,
			Self::Transfer { .. } => 3,
			Self::Approve { .. } => 4,
			Self::Revoke => 5,
			Self::SetAuthority { .. } => 6,
			Self::MintTo { .. } => 7,
			Self::Burn { .. } => 8,
			Self::CloseAccount => 9,
			Self::FreezeAccount => 10,
			Self::ThawAccount => 11,
			Self::TransferChecked { .. } => 12,
			Self::ApproveChecked { .. } => 13,
			Self::MintToChecked { .. } => 14,
			Self::BurnChecked { .. } => 15,
			Self::InitializeAccount2 { .. } => 16,
			Self::SyncNative => 17,
			Self::InitializeAccount3 { .. } => 18,
			Self::InitializeMultisig2 { .. } => 19,
			Self::InitializeMint2 { .. } => 20,
			Self::GetAccountDataSize => 21,
			Self::InitializeImmutableOwner => 22,
			Self::AmountToUiAmount { .. } => 23,
			Self::UiAmountToAmount { .. } => 24,
		}
	}
}

fn write_option(out: &mut Vec<u8>, key: Option<SvmAddress>) {
	out.push(key.is_some().into());
	out.extend(key.iter().flat_map(SvmAddress::as_bytes));
}

impl AuthorityType {
	const fn byte(self) -> u8 {
		match self {
			Self::MintTokens => 0,
			Self::FreezeAccount => 1,
			Self::AccountOwner => 2,
			Self::CloseAccount => 3,
		}
	}
}
