// SPDX-License-Identifier: Apache-2.0
//! What callers get.

mod account;
mod amount;
mod cost;
mod error;
mod meta;
mod simulation;
mod transaction;

pub(crate) use account::{accounts, keyed, Form};
pub(crate) use amount::amount;
pub(crate) use error::{outcome, transaction_error};
pub(crate) use meta::{base58, inner, logs, return_data, token_balances};
pub(crate) use simulation::{failed_simulation, simulation};
pub(crate) use transaction::{Rendered, Rendering};
