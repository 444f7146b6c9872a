// SPDX-License-Identifier: Apache-2.0
//! Everything that a token can do, as the views of the ledger need it.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use sp_weights::Weight;
use unum_address::{Address, EvmAddress};
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, Denomination, LedgerAmount};

use crate::{Asset, LedgerError, LedgerHost, UnifiedLedger};

/// A right over a token that one identity, or nobody, has.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum TokenAuthority {
	/// To create more of the token.
	#[codec(index = 0)]
	Mint,
	/// To freeze balances of it, and to thaw them.
	#[codec(index = 1)]
	Freeze,
}

impl fmt::Display for TokenAuthority {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Mint => "mint",
			Self::Freeze => "freeze",
		})
	}
}

/// A token, as every view shows it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct TokenInfo {
	/// How many base units exist: the sum of all balances.
	pub supply: LedgerAmount,
	/// How many digits of an amount stand behind the point.
	pub decimals: Decimals,
	/// The same in the view of the Solana VM: not more than `decimals`.
	pub svm_decimals: Decimals,
	/// Its name in full, at most 64 bytes of UTF-8. May be empty.
	pub name: String,
	/// Its name in a few letters, at most 16 bytes of UTF-8. May be empty.
	pub symbol: String,
	/// Who may create more of it.
	pub mint_authority: Option<IdCom>,
	/// Who may freeze balances of it.
	pub freeze_authority: Option<IdCom>,
}

impl TokenInfo {
	/// Who has `authority` over the token.
	pub const fn authority(&self, authority: TokenAuthority) -> Option<IdCom> {
		match authority {
			TokenAuthority::Mint => self.mint_authority,
			TokenAuthority::Freeze => self.freeze_authority,
		}
	}

	/// How the view of the Solana VM counts the token; `None` where its decimals make no sense, which
	/// the ledger never stores.
	pub fn svm_denomination(&self) -> Option<Denomination> {
		Denomination::new(self.decimals, self.svm_decimals).ok()
	}
}

/// What somebody has of a token.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Holding {
	/// In base units.
	pub amount: LedgerAmount,
	/// Whether the token's freeze authority has stopped it: it can neither grow nor fall.
	pub frozen: bool,
}

/// Something that happened to balances or allowances, once for each time that it happened, whichever
/// view or call caused it.
///
/// Movements of nothing are reported, too, as ERC-20 demands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Movement {
	/// New tokens came into being.
	#[codec(index = 0)]
	Minted {
		/// Which token.
		mint: MintId,
		/// Who got them.
		to: IdCom,
		/// How many, in base units.
		amount: LedgerAmount,
	},
	/// Tokens ceased to exist.
	#[codec(index = 1)]
	Burned {
		/// Which token.
		mint: MintId,
		/// Who had them.
		from: IdCom,
		/// How many, in base units.
		amount: LedgerAmount,
	},
	/// An asset changed hands.
	#[codec(index = 2)]
	Transferred {
		/// Which asset. The native coin is reported where it moves through the ledger's interface; its
		/// own pallet reports all of its movements.
		asset: Asset,
		/// Who had it.
		from: IdCom,
		/// Who has it now.
		to: IdCom,
		/// How much, in base units.
		amount: LedgerAmount,
	},
	/// An owner has set how much a spender may move.
	#[codec(index = 3)]
	Approved {
		/// Which token.
		mint: MintId,
		/// Whose.
		owner: IdCom,
		/// Who may move it.
		spender: IdCom,
		/// How much, in base units; 2¹²⁸ − 1 is unlimited.
		amount: LedgerAmount,
	},
}

/// Is told of every movement, when it has happened.
pub trait OnMovement {
	/// Takes note of a movement. Must not move anything itself.
	fn on_movement(movement: &Movement);

	/// What it weighs besides that `to` gets some of a token, if it is the first time: nothing else that
	/// happens here may weigh anything. Whoever moves tokens is charged for it beforehand.
	fn weight_of_receipt(_mint: MintId, _to: IdCom) -> Weight {
		Weight::zero()
	}
}

impl OnMovement for () {
	fn on_movement(_: &Movement) {}
}

impl<A: OnMovement, B: OnMovement> OnMovement for (A, B) {
	fn on_movement(movement: &Movement) {
		A::on_movement(movement);
		B::on_movement(movement);
	}

	fn weight_of_receipt(mint: MintId, to: IdCom) -> Weight {
		A::weight_of_receipt(mint, to).saturating_add(B::weight_of_receipt(mint, to))
	}
}

/// Tokens, as pallets use them: all of them, whoever created them, through whatever view.
///
/// Implemented by the token pallet. A refused operation has changed nothing. Amounts of zero are
/// allowed everywhere, change nothing and are reported as movements.
pub trait TokenLedger: UnifiedLedger {
	/// The token with this mint.
	fn token(mint: MintId) -> Option<TokenInfo>;

	/// The token whose contract contracts see at this address: [`unum_address::erc20_address`], the
	/// other way round. The same for the Tron VM, whose addresses have the same 20 bytes.
	fn token_at(address: EvmAddress) -> Option<MintId>;

	/// What `owner` has of a token; nothing of one that does not exist.
	fn holding(mint: MintId, owner: IdCom) -> Holding;

	/// How much of `owner`'s token `spender` may move; [`LedgerAmount::MAX`] is unlimited.
	fn allowance(mint: MintId, owner: IdCom, spender: IdCom) -> LedgerAmount;

	/// Adds a token under a mint that the caller has proven to be free for it (by its signature, or by
	/// derivation). Nobody has any of it yet: `info.supply` must be zero and is ignored.
	///
	/// # Errors
	/// [`LedgerError::MintExists`].
	fn create_token(mint: MintId, info: TokenInfo) -> Result<(), LedgerError>;

	/// Creates `amount` base units for `to`, as `authority` asks.
	///
	/// # Errors
	/// `UnknownMint`, `NoAuthority`, `NotAuthority`, `Frozen`, `SupplyTooLarge`, `Overflow`.
	fn mint_to(
		mint: MintId,
		authority: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// Destroys `amount` base units of `owner`.
	///
	/// # Errors
	/// `UnknownMint`, `InsufficientBalance`, `Frozen`.
	fn burn(mint: MintId, owner: IdCom, amount: LedgerAmount) -> Result<(), LedgerError>;

	/// Destroys `amount` base units of `owner` out of the allowance of `spender`.
	///
	/// # Errors
	/// As [`Self::burn`], and `InsufficientAllowance`.
	fn burn_from(
		mint: MintId,
		spender: IdCom,
		owner: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// Sets how much of `owner`'s token `spender` may move, in place of what was set before.
	///
	/// # Errors
	/// `UnknownMint`.
	fn approve(
		mint: MintId,
		owner: IdCom,
		spender: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// Moves `amount` base units out of the allowance of `spender`, which falls by as much unless it is
	/// unlimited. `spender` needs one for its own tokens, too.
	///
	/// # Errors
	/// `UnknownMint`, `InsufficientAllowance`, `InsufficientBalance`, `Frozen`, `Overflow`.
	fn transfer_from(
		mint: MintId,
		spender: IdCom,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// Freezes or thaws what `owner` has, as `authority` asks. A balance of nothing can be frozen, too.
	/// To set what is set already changes nothing.
	///
	/// # Errors
	/// `UnknownMint`, `NoAuthority`, `NotAuthority`.
	fn set_frozen(
		mint: MintId,
		authority: IdCom,
		owner: IdCom,
		frozen: bool,
	) -> Result<(), LedgerError>;

	/// Gives an authority that `current` has to `new`, or to nobody for ever.
	///
	/// # Errors
	/// `UnknownMint`, `NoAuthority`, `NotAuthority`.
	fn set_authority(
		mint: MintId,
		current: IdCom,
		authority: TokenAuthority,
		new: Option<IdCom>,
	) -> Result<(), LedgerError>;

	/// How many approvals the wallet at this address has signed for this token and had executed
	/// (EIP-2612's nonce).
	///
	/// Counted by address and not by identity: a wallet that is bound acts as another identity, and what
	/// it has signed before must not fit again.
	fn permit_nonce(mint: MintId, wallet: &Address) -> u64;

	/// Counts one more signed approval.
	///
	/// # Errors
	/// `UnknownMint`; `Overflow` after 2⁶⁴ − 1 of them.
	fn use_permit_nonce(mint: MintId, wallet: &Address) -> Result<(), LedgerError>;
}

crate::host::capability! {
	/// Everything that a token can do, for engines. The rules are those of [`TokenLedger`], function by
	/// function.
	pub trait TokenHost: LedgerHost;
	impl[L: TokenLedger, I] by L as TokenLedger;

	read token(mint: MintId) -> Option<TokenInfo>;
	read token_at(address: EvmAddress) -> Option<MintId>;
	read holding(mint: MintId, owner: IdCom) -> Holding;
	read allowance(mint: MintId, owner: IdCom, spender: IdCom) -> LedgerAmount;
	read permit_nonce(mint: MintId, wallet: &Address) -> u64;

	write create_token(mint: MintId, info: TokenInfo) -> Result<(), LedgerError>;
	write mint_to(mint: MintId, authority: IdCom, to: IdCom, amount: LedgerAmount)
		-> Result<(), LedgerError>;
	write burn(mint: MintId, owner: IdCom, amount: LedgerAmount) -> Result<(), LedgerError>;
	write burn_from(mint: MintId, spender: IdCom, owner: IdCom, amount: LedgerAmount)
		-> Result<(), LedgerError>;
	write approve(mint: MintId, owner: IdCom, spender: IdCom, amount: LedgerAmount)
		-> Result<(), LedgerError>;
	write transfer_from(mint: MintId, spender: IdCom, from: IdCom, to: IdCom, amount: LedgerAmount)
		-> Result<(), LedgerError>;
	write set_frozen(mint: MintId, authority: IdCom, owner: IdCom, frozen: bool)
		-> Result<(), LedgerError>;
	write set_authority(mint: MintId, current: IdCom, authority: TokenAuthority, new: Option<IdCom>)
		-> Result<(), LedgerError>;
	write use_permit_nonce(mint: MintId, wallet: &Address) -> Result<(), LedgerError>;
}
