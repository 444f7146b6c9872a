// SPDX-License-Identifier: Apache-2.0
//! The view does what compiled token contracts do, step by step: the same return data, the same revert
//! data, the same logs, the same balances.
//!
//! Where the two differ by design is in `large_amounts` and `ledger_rules`.

use proptest::{
	prelude::*,
	test_runner::{Config, TestCaseError, TestRunner},
};
use sp_core::U256;
use std::cell::RefCell;
use unum_erc20::{call, movement_log, AbiAddress, AddressSpace, Call, Frame};
use unum_vm_engine::Log;

use crate::support::{
	calldata::encode,
	deeds::Step,
	evm::{Reference, Reply},
	scene::{Scene, TokenSpec},
	steps::{opening, step, token_spec},
	tally::Tally,
};

/// Runs, each with a token of its own.
const RUNS: u32 = 150;
/// Steps of the longest run.
const STEPS_MAX: usize = 100;

#[test]
fn the_view_does_what_the_reference_token_does() {
	compare_with(include_str!("../reference/ReferenceToken.hex"));
}

#[test]
fn the_view_does_what_openzeppelins_token_does() {
	compare_with(include_str!("../reference/OpenZeppelinToken.hex"));
}

fn compare_with(code: &str) {
	let config = Config { cases: RUNS, source_file: Some(file!()), ..Config::default() };
	let tally = RefCell::new(Tally::default());
	let runs = (token_spec(), prop::collection::vec(step(), 1..=STEPS_MAX));
	let outcome = TestRunner::new(config)
		.run(&runs, |(spec, run)| Comparison::new(code, spec).run(&run, &mut tally.borrow_mut()));
	outcome.unwrap_or_else(|failure| panic!("{failure}"));
	tally.into_inner().assert_complete();
}

/// The view and a contract, side by side.
struct Comparison {
	spec: TokenSpec,
	scene: Scene,
	reference: Reference,
}

impl Comparison {
	fn new(code: &str, spec: TokenSpec) -> Self {
		let scene = Scene::new(AddressSpace::Evm, &spec);
		let reference = Reference::new(code, &spec);
		Self { spec, scene, reference }
	}

	fn run(&mut self, steps: &[Step], tally: &mut Tally) -> Result<(), TestCaseError> {
		opening().iter().chain(steps).try_for_each(|step| self.step(step, tally))?;
		self.same_allowances()
	}

	fn step(&mut self, step: &Step, tally: &mut Tally) -> Result<(), TestCaseError> {
		let calldata = step.calldata(&self.scene, &self.spec);
		if differs_by_design(&calldata) {
			return Ok(());
		}
		self.see_addresses(&calldata);
		let before = self.scene.host.clone();
		let ours = self.ours(step, &calldata);
		let theirs = self.theirs(step, &calldata);
		if step.is_static && Call::decode(&calldata).is_ok_and(|call| call.is_write()) {
			// The contract may revert with an error of its own before it comes to write.
			prop_assert!(!ours.succeeded && !theirs.succeeded, "{step:?}");
		} else {
			prop_assert_eq!(&ours, &theirs, "{:?}", step);
		}
		tally.add(&calldata, &ours);
		prop_assert!(ours.succeeded || self.scene.host == before, "changed by {step:?}");
		self.same_balances()
	}

	/// On the chain, whoever takes part in a call shows under its own address.
	fn see_addresses(&mut self, calldata: &[u8]) {
		for address in addresses(calldata) {
			self.scene.host.see(AddressSpace::Evm, address);
		}
	}

	fn ours(&mut self, step: &Step, calldata: &[u8]) -> Reply {
		let frame = self.scene.frame(step.caller, calldata);
		let frame = Frame { is_static: step.is_static, has_value: step.has_value(), ..frame };
		let movements = self.scene.host.ledger.movements().len();
		let result = call(&mut self.scene.host, &frame);
		let succeeded = result.is_ok();
		let output = result.unwrap_or_else(|error| error.revert_data());
		Reply { succeeded, output, logs: self.logs_since(movements) }
	}

	fn logs_since(&self, movements: usize) -> Vec<Log> {
		let host = &self.scene.host;
		let new = &host.ledger.movements()[movements..];
		new.iter().filter_map(|movement| movement_log(host, AddressSpace::Evm, movement)).collect()
	}

	fn theirs(&mut self, step: &Step, calldata: &[u8]) -> Reply {
		let caller = self.scene.accounts[step.caller];
		if step.is_static {
			self.reference.call_static(caller, calldata)
		} else {
			self.reference.call(caller, calldata, step.has_value)
		}
	}

	fn same_balances(&mut self) -> Result<(), TestCaseError> {
		self.scene.assert_supply();
		self.same(&Call::TotalSupply)?;
		self.scene.accounts.into_iter().try_for_each(|account| {
			self.same(&Call::BalanceOf { account })?;
			self.same(&Call::Nonces { owner: account })
		})
	}

	fn same_allowances(&mut self) -> Result<(), TestCaseError> {
		for owner in self.scene.accounts {
			for spender in self.scene.accounts {
				self.same(&Call::Allowance { owner, spender })?;
			}
		}
		Ok(())
	}

	/// Both give the same answer.
	fn same(&mut self, read: &Call) -> Result<(), TestCaseError> {
		let calldata = encode(read);
		let theirs = self.reference.call(self.scene.accounts[0], &calldata, false);
		prop_assert_eq!(self.scene.run_bytes(0, &calldata), Ok(theirs.output), "{:?}", read);
		Ok(())
	}
}

impl Step {
	/// No coins come with a STATICCALL.
	fn has_value(&self) -> bool {
		self.has_value && !self.is_static
	}
}

/// Finite approvals that 128 bits can't hold: see `large_amounts`.
fn differs_by_design(calldata: &[u8]) -> bool {
	let value = match Call::decode(calldata) {
		Ok(Call::Approve { value, .. }) => value,
		Ok(Call::Permit(permit)) => permit.value,
		_ => return false,
	};
	value >= u128::MAX.into() && value != U256::MAX
}

fn addresses(calldata: &[u8]) -> Vec<AbiAddress> {
	match Call::decode(calldata) {
		Ok(Call::Transfer { to, .. } | Call::Mint { to, .. }) => vec![to],
		Ok(Call::Approve { spender, .. }) => vec![spender],
		Ok(Call::TransferFrom { from, to, .. }) => vec![from, to],
		Ok(Call::BurnFrom { account, .. }) => vec![account],
		Ok(Call::Permit(permit)) => vec![permit.owner, permit.spender],
		_ => vec![],
	}
}
