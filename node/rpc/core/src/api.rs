// SPDX-License-Identifier: Apache-2.0
//! The methods.

use std::{marker::PhantomData, sync::Arc};

use jsonrpsee::{core::RpcResult, proc_macros::rpc, Extensions};
use sc_client_api::AuxStore;
use serde::{Deserialize, Serialize};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::{Block as BlockT, NumberFor, UniqueSaturatedInto};
use unum_address::VmKind;
use unum_runtime_api::UnumApi;
use unum_vm_engine::Receipt;

use crate::{
	receipts::ReceiptIndex,
	views::{self, EngineView, ReceiptView},
	RpcError,
};

/// A block by its hash or its height.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BlockId {
	/// Its height.
	Number(u32),
	/// Its hash.
	Hash(H256),
}

/// A VM by its name or its number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum VmId {
	/// Its number.
	Number(u8),
	/// Its name, as `unum_engines` has it, or one of the five VMs with addresses.
	Name(String),
}

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
	client: Arc<C>,
	index: Arc<ReceiptIndex<C, B>>,
	block: PhantomData<B>,
}

impl<C, B> UnumRpc<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + AuxStore + Send + Sync + 'static,
	C::Api: UnumApi<B>,
{
	/// Answers from `client` and `index`.
	pub fn new(client: Arc<C>, index: Arc<ReceiptIndex<C, B>>) -> Self {
		Self { client, index, block: PhantomData }
	}

	fn at(&self, block: Option<H256>) -> Result<H256, RpcError> {
		let hash = block.unwrap_or_else(|| self.client.info().best_hash);
		self.height(hash).map(|_| hash)
	}

	fn height(&self, block: H256) -> Result<u32, RpcError> {
		let number = self.client.number(block)?;
		number
			.map(UniqueSaturatedInto::unique_saturated_into)
			.ok_or_else(|| RpcError::UnknownBlock(format!("{block:?}")))
	}

	fn hash_of(&self, block: BlockId) -> Result<H256, RpcError> {
		match block {
			BlockId::Hash(hash) => self.at(Some(hash)),
			BlockId::Number(number) => self
				.client
				.hash(NumberFor::<B>::from(number))?
				.ok_or_else(|| RpcError::UnknownBlock(format!("number {number}"))),
		}
	}

	fn engines_at(&self, at: H256) -> Result<Vec<EngineView>, RpcError> {
		let engines = self.client.runtime_api().engines(at)?;
		Ok(engines.into_iter().map(Into::into).collect())
	}

	/// Finds a VM by number, by the name that the runtime gives it, or among the five that have
	/// addresses, whether or not their engine runs yet.
	fn vm_at(&self, at: H256, vm: VmId) -> Result<VmKind, RpcError> {
		let name = match vm {
			VmId::Number(number) => return Ok(VmKind::new(number)),
			VmId::Name(name) => name.to_lowercase(),
		};
		let engines = self.engines_at(at)?;
		let mounted = engines.iter().find(|engine| engine.name == name).map(|e| VmKind::new(e.vm));
		mounted.or_else(|| name.parse().ok()).ok_or_else(|| {
			let names: Vec<_> = engines.into_iter().map(|engine| engine.name).collect();
			RpcError::UnknownVm(name, names.join(", "))
		})
	}

	fn in_block(
		&self,
		receipts: Vec<Receipt>,
		hash: H256,
		number: u32,
	) -> Result<Vec<ReceiptView>, RpcError> {
		let engines = self.engines_at(hash).unwrap_or_default();
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
		let hash = block.map_or_else(|| self.at(None), |block| self.hash_of(block))?;
		let indexed = self.index.block_receipts(hash)?;
		let receipts = match indexed {
			Some(receipts) => receipts,
			None => self
				.client
				.runtime_api()
				.receipts(hash)
				.map_err(|_| RpcError::StateDiscarded(format!("{hash:?}")))?,
		};
		self.in_block(receipts, hash, self.height(hash)?)
	}
}

impl<C, B> UnumRpcServer for UnumRpc<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B> + AuxStore + Send + Sync + 'static,
	C::Api: UnumApi<B>,
{
	fn engines(&self, at: Option<H256>) -> RpcResult<Vec<EngineView>> {
		Ok(self.engines_at(self.at(at)?)?)
	}

	fn address_of(&self, id_com: String, vm: VmId, at: Option<H256>) -> RpcResult<Option<String>> {
		let at = self.at(at)?;
		let id = views::parse_id_com(&id_com).ok_or(RpcError::BadIdCom(id_com))?;
		let vm = self.vm_at(at, vm)?;
		let address =
			self.client.runtime_api().address_of(at, id, vm).map_err(RpcError::Runtime)?;
		Ok(address.as_ref().map(views::address))
	}

	fn resolve(&self, vm: VmId, address: String, at: Option<H256>) -> RpcResult<String> {
		let at = self.at(at)?;
		let vm = self.vm_at(at, vm)?;
		let parsed = views::parse_address(vm, &address).map_err(|cause| RpcError::BadAddress {
			text: address,
			vm: vm.to_string(),
			cause,
		})?;
		let id = self.client.runtime_api().resolve(at, parsed).map_err(RpcError::Runtime)?;
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
		let at = self.at(at)?;
		let violated =
			self.client.runtime_api().violated_invariants(at).map_err(RpcError::Runtime)?;
		Ok(violated.iter().map(|text| String::from_utf8_lossy(text).into_owned()).collect())
	}
}
