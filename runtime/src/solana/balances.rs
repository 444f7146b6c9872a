// SPDX-License-Identifier: Apache-2.0
//! What accounts have had before and after each transaction of a block.
//!
//! The state at hand is that after the block. What was there before its last extrinsic is what is there
//! now, with that extrinsic's changes taken back, one by one; and so on to the first. Every change is an
//! event: those of tokens say all of them, for a balance is written together with its event, and those
//! of the coin say all that moves *free* coins.
//!
//! ```text
//! state at hand ── less the end of the block ──┬── less extrinsic n ──┬── less extrinsic n − 1 ── …
//!                                           after n               before n
//! ```
//!
//! What no event tells is shown as it is after the block:
//! - which identity a key belongs to, where the block has bound or released it;
//! - whether a token account without a balance was open: one that a transaction fills is shown as one
//!   that begins with it, as nearly all of them are, and others are as open as they are after the block;
//! - what is kept back of free coins: one base unit of those who have others reserved, from the first
//!   reservation on. Locks, freezes and slashes, which would be more, no pallet of this runtime makes.
//!
//! How much of the native coin a token account has wrapped is not shown: its instructions alone know.

use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::traits::BalanceStatus;
use frame_system::Phase;
use pallet_balances::Event as Coins;
use pallet_unified_tokens::Event as Tokens;
use unum_address::{Address, SvmAddress};
use unum_id_com::{IdCom as Id, MintId};
use unum_solana_view::{TokenBalance, TransactionMeta};
use unum_spl_token::ids;
use unum_svm_engine::{fixed_account, Environment, SvmHost};
use unum_units::{Denomination, LedgerAmount};
use unum_vm_engine::{Asset, IdentityRegistry, MountedEngine, TokenLedger, UnifiedLedger};

use super::{block::SHOWN_MOVEMENTS, lamports, movements};
use crate::{views::svm_address, AccountId, IdCom, Runtime, RuntimeEvent, Svm, UnifiedTokens};

/// What somebody has of something.
type Purse = (Id, Asset);

/// Which way something went.
#[derive(Clone, Copy)]
enum Direction {
	In,
	Out,
}

/// How what somebody has was changed.
#[derive(Clone, Copy)]
struct Change {
	purse: Purse,
	direction: Direction,
	amount: u128,
}

impl Change {
	/// What was there before, where `now` is there afterwards.
	fn taken_back_from(self, now: u128) -> u128 {
		match self.direction {
			Direction::In => now.saturating_sub(self.amount),
			Direction::Out => now.saturating_add(self.amount),
		}
	}
}

/// What a block has changed, in order.
#[derive(Default)]
pub(super) struct Changes {
	/// By the position of the extrinsic.
	by_extrinsic: BTreeMap<u32, Vec<Change>>,
	at_the_end: Vec<Change>,
	/// How the event before has changed the issuance, and by how much.
	issuance: Option<(Direction, u128)>,
}

impl Changes {
	/// Takes note of the block's next event.
	pub(super) fn note(&mut self, phase: &Phase, event: &RuntimeEvent) {
		let changes = match phase {
			Phase::ApplyExtrinsic(index) => self.by_extrinsic.entry(*index).or_default(),
			Phase::Finalization => &mut self.at_the_end,
			// Before all extrinsics: nothing is shown of that.
			Phase::Initialization => return,
		};
		let issuance = self.issuance.take();
		match event {
			RuntimeEvent::UnifiedTokens(event) => changes.extend(of_tokens(event)),
			// Only how much it is afterwards: the change itself is that of the issuance, just before.
			RuntimeEvent::Balances(Coins::BalanceSet { who, .. }) => {
				let change = |(direction, amount)| Change { purse: coins(who), direction, amount };
				changes.extend(issuance.map(change));
			},
			RuntimeEvent::Balances(Coins::Issued { amount }) => {
				self.issuance = Some((Direction::In, *amount));
			},
			RuntimeEvent::Balances(Coins::Rescinded { amount }) => {
				self.issuance = Some((Direction::Out, *amount));
			},
			RuntimeEvent::Balances(event) => changes.extend(of_coins(event)),
			_ => {},
		}
	}
}

fn of_tokens(event: &Tokens<Runtime>) -> impl Iterator<Item = Change> {
	let (mint, from, to, amount) = match *event {
		Tokens::Transferred { mint, from, to, amount } => (mint, Some(from), Some(to), amount),
		Tokens::Minted { mint, to, amount } => (mint, None, Some(to), amount),
		Tokens::Burned { mint, from, amount } => (mint, Some(from), None, amount),
		_ => return moved(None, None, 0),
	};
	let purse = |id: Id| (id, Asset::Token(mint));
	moved(from.map(purse), to.map(purse), amount.get())
}

/// Events that come with another that is here, such as that an account was endowed, change nothing.
fn of_coins(event: &Coins<Runtime>) -> impl Iterator<Item = Change> {
	let (from, to, amount) = match event {
		Coins::Transfer { from, to, amount } => (Some(from), Some(to), *amount),
		Coins::Deposit { who, amount }
		| Coins::Minted { who, amount }
		| Coins::Restored { who, amount }
		| Coins::Unreserved { who, amount }
		| Coins::Released { who, amount, .. }
		| Coins::ReserveRepatriated {
			to: who,
			amount,
			destination_status: BalanceStatus::Free,
			..
		} => (None, Some(who), *amount),
		Coins::Withdraw { who, amount }
		| Coins::Burned { who, amount }
		| Coins::Suspended { who, amount }
		| Coins::Reserved { who, amount }
		| Coins::Held { who, amount, .. }
		| Coins::TransferAndHold { source: who, transferred: amount, .. }
		| Coins::DustLost { account: who, amount } => (Some(who), None, *amount),
		_ => (None, None, 0),
	};
	moved(from.map(coins), to.map(coins), amount)
}

fn moved(from: Option<Purse>, to: Option<Purse>, amount: u128) -> impl Iterator<Item = Change> {
	let change = |direction| move |purse| Change { purse, direction, amount };
	let (lost, gained) = (from.map(change(Direction::Out)), to.map(change(Direction::In)));
	lost.into_iter().chain(gained)
}

fn coins(who: &AccountId) -> Purse {
	(Id::from(who.clone()), Asset::Native)
}

/// The ledger as it was, at one time of the block after the other, backwards.
pub(super) struct PastLedger {
	/// What was there, of all that differs from the state.
	amounts: BTreeMap<Purse, u128>,
	/// What is still to be taken back.
	changes: BTreeMap<u32, Vec<Change>>,
	environment: Environment,
}

impl PastLedger {
	/// The ledger after the last extrinsic of the block that has made these changes.
	pub(super) fn after(changes: Changes) -> Self {
		let Changes { by_extrinsic, at_the_end, .. } = changes;
		let environment = Svm::host().environment();
		let mut ledger = Self { amounts: BTreeMap::new(), changes: by_extrinsic, environment };
		ledger.take_all_back(&at_the_end);
		ledger
	}

	/// Goes back to before an extrinsic. All later ones have been taken back.
	pub(super) fn take_back(&mut self, index: u32) {
		let changes = self.changes.remove(&index).unwrap_or_default();
		self.take_all_back(&changes);
	}

	/// The same, and writes down what accounts have had after and before it.
	pub(super) fn take_back_and_show(
		&mut self,
		index: u32,
		accounts: &[SvmAddress],
		meta: &mut TransactionMeta,
	) {
		let changes = self.changes.remove(&index).unwrap_or_default();
		let tokens = token_accounts(accounts, &changes);
		let amounts = |ledger: &Self| -> Vec<u128> {
			tokens.iter().map(|account| ledger.amount(account.purse)).collect()
		};
		meta.post_balances = self.lamports_of_all(accounts);
		let after = amounts(self);
		self.take_all_back(&changes);
		meta.pre_balances = self.lamports_of_all(accounts);
		let before = amounts(self);
		for ((account, before), after) in tokens.iter().zip(before).zip(after) {
			// What was nothing and is something has just been opened.
			let was_open = before != 0 || after == 0 && account.is_open;
			let is_open = after != 0 || account.is_open;
			meta.pre_token_balances.extend(was_open.then(|| account.with(before)));
			meta.post_token_balances.extend(is_open.then(|| account.with(after)));
		}
	}

	fn take_all_back(&mut self, changes: &[Change]) {
		for change in changes.iter().rev() {
			let before = change.taken_back_from(self.amount(change.purse));
			self.amounts.insert(change.purse, before);
		}
	}

	/// What somebody had, in base units; of the coin, as far as it could be spent.
	fn amount(&self, purse: Purse) -> u128 {
		let in_the_state = || match purse {
			(id, Asset::Token(mint)) => UnifiedTokens::holding(mint, id).amount,
			(id, asset) => UnifiedTokens::spendable(asset, id).unwrap_or_default(),
		};
		self.amounts.get(&purse).copied().unwrap_or_else(|| in_the_state().get())
	}

	fn lamports_of_all(&self, accounts: &[SvmAddress]) -> Vec<u64> {
		accounts.iter().map(|key| self.lamports(key)).collect()
	}

	/// What an account had, in lamports: what its identity did, but for programs that are built in and
	/// the like.
	fn lamports(&self, key: &SvmAddress) -> u64 {
		let fixed = fixed_account(&self.environment, key).map(|account| account.lamports);
		let of_ledger = || self.amount((IdCom::resolve(&Address::Svm(*key)), Asset::Native));
		fixed.unwrap_or_else(|| lamports(of_ledger()))
	}
}

/// An account that shows what somebody has of a token.
struct TokenAccount {
	index: u8,
	purse: Purse,
	/// Whether it is open after the block.
	is_open: bool,
	mint: SvmAddress,
	owner: SvmAddress,
	unit: Denomination,
	decimals: u8,
}

impl TokenAccount {
	/// The account with this much in it, in base units.
	fn with(&self, amount: u128) -> TokenBalance {
		let shown = self.unit.shown(LedgerAmount::new(amount));
		TokenBalance {
			account_index: self.index,
			mint: self.mint,
			owner: self.owner,
			program: ids::token_program(),
			amount: u64::try_from(shown).unwrap_or(u64::MAX),
			decimals: self.decimals,
		}
	}
}

/// The token accounts among accounts: the open ones, and those that the shown ones of these changes are of.
fn token_accounts(accounts: &[SvmAddress], changes: &[Change]) -> Vec<TokenAccount> {
	let changed = changes.iter().filter_map(|change| match change.purse {
		(id, Asset::Token(mint)) => Some((movements::account(id, mint)?, (id, mint))),
		_ => None,
	});
	// A movement has two ends.
	let shown = SHOWN_MOVEMENTS.saturating_mul(2);
	let changed: BTreeMap<SvmAddress, (Id, MintId)> = changed.take(shown).collect();
	let all = (0u8..=u8::MAX).zip(accounts);
	all.filter_map(|(index, key)| token_account(index, key, changed.get(key).copied())).collect()
}

fn token_account(
	index: u8,
	key: &SvmAddress,
	changed: Option<(Id, MintId)>,
) -> Option<TokenAccount> {
	let record = movements::record(key);
	let (holder, mint, owner) = match &record {
		Some(record) => {
			let holder = record.holder_id(key, Svm::host().ledger());
			(holder, MintId::from(*record.mint.as_bytes()), record.owner)
		},
		None => {
			let (holder, mint) = changed?;
			(holder, mint, svm_address(holder))
		},
	};
	let info = UnifiedTokens::token(mint)?;
	Some(TokenAccount {
		index,
		purse: (holder, Asset::Token(mint)),
		is_open: record.is_some(),
		mint: SvmAddress::from(*mint.as_bytes()),
		owner,
		unit: info.svm_denomination()?,
		decimals: info.svm_decimals.get(),
	})
}
