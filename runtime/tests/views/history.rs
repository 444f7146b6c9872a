// SPDX-License-Identifier: Apache-2.0
//! What accounts have had before and after each transaction of a block, as Solana's clients are told,
//! held against what the state showed them at that time.

use pallet_unified_tokens::Call as TokensCall;
use proptest::prelude::*;
use unum_address::{Address, SvmAddress};
use unum_runtime::{AccountId, BalancesCall, Executive, IdCom, UNIT};
use unum_solana_transaction::{AccountMeta, Instruction};
use unum_solana_view::{IncludedTransaction, TokenBalance, TransactionOrigin};
use unum_spl_token::Instruction as TokenInstruction;
use unum_svm_engine::{ids, minimum_balance};
use unum_units::LedgerAmount;
use unum_vm_engine::IdentityRegistry;

use crate::{
	block::{mint, mint_key, shown, Block, Deed, Path, Shown, Who, ALL, LAMPORT},
	common::run_test,
};

/// Blocks, and how much happens in each.
const BLOCKS: u32 = 64;
const DEEDS: usize = 30;

/// Not a whole number of the SVM's units.
const START: u128 = 5_000_000_000_007;

fn at(transaction: &IncludedTransaction, key: SvmAddress) -> usize {
	transaction.accounts.iter().position(|account| *account == key).expect("it is named")
}

fn amount(balances: &[TokenBalance], at: usize) -> Option<u64> {
	let mut of = balances.iter().filter(|balance| usize::from(balance.account_index) == at);
	let amount = of.next().map(|balance| balance.amount);
	assert!(of.next().is_none(), "an account is told once");
	amount
}

/// What an account has had before and after.
fn told(transaction: &IncludedTransaction, key: SvmAddress) -> [Shown; 2] {
	let (at, meta) = (at(transaction, key), &transaction.meta);
	[
		(meta.pre_balances[at], amount(&meta.pre_token_balances, at)),
		(meta.post_balances[at], amount(&meta.post_token_balances, at)),
	]
}

fn tokens(transaction: &IncludedTransaction, who: Who) -> [Option<u64>; 2] {
	told(transaction, who.tokens()).map(|(_, tokens)| tokens)
}

/// Tokens of nothing, and no token account, are the same to who looks at what moved.
fn something((lamports, tokens): Shown) -> Shown {
	(lamports, tokens.filter(|amount| *amount != 0))
}

/// That all that is told is what the state showed, and hangs together.
fn check(block: &Block) {
	let mut last = std::collections::BTreeMap::new();
	for (transaction, before, after) in block.transactions() {
		let IncludedTransaction { extrinsic_index: index, accounts, meta, .. } = &transaction;
		assert_eq!(meta.pre_balances.len(), accounts.len());
		assert_eq!(meta.post_balances.len(), accounts.len());
		for key in accounts {
			let [pre, post] = told(&transaction, *key).map(something);
			// Transactions of Solana name programs that nobody looks at.
			if let (Some(was), Some(is)) = (before.get(key), after.get(key)) {
				assert_eq!(pre, something(*was), "before extrinsic {index}: {key}");
				assert_eq!(post, something(*is), "after extrinsic {index}: {key}");
			} else {
				assert_eq!(transaction.origin, TransactionOrigin::Solana, "{key}");
			}
			assert_eq!(last.insert(*key, post).unwrap_or(pre), pre, "between: {key}");
		}
		// A balance that sudo sets is the one change that no instruction says.
		for (key, _) in before.iter().filter(|(key, was)| after[*key] != **was) {
			if !accounts.contains(key) {
				assert_eq!(*accounts, [Who::Alice.key()], "{key} has changed unseen");
				last.remove(key);
			}
		}
		for balance in meta.pre_token_balances.iter().chain(&meta.post_token_balances) {
			assert_eq!((balance.mint, balance.decimals), (mint_key(), 9));
			assert_eq!(balance.program, ids::token_program());
			let owner = ALL.into_iter().find(|who| who.key() == balance.owner).expect("known");
			assert_eq!(accounts[usize::from(balance.account_index)], owner.tokens());
		}
	}
	for (key, post) in last {
		assert_eq!(post, something(shown(&key)), "after the block: {key}");
	}
}

fn who() -> impl Strategy<Value = Who> {
	prop::sample::select(ALL.to_vec())
}

fn path() -> impl Strategy<Value = Path> {
	use Path::*;
	prop::sample::select(vec![Calls, NativeVm, Evm, Svm, Batch])
}

fn deed() -> impl Strategy<Value = Deed> {
	// Around what people have; some are more than they have, and fail.
	let coins = || prop_oneof![0..3 * UNIT, 0..30 * UNIT, 0..5_000_000_000u128];
	let tokens = || prop_oneof![0..START / 3, 0..START * 2, Just(START)];
	prop_oneof![
		5 => (who(), coins()).prop_map(|(to, amount)| Deed::Coins { to, amount }),
		6 => (who(), tokens()).prop_map(|(to, amount)| Deed::Tokens { to, amount }),
		1 => (who(), tokens()).prop_map(|(to, amount)| Deed::Mint { to, amount }),
		1 => tokens().prop_map(|amount| Deed::Burn { amount }),
		1 => Just(Deed::Reserve),
		1 => (who(), UNIT..30 * UNIT).prop_map(|(who, free)| Deed::Set { who, free }),
	]
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(BLOCKS))]

	#[test]
	fn all_that_is_told_of_a_block_is_what_the_state_showed(
		deeds in prop::collection::vec((who(), path(), deed()), DEEDS),
	) {
		run_test(|| {
			let mut block = Block::begin(START);
			for (by, path, deed) in deeds {
				block.act(by, path, deed);
			}
			check(&block);
		});
	}
}

#[test]
fn a_token_that_goes_round_all_vms_in_one_block_is_told_step_by_step() {
	use Who::*;
	run_test(|| {
		let mut block = Block::begin(START);
		let steps = [
			(Ethereum, Path::Calls, Solana, 1_000),
			(Solana, Path::Calls, Ethereum, 400),
			(Alice, Path::NativeVm, Solana, 30),
			(Alice, Path::Evm, Bob, 7),
			(Bob, Path::Calls, Alice, 7),
			(Alice, Path::Svm, Ethereum, 2),
		];
		for (by, path, to, units) in steps {
			assert!(block.act(by, path, Deed::Tokens { to, amount: units * LAMPORT }));
		}
		check(&block);
		let all = block.transactions();
		for ((by, _, to, units), (transaction, ..)) in steps.into_iter().zip(&all) {
			assert_eq!(transaction.meta.error, None);
			let units = i64::try_from(units).unwrap();
			let change = |who: Who| {
				let [pre, post] = tokens(transaction, who).map(|it| it.unwrap_or(0));
				i64::try_from(post).unwrap() - i64::try_from(pre).unwrap()
			};
			assert_eq!((change(by), change(to)), (-units, units), "{by:?} to {to:?}");
			let sum = |balances: &[TokenBalance]| balances.iter().map(|it| it.amount).sum::<u64>();
			assert_eq!(
				sum(&transaction.meta.pre_token_balances),
				sum(&transaction.meta.post_token_balances)
			);
		}
		// Bob's account came with what he got, and stayed when it was gone.
		assert_eq!(tokens(&all[3].0, Bob), [None, Some(7)]);
		assert_eq!(tokens(&all[4].0, Bob), [Some(7), Some(0)]);
	});
}

#[test]
fn what_is_minted_and_burnt_is_all_that_differs() {
	run_test(|| {
		let mut block = Block::begin(START);
		let mint = Deed::Mint { to: Who::Bob, amount: 3 * LAMPORT };
		assert!(block.act(Who::Alice, Path::Calls, mint));
		assert_eq!(tokens(&block.last(), Who::Bob), [None, Some(3)]);
		for by in [Who::Alice, Who::Ethereum] {
			assert!(block.act(by, Path::Calls, Deed::Burn { amount: 5 * LAMPORT }));
			let [pre, post] = tokens(&block.last(), by).map(Option::unwrap);
			assert_eq!(pre - post, 5);
		}
		check(&block);
	});
}

#[test]
fn what_only_passes_through_somebody_was_there_neither_before_nor_after() {
	run_test(|| {
		let mut block = Block::begin(START);
		let all = Deed::Tokens { to: Who::Solana, amount: START };
		assert!(block.act(Who::Alice, Path::Calls, all));
		let (mint, amount) = (mint(), LedgerAmount::new(4 * LAMPORT));
		let make = TokensCall::mint_to { mint, to: Who::Alice.id(), amount };
		let pass_on = TokensCall::transfer { mint, to: Who::Bob.id(), amount };
		let batch = pallet_utility::Call::batch { calls: vec![make.into(), pass_on.into()] };
		assert!(block.submit(Who::Alice, batch.into()));
		assert_eq!(tokens(&block.last(), Who::Alice), [Some(0), Some(0)]);
		assert_eq!(tokens(&block.last(), Who::Bob), [None, Some(4)]);
		check(&block);
	});
}

#[test]
fn who_pays_has_less_by_the_fee_and_by_what_was_sent() {
	run_test(|| {
		let mut block = Block::begin(START);
		for by in [Who::Alice, Who::Bob, Who::Ethereum, Who::Solana] {
			let sent = UNIT + 3 * LAMPORT;
			let to = if by == Who::Bob { Who::Alice } else { Who::Bob };
			assert!(block.act(by, Path::Calls, Deed::Coins { to, amount: sent }));
			let transaction = block.last();
			let sent = u64::try_from(sent / LAMPORT).unwrap();
			let [(pre, _), (post, _)] = told(&transaction, by.key());
			// Each number is rounded down for itself.
			let paid = pre - post - sent;
			assert!((transaction.meta.fee..=transaction.meta.fee + 1).contains(&paid), "{by:?}");
			let [(pre, _), (post, _)] = told(&transaction, to.key());
			assert_eq!(post - pre, sent);
		}
		check(&block);
	});
}

#[test]
fn what_fails_costs_its_fee_and_moves_nothing() {
	run_test(|| {
		let mut block = Block::begin(START);
		let too_much = Deed::Tokens { to: Who::Bob, amount: 2 * START };
		assert!(block.act(Who::Ethereum, Path::Calls, too_much));
		let transaction = block.last();
		assert_ne!(transaction.origin, TransactionOrigin::Solana);
		assert!(transaction.meta.error.is_some());
		let [(pre, _), (post, _)] = told(&transaction, Who::Ethereum.key());
		assert!(pre - post >= transaction.meta.fee && transaction.meta.fee > 0);
		assert!(transaction.meta.pre_token_balances.is_empty());
		check(&block);
	});
}

#[test]
fn programs_show_what_they_always_show() {
	run_test(|| {
		let mut block = Block::begin(START);
		// Coins of the identity behind a program's address are none of the program's.
		let program = ids::system_program();
		let behind = IdCom::resolve(&Address::Svm(program));
		block.watch(SvmAddress::derive(behind));
		let dest = AccountId::from(behind);
		let pay = BalancesCall::transfer_allow_death { dest: dest.into(), value: UNIT };
		assert!(block.submit(Who::Alice, pay.into()));
		for _ in 0..2 {
			assert!(block.act(Who::Alice, Path::Calls, Deed::Coins { to: Who::Bob, amount: UNIT }));
			assert_eq!(told(&block.last(), program), [(1, None), (1, None)]);
		}
		check(&block);
	});
}

#[test]
fn the_end_of_a_block_changes_nothing_of_what_is_told() {
	run_test(|| {
		let mut block = Block::begin(START);
		for by in ALL {
			block.act(by, Path::Calls, Deed::Coins { to: Who::Bob, amount: UNIT });
			block.act(by, Path::Calls, Deed::Tokens { to: Who::Bob, amount: LAMPORT });
		}
		let told = |block: &Block| -> Vec<_> {
			block.transactions().into_iter().map(|(transaction, ..)| transaction).collect()
		};
		let before = told(&block);
		Executive::finalize_block();
		assert_eq!(told(&block), before);
	});
}

/// An account for the token that the wallet of Solana makes at a key of its own, which no balance but its
/// own is behind.
#[test]
fn tokens_for_an_account_by_itself_are_told_at_that_account() {
	run_test(|| {
		let mut block = Block::begin(START);
		let account = block.open_account_by_itself(minimum_balance(165));
		block.watch(account);
		assert!(block.send_tokens_to(Who::Alice, account, 9 * LAMPORT));
		let transaction = block.last();
		let [(lamports, pre), (_, post)] = told(&transaction, account);
		assert_eq!((lamports, pre, post), (minimum_balance(165), None, Some(9)));
		let balance = &transaction.meta.post_token_balances.iter().find(|it| it.amount == 9);
		assert_eq!(balance.unwrap().owner, Who::Solana.key());
	});
}

#[test]
fn an_account_that_is_closed_later_is_told_as_long_as_there_is_something_in_it() {
	run_test(|| {
		let mut block = Block::begin(START);
		// All of it, with what the SVM does not show.
		let all = Deed::Tokens { to: Who::Alice, amount: START };
		let back = Deed::Tokens { to: Who::Bob, amount: START };
		assert!(block.act(Who::Ethereum, Path::Calls, all));
		assert_eq!(tokens(&block.last(), Who::Ethereum), [Some(5_000), Some(0)]);
		assert!(block.act(Who::Alice, Path::Calls, back));
		assert_eq!(tokens(&block.last(), Who::Bob), [None, Some(5_000)]);

		let mint = Deed::Mint { to: Who::Solana, amount: 3 * LAMPORT - START % LAMPORT };
		assert!(block.act(Who::Alice, Path::Calls, mint));
		let all = Deed::Tokens { to: Who::Alice, amount: START + 3 * LAMPORT - START % LAMPORT };
		assert!(block.act(Who::Solana, Path::Calls, all));
		let keys = [Who::Solana.tokens(), Who::Solana.key(), Who::Solana.key()];
		let close = Instruction {
			program: ids::token_program(),
			accounts: keys
				.map(|pubkey| AccountMeta {
					pubkey,
					is_signer: pubkey == Who::Solana.key(),
					is_writable: true,
				})
				.into(),
			data: TokenInstruction::CloseAccount.encode(),
		};
		assert!(block.by_solana(&[close]));
		assert_eq!(block.last().meta.error, None);
		assert_eq!(tokens(&block.last(), Who::Solana), [Some(0), None]);
		check(&block);
		// It was there before it was closed.
		let minted = block.transactions().into_iter().rev().nth(2).unwrap().0;
		assert_eq!(tokens(&minted, Who::Solana), [Some(5_000), Some(5_003)]);
	});
}
