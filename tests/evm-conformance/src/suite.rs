// SPDX-License-Identifier: Apache-2.0
//! One file.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
	case,
	fixture::{Expected, StateTest},
	Fork, Mode, NotRun, Verdict,
};

/// A file, with the verdict on each of its cases.
#[derive(Clone, Debug)]
pub struct Suite {
	/// Where it is, from the folder that was asked for.
	pub path: String,
	/// What each case is called within the file, and what became of it.
	pub cases: Vec<(String, Verdict)>,
}

impl Suite {
	/// Runs all of a file whose path or whose test's name contains `filter`.
	pub fn run(mode: Mode, path: &str, content: &[u8], filter: &str) -> Self {
		let mut suite = Self { path: path.to_owned(), cases: Vec::new() };
		if !path.ends_with(".json") {
			if path.contains(filter) {
				suite.add(String::new(), Verdict::NotRun(NotRun::NotJson));
			}
			return suite;
		}
		match serde_json::from_slice::<BTreeMap<String, Value>>(content) {
			Ok(tests) => tests
				.into_iter()
				.filter(|(name, _)| path.contains(filter) || name.contains(filter))
				.for_each(|(name, test)| suite.run_test(mode, &name, test)),
			// Lists and the like.
			Err(error) if error.is_data() => {
				suite.add(String::new(), Verdict::NotRun(NotRun::NotAStateTest));
			},
			Err(error) => suite.add(String::new(), Verdict::Failed(format!("no JSON: {error}"))),
		}
		suite
	}

	fn add(&mut self, name: String, verdict: Verdict) {
		self.cases.push((name, verdict));
	}

	fn run_test(&mut self, mode: Mode, name: &str, test: Value) {
		if !StateTest::is_one(&test) {
			return self.add(name.to_owned(), Verdict::NotRun(NotRun::NotAStateTest));
		}
		match serde_json::from_value::<StateTest>(test) {
			Ok(test) => self.run_cases(mode, name, &test),
			Err(error) => self.add(name.to_owned(), Verdict::Failed(format!("unread: {error}"))),
		}
	}

	fn run_cases(&mut self, mode: Mode, name: &str, test: &StateTest) {
		for (fork_name, cases) in &test.post {
			for expected in cases {
				let verdict = match Fork::from_name(fork_name) {
					Some(fork) => case::run(mode, test, fork, expected),
					None => Verdict::NotRun(NotRun::Fork(fork_name.clone())),
				};
				self.add(case_name(name, fork_name, expected), verdict);
			}
		}
	}
}

fn case_name(test: &str, fork: &str, expected: &Expected) -> String {
	let indexes = expected.indexes;
	format!("{test} [{fork}, data {}, gas {}, value {}]", indexes.data, indexes.gas, indexes.value)
}
