// SPDX-License-Identifier: Apache-2.0
//! The state as blocks read and close it: [`State`] is a state of the client's, with what earlier blocks have
//! left in [`Memory`].
//!
//! The client's own cache of the trie keeps nodes by hash and values by root: since each block has another
//! root, nearly every first look at a value goes through the trie again. Here values stay known from block
//! to block, until they change. And the root is computed by all threads, in one walk from the top
//! (`root`), where the SDK changes one key after the other. What it makes of the trie is the same, to the
//! last node and count.

mod lru;
mod nibbles;
mod node;
mod nodes;
mod root;
mod state;
mod values;

pub use state::{Iter, Memory, State};
pub use values::Value;
