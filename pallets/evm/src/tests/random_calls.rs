// SPDX-License-Identifier: Apache-2.0
//! Random calls, those that fail included, conserve the native coin and every token.

use super::{
	precompiles::{cross, native, precompile},
	*,
};
use proptest::prelude::*;
use unum_vm_engine::TokenLedger;

/// One step of somebody.
#[derive(Clone, Copy, Debug)]
struct Step {
	sender: usize,
	what: What,
	to: usize,
	amount: u128,
	gas: u64,
}

#[derive(Clone, Copy, Debug)]
enum What {
	/// Coins, from a wallet.
	Pay,
	/// Coins, through a contract.
	PayThrough,
	/// Tokens, from a wallet.
	Token,
	/// Tokens of a contract, by way of another.
	TokenThrough,
	/// The same, but it reverts in the end.
	TokenRegretted,
	/// A contract that is gone at once, and names somebody as its heir.
	Destroy,
	/// As that, and it names itself.
	Burn,
	/// Coins of a contract, by the native VM.
	Native,
	/// Tokens of a contract, by the native VM, undone in the end.
	NativeRegretted,
	/// More than 128 bits of coins.
	TooMuch,
}

fn step() -> impl Strategy<Value = Step> {
	use What::*;
	let what = prop::sample::select(vec![
		Pay,
		PayThrough,
		Token,
		TokenThrough,
		TokenRegretted,
		Native,
		NativeRegretted,
		Destroy,
		Burn,
		TooMuch,
	]);
	let amount = prop_oneof![0..1_000u128, Just(START / 3), Just(TOKENS / 5), Just(u128::MAX)];
	let gas = prop_oneof![20_000..120_000u64, Just(GAS)];
	(0..2usize, what, 0..6usize, amount, gas).prop_map(|(sender, what, to, amount, gas)| Step {
		sender,
		what,
		to,
		amount,
		gas,
	})
}

struct World {
	payer: H160,
	forwarder: H160,
	regretter: H160,
	burnt: u128,
	issuance: u128,
}

impl World {
	fn new() -> Self {
		let [payer, forwarder, regretter] =
			[payer(), forwarder(), regretter()].map(|code| deploy(&code));
		for contract in [forwarder, regretter] {
			let alice = RuntimeOrigin::signed(ALICE.into());
			let amount = LedgerAmount::new(TOKENS / 4);
			UnifiedTokens::transfer(alice, mint(), id_of(contract), amount).unwrap();
		}
		Self { payer, forwarder, regretter, burnt: 0, issuance: Balances::total_issuance() }
	}

	/// Wallets, contracts, the token itself, and somebody new.
	fn receivers(&self) -> [H160; 6] {
		let wallets = [address_of(ALICE), address_of(BOB)];
		[wallets[0], wallets[1], self.payer, self.forwarder, token(), H160([0x99; 20])]
	}

	fn call(&self, step: Step) -> EvmOperation {
		let (to, amount, gas_limit) = (self.receivers()[step.to], step.amount, step.gas);
		let call = |to, value: u128, data| EvmOperation::EvmCall {
			to,
			value: value.into(),
			gas_limit,
			data,
		};
		let make =
			|init| EvmOperation::EvmCreate { value: amount.into(), gas_limit, init, salt: None };
		let pay = [word(token()), transfer_data(to, amount)].concat();
		match step.what {
			What::Pay => call(to, amount, vec![]),
			What::PayThrough => call(self.payer, amount, word(to)),
			What::Token => call(token(), 0, transfer_data(to, amount)),
			What::TokenThrough => call(self.forwarder, 0, [word(self.forwarder), pay].concat()),
			What::TokenRegretted => call(self.forwarder, 0, [word(self.regretter), pay].concat()),
			What::Native => {
				let data = cross(0, [0; 32], native(None, id_of(to).into(), amount), gas_limit);
				call(self.forwarder, 0, [word(precompile(6)), data].concat())
			},
			What::NativeRegretted => {
				let moving = native(Some(mint()), id_of(to).into(), amount);
				let data = cross(0, [0; 32], moving, gas_limit);
				call(self.regretter, 0, [word(precompile(6)), data].concat())
			},
			What::Destroy => make([&[0x73][..], &to.0, &[0xff]].concat()),
			What::Burn => make(vec![0x30, 0xff]),
			What::TooMuch => EvmOperation::EvmTransfer {
				to,
				value: U256::from(amount) << 100 | U256::one() << 130,
			},
		}
	}

	fn run(&mut self, step: Step) {
		let sender = [ALICE, BOB][step.sender];
		let before = (self.all_coins(), self.all_tokens());
		let receipt = submit(sender, self.call(step));
		let is_done = receipt.status == ReceiptStatus::Success;
		if is_done && matches!(step.what, What::Burn) {
			self.burnt += step.amount;
		}
		assert!(
			!is_done
				|| !matches!(
					step.what,
					What::TokenRegretted | What::NativeRegretted | What::TooMuch
				),
			"{step:?}"
		);
		if !is_done {
			assert_eq!((self.all_coins(), self.all_tokens()), before, "{step:?}");
			assert!(receipt.logs.is_empty());
		}
		self.check();
	}

	fn all_coins(&self) -> Vec<u128> {
		self.receivers().map(coins).into()
	}

	fn all_tokens(&self) -> Vec<u128> {
		self.receivers().into_iter().chain([self.regretter]).map(tokens).collect()
	}

	fn check(&self) {
		assert_eq!(Balances::total_issuance(), self.issuance - self.burnt);
		let free: u128 = accounts().map(|data| data.free + data.reserved).sum();
		assert_eq!(Balances::total_issuance(), free);
		let supply = UnifiedTokens::token(mint()).unwrap().supply.get();
		assert_eq!(self.all_tokens().iter().sum::<u128>(), supply);
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	#[test]
	fn nothing_is_made_or_lost(steps in prop::collection::vec(step(), 1..60)) {
		with_chain(|| {
			let mut world = World::new();
			steps.into_iter().for_each(|step| world.run(step));
		});
	}
}
