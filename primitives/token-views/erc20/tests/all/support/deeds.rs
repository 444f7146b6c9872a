// SPDX-License-Identifier: Apache-2.0
//! What accounts do with a token, well or badly.

use proptest::prelude::*;
use sp_core::{H256, U256};
use unum_erc20::{domain_separator, selector, Call, PermitCall, PermitMessage};

use super::{
	calldata::encode,
	scene::{token_address, Scene, TokenSpec, CHAIN_ID, KEYS},
	wallet,
};

/// One call by one account.
#[derive(Clone, Debug)]
pub(crate) struct Step {
	pub(crate) caller: usize,
	pub(crate) deed: Deed,
	pub(crate) damage: Option<Damage>,
	pub(crate) has_value: bool,
	pub(crate) is_static: bool,
}

/// What an account does. Accounts are named by their index.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
	Text(u8),
	BalanceOf(usize),
	Transfer(usize, U256),
	Allowance(usize, usize),
	Approve(usize, U256),
	TransferFrom(usize, usize, U256),
	Mint(usize, U256),
	Burn(U256),
	BurnFrom(usize, U256),
	Permit(PermitDeed),
	Nonces(usize),
	SupportsInterface(u32),
}

/// A permit. Accounts are named by their index.
#[derive(Clone, Debug)]
pub(crate) struct PermitDeed {
	pub(crate) signer: usize,
	pub(crate) owner: usize,
	pub(crate) spender: usize,
	pub(crate) value: U256,
	pub(crate) nonces_ahead: u64,
	pub(crate) deadline: U256,
	pub(crate) flaw: Option<PermitFlaw>,
}

/// What is wrong with a permit's signature.
#[derive(Clone, Debug)]
pub(crate) enum PermitFlaw {
	/// The other of the two keys.
	OtherKey,
	/// `s` in the upper half.
	Twin,
	/// Another number for `v`.
	V(u8),
	/// Other halves.
	R(H256),
	S(H256),
}

/// What happens to calldata on its way.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
	/// It ends early.
	Cut(prop::sample::Index),
	/// More bytes follow.
	Append(Vec<u8>),
	/// A byte is another one.
	Byte(prop::sample::Index, u8),
	/// It has nothing to do with the call.
	Replace(Vec<u8>),
	/// The selector of one function, the arguments of another.
	Selector(prop::sample::Index),
}

impl Step {
	pub(crate) fn plain(caller: usize, deed: Deed) -> Self {
		Self { caller, deed, damage: None, has_value: false, is_static: false }
	}

	/// The calldata, given the state of the token.
	pub(crate) fn calldata(&self, scene: &Scene, spec: &TokenSpec) -> Vec<u8> {
		let calldata = encode(&self.deed.call(scene, spec));
		self.damage.iter().fold(calldata, |calldata, damage| damage.done_to(calldata))
	}
}

impl Damage {
	fn done_to(&self, mut calldata: Vec<u8>) -> Vec<u8> {
		match self {
			Self::Cut(at) => calldata.truncate(at.index(calldata.len())),
			Self::Append(bytes) => calldata.extend_from_slice(bytes),
			Self::Byte(at, byte) => {
				let at = at.index(calldata.len());
				calldata[at] = *byte;
			},
			Self::Replace(bytes) => calldata.clone_from(bytes),
			Self::Selector(at) => {
				let (selector, _) = selector::ALL[at.index(selector::ALL.len())];
				calldata[..4].copy_from_slice(&selector.to_be_bytes());
			},
		}
		calldata
	}
}

impl Deed {
	fn call(&self, scene: &Scene, spec: &TokenSpec) -> Call {
		let account = |index: usize| scene.accounts[index];
		match self {
			Self::Text(0) => Call::Name,
			Self::Text(1) => Call::Symbol,
			Self::Text(2) => Call::Decimals,
			Self::Text(3) => Call::TotalSupply,
			Self::Text(4) => Call::DomainSeparator,
			Self::Text(_) => Call::Eip712Domain,
			Self::BalanceOf(of) => Call::BalanceOf { account: account(*of) },
			Self::Transfer(to, value) => Call::Transfer { to: account(*to), value: *value },
			Self::Allowance(owner, spender) => {
				Call::Allowance { owner: account(*owner), spender: account(*spender) }
			},
			Self::Approve(spender, value) => {
				Call::Approve { spender: account(*spender), value: *value }
			},
			Self::TransferFrom(from, to, value) => {
				Call::TransferFrom { from: account(*from), to: account(*to), value: *value }
			},
			Self::Mint(to, value) => Call::Mint { to: account(*to), value: *value },
			Self::Burn(value) => Call::Burn { value: *value },
			Self::BurnFrom(from, value) => {
				Call::BurnFrom { account: account(*from), value: *value }
			},
			Self::Permit(deed) => Call::Permit(deed.signed(scene, spec)),
			Self::Nonces(owner) => Call::Nonces { owner: account(*owner) },
			Self::SupportsInterface(interface) => Call::SupportsInterface { interface: *interface },
		}
	}
}

impl PermitDeed {
	fn signed(&self, scene: &Scene, spec: &TokenSpec) -> PermitCall {
		let used = scene.nonce_of(self.owner);
		let message = PermitMessage {
			owner: scene.accounts[self.owner],
			spender: scene.accounts[self.spender],
			value: self.value,
			nonce: used + self.nonces_ahead,
			deadline: self.deadline,
		};
		let domain = domain_separator(&spec.name, CHAIN_ID, token_address());
		let permit = wallet::sign(&wallet::key(KEYS[self.signer]), domain, &message);
		self.flaw.iter().fold(permit, |permit, flaw| flaw.put_into(permit))
	}
}

impl PermitFlaw {
	fn put_into(&self, permit: PermitCall) -> PermitCall {
		match self {
			Self::OtherKey => PermitCall { v: 27 + 28 - permit.v, ..permit },
			Self::Twin => wallet::twin(&permit),
			Self::V(v) => PermitCall { v: *v, ..permit },
			Self::R(r) => PermitCall { r: *r, ..permit },
			Self::S(s) => PermitCall { s: *s, ..permit },
		}
	}
}
