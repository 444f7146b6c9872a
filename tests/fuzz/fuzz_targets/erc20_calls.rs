// SPDX-License-Identifier: Apache-2.0
//! Sequences of calls to the ERC-20 view: no panic, the supply is the sum of the balances, and a call
//! that reverts changes nothing.
#![no_main]

use libfuzzer_sys::{arbitrary::{self, Arbitrary}, fuzz_target};
use unum_erc20::{call, selector, AddressSpace, Frame};
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{
	conformance::MemoryHost, Asset, IdentityHost, TokenHost, TokenInfo,
};

#[derive(Arbitrary, Debug)]
struct Step {
	/// Picks a function of the view, or none.
	function: u8,
	caller: u8,
	/// Small numbers, as words: people and amounts.
	arguments: [u8; 4],
	/// What comes behind, or instead.
	tail: Vec<u8>,
	is_static: bool,
	is_tron: bool,
}

const SELECTORS: [u32; 9] = [
	selector::TRANSFER,
	selector::APPROVE,
	selector::TRANSFER_FROM,
	selector::MINT,
	selector::BURN,
	selector::BURN_FROM,
	selector::BALANCE_OF,
	selector::ALLOWANCE,
	selector::PERMIT,
];

fn calldata(step: &Step) -> Vec<u8> {
	let Some(selector) = SELECTORS.get(usize::from(step.function)) else {
		return step.tail.clone();
	};
	let mut data = selector.to_be_bytes().to_vec();
	for argument in step.arguments {
		let mut word = [0; 32];
		word[31] = argument % 8;
		data.extend(word);
	}
	data.extend(&step.tail);
	data
}

fuzz_target!(|steps: Vec<Step>| {
	let mint = MintId::from([1; 32]);
	let mut host = MemoryHost::default();
	let mut first = [0; 20];
	first[19] = 1;
	let authority = host.resolve(&AddressSpace::Evm.address(first.into()));
	let six = Decimals::new(6).expect("fits");
	let info = TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: six,
		svm_decimals: six,
		name: "Token".into(),
		symbol: "TKN".into(),
		mint_authority: Some(authority),
		freeze_authority: None::<IdCom>,
	};
	host.create_token(mint, info).expect("new");
	host.mint_to(mint, authority, authority, LedgerAmount::new(1_000)).expect("its authority");
	for step in steps {
		let mut caller = [0; 20];
		caller[19] = step.caller % 8;
		let calldata = calldata(&step);
		let frame = Frame {
			space: if step.is_tron { AddressSpace::Tvm } else { AddressSpace::Evm },
			mint,
			caller: caller.into(),
			calldata: &calldata,
			is_static: step.is_static,
			has_value: false,
			chain_id: 4663,
			timestamp: 0,
		};
		let before = host.clone();
		if let Err(error) = call(&mut host, &frame) {
			assert_eq!(host, before);
			let _ = error.revert_data();
		}
		let supply = host.token(mint).expect("exists").supply.get();
		assert_eq!(supply, host.total(Asset::Token(mint)));
	}
});
