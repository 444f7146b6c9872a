// SPDX-License-Identifier: Apache-2.0
//! The signature schemes, one module for each.
//!
//! | scheme | public key | signature | strict means |
//! |---|---|---|---|
//! | [`secp256k1`] ECDSA | 33 or 65 bytes | 64, DER, or 65 with the recovery byte | low `s` only; the one DER form ([BIP-66]); `r`, `s` in 1..n |
//! | [`schnorr`] ([BIP-340]) | 32 bytes, x only | 64 bytes | as the standard says |
//! | [`ed25519`] | 32 bytes | 64 bytes | `verify_strict` of ed25519-dalek: no point of small order, `s` below the order, no cofactor |
//! | [`sr25519`] | 32 bytes | 64 bytes | marked signatures only; the identity is no key |
//! | [`ml_dsa_44`] ([FIPS 204]) | 1312 bytes | 2420 bytes | as the standard says, pure mode |
//!
//! The libraries are k256, ed25519-dalek, schnorrkel and ml-dsa. No function here panics or takes
//! time that its input, beyond the length, could raise.
//!
//! [BIP-66]: https://github.com/bitcoin/bips/blob/master/bip-0066.mediawiki
//! [BIP-340]: https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki
//! [FIPS 204]: https://csrc.nist.gov/pubs/fips/204/final

pub mod ed25519;
pub mod ml_dsa_44;
pub mod schnorr;
pub mod secp256k1;
pub mod sr25519;
