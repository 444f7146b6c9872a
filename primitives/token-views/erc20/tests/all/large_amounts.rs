// SPDX-License-Identifier: Apache-2.0
//! Amounts above 128 bits: where the view and a token with 256 bits differ, and where they do not.

use sp_core::U256;
use unum_erc20::{domain_separator, Call, Erc20Error, PermitMessage};

use crate::support::{
	scene::{token_address, Scene, TokenSpec, CHAIN_ID, KEYS},
	wallet,
};

fn two_128() -> U256 {
	U256::one() << 128
}

/// Amounts that 128 bits do not hold.
fn too_large() -> [U256; 4] {
	[two_128(), two_128() + 1, U256::one() << 255, U256::MAX]
}

/// Differs: a token with 256 bits takes them.
#[test]
fn finite_approvals_that_do_not_fit_are_refused() {
	let mut scene = Scene::plain();
	let spender = scene.accounts[1];
	for value in [two_128() - 1, two_128(), U256::one() << 160, U256::MAX - 1] {
		let error = Erc20Error::AllowanceTooLarge { value };
		scene.refuses(0, &Call::Approve { spender, value }, error);
	}
	assert_eq!(scene.allowance(0, 1), 0.into());
}

/// Differs: as with `approve`. The permit can be used no more than before, and no less: its number is
/// not used up.
#[test]
fn signed_finite_approvals_that_do_not_fit_are_refused() {
	let mut scene = Scene::plain();
	let [owner, spender, ..] = scene.accounts;
	let domain = domain_separator(&TokenSpec::plain().name, CHAIN_ID, token_address());
	for value in [two_128() - 1, U256::MAX - 1] {
		let message = PermitMessage { owner, spender, value, nonce: 0, deadline: U256::MAX };
		let permit = wallet::sign(&wallet::key(KEYS[0]), domain, &message);
		scene.refuses(2, &Call::Permit(permit), Erc20Error::AllowanceTooLarge { value });
	}
	assert_eq!(scene.read(&Call::Nonces { owner }), 0.into());
}

/// Does not differ: the largest approval is the unlimited one on both.
#[test]
fn the_largest_approval_is_unlimited_and_stays() {
	let mut scene = Scene::plain();
	let [from, to, ..] = scene.accounts;
	scene.run(0, &Call::Approve { spender: to, value: U256::MAX }).expect("unlimited");
	scene.run(1, &Call::TransferFrom { from, to, value: 400.into() }).expect("there is enough");
	scene.run(1, &Call::BurnFrom { account: from, value: 100.into() }).expect("there is enough");
	assert_eq!(scene.allowance(0, 1), U256::MAX);
	assert_eq!(scene.balance_of(0), 500.into());
	scene.assert_supply();
}

#[test]
fn the_largest_finite_approval_is_kept_to_the_unit() {
	let mut scene = Scene::plain();
	let [from, to, ..] = scene.accounts;
	let value = two_128() - 2;
	scene.run(0, &Call::Approve { spender: to, value }).expect("it fits");
	assert_eq!(scene.allowance(0, 1), value);
	scene.run(1, &Call::TransferFrom { from, to, value: 1.into() }).expect("there is enough");
	assert_eq!(scene.allowance(0, 1), value - 1);
}

/// Does not differ: nobody has that much.
#[test]
fn nobody_can_move_or_burn_more_than_there_can_be() {
	let mut scene = Scene::plain();
	let [from, to, ..] = scene.accounts;
	scene.run(0, &Call::Approve { spender: to, value: U256::MAX }).expect("unlimited");
	for needed in too_large().into_iter().chain([two_128() - 1]) {
		let error = Erc20Error::InsufficientBalance { sender: from, balance: 1_000.into(), needed };
		scene.refuses(0, &Call::Transfer { to, value: needed }, error);
		scene.refuses(1, &Call::TransferFrom { from, to, value: needed }, error);
		scene.refuses(0, &Call::Burn { value: needed }, error);
		scene.refuses(1, &Call::BurnFrom { account: from, value: needed }, error);
	}
}

/// Does not differ: no finite allowance covers it.
#[test]
fn no_finite_allowance_covers_more_than_there_can_be() {
	let mut scene = Scene::plain();
	let [from, to, ..] = scene.accounts;
	let allowance = two_128() - 2;
	scene.run(0, &Call::Approve { spender: to, value: allowance }).expect("it fits");
	for needed in too_large().into_iter().chain([two_128() - 1]) {
		let error = Erc20Error::InsufficientAllowance { spender: to, allowance, needed };
		scene.refuses(1, &Call::TransferFrom { from, to, value: needed }, error);
		scene.refuses(1, &Call::BurnFrom { account: from, value: needed }, error);
	}
}

/// Does not differ from a token with a cap, which every token here is.
#[test]
fn the_supply_grows_to_what_64_bits_of_the_coarser_view_show() {
	let spec = TokenSpec::plain();
	let cap = U256::from(spec.cap());
	assert_eq!(cap, (U256::from(u64::MAX) + 1) * 1_000_000_000 - 1);
	let mut scene = Scene::plain();
	let to = scene.accounts[1];
	for value in [cap - 999, two_128() - 1, two_128(), U256::MAX - 1_000] {
		let increased_supply = value + 1_000;
		let error = Erc20Error::ExceededCap { increased_supply, cap };
		scene.refuses(0, &Call::Mint { to, value }, error);
	}
	scene.refuses(0, &Call::Mint { to, value: U256::MAX - 999 }, Erc20Error::Overflow);
	scene.run(0, &Call::Mint { to, value: cap - 1_000 }).expect("up to the cap");
	assert_eq!(scene.read(&Call::TotalSupply), cap);
	scene.assert_supply();
}
