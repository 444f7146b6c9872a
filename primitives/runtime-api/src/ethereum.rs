// SPDX-License-Identifier: Apache-2.0
//! What Ethereum's JSON-RPC asks of the runtime.

use alloc::vec::Vec;
use unum_ethereum_view::{
	AccountState, BlockView, EstimateFailure, NextBlock, SimulatedBlock, SimulatedOutcome, Trace,
	TraceOptions, TransactionView, H160, H256,
};

sp_api::decl_runtime_apis! {
	/// The chain as Ethereum's clients see it. Each question is about the state at the end of a block.
	pub trait EthereumApi {
		/// The number by which wallets tell this chain from others (EIP-155).
		fn chain_id() -> u64;

		/// What is known of the block after this one.
		fn next_block() -> NextBlock;

		/// The block at hand, whose extrinsics are these.
		fn block(extrinsics: Vec<Block::Extrinsic>) -> BlockView;

		/// The commitment to the receipts of the block at hand.
		fn receipts_root() -> H256;

		/// Extrinsics that wait in the pool; nothing for those without a sender.
		fn waiting(extrinsics: Vec<Block::Extrinsic>) -> Vec<Option<TransactionView>>;

		/// The extrinsic that carries a raw Ethereum transaction.
		fn carry(raw: Vec<u8>) -> Block::Extrinsic;

		/// An account.
		fn account(address: H160) -> AccountState;

		/// A slot of a contract.
		fn storage(address: H160, slot: H256) -> H256;

		/// Runs blocks that are made up, one after the other.
		fn simulate(blocks: Vec<SimulatedBlock>) -> Vec<SimulatedOutcome>;

		/// The least gas limit with which the one call of a block does what it does with more of it.
		fn estimate_gas(block: SimulatedBlock) -> Result<u64, EstimateFailure>;

		/// Runs a block again, on the state of its parent, and records how its operations of the EVM ran:
		/// all of them, or those of the extrinsic at a position. Each stands beside the position of its
		/// extrinsic.
		fn trace_block(
			header: Block::Header,
			extrinsics: Vec<Block::Extrinsic>,
			only: Option<u32>,
			options: TraceOptions,
		) -> Vec<(u32, Trace)>;
	}
}
