// SPDX-License-Identifier: Apache-2.0
//! The wallet's side of a binding, as an Ethereum wallet does it.

use core::fmt;
use k256::ecdsa::SigningKey;
use unum_address::EvmAddress;

use super::{BindingProof, BindingStatement};
use crate::{message::ethereum, schemes::secp256k1::PublicKey, SignatureError};

/// A wallet of Ethereum, by its secret key.
pub struct EvmSigner(SigningKey);

impl EvmSigner {
	/// The wallet with this secret key.
	///
	/// # Errors
	/// [`SignatureError::InvalidPublicKey`]: zero, or not below the order of the curve.
	pub fn from_secret(secret: &[u8; 32]) -> Result<Self, SignatureError> {
		let key = SigningKey::from_slice(secret).map_err(|_| SignatureError::InvalidPublicKey)?;
		Ok(Self(key))
	}

	/// Its public key.
	pub fn public_key(&self) -> PublicKey {
		PublicKey::from(*self.0.verifying_key())
	}

	/// Its address.
	pub fn address(&self) -> EvmAddress {
		self.public_key().address_20().into()
	}

	/// Signs a statement by `personal_sign`, always with the same result ([RFC 6979]).
	///
	/// # Errors
	/// [`SignatureError::MalformedSignature`], which has never been seen: the hash would have to be one
	/// in 2¹²⁸.
	///
	/// [RFC 6979]: https://www.rfc-editor.org/rfc/rfc6979
	pub fn sign(&self, statement: &BindingStatement) -> Result<BindingProof, SignatureError> {
		let hash = ethereum::message_hash(statement.message().as_bytes());
		let (rs, recovery) = self
			.0
			.sign_prehash_recoverable(&hash)
			.map_err(|_| SignatureError::MalformedSignature)?;
		let mut signature = [0; 65];
		let v = recovery.to_byte().saturating_add(27);
		let bytes = rs.to_bytes().into_iter().chain([v]);
		signature.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
		Ok(BindingProof::Evm { signature })
	}
}

impl fmt::Debug for EvmSigner {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("EvmSigner(secret)")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::verify_binding;
	use unum_address::Address;

	#[test]
	fn what_it_signs_is_its_consent() {
		let wallet = EvmSigner::from_secret(&[1; 32]).expect("a scalar");
		let address = Address::Evm(wallet.address());
		let statement =
			BindingStatement { genesis: [9; 32], id_com: [2; 32].into(), address, nonce: 3 };
		let proof = wallet.sign(&statement).expect("signs");
		assert_eq!(verify_binding(&statement, &proof), Ok(()));
		let other = BindingStatement { nonce: 4, ..statement };
		assert!(verify_binding(&other, &proof).is_err());
	}
}
