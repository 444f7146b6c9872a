// SPDX-License-Identifier: Apache-2.0
//! Tokens and their accounts.

use jsonrpsee::types::Params;
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_index::BlockId;
use unum_solana_view::{AccountView, ProgramFilter};
use unum_spl_token::{ids, Mint, TokenAccount};

use super::{accounts::all_program_accounts, Method};
use crate::{
	limits,
	node::{with_context, Node},
	params::{pubkey, AccountConfig, Args, CommitmentConfig, Encoding, TokenFilter},
	views::{self, amount, Form},
	RpcError, SolanaChain,
};

/// Where a token account has its delegate: a tag, and the key behind it.
const DELEGATE: u64 = 72;

pub(super) fn methods<C: SolanaChain>() -> Vec<(&'static str, Method<C>)> {
	vec![
		("getTokenAccountBalance", account_balance),
		("getTokenAccountsByDelegate", by_delegate),
		("getTokenAccountsByOwner", by_owner),
		("getTokenLargestAccounts", largest),
		("getTokenSupply", supply),
	]
}

fn account_balance<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let key = pubkey(&args.next::<String>()?)?;
	let at = node.at(&args.config::<CommitmentConfig>()?)?;
	let not_found = || RpcError::params("Invalid param: could not find account");
	let account = node.account(at, key)?.ok_or_else(not_found)?;
	let no_account = || RpcError::params("Invalid param: not a Token account");
	let account = of_token_program(&account, no_account)?;
	let account = TokenAccount::unpack(account).map_err(|_| no_account())?;
	let decimals = mint(node, at, account.mint)?.decimals;
	Ok(with_context(at, amount(account.amount, decimals)))
}

fn supply<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let key = pubkey(&args.next::<String>()?)?;
	let at = node.at(&args.config::<CommitmentConfig>()?)?;
	let not_found = || RpcError::params("Invalid param: could not find account");
	let account = node.account(at, key)?.ok_or_else(not_found)?;
	let mint = read_mint(&account)?;
	Ok(with_context(at, amount(mint.supply, mint.decimals)))
}

fn largest<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(&params, 1, 2)?;
	let key = pubkey(&args.next::<String>()?)?;
	let at = node.at(&args.config::<CommitmentConfig>()?)?;
	let decimals = mint(node, at, key)?.decimals;
	let filters = vec![
		ProgramFilter::TokenAccountState,
		ProgramFilter::Memcmp { offset: 0, bytes: key.as_bytes().to_vec() },
	];
	let found = all_program_accounts(node, at, ids::token_program(), filters)?;
	let mut holders: Vec<_> = found
		.iter()
		.filter_map(|(key, account)| Some((TokenAccount::unpack(&account.data).ok()?.amount, *key)))
		.collect();
	holders.sort_unstable_by(|left, right| right.cmp(left));
	let written = holders.into_iter().take(limits::LARGEST_ACCOUNTS).map(|(units, key)| {
		let mut value = amount(units, decimals);
		if let Some(fields) = value.as_object_mut() {
			fields.insert("address".into(), json!(key.to_string()));
		}
		value
	});
	Ok(with_context(at, written.collect::<Vec<_>>()))
}

fn by_owner<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let (owner, filter, config) = searched(&params)?;
	let at = node.at(&config.at)?;
	let mint = match filter.wanted(node, at)? {
		Wanted::All => None,
		Wanted::Mint(mint) => Some(MintId::from(*mint.as_bytes())),
		Wanted::Nothing => return written(node, at, &[], &config),
	};
	let limit = limits::MAX_TOKEN_ACCOUNTS;
	let holdings = node.chain().token_accounts(at, owner, mint, limit)?;
	let found: Vec<_> =
		holdings.into_iter().map(|holding| (holding.address, holding.account)).collect();
	written(node, at, &found, &config)
}

fn by_delegate<C: SolanaChain>(node: &Node<C>, params: Params<'_>) -> Result<Value, RpcError> {
	let (delegate, filter, config) = searched(&params)?;
	let at = node.at(&config.at)?;
	let mut wanted = vec![1, 0, 0, 0];
	wanted.extend(delegate.as_bytes());
	let mut filters = vec![
		ProgramFilter::TokenAccountState,
		ProgramFilter::Memcmp { offset: DELEGATE, bytes: wanted },
	];
	match filter.wanted(node, at)? {
		Wanted::All => {},
		Wanted::Mint(mint) => {
			filters.push(ProgramFilter::Memcmp { offset: 0, bytes: mint.as_bytes().to_vec() });
		},
		Wanted::Nothing => return written(node, at, &[], &config),
	}
	let found = all_program_accounts(node, at, ids::token_program(), filters)?;
	written(node, at, &found, &config)
}

fn written<C: SolanaChain>(
	node: &Node<C>,
	at: BlockId,
	found: &[(SvmAddress, AccountView)],
	config: &AccountConfig,
) -> Result<Value, RpcError> {
	let encoding = config.encoding.unwrap_or(Encoding::Binary);
	let form = Form::answer(encoding, config.data_slice);
	Ok(with_context(at, views::keyed(node, at, found, form)?))
}

fn searched(params: &Params<'_>) -> Result<(SvmAddress, TokenFilter, AccountConfig), RpcError> {
	let mut args = Args::new(params, 2, 3)?;
	let key = pubkey(&args.next::<String>()?)?;
	Ok((key, args.next()?, args.config()?))
}

/// Of which token accounts are wanted.
enum Wanted {
	All,
	Mint(SvmAddress),
	/// Of a program that has none here.
	Nothing,
}

impl TokenFilter {
	fn wanted<C: SolanaChain>(&self, node: &Node<C>, at: BlockId) -> Result<Wanted, RpcError> {
		match self {
			Self::Mint(key) => {
				let key = pubkey(key)?;
				let unknown = || RpcError::params("Invalid param: could not find mint");
				let account = node.account(at, key)?.ok_or_else(unknown)?;
				read_mint(&account)?;
				Ok(Wanted::Mint(key))
			},
			Self::ProgramId(key) => match pubkey(key)? {
				key if key == ids::token_program() => Ok(Wanted::All),
				// Wallets ask for both programs' accounts.
				key if key == ids::token_2022_program() => Ok(Wanted::Nothing),
				_ => Err(RpcError::params("Invalid param: unrecognized Token program id")),
			},
		}
	}
}

/// A mint whose accounts are asked for.
fn mint<C: SolanaChain>(node: &Node<C>, at: BlockId, key: SvmAddress) -> Result<Mint, RpcError> {
	let unknown = || RpcError::params("Invalid param: could not find mint");
	read_mint(&node.account(at, key)?.ok_or_else(unknown)?)
}

fn read_mint(account: &AccountView) -> Result<Mint, RpcError> {
	let no_mint = || RpcError::params("Invalid param: not a Token mint");
	let data = of_token_program(account, no_mint)?;
	let mint = Mint::unpack(data).map_err(|_| no_mint())?;
	mint.is_initialized.then_some(mint).ok_or_else(no_mint)
}

fn of_token_program(
	account: &AccountView,
	otherwise: impl FnOnce() -> RpcError,
) -> Result<&[u8], RpcError> {
	match account.owner == ids::token_program() {
		true => Ok(&account.data),
		false => Err(otherwise()),
	}
}
