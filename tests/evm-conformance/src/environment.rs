// SPDX-License-Identifier: Apache-2.0
//! From a test to what revm runs in.

use k256::ecdsa::SigningKey;
use revm::{
	context::{
		either::Either,
		transaction::{
			AccessList, AccessListItem, Authorization, SignedAuthorization, TransactionType,
		},
		BlockEnv, CfgEnv, TxEnv,
	},
	context_interface::block::BlobExcessGasAndPrice,
	primitives::{keccak256, Address, Bytes, TxKind, B256, U256},
};

use crate::{
	fixture::{self, Config, Env, Indexes, StateTest, Transaction},
	number::Quantity,
	Fork, NotRun,
};

/// The base fee where a file names none, as geth has it.
const DEFAULT_BASE_FEE: u64 = 10;

/// A transaction, and the block and chain that it is in.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
	pub(crate) cfg: CfgEnv,
	pub(crate) block: BlockEnv,
	pub(crate) tx: TxEnv,
}

impl Environment {
	/// # Errors
	/// [`NotRun::NoEncoding`], [`NotRun::Malformed`].
	pub(crate) fn new(test: &StateTest, fork: Fork, indexes: Indexes) -> Result<Self, NotRun> {
		let cfg = cfg(fork, &test.config)?;
		let block = block(fork, &test.env, &cfg)?;
		let tx = tx(&test.transaction, indexes, cfg.chain_id)?;
		Ok(Self { cfg, block, tx })
	}
}

fn cfg(fork: Fork, config: &Config) -> Result<CfgEnv, NotRun> {
	let mut cfg = CfgEnv::new_with_spec(fork.spec());
	cfg.chain_id = optional(config.chain_id, Quantity::to_u64)?.unwrap_or(1);
	let blobs = config.blob_schedule.get(fork.name());
	cfg.set_max_blobs_per_tx(
		fork.blobs_per_tx(optional(blobs.map(|blobs| blobs.max), Quantity::to_u64)?),
	);
	if let Some(blobs) = blobs {
		cfg.blob_base_fee_update_fraction =
			Some(blobs.base_fee_update_fraction.to_u64().ok_or(NotRun::NoEncoding)?);
	}
	Ok(cfg)
}

fn block(fork: Fork, env: &Env, cfg: &CfgEnv) -> Result<BlockEnv, NotRun> {
	let excess = optional(env.current_excess_blob_gas, Quantity::to_u64)?.unwrap_or(0);
	let has_blobs = fork != Fork::Shanghai;
	Ok(BlockEnv {
		number: env.current_number.to_u256().ok_or(NotRun::NoEncoding)?,
		beneficiary: env.current_coinbase.0,
		timestamp: env.current_timestamp.to_u256().ok_or(NotRun::NoEncoding)?,
		// No transaction has a larger one.
		gas_limit: env.current_gas_limit.to_u64().unwrap_or(u64::MAX),
		basefee: optional(env.current_base_fee, Quantity::to_u64)?.unwrap_or(DEFAULT_BASE_FEE),
		difficulty: U256::ZERO,
		prevrandao: Some(optional(env.current_random, Quantity::to_b256)?.unwrap_or_default()),
		blob_excess_gas_and_price: has_blobs
			.then(|| BlobExcessGasAndPrice::new(excess, cfg.blob_base_fee_update_fraction())),
		slot_num: 0,
	})
}

fn tx(transaction: &Transaction, indexes: Indexes, chain_id: u64) -> Result<TxEnv, NotRun> {
	let price = transaction.max_fee_per_gas.or(transaction.gas_price);
	let access_list = access_list(transaction, indexes);
	let form = form(transaction, access_list.is_some());
	let kind = kind(transaction.to.as_deref().unwrap_or_default())?;
	// These forms have a recipient, always.
	if kind.is_create() && matches!(form, TransactionType::Eip4844 | TransactionType::Eip7702) {
		return Err(NotRun::NoEncoding);
	}
	Ok(TxEnv {
		tx_type: form.into(),
		caller: sender(transaction)?,
		gas_limit: pick(&transaction.gas_limit, indexes.gas)?.to_u64().ok_or(NotRun::NoEncoding)?,
		gas_price: optional(price, Quantity::to_u128)?.unwrap_or_default(),
		kind,
		value: pick(&transaction.value, indexes.value)?.to_u256().ok_or(NotRun::NoEncoding)?,
		data: pick(&transaction.data, indexes.data)?.0.clone(),
		nonce: transaction.nonce.to_u64().ok_or(NotRun::NoEncoding)?,
		chain_id: Some(optional(transaction.chain_id, Quantity::to_u64)?.unwrap_or(chain_id)),
		access_list: access_list.unwrap_or(Ok(AccessList::default()))?,
		gas_priority_fee: optional(transaction.max_priority_fee_per_gas, Quantity::to_u128)?,
		blob_hashes: hashes(transaction.blob_versioned_hashes.as_deref().unwrap_or_default())?,
		max_fee_per_blob_gas: optional(transaction.max_fee_per_blob_gas, Quantity::to_u128)?
			.unwrap_or_default(),
		authorization_list: authorizations(transaction)?,
	})
}

/// The form of a transaction is told by the fields that it has.
fn form(transaction: &Transaction, has_access_list: bool) -> TransactionType {
	let has_blobs =
		transaction.max_fee_per_blob_gas.is_some() || transaction.blob_versioned_hashes.is_some();
	if transaction.authorization_list.is_some() {
		TransactionType::Eip7702
	} else if has_blobs {
		TransactionType::Eip4844
	} else if transaction.max_fee_per_gas.is_some() {
		TransactionType::Eip1559
	} else if has_access_list {
		TransactionType::Eip2930
	} else {
		TransactionType::Legacy
	}
}

fn kind(to: &str) -> Result<TxKind, NotRun> {
	match to {
		"" | "0x" => Ok(TxKind::Create),
		to => to.parse().map(TxKind::Call).map_err(|_| NotRun::Malformed),
	}
}

fn sender(transaction: &Transaction) -> Result<Address, NotRun> {
	match (transaction.sender, &transaction.secret_key) {
		(Some(sender), _) => Ok(sender.0),
		(None, Some(key)) => address_of(&key.0),
		(None, None) => Err(NotRun::Malformed),
	}
}

fn address_of(secret_key: &Bytes) -> Result<Address, NotRun> {
	let key = SigningKey::from_slice(secret_key).map_err(|_| NotRun::Malformed)?;
	let point = key.verifying_key().to_encoded_point(false);
	Ok(Address::from_word(keccak256(&point.as_bytes()[1..])))
}

fn access_list(transaction: &Transaction, indexes: Indexes) -> Option<Result<AccessList, NotRun>> {
	let items = transaction.access_lists.as_ref()?.get(indexes.data)?.as_ref()?;
	let item = |item: &fixture::AccessListItem| {
		Ok(AccessListItem { address: item.address.0, storage_keys: hashes(&item.storage_keys)? })
	};
	Some(items.iter().map(item).collect::<Result<Vec<_>, _>>().map(AccessList))
}

fn authorizations<R>(
	transaction: &Transaction,
) -> Result<Vec<Either<SignedAuthorization, R>>, NotRun> {
	let list = transaction.authorization_list.as_deref().unwrap_or_default();
	list.iter().map(|entry| authorization(entry).map(Either::Left)).collect()
}

fn authorization(entry: &fixture::Authorization) -> Result<SignedAuthorization, NotRun> {
	let parity = entry.y_parity.or(entry.v).ok_or(NotRun::Malformed)?;
	let authorization = Authorization {
		chain_id: entry.chain_id.to_u256().ok_or(NotRun::NoEncoding)?,
		address: entry.address.0,
		nonce: entry.nonce.to_u64().ok_or(NotRun::NoEncoding)?,
	};
	Ok(SignedAuthorization::new_unchecked(
		authorization,
		parity.to_u64().and_then(|parity| parity.try_into().ok()).ok_or(NotRun::NoEncoding)?,
		entry.r.to_u256().ok_or(NotRun::NoEncoding)?,
		entry.s.to_u256().ok_or(NotRun::NoEncoding)?,
	))
}

fn hashes(list: &[Quantity]) -> Result<Vec<B256>, NotRun> {
	list.iter().map(|hash| hash.to_b256().ok_or(NotRun::NoEncoding)).collect()
}

fn pick<T>(vector: &[T], index: usize) -> Result<&T, NotRun> {
	vector.get(index).ok_or(NotRun::Malformed)
}

fn optional<T>(
	number: Option<Quantity>,
	read: fn(Quantity) -> Option<T>,
) -> Result<Option<T>, NotRun> {
	number.map(|number| read(number).ok_or(NotRun::NoEncoding)).transpose()
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The key and the address of most files.
	#[test]
	fn a_sender_is_told_by_its_key() {
		let key = "45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8";
		let key = Bytes::from(hex::decode(key).unwrap());
		let expected = "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b".parse::<Address>().unwrap();
		assert_eq!(address_of(&key), Ok(expected));
	}
}
