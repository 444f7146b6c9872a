// SPDX-License-Identifier: Apache-2.0
//! What is to be assumed of accounts and of the block, instead of what is true.

use std::collections::BTreeMap;

use serde::Deserialize;
use unum_ethereum_view::{AccountOverride, BlockOverrides, StorageOverride, H160, H256};

use super::quantity::{AddressParam, Hash, HexBytes, Quantity, Quantity256};
use crate::{convert::view_number, limits, EthError};

/// Accounts by their addresses.
pub type StateOverrideParam = BTreeMap<AddressParam, AccountOverrideParam>;

/// One account.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountOverrideParam {
	nonce: Option<Quantity>,
	balance: Option<Quantity256>,
	code: Option<HexBytes>,
	state: Option<BTreeMap<Hash, Hash>>,
	state_diff: Option<BTreeMap<Hash, Hash>>,
	move_precompile_to_address: Option<AddressParam>,
}

/// The block.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BlockOverrideParam {
	#[serde(alias = "blockNumber")]
	number: Option<Quantity256>,
	#[serde(alias = "timestamp")]
	time: Option<Quantity>,
	gas_limit: Option<Quantity>,
	#[serde(alias = "coinbase")]
	fee_recipient: Option<AddressParam>,
	#[serde(alias = "random")]
	prev_randao: Option<Hash>,
	#[serde(alias = "baseFee")]
	base_fee_per_gas: Option<Quantity256>,
	blob_base_fee: Option<Quantity256>,
}

/// The accounts for the chain.
///
/// # Errors
/// [`EthError::InvalidParams`]: too many, or two statements about the same storage.
pub fn into_accounts(param: StateOverrideParam) -> Result<Vec<AccountOverride>, EthError> {
	let slots = |map: &Option<BTreeMap<Hash, Hash>>| map.as_ref().map_or(0, BTreeMap::len);
	let entries = |account: &AccountOverrideParam| {
		slots(&account.state).saturating_add(slots(&account.state_diff)).saturating_add(1)
	};
	if param.values().map(entries).sum::<usize>() > limits::MAX_OVERRIDES {
		return Err(EthError::InvalidParams("too many state overrides".into()));
	}
	param.into_iter().map(|(address, account)| account.into_account(address.0)).collect()
}

impl AccountOverrideParam {
	fn into_account(self, address: H160) -> Result<AccountOverride, EthError> {
		let words = |map: BTreeMap<Hash, Hash>| -> Vec<(H256, H256)> {
			map.into_iter().map(|(key, value)| (key.0, value.0)).collect()
		};
		let storage = match (self.state, self.state_diff) {
			(Some(_), Some(_)) => {
				return Err(EthError::InvalidParams(format!(
					"account {address:?} has both 'state' and 'stateDiff'"
				)))
			},
			(Some(state), None) => StorageOverride::Replace(words(state)),
			(None, Some(diff)) => StorageOverride::Merge(words(diff)),
			(None, None) => StorageOverride::None,
		};
		Ok(AccountOverride {
			address,
			nonce: self.nonce.map(|nonce| nonce.0),
			balance: self.balance.map(|balance| view_number(balance.0)),
			code: self.code.map(|code| code.0),
			storage,
			move_precompile_to: self.move_precompile_to_address.map(|to| to.0),
		})
	}
}

impl BlockOverrideParam {
	/// The block for the chain.
	///
	/// # Errors
	/// [`EthError::InvalidParams`]: a number or a fee that is larger than the chain has.
	pub fn into_overrides(self) -> Result<BlockOverrides, EthError> {
		Ok(BlockOverrides {
			number: narrow(self.number, "block number")?,
			timestamp: self.time.map(|time| time.0),
			gas_limit: self.gas_limit.map(|gas| gas.0),
			beneficiary: self.fee_recipient.map(|address| address.0),
			prevrandao: self.prev_randao.map(|hash| hash.0),
			base_fee: narrow(self.base_fee_per_gas, "base fee")?,
			blob_base_fee: narrow(self.blob_base_fee, "blob base fee")?,
		})
	}
}

fn narrow(number: Option<Quantity256>, what: &str) -> Result<Option<u64>, EthError> {
	let narrowed = number.map(|number| u64::try_from(number.0)).transpose();
	narrowed.map_err(|_| EthError::InvalidParams(format!("{what} larger than uint64")))
}
