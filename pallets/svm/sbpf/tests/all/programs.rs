// SPDX-License-Identifier: Apache-2.0
//! Random programs, executed by both machines: the same result, registers, memory and units.
//!
//! `UNUM_SBPF_PROGRAMS` says how many (a release check takes a million: `make sbpf-differential`),
//! `UNUM_SBPF_SEED` with which seed to begin; a failure prints the seed of its program.

use crate::{
	generator::Case,
	harness::{dump, execute_both},
};
use std::{
	collections::BTreeMap,
	env,
	panic::{catch_unwind, resume_unwind},
};

fn number(name: &str, default: u64) -> u64 {
	env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

#[test]
fn random_programs_execute_as_upstream() {
	let (first, count) = (number("UNUM_SBPF_SEED", 1), number("UNUM_SBPF_PROGRAMS", 50_000));
	let mut outcomes = BTreeMap::<(u8, Option<u64>), u64>::new();
	let (mut refused, mut units) = (0_u64, 0_u64);
	for seed in first..first + count {
		let run = || {
			let case = Case::new(seed);
			let outcome = execute_both(&case.program, &case.config, &case.input);
			(case.program.version, outcome)
		};
		let (version, outcome) = catch_unwind(run).unwrap_or_else(|panic| {
			let Case { program, config, input } = Case::new(seed);
			eprintln!("seed {seed}: {}\n{config:?}\n{input:?}", dump(&program));
			resume_unwind(panic)
		});
		let Some(outcome) = outcome else {
			refused += 1;
			continue;
		};
		units += outcome.used;
		let kind = outcome.result.as_ref().err().map(|error| error.discriminant());
		*outcomes.entry((version as u8, kind)).or_default() += 1;
	}
	println!("{count} programs, {refused} refused by both verifiers, {units} units executed");
	println!("by version and error: {outcomes:?}");
	if count >= 50_000 {
		assert_reaches(&outcomes);
	}
}

/// A generator that reaches nothing would agree about everything.
fn assert_reaches(outcomes: &BTreeMap<(u8, Option<u64>), u64>) {
	for version in 0..5_u8 {
		// Success; call depth, division by zero, overrun, call outside, units, memory, unsupported,
		// syscall.
		for kind in
			[None, Some(2), Some(4), Some(6), Some(7), Some(8), Some(11), Some(14), Some(18)]
		{
			assert!(outcomes.contains_key(&(version, kind)), "version {version}, error {kind:?}");
		}
	}
	// Only V2 divides with a sign; only V1 and V2 have no errors of stack frames.
	assert!(outcomes.contains_key(&(2, Some(5))));
	assert!(outcomes.contains_key(&(0, Some(12))) && outcomes.contains_key(&(3, Some(12))));
}
