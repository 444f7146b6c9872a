// SPDX-License-Identifier: Apache-2.0
//! Instruction data.

use proptest::prelude::*;
use unum_address::SvmAddress;
use unum_spl_token::{AuthorityType, Instruction, TokenError};

const TYPES: [AuthorityType; 4] = [
	AuthorityType::MintTokens,
	AuthorityType::FreezeAccount,
	AuthorityType::AccountOwner,
	AuthorityType::CloseAccount,
];

/// The instruction with this number, out of values for whatever it has.
fn instruction<'a>(
	number: u8,
	amount: u64,
	[small, kind]: [u8; 2],
	[key, other]: [[u8; 32]; 2],
	has_other: bool,
	ui_amount: &'a str,
) -> Instruction<'a> {
	let (decimals, required) = (small, small);
	let (owner, mint_authority) = (SvmAddress::from(key), SvmAddress::from(key));
	let freeze_authority = has_other.then_some(SvmAddress::from(other));
	let (authority_type, new_authority) = (TYPES[usize::from(kind % 4)], freeze_authority);
	match number {
		0 => Instruction::InitializeMint { decimals, mint_authority, freeze_authority },
		1 => Instruction::InitializeAccount,
		2 => Instruction::InitializeMultisig { required },
		3 => Instruction::Transfer { amount },
		4 => Instruction::Approve { amount },
		5 => Instruction::Revoke,
		6 => Instruction::SetAuthority { authority_type, new_authority },
		7 => Instruction::MintTo { amount },
		8 => Instruction::Burn { amount },
		9 => Instruction::CloseAccount,
		10 => Instruction::FreezeAccount,
		11 => Instruction::ThawAccount,
		12 => Instruction::TransferChecked { amount, decimals },
		13 => Instruction::ApproveChecked { amount, decimals },
		14 => Instruction::MintToChecked { amount, decimals },
		15 => Instruction::BurnChecked { amount, decimals },
		16 => Instruction::InitializeAccount2 { owner },
		17 => Instruction::SyncNative,
		18 => Instruction::InitializeAccount3 { owner },
		19 => Instruction::InitializeMultisig2 { required },
		20 => Instruction::InitializeMint2 { decimals, mint_authority, freeze_authority },
		21 => Instruction::GetAccountDataSize,
		22 => Instruction::InitializeImmutableOwner,
		23 => Instruction::AmountToUiAmount { amount },
		_ => Instruction::UiAmountToAmount { ui_amount },
	}
}

proptest! {
	#[test]
	fn each_instruction_survives_its_data(
		number in 0u8..25,
		amount: u64,
		bytes: [u8; 2],
		keys: [[u8; 32]; 2],
		has_other: bool,
		text in "[0-9.]{0,12}",
		more in proptest::collection::vec(any::<u8>(), 1..40),
	) {
		let instruction = instruction(number, amount, bytes, keys, has_other, &text);
		let mut data = instruction.encode();
		prop_assert_eq!(data[0], number);
		prop_assert_eq!(instruction.number(), number);
		prop_assert_eq!(Instruction::decode(&data), Ok(instruction));
		if number == 24 {
			return Ok(());
		}
		for length in 0..data.len() {
			let cut = Instruction::decode(&data[..length]);
			prop_assert_eq!(cut, Err(TokenError::InvalidInstruction));
		}
		data.extend(more);
		prop_assert_eq!(Instruction::decode(&data), Ok(instruction), "more is not looked at");
	}

	#[test]
	fn any_bytes_are_an_instruction_or_an_error(
		bytes in proptest::collection::vec(any::<u8>(), 0..80),
	) {
		if let Ok(instruction) = Instruction::decode(&bytes) {
			let data = instruction.encode();
			prop_assert_eq!(&bytes[..data.len()], data);
		}
	}
}

#[test]
fn data_that_mean_nothing_are_refused() {
	let refused = |data: &[u8]| Instruction::decode(data) == Err(TokenError::InvalidInstruction);
	assert!(refused(&[]));
	assert!((25..=u8::MAX).all(|number| refused(&[number])), "no such instruction");
	assert!(refused(&[6, 4, 0]), "no such authority");
	assert!(refused(&[6, 0, 2]), "no such tag");
	assert!(refused(&[[6, 0, 1].as_slice(), &[7; 31]].concat()), "half a key");
	assert!(refused(&[24, 0xff]), "not UTF-8");
}

// Data of `@solana/spl-token` and of upstream's `instruction.rs` tests.
#[test]
fn data_are_those_of_upstream() {
	let key = SvmAddress::from([1; 32]);
	let transfer = Instruction::TransferChecked { amount: 1, decimals: 2 };
	assert_eq!(transfer.encode(), [12, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
	let mint = Instruction::InitializeMint {
		decimals: 2,
		mint_authority: key,
		freeze_authority: Some(SvmAddress::from([2; 32])),
	};
	assert_eq!(mint.encode(), [&[0, 2][..], &[1; 32], &[1], &[2; 32]].concat());
	let nobody = Instruction::SetAuthority {
		authority_type: AuthorityType::FreezeAccount,
		new_authority: None,
	};
	assert_eq!(nobody.encode(), [6, 1, 0]);
	assert_eq!(Instruction::UiAmountToAmount { ui_amount: "0.42" }.encode(), b"\x180.42");
}
