// SPDX-License-Identifier: Apache-2.0
//! What `pallet_proxy` weighs in this runtime, as `make weights` has measured it.
//! Generated.
//!
//! 2026-11-22, on AMD EPYC: 4 steps, 2 repetitions.
//!
//! Each access to the database has the runtime's own price. The chain stands alone, so nothing has to be
//! proven to others and the proof size is zero.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct Measured<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_proxy::WeightInfo for Measured<T> {
	// Storage: `Proxy::Proxies` (r:1 w:0)
	// `p` is from 1 to 31.
	fn proxy(_p: u32) -> Weight {
		Weight::from_parts(52_244_565, 0).saturating_add(T::DbWeight::get().reads(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn proxy_announced(a: u32, p: u32) -> Weight {
		Weight::from_parts(49_783_320, 0)
			// Standard error: 976_775
			.saturating_add(Weight::from_parts(1_211_993, 0).saturating_mul(a.into()))
			// Standard error: 1_014_791
			.saturating_add(Weight::from_parts(691_148, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn remove_announcement(a: u32, p: u32) -> Weight {
		Weight::from_parts(35_860_944, 0)
			// Standard error: 390_551
			.saturating_add(Weight::from_parts(658_984, 0).saturating_mul(a.into()))
			// Standard error: 405_752
			.saturating_add(Weight::from_parts(457_365, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn reject_announcement(a: u32, p: u32) -> Weight {
		Weight::from_parts(35_727_244, 0)
			// Standard error: 400_783
			.saturating_add(Weight::from_parts(823_622, 0).saturating_mul(a.into()))
			// Standard error: 416_382
			.saturating_add(Weight::from_parts(234_483, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:0)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// `a` is from 0 to 31.
	// `p` is from 1 to 31.
	fn announce(_a: u32, _p: u32) -> Weight {
		Weight::from_parts(89_665_183, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn add_proxy(p: u32) -> Weight {
		Weight::from_parts(25_218_605, 0)
			// Standard error: 367_529
			.saturating_add(Weight::from_parts(769_845, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxy(p: u32) -> Weight {
		Weight::from_parts(41_322_030, 0)
			// Standard error: 358_738
			.saturating_add(Weight::from_parts(397_670, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn remove_proxies(p: u32) -> Weight {
		Weight::from_parts(37_979_175, 0)
			// Standard error: 365_645
			.saturating_add(Weight::from_parts(2_087_325, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 1 to 31.
	fn create_pure(p: u32) -> Weight {
		Weight::from_parts(35_972_435, 0)
			// Standard error: 151_075
			.saturating_add(Weight::from_parts(679_215, 0).saturating_mul(p.into()))
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// `p` is from 0 to 30.
	fn kill_pure(_p: u32) -> Weight {
		Weight::from_parts(80_005_400, 0)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}

	// Storage: `Proxy::Proxies` (r:1 w:1)
	// Storage: `System::Account` (r:1 w:1)
	// Storage: `Proxy::Announcements` (r:1 w:1)
	fn poke_deposit() -> Weight {
		Weight::from_parts(60_550_000, 0)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
}
