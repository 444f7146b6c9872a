// SPDX-License-Identifier: Apache-2.0
//! What `pallet_transaction_payment` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-29, on Intel(R) Xeon(R) Processor: 12 steps, 8 repetitions.
//!
//! Each access to the database has the runtime's own price. The chain stands alone, so nothing has to be
//! proven to others and the proof size is zero.

use core::marker::PhantomData;
// Not used for a pallet whose calls by themselves touch no storage.
#[allow(unused_imports)]
use frame_support::traits::Get;
use frame_support::weights::Weight;

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_transaction_payment::WeightInfo for Measured<T> {
	fn charge_transaction_payment() -> Weight {
		Weight::from_parts(14_940_000, 0)
	}
}
