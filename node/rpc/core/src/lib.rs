// SPDX-License-Identifier: Apache-2.0
//! The `unum_` JSON-RPC methods.
//!
//! | method | answers |
//! |---|---|
//! | `unum_engines` | the chain's VMs with their opcodes and switches |
//! | `unum_addressOf` | the address of an id_com on a VM, in that chain's notation |
//! | `unum_resolve` | the id_com that owns an address |
//! | `unum_receipt` | the receipt of a transaction, by its hash |
//! | `unum_receipts` | the receipts of a block |
//! | `unum_checkState` | the storage invariants that do not hold: none, on a healthy chain (unsafe: it reads all of the state) |
//!
//! Everything here is a view: what a VM is, what an address means and why a transaction is refused is
//! asked of the runtime of the block at hand, so a runtime upgrade brings new VMs to an old node. The
//! one thing that the node keeps itself is the index from transaction hash to receipt
//! ([`ReceiptIndex`]).

mod api;
mod error;
mod pool;
mod receipts;
mod views;

pub use api::{UnumRpc, UnumRpcServer};
pub use error::RpcError;
pub use pool::{ExplainedError, ExplainingPool};
pub use receipts::{follow_chain, ReceiptIndex};
pub use views::{EngineView, LogView, ReceiptView, WeightView};
