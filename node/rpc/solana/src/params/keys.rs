// SPDX-License-Identifier: Apache-2.0
//! Keys, hashes and signatures in base58.

use unum_address::SvmAddress;

use crate::RpcError;

/// Reads exactly `N` bytes. Upstream tells a text that is too long for them apart from one that is no
/// base58, and one that decodes to another length.
fn exactly<const N: usize>(text: &str, longest: usize) -> Result<[u8; N], RpcError> {
	let invalid = |cause: &str| RpcError::InvalidParams(format!("Invalid param: {cause}"));
	if text.len() > longest {
		return Err(invalid("WrongSize"));
	}
	let bytes = bs58::decode(text).into_vec().map_err(|_| invalid("Invalid"))?;
	bytes.try_into().map_err(|_| invalid("WrongSize"))
}

/// An address.
pub(crate) fn pubkey(text: &str) -> Result<SvmAddress, RpcError> {
	exactly::<32>(text, 44).map(Into::into)
}

/// Addresses, at most so many.
pub(crate) fn pubkeys(texts: &[String], most: usize) -> Result<Vec<SvmAddress>, RpcError> {
	if texts.len() > most {
		return Err(RpcError::InvalidParams(format!("Too many inputs provided; max {most}")));
	}
	texts.iter().map(|text| pubkey(text)).collect()
}

/// A hash.
pub(crate) fn hash(text: &str) -> Result<[u8; 32], RpcError> {
	exactly(text, 44)
}

/// A signature.
pub(crate) fn signature(text: &str) -> Result<[u8; 64], RpcError> {
	exactly(text, 88)
}
