// SPDX-License-Identifier: Apache-2.0
//! Blocks that are made in lanes are blocks like any others.

use std::collections::BTreeMap;

use fastrand::Rng;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	OpaqueExtrinsic,
};
use unum_bench::{
	calls::{count, counters, make_counters, pay},
	chain::{Chain, Made, Wasm},
};
use unum_executor::Engine;
use unum_id_com::context_shard;
use unum_runtime::UNIT;
use unum_vm_engine::ContextTag;

use crate::{
	generator::{transactions, Mix},
	meddling::Meddling,
};

fn engine() -> Engine {
	Engine::new(4).expect("threads")
}

/// Makes a block, and checks that the ordinary way makes the same of it.
fn make(chain: &Chain, engine: &Engine, transactions: &[OpaqueExtrinsic]) -> Made {
	let made = chain.author_in_lanes(engine, transactions).unwrap();
	let ordinary = chain.execute(&made.block).expect("the block is valid");
	assert_eq!(made.effects, ordinary);
	assert_eq!(made.report.extrinsics, made.block.extrinsics.len() - 1);
	made
}

/// Everything that was offered is in the block once, or was refused.
fn is_complete(made: &Made, offered: &[OpaqueExtrinsic]) -> bool {
	let refused: Vec<_> = made.refused.iter().map(|(number, _)| *number).collect();
	offered.iter().enumerate().all(|(number, extrinsic)| {
		let times = made.block.extrinsics.iter().filter(|other| *other == extrinsic).count();
		times == usize::from(!refused.contains(&number))
	})
}

#[test]
fn random_blocks_are_what_the_ordinary_way_makes_of_them() {
	let mut apart = 0;
	for seed in 0..60 {
		let rng = &mut Rng::with_seed(1_000 + seed);
		let mix = Mix::random(rng);
		let mut chain = Chain::new(mix.accounts);
		let engine = engine().with_batches_of([20, 40, 70, 1_000][rng.usize(..4)]);
		for _ in 0..3 {
			let mut offered = transactions(&mut chain, rng, &mix);
			// Too early, too late, and twice.
			for _ in 0..rng.usize(..4).min(offered.len()) {
				let (one, other) = (rng.usize(..offered.len()), rng.usize(..offered.len()));
				offered.swap(one, other);
			}
			let made = make(&chain, &engine, &offered);
			assert!(is_complete(&made, &offered));
			apart += made.report.extrinsics - made.report.in_place.min(made.report.extrinsics);
			// And once more by the importer's lanes.
			let (effects, _) = chain.execute_in_lanes(&engine, &made.block, None).unwrap();
			assert_eq!(effects, made.effects);
			chain.import(&made.block, &made.effects);
			chain.read_nonces();
		}
	}
	assert!(apart > 1_000, "{apart} transactions were executed apart");
}

/// Whoever imports finds the lanes again, though the transactions came in disorder.
#[test]
fn the_order_lets_importers_execute_in_lanes() {
	let mut chain = Chain::new(101);
	// Ten receivers, ten payments to each, one after the other.
	let offered: Vec<_> = (0..100).map(|n| chain.sign(n + 1, pay(n % 10 + 1, UNIT))).collect();
	let made = make(&chain, &engine(), &offered);
	assert!(is_complete(&made, &offered) && made.refused.is_empty());
	assert_eq!((made.report.in_place, made.report.reexecuted), (0, 0));
	let (_, report) = chain.execute_in_lanes(&engine(), &made.block, None).unwrap();
	assert!(report.lanes >= 4, "{report}");
	assert_eq!((report.in_place, report.reexecuted), (0, 0));
}

#[test]
fn what_does_not_apply_is_refused_and_the_others_are_included() {
	let mut chain = Chain::new(200);
	let mut offered: Vec<_> = (0..80).map(|n| chain.sign(n, pay(n + 100, UNIT))).collect();
	let [_, too_early] = [0, 1].map(|_| chain.sign(90, pay(91, UNIT)));
	offered.insert(40, too_early);
	let twice = offered[3].clone();
	offered.push(twice);
	let made = make(&chain, &engine(), &offered);
	assert_eq!(made.block.extrinsics.len(), 81);
	let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
	let future = TransactionValidityError::Invalid(InvalidTransaction::Future);
	let mut refused = made.refused;
	refused.sort_by_key(|(number, _)| *number);
	assert_eq!(refused, [(40, Some(future)), (81, Some(stale))]);
}

/// Exactly as full as the ordinary way would make it, where all are alike.
#[test]
fn a_block_is_filled_to_its_limit_and_what_has_no_room_is_left() {
	let mut chain = Chain::new(4_000);
	let offered: Vec<_> = (0..2_000).map(|n| chain.sign(n, pay(n + 2_000, UNIT))).collect();
	let ordinary = chain.author(&offered);
	let full = ordinary.extrinsics.len();
	assert!(full < 2_000, "the limit is beyond {full}");
	let engine = engine();
	// The first block does not know where the limit is, the second does.
	for _ in 0..2 {
		let made = make(&chain, &engine, &offered);
		assert_eq!(made.block.extrinsics.len(), full);
		assert!(made.refused.iter().all(|(_, cause)| {
			cause.as_ref().is_some_and(TransactionValidityError::exhausted_resources)
		}));
	}
}

/// Calls of one contract say nothing of what they touch: those of the same entry are noticed.
#[test]
fn contract_calls_of_one_entry_are_counted_one_after_the_other() {
	let mut chain = Chain::new(100);
	let contract = [chain.sign(0, make_counters())];
	let block = chain.author(&contract);
	let effects = chain.execute(&block).unwrap();
	chain.import(&block, &effects);
	let offered: Vec<_> =
		(0..60).map(|n| chain.sign(n, count(counters(0), u64::from(n % 2), None))).collect();
	let made = make(&chain, &engine(), &offered);
	assert!(made.refused.is_empty());
	assert!(made.report.reexecuted > 0, "{}", made.report);
	// With the entries' contexts named, nothing has to be done twice.
	chain.read_nonces();
	let contexts = contexts_of_different_shards();
	let in_context = |n: u32| {
		let entry = n % 4;
		(n, count(counters(0), entry.into(), Some(contexts[entry as usize])))
	};
	let offered: Vec<_> = (0..80)
		.map(|n| {
			let (sender, call) = in_context(n);
			chain.sign(sender, call)
		})
		.collect();
	let made = make(&chain, &engine(), &offered);
	assert!(made.refused.is_empty());
	assert_eq!((made.report.reexecuted, made.report.in_place), (0, 0), "{}", made.report);
	let (_, report) = chain.execute_in_lanes(&engine(), &made.block, None).unwrap();
	assert_eq!((report.reexecuted, report.in_place), (0, 0), "{report}");
}

fn contexts_of_different_shards() -> Vec<ContextTag> {
	let mut shards = BTreeMap::new();
	for tag in (1..).map(u128::to_be_bytes).take(20) {
		shards.entry(context_shard("evm", tag)).or_insert(tag);
	}
	shards.into_values().take(4).collect()
}

/// What one batch has left to be executed in its turn, the next one sees.
#[test]
fn batches_see_what_those_before_them_have_changed() {
	let mut chain = Chain::new(100);
	let contract = [chain.sign(0, make_counters())];
	let block = chain.author(&contract);
	let effects = chain.execute(&block).unwrap();
	chain.import(&block, &effects);
	// One counter for all: every lane but the first is executed again, until one is left.
	let calls: Vec<_> = (0..64).map(|n| chain.sign(n, count(counters(0), 0, None))).collect();
	let made = make(&chain, &engine().with_batches_of(32), &calls);
	assert!(made.refused.is_empty());
	assert!(made.report.in_place > 0, "{}", made.report);
}

/// The others are in the block, once, and what they did before the trap does not count twice.
#[test]
fn a_transaction_that_makes_the_runtime_trap_is_left_out() {
	let mut chain = Chain::new(200);
	let mut offered: Vec<_> = (0..80).map(|n| chain.sign(n, pay(n + 100, UNIT))).collect();
	let remark = vec![0x5a; 40];
	let call = frame_system::Call::remark { remark: remark.clone() };
	offered.insert(50, chain.sign(90, call.into()));
	// After it has done all that is in it.
	let executor = Meddling::new(chain.wasm(), move |method, data, _| {
		let applies = ["LaneApi_apply_lane", "BlockBuilder_apply_extrinsic"].contains(&method);
		applies && data.windows(remark.len()).any(|part| part == remark)
	});
	for batch in [1_000, 20] {
		let engine = engine().with_batches_of(batch);
		let made = chain.author_by(&executor, &engine, &offered).unwrap();
		assert_eq!(made.effects, chain.execute(&made.block).unwrap());
		assert_eq!(made.refused, [(50, None)]);
		assert_eq!(made.block.extrinsics.len(), 81);
		assert!(is_complete(&made, &offered));
	}
}

/// Where the executor keeps a single instance, and where more lanes begin than `sc-executor-wasmtime` has
/// room for (64), others are made for them or they wait for their turn: nothing is lost, and nothing differs.
#[test]
fn there_may_be_fewer_instances_of_wasm_than_lanes() {
	let mut chain = Chain::new(800);
	let offered: Vec<_> = (0..400).map(|n| chain.sign(n, pay(n + 400, UNIT))).collect();
	let one = Wasm::builder().with_max_runtime_instances(1).build();
	let made = chain.author_by(&one, &engine(), &offered).unwrap();
	assert!(made.report.lanes >= 4);
	assert_eq!(made.refused, []);
	assert!(is_complete(&made, &offered));
	let ordinary = chain.execute(&made.block).unwrap();
	assert_eq!(made.effects, ordinary);
	let runs: Vec<_> = (0..100).map(|lane| lane * 4..lane * 4 + 4).collect();
	let many = Engine::new(100).expect("threads");
	let (effects, report) = chain.execute_in_lanes(&many, &made.block, Some(&runs)).unwrap();
	assert_eq!(report.lanes, 100);
	assert_eq!(effects, ordinary);
}

#[test]
fn an_empty_block_can_be_made() {
	let chain = Chain::new(2);
	let made = make(&chain, &engine(), &[]);
	assert_eq!(made.block.extrinsics.len(), 1);
}
