// SPDX-License-Identifier: Apache-2.0
//! Domain separation: one list of tags, one function that hashes.

use sha2::{Digest, Sha256};

/// What a hash is made for.
///
/// A value of this type is one of the constants below: the list is closed, so that its one
/// invariant can be tested.
///
/// # Invariants
/// No tag is a prefix of another. Then `tag ‖ input` can be read in one way only, and no input of one
/// domain, whatever its length, collides with an input of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Domain(&'static str);

impl Domain {
	/// id_com to its EVM address.
	pub const EVM: Self = Self("evm:");
	/// id_com to its Tron address.
	pub const TRON: Self = Self("tron:");
	/// id_com to its Solana address.
	pub const SVM: Self = Self("svm:");
	/// id_com to its Bitcoin witness program.
	pub const BVM: Self = Self("bvm:");
	/// Ethereum address to the id_com that it has while unbound.
	pub const LEGACY_EVM: Self = Self("ace-legacy-evm");
	/// Tron address to the id_com that it has while unbound.
	pub const LEGACY_TRON: Self = Self("ace-legacy-tron");
	/// Solana address to the id_com that it has while unbound.
	pub const LEGACY_SOLANA: Self = Self("ace-legacy-solana");
	/// Bitcoin output script to the id_com that it has while unbound.
	pub const LEGACY_BTC_OUTPUT: Self = Self("ace-legacy-btc-output");
	/// EVM address to the one-way form that contracts may read.
	pub const ACE_FROM_EVM: Self = Self("ace_from_evm:");
	/// Creator and salt to the identifier of a token.
	pub const MINT: Self = Self("unum-mint");
	/// Token to the address of its ERC-20 and TRC-20 view.
	pub const ERC20_ADDRESS: Self = Self("erc20-addr:");

	/// List of an identity's methods to the identity.
	pub const ID_COM: Self = Self("ace-id-com:v1");
	/// ML-DSA-44 public key to the commitment that stands for it.
	pub const ML_DSA_44: Self = Self("ace-mldsa44:v1");

	/// Hash of a block to the blockhash that Solana's wallets put into transactions.
	pub const SVM_BLOCKHASH: Self = Self("unum-svm-blockhash");

	/// Every domain there is.
	pub const ALL: [Self; 14] = [
		Self::EVM,
		Self::TRON,
		Self::SVM,
		Self::BVM,
		Self::LEGACY_EVM,
		Self::LEGACY_TRON,
		Self::LEGACY_SOLANA,
		Self::LEGACY_BTC_OUTPUT,
		Self::ACE_FROM_EVM,
		Self::MINT,
		Self::ERC20_ADDRESS,
		Self::ID_COM,
		Self::ML_DSA_44,
		Self::SVM_BLOCKHASH,
	];

	/// The bytes that go in front of the input.
	pub const fn tag(self) -> &'static str {
		self.0
	}
}

/// Hashes `parts`, one after the other, in `domain`: `SHA-256(tag ‖ parts[0] ‖ parts[1] ‖ …)`.
///
/// The parts are not separated from each other: a caller that hashes more than one part gives all of
/// them but the last a fixed length.
///
/// # Examples
/// ```
/// use unum_id_com::{tagged_sha256, Domain};
/// let id_com = [1u8; 32];
/// assert_ne!(tagged_sha256(Domain::EVM, &[&id_com]), tagged_sha256(Domain::TRON, &[&id_com]));
/// ```
pub fn tagged_sha256(domain: Domain, parts: &[&[u8]]) -> [u8; 32] {
	let mut hasher = Sha256::new_with_prefix(domain.tag());
	for part in parts {
		hasher.update(part);
	}
	hasher.finalize().into()
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn no_tag_is_the_beginning_of_another() {
		for (i, a) in Domain::ALL.iter().enumerate() {
			for (j, b) in Domain::ALL.iter().enumerate() {
				assert!(
					i == j || !b.tag().starts_with(a.tag()),
					"{} begins with {}",
					b.tag(),
					a.tag()
				);
			}
		}
	}

	#[test]
	fn a_tagged_hash_is_plain_sha256_of_the_concatenation() {
		// `printf 'evm:' | sha256sum`
		assert_eq!(
			hex::encode(tagged_sha256(Domain::EVM, &[])),
			"46352c0d8591cf8dca543971cd25d9f035d93e965bf8aefbd6711263da8290c3"
		);
		assert_eq!(
			tagged_sha256(Domain::MINT, &[b"ab", b"c"]),
			<[u8; 32]>::from(Sha256::digest(b"unum-mintabc"))
		);
	}

	proptest! {
		#[test]
		fn different_domains_never_agree(
			input in prop::collection::vec(any::<u8>(), 0..80),
			a in 0..Domain::ALL.len(),
			b in 0..Domain::ALL.len(),
		) {
			prop_assume!(a != b);
			prop_assert_ne!(
				tagged_sha256(Domain::ALL[a], &[&input]),
				tagged_sha256(Domain::ALL[b], &[&input])
			);
		}
	}
}
