// SPDX-License-Identifier: Apache-2.0
//! Every limit that a caller can observe, with the reason for its number. Those without one are Agave's
//! (`rpc-client-types/src/request.rs`).

/// Most accounts of one request.
pub const MAX_MULTIPLE_ACCOUNTS: usize = 100;

/// Most signatures whose status is asked for at once.
pub const MAX_SIGNATURE_STATUSES: usize = 256;

/// For how many slots a status is told without a search of the history.
pub const RECENT_SLOTS: u64 = 300;

/// Most signatures of one page of an address.
pub const MAX_HISTORY: usize = 1_000;

/// Most slots that one request for blocks spans.
pub const MAX_BLOCK_RANGE: u64 = 500_000;

/// Most filters of a request for a program's accounts.
pub const MAX_FILTERS: usize = 4;

/// Most bytes that a filter compares.
pub const MAX_MEMCMP: usize = 128;

/// Most accounts of a program in one answer. Agave has no limit; each account is read and held in
/// memory here.
pub const MAX_PROGRAM_ACCOUNTS: usize = 100_000;

/// Accounts of a program that the runtime is asked for at once.
pub const PROGRAM_PAGE: u32 = 1_000;

/// Most token accounts of an owner in one answer.
pub const MAX_TOKEN_ACCOUNTS: u32 = 10_000;

/// How many of the largest accounts are told.
pub const LARGEST_ACCOUNTS: usize = 20;

/// Most leaders of slots at once.
pub const MAX_SLOT_LEADERS: u64 = 5_000;

/// Most samples of performance at once.
pub const MAX_SAMPLES: usize = 720;

/// Slots of one sample: a minute of them.
pub const SAMPLE_SLOTS: u64 = 150;

/// For how many slots fees are told.
pub const FEE_SLOTS: u64 = 150;

/// Most accounts whose fees are asked for.
pub const MAX_FEE_ACCOUNTS: usize = 128;

/// Longest data that base58 is made of: it takes time in the square of the length.
pub const MAX_BASE58_DATA: usize = 128;

/// Longest transaction, in bytes.
pub const MAX_TRANSACTION: usize = 1_232;

/// Longest transaction in base58.
pub const MAX_BASE58_TRANSACTION: usize = 1_683;

/// Longest transaction in base64.
pub const MAX_BASE64_TRANSACTION: usize = 1_644;

/// For how many slots a transaction is tried again that was sent without a preflight: for as long as the
/// newest blockhash is taken.
pub const RETRIED_SLOTS: u64 = 150;

/// Most transactions that wait to be tried again, none longer than [`MAX_TRANSACTION`]: the runtime is
/// asked about each with each block.
pub const MAX_HELD: usize = 128;

/// Longest request, in bytes. A batch has as many requests as fit in, as upstream.
pub const MAX_REQUEST: u32 = 50 * 1_024;

/// Longest answer, in bytes: a block or the accounts of a program can be large.
pub const MAX_RESPONSE: u32 = 128 * 1_024 * 1_024;

/// Most connections at once, each for HTTP and for websockets.
pub const MAX_CONNECTIONS: u32 = 1_000;

/// Most subscriptions of a connection.
pub const MAX_SUBSCRIPTIONS: u32 = 1_000;

/// Slots of an epoch. Nothing here depends on epochs.
pub const SLOTS_PER_EPOCH: u64 = 432_000;

/// Lamports that an account needs for each byte, for ever: 3,480 a year for two years.
pub const LAMPORTS_PER_BYTE: u64 = 6_960;

/// Bytes that an account is charged beyond its data.
pub const ACCOUNT_OVERHEAD: u64 = 128;
