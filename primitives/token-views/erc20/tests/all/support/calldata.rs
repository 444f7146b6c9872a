// SPDX-License-Identifier: Apache-2.0
//! Writing calls as calldata, the simple way.

use sp_core::{H256, U256};
use unum_erc20::{selector, AbiAddress, Call};

/// The calldata of `call`.
pub(crate) fn encode(call: &Call) -> Vec<u8> {
	let (selector, words) = parts(call);
	let words = words.iter().flat_map(|word| word.0);
	selector.to_be_bytes().into_iter().chain(words).collect()
}

fn address(address: &AbiAddress) -> H256 {
	let mut word = [0; 32];
	word[12..].copy_from_slice(address.as_bytes());
	H256(word)
}

fn uint(value: impl Into<U256>) -> H256 {
	H256(value.into().to_big_endian())
}

fn parts(call: &Call) -> (u32, Vec<H256>) {
	match call {
		Call::Name => (selector::NAME, vec![]),
		Call::Symbol => (selector::SYMBOL, vec![]),
		Call::Decimals => (selector::DECIMALS, vec![]),
		Call::TotalSupply => (selector::TOTAL_SUPPLY, vec![]),
		Call::BalanceOf { account } => (selector::BALANCE_OF, vec![address(account)]),
		Call::Transfer { to, value } => (selector::TRANSFER, vec![address(to), uint(*value)]),
		Call::Allowance { owner, spender } => {
			(selector::ALLOWANCE, vec![address(owner), address(spender)])
		},
		Call::Approve { spender, value } => {
			(selector::APPROVE, vec![address(spender), uint(*value)])
		},
		Call::TransferFrom { from, to, value } => {
			(selector::TRANSFER_FROM, vec![address(from), address(to), uint(*value)])
		},
		Call::Mint { to, value } => (selector::MINT, vec![address(to), uint(*value)]),
		Call::Burn { value } => (selector::BURN, vec![uint(*value)]),
		Call::BurnFrom { account, value } => {
			(selector::BURN_FROM, vec![address(account), uint(*value)])
		},
		Call::Permit(permit) => (
			selector::PERMIT,
			vec![
				address(&permit.owner),
				address(&permit.spender),
				uint(permit.value),
				uint(permit.deadline),
				uint(permit.v),
				permit.r,
				permit.s,
			],
		),
		Call::Nonces { owner } => (selector::NONCES, vec![address(owner)]),
		Call::DomainSeparator => (selector::DOMAIN_SEPARATOR, vec![]),
		Call::Eip712Domain => (selector::EIP712_DOMAIN, vec![]),
		Call::SupportsInterface { interface } => {
			let mut word = [0; 32];
			word[..4].copy_from_slice(&interface.to_be_bytes());
			(selector::SUPPORTS_INTERFACE, vec![H256(word)])
		},
	}
}
