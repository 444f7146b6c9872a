// SPDX-License-Identifier: Apache-2.0
//! Bitcoin before Segwit: `signmessage`, for P2PKH outputs, the "legacy" form of BIP-322.
//!
//! The header bytes above 34 with which some wallets sign for Segwit outputs ([BIP-137]) are
//! refused: BIP-322 is the form for those.
//!
//! [BIP-137]: https://github.com/bitcoin/bips/blob/master/bip-0137.mediawiki

use alloc::vec::Vec;

use crate::{
	hash::sha256d,
	schemes::secp256k1::{recover, EcdsaSignature, KeyForm, RecoveryId},
	SignatureError,
};

/// The first byte is the length of the rest.
const PREFIX: &[u8] = b"\x18Bitcoin Signed Message:\n";

/// The smallest header byte; from 31 on the key was hashed in its compressed form.
const HEADER_MIN: u8 = 27;

/// The hash that a wallet signs for `message`.
pub fn message_hash(message: &[u8]) -> [u8; 32] {
	sha256d(&[PREFIX, &compact_size(message.len()), message])
}

/// Verifies that the wallet whose P2PKH output has `hash` signed `message`: `header ‖ r ‖ s`, where
/// the header is 27 to 34.
///
/// # Errors
/// [`SignatureError::InvalidRecoveryByte`] for another header, [`SignatureError::MalformedSignature`],
/// [`SignatureError::HighS`] and [`SignatureError::Mismatch`].
pub fn verify(hash: &[u8; 20], message: &[u8], signature: &[u8; 65]) -> Result<(), SignatureError> {
	let [header, compact @ ..] = signature;
	let (id, form) = read_header(*header)?;
	let signature = EcdsaSignature::from_compact(compact)?;
	match recover(&message_hash(message), &signature, id)?.hash160(form) == *hash {
		true => Ok(()),
		false => Err(SignatureError::Mismatch),
	}
}

/// Bits 0 and 1 of what the header has above 27 say which key, bit 2 in which form.
fn read_header(header: u8) -> Result<(RecoveryId, KeyForm), SignatureError> {
	let bits = header.checked_sub(HEADER_MIN).ok_or(SignatureError::InvalidRecoveryByte)?;
	let form = match bits {
		0..=3 => KeyForm::Uncompressed,
		4..=7 => KeyForm::Compressed,
		_ => return Err(SignatureError::InvalidRecoveryByte),
	};
	Ok((RecoveryId::from_bits(bits & 3)?, form))
}

/// Bitcoin's integer of one, three or five bytes. A length above 2^32 does not occur: a message lies
/// in memory, and an extrinsic is far smaller.
pub(super) fn compact_size(length: usize) -> Vec<u8> {
	if let Ok(byte @ ..=0xfc) = u8::try_from(length) {
		return [byte].to_vec();
	}
	match u16::try_from(length) {
		Ok(short) => [&[0xfd], &short.to_le_bytes()[..]].concat(),
		Err(_) => {
			let long = u32::try_from(length).unwrap_or(u32::MAX);
			[&[0xfe], &long.to_le_bytes()[..]].concat()
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_length_takes_one_three_or_five_bytes() {
		assert_eq!(compact_size(0), [0]);
		assert_eq!(compact_size(252), [252]);
		assert_eq!(compact_size(253), [253, 253, 0]);
		assert_eq!(compact_size(65_535), [253, 255, 255]);
		assert_eq!(compact_size(65_536), [254, 0, 0, 1, 0]);
	}

	#[test]
	fn the_header_is_27_to_34() {
		for header in 0..=u8::MAX {
			let form = read_header(header).map(|(_, form)| form);
			match header {
				27..=30 => assert_eq!(form, Ok(KeyForm::Uncompressed)),
				31..=34 => assert_eq!(form, Ok(KeyForm::Compressed)),
				_ => assert_eq!(form, Err(SignatureError::InvalidRecoveryByte)),
			}
		}
	}
}
