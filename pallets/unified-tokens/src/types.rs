// SPDX-License-Identifier: Apache-2.0
//! What the ledger stores.

use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use unum_id_com::IdCom;
use unum_units::{Decimals, Denomination, LedgerAmount};
use unum_vm_engine::{TokenAuthority, TokenInfo};

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
	/// The largest supply that every view can show; `None` where the decimals of the views make no
	/// sense, which the ledger never stores.
	pub(crate) fn supply_max(&self) -> Option<LedgerAmount> {
		let shown = Denomination::new(self.decimals, self.svm_decimals).ok()?;
		let whole_units = shown.to_ledger(u64::MAX.into())?;
		// A view rounds down: all but one base unit of the next unit it shows is there unseen.
		let unseen = shown.to_ledger(1)?.checked_sub(LedgerAmount::new(1))?;
		whole_units.checked_add(unseen)
	}

	/// Whether every view can show a supply of `supply`.
	pub(crate) fn can_show(&self, supply: LedgerAmount) -> bool {
		self.supply_max().is_some_and(|max| supply <= max)
	}

	/// Who has `authority` over the token.
	pub(crate) const fn authority(&self, authority: TokenAuthority) -> Option<IdCom> {
		match authority {
			TokenAuthority::Mint => self.mint_authority,
			TokenAuthority::Freeze => self.freeze_authority,
		}
	}

	pub(crate) fn set_authority(&mut self, authority: TokenAuthority, new: Option<IdCom>) {
		match authority {
			TokenAuthority::Mint => self.mint_authority = new,
			TokenAuthority::Freeze => self.freeze_authority = new,
		}
	}

	/// The token that an engine describes, of which nobody has anything yet; `None` where a text or
	/// the decimals break the rules.
	pub(crate) fn described_by(info: TokenInfo) -> Option<Self> {
		let mint = Self {
			supply: LedgerAmount::ZERO,
			decimals: info.decimals,
			svm_decimals: info.svm_decimals,
			name: TokenName::new(info.name.into_bytes()).ok()?,
			symbol: TokenSymbol::new(info.symbol.into_bytes()).ok()?,
			mint_authority: info.mint_authority,
			freeze_authority: info.freeze_authority,
		};
		mint.can_show(mint.supply).then_some(mint)
	}
}

impl From<Mint> for TokenInfo {
	fn from(mint: Mint) -> Self {
		Self {
			supply: mint.supply,
			decimals: mint.decimals,
			svm_decimals: mint.svm_decimals,
			name: String::from(mint.name.as_str()),
			symbol: String::from(mint.symbol.as_str()),
			mint_authority: mint.mint_authority,
			freeze_authority: mint.freeze_authority,
		}
	}
}
