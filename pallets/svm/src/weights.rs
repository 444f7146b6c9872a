// SPDX-License-Identifier: Apache-2.0
//! What `pallet_svm` weighs, as `make weights` has measured it. Generated:
//! the benchmarks say what the worst cases are.
//!
//! 2026-11-29, on Intel(R) Xeon(R) Processor: 12 steps, 8 repetitions.
//!
//! Each access to the database has the runtime's own price. The chain stands alone, so nothing has to be
//! proven to others and the proof size is zero.

use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::ParityDbWeight, Weight},
};

/// What `pallet_svm` weighs.
pub trait WeightInfo {
	/// The benchmark `accounts`, with `a` from 0 to 25.
	fn accounts(a: u32) -> Weight;
	/// The benchmark `transfers`, with `i` from 1 to 30.
	fn transfers(i: u32) -> Weight;
	/// The benchmark `token_transfers`, with `i` from 1 to 30.
	fn token_transfers(i: u32) -> Weight;
	/// The benchmark `renderings`, with `r` from 0 to 20.
	fn renderings(r: u32) -> Weight;
	/// The benchmark `changes`, with `i` from 1 to 20.
	fn changes(i: u32) -> Weight;
	/// The benchmark `births`, with `i` from 1 to 20.
	fn births(i: u32) -> Weight;
	/// The benchmark `signatures`, with `s` from 0 to 10.
	fn signatures(s: u32) -> Weight;
	/// The benchmark `open_associated`.
	fn open_associated() -> Weight;
	/// The benchmark `on_initialize`, with `f` from 0 to 500.
	fn on_initialize(f: u32) -> Weight;
}

/// The weights with the prices of the runtime `T`.
#[derive(Clone, Copy, Debug)]
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	// Storage: `IdCom::Owners` (r:52 w:0)
	// Storage: `System::Account` (r:27 w:2)
	// Storage: `Svm::Accounts` (r:27 w:0)
	// Storage: `Svm::TokenRecords` (r:27 w:0)
	// Storage: `UnifiedTokens::Mints` (r:3 w:0)
	// Storage: `UnifiedTokens::Balances` (r:25 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:1)
	// Storage: `Svm::Processed` (r:0 w:1)
	fn accounts(a: u32) -> Weight {
		Weight::from_parts(203_287_459, 0)
			// Standard error: 381_722
			.saturating_add(Weight::from_parts(27_370_417, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(12))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `IdCom::Owners` (r:2 w:0)
	// Storage: `System::Account` (r:2 w:2)
	// Storage: `Svm::Accounts` (r:2 w:0)
	// Storage: `Svm::TokenRecords` (r:2 w:0)
	// Storage: `UnifiedTokens::Mints` (r:2 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:1)
	// Storage: `Svm::Processed` (r:0 w:1)
	fn transfers(i: u32) -> Weight {
		Weight::from_parts(177_517_869, 0)
			// Standard error: 180_960
			.saturating_add(Weight::from_parts(11_685_666, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(4))
	}

	// Storage: `IdCom::Owners` (r:5 w:0)
	// Storage: `System::Account` (r:5 w:0)
	// Storage: `Svm::Accounts` (r:4 w:0)
	// Storage: `Svm::TokenRecords` (r:4 w:0)
	// Storage: `UnifiedTokens::Mints` (r:2 w:0)
	// Storage: `UnifiedTokens::Balances` (r:2 w:2)
	// Storage: `IdCom::Primary` (r:3 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `Svm::Processed` (r:0 w:1)
	fn token_transfers(i: u32) -> Weight {
		Weight::from_parts(257_856_567, 0)
			// Standard error: 1_328_095
			.saturating_add(Weight::from_parts(57_256_440, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `IdCom::Owners` (r:45 w:0)
	// Storage: `System::Account` (r:25 w:0)
	// Storage: `Svm::Accounts` (r:24 w:0)
	// Storage: `Svm::TokenRecords` (r:24 w:0)
	// Storage: `UnifiedTokens::Mints` (r:2 w:0)
	// Storage: `UnifiedTokens::Balances` (r:22 w:2)
	// Storage: `IdCom::Primary` (r:3 w:0)
	// Storage: `IdCom::OwnAddress` (r:2 w:0)
	// Storage: `Svm::Processed` (r:0 w:1)
	fn renderings(r: u32) -> Weight {
		Weight::from_parts(300_612_540, 0)
			// Standard error: 642_273
			.saturating_add(Weight::from_parts(36_843_254, 0).saturating_mul(r.into()))
			.saturating_add(T::DbWeight::get().reads(27))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `IdCom::Owners` (r:21 w:0)
	// Storage: `System::Account` (r:21 w:21)
	// Storage: `Svm::Accounts` (r:21 w:0)
	// Storage: `Svm::TokenRecords` (r:21 w:0)
	// Storage: `UnifiedTokens::Mints` (r:21 w:0)
	// Storage: `IdCom::OwnAddress` (r:20 w:20)
	// Storage: `Svm::Processed` (r:0 w:1)
	fn changes(i: u32) -> Weight {
		Weight::from_parts(164_417_739, 0)
			// Standard error: 514_747
			.saturating_add(Weight::from_parts(29_199_457, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(6_u64.saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(2_u64.saturating_mul(i.into())))
	}

	// Storage: `IdCom::Owners` (r:101 w:80)
	// Storage: `System::Account` (r:21 w:21)
	// Storage: `Svm::Accounts` (r:21 w:0)
	// Storage: `Svm::TokenRecords` (r:21 w:0)
	// Storage: `UnifiedTokens::Mints` (r:21 w:0)
	// Storage: `IdCom::OwnAddress` (r:20 w:20)
	// Storage: `Svm::Processed` (r:0 w:1)
	fn births(i: u32) -> Weight {
		Weight::from_parts(166_086_467, 0)
			// Standard error: 436_464
			.saturating_add(Weight::from_parts(46_090_829, 0).saturating_mul(i.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().reads(10_u64.saturating_mul(i.into())))
			.saturating_add(T::DbWeight::get().writes(2))
			.saturating_add(T::DbWeight::get().writes(6_u64.saturating_mul(i.into())))
	}

	fn signatures(s: u32) -> Weight {
		Weight::from_parts(185_000, 0)
			// Standard error: 184_834
			.saturating_add(Weight::from_parts(106_733_590, 0).saturating_mul(s.into()))
	}

	// Storage: `UnifiedTokens::Balances` (r:1 w:0)
	// Storage: `IdCom::Primary` (r:1 w:0)
	// Storage: `IdCom::OwnAddress` (r:1 w:0)
	// Storage: `IdCom::Owners` (r:1 w:0)
	// Storage: `Svm::TokenRecords` (r:2 w:1)
	// Storage: `Svm::Associated` (r:1 w:1)
	// Storage: `Svm::TokenAccountsOf` (r:0 w:1)
	fn open_associated() -> Weight {
		Weight::from_parts(47_797_000, 0)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(3))
	}

	// Storage: `System::ParentHash` (r:1 w:0)
	// Storage: `System::BlockHash` (r:1 w:0)
	// Storage: `Svm::OldestProcessed` (r:1 w:1)
	// Storage: `Svm::Processed` (r:500 w:500)
	// Storage: `Svm::Metas` (r:0 w:1)
	// Storage: `Svm::Blockhashes` (r:0 w:2)
	fn on_initialize(f: u32) -> Weight {
		Weight::from_parts(17_727_000, 0)
			// Standard error: 50_838
			.saturating_add(Weight::from_parts(1_371_518, 0).saturating_mul(f.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads(1_u64.saturating_mul(f.into())))
			.saturating_add(T::DbWeight::get().writes(4))
			.saturating_add(T::DbWeight::get().writes(1_u64.saturating_mul(f.into())))
	}
}

/// For tests.
impl WeightInfo for () {
	fn accounts(a: u32) -> Weight {
		Weight::from_parts(203_287_459, 0)
			.saturating_add(Weight::from_parts(27_370_417, 0).saturating_mul(a.into()))
			.saturating_add(ParityDbWeight::get().reads(12))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(a.into())))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn transfers(i: u32) -> Weight {
		Weight::from_parts(177_517_869, 0)
			.saturating_add(Weight::from_parts(11_685_666, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(11))
			.saturating_add(ParityDbWeight::get().writes(4))
	}

	fn token_transfers(i: u32) -> Weight {
		Weight::from_parts(257_856_567, 0)
			.saturating_add(Weight::from_parts(57_256_440, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn renderings(r: u32) -> Weight {
		Weight::from_parts(300_612_540, 0)
			.saturating_add(Weight::from_parts(36_843_254, 0).saturating_mul(r.into()))
			.saturating_add(ParityDbWeight::get().reads(27))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(r.into())))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn changes(i: u32) -> Weight {
		Weight::from_parts(164_417_739, 0)
			.saturating_add(Weight::from_parts(29_199_457, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().reads(6_u64.saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(2_u64.saturating_mul(i.into())))
	}

	fn births(i: u32) -> Weight {
		Weight::from_parts(166_086_467, 0)
			.saturating_add(Weight::from_parts(46_090_829, 0).saturating_mul(i.into()))
			.saturating_add(ParityDbWeight::get().reads(5))
			.saturating_add(ParityDbWeight::get().reads(10_u64.saturating_mul(i.into())))
			.saturating_add(ParityDbWeight::get().writes(2))
			.saturating_add(ParityDbWeight::get().writes(6_u64.saturating_mul(i.into())))
	}

	fn signatures(s: u32) -> Weight {
		Weight::from_parts(185_000, 0)
			.saturating_add(Weight::from_parts(106_733_590, 0).saturating_mul(s.into()))
	}

	fn open_associated() -> Weight {
		Weight::from_parts(47_797_000, 0)
			.saturating_add(ParityDbWeight::get().reads(7))
			.saturating_add(ParityDbWeight::get().writes(3))
	}

	fn on_initialize(f: u32) -> Weight {
		Weight::from_parts(17_727_000, 0)
			.saturating_add(Weight::from_parts(1_371_518, 0).saturating_mul(f.into()))
			.saturating_add(ParityDbWeight::get().reads(3))
			.saturating_add(ParityDbWeight::get().reads(1_u64.saturating_mul(f.into())))
			.saturating_add(ParityDbWeight::get().writes(4))
			.saturating_add(ParityDbWeight::get().writes(1_u64.saturating_mul(f.into())))
	}
}
