// SPDX-License-Identifier: Apache-2.0
//! What an address held as an identity of its own reaches its owner, and nobody else.

use frame_support::{assert_noop, assert_ok};
use unum_address::VmKind;
use unum_vm_engine::TokenAuthority;

use super::{
	wallets::{evm, sweep, unbind, Wallet},
	*,
};
use crate::{Error, Event};

fn pay(to: IdCom, amount: u128) {
	let payer = RuntimeOrigin::signed(account(2));
	assert_ok!(Balances::transfer_allow_death(payer, to.into(), amount));
}

#[test]
fn native_coin_moves_at_once_and_tokens_by_sweep() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		pay(wallet.identity(), 300);
		let mint = token(1, wallet.identity(), 70);
		assert_ok!(wallet.bind_to(id(1)));
		assert_eq!((coins(wallet.identity()), coins(id(1))), (0, FUNDS + 300));
		assert_eq!((tokens(mint, wallet.identity()), tokens(mint, id(1))), (70, 0));
		events();
		assert_ok!(sweep(wallet.address(), &[mint]));
		assert_eq!((tokens(mint, wallet.identity()), tokens(mint, id(1))), (0, 70));
		let amount = LedgerAmount::new(70);
		let (address, from, to) = (wallet.address(), wallet.identity(), id(1));
		assert_eq!(events(), [Event::Swept { address, from, to, mint: Some(mint), amount }]);
	});
}

#[test]
fn what_arrives_later_is_swept_too() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		assert_ok!(wallet.bind_to(id(1)));
		pay(wallet.identity(), 5);
		assert_ok!(sweep(wallet.address(), &[]));
		assert_eq!(coins(id(1)), FUNDS + 5);
		// Nothing to move is no error: anybody may have been faster.
		assert_ok!(sweep(wallet.address(), &[]));
	});
}

#[test]
fn what_came_before_first_sight_reaches_its_owner() {
	ExtBuilder.build_and_execute(|| {
		for vm in VmKind::FOREIGN {
			let owner = id(0x40 + vm.get());
			let address = Address::derive(owner, vm).expect("has a rule");
			let before = IdComRegistry::resolve(&address);
			assert_ne!(before, owner, "nobody knows yet whose it is");
			pay(before, 10);
			let mint = token(0x40 + vm.get(), before, 7);
			assert_noop!(sweep(address.clone(), &[mint]), Error::<Test>::NothingToSweep);
			pay(owner, 1);
			assert_ok!(sweep(address, &[mint]));
			assert_eq!((coins(owner), tokens(mint, owner)), (11, 7));
		}
	});
}

#[test]
fn authorities_over_tokens_move_too() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		wallet.send(1);
		let mint = MintId::derive(wallet.identity(), [5; 32]);
		let creator = RuntimeOrigin::signed(wallet.identity().into());
		let freezer = Some(wallet.identity());
		assert_ok!(UnifiedTokens::create_mint(
			creator,
			[5; 32],
			0,
			None,
			b"T".to_vec(),
			b"T".to_vec(),
			None,
			freezer
		));
		assert_ok!(wallet.bind_to(id(1)));
		assert_ok!(sweep(wallet.address(), &[mint]));
		let info = <UnifiedTokens as TokenLedger>::token(mint).expect("exists");
		for authority in [TokenAuthority::Mint, TokenAuthority::Freeze] {
			assert_eq!(info.authority(authority), Some(id(1)));
		}
	});
}

#[test]
fn a_sweep_moves_to_the_owner_only() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		pay(wallet.identity(), 10);
		let mint = token(1, wallet.identity(), 7);
		// Of an address that is nobody's but its wallet's, nothing moves.
		assert_noop!(sweep(wallet.address(), &[mint]), Error::<Test>::NothingToSweep);
		assert_noop!(sweep(Address::Native(id(1)), &[mint]), Error::<Test>::NothingToSweep);
		assert_ok!(wallet.bind_to(id(1)));
		assert_ok!(unbind(id(1), wallet.address()));
		pay(wallet.identity(), 10);
		assert_noop!(sweep(wallet.address(), &[mint]), Error::<Test>::NothingToSweep);
		assert_eq!((coins(wallet.identity()), tokens(mint, wallet.identity())), (10, 7));
	});
}

#[test]
fn frozen_tokens_and_locked_coins_stay_until_they_are_free() {
	ExtBuilder.build_and_execute(|| {
		use frame_support::traits::{LockableCurrency, WithdrawReasons};
		let wallet = evm(1);
		pay(wallet.identity(), 100);
		let mint = token(1, wallet.identity(), 7);
		let who = AccountId32::from(wallet.identity());
		Balances::set_lock(*b"test----", &who, 40, WithdrawReasons::all());
		assert_ok!(UnifiedTokens::freeze(
			RuntimeOrigin::signed(account(1)),
			mint,
			wallet.identity()
		));
		assert_ok!(wallet.bind_to(id(1)));
		assert_ok!(sweep(wallet.address(), &[mint]));
		assert_eq!((coins(wallet.identity()), tokens(mint, wallet.identity())), (40, 7));
		Balances::remove_lock(*b"test----", &who);
		assert_ok!(UnifiedTokens::thaw(RuntimeOrigin::signed(account(1)), mint, wallet.identity()));
		assert_ok!(sweep(wallet.address(), &[mint]));
		assert_eq!((coins(id(1)), tokens(mint, id(1))), (FUNDS + 100, 7));
	});
}

#[test]
fn a_token_that_does_not_exist_is_an_error_and_moves_nothing() {
	ExtBuilder.build_and_execute(|| {
		let wallet = evm(1);
		assert_ok!(wallet.bind_to(id(1)));
		pay(wallet.identity(), 10);
		let unknown = MintId::from([0xee; 32]);
		assert_noop!(sweep(wallet.address(), &[unknown]), Error::<Test>::LedgerRefused);
		assert_eq!(coins(wallet.identity()), 10);
	});
}
