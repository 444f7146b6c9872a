// SPDX-License-Identifier: Apache-2.0
//! The 25 instructions, as data.

mod decode;
mod encode;

use unum_address::SvmAddress;

/// Which authority `SetAuthority` changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuthorityType {
	/// To mint tokens (0).
	MintTokens,
	/// To freeze accounts of a mint (1).
	FreezeAccount,
	/// To own a token account (2).
	AccountOwner,
	/// To close a token account (3).
	CloseAccount,
}

/// An instruction of the token program, without its accounts. The number is the first byte of the
/// data; amounts are in units of the view. Accounts and rules: `interface/src/instruction.rs`
/// upstream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Instruction<'a> {
	/// 0: makes a mint; the rent sysvar is an account.
	InitializeMint {
		/// Digits behind the point.
		decimals: u8,
		/// Who may mint.
		mint_authority: SvmAddress,
		/// Who may freeze.
		freeze_authority: Option<SvmAddress>,
	},
	/// 1: makes a token account; owner and rent sysvar are accounts.
	InitializeAccount,
	/// 2: makes a multisig; rent sysvar and signers are accounts.
	InitializeMultisig {
		/// How many signatures it takes.
		required: u8,
	},
	/// 3: moves tokens.
	Transfer {
		/// How many.
		amount: u64,
	},
	/// 4: lets a delegate move tokens.
	Approve {
		/// How many.
		amount: u64,
	},
	/// 5: takes the delegate's right away.
	Revoke,
	/// 6: gives an authority to another key, or to nobody.
	SetAuthority {
		/// Which authority.
		authority_type: AuthorityType,
		/// Who has it from now on.
		new_authority: Option<SvmAddress>,
	},
	/// 7: creates tokens.
	MintTo {
		/// How many.
		amount: u64,
	},
	/// 8: destroys tokens.
	Burn {
		/// How many.
		amount: u64,
	},
	/// 9: closes a token account and pays its lamports out.
	CloseAccount,
	/// 10: freezes a token account.
	FreezeAccount,
	/// 11: thaws a token account.
	ThawAccount,
	/// 12: as `Transfer`, for a mint that has these decimals.
	TransferChecked {
		/// How many.
		amount: u64,
		/// Digits behind the point that the sender believes in.
		decimals: u8,
	},
	/// 13: as `Approve`, for a mint that has these decimals.
	ApproveChecked {
		/// How many.
		amount: u64,
		/// Digits behind the point that the sender believes in.
		decimals: u8,
	},
	/// 14: as `MintTo`, for a mint that has these decimals.
	MintToChecked {
		/// How many.
		amount: u64,
		/// Digits behind the point that the sender believes in.
		decimals: u8,
	},
	/// 15: as `Burn`, for a mint that has these decimals.
	BurnChecked {
		/// How many.
		amount: u64,
		/// Digits behind the point that the sender believes in.
		decimals: u8,
	},
	/// 16: as `InitializeAccount`, with the owner in the data.
	InitializeAccount2 {
		/// Whose account it becomes.
		owner: SvmAddress,
	},
	/// 17: takes the lamports that have come into a native account into its amount.
	SyncNative,
	/// 18: as `InitializeAccount2`, without the rent sysvar.
	InitializeAccount3 {
		/// Whose account it becomes.
		owner: SvmAddress,
	},
	/// 19: as `InitializeMultisig`, without the rent sysvar.
	InitializeMultisig2 {
		/// How many signatures it takes.
		required: u8,
	},
	/// 20: as `InitializeMint`, without the rent sysvar.
	InitializeMint2 {
		/// Digits behind the point.
		decimals: u8,
		/// Who may mint.
		mint_authority: SvmAddress,
		/// Who may freeze.
		freeze_authority: Option<SvmAddress>,
	},
	/// 21: returns how many bytes a token account of a mint has.
	GetAccountDataSize,
	/// 22: nothing here; Token-2022 knows it and the program for associated accounts sends it.
	InitializeImmutableOwner,
	/// 23: returns an amount as people write it.
	AmountToUiAmount {
		/// How many units of the view.
		amount: u64,
	},
	/// 24: returns what people wrote as an amount.
	UiAmountToAmount {
		/// A decimal number.
		ui_amount: &'a str,
	},
}
