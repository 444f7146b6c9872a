// SPDX-License-Identifier: Apache-2.0
//! The ways into the ledger.

use super::{operation::Operation, *};
use crate::{errors::in_frames_words, NativeAndTokens};
use frame_support::traits::{
	fungibles::{approvals, Mutate},
	tokens::{Fortitude, Precision, Preservation},
};
use sp_runtime::{DispatchError, DispatchResult};
use unum_vm_engine::{LedgerError, TokenAuthority};

use Operation::*;

/// A way into the ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Route {
	/// A call of the pallet.
	Call,
	/// The host of an engine, that is `TokenLedger` and `UnifiedLedger`.
	Engine,
	/// FRAME's traits, for the tokens and the native coin as one.
	Frame,
}

/// An operation, and the way that it goes.
#[derive(Clone, Debug)]
pub(super) struct Step {
	pub(super) operation: Operation,
	pub(super) route: Route,
}

/// What a way in answers, each in its own words.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Answer {
	Ledger(Result<(), LedgerError>),
	Dispatch(DispatchResult),
}

impl Route {
	/// The ledger's answer in the words of this way.
	pub(super) fn words(self, result: Result<(), LedgerError>) -> Answer {
		match self {
			Self::Engine => Answer::Ledger(result),
			Self::Call => {
				let own = |error| DispatchError::from(Error::<Test>::from(error));
				Answer::Dispatch(result.map_err(own))
			},
			Self::Frame => Answer::Dispatch(result.map_err(in_frames_words::<Test>)),
		}
	}
}

impl Step {
	/// The step by its way if there is such a way for the operation, else by an engine.
	pub(super) fn as_it_can_go(&self, model: &MemoryHost) -> Self {
		let can_go = match self.route {
			Route::Engine => true,
			Route::Call => self.has_call(),
			Route::Frame => self.has_trait(model),
		};
		let route = if can_go { self.route } else { Route::Engine };
		Self { route, ..self.clone() }
	}

	fn has_call(&self) -> bool {
		match &self.operation {
			// A call that names nobody means the creator.
			Create { info, .. } => info.mint_authority.is_some(),
			Native { .. } | UsePermit { .. } => false,
			_ => true,
		}
	}

	fn has_trait(&self, model: &MemoryHost) -> bool {
		match &self.operation {
			// FRAME asks nobody's leave to mint, and does not mint nothing.
			Mint { by, token, amount, .. } => {
				let info = model.token(token.id());
				let minter = info.and_then(|info| info.authority(TokenAuthority::Mint));
				minter == Some(id(*by)) && *amount > 0
			},
			Burn { .. } | Transfer { .. } | Approve { .. } | TransferFrom { .. } => true,
			_ => false,
		}
	}

	/// Does the step on the chain.
	pub(super) fn run(&self) -> Answer {
		match self.route {
			Route::Engine => Answer::Ledger(self.operation.apply(&mut Host::default())),
			Route::Call => Answer::Dispatch(call(self.operation.clone())),
			Route::Frame => Answer::Dispatch(by_trait(self.operation.clone())),
		}
	}
}

fn call(operation: Operation) -> DispatchResult {
	match operation {
		Create { token, info } => Tokens::create_mint(
			signed(token.creator),
			[token.salt; 32],
			info.decimals.get(),
			Some(info.svm_decimals.get()),
			info.name.into_bytes(),
			info.symbol.into_bytes(),
			info.mint_authority,
			info.freeze_authority,
		),
		Mint { by, token, to, amount } => {
			Tokens::mint_to(signed(by), token.id(), id(to), units(amount))
		},
		Burn { by, token, amount } => Tokens::burn(signed(by), token.id(), units(amount)),
		BurnFrom { by, token, from, amount } => {
			Tokens::burn_from(signed(by), token.id(), id(from), units(amount))
		},
		Transfer { token, from, to, amount } => {
			Tokens::transfer(signed(from), token.id(), id(to), units(amount))
		},
		Approve { by, token, spender, amount } => {
			Tokens::approve(signed(by), token.id(), id(spender), units(amount))
		},
		TransferFrom { by, token, from, to, amount } => {
			Tokens::transfer_from(signed(by), token.id(), id(from), id(to), units(amount))
		},
		SetFrozen { by, token, owner, frozen: true } => {
			Tokens::freeze(signed(by), token.id(), id(owner))
		},
		SetFrozen { by, token, owner, frozen: false } => {
			Tokens::thaw(signed(by), token.id(), id(owner))
		},
		SetAuthority { by, token, which, new } => {
			Tokens::set_authority(signed(by), token.id(), which, new.map(id))
		},
		Native { .. } | UsePermit { .. } => unreachable!("has no call"),
	}
}

fn by_trait(operation: Operation) -> DispatchResult {
	type Assets = NativeAndTokens<Test>;
	const EXPENDABLE: Preservation = Preservation::Expendable;
	let asset = |token: Token| Asset::Token(token.id());
	match operation {
		Mint { token, to, amount, .. } => {
			<Assets as Mutate<_>>::mint_into(asset(token), &account(to), amount).map(drop)
		},
		Burn { by, token, amount } => {
			let (exact, polite) = (Precision::Exact, Fortitude::Polite);
			let who = account(by);
			<Assets as Mutate<_>>::burn_from(asset(token), &who, amount, EXPENDABLE, exact, polite)
				.map(drop)
		},
		Transfer { token, from, to, amount } => {
			let (from, to) = (account(from), account(to));
			<Assets as Mutate<_>>::transfer(asset(token), &from, &to, amount, EXPENDABLE).map(drop)
		},
		Approve { by, token, spender, amount } => {
			let (owner, spender) = (account(by), account(spender));
			<Tokens as approvals::Mutate<_>>::approve(token.id(), &owner, &spender, amount)
		},
		TransferFrom { by, token, from, to, amount } => {
			let (from, by, to) = (account(from), account(by), account(to));
			<Tokens as approvals::Mutate<_>>::transfer_from(token.id(), &from, &by, &to, amount)
		},
		_ => unreachable!("FRAME has no such trait"),
	}
}
