// SPDX-License-Identifier: Apache-2.0
//! What fits into a block, and what it costs.

use codec::Encode;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use frame_system::limits::BlockWeights;
use pallet_transaction_payment::Multiplier;
use sp_core::Pair;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era,
	traits::{Convert, Header as _, One},
	BuildStorage, Digest, DigestItem, MultiSignature,
};
use unum_runtime::{
	configs::{
		transaction_payment::SlowAdjustingFeeUpdate, BLOCK_LENGTH_MAX, BLOCK_REF_TIME_MAX,
		NORMAL_DISPATCH_RATIO,
	},
	AccountId, AuraConfig, Balance, Balances, BalancesCall, BalancesConfig, Executive, Hash,
	Header, Runtime, RuntimeCall, RuntimeGenesisConfig, SignedPayload, System, SystemCall,
	TransactionPayment, TxExtension, UncheckedExtrinsic, MILLISECS_PER_BLOCK, MILLI_UNIT, UNIT,
	WASM_BINARY,
};

const ALICE: Sr25519Keyring = Sr25519Keyring::Alice;
const BOB: Sr25519Keyring = Sr25519Keyring::Bob;
const START: Balance = 1_000 * UNIT;
const MILLISECOND: u64 = frame_support::weights::constants::WEIGHT_REF_TIME_PER_MILLIS;

/// Runs a test in block 1 of a chain where Alice and Bob have coins.
fn run_test(test: impl FnOnce()) {
	let genesis = RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: [ALICE, BOB].map(|who| (account(who), START)).into(),
			..Default::default()
		},
		aura: AuraConfig { authorities: vec![ALICE.public().into()] },
		..Default::default()
	};
	let storage = genesis.build_storage().expect("genesis builds");
	sp_io::TestExternalities::new(storage).execute_with(|| {
		begin_block();
		test()
	});
}

fn begin_block() {
	let digest = Digest { logs: vec![DigestItem::PreRuntime(*b"aura", 1u64.encode())] };
	let parent = System::block_hash(0);
	let header = Header::new(1, Hash::default(), Hash::default(), parent, digest);
	Executive::initialize_block(&header);
	let now = MILLISECS_PER_BLOCK;
	let time = RuntimeCall::Timestamp(unum_runtime::TimestampCall::set { now });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time)).expect("valid").expect("done");
}

fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

fn signed(who: Sr25519Keyring, nonce: u32, call: RuntimeCall) -> UncheckedExtrinsic {
	let extension: TxExtension = (
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(0),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	);
	let payload = SignedPayload::new(call, extension).expect("payload");
	let signature = payload.using_encoded(|bytes| MultiSignature::from(who.pair().sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, account(who).into(), signature, extension)
}

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
		assert_eq!(Balances::total_issuance(), 2 * START - fee, "fees are burnt");
	});
}

#[test]
fn a_plain_transfer_costs_a_few_thousandths_of_a_coin() {
	run_test(|| {
		let fee = predicted_fee(&signed(ALICE, 0, transfer(UNIT)));
		assert!((MILLI_UNIT..=10 * MILLI_UNIT).contains(&fee), "{fee}");
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
