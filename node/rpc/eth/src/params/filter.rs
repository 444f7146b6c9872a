// SPDX-License-Identifier: Apache-2.0
//! Which logs are meant.

use serde::Deserialize;
use unum_ethereum_view::{H160, H256};

use super::{
	block::BlockTag,
	quantity::{AddressParam, Hash},
};
use crate::{limits, EthError};

/// A filter of logs, as it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FilterParam {
	from_block: Option<BlockTag>,
	to_block: Option<BlockTag>,
	block_hash: Option<Hash>,
	address: Option<OneOrMany<AddressParam>>,
	topics: Option<Vec<Option<OneOrMany<Option<Hash>>>>>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
	One(T),
	Many(Vec<T>),
}

impl<T> OneOrMany<T> {
	fn into_vec(self) -> Vec<T> {
		match self {
			Self::One(one) => vec![one],
			Self::Many(many) => many,
		}
	}
}

/// Where logs are looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogRange {
	/// In one block, on the best chain or not.
	Block(H256),
	/// In blocks of the best chain.
	Blocks {
		/// The first; the latest if none.
		from: BlockTag,
		/// The last; the latest if none.
		to: BlockTag,
	},
}

/// A filter of logs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogFilter {
	/// Where.
	pub range: LogRange,
	/// Whose: any if empty.
	pub addresses: Vec<H160>,
	/// With one of these topics at each position: any if empty.
	pub topics: Vec<Vec<H256>>,
}

fn invalid(text: &str) -> EthError {
	EthError::InvalidParams(text.into())
}

impl FilterParam {
	/// Checks that the fields agree, and that there are not too many of them.
	///
	/// # Errors
	/// [`EthError::InvalidParams`].
	pub fn into_filter(self) -> Result<LogFilter, EthError> {
		let range =
			match (self.block_hash, self.from_block, self.to_block) {
				(Some(hash), None, None) => LogRange::Block(hash.0),
				(Some(_), ..) => return Err(invalid(
					"cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other",
				)),
				(None, from, to) => {
					LogRange::Blocks { from: from.unwrap_or_default(), to: to.unwrap_or_default() }
				},
			};
		let addresses = self.address.map(OneOrMany::into_vec).unwrap_or_default();
		let topics: Vec<_> =
			self.topics.unwrap_or_default().into_iter().map(alternatives).collect();
		let is_large = |many: usize| many > limits::MAX_ALTERNATIVES;
		if topics.len() > limits::MAX_TOPICS {
			return Err(invalid("exceed max topics"));
		}
		if is_large(addresses.len()) || topics.iter().any(|topic| is_large(topic.len())) {
			return Err(invalid("exceed max addresses or topics per search position"));
		}
		let addresses = addresses.into_iter().map(|address| address.0).collect();
		Ok(LogFilter { range, addresses, topics })
	}
}

/// The topics at one position; a null among them matches everything.
fn alternatives(position: Option<OneOrMany<Option<Hash>>>) -> Vec<H256> {
	let topics: Option<Vec<_>> =
		position.map(OneOrMany::into_vec).unwrap_or_default().into_iter().collect();
	topics.unwrap_or_default().into_iter().map(|topic| topic.0).collect()
}
