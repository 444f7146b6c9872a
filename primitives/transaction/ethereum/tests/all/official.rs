// SPDX-License-Identifier: Apache-2.0
//! TransactionTests of ethereum/tests, see `tests/vectors/SOURCE.txt`. Every file is run, for each
//! fork since Shanghai that it names, and how many have which outcome is asserted, so that none can
//! drop out unseen.

use std::collections::{BTreeMap, BTreeSet};

use flate2::read::GzDecoder;
use serde_json::Value;
use unum_ethereum_transaction::{
	check_gas, check_initcode_size, intrinsic_gas, Address, DecodeError, GasError, RawTransaction,
	VerifyError,
};

use unum_ethereum_transaction::wallet::CHAIN;

/// The forks whose rules about transactions this crate keeps. The files of this commit end with
/// Cancun; newer ones would be run as well.
const FORKS: [&str; 4] = ["Shanghai", "Cancun", "Prague", "Osaka"];

/// The chain for which the protected ones are signed.
const MAINNET: u64 = 1;

/// Valid in the files and refused here, with the cause. Prices have 128 bits: there is not so much of
/// any coin, and engines do not count further. Price and value together have 256, as balances do; the
/// files leave that to the balance of the sender.
const DEVIATIONS: [(&str, &str); 4] = [
	("ttEIP1559/GasLimitPriceProductOverflowtMinusOne.json", "maxFeePerGas Overflow"),
	("ttGasPrice/TransactionWithHighGasPrice.json", "gasPrice Overflow"),
	("ttVValue/V_equals38.json", "gasPrice Overflow"),
	("ttValue/TransactionWithHighValue.json", "CostOverflow"),
];

/// Files that end before Shanghai. What was malformed then is so now: they are run with what London
/// says.
const ENDING_WITH_LONDON: [&str; 2] = [
	"ttSignature/TransactionWithTooFewRLPElements.json",
	"ttSignature/TransactionWithTooManyRLPElements.json",
];

struct Case {
	file: String,
	bytes: Vec<u8>,
	/// By fork.
	results: BTreeMap<String, Value>,
}

/// What a valid case says.
#[derive(PartialEq, Eq, Debug)]
struct Facts {
	hash: String,
	sender: String,
	intrinsic_gas: u64,
}

#[derive(Debug)]
enum Refusal {
	Decode(DecodeError),
	Verify(VerifyError),
	Gas(GasError),
}

fn cases() -> Vec<Case> {
	let gzip = include_bytes!("../vectors/transaction_tests.json.gz");
	let files: BTreeMap<String, BTreeMap<String, Value>> =
		serde_json::from_reader(GzDecoder::new(&gzip[..])).expect("the files");
	let mut cases = Vec::new();
	for (file, tests) in files {
		for test in tests.into_values() {
			let digits = test["txbytes"].as_str().expect("bytes");
			let bytes = hex::decode(digits.strip_prefix("0x").expect("0x")).expect("digits");
			let results = serde_json::from_value(test["result"].clone()).expect("results");
			cases.push(Case { file: file.clone(), bytes, results });
		}
	}
	cases
}

/// What this crate says, for any chain. The rules of gas are those of the forks in the files: there is
/// no floor and no cap yet.
fn run(bytes: &[u8]) -> Result<Facts, Refusal> {
	let transaction = RawTransaction::decode(bytes).map_err(Refusal::Decode)?;
	let sender = match transaction.chain_id() {
		Some(_) => transaction.clone().verify(MAINNET).map(|verified| verified.sender()),
		None => unprotected_sender(&transaction),
	};
	let sender = sender.map_err(Refusal::Verify)?;
	check_initcode_size(&transaction).map_err(Refusal::Gas)?;
	let (gas_limit, minimum) = (transaction.gas_limit(), intrinsic_gas(&transaction).initial());
	match gas_limit < minimum {
		true => Err(Refusal::Gas(GasError::BelowIntrinsic { gas_limit, minimum })),
		false => Ok(Facts {
			hash: transaction.hash().to_string(),
			sender: format!("{sender:#x}"),
			intrinsic_gas: minimum,
		}),
	}
}

/// A chain refuses what is signed for all; the layer below says who signed it.
fn unprotected_sender(transaction: &RawTransaction) -> Result<Address, VerifyError> {
	assert_eq!(transaction.clone().verify(MAINNET), Err(VerifyError::Unprotected));
	transaction.check_rules()?;
	transaction.recover_sender()
}

fn expected(result: &Value) -> Option<Facts> {
	let text = |name: &str| result[name].as_str().map(str::to_owned);
	let Some((hash, sender)) = text("hash").zip(text("sender")) else {
		assert!(result["exception"].is_string(), "neither valid nor invalid: {result}");
		return None;
	};
	let gas = text("intrinsicGas").expect("gas");
	let gas = gas.strip_prefix("0x").expect("0x");
	let intrinsic_gas = u64::from_str_radix(gas, 16).expect("digits");
	Some(Facts { hash, sender, intrinsic_gas })
}

#[derive(PartialEq, Eq, Debug, Default)]
struct Score {
	accepted: u32,
	refused: u32,
	deviating: u32,
}

fn score_one(score: &mut Score, case: &Case, result: &Value) {
	match (run(&case.bytes), expected(result)) {
		(Ok(found), Some(facts)) => {
			assert_eq!(found, facts, "{}", case.file);
			score.accepted += 1;
		},
		(Err(_), None) => score.refused += 1,
		(Err(refusal), Some(_)) => {
			let known = DEVIATIONS.contains(&(&case.file, &short(&refusal)));
			assert!(known, "{}: {refusal:?}", case.file);
			score.deviating += 1;
		},
		(Ok(found), None) => panic!("{}: {found:?}, but {result}", case.file),
	}
}

#[test]
fn transaction_tests() {
	let cases = cases();
	assert_eq!(cases.len(), 210);
	let mut scores = BTreeMap::<&str, Score>::new();
	let mut without = BTreeSet::new();
	for case in &cases {
		let forks: Vec<_> =
			FORKS.into_iter().filter(|fork| case.results.contains_key(*fork)).collect();
		if forks.is_empty() {
			without.insert(&case.file[..]);
			score_one(scores.entry("London").or_default(), case, &case.results["London"]);
		}
		for fork in forks {
			score_one(scores.entry(fork).or_default(), case, &case.results[fork]);
		}
	}
	println!("{scores:#?}");
	assert_eq!(without, BTreeSet::from(ENDING_WITH_LONDON));
	assert_eq!(
		scores,
		BTreeMap::from([
			("London", Score { accepted: 0, refused: 2, deviating: 0 }),
			("Shanghai", Score { accepted: 46, refused: 158, deviating: 4 }),
			("Cancun", Score { accepted: 46, refused: 99, deviating: 4 }),
		])
	);
}

/// No transaction of the files is for this chain.
#[test]
fn none_is_valid_on_another_chain() {
	let (mut unprotected, mut foreign) = (0, 0);
	for case in cases().iter().filter(|case| run(&case.bytes).is_ok()) {
		let transaction = RawTransaction::decode(&case.bytes).expect("a transaction");
		match transaction.verify(CHAIN) {
			Err(VerifyError::Unprotected) => unprotected += 1,
			Err(VerifyError::WrongChainId { have: MAINNET, want: CHAIN }) => foreign += 1,
			other => panic!("{}: {other:?}", case.file),
		}
	}
	assert_eq!((unprotected, foreign), (31, 15));
}

/// What the forks of the files took and Osaka does not: gas limits above its cap, and one below the
/// floor.
#[test]
fn osaka_refuses_five_besides() {
	let mut refused = Vec::new();
	for case in cases().into_iter().filter(|case| run(&case.bytes).is_ok()) {
		let transaction = RawTransaction::decode(&case.bytes).expect("a transaction");
		if let Err(error) = check_gas(&transaction) {
			refused.push((case.file, error));
		}
	}
	let above = |file: &str, gas_limit| (file.to_owned(), GasError::AboveCap { gas_limit });
	let below = GasError::BelowFloor { gas_limit: 21_512, minimum: 21_000 + 128 * 10 };
	assert_eq!(
		refused,
		[
			("ttEIP2028/DataTestSufficientGas2028.json".to_owned(), below),
			above("ttGasLimit/TransactionWithHighGasLimit63.json", 1 << 63),
			above("ttGasLimit/TransactionWithHighGasLimit63Minus1.json", (1 << 63) - 1),
			above("ttGasLimit/TransactionWithHighGasLimit63Plus1.json", (1 << 63) + 1),
			above("ttGasLimit/TransactionWithHighGasLimit64Minus1.json", u64::MAX),
		]
	);
}

/// What the files call a cause, and what it is here.
const CAUSES: &str = "
ADDRESS_TOO_LONG: to WrongLength
ADDRESS_TOO_SHORT: to WrongLength
EC_RECOVERY_FAIL: NoSender
GASLIMIT_OVERFLOW: gas Overflow
GASLIMIT_PRICE_PRODUCT_OVERFLOW: gasPrice Overflow, maxFeePerGas Overflow
GASPRICE_OVERFLOW: gasPrice Overflow, maxFeePerGas Overflow
INITCODE_SIZE_EXCEEDED: InitcodeTooLong
INTRINSIC_GAS_TOO_LOW: BelowIntrinsic
INVALID_CHAINID: InvalidParity, WrongChainId, v Overflow
INVALID_SIGNATURE_VRS: HighS, InvalidParity, SignatureOutOfRange, r Overflow, s Overflow
NONCE_OVERFLOW: nonce Overflow
NONCE_TOO_BIG: NonceHasMaxValue
PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS_2: maxPriorityFeePerGas Overflow
PRIORITY_OVERFLOW: maxPriorityFeePerGas Overflow
RLP_ERROR_EOF: transaction TooShort
RLP_ERROR_SIZE: TrailingBytes, transaction TooShort
RLP_ERROR_SIZE_LEADING_ZEROS: transaction LeadingZero
RLP_INVALID_ACCESS_LIST_ADDRESS_TOO_LONG: accessList WrongLength
RLP_INVALID_ACCESS_LIST_ADDRESS_TOO_SHORT: accessList WrongLength
RLP_INVALID_ACCESS_LIST_STORAGE_TOO_LONG: accessList WrongLength
RLP_INVALID_ACCESS_LIST_STORAGE_TOO_SHORT: accessList WrongLength
RLP_INVALID_DATA: input ExpectedString
RLP_INVALID_GASLIMIT: gas ExpectedString
RLP_INVALID_HEADER: transaction ExpectedList
RLP_INVALID_NONCE: nonce ExpectedString
RLP_INVALID_SIGNATURE_R: r ExpectedString
RLP_INVALID_SIGNATURE_S: s ExpectedString
RLP_INVALID_TO: to ExpectedString
RLP_LEADING_ZEROS_BASEFEE: maxFeePerGas Overflow
RLP_LEADING_ZEROS_DATA_SIZE: input LeadingZero
RLP_LEADING_ZEROS_GASLIMIT: gas LeadingZero
RLP_LEADING_ZEROS_GASPRICE: gasPrice LeadingZero
RLP_LEADING_ZEROS_NONCE: nonce LeadingZero
RLP_LEADING_ZEROS_NONCE_SIZE: nonce NonCanonicalSize
RLP_LEADING_ZEROS_PRIORITY_FEE: maxPriorityFeePerGas Overflow
RLP_LEADING_ZEROS_R: r LeadingZero
RLP_LEADING_ZEROS_S: s LeadingZero
RLP_LEADING_ZEROS_V: v LeadingZero
RLP_LEADING_ZEROS_VALUE: value LeadingZero
TYPE_NOT_SUPPORTED: UnknownType, maxFeePerGas Overflow, transaction ExpectedList
VALUE_OVERFLOW: value Overflow
";

#[test]
fn causes_are_those_of_the_files() {
	let mut seen = BTreeMap::<&str, BTreeSet<String>>::new();
	let cases = cases();
	for case in &cases {
		for result in FORKS.iter().filter_map(|fork| case.results.get(*fork)) {
			let Some(exception) = result["exception"].as_str() else { continue };
			let name = exception.strip_prefix("TransactionException.").expect("a name");
			let refusal = run(&case.bytes).expect_err("refused");
			seen.entry(name).or_default().insert(short(&refusal));
		}
	}
	let line = |(name, causes): (_, BTreeSet<String>)| {
		format!("{name}: {}", causes.into_iter().collect::<Vec<_>>().join(", "))
	};
	let seen: Vec<_> = seen.into_iter().map(line).collect();
	assert_eq!(seen.join("\n"), CAUSES.trim());
}

/// A refusal without its numbers.
fn short(refusal: &Refusal) -> String {
	let text = match refusal {
		Refusal::Decode(DecodeError::Malformed { field, cause }) => {
			return format!("{field} {cause:?}")
		},
		Refusal::Decode(error) => format!("{error:?}"),
		Refusal::Verify(error) => format!("{error:?}"),
		Refusal::Gas(error) => format!("{error:?}"),
	};
	text.split(' ').next().expect("a word").to_owned()
}
