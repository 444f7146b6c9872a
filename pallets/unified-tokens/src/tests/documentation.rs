// SPDX-License-Identifier: Apache-2.0
//! Every test that the documentation names exists.

use std::{fs, path::Path};

/// The names in the last column of the tables.
fn named_tests() -> Vec<&'static str> {
	let rows = include_str!("../theorems.md").lines().filter(|line| line.starts_with('|'));
	let last_columns = rows.filter_map(|row| row.trim_end_matches('|').rsplit('|').next());
	last_columns.flat_map(|column| column.split('`')).filter(|word| word.contains("::")).collect()
}

#[test]
fn the_tests_that_prove_the_theorems_exist() {
	let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("src/tests");
	let named = named_tests();
	assert!(named.len() > 40, "only {} names were read", named.len());
	for path in named {
		let (module, test) = path.split_once("::").expect("has a module");
		let source = fs::read_to_string(folder.join(module).with_extension("rs")).expect(path);
		let function = format!("fn {test}(");
		// A whole module of the conformance suite is named by the macro that makes it.
		let suite = format!("{test}: ");
		assert!(source.contains(&function) || source.contains(&suite), "there is no {path}");
	}
}
