// SPDX-License-Identifier: Apache-2.0
//! Bytes of transactions and messages in base58 and base64.

use base64::{prelude::BASE64_STANDARD, Engine};

use super::RawEncoding;
use crate::{limits, RpcError};

/// What the bytes are to be. Upstream's sentences name the type of its program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
	Transaction,
	Message,
}

impl Kind {
	pub(crate) const fn name(self) -> &'static str {
		match self {
			Self::Transaction => "solana_transaction::versioned::VersionedTransaction",
			Self::Message => "solana_message::versions::VersionedMessage",
		}
	}

	/// The bytes are not of this kind.
	pub(crate) fn malformed(self, cause: impl std::fmt::Display) -> RpcError {
		RpcError::InvalidParams(format!("failed to deserialize {}: {cause}", self.name()))
	}
}

/// Reads bytes that are not longer than a transaction can be.
pub(crate) fn decode(text: &str, encoding: RawEncoding, kind: Kind) -> Result<Vec<u8>, RpcError> {
	let (word, longest) = match encoding {
		RawEncoding::Base58 => ("base58", limits::MAX_BASE58_TRANSACTION),
		RawEncoding::Base64 => ("base64", limits::MAX_BASE64_TRANSACTION),
		RawEncoding::Json => return Err(unsupported("json")),
		RawEncoding::JsonParsed => return Err(unsupported("jsonParsed")),
	};
	let most = limits::MAX_TRANSACTION;
	if text.len() > longest {
		return Err(RpcError::InvalidParams(format!(
			"{word} encoded {} too large: {} bytes (max: encoded/raw {longest}/{most})",
			kind.name(),
			text.len(),
		)));
	}
	let invalid = |cause| RpcError::InvalidParams(format!("invalid {word} encoding: {cause}"));
	let bytes = match encoding {
		RawEncoding::Base58 => {
			bs58::decode(text).into_vec().map_err(|error| invalid(format!("{error:?}")))?
		},
		_ => BASE64_STANDARD.decode(text).map_err(|error| invalid(format!("{error:?}")))?,
	};
	if bytes.len() > most {
		return Err(RpcError::InvalidParams(format!(
			"decoded {} too large: {} bytes (max: {most} bytes)",
			kind.name(),
			bytes.len(),
		)));
	}
	Ok(bytes)
}

fn unsupported(encoding: &str) -> RpcError {
	RpcError::InvalidParams(format!(
		"unsupported encoding: {encoding}. Supported encodings: base58, base64"
	))
}
