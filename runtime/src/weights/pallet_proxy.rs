// SPDX-License-Identifier: Apache-2.0
//! What `pallet_proxy` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 6 steps, 4 repetitions.
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

impl<T: frame_system::Config> pallet_proxy::WeightInfo for Measured<T> {
	// Storage: `Proxy::Proxies` (r:1 w:0)
	// `p` is from 1 to 31.
	fn proxy(p: u32) -> Weight {
		Weight::from_parts(15_568_280, 0)
			// Standard error: 64_909
			.saturating_add(Weight::from_parts(1_409, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn proxy_announced(_a: u32, p: u32) -> Weight {
		Weight::from_parts(63_239_547, 0)
			// Standard error: 99_980
			.saturating_add(Weight::from_parts(105_945, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn remove_announcement(a: u32, p: u32) -> Weight {
		Weight::from_parts(31_556_416, 0)
			// Standard error: 87_972
			.saturating_add(Weight::from_parts(246_309, 0).saturating_mul(a.into()))
			// Standard error: 91_537
			.saturating_add(Weight::from_parts(193_859, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn reject_announcement(a: u32, p: u32) -> Weight {
		Weight::from_parts(28_154_004, 0)
			// Standard error: 50_266
			.saturating_add(Weight::from_parts(256_956, 0).saturating_mul(a.into()))
			// Standard error: 52_303
			.saturating_add(Weight::from_parts(80_168, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn announce(a: u32, p: u32) -> Weight {
		Weight::from_parts(29_467_358, 0)
			// Standard error: 367_509
			.saturating_add(Weight::from_parts(697_832, 0).saturating_mul(a.into()))
			// Standard error: 382_402
			.saturating_add(Weight::from_parts(443_184, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn add_proxy(p: u32) -> Weight {
		Weight::from_parts(27_545_350, 0)
			// Standard error: 35_546
			.saturating_add(Weight::from_parts(81_316, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxy(p: u32) -> Weight {
		Weight::from_parts(25_324_416, 0)
			// Standard error: 56_659
			.saturating_add(Weight::from_parts(200_916, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxies(p: u32) -> Weight {
		Weight::from_parts(23_265_490, 0)
			// Standard error: 36_235
			.saturating_add(Weight::from_parts(2_325_771, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn create_pure(p: u32) -> Weight {
		Weight::from_parts(30_950_000, 0)
			// Standard error: 36_574
			.saturating_add(Weight::from_parts(51_000, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 0 to 30.
	fn kill_pure(p: u32) -> Weight {
		Weight::from_parts(29_439_333, 0)
			// Standard error: 61_048
			.saturating_add(Weight::from_parts(99_783, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	fn poke_deposit() -> Weight {
		Weight::from_parts(56_034_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
