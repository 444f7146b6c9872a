// SPDX-License-Identifier: Apache-2.0
//! The same program, the same input, two machines.

pub(crate) mod ours;
pub(crate) mod syscalls;
pub(crate) mod theirs;

use unum_sbpf::{Config, ExecutionError, LoadError, VerifierError, Version};

/// The versions that both know.
pub(crate) const VERSIONS: [Version; 5] =
	[Version::V0, Version::V1, Version::V2, Version::V3, Version::V4];

/// A program that both can be given.
#[derive(Clone, Debug)]
pub(crate) struct Program {
	pub(crate) text: Vec<u8>,
	pub(crate) entry: u64,
	pub(crate) version: Version,
	pub(crate) functions: Vec<(u32, u64)>,
}

/// What a program is executed on.
#[derive(Clone, Debug)]
pub(crate) struct Input {
	/// Address, bytes, writable.
	pub(crate) regions: Vec<(u64, Vec<u8>, bool)>,
	pub(crate) heap: Vec<u8>,
	pub(crate) budget: u64,
	pub(crate) arguments: [u64; 5],
}

impl Input {
	pub(crate) fn new(bytes: Vec<u8>, budget: u64) -> Self {
		Self {
			regions: vec![(unum_sbpf::INPUT_START, bytes, true)],
			heap: vec![0; 1024],
			budget,
			arguments: [unum_sbpf::INPUT_START, 0, 0, 0, 0],
		}
	}
}

/// What became of it. Everything that can be observed.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Outcome {
	pub(crate) result: Result<u64, ExecutionError<String>>,
	pub(crate) message: String,
	pub(crate) used: u64,
	pub(crate) registers: [u64; 12],
	pub(crate) stack: Vec<u8>,
	pub(crate) heap: Vec<u8>,
	pub(crate) regions: Vec<Vec<u8>>,
}

/// What a loader makes of a file.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Loaded {
	pub(crate) version: Version,
	pub(crate) entry: u64,
	pub(crate) text_start: u64,
	pub(crate) text: Vec<u8>,
	pub(crate) readonly: Vec<u8>,
	pub(crate) readonly_start: u64,
	/// Up to V2; upstream keeps others for debugging only.
	pub(crate) functions: Vec<(u32, u64)>,
	pub(crate) verified: Result<(), VerifierError>,
}

/// The settings that tests vary.
pub(crate) fn config(aligned: bool, gaps: bool, strict: bool) -> Config {
	Config {
		aligned_memory: aligned,
		stack_frame_gaps: gaps,
		reject_broken_elfs: strict,
		versions: Version::V0..=Version::V4,
		..Config::default()
	}
}

/// All of them.
pub(crate) fn configs() -> Vec<Config> {
	(0..8).map(|bits| config(bits & 1 != 0, bits & 2 != 0, bits & 4 != 0)).collect()
}

/// Loads a file with both, and returns what they agree on.
pub(crate) fn load_both(file: &[u8], config: &Config) -> Result<Loaded, LoadError> {
	load_both_with(file, config, &[])
}

/// The same, where there are syscalls of these names too.
pub(crate) fn load_both_with(
	file: &[u8],
	config: &Config,
	names: &[&str],
) -> Result<Loaded, LoadError> {
	let (ours, theirs) = (ours::load(file, config, names), theirs::load(file, config, names));
	if ours != theirs {
		let (ours, theirs) = (ours.map(|it| brief(&it)), theirs.map(|it| brief(&it)));
		panic!("ours {ours:?}\ntheirs {theirs:?}");
	}
	ours
}

fn brief(loaded: &Loaded) -> Loaded {
	let mut brief = loaded.clone();
	brief.text.truncate(64);
	brief.readonly.truncate(64);
	brief
}

/// Executes a file with both, and returns what they agree on.
pub(crate) fn execute_file(file: &[u8], config: &Config, input: &Input) -> Outcome {
	let ours = ours::execute_file(file, config, input);
	let theirs = theirs::execute_file(file, config, input);
	assert_same(&ours, &theirs, &|| String::from("file"));
	ours
}

/// Executes a program with both, and returns what they agree on; `None` if the verifier (both
/// verifiers) refuses it.
pub(crate) fn execute_both(program: &Program, config: &Config, input: &Input) -> Option<Outcome> {
	let ours = ours::from_text(program, config);
	let theirs = theirs::from_text(program, config);
	let (ours_verified, theirs_verified) = (ours.verify(), theirs::verify(&theirs));
	assert_eq!(ours_verified, theirs_verified, "{}", dump(program));
	ours_verified.ok()?;
	let ours = ours::execute(&ours, input);
	let theirs = theirs::execute(&theirs, config, input);
	assert_same(&ours, &theirs, &|| dump(program));
	Some(ours)
}

fn assert_same(ours: &Outcome, theirs: &Outcome, context: &dyn Fn() -> String) {
	assert_eq!(ours.result, theirs.result, "result of {}", context());
	assert_eq!(ours.message, theirs.message, "message of {}", context());
	assert_eq!(ours.used, theirs.used, "units of {}", context());
	assert_eq!(ours.registers, theirs.registers, "registers of {}", context());
	assert!(ours.regions == theirs.regions, "input of {}", context());
	assert!(ours.stack == theirs.stack, "stack of {}", context());
	assert!(ours.heap == theirs.heap, "heap of {}", context());
}

/// A program, so that a failure can be replayed.
pub(crate) fn dump(program: &Program) -> String {
	let lines: Vec<_> = program.text.chunks(8).map(hex::encode).collect();
	format!(
		"{:?} entry {} functions {:x?}\n{}",
		program.version,
		program.entry,
		program.functions,
		lines.join("\n")
	)
}
