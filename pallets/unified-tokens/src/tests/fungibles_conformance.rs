// SPDX-License-Identifier: Apache-2.0
//! FRAME's own suite for its `fungible` traits, run on one token.
//!
//! The suite wants accounts that are numbers, and balances up to the largest number there is. So it
//! runs on a token without decimals, of which 2⁶⁴ − 1 base units can exist, in numbers of 64 bits. The
//! pallet's own invariants are checked after each test, the raw writes of `Unbalanced` among them.
//!
//! Not run: `set_total_issuance` and the suite of `Balanced`, because the supply is the sum of the
//! balances at all times and nobody can set it; `deactivate_and_reactivate`, because every token that
//! exists is active (which is the trait's default).

use super::*;
use frame_support::traits::{
	fungible::{conformance_tests::regular, Dust, Inspect, ItemOf, Mutate, Unbalanced},
	tokens::{
		DepositConsequence, Fortitude, Precision, Preservation, Provenance, WithdrawConsequence,
	},
	Get,
};
use sp_runtime::DispatchError;

/// The token of the suite.
struct SuiteMint;

impl Get<MintId> for SuiteMint {
	fn get() -> MintId {
		mint()
	}
}

type Item = ItemOf<Tokens, SuiteMint, AccountId32>;

/// The token with numbers for accounts, and balances of 64 bits.
struct InSmallNumbers;

fn numbered(n: &u64) -> AccountId32 {
	let mut bytes = [0xaa; 32];
	bytes[..8].copy_from_slice(&n.to_be_bytes());
	bytes.into()
}

fn small(amount: u128) -> u64 {
	amount.try_into().expect("the token can't have more")
}

impl Inspect<u64> for InSmallNumbers {
	type Balance = u64;

	fn total_issuance() -> u64 {
		small(Item::total_issuance())
	}

	fn active_issuance() -> u64 {
		small(Item::active_issuance())
	}

	fn minimum_balance() -> u64 {
		small(Item::minimum_balance())
	}

	fn total_balance(who: &u64) -> u64 {
		small(Item::total_balance(&numbered(who)))
	}

	fn balance(who: &u64) -> u64 {
		small(Item::balance(&numbered(who)))
	}

	fn reducible_balance(who: &u64, preservation: Preservation, force: Fortitude) -> u64 {
		small(Item::reducible_balance(&numbered(who), preservation, force))
	}

	fn can_deposit(who: &u64, amount: u64, provenance: Provenance) -> DepositConsequence {
		Item::can_deposit(&numbered(who), amount.into(), provenance)
	}

	fn can_withdraw(who: &u64, amount: u64) -> WithdrawConsequence<u64> {
		use WithdrawConsequence::*;
		match Item::can_withdraw(&numbered(who), amount.into()) {
			ReducedToZero(dust) => ReducedToZero(small(dust)),
			BalanceLow => BalanceLow,
			WouldDie => WouldDie,
			UnknownAsset => UnknownAsset,
			Underflow => Underflow,
			Overflow => Overflow,
			Frozen => Frozen,
			Success => Success,
		}
	}
}

impl Unbalanced<u64> for InSmallNumbers {
	fn handle_dust(_: Dust<u64, Self>) {}

	fn write_balance(who: &u64, amount: u64) -> Result<Option<u64>, DispatchError> {
		Ok(Item::write_balance(&numbered(who), amount.into())?.map(small))
	}

	fn set_total_issuance(amount: u64) {
		Item::set_total_issuance(amount.into());
	}

	fn decrease_balance(
		who: &u64,
		amount: u64,
		precision: Precision,
		preservation: Preservation,
		force: Fortitude,
	) -> Result<u64, DispatchError> {
		Item::decrease_balance(&numbered(who), amount.into(), precision, preservation, force)
			.map(small)
	}

	fn increase_balance(
		who: &u64,
		amount: u64,
		precision: Precision,
	) -> Result<u64, DispatchError> {
		Item::increase_balance(&numbered(who), amount.into(), precision).map(small)
	}
}

impl Mutate<u64> for InSmallNumbers {
	fn mint_into(who: &u64, amount: u64) -> Result<u64, DispatchError> {
		Item::mint_into(&numbered(who), amount.into()).map(small)
	}

	fn burn_from(
		who: &u64,
		amount: u64,
		preservation: Preservation,
		precision: Precision,
		force: Fortitude,
	) -> Result<u64, DispatchError> {
		Item::burn_from(&numbered(who), amount.into(), preservation, precision, force).map(small)
	}

	fn shelve(who: &u64, amount: u64) -> Result<u64, DispatchError> {
		Item::shelve(&numbered(who), amount.into()).map(small)
	}

	fn restore(who: &u64, amount: u64) -> Result<u64, DispatchError> {
		Item::restore(&numbered(who), amount.into()).map(small)
	}

	fn transfer(
		source: &u64,
		dest: &u64,
		amount: u64,
		preservation: Preservation,
	) -> Result<u64, DispatchError> {
		Item::transfer(&numbered(source), &numbered(dest), amount.into(), preservation).map(small)
	}
}

fn run(test: impl FnOnce()) {
	let decimals = Decimals::new(0).expect("18 at most");
	let whole_units = GenesisMint { decimals, balances: vec![], ..genesis_mint() };
	ExtBuilder::of(vec![whole_units]).build_and_execute(|| {
		test();
		let reported: usize = movements().len();
		assert_eq!(events().len(), reported, "each movement has one event");
	});
}

macro_rules! suite {
	($trait:ident: $($test:ident($($argument:expr)?)),+ $(,)?) => {
		mod $trait {
			use super::*;
			$(
				#[test]
				fn $test() {
					run(|| regular::$trait::$test::<InSmallNumbers, u64>($($argument)?));
				}
			)+
		}
	};
}

suite!(
	mutate: mint_into_success(),
	mint_into_overflow(),
	mint_into_below_minimum(),
	burn_from_exact_success(),
	burn_from_best_effort_success(),
	burn_from_exact_insufficient_funds(),
	restore_success(),
	restore_overflow(),
	restore_below_minimum(),
	shelve_success(),
	shelve_insufficient_funds(),
	transfer_success(),
	transfer_expendable_all(),
	transfer_expendable_dust(None),
	transfer_protect_preserve(),
	set_balance_mint_success(),
	set_balance_burn_success(),
	can_deposit_success(),
	can_deposit_below_minimum(),
	can_deposit_overflow(),
	can_withdraw_success(),
	can_withdraw_reduced_to_zero(),
	can_withdraw_balance_low(),
	reducible_balance_expendable(),
	reducible_balance_protect_preserve(),
);

suite!(
	unbalanced: write_balance(),
	decrease_balance_expendable(),
	decrease_balance_preserve(),
	increase_balance(),
);
