// SPDX-License-Identifier: Apache-2.0
//! Random transactions.

use std::{collections::BTreeMap, env, time::Instant};
use unum_svm_oracle::{scenes::Scene, seen::Ended};

/// Transactions of one scene: few enough that its state stays sensible.
const PER_SCENE: u64 = 60;
/// Differences after which it is enough.
const ENOUGH: usize = 40;

fn number(name: &str) -> Option<u64> {
	env::var(name).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
fn random_transactions_end_the_same() {
	let count = number("UNUM_SVM_TRANSACTIONS").unwrap_or(2_000);
	let first = number("UNUM_SVM_SEED").unwrap_or(1);
	println!("{count} transactions from seed {first}: UNUM_SVM_SEED={first}");
	let (began, mut executed, mut scene_number) = (Instant::now(), 0, 0);
	let mut ends: BTreeMap<String, u64> = BTreeMap::new();
	let mut differences = Vec::new();
	while executed < count && differences.len() < ENOUGH {
		let seed = first + scene_number;
		scene_number += 1;
		let mut scene = match Scene::new(seed) {
			Ok(scene) => scene,
			Err((shown, difference)) => panic!("seed {seed}, setting up: {shown}\n{difference:?}"),
		};
		for step in 0..PER_SCENE.min(count - executed) {
			executed += 1;
			match scene.step() {
				Ok(seen) => *ends.entry(end(&seen.ended)).or_default() += 1,
				Err((_, Some(why))) => {
					*ends.entry(format!("differ as they should: {why}")).or_default() += 1;
					break;
				},
				Err((difference, None)) => {
					println!("seed {seed}, step {step}: {}\n{difference:?}\n", scene.shown);
					differences.push(format!("seed {seed}, step {step}: {}", difference.kind()));
					break;
				},
			}
		}
	}
	println!("{executed} transactions in {scene_number} scenes, {:?}", began.elapsed());
	for (end, times) in &ends {
		println!("{times:>8}  {end}");
	}
	assert!(differences.is_empty(), "{}", differences.join("\n"));
	// What is drawn has to make sense, or nothing much would be compared.
	let succeeded = ends.get("succeeded").copied().unwrap_or(0);
	assert!(count < 500 || succeeded * 4 > executed, "{succeeded} of {executed} succeeded");
}

/// How a transaction ended, without positions.
fn end(ended: &Ended) -> String {
	match ended {
		Ended::Succeeded => "succeeded".into(),
		Ended::Refused(reason) => format!("refused: {reason}"),
		Ended::Failed(error) => match error.strip_prefix("InstructionError(") {
			Some(error) => format!("failed: {}", error.split_once(", ").map_or(error, |two| two.1)),
			None => format!("failed: {error}"),
		},
	}
}
