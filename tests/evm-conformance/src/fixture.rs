// SPDX-License-Identifier: Apache-2.0
//! The files: both the form of `ethereum/tests` and the `state_test` form of `execution-spec-tests`,
//! which has more fields.

use std::collections::BTreeMap;

use revm::primitives::{Address, B256};
use serde::Deserialize;

use crate::number::{Data, Quantity, Text};

/// One test: a state, a block, transactions, and what is to become of them.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct StateTest {
	pub(crate) env: Env,
	pub(crate) pre: Accounts,
	pub(crate) transaction: Transaction,
	/// By fork.
	pub(crate) post: BTreeMap<String, Vec<Expected>>,
	#[serde(default)]
	pub(crate) config: Config,
}

impl StateTest {
	/// Whether an object of a file is meant to be a state test. Blockchain tests, transaction tests and
	/// the like lack some of these.
	pub(crate) fn is_one(object: &serde_json::Value) -> bool {
		["env", "pre", "transaction", "post"].iter().all(|field| object.get(field).is_some())
	}
}

pub(crate) type Accounts = BTreeMap<Text<Address>, Account>;

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Account {
	pub(crate) nonce: Quantity,
	pub(crate) balance: Quantity,
	pub(crate) code: Data,
	pub(crate) storage: BTreeMap<Quantity, Quantity>,
}

/// The block that the transaction is in.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Env {
	pub(crate) current_coinbase: Text<Address>,
	pub(crate) current_number: Quantity,
	pub(crate) current_timestamp: Quantity,
	pub(crate) current_gas_limit: Quantity,
	pub(crate) current_base_fee: Option<Quantity>,
	pub(crate) current_random: Option<Quantity>,
	pub(crate) current_excess_blob_gas: Option<Quantity>,
}

/// The transactions: [`Indexes`] pick one.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Transaction {
	pub(crate) data: Vec<Data>,
	pub(crate) gas_limit: Vec<Quantity>,
	pub(crate) value: Vec<Quantity>,
	pub(crate) nonce: Quantity,
	/// Empty for a transaction that makes a contract.
	pub(crate) to: Option<String>,
	/// Older files have the key alone.
	pub(crate) sender: Option<Text<Address>>,
	pub(crate) secret_key: Option<Data>,
	pub(crate) chain_id: Option<Quantity>,
	pub(crate) gas_price: Option<Quantity>,
	pub(crate) max_fee_per_gas: Option<Quantity>,
	pub(crate) max_priority_fee_per_gas: Option<Quantity>,
	/// By data; null for a transaction of the first form.
	pub(crate) access_lists: Option<Vec<Option<Vec<AccessListItem>>>>,
	pub(crate) max_fee_per_blob_gas: Option<Quantity>,
	pub(crate) blob_versioned_hashes: Option<Vec<Quantity>>,
	pub(crate) authorization_list: Option<Vec<Authorization>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccessListItem {
	pub(crate) address: Text<Address>,
	pub(crate) storage_keys: Vec<Quantity>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Authorization {
	pub(crate) chain_id: Quantity,
	pub(crate) address: Text<Address>,
	pub(crate) nonce: Quantity,
	pub(crate) v: Option<Quantity>,
	pub(crate) y_parity: Option<Quantity>,
	pub(crate) r: Quantity,
	pub(crate) s: Quantity,
}

/// What a transaction is to leave behind.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Expected {
	/// The state root.
	pub(crate) hash: Text<B256>,
	/// The Keccak-256 of the logs.
	pub(crate) logs: Text<B256>,
	pub(crate) indexes: Indexes,
	/// Why it can't be included.
	pub(crate) expect_exception: Option<String>,
	/// The whole state, in newer files: to say what differs.
	pub(crate) state: Option<Accounts>,
}

/// Which data, gas limit and value.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Indexes {
	pub(crate) data: usize,
	pub(crate) gas: usize,
	pub(crate) value: usize,
}

/// The chain.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Config {
	#[serde(alias = "chainid")]
	pub(crate) chain_id: Option<Quantity>,
	/// By fork.
	#[serde(default)]
	pub(crate) blob_schedule: BTreeMap<String, Blobs>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Blobs {
	pub(crate) max: Quantity,
	pub(crate) base_fee_update_fraction: Quantity,
}
