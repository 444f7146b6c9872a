// SPDX-License-Identifier: Apache-2.0
//! Random sequences of calls, wrong ones included, against a second, simple ledger.
//!
//! After every step: the ledger and the simple one agree about success and about every balance; a
//! refused step has left the state root as it was; a movement of tokens has made exactly one event;
//! the invariants hold.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use unum_vm_engine::{Asset, UnifiedLedger};

/// Steps of one sequence, and how many sequences: 12,800 steps in all.
const STEPS: usize = 50;
const SEQUENCES: u32 = 256;

/// Identities that act, 1 to this; the last has no account at the start.
const PEOPLE: u8 = 4;

/// What the creators of the two first tokens have of them.
const FIRST_SUPPLY: u128 = 12;

#[derive(Clone, Copy, Debug)]
enum Step {
	Create { by: u8, salt: u8, decimals: u8, svm_decimals: Option<u8> },
	Mint { by: u8, token: Token, to: u8, amount: u128 },
	Burn { by: u8, token: Token, amount: u128 },
	Transfer { by: u8, token: Token, to: u8, amount: u128 },
	Approve { by: u8, token: Token, spender: u8, amount: u128 },
	TransferFrom { by: u8, token: Token, from: u8, to: u8, amount: u128 },
	Freeze { token: Token, owner: u8, frozen: bool },
	EngineToken { token: Token, from: u8, to: u8, amount: u128 },
	EngineNative { from: u8, to: u8, amount: u128 },
}

/// The token that a person makes with a salt, whether it exists or not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Token {
	creator: u8,
	salt: u8,
}

impl Token {
	fn id(self) -> MintId {
		MintId::derive(id(self.creator), [self.salt; 32])
	}
}

fn person() -> impl Strategy<Value = u8> {
	1..=PEOPLE
}

fn token() -> impl Strategy<Value = Token> {
	(1..=2u8, prop::bool::weighted(0.2))
		.prop_map(|(creator, salt)| Token { creator, salt: salt.into() })
}

/// Amounts of tokens: as small as the balances, so that these are often used up to the last unit; now
/// and then the limits.
fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![
		12 => 0..FIRST_SUPPLY,
		1 => Just(u128::from(u64::MAX)),
		1 => Just(u128::from(u64::MAX) * 1_000),
		2 => Just(u128::MAX),
		1 => any::<u128>(),
	]
}

/// Allowances: often unlimited.
fn allowance() -> impl Strategy<Value = u128> {
	prop_oneof![2 => amount(), 1 => Just(u128::MAX)]
}

/// Amounts of the native coin: around the existential deposit, around all that somebody has, and any.
fn native_amount() -> impl Strategy<Value = u128> {
	prop_oneof![
		3 => 0..2 * EXISTENTIAL_DEPOSIT,
		2 => FUNDS - EXISTENTIAL_DEPOSIT..=FUNDS,
		1 => 0..2 * FUNDS,
		1 => any::<u128>(),
	]
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		2 => (person(), 0..=1u8, 0..=20u8, prop::option::of(0..=20u8)).prop_map(
			|(by, salt, decimals, svm_decimals)| Step::Create { by, salt, decimals, svm_decimals }
		),
		3 => (person(), token(), person(), amount())
			.prop_map(|(by, token, to, amount)| Step::Mint { by, token, to, amount }),
		2 => (person(), token(), amount())
			.prop_map(|(by, token, amount)| Step::Burn { by, token, amount }),
		5 => (person(), token(), person(), amount())
			.prop_map(|(by, token, to, amount)| Step::Transfer { by, token, to, amount }),
		3 => (person(), token(), person(), allowance())
			.prop_map(|(by, token, spender, amount)| Step::Approve { by, token, spender, amount }),
		4 => (person(), token(), person(), person(), amount()).prop_map(
			|(by, token, from, to, amount)| Step::TransferFrom { by, token, from, to, amount }
		),
		1 => (token(), person(), any::<bool>())
			.prop_map(|(token, owner, frozen)| Step::Freeze { token, owner, frozen }),
		3 => (token(), person(), person(), amount())
			.prop_map(|(token, from, to, amount)| Step::EngineToken { token, from, to, amount }),
		3 => (person(), 1..=PEOPLE + 2, native_amount())
			.prop_map(|(from, to, amount)| Step::EngineNative { from, to, amount }),
	]
}

impl Step {
	/// Does the step, without any transaction of storage around it.
	fn run(self) -> Result<(), String> {
		let ledger = |asset, from, to, amount| {
			<Tokens as UnifiedLedger>::transfer(asset, id(from), id(to), units(amount))
				.map_err(|error| error.to_string())
		};
		let called = match self {
			Self::Create { by, salt, decimals, svm_decimals } => Tokens::create_mint(
				signed(by),
				[salt; 32],
				decimals,
				svm_decimals,
				b"name".to_vec(),
				b"SYM".to_vec(),
				None,
				None,
			),
			Self::Mint { by, token, to, amount } => {
				Tokens::mint_to(signed(by), token.id(), id(to), units(amount))
			},
			Self::Burn { by, token, amount } => Tokens::burn(signed(by), token.id(), units(amount)),
			Self::Transfer { by, token, to, amount } => {
				Tokens::transfer(signed(by), token.id(), id(to), units(amount))
			},
			Self::Approve { by, token, spender, amount } => {
				Tokens::approve(signed(by), token.id(), id(spender), units(amount))
			},
			Self::TransferFrom { by, token, from, to, amount } => {
				Tokens::transfer_from(signed(by), token.id(), id(from), id(to), units(amount))
			},
			Self::Freeze { token, owner, frozen } => {
				if Mints::<Test>::contains_key(token.id()) {
					set_frozen(token.id(), owner, frozen);
				}
				Ok(())
			},
			Self::EngineToken { token, from, to, amount } => {
				return ledger(Asset::Token(token.id()), from, to, amount)
			},
			Self::EngineNative { from, to, amount } => {
				return ledger(Asset::Native, from, to, amount)
			},
		};
		called.map_err(|error| format!("{error:?}"))
	}

	/// How many events of the ledger the step makes if it succeeds.
	fn events(self) -> usize {
		match self {
			Self::Freeze { .. } | Self::EngineNative { .. } => 0,
			_ => 1,
		}
	}
}

/// What the simple ledger knows of a token.
#[derive(Default)]
struct SimpleToken {
	unit: u128,
	balances: [u128; 7],
	frozen: [bool; 7],
	allowances: BTreeMap<(u8, u8), u128>,
}

/// The simple ledger: arrays, no identities, no storage.
struct Simple {
	tokens: BTreeMap<Token, SimpleToken>,
	native: [u128; 7],
}

impl Simple {
	fn new() -> Self {
		Self { tokens: BTreeMap::new(), native: [0, FUNDS, FUNDS, FUNDS, 0, 0, 0] }
	}

	/// Does the step if it is right; says whether it was.
	fn run(&mut self, step: Step) -> bool {
		self.try_run(step).is_some()
	}

	fn try_run(&mut self, step: Step) -> Option<()> {
		match step {
			Step::Create { by, salt, decimals, svm_decimals } => {
				let token = Token { creator: by, salt };
				let svm_decimals = svm_decimals.unwrap_or(decimals.min(9));
				let is_right =
					decimals <= 18 && svm_decimals <= decimals && !self.tokens.contains_key(&token);
				let unit = 10u128.pow(decimals.checked_sub(svm_decimals)?.into());
				let made = SimpleToken { unit, ..Default::default() };
				is_right.then(|| self.tokens.insert(token, made)).map(|_| ())
			},
			Step::Mint { by, token, to, amount } => {
				self.tokens.get_mut(&token)?.mint(token.creator == by, to, amount)
			},
			Step::Burn { by, token, amount } => self.tokens.get_mut(&token)?.burn(by, amount),
			Step::Transfer { by: from, token, to, amount }
			| Step::EngineToken { token, from, to, amount } => {
				self.tokens.get_mut(&token)?.transfer(from, to, amount)
			},
			Step::Approve { by, token, spender, amount } => {
				self.tokens.get_mut(&token)?.allowances.insert((by, spender), amount);
				Some(())
			},
			Step::TransferFrom { by, token, from, to, amount } => {
				self.tokens.get_mut(&token)?.transfer_from(by, from, to, amount)
			},
			Step::Freeze { token, owner, frozen } => {
				if let Some(token) = self.tokens.get_mut(&token) {
					token.frozen[usize::from(owner)] = frozen;
				}
				Some(())
			},
			Step::EngineNative { from, to, amount } => self.transfer_native(from, to, amount),
		}
	}

	fn transfer_native(&mut self, from: u8, to: u8, amount: u128) -> Option<()> {
		let (from, to) = (usize::from(from), usize::from(to));
		let left = self.native[from].checked_sub(amount)?;
		if amount == 0 || from == to {
			return Some(());
		}
		let arrived = self.native[to].checked_add(amount)?;
		if arrived < EXISTENTIAL_DEPOSIT {
			return None;
		}
		// What is below the deposit is removed.
		self.native[from] = if left < EXISTENTIAL_DEPOSIT { 0 } else { left };
		self.native[to] = arrived;
		Some(())
	}
}

impl SimpleToken {
	fn supply(&self) -> u128 {
		self.balances.iter().sum()
	}

	fn mint(&mut self, is_authority: bool, to: u8, amount: u128) -> Option<()> {
		let supply = self.supply().checked_add(amount)?;
		let fits = supply / self.unit <= u128::from(u64::MAX);
		let free = amount == 0 || !self.frozen[usize::from(to)];
		(is_authority && fits && free).then(|| self.balances[usize::from(to)] += amount)
	}

	fn burn(&mut self, from: u8, amount: u128) -> Option<()> {
		let from = usize::from(from);
		let left = self.balances[from].checked_sub(amount)?;
		(amount == 0 || !self.frozen[from]).then(|| self.balances[from] = left)
	}

	fn transfer(&mut self, from: u8, to: u8, amount: u128) -> Option<()> {
		let (from, to) = (usize::from(from), usize::from(to));
		if amount == 0 {
			return Some(());
		}
		if self.frozen[from] || self.frozen[to] || self.balances[from] < amount {
			return None;
		}
		self.balances[from] -= amount;
		self.balances[to] += amount;
		Some(())
	}

	fn transfer_from(&mut self, spender: u8, from: u8, to: u8, amount: u128) -> Option<()> {
		let allowance = self.allowances.get(&(from, spender)).copied().unwrap_or(0);
		let left = allowance.checked_sub(amount)?;
		self.transfer(from, to, amount)?;
		if allowance != u128::MAX {
			self.allowances.insert((from, spender), left);
		}
		Some(())
	}
}

/// Everything that the simple ledger knows is what the real one says.
fn compare(simple: &Simple) {
	assert_eq!(Mints::<Test>::iter().count(), simple.tokens.len());
	for (token, expected) in &simple.tokens {
		let mint = token.id();
		assert_eq!(Tokens::total_supply(mint), Some(units(expected.supply())));
		for n in 1..=PEOPLE {
			let amount = expected.balances[usize::from(n)];
			assert_eq!(Tokens::balance_of(mint, id(n)), units(amount), "{token:?} of {n}");
		}
		for ((owner, spender), amount) in &expected.allowances {
			assert_eq!(Tokens::allowance(mint, id(*owner), id(*spender)), units(*amount));
		}
	}
	for n in 1..=PEOPLE + 2 {
		assert_eq!(NativeCoin::free_balance(account(n)), simple.native[usize::from(n)], "{n}");
	}
}

fn run_and_check(simple: &mut Simple, step: Step) {
	events();
	let before = state_root();
	let result = step.run();
	assert_eq!(result.is_ok(), simple.run(step), "{step:?}: {result:?}");
	if result.is_err() {
		assert_eq!(state_root(), before, "{step:?} was refused and has changed something");
	} else {
		assert_eq!(events().len(), step.events(), "{step:?}");
	}
	compare(simple);
	check_invariants();
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(SEQUENCES))]

	#[test]
	fn the_ledger_is_the_simple_ledger(
		steps in prop::collection::vec(step(), STEPS),
	) {
		ExtBuilder { mints: vec![] }.build_and_execute(|| {
			let mut simple = Simple::new();
			// Two tokens from the start, so that sequences have something to move.
			for by in 1..=2 {
				let create = Step::Create { by, salt: 0, decimals: 6, svm_decimals: None };
				run_and_check(&mut simple, create);
				let token = Token { creator: by, salt: 0 };
				run_and_check(&mut simple, Step::Mint { by, token, to: by, amount: FIRST_SUPPLY });
			}
			for step in steps {
				run_and_check(&mut simple, step);
			}
		});
	}
}
