// SPDX-License-Identifier: Apache-2.0
//! The one ledger, native coin and tokens alike.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use sp_weights::Weight;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;

use crate::TokenAuthority;

/// What is moved.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Asset {
	/// The native coin.
	#[codec(index = 0)]
	Native,
	/// A token, by its mint.
	#[codec(index = 1)]
	Token(MintId),
}

impl From<Option<MintId>> for Asset {
	fn from(mint: Option<MintId>) -> Self {
		mint.map_or(Self::Native, Self::Token)
	}
}

impl fmt::Display for Asset {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Native => f.write_str("the native coin"),
			Self::Token(mint) => write!(f, "token {mint}"),
		}
	}
}

/// Why the ledger refused a movement. Nothing has changed when it is returned.
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
pub enum LedgerError {
	/// No token has this mint. Create it first, or correct the mint id.
	#[codec(index = 0)]
	UnknownMint(MintId),
	/// The owner has less than it wants to move.
	#[codec(index = 1)]
	InsufficientBalance {
		/// What was to be moved.
		asset: Asset,
		/// What the owner can spend now, in base units.
		available: LedgerAmount,
		/// What the movement needs, in base units.
		needed: LedgerAmount,
	},
	/// The sender's or the receiver's balance of this token is frozen by its freeze authority.
	#[codec(index = 2)]
	Frozen(MintId),
	/// The receiver's balance, or the supply, would not fit 128 bits.
	#[codec(index = 3)]
	Overflow(Asset),
	/// The receiver has no account, and this amount of the native coin is below the existential
	/// deposit that opens one.
	#[codec(index = 4)]
	BelowExistentialDeposit,
	/// The native coin is held by a lock, hold or another pallet's rule that forbids this movement.
	#[codec(index = 5)]
	Restricted,
	/// The spender's allowance is smaller than what is to be moved. The owner can approve more.
	#[codec(index = 6)]
	InsufficientAllowance {
		/// Which token.
		mint: MintId,
		/// What the owner allows the spender, in base units.
		allowed: LedgerAmount,
		/// What the movement needs, in base units.
		needed: LedgerAmount,
	},
	/// A token with this mint exists already.
	#[codec(index = 7)]
	MintExists(MintId),
	/// Only the token's authority may do this, and this is somebody else.
	#[codec(index = 8)]
	NotAuthority(MintId, TokenAuthority),
	/// The token has no such authority: nobody can ever do this.
	#[codec(index = 9)]
	NoAuthority(MintId, TokenAuthority),
	/// The supply would be more than a 64-bit view of the token can show.
	#[codec(index = 10)]
	SupplyTooLarge(MintId),
	/// The description of the token breaks a rule: for its decimals, its name or its symbol.
	#[codec(index = 11)]
	InvalidToken(MintId),
	/// Another token stands at the ERC-20 address that this mint has.
	#[codec(index = 12)]
	AddressTaken(MintId),
}

impl fmt::Display for LedgerError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::UnknownMint(mint) => write!(f, "unknown mint {mint}: no such token exists"),
			Self::InsufficientBalance { asset, available, needed } => write!(
				f,
				"insufficient balance of {asset}: {available} base units are spendable, {needed} are needed"
			),
			Self::Frozen(mint) => {
				write!(f, "a balance of token {mint}, the sender's or the receiver's, is frozen")
			},
			Self::Overflow(asset) => {
				write!(f, "overflow: the receiver's balance of {asset} would not fit 128 bits")
			},
			Self::BelowExistentialDeposit => f.write_str(
				"the receiver has no account yet and the amount is below the existential deposit",
			),
			Self::Restricted => {
				f.write_str("the sender's native coin is locked or held and can't be moved now")
			},
			Self::InsufficientAllowance { mint, allowed, needed } => write!(
				f,
				"insufficient allowance of token {mint}: {allowed} base units are allowed, {needed} are needed"
			),
			Self::MintExists(mint) => write!(f, "a token with mint {mint} exists already"),
			Self::NotAuthority(mint, authority) => {
				write!(f, "only the {authority} authority of token {mint} may do this")
			},
			Self::NoAuthority(mint, authority) => {
				write!(f, "token {mint} has no {authority} authority: nobody can do this")
			},
			Self::InvalidToken(mint) => {
				write!(f, "token {mint} can't have these decimals, or this name or symbol")
			},
			Self::AddressTaken(mint) => {
				write!(f, "another token stands at the ERC-20 address of mint {mint}")
			},
			Self::SupplyTooLarge(mint) => {
				write!(f, "the supply of token {mint} would be more than its 64-bit view can show")
			},
		}
	}
}

/// Balances and movements of every asset, as pallets use them.
///
/// Implemented by the token pallet. Moving is conserving: what leaves one balance arrives in the
/// other, or nothing happens.
pub trait UnifiedLedger {
	/// What `owner` can spend of `asset` now, in base units.
	///
	/// # Errors
	/// [`LedgerError::UnknownMint`].
	fn spendable(asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError>;

	/// Whether [`Self::transfer`] with the same arguments would succeed now. Changes nothing.
	///
	/// # Errors
	/// The error that the transfer would give.
	fn can_transfer(
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// Moves `amount` base units. Zero amounts and self-transfers succeed and change no balance.
	///
	/// # Errors
	/// Each [`LedgerError`], with nothing changed.
	fn transfer(
		asset: Asset,
		from: IdCom,
		to: IdCom,
		amount: LedgerAmount,
	) -> Result<(), LedgerError>;

	/// What it weighs besides the movement that `to` gets some of `asset`, if it is the first time.
	fn weight_of_receipt(_asset: Asset, _to: IdCom) -> Weight {
		Weight::zero()
	}
}
