// SPDX-License-Identifier: Apache-2.0
//! Tests of the public interface: transactions of wallets, what upstream's own crates say about random
//! ones, what holds for every transaction, each rule, and what a wallet makes.

mod budget;
mod compile;
mod properties;
mod resolved;
mod rules;
mod signatures;
mod support;
mod upstream;
mod wallets;
