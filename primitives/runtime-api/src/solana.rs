// SPDX-License-Identifier: Apache-2.0
//! What Solana's JSON-RPC asks of the runtime.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_view::{
	AccountView, BlockView, ChainInfo, ProgramFilter, SimulationOptions, SimulationOutcome,
	TokenHolding,
};

sp_api::decl_runtime_apis! {
	/// The chain as Solana's clients see it. Each question is about the state at the end of a block,
	/// whose hash the state itself can't know, and is told where it matters (`at`).
	pub trait SolanaApi {
		/// What is known of the chain.
		fn chain_info(at: Block::Hash) -> ChainInfo;

		/// Whether a transaction with this blockhash is taken in the next block.
		fn is_blockhash_valid(blockhash: [u8; 32], at: Block::Hash) -> bool;

		/// The blockhash by which wallets name a block of the chain.
		fn blockhash_of(block: Block::Hash) -> [u8; 32];

		/// Accounts, in the order of the keys; nothing where there is none.
		fn accounts(keys: Vec<SvmAddress>) -> Vec<Option<AccountView>>;

		/// Accounts that a program owns and that pass all filters, at most `limit` of them, in an order
		/// of their own. `after`: the last account of the page before.
		fn program_accounts(
			program: SvmAddress,
			filters: Vec<ProgramFilter>,
			after: Option<SvmAddress>,
			limit: u32,
		) -> Vec<(SvmAddress, AccountView)>;

		/// The token accounts of an owner, of one token or of all: those that were opened, and for each
		/// balance without one the associated account that it will have. At most `limit`.
		fn token_accounts_by_owner(
			owner: SvmAddress,
			mint: Option<MintId>,
			limit: u32,
		) -> Vec<TokenHolding>;

		/// The block at hand, whose extrinsics are these.
		fn block(extrinsics: Vec<Block::Extrinsic>) -> BlockView;

		/// The extrinsic that carries a raw Solana transaction.
		fn carry(raw: Vec<u8>) -> Block::Extrinsic;

		/// Runs a raw Solana transaction on the state at hand, which is then dropped.
		fn simulate(
			raw: Vec<u8>,
			options: SimulationOptions,
			at: Block::Hash,
		) -> SimulationOutcome;

		/// What a message would pay, in lamports; nothing where its blockhash is not known or it is none.
		fn fee_for_message(message: Vec<u8>, at: Block::Hash) -> Option<u64>;
	}
}
