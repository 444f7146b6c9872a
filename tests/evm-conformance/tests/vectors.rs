// SPDX-License-Identifier: Apache-2.0
//! The state tests of this repository, all of them. `vectors/SOURCE` says where they come from.

use std::{
	collections::BTreeMap,
	io::{self, Write},
	path::PathBuf,
	thread,
};

use serde_json::Value;
use unum_evm_conformance::{run, Mode, NotRun, Note, Options, Report, Suite, Verdict};

fn path(name: &str) -> PathBuf {
	PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name)
}

/// Runs all, and prints the totals past the test runner, which would keep them to itself.
fn run_all(name: &str, mode: Mode) -> Report {
	let threads = thread::available_parallelism().map_or(1, Into::into);
	let options = Options { mode, threads, filter: String::new() };
	let report = run(&path(name), &options, |_| {}).unwrap();
	let text = format!("{name}, {mode:?}:\n{}", report.display(usize::MAX));
	io::stdout().write_all(text.as_bytes()).unwrap();
	report
}

/// What the files hold of forks that are not run, and of transactions that can't be written down.
fn not_run() -> BTreeMap<NotRun, usize> {
	let forks = [
		("Paris", 62),
		("London", 39),
		("Berlin", 35),
		("Istanbul", 34),
		("Byzantium", 33),
		("Constantinople", 33),
		("ConstantinopleFix", 33),
		("Homestead", 17),
		("Frontier", 16),
	];
	let fork = |(name, count): (&str, usize)| (NotRun::Fork(name.to_owned()), count);
	let others = [(NotRun::NoEncoding, 3), (NotRun::NotJson, 1)];
	forks.into_iter().map(fork).chain(others).collect()
}

/// State roots and logs are those of Ethereum, and the ledger follows the journal.
#[test]
fn all_of_ethereums_tests_pass() {
	let total = run_all("GeneralStateTests.tar.gz", Mode::Ledger).total();
	assert_eq!((total.passed, total.failed), (6_891, 0));
	assert_eq!(total.not_run, not_run());
	assert_eq!(total.notes, [(Note::Refused, 971), (Note::RefusedOutside, 194)].into());
}

/// The same tests on the fork of the chain and the one before, which they are too old for.
#[test]
fn they_pass_on_later_forks() {
	let total = run_all("GeneralStateTests-Prague-Osaka.tar.gz", Mode::Ledger).total();
	assert_eq!((total.passed, total.failed), (5_450, 0));
	assert_eq!(total.not_run, [(NotRun::NoEncoding, 6)].into());
	assert_eq!(total.notes, [(Note::Refused, 302), (Note::RefusedOutside, 246)].into());
}

/// What the later forks have brought, in the newer form of the files.
#[test]
fn what_later_forks_have_brought_passes() {
	let total = run_all("filled", Mode::Ledger).total();
	assert_eq!((total.passed, total.failed), (145, 0));
	assert_eq!(total.not_run, BTreeMap::new());
	assert_eq!(total.notes, [(Note::Refused, 7), (Note::FeeReceiverDestroyed, 1)].into());
}

/// Without the ledger, for which Ethereum's way must be enough.
#[test]
fn each_mode_runs_by_itself() {
	let total = run_all("filled", Mode::Ethereum).total();
	assert_eq!((total.passed, total.failed), (145, 0));
	assert_eq!(total.notes, BTreeMap::new());
}

fn filled() -> Value {
	let text = std::fs::read_to_string(path("filled/forks.json")).unwrap();
	serde_json::from_str(&text).unwrap()
}

/// The verdict on the first case of a test on a fork, with something in the file changed.
fn verdict(test: &str, fork: &str, change: impl FnOnce(&mut Value)) -> Verdict {
	let mut file = filled();
	change(&mut file[test]);
	let suite = Suite::run(Mode::Ethereum, "file.json", file.to_string().as_bytes(), test);
	let case = suite.cases.iter().find(|(name, _)| name.contains(fork)).unwrap();
	case.1.clone()
}

fn failure(test: &str, change: impl FnOnce(&mut Value)) -> String {
	match verdict(test, "Osaka", change) {
		Verdict::Failed(failure) => failure,
		other => panic!("{test}: {other:?}"),
	}
}

const ZERO: &str = "0x0000000000000000000000000000000000000000000000000000000000000000";

#[test]
fn what_is_not_as_expected_is_a_failure() {
	assert_eq!(verdict("set_code", "Osaka", |_| ()), Verdict::Passed(None));

	let root = failure("set_code", |test| test["post"]["Osaka"][0]["hash"] = ZERO.into());
	assert!(root.starts_with("state root 0x0a3a72d0") && root.contains("expected 0x000"), "{root}");
	let logs = failure("set_code", |test| test["post"]["Osaka"][0]["logs"] = ZERO.into());
	assert!(logs.starts_with("hash of the logs 0xead625"), "{logs}");
	let sender = "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b";
	let refused = failure("set_code", |test| test["pre"][sender]["balance"] = "0x00".into());
	assert!(refused.starts_with("refused: "), "{refused}");
	let exception = "TransactionException.SENDER_NOT_EOA";
	let accepted = failure("set_code", |test| {
		test["post"]["Osaka"][0]["expectException"] = exception.into();
	});
	assert_eq!(accepted, format!("accepted, expected {exception}"));
	let accounts = serde_json::json!({});
	let state = failure("set_code", |test| {
		test["post"]["Osaka"][0]["hash"] = ZERO.into();
		test["post"]["Osaka"][0]["state"] = accounts;
	});
	assert!(state.ends_with("0x000000000000000000000000000000000000c0DE is there"), "{state}");
}

#[test]
fn a_refusal_for_another_reason_is_told() {
	let other = |test: &mut Value| {
		test["post"]["Osaka"][0]["expectException"] = "TransactionException.SENDER_NOT_EOA".into();
	};
	let verdict = verdict("empty_authorizations", "Osaka", other);
	assert_eq!(verdict, Verdict::Passed(Some(Note::OtherReason)));
}

#[test]
fn what_is_not_run_has_its_reason() {
	let verdicts = |path: &str, content: &str| {
		let suite = Suite::run(Mode::Ethereum, path, content.as_bytes(), "");
		suite.cases.into_iter().map(|(_, verdict)| verdict).collect::<Vec<_>>()
	};
	assert_eq!(verdicts("README.md", ""), [Verdict::NotRun(NotRun::NotJson)]);
	assert_eq!(verdicts("a.json", "[1]"), [Verdict::NotRun(NotRun::NotAStateTest)]);
	assert_eq!(
		verdicts("a.json", r#"{"a": {"pre": {}}}"#),
		[Verdict::NotRun(NotRun::NotAStateTest)]
	);
	assert!(matches!(&verdicts("a.json", "{")[..], [Verdict::Failed(_)]), "broken");

	let no_recipient = |test: &mut Value| test["transaction"]["to"] = "".into();
	assert_eq!(verdict("blobs", "Prague", no_recipient), Verdict::NotRun(NotRun::NoEncoding));
	let large = |test: &mut Value| {
		test["transaction"]["value"][0] = format!("0x:bigint 0x1{}", &ZERO[2..]).into();
	};
	assert_eq!(verdict("blobs", "Prague", large), Verdict::NotRun(NotRun::NoEncoding));
	let no_data = |test: &mut Value| test["transaction"]["data"] = Value::Array(Vec::new());
	assert_eq!(verdict("blobs", "Prague", no_data), Verdict::NotRun(NotRun::Malformed));
}

#[test]
fn a_filter_picks_files_and_tests() {
	let options = Options { mode: Mode::Ethereum, threads: 1, filter: "gas_cap".to_owned() };
	assert_eq!(run(&path("filled"), &options, |_| {}).unwrap().total().passed, 8);
	let options = Options { filter: "nothing has this".to_owned(), ..options };
	assert!(!run(&path("filled"), &options, |_| {}).unwrap().is_success());
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
	let options = Options { mode: Mode::Ethereum, threads: 1, filter: String::new() };
	let error = run(&path("missing"), &options, |_| {}).unwrap_err();
	assert!(error.to_string().contains("vectors/missing"), "{error}");
}
