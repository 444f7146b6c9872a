// SPDX-License-Identifier: Apache-2.0
//! Instructions of the Token and the Associated Token Account program.

use serde_json::{json, Map, Value};
use unum_spl_token::{AuthorityType, Instruction as Token};

use super::{named, Instruction};
use crate::views::amount;

pub(super) fn instruction(instruction: &Instruction<'_>) -> Option<Value> {
	let token = Token::decode(instruction.data).ok()?;
	making(instruction, &token).or_else(|| using(instruction, &token))
}

/// Instructions that make mints, accounts and multisigs, and those that only answer.
fn making(instruction: &Instruction<'_>, token: &Token<'_>) -> Option<Value> {
	let key = |position| instruction.key(position);
	let signers = |from: usize| -> Option<Vec<String>> {
		Some(instruction.keys.get(from..)?.iter().map(ToString::to_string).collect())
	};
	Some(match *token {
		Token::InitializeMint { decimals, mint_authority, freeze_authority } => {
			let mut info = json!({
				"mint": key(0)?,
				"decimals": decimals,
				"mintAuthority": mint_authority.to_string(),
				"rentSysvar": key(1)?,
			});
			put(&mut info, "freezeAuthority", freeze_authority.map(|key| key.to_string()));
			named("initializeMint", info)
		},
		Token::InitializeMint2 { decimals, mint_authority, freeze_authority } => {
			let authority = mint_authority.to_string();
			let mut info =
				json!({ "mint": key(0)?, "decimals": decimals, "mintAuthority": authority });
			put(&mut info, "freezeAuthority", freeze_authority.map(|key| key.to_string()));
			named("initializeMint2", info)
		},
		Token::InitializeAccount => named(
			"initializeAccount",
			json!({ "account": key(0)?, "mint": key(1)?, "owner": key(2)?, "rentSysvar": key(3)? }),
		),
		Token::InitializeAccount2 { owner } => named(
			"initializeAccount2",
			json!({
				"account": key(0)?,
				"mint": key(1)?,
				"owner": owner.to_string(),
				"rentSysvar": key(2)?,
			}),
		),
		Token::InitializeAccount3 { owner } => named(
			"initializeAccount3",
			json!({ "account": key(0)?, "mint": key(1)?, "owner": owner.to_string() }),
		),
		Token::InitializeMultisig { required } => named(
			"initializeMultisig",
			json!({
				"multisig": key(0)?,
				"rentSysvar": key(1)?,
				"signers": signers(2)?,
				"m": required,
			}),
		),
		Token::InitializeMultisig2 { required } => named(
			"initializeMultisig2",
			json!({ "multisig": key(0)?, "signers": signers(1)?, "m": required }),
		),
		Token::SyncNative => named("syncNative", json!({ "account": key(0)? })),
		Token::GetAccountDataSize => named("getAccountDataSize", json!({ "mint": key(0)? })),
		Token::InitializeImmutableOwner => {
			named("initializeImmutableOwner", json!({ "account": key(0)? }))
		},
		Token::AmountToUiAmount { amount } => {
			named("amountToUiAmount", json!({ "mint": key(0)?, "amount": amount.to_string() }))
		},
		Token::UiAmountToAmount { ui_amount } => {
			named("uiAmountToAmount", json!({ "mint": key(0)?, "uiAmount": ui_amount }))
		},
		_ => return None,
	})
}

/// Instructions that somebody has to sign for.
fn using(instruction: &Instruction<'_>, token: &Token<'_>) -> Option<Value> {
	let key = |position| instruction.key(position);
	let signed = |name: &str, info: Value, owner: usize, words: Words| {
		Some(named(name, with_authority(info, instruction, owner, words)?))
	};
	match *token {
		Token::Transfer { amount } => {
			let info = json!({
				"source": key(0)?, "destination": key(1)?, "amount": amount.to_string(),
			});
			signed("transfer", info, 2, AUTHORITY)
		},
		Token::TransferChecked { amount: units, decimals } => {
			let info = json!({
				"source": key(0)?, "mint": key(1)?, "destination": key(2)?,
				"tokenAmount": amount(units, decimals),
			});
			signed("transferChecked", info, 3, AUTHORITY)
		},
		Token::Approve { amount } => {
			let info = json!({
				"source": key(0)?, "delegate": key(1)?, "amount": amount.to_string(),
			});
			signed("approve", info, 2, OWNER)
		},
		Token::ApproveChecked { amount: units, decimals } => {
			let info = json!({
				"source": key(0)?, "mint": key(1)?, "delegate": key(2)?,
				"tokenAmount": amount(units, decimals),
			});
			signed("approveChecked", info, 3, OWNER)
		},
		Token::Revoke => signed("revoke", json!({ "source": key(0)? }), 1, OWNER),
		Token::SetAuthority { authority_type, new_authority } => {
			let (owned, kind) = match authority_type {
				AuthorityType::MintTokens => ("mint", "mintTokens"),
				AuthorityType::FreezeAccount => ("mint", "freezeAccount"),
				AuthorityType::AccountOwner => ("account", "accountOwner"),
				AuthorityType::CloseAccount => ("account", "closeAccount"),
			};
			let info = json!({
				owned: key(0)?,
				"authorityType": kind,
				"newAuthority": new_authority.map(|key| key.to_string()),
			});
			signed("setAuthority", info, 1, AUTHORITY)
		},
		Token::MintTo { amount } => {
			let info = json!({ "mint": key(0)?, "account": key(1)?, "amount": amount.to_string() });
			signed("mintTo", info, 2, MINT_AUTHORITY)
		},
		Token::MintToChecked { amount: units, decimals } => {
			let amount = amount(units, decimals);
			let info = json!({ "mint": key(0)?, "account": key(1)?, "tokenAmount": amount });
			signed("mintToChecked", info, 2, MINT_AUTHORITY)
		},
		Token::Burn { amount } => {
			let info = json!({ "account": key(0)?, "mint": key(1)?, "amount": amount.to_string() });
			signed("burn", info, 2, AUTHORITY)
		},
		Token::BurnChecked { amount: units, decimals } => {
			let amount = amount(units, decimals);
			let info = json!({ "account": key(0)?, "mint": key(1)?, "tokenAmount": amount });
			signed("burnChecked", info, 2, AUTHORITY)
		},
		Token::CloseAccount => {
			let info = json!({ "account": key(0)?, "destination": key(1)? });
			signed("closeAccount", info, 2, OWNER)
		},
		Token::FreezeAccount => {
			let info = json!({ "account": key(0)?, "mint": key(1)? });
			signed("freezeAccount", info, 2, FREEZE_AUTHORITY)
		},
		Token::ThawAccount => {
			let info = json!({ "account": key(0)?, "mint": key(1)? });
			signed("thawAccount", info, 2, FREEZE_AUTHORITY)
		},
		_ => None,
	}
}

/// What a single authority is called, and one of several signers.
type Words = (&'static str, &'static str);

const AUTHORITY: Words = ("authority", "multisigAuthority");
const OWNER: Words = ("owner", "multisigOwner");
const MINT_AUTHORITY: Words = ("mintAuthority", "multisigMintAuthority");
const FREEZE_AUTHORITY: Words = ("freezeAuthority", "multisigFreezeAuthority");

/// Says who has signed: whatever stands behind the owner are signers of a multisig.
fn with_authority(
	mut info: Value,
	instruction: &Instruction<'_>,
	owner: usize,
	(single, multi): Words,
) -> Option<Value> {
	let key = instruction.key(owner)?;
	let signers = instruction.keys.get(owner.checked_add(1)?..).unwrap_or_default();
	if signers.is_empty() {
		put(&mut info, single, Some(key));
	} else {
		put(&mut info, multi, Some(key));
		let signers: Vec<_> = signers.iter().map(ToString::to_string).collect();
		put(&mut info, "signers", Some(signers));
	}
	Some(info)
}

/// Adds a field, if it has a value.
fn put(info: &mut Value, name: &str, value: Option<impl Into<Value>>) {
	let fields: Option<&mut Map<_, _>> = info.as_object_mut();
	if let (Some(fields), Some(value)) = (fields, value) {
		fields.insert(name.into(), value.into());
	}
}

/// Instructions of the Associated Token Account program.
pub(super) fn associated(instruction: &Instruction<'_>) -> Option<Value> {
	let key = |position| instruction.key(position);
	let name = match instruction.data {
		[] | [0] => "create",
		[1] => "createIdempotent",
		[2] => return recover(instruction),
		_ => return None,
	};
	let info = json!({
		"source": key(0)?,
		"account": key(1)?,
		"wallet": key(2)?,
		"mint": key(3)?,
		"systemProgram": key(4)?,
		"tokenProgram": key(5)?,
	});
	Some(named(name, info))
}

fn recover(instruction: &Instruction<'_>) -> Option<Value> {
	let key = |position| instruction.key(position);
	let info = json!({
		"nestedSource": key(0)?,
		"nestedMint": key(1)?,
		"destination": key(2)?,
		"nestedOwner": key(3)?,
		"ownerMint": key(4)?,
		"wallet": key(5)?,
		"tokenProgram": key(6)?,
	});
	Some(named("recoverNested", info))
}
