// SPDX-License-Identifier: Apache-2.0
//! Accounts and their storage.

use alloy_primitives::{Bytes, B256, U256, U64};
use jsonrpsee::proc_macros::rpc;

use super::EthereumRpc;
use crate::{
	convert::{hash, number},
	params::{AddressParam, BlockParam, SlotParam},
	EthError, EthereumChain,
};

/// Accounts and their storage, at a block (the latest by default). "pending" is the state of the
/// latest block, but for nonces.
#[rpc(server, namespace = "eth")]
pub trait StateApi {
	/// What an account can spend, in wei.
	#[method(name = "getBalance", blocking)]
	fn balance(&self, address: AddressParam, block: Option<BlockParam>) -> Result<U256, EthError>;

	/// How many transactions an account has sent; at "pending" those of the pool that can be included
	/// count too.
	#[method(name = "getTransactionCount", blocking)]
	fn transaction_count(
		&self,
		address: AddressParam,
		block: Option<BlockParam>,
	) -> Result<U64, EthError>;

	/// The code of an account.
	#[method(name = "getCode", blocking)]
	fn code(&self, address: AddressParam, block: Option<BlockParam>) -> Result<Bytes, EthError>;

	/// A slot of a contract.
	#[method(name = "getStorageAt", blocking)]
	fn storage_at(
		&self,
		address: AddressParam,
		slot: SlotParam,
		block: Option<BlockParam>,
	) -> Result<B256, EthError>;
}

impl<C: EthereumChain> StateApiServer for EthereumRpc<C> {
	fn balance(&self, address: AddressParam, block: Option<BlockParam>) -> Result<U256, EthError> {
		let at = self.node.require(block.unwrap_or_default())?;
		Ok(number(self.node.chain().account(at.hash, address.0)?.balance))
	}

	fn transaction_count(
		&self,
		address: AddressParam,
		block: Option<BlockParam>,
	) -> Result<U64, EthError> {
		let block = block.unwrap_or_default();
		if block.is_pending() {
			return Ok(U64::from(self.node.pending_nonce(address.0)?));
		}
		let at = self.node.require(block)?;
		Ok(U64::from(self.node.chain().account(at.hash, address.0)?.nonce))
	}

	fn code(&self, address: AddressParam, block: Option<BlockParam>) -> Result<Bytes, EthError> {
		let at = self.node.require(block.unwrap_or_default())?;
		Ok(self.node.chain().account(at.hash, address.0)?.code.into())
	}

	fn storage_at(
		&self,
		address: AddressParam,
		slot: SlotParam,
		block: Option<BlockParam>,
	) -> Result<B256, EthError> {
		let at = self.node.require(block.unwrap_or_default())?;
		Ok(hash(self.node.chain().storage(at.hash, address.0, slot.0)?))
	}
}
