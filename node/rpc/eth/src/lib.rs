// SPDX-License-Identifier: Apache-2.0
//! The Ethereum JSON-RPC of the node.
//!
//! ```text
//!   wallet ──► jsonrpsee ──► api ──► lookup ──┬─► EthereumIndex   blocks, transactions, logs
//!              params        errors           └─► EthereumChain   state, calls, pool, news
//!                            views  ◄── what the runtime says (unum-ethereum-view)
//! ```
//!
//! [`module`] has all of them; the chain behind them is whatever implements [`EthereumChain`].
//!
//! | methods | answer |
//! |---|---|
//! | `eth_chainId`, `eth_blockNumber`, `eth_syncing`, `eth_accounts` | the chain as a whole |
//! | `eth_getBalance`, `eth_getTransactionCount`, `eth_getCode`, `eth_getStorageAt` | accounts |
//! | `eth_gasPrice`, `eth_maxPriorityFeePerGas`, `eth_blobBaseFee`, `eth_feeHistory` | what gas costs |
//! | `eth_getBlockByHash`, `eth_getBlockByNumber`, `eth_getBlockReceipts`, `eth_getBlockTransactionCountByHash`, `eth_getBlockTransactionCountByNumber` | blocks |
//! | `eth_getUncleByBlockHashAndIndex`, `eth_getUncleByBlockNumberAndIndex`, `eth_getUncleCountByBlockHash`, `eth_getUncleCountByBlockNumber` | that there are no uncles |
//! | `eth_getTransactionByHash`, `eth_getTransactionByBlockHashAndIndex`, `eth_getTransactionByBlockNumberAndIndex`, `eth_getTransactionReceipt`, `eth_getRawTransactionByHash` | transactions |
//! | `eth_sendRawTransaction` | the hash of a transaction that the pool has taken |
//! | `eth_call`, `eth_estimateGas`, `eth_createAccessList`, `eth_simulateV1` | what would come of something |
//! | `eth_getLogs`, `eth_newFilter`, `eth_newBlockFilter`, `eth_newPendingTransactionFilter`, `eth_getFilterChanges`, `eth_getFilterLogs`, `eth_uninstallFilter` | logs, and what is new |
//! | `eth_subscribe`, `eth_unsubscribe` | `newHeads`, `logs`, `newPendingTransactions`, `syncing`, as they come |
//! | `eth_sendTransaction`, `eth_sign`, `eth_signTransaction`, `eth_coinbase`, `eth_getProof` | why this node can't |
//! | `net_version`, `net_listening`, `net_peerCount`, `web3_clientVersion`, `web3_sha3` | the node and its network |
//! | `txpool_status`, `txpool_content`, `txpool_contentFrom`, `txpool_inspect` | the pool |
//! | `debug_getRawHeader`, `debug_getRawBlock` | the chain's own header and block, in SCALE |
//! | `debug_traceTransaction`, `debug_traceCall`, `debug_traceBlockByNumber`, `debug_traceBlockByHash` | how something ran, by geth's tracers |
//! | `debug_getRawTransaction`, `debug_getRawReceipts` | Ethereum's encodings |
//!
//! Names, shapes, codes and sentences are those of [execution-apis] and geth. What differs:
//!
//! * A block's hash is that of the chain's own header, and so are its roots. They are not the hashes
//!   of the fields that are shown.
//! * An extrinsic that is no Ethereum transaction is shown as a legacy transaction whose signature is
//!   zeros. Its hash is the extrinsic's.
//! * "safe" is "finalized". "pending" is the state of the latest block, with the pool's transactions
//!   counted into nonces and shown in the block, but not run.
//! * Nothing is signed, and there are no proofs.
//!
//! Types are those of `alloy-rpc-types-eth` where they say what geth says. Parameters, headers,
//! transactions and receipts are this crate's own: alloy's read numbers in forms that geth refuses,
//! have no null hash in a pending block and no signature of zeros.
//!
//! All that a caller can exhaust has a bound in [`limits`]. Methods that ask the chain or the index run
//! on threads that may block.
//!
//! [execution-apis]: https://github.com/ethereum/execution-apis

#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_wrap,
		clippy::cast_sign_loss
	)
)]

mod api;
mod calls;
pub mod chain;
mod convert;
mod errors;
mod fees;
mod filters;
pub mod limits;
mod logs;
mod lookup;
pub mod params;
mod pending;
mod poll;
mod pool;
mod revert;
mod simulation;
mod traces;
pub mod views;

pub use api::{
	module, BlocksApiServer, CallsApiServer, ChainApiServer, DebugApiServer, EthereumRpc,
	FeesApiServer, FiltersApiServer, NetApiServer, RefusedApiServer, StateApiServer,
	SubscriptionsApiServer, SyncingJson, TraceApiServer, TransactionsApiServer, TxpoolApiServer,
	Web3ApiServer,
};
pub use calls::output;
pub use chain::{ChainError, EthereumChain, PoolContent, SubmitError, SyncProgress};
pub use errors::EthError;
pub use filters::FilterChanges;
pub use lookup::{FoundTransaction, Node};
pub use pool::{ByNonce, BySender, PoolJson};
pub use simulation::{CallErrorJson, CallJson, SimulatedBlockJson};
pub use traces::TracedTransaction;

#[cfg(test)]
mod tests;
