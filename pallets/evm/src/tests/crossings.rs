// SPDX-License-Identifier: Apache-2.0
//! Calls from the EVM into another VM that come back into the EVM.

use super::{
	program::{made_by, Node, Op, Step, ACTOR},
	relay::{refusals, RelayCall, RelayStep, PROGRAM},
	*,
};
use sp_core::H256;
use unum_ethereum_transaction::{
	wallet::{address_of as wallet_address, authorize, key_of, Draft},
	Authorization, TransactionType, TxKind, U256 as EthereumNumber,
};
use unum_ethereum_view::{StepOptions, Trace, TraceOptions};
use unum_vm_engine::{Asset, OneOf, UnifiedLedger};

fn node(ops: Vec<Op>) -> Node {
	Node { ops, fails: false }
}

/// A call of the other VM that calls an actor back.
fn back(actor: usize, ops: Vec<Op>) -> Op {
	let steps = vec![Step::Evm { actor, node: node(ops), must: true }];
	Op::Cross { steps, fails: false, must: true }
}

fn actors() -> [H160; 2] {
	[deploy(&ACTOR), deploy(&ACTOR)]
}

fn slot(of: H160, slot: u64) -> u64 {
	U256::from_big_endian(&Evm::storage_at(of, H256::from_low_u64_be(slot)).0).low_u64()
}

fn nonce(of: H160) -> u64 {
	System::account_nonce(AccountId32::from(id_of(of))).into()
}

/// Has the first actor do something.
fn run(actors: &[H160], ops: Vec<Op>) -> Receipt {
	submit(ALICE, node(ops).operation(actors[0], actors))
}

fn succeeds(actors: &[H160], ops: Vec<Op>) -> Receipt {
	let receipt = run(actors, ops);
	assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
	receipt
}

#[test]
fn what_is_pending_is_seen_inside_and_what_is_done_inside_is_seen_afterwards() {
	with_chain(|| {
		let actors = actors();
		let inside = back(0, vec![Op::Add(1, 2), Op::Store(2, 3)]);
		let ops = vec![Op::Store(1, 5), Op::Store(2, 4), inside, Op::Add(1, 10), Op::Add(2, 10)];
		succeeds(&actors, ops);
		assert_eq!((slot(actors[0], 1), slot(actors[0], 2)), (17, 13));
	});
}

#[test]
fn what_is_set_back_to_what_it_was_is_set_back() {
	with_chain(|| {
		let actors = actors();
		succeeds(&actors, vec![Op::Store(1, 5), back(1, vec![]), Op::Store(1, 0)]);
		assert_eq!(slot(actors[0], 1), 0);
	});
}

#[test]
fn a_failure_around_takes_back_what_was_done_inside_and_nothing_else() {
	with_chain(|| {
		let actors = actors();
		let made = Op::Make { slot: 6, is_destroyed: false };
		let fails =
			Node { ops: vec![back(0, vec![Op::Add(1, 2), Op::Pay(1, 0), made])], fails: true };
		let call = Op::Call { actor: 1, node: fails, must: false };
		let receipt = succeeds(&actors, vec![Op::Store(1, 5), call, Op::Add(1, 10)]);
		assert_eq!((slot(actors[0], 1), slot(actors[0], 6)), (15, 0));
		assert_eq!((nonce(actors[0]), receipt.created.len()), (1, 0));
	});
}

/// Found by the random trees: a slot that is read for the first time when an inner run has written it, in
/// a call that is undone, must be read again.
#[test]
fn what_was_read_in_a_call_that_fails_is_forgotten() {
	with_chain(|| {
		let actors = actors();
		let fails = Node { ops: vec![back(0, vec![Op::Add(1, 7)]), Op::Add(1, 1)], fails: true };
		let call = || Op::Call { actor: 0, node: fails.clone(), must: false };
		succeeds(&actors, vec![call(), Op::Store(2, 1)]);
		assert_eq!(slot(actors[0], 1), 0);
		succeeds(&actors, vec![call(), Op::Add(1, 2)]);
		assert_eq!(slot(actors[0], 1), 2);
	});
}

#[test]
fn contracts_of_all_runs_have_addresses_of_their_own() {
	with_chain(|| {
		let actors = actors();
		let make = |slot| Op::Make { slot, is_destroyed: false };
		let receipt = succeeds(&actors, vec![make(1), back(0, vec![make(2)]), make(3)]);
		assert_eq!((nonce(actors[0]), receipt.created.len()), (4, 3));
		for number in 1..4u64 {
			let made = made_by(actors[0], number);
			assert_eq!(Evm::code_at(made), [0]);
			let stored = Evm::storage_at(actors[0], H256::from_low_u64_be(number));
			assert_eq!(stored.0[12..], made.0);
		}
	});
}

/// Slots of a contract that is new are zeros, but not those that an inner run has written.
#[test]
fn a_contract_that_is_new_can_be_called_back() {
	with_chain(|| {
		let actors = actors();
		let call = |ops| Op::CallMade(6, node(ops));
		let inside = back(0, vec![call(vec![Op::Add(1, 2), Op::Store(2, 9)])]);
		let before = call(vec![Op::Store(1, 5)]);
		let after = call(vec![Op::Add(1, 10), Op::Add(2, 1)]);
		succeeds(&actors, vec![Op::MakeActor(6), before, inside, after]);
		let made = made_by(actors[0], 1);
		assert_eq!((slot(made, 1), slot(made, 2)), (17, 10));
	});
}

/// EIP-6780: it is there until the transaction that made it ends, and then nothing of it is.
#[test]
fn a_contract_that_is_destroyed_is_gone_with_what_inner_runs_have_written() {
	with_chain(|| {
		let actors = actors();
		let call = |ops| Op::CallMade(6, node(ops));
		let inside = |value| back(0, vec![call(vec![Op::Store(2, value)])]);
		let ops = vec![
			Op::MakeActor(6),
			call(vec![Op::Store(1, 5), inside(7), Op::Destroy]),
			inside(8),
			call(vec![Op::Add(2, 1)]),
		];
		let receipt = succeeds(&actors, ops);
		let made = made_by(actors[0], 1);
		assert!(Evm::code_at(made).is_empty() && receipt.created.is_empty());
		assert_eq!((nonce(made), slot(made, 1), slot(made, 2)), (0, 0, 0));
		assert_eq!(crate::Slots::<Test>::iter_prefix(made).count(), 0);
	});
}

/// A contract is destroyed by the run that made it: to an inner run it is an old one.
#[test]
fn an_inner_run_destroys_what_it_made_itself() {
	with_chain(|| {
		let actors = actors();
		let destroy = || back(0, vec![Op::CallMade(6, node(vec![Op::Destroy]))]);
		succeeds(&actors, vec![Op::MakeActor(6), destroy()]);
		assert_eq!(Evm::code_at(made_by(actors[0], 1)), ACTOR);
		let inside = vec![Op::MakeActor(6), Op::CallMade(6, node(vec![Op::Destroy]))];
		succeeds(&actors, vec![back(0, inside)]);
		assert!(Evm::code_at(made_by(actors[0], 2)).is_empty());
	});
}

/// EIP-1153: a lock that a contract has set for the transaction holds on the way back.
#[test]
fn transient_storage_is_that_of_the_whole_transaction() {
	with_chain(|| {
		let actors = actors();
		let inside = back(0, vec![Op::Remember(8), Op::AddTransient(9, 7)]);
		succeeds(&actors, vec![Op::AddTransient(8, 5), inside, Op::Remember(9)]);
		assert_eq!((slot(actors[0], 8), slot(actors[0], 9)), (5, 7));
		succeeds(&actors, vec![Op::Remember(8), Op::Remember(9)]);
		assert_eq!((slot(actors[0], 8), slot(actors[0], 9)), (0, 0), "and of that one alone");
	});
}

#[test]
fn calls_are_so_deep_and_no_deeper() {
	with_chain(|| {
		let actors = actors();
		let refused = |inside| {
			refusals();
			succeeds(&actors, vec![inside]);
			refusals()
		};
		assert!(refused(back(1, vec![back(0, vec![Op::Add(1, 1)])])).is_empty());
		assert_eq!(slot(actors[0], 1), 1);
		// The fifth call would be one of the other VM.
		let fifth = Op::Cross { steps: vec![], fails: false, must: true };
		let third = back(1, vec![back(0, vec![fifth.clone()])]);
		assert_eq!(run(&actors, vec![third]).status, ReceiptStatus::Reverted);
		// From an operation of the other VM on, it is one of the EVM.
		let deep = node(vec![back(
			1,
			vec![Op::Cross {
				steps: vec![Step::Evm { actor: 0, node: node(vec![]), must: false }],
				fails: false,
				must: true,
			}],
		)]);
		refusals();
		relay(vec![RelayStep::evm(&deep.operation(actors[0], &actors), true)]);
		assert_eq!(refusals(), ["calls between VMs are 4 deep already"]);
	});
}

/// Dispatches an operation of the other VM.
fn relay(steps: Vec<RelayStep>) -> Receipt {
	let call = OneOf::Others(OneOf::Others(OneOf::First(RelayCall::Relay { steps, fails: false })));
	let payload = pallet_dispatch::PayloadOf::<Test>::new(call);
	Dispatch::submit(RuntimeOrigin::signed(ALICE.into()), Box::new(payload), None).unwrap();
	Dispatch::receipts().pop().unwrap()
}

fn give_tokens_to_programs() {
	let (asset, amount) = (Asset::Token(mint()), LedgerAmount::new(100));
	let (from, to) = (Id::from(ALICE), Id::from(PROGRAM));
	<UnifiedTokens as UnifiedLedger>::transfer(asset, from, to, amount).unwrap();
}

/// Nobody counts the nonce of a program but the EVM.
#[test]
fn programs_make_contracts_at_addresses_of_their_own() {
	with_chain(|| {
		let make = || RelayStep::evm(&create(&ACTOR), true);
		let receipt = relay(vec![make(), make(), make()]);
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		let program = address_of(PROGRAM);
		let expected = [0, 1, 2].map(|nonce| Address::Evm(made_by(program, nonce).0.into()));
		assert_eq!(receipt.created, expected);
	});
}

/// Where the other VM is called first, there is no contract in whose receipt logs could stand.
#[test]
fn logs_of_contracts_that_another_vm_calls_are_kept_in_order() {
	with_chain(|| {
		let actors = actors();
		give_tokens_to_programs();
		let tokens = |amount| RelayStep::Tokens { to: BOB, amount };
		let first = node(vec![Op::Log(1), back(1, vec![Op::Log(2)]), Op::Log(3)]);
		let second = node(vec![Op::Log(4)]);
		let call = |node: &Node| RelayStep::evm(&node.operation(actors[0], &actors), true);
		let (first, second) = (call(&first), call(&second));
		let before = Evm::movement_logs().values().flatten().count();
		let receipt = relay(vec![tokens(1), first, tokens(2), second]);
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert!(receipt.logs.is_empty());
		let logs: Vec<_> = Evm::movement_logs().into_values().flatten().skip(before).collect();
		let emitters: Vec<_> = logs.iter().map(|log| log.emitter.clone()).collect();
		let [a, b, t] = [actors[0], actors[1], token()].map(|at| Address::Evm(at.0.into()));
		assert_eq!(emitters, [t.clone(), a.clone(), b, a.clone(), t, a]);
	});
}

/// EIP-7702: code that a wallet has taken for this transaction is there for inner runs.
#[test]
fn a_wallet_that_has_delegated_is_called_back() {
	with_chain(|| {
		let actor = deploy(&ACTOR);
		let (payer, wallet) = (key_of([0x46; 32]), key_of([0x47; 32]));
		let at = H160(wallet_address(&wallet).into_array());
		let funded = id_of(H160(wallet_address(&payer).into_array()));
		let alice = RuntimeOrigin::signed(ALICE.into());
		Balances::transfer_allow_death(alice, funded.into(), START / 10).unwrap();
		let ops = vec![Op::Store(1, 5), back(0, vec![Op::Add(1, 2)]), Op::Add(1, 10)];
		let operation = node(ops).operation(at, &[at]);
		let EvmOperation::EvmCall { data, gas_limit, .. } = operation else { panic!() };
		let authorization = Authorization {
			chain_id: EthereumNumber::from(4663),
			address: actor.0.into(),
			nonce: 0,
		};
		let draft = Draft {
			nonce: 0,
			max_fee: 20,
			max_priority_fee: 3,
			gas_limit: gas_limit + 50_000,
			to: TxKind::Call(at.0.into()),
			value: EthereumNumber::ZERO,
			input: data,
			access_list: Default::default(),
			authorizations: vec![authorize(&wallet, authorization)],
			..Draft::example(TransactionType::SetCode)
		};
		let origin: RuntimeOrigin = frame_system::RawOrigin::Authorized.into();
		Dispatch::submit_raw(origin, VmKind::EVM, draft.sign(&payer).bytes()).unwrap();
		let receipt = Dispatch::receipts().pop().unwrap();
		assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
		assert_eq!((slot(at, 1), nonce(at)), (17, 1));
	});
}

/// What an inner run was given back for emptying a slot is not given back once more, nor does it make
/// the run around free.
#[test]
fn refunds_are_those_of_each_run() {
	with_chain(|| {
		let actors = actors();
		succeeds(&actors, vec![Op::Store(1, 5)]);
		let gas = |ops| succeeds(&actors, ops).gas_used.ref_time();
		let empty = || back(0, vec![Op::Store(1, 0)]);
		let emptied = gas(vec![empty()]);
		succeeds(&actors, vec![Op::Store(1, 5)]);
		let filled_again = gas(vec![empty(), Op::Store(1, 5)]);
		assert_eq!(slot(actors[0], 1), 5);
		assert!(filled_again > emptied, "{filled_again} is more than {emptied}");
		let looked_before = gas(vec![Op::Add(1, 0), empty(), Op::Store(1, 5)]);
		assert!(looked_before > emptied, "{looked_before} is more than {emptied}");
	});
}

fn traced(actors: &[H160], ops: Vec<Op>) -> Trace {
	let operation = node(ops).operation(actors[0], actors);
	let steps = Some(StepOptions { stack: true, ..StepOptions::default() });
	let options = TraceOptions { frames: true, steps, state: true };
	let (receipt, mut traces) = Evm::traced(options, || submit(ALICE, operation));
	assert_eq!(receipt.status, ReceiptStatus::Success, "{}", message(&receipt));
	assert_eq!(traces.len(), 1, "inner runs stand in the trace of the run around");
	traces.pop().unwrap()
}

#[test]
fn a_trace_shows_inner_runs_under_the_call_that_led_to_them() {
	with_chain(|| {
		let actors = actors();
		let inside = vec![Op::Store(1, 7), Op::Log(9)];
		let trace = traced(&actors, vec![Op::Store(1, 5), back(1, inside), Op::Log(1)]);
		let path = |mut at: usize| {
			let mut path = vec![trace.frames[at].to];
			while let Some(parent) = trace.frames[at].parent {
				at = usize::try_from(parent).unwrap();
				path.push(trace.frames[at].to);
			}
			path
		};
		// The transaction, the node that it runs, 0x0106, the inner run, the node that that runs.
		assert_eq!(trace.frames.len(), 5);
		assert_eq!(path(3), [actors[1], precompile(), trace.frames[1].to, actors[0]]);
		assert_eq!(trace.frames[4].parent, Some(3));
		assert_eq!(trace.frames[2].logs[0].log.address, actors[1], "what is logged inside");
		assert_eq!(trace.frames[1].logs[0].index, 1, "what is logged afterwards");
		let deepest = trace.steps.iter().map(|step| step.depth).max();
		assert_eq!(deepest, Some(5));
		let changed = |of: H160| {
			let account = trace.accounts.iter().find(|account| account.address == of).unwrap();
			let number = |word: &H256| word.to_low_u64_be();
			account.slots.iter().map(|slot| (number(&slot.before), number(&slot.after))).collect()
		};
		let changes: [Vec<_>; 2] = [changed(actors[0]), changed(actors[1])];
		assert_eq!(changes, [vec![(0, 5)], vec![(0, 7)]]);
	});
	fn precompile() -> H160 {
		super::precompiles::precompile(6)
	}
}

/// What an inner run has changed before the run around looks at it was something else before.
#[test]
fn a_trace_shows_what_was_before_the_whole_transaction() {
	with_chain(|| {
		let actors = actors();
		succeeds(&actors, vec![back(1, vec![Op::Store(1, 3)])]);
		let look = Op::Call { actor: 1, node: node(vec![Op::Add(1, 1)]), must: true };
		let inside = vec![Op::Store(1, 7), Op::Make { slot: 2, is_destroyed: false }];
		let trace = traced(&actors, vec![back(1, inside), look]);
		let account = trace.accounts.iter().find(|account| account.address == actors[1]).unwrap();
		let slot = account.slots.iter().find(|slot| slot.slot.to_low_u64_be() == 1).unwrap();
		assert_eq!((slot.before.to_low_u64_be(), slot.after.to_low_u64_be()), (3, 8));
		let nonces = [&account.before, &account.after].map(|state| state.as_ref().unwrap().nonce);
		assert_eq!(nonces, [1, 2]);
	});
}

#[test]
fn recording_inner_runs_changes_nothing() {
	let ops = || {
		let make = Op::Make { slot: 2, is_destroyed: false };
		let fails = Node { ops: vec![back(0, vec![Op::Add(1, 2)])], fails: true };
		let call = Op::Call { actor: 1, node: fails, must: false };
		vec![Op::Store(1, 5), back(1, vec![make, back(0, vec![Op::Add(1, 1)])]), call]
	};
	let root = |is_traced: bool| {
		with_chain(|| {
			let actors = actors();
			if is_traced {
				traced(&actors, ops());
			} else {
				succeeds(&actors, ops());
			}
			sp_io::storage::root(sp_runtime::StateVersion::V1)
		})
	};
	assert_eq!(root(true), root(false));
}
