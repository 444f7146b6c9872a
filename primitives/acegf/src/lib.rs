// SPDX-License-Identifier: Apache-2.0
//! Identities that are a list of methods: the commitment, and, for wallets, recovery phrase and key streams.

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
