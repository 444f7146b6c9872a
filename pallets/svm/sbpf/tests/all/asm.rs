// SPDX-License-Identifier: Apache-2.0
//! Upstream's own test programs, in every version that its assembler can write them in.

use crate::harness::{
	config, execute_both,
	theirs::{loader, their_version},
	Input, Program, VERSIONS,
};
use solana_sbpf::assembler::assemble;
use std::panic::{catch_unwind, AssertUnwindSafe};
use unum_sbpf::Config;

#[test]
fn upstreams_test_programs_execute_as_upstream_in_every_version() {
	let (mut executed, mut refused) = (0, 0);
	for source in include_str!("../vectors/execution.asm").split("\n\n") {
		for version in VERSIONS {
			let single = Config { versions: version..=version, ..config(false, true, false) };
			let Some(program) = assembled(source, &single) else { continue };
			assert_eq!(program.version, version);
			for (aligned, gaps) in [(false, false), (false, true), (true, false), (true, true)] {
				let config = config(aligned, gaps, false);
				for budget in [0, 1, 5, 1_000] {
					let input = Input::new((0..=255).collect(), budget);
					match execute_both(&program, &config, &input) {
						Some(_) => executed += 1,
						None => refused += 1,
					}
				}
			}
		}
	}
	assert!(executed > 5_000, "{executed} executed, {refused} refused");
}

/// The program, if this version has its instructions.
fn assembled(source: &str, config: &Config) -> Option<Program> {
	let version = *config.versions.end();
	// The assembler panics about what it can't write.
	let executable =
		catch_unwind(AssertUnwindSafe(|| assemble(source, loader(config)).ok())).ok()??;
	assert_eq!(executable.get_sbpf_version(), their_version(version));
	Some(Program {
		text: executable.get_text_bytes().1.to_vec(),
		entry: executable.get_entrypoint_instruction_offset() as u64,
		version,
		functions: executable
			.get_function_registry()
			.iter()
			.map(|(key, (_, pc))| (key, pc as u64))
			.collect(),
	})
}
