// SPDX-License-Identifier: Apache-2.0
//! The secret as words for people ([BIP-39], English).
//!
//! [BIP-39]: https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki

use bip39::{Language, Mnemonic};
use core::fmt;
use zeroize::{Zeroize, Zeroizing};

use super::{Rev, SecretText};

/// Words in a phrase: 256 bits of secret and 8 of checksum, 11 bits to the word.
pub const WORDS: usize = 24;

impl Rev {
	/// Reads a phrase of 24 words. White space around and between the words is free, and capital
	/// letters count as small ones.
	///
	/// The words are the entropy itself: no passphrase, and no stretching as for BIP-32 wallets.
	///
	/// # Errors
	/// [`PhraseError`], with the first word that is wrong.
	///
	/// # Examples
	/// ```
	/// use unum_acegf::wallet::Rev;
	/// let phrase = ["abandon "; 23].concat() + "art";
	/// assert_eq!(Rev::from_phrase(&phrase).unwrap(), Rev::new([0; 32]));
	/// ```
	pub fn from_phrase(phrase: &str) -> Result<Self, PhraseError> {
		let phrase = Zeroizing::new(phrase.to_lowercase());
		let found = phrase.split_whitespace().count();
		if found != WORDS {
			return Err(PhraseError::WrongWordCount { found });
		}
		let parsed = Mnemonic::parse_in_normalized(Language::English, &phrase);
		let mnemonic = parsed.map_err(|error| reason(error, &phrase))?;
		let (mut entropy, _) = mnemonic.to_entropy_array();
		// 24 words are 32 bytes; the library's array has one more.
		let [bytes @ .., _] = &entropy;
		let rev = Self::new(*bytes);
		entropy.zeroize();
		Ok(rev)
	}

	/// The phrase of 24 words that stands for this secret.
	///
	/// # Errors
	/// None that can happen: 32 bytes are an entropy that BIP-39 knows. The library's word for it
	/// would be [`PhraseError::WrongWordCount`].
	pub fn to_phrase(&self) -> Result<SecretText, PhraseError> {
		let mnemonic = Mnemonic::from_entropy_in(Language::English, self.expose())
			.map_err(|error| reason(error, ""))?;
		let mut text = String::with_capacity(PHRASE_BYTES_MAX);
		for word in mnemonic.words() {
			if !text.is_empty() {
				text.push(' ');
			}
			text.push_str(word);
		}
		Ok(text.into())
	}
}

/// Longest phrase: 24 words of at most 8 letters and the spaces between. A text that grows would leave
/// copies of itself behind.
const PHRASE_BYTES_MAX: usize = 9 * WORDS;

fn reason(error: bip39::Error, phrase: &str) -> PhraseError {
	match error {
		bip39::Error::UnknownWord(index) => PhraseError::UnknownWord {
			position: index.saturating_add(1),
			word: phrase.split_whitespace().nth(index).unwrap_or_default().to_owned(),
		},
		bip39::Error::BadWordCount(found) => PhraseError::WrongWordCount { found },
		bip39::Error::BadEntropyBitCount(_) => PhraseError::WrongWordCount { found: 0 },
		// The other error, more than one language, does not occur where one is given.
		_ => PhraseError::WrongChecksum,
	}
}

/// A text is not the phrase of an identity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PhraseError {
	/// A phrase has 24 words.
	WrongWordCount {
		/// How many there are.
		found: usize,
	},
	/// A word is not one of the 2,048.
	UnknownWord {
		/// Which word, counted from 1.
		position: usize,
		/// The word.
		word: String,
	},
	/// Every word exists, but they do not belong together.
	WrongChecksum,
}

impl fmt::Display for PhraseError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::WrongWordCount { found: 1 } => {
				write!(f, "a phrase has {WORDS} words, and this is one")
			},
			Self::WrongWordCount { found } => {
				write!(f, "a phrase has {WORDS} words, and these are {found}")
			},
			Self::UnknownWord { position, word } => {
				write!(f, "word {position}, {word:?}, is not in the English list of BIP-39")?;
				match likely_meant(word) {
					Some(meant) => write!(f, "; perhaps it should be {meant:?}"),
					None => Ok(()),
				}
			},
			Self::WrongChecksum => f.write_str(
				"the checksum does not match: a word is wrong, or two have changed places",
			),
		}
	}
}

impl core::error::Error for PhraseError {}

/// The one word of the list that begins with the same four letters: the first four tell every two
/// words of the list apart.
fn likely_meant(word: &str) -> Option<&'static str> {
	let start = word.get(..4)?;
	Language::English.words_by_prefix(start).first().copied()
}
