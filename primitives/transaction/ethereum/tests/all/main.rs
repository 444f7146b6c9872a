// SPDX-License-Identifier: Apache-2.0
//! Tests of the public interface: the vectors of ethereum/tests, what holds for every transaction,
//! the limits of each field, and transactions of a wallet's own library.

mod encodings;
mod gas;
mod official;
mod properties;
mod rlp;
mod rules;
mod wallets;
