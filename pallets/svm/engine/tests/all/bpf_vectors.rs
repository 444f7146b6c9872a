// SPDX-License-Identifier: Apache-2.0
//! Programs do what they do on Solana: each case of `vectors/bpf.txt.gz` is a transaction that litesvm has
//! executed, with what came of it (see `vectors/SOURCE.txt`).

use flate2::read::GzDecoder;
use std::{fs::File, io::Read};
use unum_address::SvmAddress;
use unum_solana_transaction::{AccountMeta, Instruction};
use unum_solana_view::TransactionMeta;
use unum_svm_engine::{testing::MemoryChain, StoredAccount, SvmHost};

use crate::world::{key, logs};

/// The slot in which litesvm executed them.
const SLOT: u64 = 1_000;

/// What litesvm said.
#[derive(Default, PartialEq, Eq, Debug)]
struct Outcome {
	error: String,
	units: u64,
	logs: Vec<String>,
	returned: String,
	/// Writable accounts: key, lamports, owner, data.
	after: Vec<[String; 4]>,
}

#[derive(Default)]
struct Case {
	name: String,
	accounts: Vec<(SvmAddress, u64, StoredAccount)>,
	calls: Vec<Instruction>,
	outcome: Outcome,
}

/// The bytes of a compressed file of this crate or of a neighbour.
pub(crate) fn vectors(path: &str) -> Vec<u8> {
	let path = format!("{}/{path}", std::env::var("CARGO_MANIFEST_DIR").unwrap());
	let mut bytes = Vec::new();
	GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
	bytes
}

/// A file of the VM's tests.
pub(crate) fn spl(name: &str) -> Vec<u8> {
	vectors(&format!("../sbpf/tests/vectors/spl/{name}.so.gz"))
}

fn address(hex: &str) -> SvmAddress {
	<[u8; 32]>::try_from(hex::decode(hex).unwrap()).unwrap().into()
}

/// Bytes in hex after `=`, or one of the files of the VM's tests after `@`.
fn bytes(text: &str) -> Vec<u8> {
	match text.split_at(1) {
		("=", hex) => hex::decode(hex).unwrap(),
		(_, name) => spl(name),
	}
}

fn meta(text: &str) -> AccountMeta {
	let (key, flags) = text.split_once(':').unwrap();
	let (is_signer, is_writable) = (flags.starts_with('1'), flags.ends_with('1'));
	AccountMeta { pubkey: address(key), is_signer, is_writable }
}

fn cases() -> Vec<Case> {
	let text = String::from_utf8(vectors("tests/vectors/bpf.txt.gz")).unwrap();
	text.split("\nend\n").filter(|case| !case.trim().is_empty()).map(case).collect()
}

fn case(text: &str) -> Case {
	let mut case = Case::default();
	for line in text.trim_start().lines() {
		let (kind, rest) = line.split_once(' ').unwrap_or((line, ""));
		let words: Vec<&str> = rest.split(' ').collect();
		match kind {
			"case" => case.name = rest.to_string(),
			"account" => case.accounts.push((
				address(words[0]),
				words[1].parse().unwrap(),
				StoredAccount {
					owner: address(words[2]),
					executable: words[3] == "1",
					data: bytes(words[4]),
				},
			)),
			"call" => case.calls.push(Instruction {
				program: address(words[0]),
				data: bytes(words[1]),
				accounts: words[2..]
					.iter()
					.filter(|word| !word.is_empty())
					.map(|word| meta(word))
					.collect(),
			}),
			"error" => case.outcome.error = rest.to_string(),
			"units" => case.outcome.units = rest.parse().unwrap(),
			"log" => case.outcome.logs.push(rest.to_string()),
			// Nothing, where there is only the program's name.
			"return" if rest.ends_with('=') => {},
			"return" => case.outcome.returned = rest.to_string(),
			"after" => {
				case.outcome.after.push([words[0], words[1], words[2], words[3]].map(String::from));
			},
			_ => panic!("{line}"),
		}
	}
	case
}

fn chain(case: &Case) -> MemoryChain {
	let mut chain = MemoryChain::default();
	chain.slot = SLOT;
	chain.set_lamports(&key(1), 1 << 40);
	for (key, lamports, account) in &case.accounts {
		chain.set_lamports(key, *lamports);
		let is_wallet = account.owner == key_of_system() && account.data.is_empty();
		chain.store(key, (!is_wallet).then(|| account.clone()));
	}
	chain
}

fn key_of_system() -> SvmAddress {
	key(0)
}

fn outcome(chain: &mut MemoryChain, case: &Case, meta: &TransactionMeta) -> Outcome {
	Outcome {
		error: meta.error.as_ref().map_or("-".to_string(), |error| format!("{error:?}")),
		units: meta.compute_units_consumed,
		logs: logs(meta),
		returned: meta.return_data.as_ref().map_or(String::new(), |returned| {
			format!("{} ={}", hex::encode(returned.program), hex::encode(&returned.data))
		}),
		after: case.outcome.after.iter().map(|after| seen(chain, &after[0])).collect(),
	}
}

fn seen(chain: &mut MemoryChain, key: &str) -> [String; 4] {
	let account = chain.account(&address(key));
	if account.lamports == 0 {
		return [key, "0", "-", "="].map(String::from);
	}
	let data = format!("={}", hex::encode(&account.data));
	[key.to_string(), account.lamports.to_string(), hex::encode(account.owner), data]
}

#[test]
fn programs_do_what_they_do_on_solana() {
	let cases = cases();
	assert!(cases.len() > 300, "{}", cases.len());
	let mut different = 0;
	for case in &cases {
		let mut chain = chain(case);
		let Ok(meta) = chain.process(key(1), &case.calls) else {
			println!("{}: refused", case.name);
			different += 1;
			continue;
		};
		let outcome = outcome(&mut chain, case, &meta);
		if outcome != case.outcome {
			println!("{}\n  ours   {outcome:?}\n  theirs {:?}", case.name, case.outcome);
			different += 1;
		}
	}
	assert_eq!(different, 0, "of {}", cases.len());
}
