// SPDX-License-Identifier: Apache-2.0
//! Compute units per second of Solana's programs in the Wasm runtime, beside the same code natively, in
//! one run: `cargo bench --bench svm_units`.
//!
//! In the loops of `arithmetic` and of `reads and writes` a unit is an instruction. Beside upstream's
//! interpreter they are measured by `cargo bench -p unum-sbpf`.
//!
//! Each workload is one transaction of several instructions. The same transaction with one instruction
//! of it is run as well and taken off, so that the figure is that of running programs and not that of
//! taking a transaction.

use std::{
	error::Error,
	time::{Duration, Instant},
};

use unum_address::SvmAddress;
use unum_benches::{
	assembly,
	solana::{chain, elf, instruction, payer, simulate},
	Chain, Machine,
};
use unum_solana_transaction::{
	wallet::{set_compute_unit_limit, transfer},
	Instruction,
};
use unum_svm_engine::limits::{COMPUTE_UNITS_MAX, WEIGHT_PER_COMPUTE_UNIT};

/// How often each measurement is made; the fastest counts, because other work only ever slows down.
const ROUNDS: u32 = 20;

/// What is measured: its name, and an instruction that is repeated so many times.
type Workload = (&'static str, Instruction, usize);

/// How often the programs go through their loops: two runs of them have to fit into a transaction.
const LOOPS: i32 = 60_000;

fn workloads([old, new, arithmetic, memory]: [SvmAddress; 4]) -> Vec<Workload> {
	let text = [b'm'; 50];
	let [old, new] = [old, new].map(|program| instruction(program, vec![], &[&text]));
	let [arithmetic, memory] =
		[arithmetic, memory].map(|program| instruction(program, vec![], &[]));
	vec![
		("arithmetic", arithmetic, 2),
		("reads and writes", memory, 2),
		("memo 1.0 of 50 bytes", old, 12),
		("memo 4.0 of 50 bytes", new, 12),
		("transfer of lamports", transfer(payer(), SvmAddress::from([9; 32]), 1_000_000), 40),
	]
}

/// How long a transaction takes, and how many compute units it uses.
fn run(
	chain: &Chain,
	machine: Machine,
	instruction: &Instruction,
	times: usize,
) -> Result<(Duration, u64), Box<dyn Error>> {
	let mut all = vec![set_compute_unit_limit(COMPUTE_UNITS_MAX)];
	all.extend(core::iter::repeat_n(instruction.clone(), times));
	let mut best = Duration::MAX;
	let mut units = 0;
	for _ in 0..ROUNDS {
		let began = Instant::now();
		let outcome = simulate(chain, machine, &all, &[])?;
		best = best.min(began.elapsed());
		if let Some(error) = outcome.meta.error {
			return Err(format!("{error:?}: {:?}", outcome.meta.log_messages).into());
		}
		units = outcome.meta.compute_units_consumed;
	}
	Ok((best, units))
}

/// Nanoseconds per compute unit of what comes after the first of the instructions.
fn measure(
	chain: &Chain,
	machine: Machine,
	(_, instruction, times): &Workload,
) -> Result<(f64, u64), Box<dyn Error>> {
	let (one, few) = run(chain, machine, instruction, 1)?;
	let (all, many) = run(chain, machine, instruction, *times)?;
	let units = many - few;
	Ok((all.saturating_sub(one).as_nanos() as f64 / units as f64, units))
}

fn main() -> Result<(), Box<dyn Error>> {
	let programs = [0xb0, 0xb1, 0xb2, 0xb3].map(|byte| SvmAddress::from([byte; 32]));
	let files = [
		elf("spl/spl_memo-1.0.0")?,
		elf("spl/spl_memo-4.0.0")?,
		assembly::arithmetic(LOOPS),
		assembly::memory(LOOPS),
	];
	let chain = chain(&programs.into_iter().zip(files).collect::<Vec<_>>())?;
	let charged = WEIGHT_PER_COMPUTE_UNIT as f64 / 1_000.0;
	println!("Nanoseconds per compute unit; one is charged as {charged:.0}.");
	println!("{:26}{:>10}{:>10}{:>10}{:>8}", "", "units", "native", "Wasm", "ratio");
	for work in workloads(programs) {
		let (native, units) = measure(&chain, Machine::Native, &work)?;
		let (wasm, _) = measure(&chain, Machine::Wasm, &work)?;
		println!("{:26}{units:>10}{native:>10.1}{wasm:>10.1}{:>8.2}", work.0, wasm / native);
	}
	Ok(())
}
