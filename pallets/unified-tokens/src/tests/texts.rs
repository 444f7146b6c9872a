// SPDX-License-Identifier: Apache-2.0
//! What a name can be.

use crate::{TextError, TokenSymbol, TokenText};
use proptest::prelude::*;

#[test]
fn texts_of_every_language_are_fine() {
	for text in ["", "Unum", "Übermünze", "一つ", "می‌خواهم", "👨‍👩‍👧", "₿", "a b"]
	{
		let made = TokenText::<64>::new(text.as_bytes().to_vec()).expect(text);
		assert_eq!(made.as_str(), text);
	}
}

#[test]
fn the_length_is_counted_in_bytes() {
	assert!(TokenSymbol::new("₿₿₿₿₿".into()).is_ok(), "fifteen bytes");
	assert_eq!(TokenSymbol::new("₿₿₿₿₿₿".into()), Err(TextError::TooLong));
}

#[test]
fn hidden_characters_are_refused() {
	let hidden = [
		'\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}', '\u{85}', '\u{61c}', '\u{200b}', '\u{200e}',
		'\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202e}', '\u{2060}', '\u{2066}',
		'\u{2069}', '\u{feff}',
	];
	for c in hidden {
		let text = format!("a{c}b");
		assert_eq!(TokenSymbol::new(text.into()), Err(TextError::HiddenCharacter), "{c:?}");
	}
}

#[test]
fn errors_are_sentences() {
	assert_eq!(TextError::NotUtf8.to_string(), "the text is not UTF-8");
}

proptest! {
	#[test]
	fn any_bytes_are_accepted_as_they_are_or_refused(
		bytes in prop::collection::vec(any::<u8>(), 0..100),
	) {
		match TokenText::<64>::new(bytes.clone()) {
			Ok(text) => prop_assert_eq!(text.as_str().as_bytes(), &bytes[..]),
			Err(TextError::TooLong) => prop_assert!(bytes.len() > 64),
			Err(TextError::NotUtf8) => prop_assert!(core::str::from_utf8(&bytes).is_err()),
			Err(TextError::HiddenCharacter) => prop_assert!(core::str::from_utf8(&bytes).is_ok()),
		}
	}
}
