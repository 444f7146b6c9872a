// SPDX-License-Identifier: Apache-2.0
//! The chain as Solana's clients see it.
//!
//! Whatever somebody sends is a transaction there: a transaction of a Solana wallet is itself, and any
//! other extrinsic is shown as one whose instructions say what coins and tokens it has moved, and whose
//! balances say what its accounts had before and after.

mod balances;
mod block;
mod movements;

pub use block::block;

use alloc::vec::Vec;
use unum_address::{Address, SvmAddress};
use unum_id_com::MintId;
use unum_solana_view::{ChainInfo, SimulationOptions, SimulationOutcome, TokenHolding};
use unum_spl_token::{associated_token_address, ids};
use unum_svm_engine::limits::{BLOCKHASH_SLOTS, LAMPORTS_PER_SIGNATURE};
use unum_vm_engine::{Holding, IdentityRegistry, MountedEngine};

use crate::{
	views, Balance, Balances, Hash, IdCom, Runtime, Svm, System, Timestamp, UnifiedTokens,
};

/// How many base units of the native coin one lamport is.
pub(crate) const LAMPORT: Balance = 1_000_000_000;

/// What is known of the chain at a block.
pub fn chain_info(at: Hash) -> ChainInfo {
	let slot = u64::from(System::block_number());
	ChainInfo {
		slot,
		blockhash: pallet_svm::blockhash_of(at),
		last_valid_slot: slot.saturating_add(BLOCKHASH_SLOTS),
		lamports_per_signature: LAMPORTS_PER_SIGNATURE,
		supply: lamports(Balances::total_issuance()),
		transaction_count: pallet_svm::TransactionCount::<Runtime>::get(),
		timestamp: timestamp(),
	}
}

/// Whether the block after `at` takes transactions with a blockhash.
pub fn is_blockhash_valid(blockhash: [u8; 32], at: Hash) -> bool {
	begin_next(at);
	Svm::slot_of_blockhash(&blockhash).is_some()
}

/// Runs a transaction in the block after `at`.
pub fn simulate(raw: &[u8], options: &SimulationOptions, at: Hash) -> SimulationOutcome {
	begin_next(at);
	Svm::simulate(raw, options)
}

/// What a message pays in the block after `at`, in lamports.
pub fn fee_for_message(message: &[u8], at: Hash) -> Option<u64> {
	begin_next(at);
	unum_svm_engine::fee_of_message(&mut Svm::host(), message)
}

/// Brings the state to where the block after `at` begins, as validating a transaction does.
fn begin_next(at: Hash) {
	let number = System::block_number().saturating_add(1);
	System::initialize(&number, &at, &Default::default());
}

/// The token accounts of an owner; see the runtime API.
pub fn token_accounts_by_owner(
	owner: SvmAddress,
	mint: Option<MintId>,
	limit: u32,
) -> Vec<TokenHolding> {
	let limit = usize::try_from(limit).unwrap_or(usize::MAX);
	let is_wanted = |of: &MintId| mint.is_none_or(|mint| mint == *of);
	let mut found: Vec<TokenHolding> = Svm::token_accounts_of(owner)
		.filter(|(_, of)| is_wanted(of))
		.filter_map(|(address, mint)| {
			Some(TokenHolding { address, mint, account: Svm::account_view(&address)? })
		})
		.take(limit)
		.collect();
	let holder = IdCom::resolve(&Address::Svm(owner));
	let unopened = UnifiedTokens::holdings(holder, None, limit)
		.into_iter()
		.filter(|(of, _)| is_wanted(of) && Svm::associated_account(owner, *of).is_none())
		.filter_map(|(mint, holding)| unopened(owner, mint, &holding));
	let left = limit.saturating_sub(found.len());
	found.extend(unopened.take(left));
	found
}

/// A balance whose associated account was never opened, as the account that it will have.
fn unopened(owner: SvmAddress, mint: MintId, holding: &Holding) -> Option<TokenHolding> {
	let account = views::token_account(owner, mint, holding)?;
	let (address, _) = associated_token_address(&owner, &account.mint).ok()?;
	let account = unum_solana_view::AccountView {
		lamports: 0,
		data: account.pack(),
		owner: ids::token_program(),
		executable: false,
		rent_epoch: u64::MAX,
	};
	Some(TokenHolding { address, mint, account })
}

/// An amount of the native coin in lamports, rounded down.
pub(crate) fn lamports(amount: Balance) -> u64 {
	u64::try_from(amount.checked_div(LAMPORT).unwrap_or_default()).unwrap_or(u64::MAX)
}

/// When the block at hand was made, in seconds since the Unix epoch.
pub(crate) fn timestamp() -> i64 {
	i64::try_from(Timestamp::get().checked_div(1_000).unwrap_or_default()).unwrap_or(i64::MAX)
}
