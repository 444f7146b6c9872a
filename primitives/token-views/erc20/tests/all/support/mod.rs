// SPDX-License-Identifier: Apache-2.0
//! What the tests share.

pub(crate) mod book_host;
pub(crate) mod calldata;
pub(crate) mod deeds;
pub(crate) mod evm;
pub(crate) mod scene;
pub(crate) mod steps;
pub(crate) mod tally;
pub(crate) mod wallet;
