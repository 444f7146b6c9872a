// SPDX-License-Identifier: Apache-2.0
//! Accounts that change.

use std::collections::BTreeSet;

use jsonrpsee::types::Params;
use unum_address::SvmAddress;
use unum_solana_index::BlockId;
use unum_solana_view::{AccountView, ProgramFilter};
use unum_spl_token::{ids, AccountState, TokenAccount};

use super::{provided, reached, Teller};
use crate::{
	api::accounts::filters,
	node::{with_slot, Node},
	params::{pubkey, AccountConfig, Args, Commitment, CommitmentConfig, Encoding, ProgramConfig},
	views::{self, Form},
	News, RpcError, SolanaChain,
};

/// One account.
pub(super) fn account<C: SolanaChain>(
	node: &Node<C>,
	params: &Params<'_>,
) -> Result<impl Teller<C>, RpcError> {
	let mut args = Args::new(params, 1, 2)?;
	let key = provided(pubkey(&args.next::<String>()?), "pubkey")?;
	let config: AccountConfig = args.config()?;
	let level = config.at.level();
	let at = node.at(&CommitmentConfig { commitment: Some(level), min_context_slot: None })?;
	let mut told = node.account(at, key)?;
	Ok(move |node: &Node<C>, news: &News| {
		let Some(at) = reached(news, level).last().copied() else { return Ok(Vec::new()) };
		let now = node.account(at, key)?;
		if now == told {
			return Ok(Vec::new());
		}
		told = now.clone();
		let account = [(key, Some(now.unwrap_or_else(nothing)))];
		let written = views::accounts(node, at, &account, form(&config))?;
		Ok(written.into_iter().map(|account| with_slot(at.slot, account)).collect())
	})
}

/// How a subscriber wants accounts.
fn form(config: &AccountConfig) -> Form {
	Form::notification(config.encoding.unwrap_or(Encoding::Binary), config.data_slice)
}

/// What an account is that is not there any more.
fn nothing() -> AccountView {
	AccountView {
		lamports: 0,
		data: Vec::new(),
		owner: ids::system_program(),
		executable: false,
		rent_epoch: u64::MAX,
	}
}

/// The accounts of a program.
pub(super) fn program<C: SolanaChain>(
	_: &Node<C>,
	params: &Params<'_>,
) -> Result<impl Teller<C>, RpcError> {
	let mut args = Args::new(params, 1, 2)?;
	let program = provided(pubkey(&args.next::<String>()?), "pubkey")?;
	let config: ProgramConfig = args.config()?;
	let filters = filters(config.filters.unwrap_or_default())?;
	let (config, level): (AccountConfig, Commitment) = (config.account, config.account.at.level());
	Ok(move |node: &Node<C>, news: &News| {
		let mut told = Vec::new();
		for block in reached(news, level) {
			let mut changed = changed(node, *block)?;
			changed.retain(|(_, account)| {
				account.owner == program && filters.iter().all(|filter| passes(filter, account))
			});
			let written = views::keyed(node, *block, &changed, form(&config))?;
			told.extend(written.into_iter().map(|account| with_slot(block.slot, account)));
		}
		Ok(told)
	})
}

/// The accounts that a block has changed and that are still there.
fn changed<C: SolanaChain>(
	node: &Node<C>,
	block: BlockId,
) -> Result<Vec<(SvmAddress, AccountView)>, RpcError> {
	let Some(stored) = node.index().block(block.hash)? else { return Ok(Vec::new()) };
	let touched = stored.view.transactions.iter().flat_map(|included| &included.accounts);
	let keys: Vec<_> = touched.copied().collect::<BTreeSet<_>>().into_iter().collect();
	if keys.is_empty() {
		return Ok(Vec::new());
	}
	let parent = BlockId { slot: block.slot.saturating_sub(1), hash: stored.parent };
	let (before, after) =
		(node.chain().accounts(parent, keys.clone())?, node.chain().accounts(block, keys.clone())?);
	let each = keys.into_iter().zip(before.into_iter().zip(after));
	let changed = each.filter(|(_, (before, after))| before != after);
	Ok(changed.filter_map(|(key, (_, after))| Some((key, after?))).collect())
}

/// Whether an account is as a filter says.
fn passes(filter: &ProgramFilter, account: &AccountView) -> bool {
	match filter {
		ProgramFilter::DataSize(size) => u64::try_from(account.data.len()) == Ok(*size),
		ProgramFilter::Memcmp { offset, bytes } => {
			let rest = usize::try_from(*offset).ok().and_then(|from| account.data.get(from..));
			rest.is_some_and(|rest| rest.starts_with(bytes))
		},
		ProgramFilter::TokenAccountState => TokenAccount::unpack(&account.data)
			.is_ok_and(|account| account.state != AccountState::Uninitialized),
	}
}
