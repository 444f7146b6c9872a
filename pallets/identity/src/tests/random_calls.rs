// SPDX-License-Identifier: Apache-2.0
//! Random sequences of bindings, unbindings, sweeps, transactions and payments, wrong ones included.
//!
//! After every step: the invariants of registry and ledger hold; the sum of all coins and the supply
//! of the token are what they were; no nonce has fallen; `resolve(vm, address_of(id, vm)) == id` for
//! every identity seen; a refused step has left the state root as it was.

use proptest::prelude::*;
use sp_runtime::StateVersion;
use unum_address::VmKind;

use super::{
	wallets::{bind, evm, svm, sweep, unbind, Wallet},
	*,
};

/// Steps of one sequence, and how many sequences: 12,800 steps in all.
const STEPS: usize = 50;
const SEQUENCES: u32 = 256;
/// Accounts and wallets that take part.
const PEOPLE: u8 = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
	Bind { owner: Who, wallet: u8 },
	BindBy { owner: Who, wallet: u8, signer: u8 },
	Unbind { owner: Who, wallet: u8 },
	Sweep { wallet: u8 },
	SweepDerived { owner: Who, vm: VmKind },
	SetPrimary { owner: Who, wallet: u8 },
	Send { wallet: u8 },
	Pay { from: Who, to: Who, amount: u128 },
	PayToken { from: Who, to: Who, amount: u128 },
}

/// An account, or the unbound identity of a wallet.
#[derive(Clone, Copy, Debug)]
enum Who {
	Account(u8),
	Wallet(u8),
	/// The unbound identity of a derived address.
	Shadow(u8, VmKind),
}

fn wallet(n: u8) -> Box<dyn Wallet> {
	match n % 2 {
		0 => Box::new(evm(n + 1)),
		_ => Box::new(svm(n + 1)),
	}
}

fn derived(owner: IdCom, vm: VmKind) -> Address {
	Address::derive(owner, vm).expect("has a rule")
}

impl Who {
	fn id(self) -> IdCom {
		match self {
			Self::Account(n) => id(n),
			Self::Wallet(n) => wallet(n).identity(),
			Self::Shadow(n, vm) => derived(id(n), vm).unbound_id_com(),
		}
	}
}

fn vm() -> impl Strategy<Value = VmKind> {
	prop::sample::select(VmKind::FOREIGN.to_vec())
}

fn who() -> impl Strategy<Value = Who> {
	prop_oneof![
		4 => (1..=PEOPLE + 1).prop_map(Who::Account),
		4 => (0..PEOPLE).prop_map(Who::Wallet),
		1 => ((1..=PEOPLE + 1), vm()).prop_map(|(n, vm)| Who::Shadow(n, vm)),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let wallets = 0..PEOPLE;
	prop_oneof![
		4 => (who(), wallets.clone()).prop_map(|(owner, wallet)| Step::Bind { owner, wallet }),
		1 => (who(), wallets.clone(), wallets.clone())
			.prop_map(|(owner, wallet, signer)| Step::BindBy { owner, wallet, signer }),
		3 => (who(), wallets.clone()).prop_map(|(owner, wallet)| Step::Unbind { owner, wallet }),
		3 => wallets.clone().prop_map(|wallet| Step::Sweep { wallet }),
		1 => (who(), vm()).prop_map(|(owner, vm)| Step::SweepDerived { owner, vm }),
		1 => (who(), wallets.clone())
			.prop_map(|(owner, wallet)| Step::SetPrimary { owner, wallet }),
		3 => wallets.prop_map(|wallet| Step::Send { wallet }),
		4 => (who(), who(), 0..2 * FUNDS)
			.prop_map(|(from, to, amount)| Step::Pay { from, to, amount }),
		3 => (who(), who(), 0..20u128)
			.prop_map(|(from, to, amount)| Step::PayToken { from, to, amount }),
	]
}

fn run(step: Step, mint: MintId) -> sp_runtime::DispatchResult {
	let origin = |who: Who| RuntimeOrigin::signed(who.id().into());
	match step {
		Step::Bind { owner, wallet: n } => wallet(n).bind_to(owner.id()),
		Step::BindBy { owner, wallet: n, signer } => {
			let address = wallet(n).address();
			let statement = IdComRegistry::binding_statement(owner.id(), &address);
			bind(owner.id(), address, wallet(signer).sign(&statement))
		},
		Step::Unbind { owner, wallet: n } => unbind(owner.id(), wallet(n).address()),
		Step::Sweep { wallet: n } => sweep(wallet(n).address(), &[mint]),
		Step::SweepDerived { owner, vm } => sweep(derived(owner.id(), vm), &[mint]),
		Step::SetPrimary { owner, wallet: n } => {
			IdComRegistry::set_primary(origin(owner), wallet(n).address())
		},
		Step::Send { wallet: n } => {
			wallet(n).send(1);
			Ok(())
		},
		Step::Pay { from, to, amount } => {
			Balances::transfer_allow_death(origin(from), to.id().into(), amount)
		},
		Step::PayToken { from, to, amount } => {
			UnifiedTokens::transfer(origin(from), mint, to.id(), LedgerAmount::new(amount))
		},
	}
}

/// Everybody who takes part.
fn everybody() -> impl Iterator<Item = IdCom> {
	let accounts = (1..=PEOPLE + 1).map(Who::Account);
	let wallets = (0..PEOPLE).map(Who::Wallet);
	let shadows = (1..=PEOPLE + 1)
		.flat_map(|n| VmKind::FOREIGN.into_iter().map(move |vm| Who::Shadow(n, vm)));
	accounts.chain(wallets).chain(shadows).map(Who::id)
}

fn coins_of_all() -> u128 {
	everybody().map(coins).sum()
}

fn tokens_of_all(mint: MintId) -> u128 {
	everybody().map(|who| tokens(mint, who)).sum()
}

fn nonces() -> Vec<u32> {
	everybody().map(nonce).collect()
}

fn check_all_resolve_back() -> Result<(), TestCaseError> {
	for who in everybody().filter(|who| IdComRegistry::exists(*who)) {
		for vm in VmKind::ADDRESSED {
			let address = IdComRegistry::address_of(who, vm).expect("has a rule");
			prop_assert_eq!(IdComRegistry::resolve(&address), who, "{:?}", address);
		}
		for owned in IdComRegistry::addresses(who) {
			prop_assert_eq!(IdComRegistry::resolve(&owned.address), who);
		}
	}
	Ok(())
}

fn check_sequence(steps: &[Step]) -> Result<(), TestCaseError> {
	let mint = token(1, id(2), 100);
	let money = coins_of_all();
	for step in steps {
		let (root, nonces_before) = (sp_io::storage::root(StateVersion::V1), nonces());
		let call = || run(*step, mint);
		if frame_support::storage::with_storage_layer(call).is_err() {
			prop_assert_eq!(sp_io::storage::root(StateVersion::V1), root, "{:?}", step);
		}
		prop_assert_eq!((coins_of_all(), tokens_of_all(mint)), (money, 100), "{:?}", step);
		let never_falls = nonces().into_iter().zip(nonces_before).all(|(now, then)| now >= then);
		prop_assert!(never_falls, "{:?}", step);
		check_all_resolve_back()?;
		prop_assert_eq!(IdComRegistry::do_try_state(), Ok(()), "{:?}", step);
		prop_assert_eq!(UnifiedTokens::do_try_state(), Ok(()), "{:?}", step);
	}
	Ok(())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(SEQUENCES))]

	#[test]
	fn nothing_is_lost_or_taken(steps in prop::collection::vec(step(), STEPS)) {
		ExtBuilder.build().execute_with(|| {
			frame_system::BlockHash::<Test>::insert(0, GENESIS);
			check_sequence(&steps)
		})?;
	}
}
