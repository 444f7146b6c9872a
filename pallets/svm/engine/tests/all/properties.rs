// SPDX-License-Identifier: Apache-2.0
//! Random transactions: coins and tokens are conserved, and a failure leaves nothing but its fee.

use proptest::prelude::*;
use unum_address::SvmAddress;
use unum_id_com::MintId;
use unum_solana_transaction::Instruction;
use unum_spl_token::Instruction as Token;
use unum_svm_engine::{
	minimum_balance,
	testing::{MemoryChain, FEES},
	SvmEngine,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, LedgerHost, TokenHost, VmEngine};

use crate::{
	associated::{create, of},
	tokens::{mint, mint_to, new_account, send, token, with_token},
	world::*,
};

/// An account of any kind: wallets (one of which has two keys), token accounts, associated ones, others.
fn account(index: u8) -> SvmAddress {
	let associated = |owner: SvmAddress| of(owner, mint());
	match index % 12 {
		0 => alice(),
		1 => bob(),
		2 => SvmAddress::derive(alice().unbound_id_com()),
		3 => key(0x71),
		4 => key(0x72),
		5 => key(0x73),
		6 => associated(alice()),
		7 => associated(bob()),
		8 => key(0x81),
		9 => key(0x82),
		10 => mint(),
		_ => key(0x83),
	}
}

fn wallet(index: u8) -> SvmAddress {
	account(index % 3)
}

#[derive(Clone, Debug)]
struct Step {
	what: u8,
	from: u8,
	to: u8,
	owner: u8,
	amount: u64,
}

fn step() -> impl Strategy<Value = Step> {
	let amount = prop_oneof![0..2_000u64, 0..3_000_000u64, 0..2 * RICH];
	(0..16u8, any::<u8>(), any::<u8>(), any::<u8>(), amount)
		.prop_map(|(what, from, to, owner, amount)| Step { what, from, to, owner, amount })
}

fn instructions(step: &Step) -> Vec<Instruction> {
	let (from, to, owner) = (account(step.from), account(step.to), wallet(step.owner));
	let three = || vec![writable(from), writable(to), signing(readonly(owner))];
	let amount = step.amount;
	match step.what {
		0 | 1 => vec![transfer(from, to, amount)],
		2 => vec![transfer(wallet(step.from), to, amount)],
		3 => {
			let lamports = minimum_balance(165);
			vec![create_account(wallet(step.from), to, lamports, amount % 200, owner)]
		},
		4 => new_account(to, owner).into(),
		5 => vec![mint_to(to, amount)],
		6 | 7 => vec![send(from, to, owner, amount % 2_000)],
		8 => vec![token(Token::Approve { amount }, three())],
		9 => {
			let accounts = vec![writable(from), writable(mint()), signing(readonly(owner))];
			vec![token(Token::Burn { amount: amount % 500 }, accounts)]
		},
		10 => vec![token(Token::CloseAccount, three())],
		11 => {
			let accounts = vec![writable(from), readonly(mint()), signing(readonly(alice()))];
			let frozen = amount.is_multiple_of(3);
			vec![token(if frozen { Token::FreezeAccount } else { Token::ThawAccount }, accounts)]
		},
		12 => vec![create(&[1], owner, mint())],
		13 => vec![system(8, vec![signing(writable(from))], &[&(amount % 64).to_le_bytes()])],
		14 => vec![system(1, vec![signing(writable(from))], &[to.as_ref()])],
		_ => {
			let accounts =
				vec![writable(from), readonly(mint()), writable(to), signing(readonly(owner))];
			let amount = amount % 2_000;
			vec![token(Token::TransferChecked { amount, decimals: 6 }, accounts)]
		},
	}
}

fn asset() -> Asset {
	Asset::Token(MintId::from(*mint().as_bytes()))
}

/// What a transaction leaves that is taken, and does nothing.
fn paid(chain: &MemoryChain, bytes: &[u8]) -> MemoryChain {
	let mut chain = chain.clone();
	let raw = SvmEngine::read_raw(&chain, bytes).expect("taken");
	SvmEngine::note_raw(&mut chain, bytes);
	let fee = LedgerAmount::new(raw.fee.most().expect("it has one"));
	let payer = chain.id(&alice());
	chain.state.ledger.transfer(Asset::Native, payer, FEES, fee).expect("has it");
	chain
}

fn supply(chain: &MemoryChain) -> u128 {
	let token = chain.state.ledger.token(MintId::from(*mint().as_bytes()));
	token.expect("it is there").supply.get()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(192))]

	#[test]
	fn coins_and_tokens_are_conserved_and_failures_leave_nothing(
		transactions in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..12),
	) {
		let mut chain = with_token();
		let coins = chain.state.ledger.total(Asset::Native);
		for steps in transactions {
			chain.slot += 1;
			let instructions: Vec<_> = steps.iter().flat_map(instructions).collect();
			let bytes = chain.unsigned(alice(), &instructions);
			if SvmEngine::read_raw(&chain, &bytes).is_err() {
				continue;
			}
			let untouched = paid(&chain, &bytes);
			let supply_before = supply(&chain);
			let meta = chain.run(&bytes).expect("taken");
			prop_assert!(chain.is_settled());
			prop_assert_eq!(chain.state.ledger.total(Asset::Native), coins);
			prop_assert_eq!(chain.state.ledger.total(asset()), supply(&chain));
			if meta.error.is_some() {
				prop_assert_eq!(&chain.state, &untouched.state, "{:?}", meta);
				prop_assert_eq!(supply(&chain), supply_before);
			}
			check_meta(&mut chain, &bytes, &meta);
		}
	}
}

/// What the meta says of balances is what clients see.
fn check_meta(chain: &mut MemoryChain, bytes: &[u8], meta: &unum_solana_view::TransactionMeta) {
	let raw = unum_solana_transaction::RawTransaction::decode(bytes).expect("it was taken");
	let keys = raw.message().account_keys().to_vec();
	for (key, shown) in keys.iter().zip(&meta.post_balances) {
		assert_eq!(chain.account(key).lamports, *shown, "{key} {meta:?}");
	}
}
