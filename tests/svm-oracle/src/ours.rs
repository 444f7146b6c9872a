// SPDX-License-Identifier: Apache-2.0
//! Our world: the engine on a chain in memory.

use ark_bn254::Fr;
use ed25519_dalek::{Signature, VerifyingKey};
use light_poseidon::{Poseidon, PoseidonBytesHasher};
use std::collections::{BTreeMap, BTreeSet};
use unum_address::{Address, SvmAddress};
use unum_solana_view::TransactionMeta;
use unum_spl_token::Record;
use unum_svm_engine::{account, ChainCosts, Environment, StoredAccount, SvmEngine, SvmHost};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::MemoryHost, Asset, BlockEnv, CallContext, EngineFault, Fate, IdentityHost,
	LedgerHost, Meter, RawFee, VmCall, VmCallResult, VmEngine,
};

use crate::seen::{AccountSeen, Ended, Seen};

/// Base units of the ledger in a lamport.
const LAMPORT: u128 = 1_000_000_000;

/// What the chain keeps.
#[derive(Clone, Default, Debug)]
struct State {
	ledger: MemoryHost,
	stored: BTreeMap<SvmAddress, StoredAccount>,
	records: BTreeMap<SvmAddress, Record>,
	processed: BTreeSet<(u64, [u8; 32])>,
}

/// A chain in memory with the engine on it.
#[derive(Clone, Debug)]
pub struct Ours {
	state: State,
	snapshots: Vec<State>,
	metas: Vec<TransactionMeta>,
	environment: Environment,
}

impl Ours {
	/// A chain on which nothing is, at this block.
	pub fn new(environment: Environment) -> Self {
		Self { state: State::default(), snapshots: Vec::new(), metas: Vec::new(), environment }
	}

	/// Goes on to another block.
	pub fn set_environment(&mut self, environment: Environment) {
		self.environment = environment;
	}

	/// Puts an account where it is wanted. None of the token program.
	pub fn set_account(&mut self, key: &SvmAddress, account: &AccountSeen) {
		let is_wallet =
			account.data.is_empty() && account.owner == unum_spl_token::ids::system_program();
		let stored = StoredAccount {
			owner: account.owner,
			executable: account.executable,
			data: account.data.clone(),
		};
		self.store(key, Some(stored).filter(|_| !is_wallet));
		let id = self.state.ledger.resolve(&Address::Svm(*key));
		let amount = LedgerAmount::new(u128::from(account.lamports) * LAMPORT);
		self.state.ledger.set_balance(Asset::Native, id, amount);
	}

	/// An account; nothing where there is none.
	// Not a change: the engine's own view of a host is one that may.
	pub fn account(&mut self, key: &SvmAddress) -> Option<AccountSeen> {
		let found = account(self, key).filter(|found| found.lamports != 0)?;
		Some(AccountSeen {
			lamports: found.lamports,
			data: found.data,
			owner: found.owner,
			executable: found.executable,
		})
	}

	/// Executes a transaction, as the dispatcher does: fee, replay protection, engine.
	pub fn send(&mut self, bytes: &[u8]) -> Seen {
		let raw = match SvmEngine::read_raw(self, bytes) {
			Ok(raw) => raw,
			Err(rejection) => return Seen::refused(rejection.message),
		};
		let RawFee::Flat(fee) = raw.fee else { panic!("Solana's fees are flat") };
		let payer = self.state.ledger.resolve(&raw.sender);
		let balance = self.state.ledger.spendable(Asset::Native, payer).expect("the native coin");
		let left = balance.get().checked_sub(fee).expect("the payer can pay");
		self.state.ledger.set_balance(Asset::Native, payer, LedgerAmount::new(left));
		SvmEngine::note_raw(self, bytes);
		let mut meter = Meter::new(SvmEngine::raw_weight_limit(self, bytes));
		let context = CallContext {
			sender: payer,
			transaction_hash: raw.hash,
			tag: None,
			block: BlockEnv {
				number: 1,
				parent_hash: Default::default(),
				timestamp_ms: 0,
				genesis_hash: Default::default(),
			},
		};
		self.metas.clear();
		let outcome = SvmEngine::execute_raw(self, bytes, &raw.sender, &context, &mut meter);
		assert!(self.snapshots.is_empty(), "the engine left a snapshot open");
		let outcome = match outcome {
			Ok(outcome) => outcome,
			Err(fault) => return Seen::refused(format!("fault: {fault:?}")),
		};
		let meta = self.metas.pop().expect("each executed transaction has a meta");
		assert_eq!(matches!(outcome.fate, Fate::Success), meta.error.is_none(), "{meta:?}");
		seen(meta, fee)
	}
}

fn seen(meta: TransactionMeta, fee: u128) -> Seen {
	assert_eq!(u128::from(meta.fee) * LAMPORT, fee, "the fee is what was taken");
	let inner = meta.inner_instructions.into_iter().flat_map(|one| {
		let index = one.index;
		one.instructions.into_iter().map(move |inner| {
			(index, inner.stack_height, inner.program_index, inner.accounts, inner.data)
		})
	});
	Seen {
		ended: match meta.error {
			None => Ended::Succeeded,
			Some(error) => Ended::Failed(format!("{error:?}")),
		},
		fee: meta.fee,
		units: meta.compute_units_consumed,
		logs: meta
			.log_messages
			.into_iter()
			.map(|line| String::from_utf8(line).expect("lines are text"))
			.collect(),
		returned: meta.return_data.map(|data| (data.program, data.data)),
		inner: inner.collect(),
	}
}

impl SvmHost for Ours {
	type Ledger = MemoryHost;

	fn ledger(&self) -> &MemoryHost {
		&self.state.ledger
	}

	fn ledger_mut(&mut self) -> &mut MemoryHost {
		&mut self.state.ledger
	}

	fn environment(&self) -> Environment {
		self.environment
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

	fn slot_of_blockhash(&self, blockhash: &[u8; 32]) -> Option<u64> {
		(*blockhash == self.environment.blockhash).then_some(self.environment.slot)
	}

	fn is_processed(&self, slot: u64, message_hash: &[u8; 32]) -> bool {
		self.state.processed.contains(&(slot, *message_hash))
	}

	fn note_processed(&mut self, slot: u64, message_hash: &[u8; 32]) {
		self.state.processed.insert((slot, *message_hash));
	}

	fn verify(&self, key: &SvmAddress, message: &[u8], signature: &[u8; 64]) -> bool {
		VerifyingKey::from_bytes(key.as_bytes())
			.and_then(|key| key.verify_strict(message, &Signature::from_bytes(signature)))
			.is_ok()
	}

	fn recover_secp256k1(&self, _: &[u8; 32], _: u8, _: &[u8; 64]) -> Option<[u8; 64]> {
		None
	}

	fn verify_secp256r1(&self, _: &[u8; 32], _: &[u8; 64], _: &[u8; 33]) -> Option<bool> {
		None
	}

	fn bn254_g1_add(&self, _: &[u8; 64], _: &[u8; 64]) -> Option<[u8; 64]> {
		None
	}

	fn bn254_g1_mul(&self, _: &[u8; 64], _: &[u8; 32]) -> Option<[u8; 64]> {
		None
	}

	fn bn254_pairing_check(&self, _: &[u8]) -> Option<bool> {
		None
	}

	fn bn254_poseidon(&self, inputs: &[u8]) -> Option<[u8; 32]> {
		let numbers: Vec<_> = inputs.chunks(32).collect();
		Poseidon::<Fr>::new_circom(numbers.len()).ok()?.hash_bytes_be(&numbers).ok()
	}

	fn call_vm(&mut self, _: &VmCall<'_>) -> Result<VmCallResult, EngineFault> {
		panic!("there are no other VMs here")
	}

	fn keep_meta(&mut self, meta: TransactionMeta) {
		self.metas.push(meta);
	}

	fn begin(&mut self) {
		self.snapshots.push(self.state.clone());
	}

	fn commit(&mut self) {
		self.snapshots.pop().expect("a snapshot is open");
	}

	fn rollback(&mut self) {
		self.state = self.snapshots.pop().expect("a snapshot is open");
	}
}
