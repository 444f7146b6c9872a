// SPDX-License-Identifier: Apache-2.0
//! A VM that calls other VMs: what a program of the Solana VM does, without one.

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::{cell::RefCell, fmt};
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use unum_address::VmKind;
use unum_evm_engine::{limits::weight_of, EvmOperation};
use unum_id_com::IdCom as Id;
use unum_units::LedgerAmount;
use unum_vm_engine::{
	AccessSet, Asset, CallContext, EngineFault, Fate, Meter, MountedEngine, NativeStatus,
	OpcodeRange, Outcome, UnifiedLedger, Vm, VmCall, VmCalls, VmEngine,
};

use super::{mint, Dispatch, UnifiedTokens};

/// Which VM it is.
pub(super) const RELAY: u8 = 7;
/// As whom its programs act.
pub(super) const PROGRAM: [u8; 32] = [0x77; 32];

/// An operation: a program.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum RelayCall {
	/// Does its steps, and fails in the end if it is to.
	#[codec(index = 0x60)]
	Relay {
		/// In order.
		steps: Vec<RelayStep>,
		/// Whether it fails in the end.
		fails: bool,
	},
}

/// A step of a program.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum RelayStep {
	/// An operation of the EVM, SCALE-encoded; if it must, the program fails where it does.
	Evm {
		/// The operation.
		data: Vec<u8>,
		/// The most gas that it may use.
		gas: u64,
		/// Whether it must succeed.
		must: bool,
	},
	/// Tokens of the program.
	Tokens {
		/// Who gets them.
		to: [u8; 32],
		/// How many.
		amount: u128,
	},
}

impl RelayStep {
	pub(super) fn evm(operation: &EvmOperation, must: bool) -> Self {
		Self::Evm { data: operation.encode(), gas: operation.gas_limit(), must }
	}
}

#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct Failed(Vec<u8>);

impl fmt::Display for Failed {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&String::from_utf8_lossy(&self.0))
	}
}

impl NativeStatus for Failed {
	fn code(&self) -> u8 {
		1
	}
}

thread_local! {
	static REFUSALS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Why the EVM has refused programs what they asked for, so far.
pub(super) fn refusals() -> Vec<String> {
	let all = REFUSALS.take();
	all.into_iter().map(|why| String::from_utf8(why).unwrap()).collect()
}

/// The VM, mounted.
#[derive(Clone, Copy, Debug)]
pub struct Relay;

impl Vm for Relay {
	const KIND: VmKind = VmKind::new(RELAY);
	const NAME: &'static str = "relay";
	const OPCODES: OpcodeRange = OpcodeRange::new(0x60, 0x6f);
	type Payload = RelayCall;
	type Status = Failed;
}

impl VmEngine<()> for Relay {
	fn access_set(_: &RelayCall, _: Id) -> AccessSet {
		AccessSet::Global
	}

	fn weight_limit(_: &(), call: &RelayCall) -> Weight {
		let RelayCall::Relay { steps, .. } = call;
		let gas = |step: &RelayStep| match step {
			RelayStep::Evm { gas, .. } => *gas,
			RelayStep::Tokens { .. } => 0,
		};
		weight_of(steps.iter().map(gas).sum())
	}

	fn validate(_: &(), _: &CallContext, _: &RelayCall) -> Result<(), Failed> {
		Ok(())
	}

	fn execute(
		_: &mut (),
		_: &CallContext,
		call: &RelayCall,
		meter: &mut Meter,
	) -> Result<Outcome<Failed>, EngineFault> {
		let RelayCall::Relay { steps, fails } = call;
		let mut outcome = Outcome::bare(Fate::Success);
		for step in steps {
			match step {
				RelayStep::Tokens { to, amount } => {
					let (asset, amount) = (Asset::Token(mint()), LedgerAmount::new(*amount));
					<UnifiedTokens as UnifiedLedger>::transfer(
						asset,
						Id::from(PROGRAM),
						Id::from(*to),
						amount,
					)
					.unwrap();
				},
				RelayStep::Evm { data, gas, must } => {
					let result = <Dispatch as VmCalls>::call(&VmCall {
						caller: Id::from(PROGRAM),
						vm: VmKind::EVM,
						target: [0; 32],
						data,
						budget: weight_of(*gas),
					})?;
					meter.charge(result.used).unwrap();
					if !result.ok {
						REFUSALS.with_borrow_mut(|all| all.push(result.output.clone()));
					}
					if *must && !result.ok {
						outcome.fate = Fate::Reverted(Failed(result.output));
						return Ok(outcome);
					}
					outcome.output = result.output;
					outcome.created.extend(result.created);
				},
			}
		}
		if *fails {
			outcome.fate = Fate::Reverted(Failed(b"told to fail".to_vec()));
		}
		Ok(outcome)
	}
}

impl MountedEngine for Relay {
	type Host = ();
	type Engine = Self;

	fn host() {}
}
