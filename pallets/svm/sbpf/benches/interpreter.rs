// SPDX-License-Identifier: Apache-2.0
//! Instructions per second, beside upstream's interpreter: `cargo bench -p unum-sbpf`.
//!
//! Each program is executed from its entrypoint to its end; setting up the memory is part of it, on
//! both sides. The throughput counts instructions.

#![allow(unsafe_code, missing_docs, dead_code)]

#[path = "../tests/all/harness/mod.rs"]
mod harness;
#[path = "../tests/all/vectors.rs"]
mod vectors;

use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use harness::{config, ours, theirs, Input, Program};
use std::hint::black_box;
use unum_sbpf::{Executable, Version};

const BUDGET: u64 = 10_000_000;

/// Additions, shifts and products, and a jump back.
const ARITHMETIC: &str = "
	mov64 r1, 200000
	mov64 r0, 1
loop:
	add64 r0, r1
	xor64 r0, 0x1234567
	mov64 r2, r0
	rsh64 r2, 7
	add32 r2, r0
	and64 r2, 0xffff
	or64 r0, r2
	sub64 r1, 1
	jne r1, 0, loop
	exit";

/// Reads and writes of the input and of the stack.
const MEMORY: &str = "
	mov64 r6, r1
	mov64 r1, 200000
loop:
	ldxdw r2, [r6+8]
	add64 r2, 1
	stxdw [r6+8], r2
	ldxb r3, [r6+3]
	stxb [r10-5], r3
	ldxw r4, [r10-8]
	sub64 r1, 1
	jne r1, 0, loop
	mov64 r0, r2
	exit";

/// Calls of a function, and returns.
const CALLS: &str = "
entrypoint:
	mov64 r6, 200000
loop:
	call function_add
	sub64 r6, 1
	jne r6, 0, loop
	exit
function_add:
	mov64 r6, 1
	add64 r0, r6
	exit";

fn assemble(source: &str) -> Program {
	let version = Version::V0;
	let single = unum_sbpf::Config { versions: version..=version, ..config(true, true, false) };
	let executable = solana_sbpf::assembler::assemble(source, theirs::loader(&single)).unwrap();
	Program {
		text: executable.get_text_bytes().1.to_vec(),
		entry: executable.get_entrypoint_instruction_offset() as u64,
		version,
		functions: executable
			.get_function_registry()
			.iter()
			.map(|(key, (_, pc))| (key, pc as u64))
			.collect(),
	}
}

fn programs(criterion: &mut Criterion) {
	let config = config(true, true, false);
	let input = Input::new(vec![1; 64], BUDGET);
	for (name, source) in [("arithmetic", ARITHMETIC), ("memory", MEMORY), ("calls", CALLS)] {
		let program = assemble(source);
		let ours = ours::from_text(&program, &config);
		let theirs = theirs::from_text(&program, &config);
		let outcome = ours::execute(&ours, &input);
		assert_eq!(outcome, theirs::execute(&theirs, &config, &input));
		assert!(outcome.result.is_ok(), "{:?}", outcome.result);
		let mut group = criterion.benchmark_group(name);
		group.throughput(Throughput::Elements(outcome.used));
		group.bench_function("ours", |b| b.iter(|| ours::execute(black_box(&ours), &input)));
		group.bench_function("upstream", |b| {
			b.iter(|| theirs::execute(black_box(&theirs), &config, &input))
		});
		group.finish();
	}
}

fn loading(criterion: &mut Criterion) {
	let config = config(true, true, false);
	let files = vectors::folder("spl");
	let (_, file) = files.iter().find(|(name, _)| name.starts_with("spl_token")).unwrap();
	let loader = theirs::loader(&config);
	let mut group = criterion.benchmark_group("load and verify SPL Token");
	group.throughput(Throughput::Bytes(file.len() as u64));
	group.bench_function("ours", |b| {
		b.iter(|| {
			let knows = |hash| harness::syscalls::kind(hash).is_some();
			let executable = Executable::load(black_box(file), &knows, &config).unwrap();
			executable.verify().unwrap();
			executable
		})
	});
	group.bench_function("upstream", |b| {
		b.iter(|| {
			let executable =
				solana_sbpf::elf::Executable::load(black_box(file), loader.clone()).unwrap();
			theirs::verify(&executable).unwrap();
			executable
		})
	});
	group.finish();
}

criterion_group!(benches, programs, loading);
criterion_main!(benches);
