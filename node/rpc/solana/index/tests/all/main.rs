// SPDX-License-Identifier: Apache-2.0
//! The index of the Solana JSON-RPC.

mod crash;
mod files;
mod history;
mod support;
mod trees;
