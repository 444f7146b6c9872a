// SPDX-License-Identifier: Apache-2.0
//! What can happen to the ledger, and how often each thing does in a random sequence.

use super::{
	route::{Route, Step},
	wallet_of, *,
};
use unum_vm_engine::{LedgerError, TokenAuthority};

/// What the creators of the two first tokens have of them.
const FIRST_SUPPLY: u128 = 12;

/// The token that a person makes with a salt, whether it exists or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
	pub(super) creator: u8,
	pub(super) salt: u8,
}

impl Token {
	pub(super) fn id(self) -> MintId {
		MintId::derive(id(self.creator), [self.salt; 32])
	}

	pub(super) fn all() -> [Self; 4] {
		[(1, 0), (1, 1), (2, 0), (2, 1)].map(|(creator, salt)| Self { creator, salt })
	}
}

/// One operation, by whatever way.
#[derive(Clone, Debug)]
pub(super) enum Operation {
	Create { token: Token, info: TokenInfo },
	Mint { by: u8, token: Token, to: u8, amount: u128 },
	Burn { by: u8, token: Token, amount: u128 },
	BurnFrom { by: u8, token: Token, from: u8, amount: u128 },
	Transfer { token: Token, from: u8, to: u8, amount: u128 },
	Native { from: u8, to: u8, amount: u128 },
	Approve { by: u8, token: Token, spender: u8, amount: u128 },
	TransferFrom { by: u8, token: Token, from: u8, to: u8, amount: u128 },
	SetFrozen { by: u8, token: Token, owner: u8, frozen: bool },
	SetAuthority { by: u8, token: Token, which: TokenAuthority, new: Option<u8> },
	UsePermit { token: Token, owner: u8 },
}

use Operation::*;

impl Operation {
	/// Does the operation on any host.
	pub(super) fn apply(&self, host: &mut impl TokenHost) -> Result<(), LedgerError> {
		let asset = |token: Token| Asset::Token(token.id());
		match self.clone() {
			Create { token, info } => host.create_token(token.id(), info),
			Mint { by, token, to, amount } => {
				host.mint_to(token.id(), id(by), id(to), units(amount))
			},
			Burn { by, token, amount } => host.burn(token.id(), id(by), units(amount)),
			BurnFrom { by, token, from, amount } => {
				host.burn_from(token.id(), id(by), id(from), units(amount))
			},
			Transfer { token, from, to, amount } => {
				let foreseen = host.can_transfer(asset(token), id(from), id(to), units(amount));
				let result = host.transfer(asset(token), id(from), id(to), units(amount));
				assert_eq!(foreseen, result, "what was foreseen must come true");
				result
			},
			Native { from, to, amount } => {
				host.transfer(Asset::Native, id(from), id(to), units(amount))
			},
			Approve { by, token, spender, amount } => {
				host.approve(token.id(), id(by), id(spender), units(amount))
			},
			TransferFrom { by, token, from, to, amount } => {
				host.transfer_from(token.id(), id(by), id(from), id(to), units(amount))
			},
			SetFrozen { by, token, owner, frozen } => {
				host.set_frozen(token.id(), id(by), id(owner), frozen)
			},
			SetAuthority { by, token, which, new } => {
				host.set_authority(token.id(), id(by), which, new.map(id))
			},
			UsePermit { token, owner } => host.use_permit_nonce(token.id(), &wallet_of(id(owner))),
		}
	}

	/// The token that it is about; `None` for the native coin.
	pub(super) const fn token(&self) -> Option<Token> {
		match self {
			Create { token, .. }
			| Mint { token, .. }
			| Burn { token, .. }
			| BurnFrom { token, .. }
			| Transfer { token, .. }
			| Approve { token, .. }
			| TransferFrom { token, .. }
			| SetFrozen { token, .. }
			| SetAuthority { token, .. }
			| UsePermit { token, .. } => Some(*token),
			Native { .. } => None,
		}
	}
}

/// Two tokens from the start, so that sequences have something to move.
pub(super) fn first_tokens() -> Vec<Step> {
	let info = |by| TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: Decimals::new(6).expect("18 at most"),
		svm_decimals: Decimals::new(6).expect("18 at most"),
		name: "name".into(),
		symbol: "SYM".into(),
		mint_authority: Some(id(by)),
		freeze_authority: Some(id(3)),
	};
	let steps = [1, 2].map(|by| {
		let token = Token { creator: by, salt: 0 };
		let create = Create { token, info: info(by) };
		let mint = Mint { by, token, to: by, amount: FIRST_SUPPLY };
		[create, mint].map(|operation| Step { operation, route: Route::Call })
	});
	steps.into_iter().flatten().collect()
}

fn person() -> impl Strategy<Value = u8> {
	1..=PEOPLE
}

fn token() -> impl Strategy<Value = Token> {
	(1..=2u8, prop::bool::weighted(0.2))
		.prop_map(|(creator, salt)| Token { creator, salt: salt.into() })
}

/// Amounts of tokens: as small as the balances, so that these are often used up to the last unit; now
/// and then the limits.
fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![
		12 => 0..FIRST_SUPPLY,
		1 => Just(u128::from(u64::MAX)),
		1 => Just(u128::from(u64::MAX) * 1_000),
		2 => Just(u128::MAX),
		1 => any::<u128>(),
	]
}

/// Allowances: often unlimited.
fn allowance() -> impl Strategy<Value = u128> {
	prop_oneof![2 => amount(), 1 => Just(u128::MAX)]
}

/// Amounts of the native coin: small, around all that somebody has, and any.
fn native_amount() -> impl Strategy<Value = u128> {
	prop_oneof![
		3 => 0..20u128,
		2 => FUNDS - 5..=FUNDS,
		1 => 0..2 * FUNDS,
		1 => any::<u128>(),
	]
}

/// What a new token looks like: any decimals, and authorities that are mostly there.
fn info() -> impl Strategy<Value = TokenInfo> {
	let somebody = || prop::option::weighted(0.8, person());
	(0..=18u8, 0..=18u8, somebody(), somebody()).prop_map(|(decimals, less, minter, freezer)| {
		let decimals_of = |n| Decimals::new(n).expect("18 at most");
		TokenInfo {
			supply: LedgerAmount::ZERO,
			decimals: decimals_of(decimals),
			svm_decimals: decimals_of(decimals.saturating_sub(less)),
			name: "Übermünze".into(),
			symbol: String::new(),
			mint_authority: minter.map(id),
			freeze_authority: freezer.map(id),
		}
	})
}

fn authority() -> impl Strategy<Value = TokenAuthority> {
	prop_oneof![Just(TokenAuthority::Mint), Just(TokenAuthority::Freeze)]
}

/// An operation. Freezing is rarer than thawing, and authorities are seldom given up, so that most of
/// a sequence finds something to do.
fn operation() -> impl Strategy<Value = Operation> {
	prop_oneof![
		2 => (token(), info()).prop_map(|(token, info)| Create { token, info }),
		4 => (person(), token(), person(), amount())
			.prop_map(|(by, token, to, amount)| Mint { by, token, to, amount }),
		2 => (person(), token(), amount())
			.prop_map(|(by, token, amount)| Burn { by, token, amount }),
		2 => (person(), token(), person(), amount())
			.prop_map(|(by, token, from, amount)| BurnFrom { by, token, from, amount }),
		8 => (token(), person(), person(), amount())
			.prop_map(|(token, from, to, amount)| Transfer { token, from, to, amount }),
		3 => (person(), 1..=RECEIVERS, native_amount())
			.prop_map(|(from, to, amount)| Native { from, to, amount }),
		4 => (person(), token(), person(), allowance())
			.prop_map(|(by, token, spender, amount)| Approve { by, token, spender, amount }),
		5 => (person(), token(), person(), person(), amount()).prop_map(
			|(by, token, from, to, amount)| TransferFrom { by, token, from, to, amount }
		),
		3 => (person(), token(), person(), prop::bool::weighted(0.3))
			.prop_map(|(by, token, owner, frozen)| SetFrozen { by, token, owner, frozen }),
		1 => (person(), token(), authority(), prop::option::weighted(0.9, person()))
			.prop_map(|(by, token, which, new)| SetAuthority { by, token, which, new }),
		1 => (token(), person()).prop_map(|(token, owner)| UsePermit { token, owner }),
	]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
	let route = prop_oneof![Just(Route::Call), Just(Route::Engine), Just(Route::Frame)];
	(operation(), route).prop_map(|(operation, route)| Step { operation, route })
}
