// SPDX-License-Identifier: Apache-2.0
//! Random trees of calls from the EVM into another VM and back do what a simple model says.

use super::{
	program::{made_by, Node, Op, Step, ACTOR},
	relay::PROGRAM,
	*,
};
use proptest::prelude::*;
use sp_core::H256;
use std::collections::BTreeMap;
use unum_vm_engine::{limits::MAX_VM_CALL_DEPTH, Asset, Log, UnifiedLedger};

const ACTORS: usize = 2;
/// What each actor begins with.
const COINS: u128 = 10_000;

fn leaf() -> impl Strategy<Value = Op> {
	prop_oneof![
		3 => (0..2u8, 0..3u16).prop_map(|(slot, value)| Op::Store(slot, value)),
		3 => (0..2u8, 1..1_000u16).prop_map(|(slot, value)| Op::Add(slot, value)),
		2 => (1..1_000u16).prop_map(|value| Op::AddTransient(8, value)),
		2 => Just(Op::Remember(8)),
		1 => Just(Op::Balance(4)),
		2 => (0..ACTORS, 0..6_000u16).prop_map(|(to, amount)| Op::Pay(to, amount)),
		1 => any::<u8>().prop_map(Op::Log),
		1 => (6..8u8, any::<bool>())
			.prop_map(|(slot, is_destroyed)| Op::Make { slot, is_destroyed }),
	]
}

fn fails() -> impl Strategy<Value = bool> {
	prop::bool::weighted(0.2)
}

fn of(ops: BoxedStrategy<Vec<Op>>) -> impl Strategy<Value = Node> {
	(ops, fails()).prop_map(|(ops, fails)| Node { ops, fails })
}

fn node() -> impl Strategy<Value = Node> {
	let leaves = of(prop::collection::vec(leaf(), 1..4).boxed());
	leaves.prop_recursive(6, 32, 4, |inner| {
		let inner = inner.boxed();
		let must = || prop::bool::weighted(0.3);
		let call = (0..ACTORS, inner.clone(), must()).prop_map(|(actor, node, must)| Op::Call {
			actor,
			node,
			must,
		});
		let evm = (0..ACTORS, inner, must()).prop_map(|(actor, node, must)| Step::Evm {
			actor,
			node,
			must,
		});
		let step = prop_oneof![5 => evm, 1 => (0..9u16).prop_map(Step::Tokens)];
		let cross = (prop::collection::vec(step, 1..3), fails(), must())
			.prop_map(|(steps, fails, must)| Op::Cross { steps, fails, must });
		let op = prop_oneof![2 => leaf(), 1 => call, 1 => cross];
		of(prop::collection::vec(op, 2..6).boxed())
	})
}

/// What is to be undone with a call.
#[derive(Clone, Default)]
struct State {
	slots: BTreeMap<(usize, u8), U256>,
	transient: BTreeMap<(usize, u8), U256>,
	coins: [u128; ACTORS],
	nonces: [u64; ACTORS],
	/// Whose tokens moved, or who logged, and what.
	logs: Vec<(H160, U256)>,
	made: Vec<H160>,
}

struct Model {
	actors: Vec<H160>,
	state: State,
}

impl Model {
	/// Does something and undoes it where it fails.
	fn attempt(&mut self, does: impl FnOnce(&mut Self) -> bool) -> bool {
		let before = self.state.clone();
		let is_done = does(self);
		if !is_done {
			self.state = before;
		}
		is_done
	}

	fn call(&mut self, actor: usize, node: &Node, depth: u32) -> bool {
		self.attempt(|model| node.ops.iter().all(|op| model.op(actor, op, depth)) && !node.fails)
	}

	fn relay(&mut self, steps: &[Step], fails: bool, depth: u32) -> bool {
		if depth >= MAX_VM_CALL_DEPTH {
			return false;
		}
		let inner = depth + 1;
		self.attempt(|model| {
			steps.iter().all(|step| match step {
				Step::Tokens(amount) => {
					model.state.logs.push((token(), (*amount).into()));
					true
				},
				Step::Evm { actor, node, must } => {
					let is_done = inner < MAX_VM_CALL_DEPTH && model.call(*actor, node, inner + 1);
					is_done || !must
				},
			}) && !fails
		})
	}

	/// Whether the call goes on.
	fn op(&mut self, me: usize, op: &Op, depth: u32) -> bool {
		let state = &mut self.state;
		match op {
			Op::Store(slot, value) => drop(state.slots.insert((me, *slot), (*value).into())),
			Op::Add(slot, value) => *state.slots.entry((me, *slot)).or_default() += (*value).into(),
			Op::AddTransient(slot, value) => {
				*state.transient.entry((me, *slot)).or_default() += (*value).into();
			},
			Op::Remember(slot) => {
				let value = state.transient.get(&(me, *slot)).copied().unwrap_or_default();
				state.slots.insert((me, *slot), value);
			},
			Op::Balance(slot) => drop(state.slots.insert((me, *slot), state.coins[me].into())),
			Op::Pay(to, amount) => {
				let amount = u128::from(*amount);
				if state.coins[me] >= amount {
					state.coins[me] -= amount;
					state.coins[*to] += amount;
				}
			},
			Op::Log(tag) => state.logs.push((self.actors[me], (*tag).into())),
			Op::Make { slot, is_destroyed } => {
				let made = made_by(self.actors[me], state.nonces[me]);
				state.nonces[me] += 1;
				state.slots.insert((me, *slot), U256::from_big_endian(&made.0));
				if !is_destroyed {
					state.made.push(made);
				}
			},
			Op::Call { actor, node, must } => return self.call(*actor, node, depth) || !must,
			Op::Cross { steps, fails, must } => {
				return self.relay(steps, *fails, depth) || !must;
			},
			Op::MakeActor(_) | Op::CallMade(..) | Op::Destroy => unreachable!("in examples alone"),
		}
		true
	}

	/// One transaction, here and there.
	fn transact(&mut self, actor: usize, node: &Node) {
		let operation = node.operation(self.actors[actor], &self.actors);
		let receipt = submit(ALICE, operation);
		self.state.transient.clear();
		self.state.logs.clear();
		self.state.made.clear();
		let is_done = self.call(actor, node, 0);
		let status = receipt.status;
		assert_eq!(status == ReceiptStatus::Success, is_done, "{status:?} {}", message(&receipt));
		assert!(status != ReceiptStatus::Halted, "enough gas is given");
		self.compare(&receipt);
	}

	fn compare(&self, receipt: &Receipt) {
		let state = &self.state;
		let logs: Vec<_> = receipt.logs.iter().map(seen).collect();
		assert_eq!(logs, state.logs);
		let created: Vec<_> = receipt.created.iter().map(evm).collect();
		let sorted = |mut addresses: Vec<H160>| {
			addresses.sort();
			addresses
		};
		assert_eq!(sorted(created), sorted(state.made.clone()));
		for (me, actor) in self.actors.iter().enumerate() {
			for slot in 0..16u8 {
				let there = Evm::storage_at(*actor, H256::from_low_u64_be(slot.into()));
				let here = state.slots.get(&(me, slot)).copied().unwrap_or_default();
				assert_eq!(there.0, here.to_big_endian(), "slot {slot} of actor {me}");
			}
			assert_eq!(coins(*actor), state.coins[me], "coins of actor {me}");
			let nonce = System::account_nonce(AccountId32::from(id_of(*actor)));
			assert_eq!(u64::from(nonce), state.nonces[me], "nonce of actor {me}");
		}
		state.made.iter().for_each(|made| assert_eq!(Evm::code_at(*made), [0]));
	}
}

fn evm(address: &Address) -> H160 {
	let Address::Evm(address) = address else { panic!("{address:?}") };
	H160((*address).into())
}

/// The emitter, and the number that was logged or how many tokens moved.
fn seen(log: &Log) -> (H160, U256) {
	let word = if log.data.is_empty() { log.topics[0].0.to_vec() } else { log.data.clone() };
	(evm(&log.emitter), U256::from_big_endian(&word))
}

fn model() -> Model {
	let actors: Vec<_> = (0..ACTORS).map(|_| deploy(&ACTOR)).collect();
	let give = |asset, to, amount| {
		let amount = LedgerAmount::new(amount);
		<UnifiedTokens as UnifiedLedger>::transfer(asset, Id::from(ALICE), to, amount).unwrap();
	};
	actors.iter().for_each(|actor| give(Asset::Native, id_of(*actor), COINS));
	give(Asset::Token(mint()), Id::from(PROGRAM), TOKENS / 2);
	let state = State { coins: [COINS; ACTORS], nonces: [1; ACTORS], ..State::default() };
	Model { actors, state }
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn what_comes_back_is_seen_and_undone_as_the_model_says(
		trees in prop::collection::vec((0..ACTORS, node()), 1..4),
	) {
		with_chain(|| {
			let mut model = model();
			trees.iter().for_each(|(actor, node)| model.transact(*actor, node));
		});
	}
}
