// SPDX-License-Identifier: Apache-2.0
//! Cases of go-ethereum's own tests of its tracers: the JSON is to be the same.
//! `vectors/geth-tracers/README.md` says where they come from.

use std::{fs, path::PathBuf};

use serde_json::{json, Value};
use unum_ethereum_trace::{Context, TracerOptions};
use unum_evm_conformance::Traced;

/// Runs a case with a tracer of its own, and gives the JSON of the trace.
fn trace(case: &Value, tracer: &str) -> Value {
	let options = json!({ "tracer": tracer, "tracerConfig": case["tracerConfig"] });
	let tracer = serde_json::from_value::<TracerOptions>(options).unwrap().tracer().unwrap();
	let transaction = Traced::from_geth(case).unwrap();
	let ((result, root), trace) = transaction.trace(&tracer.options());
	assert_eq!(transaction.run(), (result, root), "recording changes nothing");
	tracer.format(&trace, &Context::default()).unwrap()
}

/// The cases of a folder of go-ethereum, by name.
fn cases(folder: &str) -> Vec<(String, Value)> {
	let vectors = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors/geth-tracers");
	let entries = fs::read_dir(vectors).unwrap().map(|entry| entry.unwrap().path());
	let mut cases: Vec<_> = entries
		.filter_map(|path| {
			let name = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
			let (of, _) = name.split_once('.')?;
			let case = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
			(of == folder).then_some((name, case))
		})
		.collect();
	cases.sort_by(|(one, _), (other, _)| one.cmp(other));
	cases
}

fn check(folder: &str, tracer: &str, count: usize) {
	let cases = cases(folder);
	assert_eq!(cases.len(), count, "cases of {folder}");
	for (name, case) in cases {
		let (got, expected) = (trace(&case, tracer), &case["result"]);
		assert_eq!(&got, expected, "{name}: {got:#}\nexpected {expected:#}");
	}
}

#[test]
fn calls_are_geths() {
	check("call_tracer", "callTracer", 4);
}

#[test]
fn changes_of_the_state_are_geths() {
	check("prestate_tracer_with_diff_mode", "prestateTracer", 2);
}
