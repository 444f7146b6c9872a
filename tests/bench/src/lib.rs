// SPDX-License-Identifier: Apache-2.0
//! The runtime twice, for whoever compares: as native code and as the Wasm that nodes run.
//!
//! The benchmarks are in `benches/`; `tests/` has what must be equal on both.

use std::{borrow::Cow, error::Error, sync::LazyLock};

use codec::{Decode, Encode};
use sc_executor::WasmExecutor;
use sp_core::{
	storage::Storage,
	traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode},
};
use sp_io::TestExternalities;
use sp_runtime::BuildStorage;
use unum_address::EvmAddress;
use unum_ethereum_view::{SimulatedBlock, SimulatedOutcome, H160};
use unum_id_com::IdCom;
use unum_runtime::{
	BalancesConfig, Dispatch, Evm, EvmConfig, HostFunctions, RuntimeGenesisConfig, UNIT,
};

pub mod assembly;
pub mod solana;

/// What the sender has.
const FUNDS: u128 = 1_000_000 * UNIT;

/// What runs a runtime.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Machine {
	/// The processor.
	Native,
	/// wasmtime, as in a node.
	Wasm,
}

/// A chain at its beginning, whose runtime can be asked on both machines.
pub struct Chain {
	storage: Storage,
	executor: WasmExecutor<HostFunctions>,
	code: &'static [u8],
}

impl std::fmt::Debug for Chain {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		f.debug_struct("Chain").finish_non_exhaustive()
	}
}

impl Chain {
	/// A chain on which [`sender`](Self::sender) has a million coins.
	///
	/// # Errors
	/// The runtime was built without its Wasm.
	pub fn new() -> Result<Self, Box<dyn Error>> {
		Self::with_rich(&[EvmAddress::from(Self::sender().0).unbound_id_com()])
	}

	/// A chain on which these have a million coins each.
	///
	/// # Errors
	/// The runtime was built without its Wasm.
	pub fn with_rich(rich: &[IdCom]) -> Result<Self, Box<dyn Error>> {
		let code = unum_runtime::WASM_BINARY.ok_or("the runtime was built without its Wasm")?;
		let storage = RuntimeGenesisConfig {
			balances: BalancesConfig {
				balances: rich.iter().map(|id| ((*id).into(), FUNDS)).collect(),
				..Default::default()
			},
			evm: EvmConfig { chain_id: 4663, ..Default::default() },
			..Default::default()
		}
		.build_storage()?;
		// Compiled once for all chains.
		static EXECUTOR: LazyLock<WasmExecutor<HostFunctions>> =
			LazyLock::new(|| WasmExecutor::builder().build());
		Ok(Self { storage, executor: EXECUTOR.clone(), code })
	}

	/// Puts an entry into the state.
	pub fn insert(&mut self, key: Vec<u8>, value: Vec<u8>) {
		self.storage.top.insert(key, value);
	}

	/// Who has coins.
	pub const fn sender() -> H160 {
		H160([0x5e; 20])
	}

	/// Runs made-up blocks on the state at the chain's beginning.
	///
	/// # Errors
	/// The machine failed.
	pub fn simulate(
		&self,
		machine: Machine,
		blocks: Vec<SimulatedBlock>,
	) -> Result<Vec<SimulatedOutcome>, Box<dyn Error>> {
		self.ask(machine, "EthereumApi_simulate", blocks, |blocks| {
			Evm::simulate(&Dispatch::block_env(), blocks)
		})
	}

	/// Asks the runtime at the chain's beginning: in Wasm by the name of a function, natively by the same
	/// function itself.
	fn ask<I: Encode, R: Decode>(
		&self,
		machine: Machine,
		name: &str,
		input: I,
		native: impl FnOnce(I) -> R,
	) -> Result<R, Box<dyn Error>> {
		let mut state = TestExternalities::new(self.storage.clone());
		if machine == Machine::Native {
			return Ok(state.execute_with(|| native(input)));
		}
		let code = WrappedRuntimeCode(Cow::Borrowed(self.code));
		let runtime = RuntimeCode {
			code_fetcher: &code,
			heap_pages: None,
			hash: sp_io::hashing::blake2_256(self.code).to_vec(),
		};
		let (answer, _) = self.executor.call(
			&mut state.ext(),
			&runtime,
			name,
			&input.encode(),
			CallContext::Offchain,
		);
		Ok(Decode::decode(&mut &answer?[..])?)
	}
}
