// SPDX-License-Identifier: Apache-2.0
//! From bytes to the fields of a transaction.

use alloc::vec::Vec;
use alloy_primitives::{Bytes, B256};
use alloy_rlp::{Encodable, Header, EMPTY_STRING_CODE};
use sp_crypto_hashing::keccak_256;

use crate::{
	fields::Fields,
	limits::MAX_TRANSACTION_BYTES,
	transaction::{Content, Fees},
	DecodeError, Field, RawTransaction, Signature, TransactionType,
};

/// Reads `bytes`; see [`RawTransaction::decode`].
pub(crate) fn decode(bytes: &[u8]) -> Result<RawTransaction, DecodeError> {
	let (kind, list) = split_envelope(require_size(bytes)?)?;
	let mut fields = Fields::open(list)?;
	let mut content = read_content(kind, &mut fields)?;
	// What was signed is cut out of the bytes, so that no second encoding can differ from them.
	let signed = fields.consumed();
	let signature = read_signature(kind, &mut fields, &mut content)?;
	fields.close()?;
	Ok(RawTransaction {
		bytes: Bytes::copy_from_slice(bytes),
		hash: B256::new(keccak_256(bytes)),
		signing_hash: signing_hash(kind, signed, content.chain_id),
		kind,
		content,
		signature,
	})
}

fn require_size(bytes: &[u8]) -> Result<&[u8], DecodeError> {
	match u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
		0 => Err(DecodeError::Empty),
		length if length > u64::from(MAX_TRANSACTION_BYTES) => {
			Err(DecodeError::TooLong { bytes: length })
		},
		_ => Ok(bytes),
	}
}

/// Tells the type by the first byte ([EIP-2718]): a list is a legacy transaction, and below 0x80 the
/// byte is the number of the type. Between the two there is only the malformed.
///
/// [EIP-2718]: https://eips.ethereum.org/EIPS/eip-2718
fn split_envelope(bytes: &[u8]) -> Result<(TransactionType, &[u8]), DecodeError> {
	match bytes {
		[] => Err(DecodeError::Empty),
		[0x01, list @ ..] => Ok((TransactionType::AccessList, list)),
		[0x02, list @ ..] => Ok((TransactionType::DynamicFee, list)),
		[0x03, ..] => Err(DecodeError::BlobTransaction),
		[0x04, list @ ..] => Ok((TransactionType::SetCode, list)),
		[number @ ..=0x7f, ..] => Err(DecodeError::UnknownType { number: *number }),
		list => Ok((TransactionType::Legacy, list)),
	}
}

/// Reads what is signed. A struct's fields are read in the order in which they are written here,
/// which is that of all types.
fn read_content(kind: TransactionType, fields: &mut Fields) -> Result<Content, DecodeError> {
	let legacy = kind == TransactionType::Legacy;
	Ok(Content {
		chain_id: if legacy { None } else { Some(fields.read(Field::ChainId)?) },
		nonce: fields.read(Field::Nonce)?,
		fees: read_fees(kind, fields)?,
		gas_limit: fields.read(Field::Gas)?,
		to: fields.read(Field::To)?,
		value: fields.read(Field::Value)?,
		input: fields.read(Field::Input)?,
		access_list: if legacy { Default::default() } else { fields.read(Field::AccessList)? },
		authorizations: match kind {
			TransactionType::SetCode => fields.read(Field::AuthorizationList)?,
			_ => Vec::new(),
		},
	})
}

fn read_fees(kind: TransactionType, fields: &mut Fields) -> Result<Fees, DecodeError> {
	match kind {
		TransactionType::Legacy | TransactionType::AccessList => {
			let gas_price = fields.read(Field::GasPrice)?;
			Ok(Fees { max_priority_per_gas: gas_price, max_per_gas: gas_price })
		},
		TransactionType::DynamicFee | TransactionType::SetCode => Ok(Fees {
			max_priority_per_gas: fields.read(Field::MaxPriorityFeePerGas)?,
			max_per_gas: fields.read(Field::MaxFeePerGas)?,
		}),
	}
}

/// Reads the last three fields. The first of them also tells the chain of a legacy transaction.
fn read_signature(
	kind: TransactionType,
	fields: &mut Fields,
	content: &mut Content,
) -> Result<Signature, DecodeError> {
	let y_parity = match kind {
		TransactionType::Legacy => {
			let (y_parity, chain_id) = split_v(fields.read(Field::V)?)?;
			content.chain_id = chain_id;
			y_parity
		},
		_ => read_parity(fields.read(Field::YParity)?)?,
	};
	Ok(Signature { y_parity, r: fields.read(Field::R)?, s: fields.read(Field::S)? })
}

fn read_parity(number: u8) -> Result<bool, DecodeError> {
	match number {
		0 => Ok(false),
		1 => Ok(true),
		_ => Err(DecodeError::InvalidParity),
	}
}

/// Parity and chain id of the `v` of a legacy transaction: 27 + parity, or 35 + 2 × chain id + parity
/// ([EIP-155]).
///
/// [EIP-155]: https://eips.ethereum.org/EIPS/eip-155
fn split_v(v: u128) -> Result<(bool, Option<u64>), DecodeError> {
	match v {
		27 => Ok((false, None)),
		28 => Ok((true, None)),
		_ => {
			let beyond = v.checked_sub(35).ok_or(DecodeError::InvalidParity)?;
			let chain_id = u64::try_from(beyond / 2).map_err(|_| DecodeError::Malformed {
				field: Field::V,
				cause: crate::RlpError::Overflow,
			})?;
			Ok((beyond % 2 == 1, Some(chain_id)))
		},
	}
}

/// The hash that a wallet signs: over the number of the type, and the list of the fields before the
/// signature. In a legacy transaction with replay protection the chain id and two zeros follow them
/// ([EIP-155]).
///
/// [EIP-155]: https://eips.ethereum.org/EIPS/eip-155
fn signing_hash(kind: TransactionType, signed: &[u8], chain_id: Option<u64>) -> B256 {
	let mut protection = Vec::new();
	if let (TransactionType::Legacy, Some(chain_id)) = (kind, chain_id) {
		chain_id.encode(&mut protection);
		protection.extend([EMPTY_STRING_CODE, EMPTY_STRING_CODE]);
	}
	let mut message = Vec::new();
	message.extend(kind.envelope_byte());
	let payload_length = signed.len().saturating_add(protection.len());
	Header { list: true, payload_length }.encode(&mut message);
	message.extend(signed);
	message.extend(&protection);
	B256::new(keccak_256(&message))
}
