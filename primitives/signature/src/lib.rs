// SPDX-License-Identifier: Apache-2.0
//! Signatures of the wallets of every chain: strict verification of their schemes, and of the messages that they sign for people.

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
