// SPDX-License-Identifier: Apache-2.0
//! One token through every view at once: polkadot.js calls, the native VM's operation, the ERC-20 and
//! the TRC-20 view, and the SPL Token program, all on the chain's own ledger, in random order, failing
//! steps included.
//!
//! After every step
//! - a refused step has left the state root and the accounts of the SPL program as they were;
//! - the balances that one gets by replaying the token's events are those of the ledger: nothing has
//!   moved without its event, and no event is of something that has not moved;
//! - each view shows the ledger's number, scaled down to its own units;
//! - the supply is the sum of the balances.

#[path = "../common/mod.rs"]
mod common;

mod block;
mod history;
mod steps;

use std::collections::BTreeMap;

use common::run_test;
use proptest::prelude::*;
use sp_runtime::StateVersion;
use steps::{evm, mint, person, run, step, svm, tron, Chain, Step, Svm, PEOPLE};
use unum_erc20::{call, selector, AbiAddress, AddressSpace, Frame};
use unum_id_com::IdCom as Id;
use unum_runtime::{Runtime, RuntimeEvent, RuntimeOrigin, System, UnifiedTokens};
use unum_spl_token::{associated_token_address, open_associated, token_account};
use unum_units::LedgerAmount;
use unum_vm_engine::TokenLedger;

/// Steps of one sequence, and how many sequences: 12,800 steps in all.
const STEPS: usize = 50;
const SEQUENCES: u32 = 256;

/// What each person begins with: not a whole number of the SVM's units.
const START: u128 = 5_000_000_000_007;

/// Base units in one unit of the SVM's view: 18 decimals shown with 9.
const SVM_UNIT: u128 = 1_000_000_000;

/// Creates the token, gives everybody some, and opens their accounts on the SVM.
fn set_up() -> Svm {
	let creator = || RuntimeOrigin::signed(person(0).into());
	let (name, symbol) = (b"Seen by all".to_vec(), b"ALL".to_vec());
	let authority = Some(person(0));
	UnifiedTokens::create_mint(creator(), [1; 32], 18, Some(9), name, symbol, authority, authority)
		.unwrap();
	let mut svm_side = Svm::default();
	for n in 0..PEOPLE {
		let amount = LedgerAmount::new(START);
		UnifiedTokens::mint_to(creator(), mint(), person(n), amount).unwrap();
		open_associated(&mut svm_side, &svm(n), &(*mint().as_bytes()).into()).unwrap();
	}
	svm_side
}

/// What the token's events say that everybody has.
#[derive(Default)]
struct Replayed {
	balances: BTreeMap<Id, u128>,
	seen: usize,
}

impl Replayed {
	fn add(&mut self, who: Id, amount: LedgerAmount) {
		*self.balances.entry(who).or_default() += amount.get();
	}

	fn take(&mut self, who: Id, amount: LedgerAmount) {
		*self.balances.entry(who).or_default() -= amount.get();
	}

	/// Replays the events that are new.
	fn catch_up(&mut self) {
		let events = System::events();
		for record in &events[self.seen..] {
			let RuntimeEvent::UnifiedTokens(event) = &record.event else { continue };
			use pallet_unified_tokens::Event::*;
			match *event {
				Minted { to, amount, .. } => self.add(to, amount),
				Burned { from, amount, .. } => self.take(from, amount),
				Transferred { from, to, amount, .. } => {
					self.take(from, amount);
					self.add(to, amount);
				},
				_ => (),
			}
		}
		self.seen = events.len();
	}
}

fn balance(n: u8) -> u128 {
	UnifiedTokens::holding(mint(), person(n)).amount.get()
}

/// What a view with the ABI of ERC-20 says that an address has.
fn shown_by_abi(space: AddressSpace, account: AbiAddress) -> u128 {
	let mut calldata = selector::BALANCE_OF.to_be_bytes().to_vec();
	calldata.extend([0; 12]);
	calldata.extend(account.as_bytes());
	let frame = Frame {
		space,
		mint: mint(),
		caller: account,
		calldata: &calldata,
		is_static: true,
		has_value: false,
		chain_id: 1,
		timestamp: 0,
	};
	let word = call(&mut Chain::default(), &frame).expect("a read");
	assert!(word[..16].iter().all(|byte| *byte == 0));
	u128::from_be_bytes(word[16..].try_into().unwrap())
}

fn shown_by_spl(svm_side: &Svm, n: u8) -> u64 {
	let (account, _) = associated_token_address(&svm(n), &(*mint().as_bytes()).into()).unwrap();
	token_account(svm_side, &account).expect("open").amount
}

fn check_views(svm_side: &Svm, replayed: &Replayed) {
	let mut sum = 0;
	for n in 0..PEOPLE {
		let amount = balance(n);
		sum += amount;
		let by_events = replayed.balances.get(&person(n)).copied().unwrap_or_default();
		assert_eq!(by_events, amount, "events and ledger disagree about person {n}");
		assert_eq!(shown_by_abi(AddressSpace::Evm, evm(n).into()), amount);
		assert_eq!(shown_by_abi(AddressSpace::Tvm, tron(n).into()), amount);
		assert_eq!(u128::from(shown_by_spl(svm_side, n)), amount / SVM_UNIT);
	}
	assert_eq!(UnifiedTokens::total_supply(mint()), Some(LedgerAmount::new(sum)));
}

fn root() -> Vec<u8> {
	sp_io::storage::root(StateVersion::V1)
}

fn check_sequence(steps: &[Step]) {
	let mut svm_side = set_up();
	let mut replayed = Replayed::default();
	replayed.catch_up();
	for step in steps {
		let before = (root(), svm_side.clone());
		// Without a transaction of storage around it: what a view refuses it must not have begun.
		if run(&mut svm_side, step).is_err() {
			assert!((root(), svm_side.clone()) == before, "{step:?} failed and changed something");
		}
		replayed.catch_up();
		check_views(&svm_side, &replayed);
	}
	assert_eq!(pallet_unified_tokens::Pallet::<Runtime>::do_try_state(), Ok(()));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(SEQUENCES))]

	#[test]
	fn every_view_shows_and_moves_the_one_ledger(steps in prop::collection::vec(step(), STEPS)) {
		run_test(|| check_sequence(&steps));
	}
}
