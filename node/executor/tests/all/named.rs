// SPDX-License-Identifier: Apache-2.0
//! Blocks with a name: what they come to, and how they are executed.

use std::sync::{
	atomic::{AtomicUsize, Ordering},
	Arc,
};

use sp_core::traits::CallContext;
use sp_runtime::OpaqueExtrinsic;
use unum_address::VmKind;
use unum_bench::{
	calls::{count, counters, erc20_transfer, evm_address, make_counters, pay},
	chain::{account, Block, Chain},
	solana::wallet,
};
use unum_executor::{signatures, Engine, Fallback, Machine, Overlay, Report};
use unum_id_com::MintId;
use unum_runtime::{Address, RuntimeCall, UNIT};
use unum_solana_transaction::wallet::transfer;
use unum_units::LedgerAmount;

use crate::meddling::Meddling;

fn engine() -> Engine {
	Engine::new(4).expect("threads")
}

/// Executes a block both ways; how lanes did it.
fn same(chain: &Chain, block: &Block, lane: Option<usize>) -> Result<Report, Fallback> {
	let ordinary = chain.execute(block).expect("the author made it");
	let length = block.extrinsics.len() - 1;
	let runs: Option<Vec<_>> = lane.map(|lane| {
		(0..length).step_by(lane).map(|begin| begin..length.min(begin + lane)).collect()
	});
	let (effects, report) = chain.execute_in_lanes(&engine(), block, runs.as_deref())?;
	assert_eq!(effects, ordinary);
	Ok(report)
}

/// A block of these transactions, all of which apply.
fn block(chain: &mut Chain, transactions: &[OpaqueExtrinsic]) -> Block {
	let block = chain.author(transactions);
	assert_eq!(block.extrinsics.len(), transactions.len() + 1, "all apply");
	block
}

/// The same, and the chain goes on from it.
fn append(chain: &mut Chain, transactions: &[OpaqueExtrinsic]) {
	let block = block(chain, transactions);
	let effects = chain.execute(&block).expect("the author made it");
	chain.import(&block, &effects);
}

/// A hidden entry that all transactions share would show here.
#[test]
fn payments_between_strangers_disturb_each_other_in_nothing() {
	let mut chain = Chain::new(200);
	let transactions: Vec<_> = (0..100).map(|n| chain.sign(n, pay(n + 100, UNIT))).collect();
	let block = block(&mut chain, &transactions);
	let report = same(&chain, &block, None).unwrap();
	assert_eq!((report.extrinsics, report.reexecuted, report.in_place), (100, 0, 0));
	assert!(report.lanes > 4, "{report}");
	assert_eq!(same(&chain, &block, Some(1)).unwrap().reexecuted, 0);
}

/// The same for accounts that come into being, and for those that end.
#[test]
fn accounts_are_born_and_end_in_lanes() {
	let mut chain = Chain::new(100);
	let all = |to| {
		let dest = Address::Id(account(to));
		RuntimeCall::Balances(pallet_balances::Call::transfer_all { dest, keep_alive: false })
	};
	let transactions: Vec<_> = (0..100).map(|n| chain.sign(n, all(n + 1_000))).collect();
	let block = block(&mut chain, &transactions);
	let report = same(&chain, &block, Some(5)).unwrap();
	assert_eq!((report.lanes, report.reexecuted, report.in_place), (20, 0, 0));
}

/// Contract calls say nothing of what they touch, and are executed at the same time all the same.
#[test]
fn erc20_transfers_of_one_token_are_executed_at_the_same_time() {
	let mut chain = Chain::new(80);
	let transfer = |to: u32| erc20_transfer(evm_address(account(to).into()), 7, 200_000);
	// The first one ever makes an account for the token's address.
	let first = [chain.sign(0, transfer(1))];
	append(&mut chain, &first);
	let transactions: Vec<_> = (0..40).map(|n| chain.sign(n, transfer(n + 40))).collect();
	let block = block(&mut chain, &transactions);
	let report = same(&chain, &block, Some(4)).unwrap();
	assert_eq!((report.lanes, report.reexecuted, report.in_place), (10, 0, 0), "{report}");
}

/// A → B, B → C, C → D: each spends what it was paid just before.
#[test]
fn a_chain_of_payments_is_executed_in_its_order() {
	let mut chain = Chain::new(64);
	let transactions: Vec<_> = (0..60u32)
		.map(|n| chain.sign(n, pay(n + 1, (1_000 + u128::from(n)) * UNIT - n_fees(n))))
		.collect();
	let block = chain.author(&transactions);
	assert!(block.extrinsics.len() > 30, "{}", block.extrinsics.len());
	for lane in [1, 7] {
		let report = same(&chain, &block, Some(lane)).unwrap();
		assert!(report.reexecuted > 0, "{report}");
	}
	assert_eq!(same(&chain, &block, None).unwrap().lanes, 0);
}

/// What the first so many of a chain have paid in fees, at most.
fn n_fees(n: u32) -> u128 {
	u128::from(n + 1) * UNIT / 10
}

#[test]
fn transactions_of_one_sender_are_executed_in_the_order_of_their_nonces() {
	let mut chain = Chain::new(2);
	let transactions: Vec<_> = (0..50).map(|_| chain.sign(1, pay(0, 1))).collect();
	let block = block(&mut chain, &transactions);
	assert!(same(&chain, &block, Some(3)).unwrap().reexecuted > 0);
	assert_eq!(same(&chain, &block, None).unwrap().lanes, 0);
}

#[test]
fn one_receiver_gets_all_of_it() {
	let mut chain = Chain::new(50);
	let transactions: Vec<_> = (1..50).map(|n| chain.sign(n, pay(0, UNIT))).collect();
	let block = block(&mut chain, &transactions);
	assert!(same(&chain, &block, Some(10)).unwrap().reexecuted > 0);
}

#[test]
fn small_and_empty_blocks_are_executed_in_one_piece() {
	let mut chain = Chain::new(10);
	for length in [0, 1, 9] {
		let transactions: Vec<_> = (0..length).map(|n| chain.sign(n, pay(n, 1))).collect();
		let block = block(&mut chain, &transactions);
		assert_eq!(same(&chain, &block, None).unwrap().lanes, 0);
		let effects = chain.execute(&block).unwrap();
		chain.import(&block, &effects);
	}
}

/// Full to the last transaction that fits: lanes come to the same as one after the other. Filled further
/// than that by somebody who does not check, the block is refused by both.
#[test]
fn the_weight_limit_is_where_it_is() {
	let mut chain = Chain::new(4_000);
	let transactions: Vec<_> = (0..2_000).map(|n| chain.sign(n, pay(n + 2_000, UNIT))).collect();
	let full = chain.author(&transactions);
	assert!(full.extrinsics.len() < 2_000, "the limit is beyond {}", full.extrinsics.len());
	let report = same(&chain, &full, None).unwrap();
	assert_eq!(report.reexecuted, 0);
	let mut overfull = full.clone();
	overfull.extrinsics.push(transactions[full.extrinsics.len() - 1].clone());
	assert!(chain.execute(&overfull).is_err());
	let lanes = chain.execute_in_lanes(&engine(), &overfull, None);
	assert!(matches!(lanes, Err(Fallback::Fold(_))), "{:?}", lanes.map(|(_, report)| report));
}

/// What is wrong with a block is for the ordinary way to say.
#[test]
fn a_wrong_block_is_not_accepted() {
	let mut chain = Chain::new(102);
	let transactions: Vec<_> = (0..50).map(|n| chain.sign(n, pay(n + 50, UNIT))).collect();
	let [_, second] = [0, 1].map(|_| chain.sign(100, pay(101, UNIT)));
	let good = block(&mut chain, &transactions);
	let lanes = |block: &Block| chain.execute_in_lanes(&engine(), block, None).map(|_| ());
	assert!(lanes(&good).is_ok());

	let mut another_root = good.clone();
	another_root.header.state_root.0[0] ^= 1;
	assert!(matches!(lanes(&another_root), Err(Fallback::Mismatch)));
	assert!(chain.execute(&another_root).is_err());

	let mut one_less = good.clone();
	one_less.extrinsics.pop();
	assert!(matches!(lanes(&one_less), Err(Fallback::Mismatch)));

	let mut too_early = good.clone();
	too_early.extrinsics.push(second);
	assert!(matches!(lanes(&too_early), Err(Fallback::Refused(51))));

	let mut another_order = good.clone();
	another_order.extrinsics.swap(1, 2);
	assert!(matches!(lanes(&another_order), Err(Fallback::Mismatch)));

	let mut late_inherent = good.clone();
	late_inherent.extrinsics.push(good.extrinsics[0].clone());
	assert!(matches!(lanes(&late_inherent), Err(Fallback::Inherents)));

	let mut another_parent = good;
	another_parent.header.parent_hash.0[0] ^= 1;
	assert!(matches!(lanes(&another_parent), Err(Fallback::Mismatch)));
}

/// What no lane may touch is touched in its turn, and the runtime of a block stays what it is.
#[test]
fn what_is_kept_from_lanes_is_executed_in_its_turn() {
	let topics = frame_support::storage::storage_prefix(b"System", b"EventTopics").to_vec();
	let topic = [topics, vec![1; 8]].concat();
	let code = unum_runtime::WASM_BINARY.unwrap().to_vec();
	let calls = [
		frame_system::Call::set_storage { items: vec![(topic, vec![1])] },
		frame_system::Call::set_code_without_checks { code: code.clone() },
		frame_system::Call::set_heap_pages { pages: 100 },
	];
	for call in calls {
		let mut chain = Chain::new(100);
		let call = RuntimeCall::Sudo(pallet_sudo::Call::sudo_unchecked_weight {
			call: Box::new(call.into()),
			weight: Default::default(),
		});
		let mut transactions: Vec<_> = (1..40).map(|n| chain.sign(n, pay(n + 40, UNIT))).collect();
		transactions.insert(20, chain.sign(0, call));
		let block = block(&mut chain, &transactions);
		let report = same(&chain, &block, Some(8)).unwrap();
		assert_eq!(report.in_place, 8, "{report}");
	}
}

/// Supply is one number: lanes that change it are executed one after the other, and come to the same.
#[test]
fn tokens_are_made_and_destroyed() {
	use pallet_unified_tokens::Call as Tokens;
	let mut chain = Chain::new(80);
	let create = Tokens::create_mint {
		salt: [9; 32],
		decimals: 6,
		svm_decimals: None,
		name: b"Many".to_vec(),
		symbol: b"MNY".to_vec(),
		mint_authority: Some(account(0).into()),
		freeze_authority: None,
	};
	let mint = MintId::derive(account(0).into(), [9; 32]);
	let first = [chain.sign(0, create.into())];
	append(&mut chain, &first);
	let amount = LedgerAmount::new(1_000);
	let give = |n: u32| Tokens::mint_to { mint, to: account(n).into(), amount };
	let made: Vec<_> = (0..40).map(|n| chain.sign(0, give(n).into())).collect();
	let made = block(&mut chain, &made);
	assert!(same(&chain, &made, Some(5)).unwrap().reexecuted > 0);
	let effects = chain.execute(&made).unwrap();
	chain.import(&made, &effects);
	let destroy = Tokens::burn { mint, amount: LedgerAmount::new(7) };
	let destroyed: Vec<_> = (0..40).map(|n| chain.sign(n, destroy.clone().into())).collect();
	let destroyed = block(&mut chain, &destroyed);
	let report = same(&chain, &destroyed, Some(5)).unwrap();
	assert!(report.reexecuted > 0, "{report}");
}

/// Nothing but contract calls, each of which changes an entry of its own.
#[test]
fn a_block_of_the_evm_alone_is_executed_at_the_same_time() {
	let mut chain = Chain::new(80);
	let contract = [chain.sign(0, make_counters())];
	append(&mut chain, &contract);
	let calls: Vec<_> =
		(0..60).map(|n| chain.sign(n, count(counters(0), u64::from(n), None))).collect();
	let calls = block(&mut chain, &calls);
	let report = same(&chain, &calls, Some(6)).unwrap();
	assert_eq!((report.lanes, report.reexecuted, report.in_place), (10, 0, 0), "{report}");
}

/// Transactions of Solana have no nonces: only what they pay from ties those of one payer together.
#[test]
fn one_account_pays_the_fees_of_many() {
	let mut chain = Chain::new(80);
	let pay_out = |n: u32| [transfer(wallet(0), wallet(n + 1), u64::from(n) + 1)];
	let mut transactions: Vec<_> = (0..40).map(|n| chain.sign_solana(0, &pay_out(n))).collect();
	// And some of others between them.
	for n in 0..20 {
		transactions.insert(n * 3, chain.sign(n as u32 + 1, pay(n as u32 + 50, UNIT)));
	}
	let block = block(&mut chain, &transactions);
	let report = same(&chain, &block, Some(6)).unwrap();
	assert!(report.reexecuted > 0, "{report}");
	same(&chain, &block, None).unwrap();
}

/// An engine is switched off in the middle of a block, by an entry that every payload for it reads: those
/// after it fail, and so do those of the next block.
#[test]
fn an_engine_is_switched_off() {
	let mut chain = Chain::new(80);
	let contract = [chain.sign(0, make_counters())];
	append(&mut chain, &contract);
	let call = |n| count(counters(0), u64::from(n), None);
	let off = pallet_dispatch::Call::set_engine_enabled { vm: VmKind::EVM, enabled: false };
	let off = RuntimeCall::Sudo(pallet_sudo::Call::sudo { call: Box::new(off.into()) });
	let mut transactions: Vec<_> = (1..61).map(|n| chain.sign(n, call(n))).collect();
	transactions.insert(20, chain.sign(0, off));
	let switching = block(&mut chain, &transactions);
	let report = same(&chain, &switching, Some(4)).unwrap();
	assert!(report.reexecuted >= 10, "all lanes after the switch: {report}");
	let made = chain.author_in_lanes(&engine(), &transactions).unwrap();
	assert_eq!(made.effects, chain.execute(&made.block).unwrap());
	let some_counted = chain.execute(&switching).unwrap();
	chain.import(&switching, &some_counted);
	let transactions: Vec<_> = (1..61).map(|n| chain.sign(n, call(n))).collect();
	let after = block(&mut chain, &transactions);
	let report = same(&chain, &after, Some(6)).unwrap();
	assert_eq!((report.lanes, report.reexecuted), (10, 0), "{report}");
	let none_counted = chain.execute(&after).unwrap();
	assert!(none_counted.changes.len() < some_counted.changes.len());
}

/// Where nothing can be executed at the same time, signatures can be verified so.
#[test]
fn signatures_of_a_block_in_one_piece_are_verified_by_all_threads() {
	let mut chain = Chain::new(80);
	let to_one = |chain: &mut Chain, n: u32| match n % 2 {
		0 => chain.sign(n, pay(0, UNIT)),
		_ => chain.sign_solana(n, &[transfer(wallet(n), wallet(0), 7)]),
	};
	let transactions: Vec<_> = (1..81).map(|n| to_one(&mut chain, n % 80)).collect();
	let hot = block(&mut chain, &transactions);
	let transactions: Vec<_> = (0..40).map(|n| chain.sign(2 * n + 1, pay(2 * n, UNIT))).collect();
	let strangers = block(&mut chain, &transactions);
	let calls = Arc::new(AtomicUsize::new(0));
	let seen = calls.clone();
	let executor = Meddling::new(chain.wasm(), move |method, _, _| {
		seen.fetch_add(usize::from(method == "LaneApi_verify"), Ordering::SeqCst);
		false
	});
	let context = CallContext::Onchain { import: true };
	let machine = Machine { executor: &executor, context, parent: chain.parent() };
	let engine = engine();
	// How often the runtime is asked to verify, and how many signatures this thread verifies.
	let execute = |block: &Block| {
		let before = (calls.load(Ordering::SeqCst), signatures::verified());
		let overlay = Overlay::default();
		engine.execute(&machine, &chain, &block.header, &block.extrinsics, overlay).unwrap();
		(calls.load(Ordering::SeqCst) - before.0, signatures::verified() - before.1)
	};
	signatures::forget();
	assert_eq!(execute(&hot), (1 + 4, 8), "the first few here, the others by four threads");
	assert_eq!(execute(&hot), (1, 0), "all are known");
	signatures::forget();
	assert_eq!(execute(&strangers), (0, 0), "lanes verify their own");
}
