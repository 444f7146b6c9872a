// SPDX-License-Identifier: Apache-2.0
//! What fits into a block, and what it costs.

mod common;

use codec::Encode;
use common::{account, burn_fees, run_test, signed, ALICE, BOB, START};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use frame_system::limits::BlockWeights;
use pallet_transaction_payment::Multiplier;
use sp_runtime::traits::{Convert, One};
use unum_runtime::{
	configs::{
		transaction_payment::SlowAdjustingFeeUpdate, BLOCK_LENGTH_MAX, BLOCK_REF_TIME_MAX,
		NORMAL_DISPATCH_RATIO,
	},
	Balance, Balances, BalancesCall, Executive, Runtime, RuntimeCall, System, SystemCall,
	TransactionPayment, UncheckedExtrinsic, MILLISECS_PER_BLOCK, MILLI_UNIT, UNIT, WASM_BINARY,
};

const MILLISECOND: u64 = frame_support::weights::constants::WEIGHT_REF_TIME_PER_MILLIS;

fn transfer(amount: Balance) -> RuntimeCall {
	let dest = account(BOB).into();
	RuntimeCall::Balances(BalancesCall::transfer_keep_alive { dest, value: amount })
}

fn predicted_fee(extrinsic: &UncheckedExtrinsic) -> Balance {
	let length = u32::try_from(extrinsic.encoded_size()).expect("small");
	TransactionPayment::query_info(extrinsic.clone(), length).partial_fee
}

fn weights() -> BlockWeights {
	<Runtime as frame_system::Config>::BlockWeights::get()
}

#[test]
fn a_signed_transfer_moves_coins_and_costs_what_was_predicted() {
	run_test(|| {
		let extrinsic = signed(ALICE, 0, transfer(5 * UNIT));
		let fee = predicted_fee(&extrinsic);
		Executive::apply_extrinsic(extrinsic).expect("included").expect("dispatched");
		assert_eq!(Balances::free_balance(account(BOB)), START + 5 * UNIT);
		assert_eq!(Balances::free_balance(account(ALICE)), START - 5 * UNIT - fee);
		burn_fees();
		assert_eq!(Balances::total_issuance(), 2 * START - fee, "fees are burnt");
	});
}

#[test]
fn a_plain_transfer_costs_about_a_thousandth_of_a_coin() {
	run_test(|| {
		let fee = predicted_fee(&signed(ALICE, 0, transfer(UNIT)));
		assert!((MILLI_UNIT / 2..=2 * MILLI_UNIT).contains(&fee), "{fee}");
	});
}

#[test]
fn a_failed_transfer_costs_its_fee_and_moves_nothing() {
	run_test(|| {
		let extrinsic = signed(ALICE, 0, transfer(2 * START));
		let fee = predicted_fee(&extrinsic);
		let outcome = Executive::apply_extrinsic(extrinsic).expect("included");
		assert!(outcome.is_err());
		assert_eq!(Balances::free_balance(account(BOB)), START);
		let paid = START - Balances::free_balance(account(ALICE));
		assert!(paid > 0 && paid <= fee, "{paid} {fee}");
	});
}

#[test]
fn a_transaction_is_not_included_twice() {
	run_test(|| {
		let extrinsic = signed(ALICE, 0, transfer(UNIT));
		Executive::apply_extrinsic(extrinsic.clone()).expect("included").expect("dispatched");
		assert!(Executive::apply_extrinsic(extrinsic).is_err());
	});
}

#[test]
fn blocks_leave_time_for_the_next_author() {
	let slot = MILLISECS_PER_BLOCK * MILLISECOND;
	let full = NORMAL_DISPATCH_RATIO * BLOCK_REF_TIME_MAX;
	assert!(2 * full < slot, "made and executed again within one slot");
	assert_eq!(weights().max_block.ref_time(), BLOCK_REF_TIME_MAX);
}

/// The calls that upgrade a runtime, for every way that leads to them.
fn upgrades() -> Vec<RuntimeCall> {
	let set_code = RuntimeCall::System(SystemCall::set_code { code: vec![] });
	let apply = RuntimeCall::System(SystemCall::apply_authorized_upgrade { code: vec![] });
	let sudo = pallet_sudo::Call::sudo { call: Box::new(set_code.clone()) };
	vec![set_code, apply, RuntimeCall::Sudo(sudo)]
}

#[test]
fn a_runtime_upgrade_fits_into_a_block() {
	run_test(|| {
		for call in upgrades() {
			let info = signed(ALICE, 0, call.clone()).get_dispatch_info();
			assert_eq!(info.class, DispatchClass::Operational, "{call:?}");
			let limit = weights().get(info.class).max_extrinsic.expect("limited");
			assert!(info.total_weight().all_lte(limit), "{call:?}: {info:?} > {limit}");
		}
	});
	// Without a blob (SKIP_WASM_BUILD), there is nothing to measure.
	let length = WASM_BINARY.map_or(0, <[u8]>::len);
	let limit = usize::try_from(BLOCK_LENGTH_MAX / 2).expect("fits");
	assert!(length < limit, "{length}: there is room to grow");
}

/// Runs the update of the multiplier after a block that was filled like this.
fn multiplier_after(block: Weight, before: Multiplier) -> Multiplier {
	sp_io::TestExternalities::default().execute_with(|| {
		System::set_block_consumed_resources(block, 0);
		SlowAdjustingFeeUpdate::convert(before)
	})
}

#[test]
fn full_blocks_make_execution_dearer_and_empty_ones_cheaper_down_to_the_price_list() {
	let one = Multiplier::one();
	let full = weights().get(DispatchClass::Normal).max_total.expect("limited");
	let dearer = multiplier_after(full, one);
	assert!(dearer > one);
	assert_eq!(multiplier_after(Weight::zero(), one), one);
	assert!(multiplier_after(Weight::zero(), dearer) < dearer, "it recovers");
}

#[test]
fn a_day_of_full_blocks_about_doubles_the_price() {
	let full = weights().get(DispatchClass::Normal).max_total.expect("limited");
	let step = multiplier_after(full, Multiplier::from_u32(1_000_000)).into_inner() as f64
		/ Multiplier::from_u32(1_000_000).into_inner() as f64;
	let blocks_per_day = 86_400_000.0 / MILLISECS_PER_BLOCK as f64;
	let factor = step.powf(blocks_per_day);
	assert!((1.8..2.8).contains(&factor), "{factor}");
}
