// SPDX-License-Identifier: Apache-2.0
//! What a transaction costs.
//!
//! `fee = multiplier · (base weight + weight) · weight price + length · byte price`: execution time
//! becomes dearer while blocks are more than a quarter full, bytes always cost the same.

use frame_support::{
	parameter_types,
	traits::ConstU8,
	weights::{ConstantMultiplier, Weight, WeightToFee},
};
use pallet_dispatch::ChargeAndRecord;
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill};

use crate::{weights, Balance, Balances, Lanes, Runtime, RuntimeEvent};

/// Price of one picosecond of execution: a second of a validator's time costs 5 coins, and a plain
/// transfer to a known account, which is charged some 150 microseconds, a little less than a thousandth of one.
pub const FEE_PER_PICOSECOND: Balance = 5_000_000;

/// Price of one byte in a block: a megabyte, such as a new runtime, costs one coin.
pub const FEE_PER_BYTE: Balance = 1_000_000_000_000;

/// Charges for execution time; [`FEE_PER_PICOSECOND`].
#[derive(Debug)]
pub struct RefTimeToFee;

impl WeightToFee for RefTimeToFee {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		Balance::from(weight.ref_time()).saturating_mul(FEE_PER_PICOSECOND)
	}
}

parameter_types! {
	/// See [`FEE_PER_BYTE`].
	pub const FeePerByte: Balance = FEE_PER_BYTE;
	/// How full blocks may be on average before execution gets dearer.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast the price moves: by a factor of two in a day of full blocks, which is Polkadot's
	/// pace, scaled to blocks that are fifteen times as frequent.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(5, 1_000_000);
	/// An idle chain is not cheaper than the price list: fees stay predictable.
	pub MinimumMultiplier: Multiplier = Multiplier::from_u32(1);
	/// A congested chain may get as dear as it takes.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

/// Moves the price slowly towards what keeps blocks a quarter full.
pub type SlowAdjustingFeeUpdate = TargetedFeeAdjustment<
	Runtime,
	TargetBlockFullness,
	AdjustmentVariable,
	MinimumMultiplier,
	MaximumMultiplier,
>;

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	// Fees are burnt at the block's end; who pays one is never reaped, and its receipts know the fee.
	type OnChargeTransaction = ChargeAndRecord<FungibleAdapter<Balances, Lanes>>;
	type WeightToFee = RefTimeToFee;
	type LengthToFee = ConstantMultiplier<Balance, FeePerByte>;
	type FeeMultiplierUpdate = SlowAdjustingFeeUpdate;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = weights::pallet_transaction_payment::Measured<Runtime>;
}
