// SPDX-License-Identifier: Apache-2.0
//! A transaction that can be run with and without being recorded, and how go-ethereum's tests of its
//! tracers write one down.

use revm::{
	context::{
		either::Either,
		transaction::{AccessList, AccessListItem},
		BlockEnv, CfgEnv, TxEnv,
	},
	context_interface::{block::BlobExcessGasAndPrice, result::ExecutionResult},
	handler::EthPrecompiles,
	primitives::{hardfork::SpecId, keccak256, Address, Bytes, B256, U256},
};
use serde_json::Value;
use unum_ethereum_transaction::RawTransaction;
use unum_ethereum_view::{Trace, TraceOptions};
use unum_evm_engine::{transact, transact_traced, AccountChanges, Fees, TransactError};

use crate::{hosts::EthereumHost, number::Quantity, state::State};

/// A transaction, and the state and the block that it runs in.
#[derive(Clone, Debug)]
pub struct Traced {
	state: State,
	cfg: CfgEnv,
	block: BlockEnv,
	tx: TxEnv,
}

/// A case that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("the case has no valid {0}")]
pub struct MalformedCaseError(&'static str);

/// How a transaction ended, and the root of the state after it.
type Ended = (Result<ExecutionResult, TransactError>, B256);

impl Traced {
	/// A transaction in an empty state.
	pub fn new(cfg: CfgEnv, block: BlockEnv, tx: TxEnv) -> Self {
		Self { state: State::default(), cfg, block, tx }
	}

	/// Adds an account.
	pub fn account(mut self, address: Address, nonce: u64, balance: U256, code: Bytes) -> Self {
		let changes = AccountChanges {
			nonce,
			balance,
			code: (!code.is_empty()).then(|| (keccak256(&code), code)),
			..AccountChanges::default()
		};
		self.state.keep(address, &changes);
		self
	}

	/// Sets a slot of an account.
	pub fn slot(mut self, address: Address, slot: U256, value: U256) -> Self {
		if !value.is_zero() {
			self.state.get_mut(address).storage.insert(slot, value);
		}
		self
	}

	/// The transaction, to be changed.
	pub fn tx_mut(&mut self) -> &mut TxEnv {
		&mut self.tx
	}

	/// Runs it.
	pub fn run(&self) -> Ended {
		let mut host = EthereumHost { state: self.state.clone() };
		let (cfg, block, tx) = (self.cfg.clone(), self.block.clone(), self.tx.clone());
		let precompiles = EthPrecompiles::new(cfg.spec);
		let result = transact(&mut host, cfg, block, tx, precompiles, Fees::Ethereum);
		(result, host.state.root())
	}

	/// Runs it, and records how.
	pub fn trace(&self, options: &TraceOptions) -> (Ended, Trace) {
		let mut host = EthereumHost { state: self.state.clone() };
		let (cfg, block, tx) = (self.cfg.clone(), self.block.clone(), self.tx.clone());
		let precompiles = EthPrecompiles::new(cfg.spec);
		let fees = Fees::Ethereum;
		let (result, trace) =
			transact_traced(&mut host, cfg, block, tx, precompiles, fees, options);
		((result, host.state.root()), trace)
	}

	/// Reads a case of go-ethereum: `genesis`, `context` and `input`.
	///
	/// # Errors
	/// [`MalformedCaseError`].
	pub fn from_geth(case: &Value) -> Result<Self, MalformedCaseError> {
		let (config, context) = (&case["genesis"]["config"], &case["context"]);
		let number = u64_at(&context["number"]).ok_or(MalformedCaseError("number"))?;
		let timestamp = u64_at(&context["timestamp"]).ok_or(MalformedCaseError("timestamp"))?;
		let mut cfg = CfgEnv::new_with_spec(spec(config, number, timestamp));
		cfg.chain_id = u64_at(&config["chainId"]).unwrap_or(1);
		let tx = tx(case)?;
		let mut this = Self::new(cfg, BlockEnv::default(), tx);
		this.block = this.block_of(context, number, timestamp)?;
		let accounts = case["genesis"]["alloc"].as_object().ok_or(MalformedCaseError("alloc"))?;
		for (address, account) in accounts {
			let address = address.parse().map_err(|_| MalformedCaseError("address"))?;
			let code = account["code"].as_str().unwrap_or_default();
			let code = code.parse().map_err(|_| MalformedCaseError("code"))?;
			let nonce = u64_at(&account["nonce"]).unwrap_or_default();
			let balance = u256_at(&account["balance"]).unwrap_or_default();
			this = this.account(address, nonce, balance, code);
			for (slot, value) in account["storage"].as_object().into_iter().flatten() {
				let slot = slot.parse().map_err(|_| MalformedCaseError("slot"))?;
				this = this.slot(address, slot, u256_at(value).unwrap_or_default());
			}
		}
		Ok(this)
	}

	fn block_of(
		&self,
		context: &Value,
		number: u64,
		timestamp: u64,
	) -> Result<BlockEnv, MalformedCaseError> {
		let miner = context["miner"].as_str().and_then(|miner| miner.parse().ok());
		let has_blobs = self.cfg.spec.is_enabled_in(SpecId::CANCUN);
		let price = || BlobExcessGasAndPrice::new(0, self.cfg.blob_base_fee_update_fraction());
		Ok(BlockEnv {
			number: U256::from(number),
			beneficiary: miner.ok_or(MalformedCaseError("miner"))?,
			timestamp: U256::from(timestamp),
			gas_limit: u64_at(&context["gasLimit"]).ok_or(MalformedCaseError("gasLimit"))?,
			basefee: u64_at(&context["baseFeePerGas"]).unwrap_or_default(),
			difficulty: u256_at(&context["difficulty"]).unwrap_or_default(),
			prevrandao: Some(B256::ZERO),
			blob_excess_gas_and_price: has_blobs.then(price),
			slot_num: 0,
		})
	}
}

/// The latest fork of a chain's configuration that has begun.
fn spec(config: &Value, number: u64, timestamp: u64) -> SpecId {
	let blocks = [
		("homesteadBlock", SpecId::HOMESTEAD),
		("eip150Block", SpecId::TANGERINE),
		("eip158Block", SpecId::SPURIOUS_DRAGON),
		("byzantiumBlock", SpecId::BYZANTIUM),
		("constantinopleBlock", SpecId::PETERSBURG),
		("istanbulBlock", SpecId::ISTANBUL),
		("berlinBlock", SpecId::BERLIN),
		("londonBlock", SpecId::LONDON),
	];
	let times = [
		("shanghaiTime", SpecId::SHANGHAI),
		("cancunTime", SpecId::CANCUN),
		("pragueTime", SpecId::PRAGUE),
		("osakaTime", SpecId::OSAKA),
	];
	let has_begun = |name: &str, now| u64_at(&config[name]).is_some_and(|from| from <= now);
	let by_block = blocks.into_iter().filter(|(name, _)| has_begun(name, number));
	let by_time = times.into_iter().filter(|(name, _)| has_begun(name, timestamp));
	by_block.chain(by_time).last().map(|(_, spec)| spec).unwrap_or(SpecId::FRONTIER)
}

fn tx(case: &Value) -> Result<TxEnv, MalformedCaseError> {
	let malformed = || MalformedCaseError("input");
	let input: Bytes =
		case["input"].as_str().ok_or_else(malformed)?.parse().map_err(|_| malformed())?;
	let raw = RawTransaction::decode(&input).map_err(|_| malformed())?;
	let form = raw.transaction_type().number();
	let item = |item: &unum_ethereum_transaction::AccessListItem| AccessListItem {
		address: item.address,
		storage_keys: item.storage_keys.clone(),
	};
	Ok(TxEnv {
		tx_type: form,
		caller: raw.recover_sender().map_err(|_| malformed())?,
		gas_limit: raw.gas_limit(),
		gas_price: raw.max_fee_per_gas(),
		kind: raw.to(),
		value: raw.value(),
		data: raw.input().clone(),
		nonce: raw.nonce(),
		chain_id: raw.chain_id(),
		access_list: AccessList(raw.access_list().0.iter().map(item).collect()),
		gas_priority_fee: (form >= 2).then(|| raw.max_priority_fee_per_gas()),
		authorization_list: raw.authorization_list().iter().cloned().map(Either::Left).collect(),
		..TxEnv::default()
	})
}

/// A number, as text or as such.
fn u256_at(value: &Value) -> Option<U256> {
	match value {
		Value::String(text) => text.parse::<Quantity>().ok()?.to_u256(),
		value => value.as_u64().map(U256::from),
	}
}

fn u64_at(value: &Value) -> Option<u64> {
	u256_at(value)?.try_into().ok()
}
