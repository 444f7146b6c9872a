// SPDX-License-Identifier: Apache-2.0
//! Accounts.

use base64::{prelude::BASE64_STANDARD, Engine};
use jsonrpsee::types::Params;
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_index::BlockId;
use unum_solana_view::{AccountView, ProgramFilter};

use super::Method;
use crate::{
	limits,
	node::{with_context, Node},
	params::{
		pubkey, pubkeys, AccountConfig, Args, CommitmentConfig, Encoding, Filter, Memcmp,
		MemcmpBytes, MemcmpEncoding, ProgramConfig,
	},
	views::{self, Form},
	RpcError, SolanaChain,
};

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getAccountInfo", account_info),
		("getBalance", balance),
		("getLargestAccounts", largest_accounts),
		("getMultipleAccounts", multiple_accounts),
		("getProgramAccounts", program_accounts),
	]
}

fn account_info<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let key = pubkey(&args.next::<String>()?)?;
	let config: AccountConfig = args.config()?;
	let at = node.at(&config.at)?;
	let account = vec![(key, node.account(at, key)?)];
	let encoding = config.encoding.unwrap_or(Encoding::Binary);
	let form = Form::answer(encoding, config.data_slice);
	let mut written = views::accounts(node, at, &account, form)?;
	Ok(with_context(at, written.pop()))
}

fn balance<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let key = pubkey(&args.next::<String>()?)?;
	let at = node.at(&args.config::<CommitmentConfig>()?)?;
	let account = node.account(at, key)?;
	Ok(with_context(at, account.map_or(0, |account| account.lamports)))
}

fn multiple_accounts<C: SolanaChain>(
	node: &Node<C>,
	params: Params<'_>,
) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let keys: Vec<String> = args.next()?;
	let config: AccountConfig = args.config()?;
	let keys = pubkeys(&keys, limits::MAX_MULTIPLE_ACCOUNTS)?;
	let at = node.at(&config.at)?;
	let found = node.chain().accounts(at, keys.clone())?;
	let accounts: Vec<_> = keys.into_iter().zip(found).collect();
	let encoding = config.encoding.unwrap_or(Encoding::Base64);
	let form = Form::answer(encoding, config.data_slice);
	Ok(with_context(at, views::accounts(node, at, &accounts, form)?))
}

/// Whoever wants these has all accounts read: upstream answers from a cache of two hours, or so.
fn largest_accounts<C: SolanaChain>(_: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	Args::new(&params, 0, 1)?;
	Err(RpcError::Scan("getLargestAccounts is not available on this node".into()))
}

fn program_accounts<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let program = pubkey(&args.next::<String>()?)?;
	let config: ProgramConfig = args.config()?;
	let filters = filters(config.filters.unwrap_or_default())?;
	let at = node.at(&config.account.at)?;
	let mut found = all_program_accounts(node, at, program, filters)?;
	if config.sort_results.unwrap_or(true) {
		found.sort_by_key(|(key, _)| *key);
	}
	let encoding = config.account.encoding.unwrap_or(Encoding::Binary);
	let form = Form::answer(encoding, config.account.data_slice);
	let written = views::keyed(node, at, &found, form)?;
	Ok(match config.with_context {
		Some(true) => with_context(at, written),
		_ => json!(written),
	})
}

/// All accounts of a program that pass the filters.
pub(super) fn all_program_accounts<C: SolanaChain>(
	node: &Node<C>,
	at: BlockId,
	program: SvmAddress,
	filters: Vec<ProgramFilter>,
) -> Result<Vec<(SvmAddress, AccountView)>, RpcError> {
	let mut found: Vec<(SvmAddress, AccountView)> = Vec::new();
	loop {
		let after = found.last().map(|(key, _)| *key);
		let filters = filters.clone();
		let page =
			node.chain().program_accounts(at, program, filters, after, limits::PROGRAM_PAGE)?;
		let is_last = u32::try_from(page.len()).unwrap_or(u32::MAX) < limits::PROGRAM_PAGE;
		found.extend(page);
		if found.len() > limits::MAX_PROGRAM_ACCOUNTS {
			let most = limits::MAX_PROGRAM_ACCOUNTS;
			return Err(RpcError::Scan(format!(
				"{program} has more than {most} such accounts: use filters"
			)));
		}
		if is_last {
			return Ok(found);
		}
	}
}

/// What the filters of a request mean.
pub(super) fn filters(given: Vec<Filter>) -> Result<Vec<ProgramFilter>, RpcError> {
	if given.len() > limits::MAX_FILTERS {
		let most = limits::MAX_FILTERS;
		return Err(RpcError::params(format!("Too many filters provided; max {most}")));
	}
	given.into_iter().map(filter).collect()
}

fn filter(given: Filter) -> Result<ProgramFilter, RpcError> {
	Ok(match given {
		Filter::DataSize(size) => ProgramFilter::DataSize(size),
		Filter::TokenAccountState => ProgramFilter::TokenAccountState,
		Filter::Memcmp(memcmp) => {
			ProgramFilter::Memcmp { offset: memcmp.offset, bytes: bytes(memcmp)? }
		},
	})
}

fn bytes(given: Memcmp) -> Result<Vec<u8>, RpcError> {
	// Longest texts of 128 bytes.
	const BASE58: usize = 175;
	const BASE64: usize = 172;
	let too_large = || RpcError::params("Invalid param: data too large");
	let decoded = match (given.bytes, given.encoding.unwrap_or(MemcmpEncoding::Base58)) {
		(MemcmpBytes::Bytes(bytes), _) => bytes,
		(MemcmpBytes::Text(text), MemcmpEncoding::Base64) if text.len() <= BASE64 => {
			let decoded = BASE64_STANDARD.decode(text);
			decoded.map_err(|_| RpcError::params("Invalid param: base64 decode error"))?
		},
		(MemcmpBytes::Text(text), MemcmpEncoding::Base58) if text.len() <= BASE58 => {
			let decoded = bs58::decode(text).into_vec();
			decoded.map_err(|_| RpcError::params("Invalid param: base58 decode error"))?
		},
		_ => return Err(too_large()),
	};
	match decoded.len() <= limits::MAX_MEMCMP {
		true => Ok(decoded),
		false => Err(too_large()),
	}
}
