// SPDX-License-Identifier: Apache-2.0
//! Blocks, transactions, receipts and logs as JSON, field by field as geth has them.

mod block;
mod log;
mod receipt;
mod transaction;

pub use block::{BlockJson, HeaderJson, TransactionsJson};
pub use log::{log_json, LogJson};
pub use receipt::{receipts, Receipt, ReceiptJson};
pub use transaction::{Inclusion, TransactionFields, TransactionJson};

pub(crate) use block::empty_header;
pub(crate) use log::{bloom, plain};
