// SPDX-License-Identifier: Apache-2.0
//! What a text is about.

use sp_core::crypto::{AccountId32, Ss58Codec};
use unum_acegf::wallet::Rev;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

use crate::{
	account::{id_com_of_public_key, Account, AccountScheme},
	KeyError,
};

/// What can be inspected.
pub(crate) enum Subject {
	/// The secret of an identity.
	Identity(Rev),
	/// The secret of a plain account.
	Account(Account),
	/// An identity, or the account of a public key.
	IdCom(IdCom),
	/// A wallet of another chain.
	Wallet(Address),
}

impl Subject {
	/// Finds out what a text is. A scheme says that it is the secret of a plain account.
	pub(crate) fn of(text: &str, scheme: Option<AccountScheme>) -> Result<Self, KeyError> {
		let text = text.trim();
		match scheme {
			Some(scheme) => Account::from_secret(scheme, text).map(Self::Account),
			None if text.contains('/') => {
				Account::from_secret(AccountScheme::default(), text).map(Self::Account)
			},
			None if text.contains(char::is_whitespace) => phrase(text),
			None => public(text),
		}
	}
}

/// By their number: 24 words are an identity's, fewer a plain account's.
fn phrase(text: &str) -> Result<Subject, KeyError> {
	match text.split_whitespace().count() {
		24 => Ok(Subject::Identity(Rev::from_phrase(text)?)),
		12 | 15 | 18 | 21 => {
			Account::from_secret(AccountScheme::default(), text).map(Subject::Account)
		},
		found => Err(KeyError::WordCount { found }),
	}
}

/// A single word: an address or a public key.
fn public(text: &str) -> Result<Subject, KeyError> {
	match text.strip_prefix("0x") {
		Some(digits) => hexadecimal(text, digits),
		None => address(text),
	}
}

/// By its length: 20 bytes are an address of Ethereum; others, if not a key, a script of Bitcoin.
fn hexadecimal(text: &str, digits: &str) -> Result<Subject, KeyError> {
	match digits.len() {
		40 => Ok(Subject::Wallet(Address::parse(VmKind::EVM, text)?)),
		64 | 66 => {
			let bytes = hex::decode(digits).map_err(|_| KeyError::Unrecognised)?;
			id_com_of_public_key(&bytes).map(Subject::IdCom).ok_or(KeyError::PublicKey)
		},
		_ => Err(KeyError::Unrecognised),
	}
}

/// By its checksum; Solana's notation, which has none, comes last.
fn address(text: &str) -> Result<Subject, KeyError> {
	if let Ok((account, _)) = AccountId32::from_ss58check_with_version(text) {
		return Ok(Subject::IdCom(account.into()));
	}
	let mut found = [VmKind::TVM, VmKind::BVM, VmKind::SVM].into_iter();
	let found = found.find_map(|vm| Address::parse(vm, text).ok());
	match (found, looks_like(text)) {
		(Some(address), _) => Ok(Subject::Wallet(address)),
		(None, Some(vm)) => Ok(Subject::Wallet(Address::parse(vm, text)?)),
		(None, None) => Err(KeyError::Unrecognised),
	}
}

/// The VM whose addresses begin like this: what is wrong is said in its terms.
fn looks_like(text: &str) -> Option<VmKind> {
	let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
	match text.len() {
		34 if begins(&["T"]) => Some(VmKind::TVM),
		_ if begins(&["bcrt1", "bc1", "tb1"]) => Some(VmKind::BVM),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn subject(text: &str) -> Result<Subject, String> {
		Subject::of(text, None).map_err(|error| error.to_string())
	}

	fn id_com(text: &str) -> IdCom {
		match subject(text).expect("known") {
			Subject::IdCom(id) => id,
			Subject::Account(account) => account.id_com,
			Subject::Wallet(address) => address.unbound_id_com(),
			Subject::Identity(_) => panic!("{text} is no identity's secret"),
		}
	}

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const ALICE_KEY: &str = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

	#[test]
	fn an_account_is_known_by_its_path_address_and_key() {
		let alice = id_com(ALICE_KEY);
		let phrase = sp_core::crypto::DEV_PHRASE;
		for text in [ALICE, "//Alice", &format!("{phrase}//Alice"), " //Alice\n"] {
			assert_eq!(id_com(text), alice, "{text}");
		}
		// The same account in the notation of Polkadot.
		assert_eq!(id_com("15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5"), alice);
		assert_ne!(id_com(phrase), alice);
	}

	#[test]
	fn a_scheme_makes_a_text_a_secret() {
		let of = |scheme| match Subject::of("//Alice", Some(scheme)) {
			Ok(Subject::Account(account)) => account.id_com.to_string(),
			_ => panic!("a secret of a plain account"),
		};
		// What `subkey inspect --scheme … //Alice` prints as the account.
		assert_eq!(of(AccountScheme::Sr25519), ALICE_KEY);
		assert_eq!(
			of(AccountScheme::Ed25519),
			"0x88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee"
		);
		assert_eq!(
			of(AccountScheme::Ecdsa),
			"0x01e552298e47454041ea31273b4b630c64c104e4514aa3643490b8aaca9cf8ed"
		);
		let seed = Subject::of(ALICE_KEY, Some(AccountScheme::Sr25519));
		assert!(matches!(seed, Ok(Subject::Account(_))), "any 32 bytes are a seed");
	}

	#[test]
	fn a_compressed_key_is_an_account_of_ecdsa() {
		let alice = "0x020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1";
		assert_eq!(
			id_com(alice).to_string(),
			"0x01e552298e47454041ea31273b4b630c64c104e4514aa3643490b8aaca9cf8ed"
		);
		for first in ["0x04", "0x05", "0x00"] {
			let other = alice.replacen("0x02", first, 1);
			assert!(subject(&other).is_err_and(|error| error.contains("public key")), "{other}");
		}
	}

	#[test]
	fn wallets_of_every_chain_are_known_by_their_notation() {
		for (text, vm) in [
			("0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", VmKind::EVM),
			("TLRzHq8QGQVP3rtQUYNu1KC61unb4RfXwk", VmKind::TVM),
			("bUkqfza7VdurUu3X7Y13GQBc33hXpMTHemor4yt6gTY", VmKind::SVM),
			("bcrt1qcqywp6dz5wmgyd486j9j0gmxmmcs9qxw2ul3cy", VmKind::BVM),
		] {
			match subject(text) {
				Ok(Subject::Wallet(address)) => assert_eq!(address.vm(), vm, "{text}"),
				_ => panic!("{text} is an address"),
			}
		}
	}

	#[test]
	fn wrong_texts_are_refused_without_being_repeated() {
		let phrase = "abandon ".repeat(24);
		for (text, reason) in [
			("", "no address, public key or secret"),
			("sesame", "no address, public key or secret"),
			("0x12", "no address, public key or secret"),
			("five words are no phrase", "invalid phrase: an identity has 24 words"),
			(&phrase, "invalid phrase: the checksum"),
			("abandon abandon//Alice", "invalid phrase"),
			("0xAaAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "EIP-55"),
			("TLRzHq8QGQVP3rtQUYNu1KC61unb4RfXwm", "checksum"),
			("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "main network"),
		] {
			let error = subject(text).err().unwrap_or_else(|| panic!("{text} is refused"));
			assert!(error.contains(reason), "{text}: {error}");
			assert!(!error.contains('\n') && !error.contains("sesame"), "{error}");
		}
	}
}
