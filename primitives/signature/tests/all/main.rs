// SPDX-License-Identifier: Apache-2.0
//! Tests of the public interface: the schemes against outside vectors, the messages against those of
//! the wallets' own libraries, and what holds for every key, statement and proof.

mod bindings;
mod bip322;
mod bip340;
mod ed25519;
mod keys;
mod messages;
mod ml_dsa_44;
mod properties;
mod wallets;
mod wycheproof;
