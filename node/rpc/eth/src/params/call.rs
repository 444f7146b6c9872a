// SPDX-License-Identifier: Apache-2.0
//! A transaction that nobody has signed.

use serde::Deserialize;
use unum_ethereum_view::{AccessListItem, Authorization, CallRequest};

use super::quantity::{AddressParam, Hash, HexBytes, Quantity, Quantity256};
use crate::{convert::view_number, limits, EthError};

/// The fields of a call, as wallets and tools send them.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CallParam {
	from: Option<AddressParam>,
	to: Option<AddressParam>,
	gas: Option<Quantity>,
	gas_price: Option<Quantity256>,
	max_fee_per_gas: Option<Quantity256>,
	max_priority_fee_per_gas: Option<Quantity256>,
	value: Option<Quantity256>,
	nonce: Option<Quantity>,
	data: Option<HexBytes>,
	input: Option<HexBytes>,
	access_list: Option<Vec<AccessListParam>>,
	chain_id: Option<Quantity256>,
	authorization_list: Option<Vec<AuthorizationParam>>,
	#[serde(rename = "type")]
	kind: Option<Quantity>,
	max_fee_per_blob_gas: Option<Quantity256>,
	blob_versioned_hashes: Option<Vec<Hash>>,
	blobs: Option<Vec<HexBytes>>,
}

/// An entry of an access list.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessListParam {
	address: AddressParam,
	#[serde(default)]
	storage_keys: Option<Vec<Hash>>,
}

/// A signed delegation.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationParam {
	chain_id: Quantity256,
	address: AddressParam,
	nonce: Quantity,
	#[serde(alias = "v")]
	y_parity: Quantity,
	r: Quantity256,
	s: Quantity256,
}

fn invalid(text: impl Into<String>) -> EthError {
	EthError::InvalidParams(text.into())
}

impl CallParam {
	/// The sender, the zero address if none is named.
	pub fn sender(&self) -> AddressParam {
		self.from.clone().unwrap_or_default()
	}

	/// Whether the call names a price for its gas. A price of zero is none, as with geth.
	pub fn names_price(&self) -> bool {
		let fees = [&self.gas_price, &self.max_fee_per_gas, &self.max_priority_fee_per_gas];
		fees.into_iter().flatten().any(|fee| !fee.0.is_zero())
	}

	/// Checks that the fields agree, and that there are not too many of them.
	///
	/// # Errors
	/// [`EthError::InvalidParams`].
	pub fn into_request(self) -> Result<CallRequest, EthError> {
		self.check_kind()?;
		let (max_fee_per_gas, max_priority_fee_per_gas) = self.fees()?;
		let chain_id = self.chain_id.as_ref().map(|id| id.0.saturating_to());
		Ok(CallRequest {
			from: self.sender().0,
			to: self.to.as_ref().map(|to| to.0),
			gas: self.gas.as_ref().map(|gas| gas.0),
			max_fee_per_gas,
			max_priority_fee_per_gas,
			value: self.value.as_ref().map(|value| view_number(value.0)).unwrap_or_default(),
			access_list: self.access_list()?,
			authorizations: self.authorizations()?,
			nonce: self.nonce.as_ref().map(|nonce| nonce.0),
			chain_id,
			input: self.into_input()?,
		})
	}

	fn check_kind(&self) -> Result<(), EthError> {
		let has_blobs = self.blobs.is_some()
			|| self.blob_versioned_hashes.is_some()
			|| self.max_fee_per_blob_gas.as_ref().is_some_and(|fee| !fee.0.is_zero());
		match self.kind.as_ref().map(|kind| kind.0) {
			Some(3) => Err(invalid("blob transactions are not supported by this chain")),
			_ if has_blobs => Err(invalid("blob transactions are not supported by this chain")),
			None | Some(0 | 1 | 2 | 4) => Ok(()),
			Some(_) => Err(invalid("transaction type not supported")),
		}
	}

	fn fees(&self) -> Result<(Option<u128>, Option<u128>), EthError> {
		let wei = |fee: &Option<Quantity256>| {
			let fee = fee.as_ref().map(|fee| u128::try_from(fee.0));
			fee.transpose().map_err(|_| invalid("fee is higher than 2^128-1"))
		};
		let (price, fee, tip) = (
			wei(&self.gas_price)?,
			wei(&self.max_fee_per_gas)?,
			wei(&self.max_priority_fee_per_gas)?,
		);
		match (price, fee, tip) {
			(Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
				Err(invalid("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified"))
			},
			(Some(price), ..) => Ok((Some(price), Some(price))),
			(None, Some(fee), Some(tip)) if fee < tip => {
				Err(invalid(format!("maxFeePerGas ({fee}) < maxPriorityFeePerGas ({tip})")))
			},
			(None, fee, tip) => Ok((fee, tip)),
		}
	}

	fn access_list(&self) -> Result<Vec<AccessListItem>, EthError> {
		let list = self.access_list.as_deref().unwrap_or_default();
		let entries = list.iter().map(|item| item.keys().len().saturating_add(1)).sum::<usize>();
		if entries > limits::MAX_ACCESS_LIST {
			return Err(invalid("access list too long"));
		}
		Ok(list.iter().map(AccessListParam::to_item).collect())
	}

	fn authorizations(&self) -> Result<Vec<Authorization>, EthError> {
		let list = self.authorization_list.as_deref().unwrap_or_default();
		match (&self.authorization_list, &self.to) {
			_ if list.len() > limits::MAX_AUTHORIZATIONS => {
				Err(invalid("authorization list too long"))
			},
			(Some(_), _) if list.is_empty() => {
				Err(invalid("EIP-7702 transaction with empty auth list"))
			},
			(Some(_), None) => {
				Err(invalid("EIP-7702 transaction cannot be used to create contract"))
			},
			_ => list.iter().map(AuthorizationParam::to_authorization).collect(),
		}
	}

	fn into_input(self) -> Result<Vec<u8>, EthError> {
		let input = match (self.input, self.data) {
			(Some(input), Some(data)) if input != data => return Err(invalid(
				"both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass \
					 transaction call data",
			)),
			(Some(input), _) | (None, Some(input)) => input.0,
			(None, None) => Vec::new(),
		};
		match input.len() <= limits::MAX_CALL_INPUT {
			true => Ok(input),
			false => Err(invalid(format!("call data is longer than {}", limits::MAX_CALL_INPUT))),
		}
	}
}

impl AccessListParam {
	fn keys(&self) -> &[Hash] {
		self.storage_keys.as_deref().unwrap_or_default()
	}

	fn to_item(&self) -> AccessListItem {
		AccessListItem {
			address: self.address.0,
			storage_keys: self.keys().iter().map(|key| key.0).collect(),
		}
	}
}

impl AuthorizationParam {
	fn to_authorization(&self) -> Result<Authorization, EthError> {
		Ok(Authorization {
			chain_id: view_number(self.chain_id.0),
			address: self.address.0,
			nonce: self.nonce.0,
			y_parity: u8::try_from(self.y_parity.0).map_err(|_| invalid("hex number > 8 bits"))?,
			r: view_number(self.r.0),
			s: view_number(self.s.0),
		})
	}
}
