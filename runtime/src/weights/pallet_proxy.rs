// SPDX-License-Identifier: Apache-2.0
//! What `pallet_proxy` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 10 steps, 6 repetitions.
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
		Weight::from_parts(16_475_719, 0)
			// Standard error: 94_463
			.saturating_add(Weight::from_parts(5_748, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn proxy_announced(a: u32, p: u32) -> Weight {
		Weight::from_parts(29_301_470, 0)
			// Standard error: 105_281
			.saturating_add(Weight::from_parts(439_267, 0).saturating_mul(a.into()))
			// Standard error: 109_452
			.saturating_add(Weight::from_parts(166_305, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn remove_announcement(a: u32, p: u32) -> Weight {
		Weight::from_parts(22_588_252, 0)
			// Standard error: 42_125
			.saturating_add(Weight::from_parts(136_478, 0).saturating_mul(a.into()))
			// Standard error: 43_794
			.saturating_add(Weight::from_parts(65_879, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn reject_announcement(_a: u32, _p: u32) -> Weight {
		Weight::from_parts(30_920_525, 0)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn announce(a: u32, _p: u32) -> Weight {
		Weight::from_parts(35_076_636, 0)
			// Standard error: 97_232
			.saturating_add(Weight::from_parts(406_184, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn add_proxy(p: u32) -> Weight {
		Weight::from_parts(19_103_804, 0)
			// Standard error: 34_531
			.saturating_add(Weight::from_parts(213_437, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxy(p: u32) -> Weight {
		Weight::from_parts(19_519_232, 0)
			// Standard error: 46_363
			.saturating_add(Weight::from_parts(207_061, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxies(p: u32) -> Weight {
		Weight::from_parts(12_632_261, 0)
			// Standard error: 193_186
			.saturating_add(Weight::from_parts(2_782_693, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn create_pure(_p: u32) -> Weight {
		Weight::from_parts(30_867_206, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 0 to 30.
	fn kill_pure(_p: u32) -> Weight {
		Weight::from_parts(25_299_212, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	fn poke_deposit() -> Weight {
		Weight::from_parts(41_522_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
