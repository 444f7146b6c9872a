// SPDX-License-Identifier: Apache-2.0
//! What a comparison has seen.

use sp_core::{H256, U256};
use std::collections::BTreeSet;
use unum_erc20::{selector, AbiAddress, Erc20Error, MalformedCall};

use super::evm::Reply;

/// Steps of all runs with one token together, at least; there are two tokens.
const STEPS_TOTAL: usize = 8_000;

/// What the steps of all runs came to, so that nobody takes a test that compares nothing for one that
/// finds nothing.
#[derive(Default)]
pub(crate) struct Tally {
	steps: usize,
	/// Selectors of the functions that succeeded.
	done: BTreeSet<Vec<u8>>,
	/// Selectors of the errors, the empty one among them.
	refused: BTreeSet<Vec<u8>>,
}

impl Tally {
	/// Counts a step and its reply.
	pub(crate) fn add(&mut self, calldata: &[u8], reply: &Reply) {
		let first_4 = |bytes: &[u8]| bytes.iter().take(4).copied().collect();
		self.steps += 1;
		if reply.succeeded {
			self.done.insert(first_4(calldata));
		} else {
			self.refused.insert(first_4(&reply.output));
		}
	}

	/// Every function succeeded, and every error that both tokens have came up.
	pub(crate) fn assert_complete(&self) {
		assert!(self.steps >= STEPS_TOTAL, "{} steps only", self.steps);
		let functions = selector::ALL.iter().map(|(selector, _)| selector.to_be_bytes().to_vec());
		let missing: Vec<_> = functions.filter(|function| !self.done.contains(function)).collect();
		assert!(missing.is_empty(), "functions that never succeeded: {missing:02x?}");
		let missing: Vec<_> =
			shared_errors().into_iter().filter(|error| !self.refused.contains(error)).collect();
		assert!(missing.is_empty(), "errors that never came up: {missing:02x?}");
	}
}

/// The first bytes of the revert data that both tokens know.
fn shared_errors() -> Vec<Vec<u8>> {
	let (who, none) = (AbiAddress::ZERO, U256::zero());
	let errors = [
		Erc20Error::Malformed(MalformedCall::NoSelector),
		Erc20Error::InsufficientBalance { sender: who, balance: none, needed: none },
		Erc20Error::InvalidSender(who),
		Erc20Error::InvalidReceiver(who),
		Erc20Error::InsufficientAllowance { spender: who, allowance: none, needed: none },
		Erc20Error::InvalidApprover(who),
		Erc20Error::InvalidSpender(who),
		Erc20Error::ExceededCap { increased_supply: none, cap: none },
		Erc20Error::ExpiredSignature { deadline: none },
		Erc20Error::InvalidSigner { signer: who, owner: who },
		Erc20Error::InvalidSignature,
		Erc20Error::InvalidSignatureS(H256::zero()),
		Erc20Error::NotMintAuthority(who),
		Erc20Error::NoMintAuthority,
		Erc20Error::Overflow,
	];
	errors.iter().map(|error| error.revert_data().into_iter().take(4).collect()).collect()
}
