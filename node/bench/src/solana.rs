// SPDX-License-Identifier: Apache-2.0
//! Wallets of Solana, and what they sign.

use sp_runtime::OpaqueExtrinsic;
use unum_address::{SvmAddress, VmKind};
use unum_id_com::MintId;
use unum_solana_transaction::{
	compile_legacy,
	wallet::{address_of, key_of, readonly, sign, signer, writable, SigningKey},
	Blockhash, Instruction,
};
use unum_spl_token::{associated_token_address, ids};

use crate::chain::{opaque, seed};

/// So many wallets have coins and tokens from the beginning, as the accounts of the same numbers.
pub const WALLETS_MAX: u32 = 1 << 12;

fn key(number: u32) -> SigningKey {
	key_of(seed(number))
}

/// The address of a wallet, by its number.
pub fn wallet(number: u32) -> SvmAddress {
	address_of(&key(number))
}

/// Moves a token from one's associated account to another's (SPL's `Transfer`).
///
/// # Panics
/// There is no such account, which never happens in practice.
pub fn transfer_token(from: SvmAddress, to: SvmAddress, mint: MintId, amount: u64) -> Instruction {
	let mint = SvmAddress::from(<[u8; 32]>::from(mint));
	let [source, destination] = [from, to]
		.map(|owner| writable(associated_token_address(&owner, &mint).expect("there is one").0));
	let accounts = vec![source, destination, signer(readonly(from))];
	let data = [&[3], &amount.to_le_bytes()[..]].concat();
	Instruction { program: ids::token_program(), accounts, data }
}

/// A transaction that a wallet signs and pays.
///
/// # Panics
/// It is too large for one.
pub fn signed(payer: u32, instructions: &[Instruction], blockhash: [u8; 32]) -> OpaqueExtrinsic {
	let key = key(payer);
	let message = compile_legacy(address_of(&key), instructions, Blockhash::from(blockhash))
		.expect("few accounts");
	let raw = sign(&message, &[&key]).expect("it is short");
	opaque(&unum_runtime::raw::carry(VmKind::SVM, raw.encode()))
}
