// SPDX-License-Identifier: Apache-2.0
//! The `unum_` JSON-RPC methods.
//!
//! | method | answers |
//! |---|---|
//! | `unum_engines` | the chain's VMs with their opcodes and switches |
//! | `unum_addressOf` | the address of an id_com on a VM, in that chain's notation |
//! | `unum_resolve` | the id_com that owns an address |
//! | `unum_addresses` | every address of an id_com, and how it belongs to it |
//! | `unum_ownerOf` | the id_com behind an address, and how the address belongs to it |
//! | `unum_bindingMessage` | what a wallet has to sign so that an id_com can bind it |
//! | `unum_balances` | all that an id_com has: the native coin and every token |
//! | `unum_token` | a token as each VM sees it, by its mint or by an address of it |
//! | `unum_holding` | what an id_com has of a token, as each VM sees it |
//! | `unum_receipt` | the receipt of a transaction, by its hash |
//! | `unum_receipts` | the receipts of a block |
//! | `unum_checkState` | the storage invariants that do not hold: none, on a healthy chain (unsafe: it reads all of the state) |
//!
//! Everything here is a view: what a VM is, what an address means and why a transaction is refused is
//! asked of the runtime of the block at hand, so a runtime upgrade brings new VMs to an old node. The
//! one thing that the node keeps itself is the index from transaction hash to receipt
//! ([`ReceiptIndex`]).

mod api;
mod chain;
mod error;
mod pool;
mod receipts;
mod views;
mod wallet;
mod wallet_views;

pub use api::{UnumRpc, UnumRpcServer};
pub use chain::{BlockId, VmId};
pub use error::RpcError;
pub use pool::{ExplainedError, ExplainingPool};
pub use receipts::{follow_chain, ReceiptIndex};
pub use views::{EngineView, LogView, ReceiptView, WeightView};
pub use wallet::{WalletRpc, WalletRpcServer};
pub use wallet_views::{
	AddressView, AddressesView, BalanceView, BindingMessageView, Erc20View, HoldingView, OwnerView,
	SplAccountState, SplMintView, TokenView,
};
