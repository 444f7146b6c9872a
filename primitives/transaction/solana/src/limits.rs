// SPDX-License-Identifier: Apache-2.0
//! Every limit that a sender can observe, with the reason for its number.

/// Longest transaction, in bytes: what is left of the smallest packet that every IPv6 network carries
/// (1,280), after its headers (`PACKET_DATA_SIZE`, solana-packet 4.2).
pub const MAX_TRANSACTION_BYTES: u16 = 1_232;

/// Most accounts that a message can name, those of lookup tables included: positions are bytes
/// (solana-message 4.4, `v0::Message::sanitize`).
pub const MAX_ACCOUNTS: usize = 256;

/// Most accounts that a transaction may name: Solana's main network has 64, and 128 once
/// `increase_tx_account_lock_limit` is active there (agave-feature-set 4.2, SIMD-83 comes first).
pub const MAX_ACCOUNT_LOCKS: usize = 64;

/// Most instructions of a message (SIMD-160, `MAX_INSTRUCTION_TRACE_LENGTH` of
/// solana-transaction-context 4.2).
pub const MAX_INSTRUCTIONS: usize = 64;

/// Most accounts of one instruction, repeated ones included (SIMD-406,
/// `MAX_ACCOUNTS_PER_INSTRUCTION` of solana-transaction-context 4.2).
pub const MAX_INSTRUCTION_ACCOUNTS: usize = 255;

/// Most compute units of a transaction (`MAX_COMPUTE_UNIT_LIMIT`, solana-compute-budget 4.2).
pub const MAX_COMPUTE_UNITS: u32 = 1_400_000;

/// Compute units that an instruction adds to the default limit
/// (`DEFAULT_INSTRUCTION_COMPUTE_UNIT_LIMIT`, solana-compute-budget 4.2).
pub const INSTRUCTION_COMPUTE_UNITS: u32 = 200_000;

/// The same for an instruction of a built-in program (SIMD-170,
/// `MAX_BUILTIN_ALLOCATION_COMPUTE_UNIT_LIMIT`).
pub const BUILTIN_INSTRUCTION_COMPUTE_UNITS: u32 = 3_000;

/// Bytes of heap of a program that did not ask for more (`MIN_HEAP_FRAME_BYTES`): 32 KiB.
pub const MIN_HEAP_BYTES: u32 = 32 * 1024;

/// Most bytes of heap (`MAX_HEAP_FRAME_BYTES`): 256 KiB.
pub const MAX_HEAP_BYTES: u32 = 256 * 1024;

/// Heaps are asked for in KiB (`sanitize_requested_heap_size`, solana-compute-budget-instruction 4.2).
pub const HEAP_STEP_BYTES: u32 = 1024;

/// Most bytes of accounts that a transaction loads, and what it may load if it does not say
/// (`MAX_LOADED_ACCOUNTS_DATA_SIZE_BYTES`): 64 MiB.
pub const MAX_LOADED_ACCOUNTS_BYTES: u32 = 64 * 1024 * 1024;

/// Parts of a lamport in which the price of a compute unit is given (`MICRO_LAMPORTS_PER_LAMPORT`).
pub const MICRO_LAMPORTS: u128 = 1_000_000;
