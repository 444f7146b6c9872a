// SPDX-License-Identifier: Apache-2.0
//! Known answers from the documents that define the notations, and texts that each must refuse.

use unum_address::{Address, BtcScript, ParseAddressReason as Reason, VmKind};
use unum_id_com::IdCom;

fn parse(vm: VmKind, text: &str) -> Address {
	Address::parse(vm, text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn refused(vm: VmKind, text: &str) -> Reason {
	let error = Address::parse(vm, text).expect_err(text);
	assert_eq!(error.vm(), vm);
	error.reason()
}

fn script(digits: &str) -> Address {
	let bytes = hex::decode(digits).expect("hexadecimal");
	Address::Bvm(BtcScript::new(bytes).expect("short"))
}

/// The examples of EIP-55: all capitals, all small letters, mixed.
const EIP_55: [&str; 8] = [
	"0x52908400098527886E0F7030069857D2E4169EE7",
	"0x8617E340B3D01FA5F11F306F4090FD50E238070D",
	"0xde709f2102306220921060314715629080e2fb77",
	"0x27b1fdb04752bbc536007a920d24acb045561c26",
	"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
	"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
	"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
	"0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
];

#[test]
fn evm_addresses_are_written_as_in_eip_55() {
	for text in EIP_55 {
		assert_eq!(parse(VmKind::EVM, text).to_string(), text);
		let (small, capital) = (text.to_lowercase(), text.to_uppercase().replace("0X", "0x"));
		assert_eq!(parse(VmKind::EVM, &small).to_string(), text);
		assert_eq!(parse(VmKind::EVM, &capital).to_string(), text);
	}
}

#[test]
fn evm_addresses_that_are_wrong() {
	let good = EIP_55[4];
	assert_eq!(refused(VmKind::EVM, &good.replace("aAeb", "AAeb")), Reason::WrongCapitals);
	assert_eq!(refused(VmKind::EVM, &good.replace("6053", "6054")), Reason::WrongCapitals);
	assert_eq!(refused(VmKind::EVM, &good[2..]), Reason::MissingHexPrefix);
	assert_eq!(refused(VmKind::EVM, &good.replace("0x", "0X")), Reason::MissingHexPrefix);
	assert_eq!(refused(VmKind::EVM, ""), Reason::MissingHexPrefix);
	assert_eq!(
		refused(VmKind::EVM, &good[..41]),
		Reason::WrongDigitCount { expected: 40, found: 39 }
	);
	assert_eq!(
		refused(VmKind::EVM, &[good, "00"].concat()),
		Reason::WrongDigitCount { expected: 40, found: 42 }
	);
	assert_eq!(
		refused(VmKind::EVM, &good.replace("Aeb", "Aeg")),
		Reason::InvalidCharacter { found: 'g' }
	);
	assert_eq!(
		refused(VmKind::EVM, &good.replace('B', "ß")),
		Reason::InvalidCharacter { found: 'ß' }
	);
}

#[test]
fn solana_addresses_of_its_well_known_programs() {
	let known = [
		("11111111111111111111111111111111", [0; 32].to_vec()),
		(
			"TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
			hex::decode("06ddf6e1d765a193d9cbe146ceeb79ac1cb485ed5f5b37913a8cf5857eff00a9")
				.expect("hexadecimal"),
		),
	];
	for (text, bytes) in known {
		let address = parse(VmKind::SVM, text);
		assert_eq!(address.to_string(), text);
		let bytes: [u8; 32] = bytes.try_into().expect("32 bytes");
		assert_eq!(address, Address::Svm(bytes.into()));
	}
}

#[test]
fn solana_addresses_that_are_wrong() {
	let good = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
	assert_eq!(
		refused(VmKind::SVM, &good[1..]),
		Reason::WrongByteCount { expected: 32, found: 31 }
	);
	assert_eq!(
		refused(VmKind::SVM, &["1", good].concat()),
		Reason::WrongByteCount { expected: 32, found: 33 }
	);
	for wrong in ['0', 'O', 'I', 'l', ' ', 'é'] {
		let text = good.replace('Q', &wrong.to_string());
		assert_eq!(refused(VmKind::SVM, &text), Reason::InvalidCharacter { found: wrong });
	}
	assert_eq!(refused(VmKind::SVM, ""), Reason::Empty);
	let long = "1".repeat(100_000);
	assert_eq!(refused(VmKind::SVM, &long), Reason::TooLong { max: 64, found: 100_000 });
}

/// The contract of USDT on Tron, and its bytes as Tron's own tools show them (`41…`).
const TRON_USDT: (&str, &str) =
	("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "a614f803b6fd780986a42c78ec9c7f77e6ded13c");

#[test]
fn tron_addresses_are_base58check_with_0x41() {
	let (text, digits) = TRON_USDT;
	let address = parse(VmKind::TVM, text);
	assert_eq!(address.to_string(), text);
	let Address::Tvm(tron) = address else { panic!("not a Tron address") };
	assert_eq!(hex::encode(tron), digits);
}

#[test]
fn tron_addresses_that_are_wrong() {
	let (good, _) = TRON_USDT;
	assert_eq!(refused(VmKind::TVM, &good.replace("j6t", "j6u")), Reason::WrongChecksum);
	assert_eq!(refused(VmKind::TVM, &good[..33]), Reason::WrongChecksum);
	assert_eq!(refused(VmKind::TVM, "1"), Reason::WrongChecksum);
	assert_eq!(refused(VmKind::TVM, ""), Reason::Empty);
	// An address of Bitcoin's main network: the checksum is right.
	assert_eq!(
		refused(VmKind::TVM, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
		Reason::WrongVersion { found: 0 }
	);
	let long = bs58::encode([7; 21]).with_check_version(0x41).into_string();
	assert_eq!(refused(VmKind::TVM, &long), Reason::WrongByteCount { expected: 20, found: 21 });
}

/// Witness programs of the examples in BIP-173 and BIP-350, and their addresses on the regression
/// test network: the examples' own human-readable parts are `bc` and `tb`, so only their programs
/// are taken; the round trip below and [`bech32_checksums_of_bip_350`] check the rest.
const PROGRAMS: [&str; 6] = [
	"0014751e76e8199196d454941c45d1b3a323f1433bd6",
	"00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
	"5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6",
	"6002751e",
	"5210751e76e8199196d454941c45d1b3a323",
	"512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
];

#[test]
fn witness_programs_are_written_in_bech32_of_the_test_network() {
	for program in PROGRAMS {
		let address = script(program);
		let text = address.to_string();
		assert!(text.starts_with("bcrt1"), "{text}");
		assert_eq!(parse(VmKind::BVM, &text), address);
		assert_eq!(parse(VmKind::BVM, &text.to_uppercase()), address);
		assert_eq!(parse(VmKind::BVM, &["0x", program].concat()), address);
	}
	// The key of the examples, as Bitcoin Core shows it on its regression test network.
	assert_eq!(script(PROGRAMS[0]).to_string(), "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080");
	assert_eq!(
		script(PROGRAMS[5]).to_string(),
		"bcrt1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqc8gma6"
	);
}

/// Valid addresses of BIP-173 and BIP-350: the checksum is right, the network is not.
#[test]
fn bech32_checksums_of_bip_350() {
	let main = [
		"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
		"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
		"BC1SW50QGDZ25J",
		"bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
		"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	];
	for text in main {
		assert_eq!(refused(VmKind::BVM, text), Reason::BitcoinMainNetwork, "{text}");
	}
	let test = [
		"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
		"tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
		"tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
	];
	for text in test {
		assert_eq!(refused(VmKind::BVM, text), Reason::WrongHumanReadablePart, "{text}");
	}
}

/// Invalid addresses of BIP-350.
#[test]
fn bech32_texts_that_bip_350_refuses() {
	let cases = [
		// Bech32 where version 1 and above need bech32m.
		("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", Reason::WrongChecksum),
		("tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf", Reason::WrongChecksum),
		// Bech32m where version 0 needs bech32.
		("BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", Reason::WrongChecksum),
		("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", Reason::WrongChecksum),
		// An invalid character in the checksum.
		(
			"bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
			Reason::InvalidCharacter { found: 'o' },
		),
		// Version 17; a program of one byte; one of 41 bytes; version 0 with 16 bytes.
		(
			"BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
			Reason::InvalidWitnessProgram,
		),
		("bc1pw5dgrnzv", Reason::InvalidWitnessProgram),
		(
			"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
			Reason::InvalidWitnessProgram,
		),
		("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", Reason::InvalidWitnessProgram),
		("tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq", Reason::MixedCase),
		// No data at all: what follows the separator is one version and too little checksum.
		("bc1gmk9yu", Reason::WrongChecksum),
	];
	for (text, reason) in cases {
		assert_eq!(refused(VmKind::BVM, text), reason, "{text}");
	}
}

#[test]
fn bitcoin_addresses_with_a_wrong_character() {
	let good = script(PROGRAMS[0]).to_string();
	assert_eq!(refused(VmKind::BVM, &good.replace("508d", "508e")), Reason::WrongChecksum);
	let long = ["bcrt1q", &"q".repeat(100)].concat();
	assert_eq!(refused(VmKind::BVM, &long), Reason::TooLong { max: 90, found: 106 });
}

#[test]
fn hashes_of_keys_and_scripts_are_base58check_of_the_test_network() {
	let hash = "751e76e8199196d454941c45d1b3a323f1433bd6";
	let cases = [
		// As Bitcoin Core shows it on its test networks for the key of the BIPs.
		(format!("76a914{hash}88ac"), "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r"),
		("a914c7bcb4a7e1a3ae5bbe7dd8b05d9c2d0ad7cf0c4a87".into(), ""),
	];
	for (digits, text) in cases {
		let address = script(&digits);
		let written = address.to_string();
		assert!(text.is_empty() || text == written, "{written}");
		assert!(written.starts_with(['m', 'n', '2']), "{written}");
		assert_eq!(parse(VmKind::BVM, &written), address);
	}
}

#[test]
fn hashes_of_keys_and_scripts_that_are_wrong() {
	// The first address of all, and one that begins with 3: both of the main network.
	for text in ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"] {
		assert_eq!(refused(VmKind::BVM, text), Reason::BitcoinMainNetwork);
	}
	assert_eq!(refused(VmKind::BVM, "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8s"), Reason::WrongChecksum);
	assert_eq!(refused(VmKind::BVM, TRON_USDT.0), Reason::WrongVersion { found: 0x41 });
	let short = bs58::encode([7; 19]).with_check_version(0x6f).into_string();
	assert_eq!(refused(VmKind::BVM, &short), Reason::WrongByteCount { expected: 20, found: 19 });
	assert_eq!(refused(VmKind::BVM, ""), Reason::Empty);
}

#[test]
fn scripts_without_a_notation_are_hexadecimal() {
	let plain = [
		"",
		"6a",
		"51",
		// Version 0 with a program of 4 bytes, and version 1 with one of 41: no address exists.
		"000400010203",
		&["5129", &"00".repeat(41)].concat(),
		// A length byte that does not match; a hash of 19 bytes.
		"511579be",
		&["76a913", &"00".repeat(19), "88ac"].concat(),
	];
	for digits in plain {
		let address = script(digits);
		assert_eq!(address.to_string(), ["0x", digits].concat());
		assert_eq!(parse(VmKind::BVM, &address.to_string()), address);
	}
	assert_eq!(refused(VmKind::BVM, "0x6"), Reason::OddDigitCount);
	assert_eq!(refused(VmKind::BVM, "0x6g"), Reason::InvalidCharacter { found: 'g' });
}

#[test]
fn scripts_have_a_largest_length() {
	let longest = BtcScript::new(vec![0x6a; 10_000]).expect("just fits");
	assert_eq!(longest.to_string().parse(), Ok(longest));
	let error = BtcScript::new(vec![0x6a; 10_001]).expect_err("too long");
	assert_eq!(error.to_string(), "the script has 10001 bytes, and 10000 are possible");
	assert_eq!(
		refused(VmKind::BVM, &["0x", &"6a".repeat(10_001)].concat()),
		Reason::ScriptTooLong { max: 10_000, found: 10_001 }
	);
}

#[test]
fn native_addresses_are_hexadecimal() {
	let id = IdCom::from([0xab; 32]);
	let text = ["0x", &"ab".repeat(32)].concat();
	assert_eq!(Address::Native(id).to_string(), text);
	assert_eq!(parse(VmKind::NATIVE, &text), Address::Native(id));
	assert_eq!(refused(VmKind::NATIVE, "0xab"), Reason::WrongDigitCount { expected: 64, found: 2 });
	assert_eq!(
		refused(VmKind::NATIVE, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
		Reason::MissingHexPrefix
	);
}

#[test]
fn a_vm_without_an_address_rule_has_no_addresses() {
	assert_eq!(refused(VmKind::new(5), "0x00"), Reason::NoAddressRule);
}

#[test]
fn errors_are_sentences_that_name_the_vm() {
	let error = |vm, text| Address::parse(vm, text).expect_err("wrong").to_string();
	assert_eq!(
		error(VmKind::EVM, "0x12"),
		"not an address of the evm VM: expected 40 hexadecimal digits after 0x, found 2"
	);
	assert_eq!(
		error(VmKind::BVM, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
		"not an address of the bvm VM: it belongs to Bitcoin's main network: \
		 addresses of this chain begin with bcrt1, m, n or 2"
	);
	assert_eq!(
		error(VmKind::TVM, "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u"),
		"not an address of the tvm VM: \
		 the checksum does not match: a character is missing or was mistyped"
	);
}
