// SPDX-License-Identifier: Apache-2.0
//! What the transactions of a measurement do.

use std::fmt;

use clap::ValueEnum;
use fastrand::Rng;
use unum_address::SvmAddress;
use unum_evm_engine::EvmOperation;
use unum_native_engine::NativeCall;
use unum_runtime::RuntimeCall;
use unum_solana_transaction::{wallet::transfer, Instruction};
use unum_units::LedgerAmount;

use crate::{
	calls::{
		count, counters, erc20_transfer, evm, evm_address, make_counters, native, pay,
		transfer_token,
	},
	chain::{account, mint, Act, SIGNERS_MAX},
	solana::{self, wallet, WALLETS_MAX},
};

/// How many context shards there are.
const CONTEXTS: u64 = 64;

/// What a contract call of a measurement may use.
const GAS_LIMIT: u64 = 100_000;

/// What the transactions of a measurement do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Workload {
	/// Native transfers; nobody pays or is paid twice in a block.
	Disjoint,
	/// Native transfers; few receivers are paid often, most of them seldom.
	Zipf,
	/// Native transfers; all to one receiver.
	Hot,
	/// Native transfers; each spends what the one before has paid: A to B, B to C, C to D.
	Chained,
	/// Contract calls in 64 contexts, each of which has an entry of its own.
	Contexts,
	/// Transfers of one token through its ERC-20 contract, between different holders.
	Erc20,
	/// Calls of one contract, each of which changes an entry of its own.
	Contracts,
	/// Transfers of coins and of a token, by pallets, by the native VM and by the EVM.
	Mixed,
	/// Native transfers, and among them 30 % contract calls, which do not say what they touch.
	Global30,
	/// Transfers of coins between Solana wallets, signed by them; nobody pays or is paid twice in a block.
	Solana,
	/// The same of a token, between their associated accounts.
	Spl,
	/// Remarks of nothing, all by one account: what a transaction takes that does nothing.
	Remarks,
}

impl fmt::Display for Workload {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let name = self.to_possible_value();
		f.write_str(name.as_ref().map_or("", |name| name.get_name()))
	}
}

impl Workload {
	/// What has to be on the chain before: sent by the first account.
	pub(crate) fn preparation(self) -> Vec<RuntimeCall> {
		// The first transfer ever makes an account for the token's contract.
		vec![make_counters(), erc20_transfer(evm_address(account(1).into()), 1, GAS_LIMIT)]
	}

	/// The `n`th transaction of all: who does what. There are `accounts`, at least four.
	pub(crate) fn transaction(self, n: u64, accounts: u32, rng: &mut Rng) -> Act {
		let signers = accounts.min(SIGNERS_MAX);
		let half = signers / 2;
		let payer = remainder(n, half);
		// Of all accounts that do not pay, each in its turn, and neighbours far from each other.
		let payee = half + remainder(n.wrapping_mul(7_919), accounts - half);
		let anybody = remainder(n, signers);
		let to = || evm_address(account(payee).into());
		let wallets = signers.min(WALLETS_MAX) / 2;
		let by_wallet = |transfer: &dyn Fn(SvmAddress, SvmAddress, u64) -> Instruction| {
			let from = remainder(n, wallets);
			let to = wallets + remainder(n.wrapping_mul(7_919), wallets);
			// No two transactions are the same.
			Act::Solana(from, vec![transfer(wallet(from), wallet(to), 1_000 + n)])
		};
		let (sender, call) = match self {
			Self::Solana => return by_wallet(&transfer),
			Self::Spl => {
				return by_wallet(&|from, to, amount| {
					solana::transfer_token(from, to, mint(), amount)
				})
			},
			Self::Disjoint => (payer, pay(payee, 1_000)),
			Self::Zipf => (payer, pay(half + zipf(accounts - half, rng), 1_000)),
			Self::Hot => (1 + remainder(n, signers - 1), pay(0, 1_000)),
			Self::Chained => (anybody, pay(remainder(n + 1, signers), 1_000)),
			Self::Contexts => {
				let context = n % CONTEXTS;
				let tag = (u128::from(context) + 1).to_be_bytes();
				(anybody, count(counters(0), context, Some(tag)))
			},
			Self::Erc20 => (payer, erc20_transfer(to(), 1, GAS_LIMIT)),
			Self::Contracts => (anybody, count(counters(0), CONTEXTS + u64::from(anybody), None)),
			Self::Mixed => {
				let call = match n % 5 {
					0 => pay(payee, 1_000),
					1 => transfer_token(payee, 1_000),
					2 => {
						let (to, amount) = (account(payee).into(), LedgerAmount::new(1_000));
						native(NativeCall::Transfer { asset: Some(mint()), to, amount })
					},
					3 => evm(EvmOperation::EvmTransfer { to: to(), value: 1_000.into() }),
					_ => erc20_transfer(to(), 1, GAS_LIMIT),
				};
				(payer, call)
			},
			Self::Global30 => match rng.u32(..10) < 3 {
				true => (payer, count(counters(0), CONTEXTS + u64::from(payer), None)),
				false => (payer, pay(payee, 1_000)),
			},
			Self::Remarks => (0, frame_system::Call::remark { remark: vec![] }.into()),
		};
		Act::Call(sender, call)
	}
}

/// `n mod m`, and 0 if `m` is.
fn remainder(n: u64, m: u32) -> u32 {
	let rest = n.checked_rem(m.into()).unwrap_or_default();
	u32::try_from(rest).unwrap_or_default()
}

/// One of `total`: the `k`th about as often as `1/k`.
fn zipf(total: u32, rng: &mut Rng) -> u32 {
	let rank = f64::from(total).powf(rng.f64()) - 1.0;
	// A float becomes the nearest number that there is.
	(rank as u32).min(total.saturating_sub(1))
}

#[cfg(test)]
mod tests {
	use std::collections::HashSet;

	use super::*;

	#[test]
	fn names_are_those_of_the_command_line() {
		let names: Vec<_> = Workload::value_variants().iter().map(ToString::to_string).collect();
		let expected = [
			"disjoint",
			"zipf",
			"hot",
			"chained",
			"contexts",
			"erc20",
			"contracts",
			"mixed",
			"global30",
			"solana",
			"spl",
			"remarks",
		];
		assert_eq!(names, expected);
	}

	#[test]
	fn disjoint_transfers_have_nobody_in_common() {
		let rng = &mut Rng::with_seed(0);
		let mut seen = HashSet::new();
		for n in 0..1_000 {
			let Act::Call(from, call) = Workload::Disjoint.transaction(n, 10_000, rng) else {
				panic!("no wallet of Solana's");
			};
			assert!(seen.insert(account(from)), "{n}");
			let RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death { dest, .. }) =
				call
			else {
				panic!("{call:?}");
			};
			let unum_runtime::Address::Id(to) = dest else { panic!("{dest:?}") };
			assert!(seen.insert(to), "{n}");
		}
	}

	#[test]
	fn few_are_paid_often() {
		let rng = &mut Rng::with_seed(0);
		let mut times = vec![0u32; 1_000];
		for _ in 0..100_000 {
			times[zipf(1_000, rng) as usize] += 1;
		}
		// One in ln(1000) · 1/k.
		assert!((9_000..11_500).contains(&times[0]), "{}", times[0]);
		assert!((20..300).contains(&times[99]), "{}", times[99]);
	}
}
