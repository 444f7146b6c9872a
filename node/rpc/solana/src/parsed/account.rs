// SPDX-License-Identifier: Apache-2.0
//! Accounts of well-known programs.

use std::collections::BTreeMap;

use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_transaction::ids;
use unum_solana_view::AccountView;
use unum_spl_token::{ids as spl, AccountState, Mint, Multisig, TokenAccount};

use super::{loader, lookup, named, sysvar, Reader};
use crate::views::amount;

/// How long the account of a nonce is.
const NONCE_BYTES: usize = 80;

/// An account in words; none where its program is not known, or its data are not what they should be.
pub(crate) fn account(
	key: &SvmAddress,
	account: &AccountView,
	decimals: &BTreeMap<SvmAddress, u8>,
) -> Option<Value> {
	let data = account.data.as_slice();
	let (program, parsed) = match account.owner {
		id if id == ids::system_program() => ("nonce", nonce(data)),
		id if id == spl::token_program() => ("spl-token", token(data, decimals)),
		id if id == ids::address_lookup_table() => ("address-lookup-table", lookup::account(data)),
		id if id == ids::bpf_loader_upgradeable() => {
			("bpf-upgradeable-loader", loader::account(data))
		},
		id if id == ids::sysvar() => ("sysvar", sysvar::account(key, data)),
		_ => return None,
	};
	Some(json!({ "program": program, "parsed": parsed?, "space": data.len() }))
}

fn token(data: &[u8], decimals: &BTreeMap<SvmAddress, u8>) -> Option<Value> {
	match data.len() {
		Mint::LEN => mint(&Mint::unpack(data).ok()?),
		Multisig::LEN => multisig(&Multisig::unpack(data).ok()?),
		_ => {
			let account = TokenAccount::unpack(data).ok()?;
			token_account(&account, *decimals.get(&account.mint)?)
		},
	}
}

fn mint(mint: &Mint) -> Option<Value> {
	let info = json!({
		"mintAuthority": mint.mint_authority.get().map(|key| key.to_string()),
		"supply": mint.supply.to_string(),
		"decimals": mint.decimals,
		"isInitialized": mint.is_initialized,
		"freezeAuthority": mint.freeze_authority.get().map(|key| key.to_string()),
	});
	mint.is_initialized.then(|| named("mint", info))
}

fn multisig(multisig: &Multisig) -> Option<Value> {
	let info = json!({
		"numRequiredSigners": multisig.required,
		"numValidSigners": multisig.provided,
		"isInitialized": multisig.is_initialized,
		"signers": multisig.keys().iter().map(ToString::to_string).collect::<Vec<_>>(),
	});
	multisig.is_initialized.then(|| named("multisig", info))
}

fn token_account(account: &TokenAccount, decimals: u8) -> Option<Value> {
	let state = match account.state {
		AccountState::Uninitialized => return None,
		AccountState::Initialized => "initialized",
		AccountState::Frozen => "frozen",
	};
	let mut info = json!({
		"mint": account.mint.to_string(),
		"owner": account.owner.to_string(),
		"tokenAmount": amount(account.amount, decimals),
		"state": state,
		"isNative": account.native_reserve.is_some(),
	});
	let fields = info.as_object_mut()?;
	if let Some(reserve) = account.native_reserve {
		fields.insert("rentExemptReserve".into(), amount(reserve, decimals));
	}
	if let Some(delegate) = account.delegate.get() {
		fields.insert("delegate".into(), json!(delegate.to_string()));
		fields.insert("delegatedAmount".into(), amount(account.delegated_amount, decimals));
	}
	if let Some(authority) = account.close_authority.get() {
		fields.insert("closeAuthority".into(), json!(authority.to_string()));
	}
	Some(named("account", info))
}

/// The account of a nonce: a version, a state, and then what it holds.
fn nonce(data: &[u8]) -> Option<Value> {
	if data.len() != NONCE_BYTES {
		return None;
	}
	let mut data = Reader(data);
	let version = data.u32()?;
	match (version, data.u32()?) {
		(0 | 1, 0) => Some(json!({ "type": "uninitialized" })),
		(0 | 1, 1) => {
			let (authority, blockhash) = (data.key()?, data.key()?);
			let info = json!({
				"authority": authority.to_string(),
				"blockhash": blockhash.to_string(),
				"feeCalculator": { "lamportsPerSignature": data.u64()?.to_string() },
			});
			Some(named("initialized", info))
		},
		_ => None,
	}
}
