// SPDX-License-Identifier: Apache-2.0
//! The methods.

use std::sync::Arc;

use jsonrpsee::{core::RpcResult, proc_macros::rpc, Extensions};
use sc_client_api::AuxStore;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::Block as BlockT;
use unum_address::VmKind;
use unum_runtime_api::UnumApi;
use unum_vm_engine::Receipt;

use crate::{
	chain::{BlockId, Chain, VmId},
	receipts::ReceiptIndex,
	views::{self, EngineView, ReceiptView},
	RpcError,
};

/// The `unum_` namespace.
#[rpc(server, namespace = "unum")]
pub trait UnumRpc {
	/// The chain's engines, with their opcodes and switches, at a block (the best one by default).
	#[method(name = "engines", blocking)]
	fn engines(&self, at: Option<H256>) -> RpcResult<Vec<EngineView>>;

	/// The address of an id_com (0x hex or SS58) on a VM (name or number), in that chain's notation;
	/// null where the VM has no addresses of its own.
	#[method(name = "addressOf", blocking)]
	fn address_of(&self, id_com: String, vm: VmId, at: Option<H256>) -> RpcResult<Option<String>>;

	/// The id_com (0x hex) that owns an address of a VM.
	#[method(name = "resolve", blocking)]
	fn resolve(&self, vm: VmId, address: String, at: Option<H256>) -> RpcResult<String>;

	/// The receipt of a transaction on the best chain; null where it has none (yet). Of a batch, the
	/// first: `unum_receipts` has all.
	#[method(name = "receipt", blocking)]
	fn receipt(&self, transaction_hash: H256) -> RpcResult<Option<ReceiptView>>;

	/// The receipts of a block, by hash or height (the best one by default), in order.
	#[method(name = "receipts", blocking)]
	fn receipts(&self, block: Option<BlockId>) -> RpcResult<Vec<ReceiptView>>;

	/// The storage invariants that do not hold at a block (the best one by default), as sentences. Reads
	/// the whole state, so it is refused where unsafe methods are.
	#[method(name = "checkState", blocking, with_extensions)]
	fn check_state(&self, at: Option<H256>) -> RpcResult<Vec<String>>;
}

/// Answers the `unum_` methods from a client.
#[derive(Debug)]
pub struct UnumRpc<C, B> {
	chain: Chain<C, B>,
	index: Arc<ReceiptIndex<C, B>>,
}

impl<C, B> UnumRpc<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + AuxStore + Send + Sync + 'static,
	C::Api: UnumApi<B>,
{
	/// Answers from `client` and `index`.
	pub fn new(client: Arc<C>, index: Arc<ReceiptIndex<C, B>>) -> Self {
		Self { chain: Chain::new(client), index }
	}

	fn in_block(
		&self,
		receipts: Vec<Receipt>,
		hash: H256,
		number: u32,
	) -> Result<Vec<ReceiptView>, RpcError> {
		let engines = self.chain.engines_at(hash).unwrap_or_default();
		let name = |vm: VmKind| {
			let known = engines.iter().find(|engine| engine.vm == vm.get());
			known.map_or_else(|| vm.to_string(), |engine| engine.name.clone())
		};
		let view = |receipt: Receipt| {
			let vm_name = name(receipt.vm);
			ReceiptView::new(receipt, hash, number, vm_name)
		};
		Ok(receipts.into_iter().map(view).collect())
	}

	fn find_receipt(&self, transaction: H256) -> Result<Option<ReceiptView>, RpcError> {
		self.index.catch_up()?;
		let Some(found) = self.index.receipt(transaction)? else { return Ok(None) };
		let views = self.in_block(vec![found.receipt], found.block_hash, found.block_number)?;
		Ok(views.into_iter().next())
	}

	fn receipts_of(&self, block: Option<BlockId>) -> Result<Vec<ReceiptView>, RpcError> {
		let hash = block.map_or_else(|| self.chain.at(None), |block| self.chain.hash_of(block))?;
		let indexed = self.index.block_receipts(hash)?;
		let receipts = match indexed {
			Some(receipts) => receipts,
			None => self
				.chain
				.api()
				.receipts(hash)
				.map_err(|_| RpcError::StateDiscarded(format!("{hash:?}")))?,
		};
		self.in_block(receipts, hash, self.chain.height(hash)?)
	}
}

impl<C, B> UnumRpcServer for UnumRpc<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + AuxStore + Send + Sync + 'static,
	C::Api: UnumApi<B>,
{
	fn engines(&self, at: Option<H256>) -> RpcResult<Vec<EngineView>> {
		Ok(self.chain.engines_at(self.chain.at(at)?)?)
	}

	fn address_of(&self, id_com: String, vm: VmId, at: Option<H256>) -> RpcResult<Option<String>> {
		let at = self.chain.at(at)?;
		let id = views::id_com_from(id_com)?;
		let vm = self.chain.vm_at(at, vm)?;
		let address = self.chain.api().address_of(at, id, vm).map_err(RpcError::Runtime)?;
		Ok(address.as_ref().map(views::address))
	}

	fn resolve(&self, vm: VmId, address: String, at: Option<H256>) -> RpcResult<String> {
		let at = self.chain.at(at)?;
		let vm = self.chain.vm_at(at, vm)?;
		let parsed = views::address_from(vm, address)?;
		let id = self.chain.api().resolve(at, parsed).map_err(RpcError::Runtime)?;
		Ok(views::id_com(id))
	}

	fn receipt(&self, transaction_hash: H256) -> RpcResult<Option<ReceiptView>> {
		Ok(self.find_receipt(transaction_hash)?)
	}

	fn receipts(&self, block: Option<BlockId>) -> RpcResult<Vec<ReceiptView>> {
		Ok(self.receipts_of(block)?)
	}

	fn check_state(&self, ext: &Extensions, at: Option<H256>) -> RpcResult<Vec<String>> {
		sc_rpc_api::check_if_safe(ext)?;
		let at = self.chain.at(at)?;
		let violated = self.chain.api().violated_invariants(at).map_err(RpcError::Runtime)?;
		Ok(violated.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect())
	}
}
