// SPDX-License-Identifier: Apache-2.0
//! What wallets ask: whose an address is, and what somebody has.

use std::sync::Arc;

use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::Block as BlockT;
use unum_id_com::{IdCom, MintId};
use unum_runtime_api::{AssetBalance, UnumApi};
use unum_vm_engine::Asset;

use crate::{
	chain::{Chain, VmId},
	views,
	wallet_views::{
		AddressesView, BalanceView, BindingMessageView, HoldingView, OwnerView, TokenView,
	},
	RpcError,
};

/// Tokens that are asked of the runtime at a time.
const PAGE: u32 = 1_000;
/// Tokens that one answer lists at most: some ten megabytes.
const TOKENS_MAX: usize = 50_000;

/// The part of the `unum_` namespace that wallets use. Each method takes the hash of a block as its last
/// argument; without it, it answers for the best one.
#[rpc(server, namespace = "unum")]
pub trait WalletRpc {
	/// Every address of an id_com (0x hex or SS58), how it belongs to it, and which of them each VM
	/// shows.
	#[method(name = "addresses", blocking)]
	fn addresses(&self, id_com: String, at: Option<H256>) -> RpcResult<AddressesView>;

	/// The id_com behind an address of a VM (name or number), and how the address belongs to it.
	#[method(name = "ownerOf", blocking)]
	fn owner_of(&self, vm: VmId, address: String, at: Option<H256>) -> RpcResult<OwnerView>;

	/// What the wallet at an address has to sign so that an id_com can bind it now.
	#[method(name = "bindingMessage", blocking)]
	fn binding_message(
		&self,
		id_com: String,
		vm: VmId,
		address: String,
		at: Option<H256>,
	) -> RpcResult<BindingMessageView>;

	/// All that an id_com has: the native coin first, then every token, the first 50,000 if there are
	/// more.
	#[method(name = "balances", blocking)]
	fn balances(&self, id_com: String, at: Option<H256>) -> RpcResult<Vec<BalanceView>>;

	/// A token as each VM sees it: by its mint (0x hex), or, with a VM, by its address there; null where
	/// there is none.
	#[method(name = "token", blocking)]
	fn token(
		&self,
		mint_or_address: String,
		vm: Option<VmId>,
		at: Option<H256>,
	) -> RpcResult<Option<TokenView>>;

	/// What an id_com has of a token, by its mint, as each VM sees it; null where there is no such
	/// token.
	#[method(name = "holding", blocking)]
	fn holding(
		&self,
		mint: String,
		id_com: String,
		at: Option<H256>,
	) -> RpcResult<Option<HoldingView>>;
}

/// Answers wallets from a client.
#[derive(Debug)]
pub struct WalletRpc<C, B> {
	chain: Chain<C, B>,
}

impl<C, B> WalletRpc<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B>,
	C::Api: UnumApi<B>,
{
	/// Answers from `client`.
	pub fn new(client: Arc<C>) -> Self {
		Self { chain: Chain::new(client) }
	}

	/// The runtime lists tokens page by page; a page that is not full is the last one.
	fn all_balances(&self, at: H256, id: IdCom) -> Result<Vec<AssetBalance>, RpcError> {
		let mut all = Vec::new();
		let mut last = None;
		loop {
			let page = self.chain.api().balances(at, id, last, PAGE)?;
			let tokens = page.iter().filter(|balance| balance.asset != Asset::Native).count();
			last = page.last().and_then(|balance| mint_of(balance.asset));
			all.extend(page);
			if last.is_none() || tokens < PAGE as usize || all.len() > TOKENS_MAX {
				all.truncate(TOKENS_MAX.saturating_add(1));
				return Ok(all);
			}
		}
	}

	fn find_mint(
		&self,
		at: H256,
		text: String,
		vm: Option<VmId>,
	) -> Result<Option<MintId>, RpcError> {
		let Some(vm) = vm else { return mint_from(text).map(Some) };
		let address = views::address_from(self.chain.vm_at(at, vm)?, text)?;
		Ok(self.chain.api().token_at(at, address)?)
	}
}

fn mint_of(asset: Asset) -> Option<MintId> {
	match asset {
		Asset::Native => None,
		Asset::Token(mint) => Some(mint),
	}
}

fn mint_from(text: String) -> Result<MintId, RpcError> {
	text.parse().map_err(|_| RpcError::BadMint(text))
}

impl<C, B> WalletRpcServer for WalletRpc<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + Send + Sync + 'static,
	C::Api: UnumApi<B>,
{
	fn addresses(&self, id_com: String, at: Option<H256>) -> RpcResult<AddressesView> {
		let at = self.chain.at(at)?;
		let id = views::id_com_from(id_com)?;
		let owned = self.chain.api().addresses(at, id).map_err(RpcError::Runtime)?;
		Ok(AddressesView::new(id, owned))
	}

	fn owner_of(&self, vm: VmId, address: String, at: Option<H256>) -> RpcResult<OwnerView> {
		let at = self.chain.at(at)?;
		let address = views::address_from(self.chain.vm_at(at, vm)?, address)?;
		Ok(self.chain.api().owner_of(at, address).map_err(RpcError::Runtime)?.into())
	}

	fn binding_message(
		&self,
		id_com: String,
		vm: VmId,
		address: String,
		at: Option<H256>,
	) -> RpcResult<BindingMessageView> {
		let at = self.chain.at(at)?;
		let id = views::id_com_from(id_com)?;
		let address = views::address_from(self.chain.vm_at(at, vm)?, address)?;
		let genesis = self.chain.genesis_hash();
		let message = self.chain.api().binding_message(at, id, address, genesis);
		Ok(message.map_err(RpcError::Runtime)?.into())
	}

	fn balances(&self, id_com: String, at: Option<H256>) -> RpcResult<Vec<BalanceView>> {
		let at = self.chain.at(at)?;
		let id = views::id_com_from(id_com)?;
		Ok(self.all_balances(at, id)?.into_iter().map(Into::into).collect())
	}

	fn token(
		&self,
		mint_or_address: String,
		vm: Option<VmId>,
		at: Option<H256>,
	) -> RpcResult<Option<TokenView>> {
		let at = self.chain.at(at)?;
		let Some(mint) = self.find_mint(at, mint_or_address, vm)? else { return Ok(None) };
		Ok(self.chain.api().token(at, mint).map_err(RpcError::Runtime)?.map(Into::into))
	}

	fn holding(
		&self,
		mint: String,
		id_com: String,
		at: Option<H256>,
	) -> RpcResult<Option<HoldingView>> {
		let at = self.chain.at(at)?;
		let (mint, id) = (mint_from(mint)?, views::id_com_from(id_com)?);
		let holding = self.chain.api().holding(at, mint, id).map_err(RpcError::Runtime)?;
		Ok(holding.map(Into::into))
	}
}
