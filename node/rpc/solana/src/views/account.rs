// SPDX-License-Identifier: Apache-2.0
//! Accounts (`account-decoder` upstream).

use std::collections::BTreeMap;

use base64::{prelude::BASE64_STANDARD, Engine};
use ruzstd::encoding::{compress_to_vec, CompressionLevel};
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_index::BlockId;
use unum_solana_view::AccountView;
use unum_spl_token::{ids, Mint, TokenAccount};

use crate::{
	limits,
	node::Node,
	params::{Encoding, Slice},
	parsed, RpcError, SolanaChain,
};

/// What stands for data that are too long for base58, in an account that nobody can be refused.
const TOO_LONG: &str = "error: data too large for bs58 encoding";

/// How accounts are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Form {
	encoding: Encoding,
	slice: Option<Slice>,
	/// Whether who asks hears of data that are too long for base58.
	is_answer: bool,
}

impl Form {
	/// Of an answer, which is an error where data are too long for base58.
	pub(crate) const fn answer(encoding: Encoding, slice: Option<Slice>) -> Self {
		Self { encoding, slice, is_answer: true }
	}

	/// Of a notification: it has nobody to refuse, so a text stands for data that are too long.
	pub(crate) const fn notification(encoding: Encoding, slice: Option<Slice>) -> Self {
		Self { encoding, slice, is_answer: false }
	}
}

/// Accounts with their keys, as they are written.
pub(crate) fn keyed<C: SolanaChain>(
	node: &Node<C>,
	at: BlockId,
	accounts: &[(SvmAddress, AccountView)],
	form: Form,
) -> Result<Vec<Value>, RpcError> {
	let there = accounts.iter().map(|(_, account)| account);
	let decimals = decimals(node, at, there, form.encoding)?;
	let each = accounts.iter().map(|(key, account)| {
		let account = account_json(key, account, form, &decimals)?;
		Ok(json!({ "pubkey": key.to_string(), "account": account }))
	});
	each.collect()
}

/// Accounts as they are written; null where there is none.
pub(crate) fn accounts<C: SolanaChain>(
	node: &Node<C>,
	at: BlockId,
	accounts: &[(SvmAddress, Option<AccountView>)],
	form: Form,
) -> Result<Vec<Value>, RpcError> {
	let there = accounts.iter().filter_map(|(_, account)| account.as_ref());
	let decimals = decimals(node, at, there, form.encoding)?;
	let each = accounts.iter().map(|(key, account)| match account {
		Some(account) => account_json(key, account, form, &decimals),
		None => Ok(Value::Null),
	});
	each.collect()
}

/// The decimals of the tokens whose accounts are to be parsed: what is in them is only known with these.
fn decimals<'a, C: SolanaChain>(
	node: &Node<C>,
	at: BlockId,
	accounts: impl Iterator<Item = &'a AccountView>,
	encoding: Encoding,
) -> Result<BTreeMap<SvmAddress, u8>, RpcError> {
	if encoding != Encoding::JsonParsed {
		return Ok(BTreeMap::new());
	}
	let token = ids::token_program();
	let of_token = accounts.filter(|account| account.owner == token);
	let mut mints: Vec<_> = of_token
		.filter_map(|account| Some(TokenAccount::unpack(&account.data).ok()?.mint))
		.collect();
	mints.sort_unstable();
	mints.dedup();
	let found = node.chain().accounts(at, mints.clone())?;
	let decimals = mints
		.into_iter()
		.zip(found)
		.filter_map(|(mint, account)| Some((mint, Mint::unpack(&account?.data).ok()?.decimals)));
	Ok(decimals.collect())
}

fn account_json(
	key: &SvmAddress,
	account: &AccountView,
	form: Form,
	decimals: &BTreeMap<SvmAddress, u8>,
) -> Result<Value, RpcError> {
	let parsed = match form.encoding {
		Encoding::JsonParsed => parsed::account(key, account, decimals),
		_ => None,
	};
	Ok(json!({
		"lamports": account.lamports,
		"data": match parsed {
			Some(parsed) => parsed,
			None => raw_data(&account.data, form)?,
		},
		"owner": account.owner.to_string(),
		"executable": account.executable,
		"rentEpoch": account.rent_epoch,
		"space": account.data.len(),
	}))
}

/// Data as they are written.
fn raw_data(data: &[u8], form: Form) -> Result<Value, RpcError> {
	let data = part(data, form.slice);
	Ok(match form.encoding {
		Encoding::Binary => json!(base58(data, form)?),
		Encoding::Base58 => json!([base58(data, form)?, "base58"]),
		Encoding::Base64 | Encoding::JsonParsed => json!([BASE64_STANDARD.encode(data), "base64"]),
		Encoding::Base64Zstd => {
			let packed = compress_to_vec(data, CompressionLevel::Fastest);
			json!([BASE64_STANDARD.encode(packed), "base64+zstd"])
		},
	})
}

/// Data in base58, if they are short.
fn base58(data: &[u8], form: Form) -> Result<String, RpcError> {
	if data.len() <= limits::MAX_BASE58_DATA {
		return Ok(bs58::encode(data).into_string());
	}
	match form.is_answer {
		true => Err(RpcError::InvalidRequest(format!(
			"Encoded binary (base 58) data should be less than {} bytes, please use Base64 encoding.",
			limits::MAX_BASE58_DATA
		))),
		false => Ok(TOO_LONG.into()),
	}
}

fn part(data: &[u8], slice: Option<Slice>) -> &[u8] {
	let Some(Slice { offset, length }) = slice else { return data };
	let rest = usize::try_from(offset).ok().and_then(|offset| data.get(offset..));
	let rest = rest.unwrap_or_default();
	let length = usize::try_from(length).unwrap_or(usize::MAX);
	rest.get(..length).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
	use proptest::prelude::*;
	use ruzstd::decoding::StreamingDecoder;
	use std::io::Read;

	use super::*;

	#[test]
	fn slices_end_where_the_data_do() {
		let slice = |offset, length| part(b"abcdef", Some(Slice { offset, length })).to_vec();
		assert_eq!(slice(0, 2), b"ab");
		assert_eq!(slice(4, 9), b"ef");
		assert_eq!(slice(6, 1), b"");
		assert_eq!(slice(u64::MAX, u64::MAX), b"");
		assert_eq!(slice(1, u64::MAX), b"bcdef");
	}

	#[test]
	fn base58_is_for_short_data() {
		let long = [1; limits::MAX_BASE58_DATA + 1];
		for encoding in [Encoding::Binary, Encoding::Base58] {
			let answer = |data: &[u8], slice| raw_data(data, Form::answer(encoding, slice));
			assert!(answer(&long[1..], None).is_ok());
			assert_eq!(answer(&long, None).unwrap_err().code(), -32_600);
			let slice = Some(Slice { offset: 0, length: 32 });
			assert!(answer(&long, slice).is_ok(), "only the part counts");
		}
	}

	#[test]
	fn a_notification_says_that_data_are_too_long_for_base58() {
		let long = [1; limits::MAX_BASE58_DATA + 1];
		let told = |encoding| raw_data(&long, Form::notification(encoding, None)).unwrap();
		let text = "error: data too large for bs58 encoding";
		assert_eq!(told(Encoding::Binary), json!(text));
		assert_eq!(told(Encoding::Base58), json!([text, "base58"]));
		let short = Form::notification(Encoding::Base58, Some(Slice { offset: 0, length: 1 }));
		assert_eq!(raw_data(&long, short).unwrap(), json!(["2", "base58"]));
	}

	proptest! {
		#[test]
		fn what_is_compressed_is_read_again(data in proptest::collection::vec(0..4_u8, 0..2_000)) {
			let written = raw_data(&data, Form::answer(Encoding::Base64Zstd, None)).unwrap();
			prop_assert_eq!(&written[1], "base64+zstd");
			let packed = BASE64_STANDARD.decode(written[0].as_str().unwrap()).unwrap();
			let mut read = Vec::new();
			let mut decoder = StreamingDecoder::new(packed.as_slice()).unwrap();
			decoder.read_to_end(&mut read).unwrap();
			prop_assert_eq!(read, data);
		}
	}
}
