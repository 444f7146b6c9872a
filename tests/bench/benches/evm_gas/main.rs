// SPDX-License-Identifier: Apache-2.0
//! Gas per second of the EVM in the Wasm runtime, beside the same code natively, in one run:
//! `cargo bench --bench evm_gas`.
//!
//! Each workload is a row of calls in one made-up block. What the block needs before them is run alone
//! as well and taken off, so that the figure is that of the calls.

mod precompiles;

use std::{
	error::Error,
	time::{Duration, Instant},
};

use alloy_sol_types::{sol, SolCall, SolValue};
use unum_benches::{Chain, Machine};
use unum_ethereum_view::{CallOutcome, CallRequest, CallStatus, SimulatedBlock, H160};
use unum_evm_engine::limits::WEIGHT_PER_GAS;

sol! {
	function transfer(address to, uint256 amount) external returns (bool);
	function approve(address spender, uint256 amount) external returns (bool);
	function createPair(address a, address b) external returns (address);
	function addLiquidity(address a, address b, uint256 amountA, uint256 amountB) external returns (uint256);
	function swap(address from, address to, uint256 amount, uint256 least) external returns (uint256);
}

type Address = alloy_sol_types::private::Address;

/// How often each measurement is made; the fastest counts, because other work only ever slows down.
const ROUNDS: u32 = 5;

const COIN: &str = include_str!("../../contracts/Coin.hex");
const EXCHANGE: &str = include_str!("../../contracts/Exchange.hex");

/// What is repeated until the gas is used, each with an empty stack before and after it.
const LOOPS: [(&str, &[u8]); 13] = [
	("loop of KECCAK256", &[0x60, 0x20, 0x5f, 0x20, 0x5f, 0x52]),
	("loop of ADD", &[0x60, 1, 0x60, 2, 0x01, 0x50]),
	(
		"loop of EXP",
		&[
			0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
			0xff, 0xff, 0xff, 0xff, 0xff, 0x80, 0x0a, 0x50,
		],
	),
	("loop of MULMOD", &[0x5f, 0x19, 0x80, 0x80, 0x60, 7, 0x90, 0x03, 0x09, 0x50]),
	("loop of warm SLOAD", &[0x5f, 0x54, 0x50]),
	("loop of cold SLOAD", &[0x5a, 0x54, 0x50]),
	("loop of warm SSTORE", &[0x5a, 0x5f, 0x55]),
	("loop of TSTORE", &[0x5a, 0x80, 0x5d]),
	("loop of BALANCE", &[0x30, 0x31, 0x50]),
	("loop of cold BALANCE", &[0x5a, 0x31, 0x50]),
	("loop of LOG0", &[0x5f, 0x5f, 0xa0]),
	("loop of calls of nobody", &[0x5f, 0x5f, 0x5f, 0x5f, 0x33, 0x5a, 0xfa, 0x50]),
	("loop of CREATE", &[0x5f, 0x5f, 0x5f, 0xf0, 0x50]),
];

struct Workload {
	name: &'static str,
	before: Vec<CallRequest>,
	calls: Vec<CallRequest>,
	/// How they end.
	halts: bool,
}

fn to(address: H160, input: Vec<u8>) -> CallRequest {
	CallRequest { from: Chain::sender(), to: Some(address), input, ..Default::default() }
}

fn create(input: Vec<u8>) -> CallRequest {
	CallRequest { from: Chain::sender(), input, ..Default::default() }
}

/// The contract that the sender makes with that nonce.
fn made(nonce: u64) -> H160 {
	H160(Address::from(Chain::sender().0).create(nonce).into_array())
}

fn workloads() -> Result<Vec<Workload>, Box<dyn Error>> {
	let supply = alloy_sol_types::private::U256::from(10).pow(24u64.try_into()?);
	let coin = [hex::decode(COIN.trim())?, supply.abi_encode()].concat();
	let exchange = hex::decode(EXCHANGE.trim())?;
	let (a, b, market) = (made(0), made(1), made(2));
	let [one, other, at] = [a, b, market].map(|address| Address::from(address.0));
	let much = alloy_sol_types::private::U256::from(10).pow(21u64.try_into()?);
	let some = much >> 10;
	let approve = |token| to(token, approveCall { spender: at, amount: supply }.abi_encode());
	let add = addLiquidityCall { a: one, b: other, amountA: much, amountB: much };
	let market_open = vec![
		create(coin.clone()),
		create(coin.clone()),
		create(exchange),
		to(market, createPairCall { a: one, b: other }.abi_encode()),
		approve(a),
		approve(b),
		to(market, add.abi_encode()),
	];
	let swap = swapCall { from: one, to: other, amount: some, least: Default::default() };
	let pay = |n: u64| CallRequest { value: 1.into(), ..to(H160::from_low_u64_be(n), vec![]) };
	let send = |n: u64| {
		let to_whom = Address::from(H160::from_low_u64_be(n).0);
		to(a, transferCall { to: to_whom, amount: some >> 20 }.abi_encode())
	};
	let burn = |code: &[u8]| CallRequest { gas: Some(5_000_000), ..create(code.to_vec()) };
	// JUMPDEST, the body, and back.
	let repeat = |(name, body): &(&'static str, &[u8])| {
		let code = [&[0x5b], *body, &[0x5f, 0x56]].concat();
		Workload { name, before: vec![], calls: vec![burn(&code)], halts: true }
	};
	let transactions = vec![
		Workload {
			name: "transfer of coins",
			before: vec![],
			calls: (0x1_0000..0x1_0200).map(pay).collect(),
			halts: false,
		},
		Workload {
			name: "transfer of an ERC-20",
			before: vec![create(coin)],
			calls: (0x1_0000..0x1_0200).map(send).collect(),
			halts: false,
		},
		Workload {
			name: "swap at a pair",
			before: market_open,
			calls: vec![to(market, swap.abi_encode()); 128],
			halts: false,
		},
	];
	Ok(transactions.into_iter().chain(LOOPS.iter().map(repeat)).collect())
}

/// Calls of the precompiled contracts.
fn precompile_loops(chain: &mut Chain) -> Result<Vec<Workload>, Box<dyn Error>> {
	let calls = precompiles::calls()?.into_iter().chain(precompiles::proofs(chain)?);
	let loops = calls.map(|call| {
		let create = CallRequest { gas: Some(50_000_000), ..create(call.code()?) };
		Ok(Workload { name: call.name, before: vec![], calls: vec![create], halts: false })
	});
	loops.collect()
}

/// Runs calls and says how long it took and how much gas the last `counted` of them used.
fn run(
	chain: &Chain,
	machine: Machine,
	calls: Vec<CallRequest>,
	counted: usize,
	halts: bool,
) -> Result<(Duration, u64), Box<dyn Error>> {
	let first = calls.len() - counted;
	let blocks = vec![SimulatedBlock { calls, ..Default::default() }];
	let began = Instant::now();
	let outcomes = chain.simulate(machine, blocks)?;
	let time = began.elapsed();
	let mut gas = 0;
	for (position, outcome) in outcomes.into_iter().flatten().enumerate() {
		let (CallOutcome { status, gas_used, .. }, _) =
			outcome.map_err(|refusal| String::from_utf8_lossy(&refusal.message).into_owned())?;
		let is_counted = position >= first;
		let as_expected = (status != CallStatus::Success) == (halts && is_counted);
		if !as_expected {
			return Err(format!("call {position} ended in {status:?}").into());
		}
		gas += if is_counted { gas_used } else { 0 };
	}
	Ok((time, gas))
}

/// Million units of gas per second.
fn measure(chain: &Chain, machine: Machine, work: &Workload) -> Result<f64, Box<dyn Error>> {
	let all: Vec<_> = work.before.iter().chain(&work.calls).cloned().collect();
	let mut best = f64::MIN;
	for _ in 0..ROUNDS {
		let (with, gas) = run(chain, machine, all.clone(), work.calls.len(), work.halts)?;
		let (without, _) = run(chain, machine, work.before.clone(), 0, false)?;
		let seconds = with.saturating_sub(without).as_secs_f64();
		best = best.max(gas as f64 / seconds / 1e6);
	}
	Ok(best)
}

fn main() -> Result<(), Box<dyn Error>> {
	let mut chain = Chain::new()?;
	let precompile_loops = precompile_loops(&mut chain)?;
	// `cargo bench … -- <part of a name>` measures those alone.
	let wanted: Vec<_> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
	let is_wanted = |work: &Workload| {
		wanted.is_empty() || wanted.iter().any(|part| work.name.contains(part.as_str()))
	};
	// Compiles the Wasm.
	chain.simulate(Machine::Wasm, vec![])?;
	let charged = 1e6 / WEIGHT_PER_GAS as f64;
	println!(
		"Million units of gas per second; a unit is charged as {charged:.0} million per second."
	);
	println!("{:26}{:>10}{:>10}{:>8}", "", "native", "Wasm", "ratio");
	for work in workloads()?.into_iter().chain(precompile_loops).filter(is_wanted) {
		let native = measure(&chain, Machine::Native, &work)?;
		let wasm = measure(&chain, Machine::Wasm, &work)?;
		println!("{:26}{native:>10.0}{wasm:>10.0}{:>8.2}", work.name, wasm / native);
	}
	Ok(())
}
