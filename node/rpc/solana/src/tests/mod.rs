// SPDX-License-Identifier: Apache-2.0
//! The methods over a chain that says what the test wants.

mod accounts;
mod blocks;
mod chain;
pub(crate) mod double;
mod parsed;
mod send;
mod server;
mod subscriptions;
mod tokens;
