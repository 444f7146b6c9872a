// SPDX-License-Identifier: Apache-2.0
//! Calls that are none, and the sentences that people read.

use unum_address::EvmAddress;
use unum_erc20::{call, AbiAddress, Call, Erc20Error, Frame, MalformedCall};
use unum_id_com::MintId;

use crate::support::{calldata::encode, scene::Scene};

/// Each function that writes, as the first wallet could call it.
pub(crate) fn writes(scene: &Scene) -> Vec<Call> {
	let [from, to, ..] = scene.accounts;
	let value = 1.into();
	vec![
		Call::Transfer { to, value },
		Call::Approve { spender: to, value },
		Call::TransferFrom { from, to, value },
		Call::Mint { to, value },
		Call::Burn { value },
		Call::BurnFrom { account: from, value },
	]
}

#[test]
fn calldata_without_a_selector_is_refused_without_data() {
	let mut scene = Scene::plain();
	for calldata in [&[][..], &[0x70], &[0x70, 0xa0, 0x82]] {
		scene.refuses_bytes(calldata, MalformedCall::NoSelector);
	}
}

#[test]
fn an_unknown_selector_is_refused_without_data() {
	let mut scene = Scene::plain();
	for selector in [0, 1, 0xdead_beef, u32::MAX] {
		let error = MalformedCall::UnknownFunction { selector };
		scene.refuses_bytes(&selector.to_be_bytes(), error);
	}
}

#[test]
fn calldata_that_ends_early_is_refused_wherever_it_ends() {
	let mut scene = Scene::plain();
	let [from, to, ..] = scene.accounts;
	let calldata = encode(&Call::TransferFrom { from, to, value: 0.into() });
	for length in 4..calldata.len() {
		scene.refuses_bytes(&calldata[..length], MalformedCall::MissingArgument);
	}
	scene.run_bytes(0, &calldata).expect("complete");
}

#[test]
fn every_byte_in_front_of_an_address_must_be_zero() {
	let mut scene = Scene::plain();
	let account = scene.accounts[0];
	let calldata = encode(&Call::BalanceOf { account });
	for at in 4..16 {
		let mut dirty = calldata.clone();
		dirty[at] = 1;
		scene.refuses_bytes(&dirty, MalformedCall::DirtyArgument);
	}
}

#[test]
fn every_byte_behind_a_bytes4_must_be_zero() {
	let mut scene = Scene::plain();
	let calldata = encode(&Call::SupportsInterface { interface: 0x3637_2b07 });
	for at in 8..36 {
		let mut dirty = calldata.clone();
		dirty[at] = 0x80;
		scene.refuses_bytes(&dirty, MalformedCall::DirtyArgument);
	}
}

#[test]
fn bytes_behind_the_last_argument_are_ignored() {
	let mut scene = Scene::plain();
	let to = scene.accounts[1];
	let mut calldata = encode(&Call::Transfer { to, value: 10.into() });
	calldata.extend([0xff; 45]);
	scene.run_bytes(0, &calldata).expect("well-formed");
	assert_eq!(scene.balance_of(1), 10.into());
}

/// Calls in a changed frame: refused for `cause`, with nothing changed.
fn refuses_in(change: impl Fn(&mut Frame<'_>), cause: MalformedCall) {
	let mut scene = Scene::plain();
	for write in writes(&scene) {
		let (before, calldata) = (scene.host.clone(), encode(&write));
		let mut frame = scene.frame(0, &calldata);
		change(&mut frame);
		assert_eq!(call(&mut scene.host, &frame), Err(cause.into()), "{write:?}");
		assert_eq!(scene.host, before);
	}
}

#[test]
fn a_static_call_reads_and_does_not_write() {
	refuses_in(|frame| frame.is_static = true, MalformedCall::StaticWrite);
	let mut scene = Scene::plain();
	let calldata = encode(&Call::TotalSupply);
	let frame = Frame { is_static: true, ..scene.frame(0, &calldata) };
	assert!(call(&mut scene.host, &frame).is_ok());
}

#[test]
fn coins_that_come_with_a_call_are_refused() {
	refuses_in(|frame| frame.has_value = true, MalformedCall::ValueSent);
	let mut scene = Scene::plain();
	let calldata = encode(&Call::TotalSupply);
	let frame = Frame { has_value: true, ..scene.frame(0, &calldata) };
	assert_eq!(call(&mut scene.host, &frame), Err(MalformedCall::ValueSent.into()));
}

#[test]
fn a_token_that_does_not_exist_has_no_functions() {
	refuses_in(|frame| frame.mint = MintId::from([0; 32]), MalformedCall::UnknownMint);
}

#[test]
fn each_cause_has_a_sentence_of_its_own() {
	let who = AbiAddress::from(EvmAddress::from([0x5a; 20]));
	let (value, max) = (1.into(), sp_core::U256::MAX);
	let sentences: Vec<String> = [
		Erc20Error::InsufficientBalance { sender: who, balance: value, needed: max },
		Erc20Error::InvalidSender(who),
		Erc20Error::InvalidReceiver(who),
		Erc20Error::InsufficientAllowance { spender: who, allowance: value, needed: max },
		Erc20Error::InvalidApprover(who),
		Erc20Error::InvalidSpender(who),
		Erc20Error::ExceededCap { increased_supply: max, cap: value },
		Erc20Error::ExpiredSignature { deadline: value },
		Erc20Error::InvalidSigner { signer: who, owner: who },
		Erc20Error::InvalidSignature,
		Erc20Error::InvalidSignatureS(Default::default()),
		Erc20Error::AllowanceTooLarge { value: max },
		Erc20Error::AccountFrozen(who),
		Erc20Error::NotMintAuthority(who),
		Erc20Error::NoMintAuthority,
		Erc20Error::Overflow,
		MalformedCall::NoSelector.into(),
		MalformedCall::UnknownFunction { selector: 0xa9 }.into(),
		MalformedCall::MissingArgument.into(),
		MalformedCall::DirtyArgument.into(),
		MalformedCall::ValueSent.into(),
		MalformedCall::StaticWrite.into(),
		MalformedCall::UnknownMint.into(),
	]
	.iter()
	.map(Erc20Error::to_string)
	.collect();
	let distinct: std::collections::BTreeSet<_> = sentences.iter().collect();
	assert_eq!(distinct.len(), sentences.len());
	assert_eq!(
		sentences[0],
		format!("0x5A5A5A5a5A5a5a5A5A5a5A5a5A5a5a5a5a5A5A5A has 1 base units and needs {max}")
			.replace("0x5A5A5A5a5A5a5a5A5A5a5A5a5A5a5a5a5a5A5A5A", &who.to_string())
	);
	for sentence in sentences {
		assert!(!sentence.ends_with('.') && sentence.is_ascii(), "{sentence}");
	}
}
