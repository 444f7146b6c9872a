// SPDX-License-Identifier: Apache-2.0
//! The chain, as the Solana VM sees it.

use core::marker::PhantomData;
use frame_support::traits::UnixTime;
use unum_address::SvmAddress;
use unum_solana_view::TransactionMeta;
use unum_spl_token::Record;
use unum_svm_engine::{
	limits::LAMPORTS_PER_SIGNATURE, ChainCosts, Environment, StoredAccount, SvmHost,
};
use unum_vm_engine::{ChainHost, EngineFault, VmCall, VmCallResult, VmCalls};

use crate::{
	associated, blockhashes, costs::costs, Accounts, Config, Metas, Processed, TokenRecords,
};

/// The chain's state, for one operation of the Solana VM.
#[derive(Debug)]
pub struct ChainSvmHost<T: Config> {
	ledger: ChainHost<T::Ledger, T::Identity>,
	_config: PhantomData<T>,
}

impl<T: Config> Default for ChainSvmHost<T> {
	fn default() -> Self {
		Self { ledger: ChainHost::default(), _config: PhantomData }
	}
}

impl<T: Config> Clone for ChainSvmHost<T> {
	fn clone(&self) -> Self {
		Self::default()
	}
}

impl<T: Config> SvmHost for ChainSvmHost<T> {
	type Ledger = ChainHost<T::Ledger, T::Identity>;

	fn ledger(&self) -> &Self::Ledger {
		&self.ledger
	}

	fn ledger_mut(&mut self) -> &mut Self::Ledger {
		&mut self.ledger
	}

	fn environment(&self) -> Environment {
		Environment {
			slot: blockhashes::slot::<T>(),
			unix_timestamp: i64::try_from(T::Clock::now().as_secs()).unwrap_or(i64::MAX),
			blockhash: blockhashes::newest::<T>(),
			lamports_per_signature: LAMPORTS_PER_SIGNATURE,
		}
	}

	fn costs(&self) -> ChainCosts {
		costs::<T::WeightInfo>()
	}

	fn stored(&self, key: &SvmAddress) -> Option<StoredAccount> {
		Accounts::<T>::get(key)
	}

	fn store(&mut self, key: &SvmAddress, account: Option<StoredAccount>) {
		Accounts::<T>::set(key, account);
	}

	fn token_record(&self, key: &SvmAddress) -> Option<Record> {
		TokenRecords::<T>::get(key)
	}

	fn set_token_record(&mut self, key: &SvmAddress, record: Option<Record>) {
		associated::keep::<T>(key, record);
	}

	fn slot_of_blockhash(&self, blockhash: &[u8; 32]) -> Option<u64> {
		blockhashes::slot_of::<T>(blockhash)
	}

	fn is_processed(&self, slot: u64, message_hash: &[u8; 32]) -> bool {
		Processed::<T>::contains_key(slot, message_hash)
	}

	fn note_processed(&mut self, slot: u64, message_hash: &[u8; 32]) {
		Processed::<T>::insert(slot, message_hash, ());
	}

	fn verify(&self, key: &SvmAddress, message: &[u8], signature: &[u8; 64]) -> bool {
		unum_crypto_host::contract_crypto::ed25519_verify_strict(signature, message, key.as_bytes())
	}

	fn recover_secp256k1(
		&self,
		hash: &[u8; 32],
		recovery_id: u8,
		signature: &[u8; 64],
	) -> Option<[u8; 64]> {
		let mut bytes = [0; 65];
		let (numbers, id) = bytes.split_at_mut(64);
		numbers.copy_from_slice(signature);
		id.copy_from_slice(&[recovery_id]);
		sp_io::crypto::secp256k1_ecdsa_recover(&bytes, hash).ok()
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
		T::Vms::call(call)
	}

	fn keep_meta(&mut self, meta: TransactionMeta) {
		let extrinsic = frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default();
		Metas::<T>::append((extrinsic, meta));
	}

	fn begin(&mut self) {
		sp_io::storage::start_transaction();
	}

	fn commit(&mut self) {
		sp_io::storage::commit_transaction();
	}

	fn rollback(&mut self) {
		sp_io::storage::rollback_transaction();
	}
}
