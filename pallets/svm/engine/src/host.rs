// SPDX-License-Identifier: Apache-2.0
//! What the Solana VM asks of the chain.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::SvmAddress;
use unum_solana_view::TransactionMeta;
use unum_spl_token::Record;
use unum_vm_engine::{
	EngineFault, IdentityControlHost, IdentityHost, TokenHost, VmCall, VmCallResult,
};

use crate::ChainCosts;

/// What the chain stores of an account: all but its lamports, which are its identity's native coin.
/// Accounts of the token program that were initialized are not stored: they are rendered from the
/// ledger and a [`Record`].
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StoredAccount {
	/// The program that owns it.
	pub owner: SvmAddress,
	/// Whether it is a program.
	pub executable: bool,
	/// Its data, at most 10 MiB.
	pub data: Vec<u8>,
}

/// The block at hand, as programs and transactions see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Environment {
	/// The slot: the height of the block.
	pub slot: u64,
	/// Its time, in seconds since the Unix epoch.
	pub unix_timestamp: i64,
	/// The blockhash of its parent: the newest that a transaction can name.
	pub blockhash: [u8; 32],
	/// What a signature costs, in lamports.
	pub lamports_per_signature: u64,
}

/// Accounts, the ledger and the other VMs, as the chain keeps them.
///
/// # Snapshots
/// `begin` opens a snapshot of all state of the chain, `commit` keeps what happened since the last open
/// one, `rollback` undoes it. The engine nests them properly and leaves none open.
pub trait SvmHost {
	/// Balances, tokens and identities.
	type Ledger: TokenHost + IdentityHost + IdentityControlHost;

	/// The ledger, to read.
	fn ledger(&self) -> &Self::Ledger;

	/// The ledger, to change.
	fn ledger_mut(&mut self) -> &mut Self::Ledger;

	/// The block at hand.
	fn environment(&self) -> Environment;

	/// What it does for transactions that Solana charges nothing for, and what that costs.
	fn costs(&self) -> ChainCosts;

	/// What is stored of an account; nothing for wallets and for accounts that do not exist.
	fn stored(&self, key: &SvmAddress) -> Option<StoredAccount>;

	/// Stores or, with `None`, removes an account.
	fn store(&mut self, key: &SvmAddress, account: Option<StoredAccount>);

	/// What is kept of an account of the token program.
	fn token_record(&self, key: &SvmAddress) -> Option<Record>;

	/// Keeps or, with `None`, removes what is kept of an account of the token program.
	fn set_token_record(&mut self, key: &SvmAddress, record: Option<Record>);

	/// The slot of the block whose blockhash this is, if transactions may still name it: one of the last
	/// 150 blocks.
	fn slot_of_blockhash(&self, blockhash: &[u8; 32]) -> Option<u64>;

	/// Whether a transaction whose message has this hash, and names the blockhash of this slot, was
	/// processed.
	fn is_processed(&self, slot: u64, message_hash: &[u8; 32]) -> bool;

	/// Notes that it was.
	fn note_processed(&mut self, slot: u64, message_hash: &[u8; 32]);

	/// Whether a signature is one of the key over the message, as strictly as Solana judges. May be
	/// answered outside of the VM.
	fn verify(&self, key: &SvmAddress, message: &[u8], signature: &[u8; 64]) -> bool;

	/// The uncompressed public key, 64 bytes without prefix, that signed the hash (secp256k1).
	fn recover_secp256k1(
		&self,
		hash: &[u8; 32],
		recovery_id: u8,
		signature: &[u8; 64],
	) -> Option<[u8; 64]>;

	/// Whether a signature is one of the key over the hash (ECDSA on secp256r1); nothing where the key is
	/// none, 33 bytes compressed.
	fn verify_secp256r1(
		&self,
		hash: &[u8; 32],
		signature: &[u8; 64],
		key: &[u8; 33],
	) -> Option<bool>;

	/// The sum of two points of BN254's G1, each as EIP-196 writes it; nothing where one is none. May be
	/// answered outside of the VM, as the next two.
	fn bn254_g1_add(&self, one: &[u8; 64], other: &[u8; 64]) -> Option<[u8; 64]>;

	/// A point of BN254's G1, as often as a number of 32 bytes, big-endian, says; nothing where it is none.
	fn bn254_g1_mul(&self, point: &[u8; 64], scalar: &[u8; 32]) -> Option<[u8; 64]>;

	/// Whether the product of pairings over BN254 is one; nothing where a point is none, or of another
	/// group. Pairs: a point of G1 and one of G2, as EIP-197 writes them, 192 bytes each.
	fn bn254_pairing_check(&self, pairs: &[u8]) -> Option<bool>;

	/// The Poseidon hash, with circom's parameters, of 1 to 12 numbers of 32 bytes each, big-endian, as its
	/// result is; nothing where they are not so many, or one is not below the order of BN254's groups. May
	/// be answered outside of the VM.
	fn bn254_poseidon(&self, inputs: &[u8]) -> Option<[u8; 32]>;

	/// Asks another VM for an operation.
	///
	/// # Errors
	/// [`EngineFault`]: a defect.
	fn call_vm(&mut self, call: &VmCall<'_>) -> Result<VmCallResult, EngineFault>;

	/// Keeps what became of the transaction at hand for those who ask for it, until the next block.
	fn keep_meta(&mut self, meta: TransactionMeta);

	/// Opens a snapshot.
	fn begin(&mut self);
	/// Keeps what happened since the snapshot that was opened last.
	fn commit(&mut self);
	/// Undoes what happened since the snapshot that was opened last.
	fn rollback(&mut self);
}
