// SPDX-License-Identifier: Apache-2.0
//! What the ledger stores, and why a movement of tokens can be refused.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, Denomination, LedgerAmount};
use unum_vm_engine::{Asset, LedgerError};

/// A short text that people read: valid UTF-8 of at most `MAX` bytes, in which nothing is hidden.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TokenText<const MAX: u32>(BoundedVec<u8, ConstU32<MAX>>);

/// Why a text can't be the name or symbol of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextError {
	/// It has more bytes than there is room for.
	TooLong,
	/// It is not UTF-8.
	NotUtf8,
	/// It has a character that is not seen, or that changes how others are seen.
	HiddenCharacter,
}

impl fmt::Display for TextError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::TooLong => "the text is too long",
			Self::NotUtf8 => "the text is not UTF-8",
			Self::HiddenCharacter => "the text has a control character, or one that is not seen",
		})
	}
}

impl<const MAX: u32> TokenText<MAX> {
	/// Checks a text.
	///
	/// # Errors
	/// [`TextError`], for the first rule that the text breaks.
	pub fn new(bytes: Vec<u8>) -> Result<Self, TextError> {
		let bytes = BoundedVec::try_from(bytes).map_err(|_| TextError::TooLong)?;
		let text = core::str::from_utf8(&bytes).map_err(|_| TextError::NotUtf8)?;
		if text.chars().any(is_hidden) {
			return Err(TextError::HiddenCharacter);
		}
		Ok(Self(bytes))
	}

	/// The text.
	pub fn as_str(&self) -> &str {
		// The constructor has checked it.
		core::str::from_utf8(&self.0).unwrap_or_default()
	}
}

/// Whether a character could make one token look like another: control characters, those that change
/// the direction of writing, line separators, and spaces of no width.
///
/// The two joiners (U+200C, U+200D) are allowed: Persian and many emoji are written with them.
fn is_hidden(c: char) -> bool {
	c.is_control()
		|| matches!(
			c,
			'\u{61c}' |
				'\u{200b}' | '\u{200e}' |
				'\u{200f}' | '\u{2028}'..='\u{202e}' |
				'\u{2060}'..='\u{206f}' |
				'\u{feff}'
		)
}

/// The name of a token: at most 64 bytes.
pub type TokenName = TokenText<64>;
/// The symbol of a token: at most 16 bytes.
pub type TokenSymbol = TokenText<16>;

/// A token.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Mint {
	/// How many base units exist: the sum of all balances.
	pub supply: LedgerAmount,
	/// How many digits of an amount stand behind the point.
	pub decimals: Decimals,
	/// The same in the view of the Solana VM, whose numbers have 64 bits: not more than `decimals`.
	pub svm_decimals: Decimals,
	/// Its name in full.
	pub name: TokenName,
	/// Its name in a few letters.
	pub symbol: TokenSymbol,
	/// Who may create more of it. Nobody, if empty: the supply can only fall.
	pub mint_authority: Option<IdCom>,
	/// Who may freeze balances. Nobody, if empty.
	pub freeze_authority: Option<IdCom>,
}

impl Mint {
	/// Whether every view can show a supply of `supply`.
	pub(crate) fn can_show(&self, supply: LedgerAmount) -> bool {
		Denomination::new(self.decimals, self.svm_decimals)
			.is_ok_and(|denomination| denomination.fits_u64(supply))
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
	MaxEncodedLen,
	TypeInfo,
)]
pub struct TokenBalance {
	/// In base units.
	pub amount: LedgerAmount,
	/// Whether the token's freeze authority has stopped it: it can neither grow nor fall.
	pub frozen: bool,
}

impl TokenBalance {
	/// Whether there is anything to keep in storage.
	pub(crate) const fn is_empty(&self) -> bool {
		self.amount.is_zero() && !self.frozen
	}
}

/// Why a movement of tokens is refused. Nothing has changed then.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MoveError {
	/// There is no such token.
	UnknownMint,
	/// The balance is smaller than what is to be moved.
	InsufficientBalance {
		/// What there is.
		available: LedgerAmount,
		/// What is needed.
		needed: LedgerAmount,
	},
	/// One of the two balances is frozen.
	Frozen,
	/// The receiver's balance would not fit.
	Overflow,
}

impl MoveError {
	/// The same in the words that all assets share.
	pub(crate) const fn of(self, mint: MintId) -> LedgerError {
		match self {
			Self::UnknownMint => LedgerError::UnknownMint(mint),
			Self::InsufficientBalance { available, needed } => {
				LedgerError::InsufficientBalance { asset: Asset::Token(mint), available, needed }
			},
			Self::Frozen => LedgerError::Frozen(mint),
			Self::Overflow => LedgerError::Overflow(Asset::Token(mint)),
		}
	}
}
