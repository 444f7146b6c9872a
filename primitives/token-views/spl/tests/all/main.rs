// SPDX-License-Identifier: Apache-2.0
//! The SPL Token view against upstream's fixtures, its own invariants and a ledger in memory.

mod addresses;
mod chain;
mod draws;
mod fixtures;
mod images;
mod instructions;
mod mints;
mod multisigs;
mod native;
mod properties;
mod views;
mod world;
