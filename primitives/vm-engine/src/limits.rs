// SPDX-License-Identifier: Apache-2.0
//! Every limit of dispatcher and identities that a user can observe, with the reason for its number.

/// Longest payload that is accepted, in bytes, opcode included: 128 KiB.
///
/// Room for the largest contract that the EVM may create (EIP-3860 initcode: 48 KiB) with its
/// arguments and for any Solana or Bitcoin transaction, while forty of them still fit a block.
pub const MAX_PAYLOAD_BYTES: u32 = 128 * 1024;

/// Longest sentence that a failed call may leave in a receipt, in bytes of UTF-8.
///
/// A sentence with two 32-byte identifiers and two 39-digit amounts fits.
pub const MAX_MESSAGE_BYTES: u32 = 320;

/// How many addresses an identity can have bound at a time: more wallets than anybody has, and few
/// enough to be listed at once.
pub const MAX_BINDINGS: u32 = 32;

/// How many authentication keys an identity can have: each is checked when one is added.
pub const MAX_AUTH_KEYS: u32 = 8;

/// How many calls from one VM into another can be open at a time within one transaction.
///
/// A contract calls a program that calls back into a contract, twice over. Each open call holds a whole
/// VM on the runtime's stack and in its memory.
pub const MAX_VM_CALL_DEPTH: u32 = 4;
