// SPDX-License-Identifier: Apache-2.0
//! Which block is meant.

use serde::{de::Error as _, Deserialize, Deserializer};
use unum_ethereum_view::H256;

use super::quantity::{parse_fixed, parse_u64, Hash, HexError};

/// A block by its place on the best chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum BlockTag {
	/// The newest that the index has.
	#[default]
	Latest,
	/// The one that could come next.
	Pending,
	/// The oldest that the node keeps.
	Earliest,
	/// The newest that can't be retracted.
	Finalized,
	/// The newest that is not going to be retracted: here the same as finalized.
	Safe,
	/// That of this height.
	Number(u64),
}

/// A block by its place, or by its hash ([EIP-1898](https://eips.ethereum.org/EIPS/eip-1898)).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockParam {
	/// By its place.
	Tag(BlockTag),
	/// By its hash.
	Hash {
		/// The hash.
		hash: H256,
		/// Whether it has to be on the best chain.
		require_canonical: bool,
	},
}

impl Default for BlockParam {
	fn default() -> Self {
		Self::Tag(BlockTag::Latest)
	}
}

impl BlockParam {
	/// The block that a transaction sent now would come into, where the latest one is meant. A contract
	/// may do more when time has passed, so what is asked on behalf of a transaction is asked there.
	pub const fn or_next(self) -> Self {
		match self {
			Self::Tag(BlockTag::Latest) => Self::Tag(BlockTag::Pending),
			other => other,
		}
	}

	/// Whether the block that could come next is meant.
	pub const fn is_pending(&self) -> bool {
		matches!(self, Self::Tag(BlockTag::Pending))
	}
}

/// Why a text is no block.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BlockParamError {
	/// Neither a tag nor a number.
	#[error(transparent)]
	Hex(#[from] HexError),
	/// A number that no block can have.
	#[error("block number larger than int64")]
	TooLarge,
}

impl std::str::FromStr for BlockTag {
	type Err = BlockParamError;

	fn from_str(text: &str) -> Result<Self, BlockParamError> {
		Ok(match text {
			"latest" => Self::Latest,
			"pending" => Self::Pending,
			"earliest" => Self::Earliest,
			"finalized" => Self::Finalized,
			"safe" => Self::Safe,
			number => match parse_u64(number)? {
				number if i64::try_from(number).is_ok() => Self::Number(number),
				_ => return Err(BlockParamError::TooLarge),
			},
		})
	}
}

impl std::str::FromStr for BlockParam {
	type Err = BlockParamError;

	fn from_str(text: &str) -> Result<Self, BlockParamError> {
		match text.len() {
			66 => Ok(Self::Hash { hash: H256(parse_fixed(text)?), require_canonical: false }),
			_ => text.parse().map(Self::Tag),
		}
	}
}

impl<'de> Deserialize<'de> for BlockTag {
	fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
		String::deserialize(from)?.parse().map_err(D::Error::custom)
	}
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
	Text(String),
	#[serde(rename_all = "camelCase")]
	Object {
		block_number: Option<String>,
		block_hash: Option<String>,
		#[serde(default)]
		require_canonical: bool,
	},
}

impl<'de> Deserialize<'de> for BlockParam {
	fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
		match Shape::deserialize(from)? {
			Shape::Text(text) => text.parse().map_err(D::Error::custom),
			Shape::Object { block_number: Some(_), block_hash: Some(_), .. } => {
				Err(D::Error::custom(
					"cannot specify both BlockHash and BlockNumber, choose one or the other",
				))
			},
			Shape::Object { block_number: Some(number), .. } => {
				number.parse().map(Self::Tag).map_err(D::Error::custom)
			},
			Shape::Object { block_hash: Some(hash), require_canonical, .. } => {
				let hash: Hash = hash.parse().map_err(D::Error::custom)?;
				Ok(Self::Hash { hash: hash.0, require_canonical })
			},
			Shape::Object { .. } => {
				Err(D::Error::custom("invalid arguments; neither block nor hash specified"))
			},
		}
	}
}
