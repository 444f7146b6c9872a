// SPDX-License-Identifier: Apache-2.0
//! A chain in memory, for tests of the engine and of who uses it.

use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use sp_core::{ecdsa, H256};
use unum_address::{Address, SvmAddress};
use unum_id_com::IdCom;
use unum_signature::schemes::{ed25519, secp256k1::PublicKey};
use unum_solana_transaction::{
	compile_legacy, Blockhash, Instruction, Message, RawTransaction, Signature,
};
use unum_solana_view::TransactionMeta;
use unum_spl_token::Record;
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::{engine, MemoryHost},
	Asset, EngineFault, IdentityHost, LedgerHost, Meter, Rejection, VmCall, VmCallResult, VmEngine,
};

use crate::{
	account, limits::LAMPORTS_PER_SIGNATURE, Account, ChainCosts, Environment, StoredAccount,
	SvmEngine, SvmHost,
};

/// Base units of the native coin in a lamport.
pub const LAMPORT: u128 = 1_000_000_000;
/// Who gets the fees.
pub const FEES: IdCom = IdCom::new([0xfe; 32]);

/// What a snapshot holds, and what tests compare.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct State {
	/// Balances, tokens, identities.
	pub ledger: MemoryHost,
	/// Accounts.
	pub stored: BTreeMap<SvmAddress, StoredAccount>,
	/// Accounts of the token program.
	pub records: BTreeMap<SvmAddress, Record>,
	/// Transactions that were processed, with the slot of their blockhash.
	pub processed: BTreeSet<(u64, [u8; 32])>,
}

/// A chain in memory.
#[derive(Clone, Debug)]
pub struct MemoryChain {
	/// What it keeps.
	pub state: State,
	/// The slot of the block at hand.
	pub slot: u64,
	/// What became of transactions, in order.
	pub metas: Vec<TransactionMeta>,
	/// Whether a signature counts that is the placeholder of one: the same byte 64 times.
	pub trusts: bool,
	/// What other VMs do.
	pub vms: fn(&mut State, &VmCall<'_>) -> VmCallResult,
	snapshots: Vec<State>,
}

impl Default for MemoryChain {
	fn default() -> Self {
		Self {
			state: State::default(),
			slot: 1_000,
			metas: Vec::new(),
			trusts: true,
			vms: |_, _| VmCallResult::refused("the chain has no other VM"),
			snapshots: Vec::new(),
		}
	}
}

/// The blockhash of a slot.
pub fn blockhash(slot: u64) -> [u8; 32] {
	sp_crypto_hashing::sha2_256(&slot.to_le_bytes())
}

impl MemoryChain {
	/// Whether all snapshots are closed.
	pub fn is_settled(&self) -> bool {
		self.snapshots.is_empty()
	}

	/// The identity behind a key.
	pub fn id(&self, key: &SvmAddress) -> IdCom {
		self.state.ledger.resolve(&Address::Svm(*key))
	}

	/// Gives an account this many lamports, in place of what it has.
	pub fn set_lamports(&mut self, key: &SvmAddress, lamports: u64) {
		let amount = LedgerAmount::new(u128::from(lamports).saturating_mul(LAMPORT));
		let id = self.id(key);
		self.state.ledger.set_balance(Asset::Native, id, amount);
	}

	/// The account at a key, as clients see it.
	pub fn account(&mut self, key: &SvmAddress) -> Account {
		account(self, key).unwrap_or_else(Account::empty)
	}

	/// A transaction of these instructions that nobody has signed, with the newest blockhash.
	///
	/// # Panics
	/// They are too many.
	pub fn unsigned(&self, payer: SvmAddress, instructions: &[Instruction]) -> Vec<u8> {
		let newest = self.environment().blockhash;
		let message = compile_legacy(payer, instructions, Blockhash::from(newest));
		unsigned(&message.expect("few accounts"))
	}

	/// Runs a transaction, as the dispatcher does: read, remembered, paid, executed.
	///
	/// # Errors
	/// The refusal, with nothing changed.
	///
	/// # Panics
	/// The engine shows a defect.
	pub fn run(&mut self, bytes: &[u8]) -> Result<TransactionMeta, Rejection> {
		let raw = SvmEngine::read_raw(self, bytes)?;
		SvmEngine::note_raw(self, bytes);
		let mut meter = Meter::new(SvmEngine::raw_weight_limit(self, bytes));
		let payer = self.state.ledger.resolve(&raw.sender);
		let fee = LedgerAmount::new(raw.fee.due(meter.limit()));
		self.state.ledger.transfer(Asset::Native, payer, FEES, fee).expect("it was checked");
		let context = engine::context(payer);
		SvmEngine::execute_raw(self, bytes, &raw.sender, &context, &mut meter).expect("no fault");
		assert_ne!(raw.hash, H256::zero());
		Ok(self.metas.last().cloned().expect("it was kept"))
	}

	/// Runs instructions that the payer, and everybody else who has to, has signed.
	///
	/// # Errors
	/// The refusal, with nothing changed.
	///
	/// # Panics
	/// The engine shows a defect.
	pub fn process(
		&mut self,
		payer: SvmAddress,
		instructions: &[Instruction],
	) -> Result<TransactionMeta, Rejection> {
		let bytes = self.unsigned(payer, instructions);
		self.run(&bytes)
	}
}

/// A transaction of a message that nobody has signed.
///
/// # Panics
/// It is too long.
pub fn unsigned(message: &Message) -> Vec<u8> {
	let count = message.header().num_required_signatures;
	let signatures: Vec<_> = (0..count).map(|index| Signature::from([index; 64])).collect();
	RawTransaction::new(&signatures, message).expect("short").bytes().to_vec()
}

impl SvmHost for MemoryChain {
	type Ledger = MemoryHost;

	fn ledger(&self) -> &MemoryHost {
		&self.state.ledger
	}

	fn ledger_mut(&mut self) -> &mut MemoryHost {
		&mut self.state.ledger
	}

	fn environment(&self) -> Environment {
		Environment {
			slot: self.slot,
			unix_timestamp: 1_800_000_000,
			blockhash: blockhash(self.slot.saturating_sub(1)),
			lamports_per_signature: LAMPORTS_PER_SIGNATURE,
		}
	}

	fn costs(&self) -> ChainCosts {
		ChainCosts::ROUND
	}

	fn stored(&self, key: &SvmAddress) -> Option<StoredAccount> {
		self.state.stored.get(key).cloned()
	}

	fn store(&mut self, key: &SvmAddress, account: Option<StoredAccount>) {
		match account {
			Some(account) => self.state.stored.insert(*key, account),
			None => self.state.stored.remove(key),
		};
	}

	fn token_record(&self, key: &SvmAddress) -> Option<Record> {
		self.state.records.get(key).copied()
	}

	fn set_token_record(&mut self, key: &SvmAddress, record: Option<Record>) {
		match record {
			Some(record) => self.state.records.insert(*key, record),
			None => self.state.records.remove(key),
		};
	}

	fn slot_of_blockhash(&self, hash: &[u8; 32]) -> Option<u64> {
		let first = self.slot.saturating_sub(crate::limits::BLOCKHASH_SLOTS);
		(first..self.slot).find(|slot| blockhash(*slot) == *hash)
	}

	fn is_processed(&self, slot: u64, message_hash: &[u8; 32]) -> bool {
		self.state.processed.contains(&(slot, *message_hash))
	}

	fn note_processed(&mut self, slot: u64, message_hash: &[u8; 32]) {
		self.state.processed.insert((slot, *message_hash));
	}

	fn verify(&self, key: &SvmAddress, message: &[u8], signature: &[u8; 64]) -> bool {
		let is_placeholder = signature.iter().all(|byte| signature.first() == Some(byte));
		self.trusts && is_placeholder || ed25519::verify(key.as_bytes(), message, signature).is_ok()
	}

	fn recover_secp256k1(&self, hash: &[u8; 32], id: u8, signature: &[u8; 64]) -> Option<[u8; 64]> {
		let signature: [u8; 65] = [&signature[..], &[id]].concat().try_into().ok()?;
		let signer = ecdsa::Signature::from_raw(signature).recover_prehashed(hash)?;
		let signer = PublicKey::from_compressed(&signer.0).ok()?;
		signer.to_uncompressed().last_chunk::<64>().copied()
	}

	fn verify_secp256r1(
		&self,
		hash: &[u8; 32],
		signature: &[u8; 64],
		key: &[u8; 33],
	) -> Option<bool> {
		unum_crypto_host::contract_crypto::secp256r1_verify_compressed(hash, signature, key)
	}

	fn bn254_g1_add(&self, one: &[u8; 64], other: &[u8; 64]) -> Option<[u8; 64]> {
		unum_crypto_host::contract_crypto::bn254_g1_add(one, other)
	}

	fn bn254_g1_mul(&self, point: &[u8; 64], scalar: &[u8; 32]) -> Option<[u8; 64]> {
		unum_crypto_host::contract_crypto::bn254_g1_mul(point, scalar)
	}

	fn bn254_pairing_check(&self, pairs: &[u8]) -> Option<bool> {
		unum_crypto_host::contract_crypto::bn254_pairing_check(pairs)
	}

	fn bn254_poseidon(&self, inputs: &[u8]) -> Option<[u8; 32]> {
		unum_crypto_host::contract_crypto::bn254_poseidon(inputs)
	}

	fn call_vm(&mut self, call: &VmCall<'_>) -> Result<VmCallResult, EngineFault> {
		Ok((self.vms)(&mut self.state, call))
	}

	fn keep_meta(&mut self, meta: TransactionMeta) {
		self.metas.push(meta);
	}

	fn begin(&mut self) {
		self.snapshots.push(self.state.clone());
	}

	fn commit(&mut self) {
		self.snapshots.pop();
	}

	fn rollback(&mut self) {
		if let Some(state) = self.snapshots.pop() {
			self.state = state;
		}
	}
}
