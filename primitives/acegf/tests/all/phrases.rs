// SPDX-License-Identifier: Apache-2.0
//! Phrases: the official vectors, and what a person reads who mistypes one.

use bip39::Language;
use proptest::prelude::*;
use unum_acegf::wallet::{PhraseError, Rev, WORDS};

use crate::{bytes, read};

/// Entropy and phrase.
fn vectors() -> Vec<(String, String)> {
	read(include_str!("../vectors/bip39.json"))
}

#[test]
fn official_vectors_of_24_words_are_read_and_written() {
	let mut count = 0;
	for (entropy, phrase) in vectors() {
		let Ok(bytes) = <[u8; 32]>::try_from(bytes(&entropy)) else { continue };
		let rev = Rev::new(bytes);
		assert_eq!(Rev::from_phrase(&phrase).as_ref(), Ok(&rev));
		assert_eq!(rev.to_phrase().unwrap().expose(), phrase);
		count += 1;
	}
	assert_eq!(count, 8);
}

#[test]
fn official_vectors_of_other_lengths_are_refused_for_their_length() {
	let mut count = 0;
	for (_, phrase) in vectors() {
		let found = phrase.split(' ').count();
		if found != WORDS {
			assert_eq!(Rev::from_phrase(&phrase), Err(PhraseError::WrongWordCount { found }));
			count += 1;
		}
	}
	assert_eq!(count, 16);
}

fn refused(phrase: &str) -> String {
	let error = Rev::from_phrase(phrase).expect_err("the phrase is wrong").to_string();
	assert!(!error.contains('\n'), "{error}");
	error
}

#[test]
fn mistakes_are_named() {
	let words = |word: &str| ["abandon ".repeat(23), word.to_owned()].concat();
	assert_eq!(refused(""), "a phrase has 24 words, and these are 0");
	assert_eq!(refused("abandon"), "a phrase has 24 words, and this is one");
	assert_eq!(refused(&words("art art")), "a phrase has 24 words, and these are 25");
	assert_eq!(
		refused(&words("abandn")),
		"word 24, \"abandn\", is not in the English list of BIP-39; perhaps it should be \"abandon\""
	);
	assert_eq!(
		refused(&words("artt").replacen("abandon", "qqqqqq", 1)),
		"word 1, \"qqqqqq\", is not in the English list of BIP-39"
	);
	assert_eq!(refused(&words("é")), "word 24, \"é\", is not in the English list of BIP-39");
	assert_eq!(
		refused(&words("zoo")),
		"the checksum does not match: a word is wrong, or two have changed places"
	);
}

#[test]
fn space_and_capitals_are_free() {
	let spread = format!("\n {}\tArt\r\n", "ABANDON  ".repeat(23));
	assert_eq!(Rev::from_phrase(&spread), Ok(Rev::new([0; 32])));
}

proptest! {
	#[test]
	fn phrases_round_trip(bytes: [u8; 32]) {
		let rev = Rev::new(bytes);
		let phrase = rev.to_phrase().unwrap();
		prop_assert_eq!(phrase.expose().split(' ').count(), WORDS);
		prop_assert_eq!(Rev::from_phrase(phrase.expose()), Ok(rev));
	}

	/// The checksum has 8 bits: a wrong word passes once in 256 times, and then is another secret.
	#[test]
	fn another_word_is_another_secret_or_none(bytes: [u8; 32], position in 0..WORDS, word in 0..2048) {
		let rev = Rev::new(bytes);
		let phrase = rev.to_phrase().unwrap();
		let other = Language::English.word_list()[word as usize];
		let mut words: Vec<_> = phrase.expose().split(' ').collect();
		prop_assume!(words[position] != other);
		words[position] = other;
		match Rev::from_phrase(&words.join(" ")) {
			Ok(found) => prop_assert_ne!(found, rev),
			Err(error) => prop_assert_eq!(error, PhraseError::WrongChecksum),
		}
	}

	#[test]
	fn no_text_panics(text in ".{0,200}") {
		let _ = Rev::from_phrase(&text);
		let _ = Rev::from_phrase(&"é ".repeat(24)).map_err(|error| error.to_string());
	}
}
