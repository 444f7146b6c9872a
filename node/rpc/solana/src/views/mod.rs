// SPDX-License-Identifier: Apache-2.0
//! What callers get.

mod account;
mod amount;
mod error;
mod meta;
mod transaction;

pub(crate) use account::{accounts, keyed};
pub(crate) use amount::amount;
pub(crate) use error::{outcome, transaction_error};
pub(crate) use meta::{base58, inner, logs, return_data, token_balances};
pub(crate) use transaction::{Rendered, Rendering};
