// SPDX-License-Identifier: Apache-2.0
//! Rules of the ledger that token contracts do not have, as the view shows them.

use unum_erc20::{limits, AbiAddress, AddressSpace, Call, Erc20Error};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, LedgerHost, TokenAuthority, TokenHost};

use crate::support::{
	calldata::encode,
	scene::{accounts, mint_id, Scene, TokenSpec},
};

/// Freezes an account; the second wallet has the authority.
fn freeze(scene: &mut Scene, account: usize) {
	let (authority, who) = (scene.ids[1], scene.ids[account]);
	scene.host.set_frozen(mint_id(), authority, who, true).expect("it has the authority");
}

/// What a call costs, as if it ran now.
fn cost(scene: &Scene, caller: usize, call: &Call) -> u64 {
	let calldata = encode(call);
	limits::gas(&calldata) - limits::spared(&scene.host, &scene.frame(caller, &calldata))
}

#[test]
fn entries_that_are_there_need_not_be_made() {
	let mut scene = Scene::plain();
	let [from, to, stranger, ..] = scene.accounts;
	let value = 1.into();
	assert_eq!(scene.balance_of(2), 0.into());
	for (call, known, unknown) in [
		(Call::Transfer { to: stranger, value }, 18_756, 60_856),
		(Call::Mint { to: stranger, value }, 18_756, 60_856),
		(Call::TransferFrom { from, to: stranger, value }, 25_856, 67_956),
	] {
		assert_eq!(cost(&scene, 0, &call), unknown, "{call:?}");
		let mut scene = scene.clone();
		scene.run(0, &Call::Transfer { to: stranger, value }).expect("it has some");
		assert_eq!(cost(&scene, 0, &call), known, "{call:?}");
	}
	let approve = Call::Approve { spender: to, value };
	assert_eq!(cost(&scene, 0, &approve), 52_956);
	scene.run(0, &approve).expect("anybody may");
	assert_eq!(cost(&scene, 0, &approve), 35_856);
	assert_eq!(cost(&scene, 1, &Call::Approve { spender: from, value }), 52_956, "another one's");
	for call in [Call::Burn { value }, Call::BalanceOf { account: from }, Call::Name] {
		let calldata = encode(&call);
		assert_eq!(cost(&scene, 0, &call), limits::gas(&calldata), "{call:?}");
	}
}

#[test]
fn a_frozen_sender_can_neither_move_nor_burn_and_is_named() {
	let mut scene = Scene::plain();
	let [from, to, ..] = scene.accounts;
	let value = 1.into();
	scene.run(0, &Call::Approve { spender: to, value: 5.into() }).expect("not frozen yet");
	freeze(&mut scene, 0);
	let error = Erc20Error::AccountFrozen(from);
	scene.refuses(0, &Call::Transfer { to, value }, error);
	scene.refuses(0, &Call::Burn { value }, error);
	scene.refuses(1, &Call::TransferFrom { from, to, value }, error);
	scene.refuses(1, &Call::BurnFrom { account: from, value }, error);
	assert_eq!(scene.balance_of(0), 1_000.into(), "what is frozen still shows");
}

#[test]
fn a_frozen_receiver_gets_nothing_and_is_named() {
	let mut scene = Scene::plain();
	let [from, _, to, ..] = scene.accounts;
	let value = 1.into();
	scene.run(0, &Call::Approve { spender: from, value: 5.into() }).expect("not frozen");
	freeze(&mut scene, 2);
	let error = Erc20Error::AccountFrozen(to);
	scene.refuses(0, &Call::Transfer { to, value }, error);
	scene.refuses(0, &Call::TransferFrom { from, to, value }, error);
	scene.refuses(0, &Call::Mint { to, value }, error);
}

#[test]
fn minting_is_for_the_mint_authority_until_it_is_given_up() {
	let mut scene = Scene::plain();
	let to = scene.accounts[2];
	let mint = Call::Mint { to, value: 1.into() };
	scene.refuses(1, &mint, Erc20Error::NotMintAuthority(scene.accounts[1]));
	let (first, second) = (scene.ids[0], scene.ids[1]);
	let authority = TokenAuthority::Mint;
	scene.host.set_authority(mint_id(), first, authority, Some(second)).expect("it has it");
	scene.refuses(0, &mint, Erc20Error::NotMintAuthority(scene.accounts[0]));
	scene.run(1, &mint).expect("it has the authority now");
	scene.host.set_authority(mint_id(), second, authority, None).expect("it has it");
	scene.refuses(1, &mint, Erc20Error::NoMintAuthority);
}

/// The ledger's "unlimited", set by whatever call, shows as that of ERC-20.
#[test]
fn an_unlimited_allowance_of_the_ledger_shows_as_the_largest_number() {
	let mut scene = Scene::plain();
	let (owner, spender) = (scene.ids[0], scene.ids[1]);
	let unlimited = LedgerAmount::MAX;
	scene.host.approve(mint_id(), owner, spender, unlimited).expect("the token exists");
	assert_eq!(scene.allowance(0, 1), sp_core::U256::MAX);
}

#[test]
fn what_moves_on_the_ledger_shows_in_the_view() {
	let mut scene = Scene::plain();
	let (from, to, amount) = (scene.ids[0], scene.ids[2], LedgerAmount::new(250));
	scene.host.transfer(Asset::Token(mint_id()), from, to, amount).expect("there is enough");
	assert_eq!(scene.balance_of(0), 750.into());
	assert_eq!(scene.balance_of(2), 250.into());
}

/// The same 20 bytes are two identities, one on each VM.
#[test]
fn the_tron_view_resolves_its_own_addresses() {
	let spec = TokenSpec::plain();
	let mut tron = Scene::new(AddressSpace::Tvm, &spec);
	let evm = Scene::new(AddressSpace::Evm, &spec);
	assert_ne!(tron.ids, evm.ids);
	let [to, ..] = tron.accounts;
	tron.run(0, &Call::Mint { to, value: 7.into() }).expect("it is the authority");
	assert_eq!(tron.balance_of(0), 7.into());
	tron.space = AddressSpace::Evm;
	assert_eq!(tron.balance_of(0), 0.into());
	tron.refuses(0, &Call::Mint { to, value: 7.into() }, Erc20Error::NotMintAuthority(to));
}

/// Two addresses of one identity have one balance.
#[test]
fn every_address_of_an_identity_shows_its_balance() {
	let mut scene = Scene::plain();
	let second = AbiAddress::from([0xaa; 20]);
	scene.host.bind(scene.space.address(second), scene.ids[0]);
	let account = second;
	assert_eq!(scene.read(&Call::BalanceOf { account }), 1_000.into());
	scene.run(0, &Call::Transfer { to: second, value: 1_000.into() }).expect("to itself");
	assert_eq!(scene.balance_of(0), 1_000.into());
}

#[test]
fn the_accounts_of_the_tests_are_different_identities() {
	let scene = Scene::plain();
	for (index, id) in scene.ids.iter().enumerate() {
		assert_eq!(scene.space.resolve(&scene.host, accounts()[index]), *id);
		assert!(!scene.ids[..index].contains(id));
	}
}
