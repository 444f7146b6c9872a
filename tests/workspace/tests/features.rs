// SPDX-License-Identifier: Apache-2.0
//! Building and testing compile every dependency with the same features: once.

use std::{
	collections::{BTreeMap, BTreeSet},
	path::PathBuf,
	process::Command,
};

/// The features of each package, as a build with these kinds of dependencies has them.
fn features(kinds: &str) -> BTreeMap<String, BTreeSet<String>> {
	let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../..");
	let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
	let output = Command::new(cargo)
		.args(["tree", "--workspace", "--locked", "--offline", "--prefix=none", "--format={p}|{f}"])
		.args(["--edges", kinds])
		.current_dir(root)
		.output()
		.unwrap();
	assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	let mut features = BTreeMap::<_, BTreeSet<_>>::new();
	for line in String::from_utf8(output.stdout).unwrap().lines() {
		let Some((package, list)) = line.trim_end_matches(" (*)").split_once('|') else { continue };
		let list = list.split(',').filter(|name| !name.is_empty()).map(Into::into);
		features.entry(package.to_owned()).or_default().extend(list);
	}
	features
}

#[test]
fn tests_turn_on_no_feature_of_a_dependency_that_the_build_has_not() {
	// Procedural macros and build scripts run on the host, and have features of their own.
	let build = features("normal,no-proc-macro");
	let test = features("normal,dev,no-proc-macro");
	assert!(build.len() > 400, "{}", build.len());
	let differing: Vec<_> = build
		.iter()
		// Crates of the workspace are compiled again for their tests in any case.
		.filter(|(package, _)| !package.contains('/'))
		.filter_map(|(package, has)| {
			let wanted: Vec<_> = test[package].difference(has).collect();
			(!wanted.is_empty()).then(|| format!("{package} lacks {wanted:?}"))
		})
		.collect();
	assert!(differing.is_empty(), "name these in tests/workspace/Cargo.toml: {differing:#?}");
}
