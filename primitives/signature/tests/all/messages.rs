// SPDX-License-Identifier: Apache-2.0
//! Messages against the vectors of the libraries that wallets use.

use base64::prelude::{Engine, BASE64_STANDARD};
use unum_address::{Address, VmKind};
use unum_signature::{
	message::{bitcoin, ethereum, solana, tron},
	SignatureError,
};

use crate::wallets::{BitcoinKey, Wallet};

fn array<const N: usize>(text: &str) -> [u8; N] {
	hex::decode(text).expect("hexadecimal digits").try_into().expect("the length")
}

/// Message, its hash, secret key, address and signature.
type KeccakVector = (Vec<u8>, &'static str, &'static str, &'static str, &'static str);

/// ethers.js, `tests/test-wallet.js`, "Test Signing Messages" (MIT).
fn ethers() -> [KeccakVector; 3] {
	[
		(
			b"hello world".to_vec(),
			"d9eba16ed0ecae432b71fe008c98cc872bb4cc214d3220a36f365326cf807d68",
			"0123456789012345678901234567890123456789012345678901234567890123",
			"0x14791697260E4c9A71f18484C9f997B308e59325",
			"ddd0a7290af9526056b4e35a077b9a11b513aa0028ec6c9880948544508f3c63265e99e47ad31bb2cab9646c504576b3abc6939a1710afc08cbf3034d73214b81c",
		),
		(
			array::<32>("47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad").to_vec(),
			"93100cc9477ba6522a2d7d5e83d0e075b167224ed8aa0c5860cfd47fa9f22797",
			"51d1d6047622bca92272d36b297799ecc152dc2ef91b229debf84fc41e8c73ee",
			"0xD351c7c627ad5531Edb9587f4150CaF393c33E87",
			"546f0c996fa4cfbf2b68fd413bfb477f05e44e66545d7782d87d52305831cd055fc9943e513297d0f6755ad1590a5476bf7d1761d4f9dc07dfe473824bbdec751b",
		),
		(
			sp_crypto_hashing::keccak_256(b"0x7f23b5eed5bc7e89f267f339561b2697faab234a2").to_vec(),
			"06c9d148d268f9a13d8f94f4ce351b0beff3b9ba69f23abbf171168202b2dd67",
			"09a11afa58d6014843fd2c5fd4e21e7fadf96ca2d8ce9934af6b8e204314f25c",
			"0xe7deA7e64B62d1Ca52f1716f29cd27d4FE28e3e1",
			"7222038446034a0425b6e3f0cc3594f0d979c656206408f937c37a8180bb1bea047d061e4ded4aeac77fa86eb02d42ba7250964ac3eb9da1337090258ce798491c",
		),
	]
}

/// TronWeb, `test/testcases/src/sign-message.ts` at commit 12059c2235870484a3bd610869bbb6c046bdaff7
/// (MIT).
fn tronweb() -> [KeccakVector; 3] {
	[
		(
			b"hello world".to_vec(),
			"cf02daeb2bea196ed5692322a66ed50080ce74ff8cb711199f1b04f3c13bc10d",
			"0000000000000000000000000000000000000000000000000000000000000001",
			"TMVQGm1qAQYVdetCeGRRkTWYYrLXuHK2HC",
			"0dc0b53d525e0103a6013061cf18e60cf158809149f2b8994a545af65a7004cb1eeaff560e801ab51b28df5d42549aa024c2aa7e9d34de1e01294b9afb5e6c7e1c",
		),
		(
			array::<32>("47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad").to_vec(),
			"66733cf31ee3f133db9561efdca3d65ba930bdf57fb1af3b6cc0ba4966ecc882",
			"51d1d6047622bca92272d36b297799ecc152dc2ef91b229debf84fc41e8c73ee",
			"TVEZYjZyemfJoLUdGtzsM2ua1HAnbsNgAF",
			"dc3ffce3ffa792a3c76b9ea6909f715ffed0386bb9be0d1ece2d80bde37c368028eed4c9a6fd9608407b224050db7c648a8a7668a7582893efcb2c19d3327b811b",
		),
		(
			sp_crypto_hashing::keccak_256(b"0x7f23b5eed5bc7e89f267f339561b2697faab234a2").to_vec(),
			"c6bb689ca3663d132c07540d31f46e03b0e4291d990c77083c136a234f079455",
			"59f40af46420081988724249fb743e7597c8ddc1cbbc0738b96ceb1dbb149373",
			"TBzEvowPVErmNWVegYMQcurDF3jgHU4VME",
			"4a32ec6cfd034304f6fb45767d98a2414a9ab439a829b60e756c79f7e3c0f4ed0d1f76d88839a4425146084a6ef3703a2a692fdacc76c80c269268f6ba6df38b1c",
		),
	]
}

#[test]
fn ethereum_messages_of_ethers() {
	for (message, hash, secret, address, signature) in ethers() {
		assert_eq!(hex::encode(ethereum::message_hash(&message)), hash);
		let signer = ethereum::recover_signer(&message, &array(signature)).expect("a signature");
		assert_eq!(signer.to_string(), address);
		assert_eq!(Wallet::Evm.address(array(secret)), Address::Evm(signer));
		let ours = BitcoinKey::new(array(secret)).sign_65(&ethereum::message_hash(&message));
		assert_eq!(hex::encode(ours), signature);
	}
}

#[test]
fn tron_messages_of_tronweb() {
	for (message, hash, secret, address, signature) in tronweb() {
		assert_eq!(hex::encode(tron::message_hash(&message)), hash);
		let signer = tron::recover_signer(&message, &array(signature)).expect("a signature");
		assert_eq!(signer.to_string(), address);
		let ours = BitcoinKey::new(array(secret)).sign_65(&tron::message_hash(&message));
		assert_eq!(hex::encode(ours), signature);
	}
}

/// The last byte counts from 27, and from nothing else.
#[test]
fn the_recovery_byte_of_ethereum_and_tron_is_27_or_28() {
	let mut signature = array(ethers()[0].4);
	for v in 0..=u8::MAX {
		signature[64] = v;
		let known = v == 27 || v == 28;
		let outcomes = [
			ethereum::recover_signer(b"hello world", &signature).err(),
			tron::recover_signer(b"hello world", &signature).err(),
		];
		for outcome in outcomes {
			assert_eq!(outcome == Some(SignatureError::InvalidRecoveryByte), !known, "{v}");
		}
	}
}

/// The hash that a P2PKH address of the main network stands for.
fn p2pkh_hash(address: &str) -> [u8; 20] {
	let bytes = bs58::decode(address).with_check(Some(0)).into_vec().expect("an address");
	bytes[1..].try_into().expect("20 bytes")
}

fn base64_65(text: &str) -> [u8; 65] {
	BASE64_STANDARD.decode(text).expect("base64").try_into().expect("65 bytes")
}

/// bitcoinjs-message, `test/fixtures.json` at commit 0c09c08d34b5d1cab87190cedf4eaa442d43b1fa and its
/// README (MIT).
#[test]
fn bitcoin_messages_of_bitcoinjs() {
	for (message, hash) in [
		("", "80e795d4a4caadd7047af389d9f7f220562feb6196032e2131e10563352c4bcc"),
		("Vires is Numeris", "f8a5affbef4a3241b19067aa694562f64f513310817297089a8929a930f4f933"),
	] {
		assert_eq!(hex::encode(bitcoin::message_hash(message.as_bytes())), hash);
	}
	let uncompressed =
		"G8JawPtQOrybrSP1WHQnQPr67B9S3qrxBrl1mlzoTJOSHEpmnF7D3+t+LX0Xei9J20B5AIdPbeL3AaTBZ4N3bY0=";
	let compressed =
		"H8JawPtQOrybrSP1WHQnQPr67B9S3qrxBrl1mlzoTJOSHEpmnF7D3+t+LX0Xei9J20B5AIdPbeL3AaTBZ4N3bY0=";
	let text = "vires is numeris";
	let mismatch = Err(SignatureError::Mismatch);
	for (address, message, signature, outcome) in [
		("16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM", text, uncompressed, Ok(())),
		("1PMycacnJaSqwwJqjawXBErnLsZ7RkXUAs", text, compressed, Ok(())),
		(
			"1F3sAm6ZtwLAUnj7d38pGFxtP3RVEvtsbV",
			"This is an example of a signed message.",
			"H9L5yLFjti0QTHhPyFrZCT1V/MMnBtXKmoiKDZ78NDBjERki6ZTQZdSMCtkgoNmp17By9ItJr8o7ChX0XxY91nk=",
			Ok(()),
		),
		("16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM", "foobar", uncompressed, mismatch),
		("1111111111111111111114oLvT2", text, compressed, mismatch),
		("16UwLL9Risc3QfPqBUvKofHmBQ7wMtjvM", text, compressed, mismatch),
		("1PMycacnJaSqwwJqjawXBErnLsZ7RkXUAs", text, uncompressed, mismatch),
		// The same key with the headers of BIP-137 for Segwit.
		(
			"1PMycacnJaSqwwJqjawXBErnLsZ7RkXUAs",
			text,
			"KF8nHqFr3K2UKYahhX3soVeoW8W1ECNbr0wfck7lzyXjCS5Q16Ek45zyBuy1Fiy9sTPKVgsqqOuPvbycuVSSVl8=",
			Err(SignatureError::InvalidRecoveryByte),
		),
	] {
		let found = bitcoin::verify(&p2pkh_hash(address), message.as_bytes(), &base64_65(signature));
		assert_eq!(found, outcome, "{address} {message}");
	}
}

/// RFC 8032, 7.1, test 3: a Solana wallet signs the bytes as they are.
#[test]
fn solana_messages_are_the_bytes_themselves() {
	let key = array::<32>("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
	let signature = array("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
	let address = key.into();
	assert_eq!(solana::verify(&address, &[0xaf, 0x82], &signature), Ok(()));
	let wrong = solana::verify(&address, &[0xaf, 0x83], &signature);
	assert_eq!(wrong, Err(SignatureError::Mismatch));
	// An address that is derived and no key: the system program.
	let program = Address::parse(VmKind::SVM, "11111111111111111111111111111111");
	let Ok(Address::Svm(program)) = program else { panic!("an address") };
	let outcome = solana::verify(&program, &[], &signature);
	assert_eq!(outcome, Err(SignatureError::InvalidPublicKey));
}
