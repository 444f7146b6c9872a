// SPDX-License-Identifier: Apache-2.0
//! Tokens of the ledger as accounts of Solana's SPL Token program: images, addresses and instructions.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;
