// SPDX-License-Identifier: Apache-2.0
//! What the node's RPC servers for other chains' clients share.
//!
//! - [`database`]: an embedded database ([SQLite](https://sqlite.org)) that can always be made again from
//!   the chain, with one connection that writes and some that read meanwhile;
//! - [`Gate`]: how many may ask the runtime at once;
//! - [`Broadcast`]: news for many readers.
//!
//! Nothing here knows a chain.

#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_possible_wrap,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

mod broadcast;
pub mod database;
mod gate;

pub use broadcast::Broadcast;
pub use gate::{Gate, Inside};
