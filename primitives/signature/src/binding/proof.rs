// SPDX-License-Identifier: Apache-2.0
//! How a wallet proves that it made a statement.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};

/// The witness of a virtual transaction: the longest one that is accepted has two items, of at most
/// 73 bytes.
pub type Witness = BoundedVec<BoundedVec<u8, ConstU32<80>>, ConstU32<2>>;

/// A wallet's signature over the text of a [`BindingStatement`](super::BindingStatement).
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
#[scale_info(capture_docs = "always")]
pub enum BindingProof {
	/// Ethereum: `personal_sign` (EIP-191).
	#[codec(index = 1)]
	Evm {
		/// `r ‖ s ‖ v` with a low `s` and `v` 27 or 28.
		signature: [u8; 65],
	},
	/// Solana: `signMessage`, over the bytes of the text.
	#[codec(index = 2)]
	Svm {
		/// `R ‖ s`.
		signature: [u8; 64],
	},
	/// Bitcoin, P2WPKH and P2TR by the key path: BIP-322 in the simple form.
	#[codec(index = 3)]
	Bvm322 {
		/// The items of the witness.
		witness: Witness,
	},
	/// Tron: `signMessageV2`.
	#[codec(index = 4)]
	Tvm {
		/// `r ‖ s ‖ v` with a low `s` and `v` 27 or 28.
		signature: [u8; 65],
	},
	/// Bitcoin, P2PKH: `signmessage`.
	#[codec(index = 5)]
	BvmLegacy {
		/// `header ‖ r ‖ s` with a low `s` and a header of 27 to 34.
		signature: [u8; 65],
	},
}
