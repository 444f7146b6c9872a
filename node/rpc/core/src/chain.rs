// SPDX-License-Identifier: Apache-2.0
//! The chain as the methods ask it: at a block, about a VM, in the caller's words.

use std::{marker::PhantomData, sync::Arc};

use serde::{Deserialize, Serialize};
use sp_api::{ApiRef, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::{Block as BlockT, NumberFor, UniqueSaturatedInto};
use unum_address::VmKind;
use unum_runtime_api::UnumApi;

use crate::{views::EngineView, RpcError};

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

/// A client, and the questions that several methods ask it.
#[derive(Debug)]
pub(crate) struct Chain<C, B> {
	client: Arc<C>,
	block: PhantomData<B>,
}

impl<C, B> Chain<C, B>
where
	B: BlockT<Hash = H256>,
	C: ProvideRuntimeApi<B> + HeaderBackend<B>,
	C::Api: UnumApi<B>,
{
	pub(crate) fn new(client: Arc<C>) -> Self {
		Self { client, block: PhantomData }
	}

	/// The runtime's answers.
	pub(crate) fn api(&self) -> ApiRef<'_, C::Api> {
		self.client.runtime_api()
	}

	/// The hash of the chain's first block.
	pub(crate) fn genesis_hash(&self) -> H256 {
		self.client.info().genesis_hash
	}

	/// The block with that hash, or the best one.
	pub(crate) fn at(&self, block: Option<H256>) -> Result<H256, RpcError> {
		let hash = block.unwrap_or_else(|| self.client.info().best_hash);
		self.height(hash).map(|_| hash)
	}

	pub(crate) fn height(&self, block: H256) -> Result<u32, RpcError> {
		let number = self.client.number(block)?;
		number
			.map(UniqueSaturatedInto::unique_saturated_into)
			.ok_or_else(|| RpcError::UnknownBlock(format!("{block:?}")))
	}

	pub(crate) fn hash_of(&self, block: BlockId) -> Result<H256, RpcError> {
		match block {
			BlockId::Hash(hash) => self.at(Some(hash)),
			BlockId::Number(number) => self
				.client
				.hash(NumberFor::<B>::from(number))?
				.ok_or_else(|| RpcError::UnknownBlock(format!("number {number}"))),
		}
	}

	pub(crate) fn engines_at(&self, at: H256) -> Result<Vec<EngineView>, RpcError> {
		let engines = self.api().engines(at)?;
		Ok(engines.into_iter().map(Into::into).collect())
	}

	/// Finds a VM by number, by the name that the runtime gives it, or among the five that have
	/// addresses, whether or not their engine runs yet.
	pub(crate) fn vm_at(&self, at: H256, vm: VmId) -> Result<VmKind, RpcError> {
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
}
