// SPDX-License-Identifier: Apache-2.0
//! What `pallet_proxy` weighs in this runtime, as `make weights` has measured it.
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

impl<T: frame_system::Config> pallet_proxy::WeightInfo for Measured<T> {
	// Storage: `Proxy::Proxies` (r:1 w:0)
	// `p` is from 1 to 31.
	fn proxy(p: u32) -> Weight {
		Weight::from_parts(11_148_515, 0)
			// Standard error: 22_354
			.saturating_add(Weight::from_parts(22_799, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn proxy_announced(a: u32, p: u32) -> Weight {
		Weight::from_parts(25_857_110, 0)
			// Standard error: 24_437
			.saturating_add(Weight::from_parts(163_112, 0).saturating_mul(a.into()))
			// Standard error: 25_264
			.saturating_add(Weight::from_parts(92_862, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn remove_announcement(a: u32, _p: u32) -> Weight {
		Weight::from_parts(19_931_009, 0)
			// Standard error: 22_222
			.saturating_add(Weight::from_parts(122_213, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn reject_announcement(a: u32, p: u32) -> Weight {
		Weight::from_parts(19_786_978, 0)
			// Standard error: 25_412
			.saturating_add(Weight::from_parts(132_658, 0).saturating_mul(a.into()))
			// Standard error: 26_272
			.saturating_add(Weight::from_parts(7_943, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn announce(_a: u32, p: u32) -> Weight {
		Weight::from_parts(30_874_579, 0)
			// Standard error: 48_136
			.saturating_add(Weight::from_parts(74_759, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn add_proxy(_p: u32) -> Weight {
		Weight::from_parts(15_278_155, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxy(p: u32) -> Weight {
		Weight::from_parts(12_573_760, 0)
			// Standard error: 14_926
			.saturating_add(Weight::from_parts(69_473, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxies(p: u32) -> Weight {
		Weight::from_parts(12_011_434, 0)
			// Standard error: 22_901
			.saturating_add(Weight::from_parts(724_303, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn create_pure(_p: u32) -> Weight {
		Weight::from_parts(15_246_377, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 0 to 30.
	fn kill_pure(p: u32) -> Weight {
		Weight::from_parts(14_433_470, 0)
			// Standard error: 16_932
			.saturating_add(Weight::from_parts(49_680, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	fn poke_deposit() -> Weight {
		Weight::from_parts(29_968_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
