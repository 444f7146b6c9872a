// SPDX-License-Identifier: Apache-2.0
//! Random sequences of operations through every way into the ledger, wrong ones included, against the
//! reference model: the host in memory of the engines' conformance suite.
//!
//! Each operation goes by a call, by an engine's host, or by FRAME's traits, with no transaction of
//! storage around it. After every step: the ledger gives the model's answer, to the word; what the
//! operation can touch is what the model says; the movements told of are those of the model, each with
//! one event; a refused step has left the state root as it was. Now and then, and at the end of each
//! sequence: the invariants, the issuance of the native coin, and what the views show.

mod operation;
mod route;

use super::*;
use operation::{first_tokens, step, Token};
use proptest::prelude::*;
use route::Step;
use unum_address::{Address, EvmAddress};
use unum_vm_engine::{conformance::MemoryHost, Asset, LedgerHost, TokenHost, TokenInfo};

/// Steps of one sequence, and how many sequences: 102,400 steps in all.
const STEPS: usize = 100;
const SEQUENCES: u32 = 1_024;
/// After how many steps the whole storage is looked at.
const STEPS_PER_AUDIT: usize = 25;

/// Identities that act, 1 to this; the last has no account at the start.
const PEOPLE: u8 = 4;
/// Identities that may get native coin.
const RECEIVERS: u8 = PEOPLE + 2;

/// The chain, and what it should be.
struct Comparison {
	model: MemoryHost,
	/// How many of the model's movements have been compared.
	movements: usize,
	steps: usize,
}

impl Comparison {
	fn new() -> Self {
		let mut model = MemoryHost::default();
		for n in 1..=3 {
			model.set_balance(Asset::Native, id(n), units(FUNDS));
		}
		Self { model, movements: 0, steps: 0 }
	}

	fn run(&mut self, step: &Step) {
		let step = &step.as_it_can_go(&self.model);
		let expected = step.operation.apply(&mut self.model);
		let before = expected.is_err().then(state_root);
		assert_eq!(step.run(), step.route.words(expected), "{step:?}");
		if let Some(before) = before {
			assert_eq!(state_root(), before, "{step:?} was refused and has changed something");
		} else {
			self.compare(step);
		}
		self.compare_movements(step);
		self.steps += 1;
		if self.steps.is_multiple_of(STEPS_PER_AUDIT) {
			check_invariants();
		}
	}

	/// What the step can have touched.
	fn compare(&self, step: &Step) {
		match step.operation.token() {
			Some(token) => self.compare_token(token.id()),
			None => self.compare_native(),
		}
	}

	fn compare_token(&self, mint: MintId) {
		let chain = Host::default();
		let model = &self.model;
		assert_eq!(chain.token(mint), model.token(mint));
		for owner in (1..=PEOPLE).map(id) {
			assert_eq!(chain.holding(mint, owner), model.holding(mint, owner), "{owner:?}");
			assert_eq!(
				chain.permit_nonce(mint, &wallet_of(owner)),
				model.permit_nonce(mint, &wallet_of(owner))
			);
			for spender in (1..=PEOPLE).map(id) {
				let allowed = model.allowance(mint, owner, spender);
				assert_eq!(chain.allowance(mint, owner, spender), allowed);
			}
		}
	}

	fn compare_native(&self) {
		for n in 1..=RECEIVERS {
			let expected = self.model.spendable(Asset::Native, id(n)).expect("it exists");
			assert_eq!(NativeCoin::free_balance(account(n)), expected.get(), "{n}");
		}
	}

	/// Each movement of the model was told of once, and made one event, and nothing else was.
	fn compare_movements(&mut self, step: &Step) {
		let expected = &self.model.movements()[self.movements..];
		let told = movements();
		assert_eq!(told, expected, "{step:?}");
		let expected: Vec<_> = expected.iter().filter_map(Event::of).collect();
		let mut events = events();
		events.retain(is_movement);
		assert_eq!(events, expected, "{step:?}");
		self.movements += told.len();
	}

	/// Everything.
	fn audit(&self) {
		check_invariants();
		let tokens: Vec<_> = Mints::<Test>::iter_keys().collect();
		for mint in &tokens {
			self.compare_token(*mint);
			compare_views(*mint);
		}
		for token in Token::all() {
			assert_eq!(self.model.token(token.id()).is_some(), tokens.contains(&token.id()));
		}
		self.compare_native();
		assert_eq!(NativeCoin::total_issuance(), 3 * FUNDS);
	}
}

/// The wallet that signs permits for an owner.
fn wallet_of(owner: IdCom) -> Address {
	Address::Evm(EvmAddress::derive(owner))
}

fn is_movement(event: &Event<Test>) -> bool {
	matches!(
		event,
		Event::Minted { .. }
			| Event::Burned { .. }
			| Event::Transferred { .. }
			| Event::Approved { .. }
	)
}

/// What a view of 64 bits shows is the ledger's number scaled down, never more than there is.
fn compare_views(mint: MintId) {
	let info: TokenInfo = Host::default().token(mint).expect("it exists");
	let view = info.svm_denomination().expect("the ledger stores no other");
	let unit = 10u128.pow((info.decimals.get() - info.svm_decimals.get()).into());
	let shown = |amount: LedgerAmount| {
		let shown = u64::try_from(view.shown(amount)).expect("fits 64 bits");
		assert_eq!(u128::from(shown), amount.get() / unit);
		shown
	};
	let balances = (1..=PEOPLE).map(|n| shown(Tokens::balance_of(mint, id(n))));
	assert!(balances.sum::<u64>() <= shown(info.supply));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(SEQUENCES))]

	#[test]
	fn the_ledger_is_the_reference_ledger(
		steps in prop::collection::vec(step(), STEPS),
	) {
		// The deposit of the chain, which the model knows nothing of.
		ExtBuilder { mints: vec![], existential_deposit: 1 }.build_and_execute(|| {
			let mut comparison = Comparison::new();
			first_tokens().iter().for_each(|step| comparison.run(step));
			steps.iter().for_each(|step| comparison.run(step));
			comparison.audit();
		});
	}
}
