// SPDX-License-Identifier: Apache-2.0
//! Every limit that a sender can observe, with the reason for its number.

/// Longest transaction, in bytes: 128 KiB, as geth's pool has it (`txMaxSize`), and as long as any
/// payload of this chain may be.
pub const MAX_TRANSACTION_BYTES: u32 = 128 * 1024;

/// Longest initcode of a transaction that creates a contract, in bytes: twice the longest code
/// ([EIP-3860]).
///
/// [EIP-3860]: https://eips.ethereum.org/EIPS/eip-3860
pub const MAX_INITCODE_BYTES: u32 = 49_152;

/// Most gas that one transaction may ask for: 2^24 ([EIP-7825], since Osaka).
///
/// [EIP-7825]: https://eips.ethereum.org/EIPS/eip-7825
pub const MAX_TRANSACTION_GAS: u64 = 16_777_216;
