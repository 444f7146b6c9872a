// SPDX-License-Identifier: Apache-2.0
//! Every limit that a caller can observe, with the reason for its number.

use std::time::Duration;

/// Most blocks that one query of logs may span if it names neither an address nor a topic: as many as
/// the large providers allow. Each of them is read.
pub const MAX_LOG_BLOCKS: u64 = 10_000;

/// Most blocks that one query of logs may span if the index narrows it down by an address or a topic.
pub const MAX_INDEXED_LOG_BLOCKS: u64 = 1_000_000;

/// Most logs in one answer. Infura's number; clients know the sentence and halve their range.
pub const MAX_LOGS: usize = 10_000;

/// Most positions of topics in a filter: a log has no more.
pub const MAX_TOPICS: usize = 4;

/// Most alternatives at one position of a filter's topics, and most addresses (geth's
/// `--rpc.logquerylimit`).
pub const MAX_ALTERNATIVES: usize = 1_000;

/// Most blocks of `eth_feeHistory` (geth: `maxBlockFetchers`' outer limit).
pub const MAX_FEE_HISTORY_BLOCKS: u64 = 1_024;

/// Most percentiles of `eth_feeHistory` (geth's `maxQueryLimit`).
pub const MAX_PERCENTILES: usize = 100;

/// Recent blocks from which a tip is suggested (geth's default).
pub const TIP_BLOCKS: u64 = 20;

/// Where among the tips of those blocks the suggested one stands, in percent (geth's default).
pub const TIP_PERCENTILE: usize = 60;

/// Lowest tips that are taken from each of those blocks (geth's `sampleNumber`).
pub const TIPS_PER_BLOCK: usize = 3;

/// The least that is suggested as a tip: a million wei, which is next to nothing.
pub const MIN_TIP: u128 = 1_000_000;

/// Highest tip that is suggested, in wei: 500 gwei (geth's default).
pub const MAX_TIP: u128 = 500_000_000_000;

/// Most blocks of `eth_simulateV1`, those that fill gaps included (execution-apis).
pub const MAX_SIMULATED_BLOCKS: u64 = 256;

/// Most calls of one `eth_simulateV1`.
pub const MAX_SIMULATED_CALLS: usize = 1_000;

/// Seconds between two simulated blocks whose times are not given (execution-apis).
pub const SIMULATED_BLOCK_SECONDS: u64 = 12;

/// Longest calldata or init code of a call that is only tried out, in bytes: eight times what a
/// transaction may have, because tools run contracts in their constructors.
pub const MAX_CALL_INPUT: usize = 8 * 128 * 1024;

/// Most entries of a call's access list, addresses and slots together.
pub const MAX_ACCESS_LIST: usize = 10_000;

/// Most authorizations of a call.
pub const MAX_AUTHORIZATIONS: usize = 1_000;

/// Most accounts, and most slots of all of them, that a call overrides.
pub const MAX_OVERRIDES: usize = 10_000;

/// Most times that a call is run to find its access list. The list settles after two or three.
pub const MAX_ACCESS_LIST_ROUNDS: usize = 8;

/// Most filters at once; the oldest unused ones expire first.
pub const MAX_FILTERS: usize = 1_000;

/// How long a filter lives after it was last asked for (geth's default).
pub const FILTER_IDLE: Duration = Duration::from_secs(5 * 60);

/// Most blocks that a filter catches up with at once. One that is further behind has expired.
pub const MAX_FILTER_BLOCKS: usize = 10_000;

/// Most transactions of the pool that are told of in one answer, and in a pending block.
pub const MAX_POOL_ITEMS: usize = 10_000;

/// How often the subscription `syncing` looks.
pub const SYNCING_INTERVAL: Duration = Duration::from_secs(2);
