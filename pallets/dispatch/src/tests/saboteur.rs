// SPDX-License-Identifier: Apache-2.0
//! An engine that changes whatever it can reach and then fails, in each way that there is.

// Public, because they are part of a public trait of the test runtime.
#![allow(unreachable_pub)]

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use unum_address::VmKind;
use unum_id_com::IdCom;
use unum_vm_engine::{
	AccessSet, CallContext, EngineFault, Fate, Meter, MountedEngine, NativeStatus, OpcodeRange,
	Outcome, Vm, VmEngine,
};

/// How to end after the damage is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Ending {
	Success,
	Revert,
	Halt,
	FeesOnly,
	Fault,
}

#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum SaboteurCall {
	/// Writes `value` under the raw storage key `key`, then ends.
	#[codec(index = 0x60)]
	Sabotage { key: Vec<u8>, value: Vec<u8>, ending: Ending },
}

/// Too long a sentence, with characters of several bytes.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct Caught;

impl NativeStatus for Caught {
	fn code(&self) -> u8 {
		9
	}
}

impl fmt::Display for Caught {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&"gefaßt ".repeat(100))
	}
}

#[derive(Debug)]
pub struct Saboteur;

pub(crate) const WEIGHT: Weight = Weight::from_parts(7_000, 0);

impl Vm for Saboteur {
	const KIND: VmKind = VmKind::new(6);
	const NAME: &'static str = "saboteur";
	const OPCODES: OpcodeRange = OpcodeRange::new(0x60, 0x6f);
	type Payload = SaboteurCall;
	type Status = Caught;
}

impl VmEngine<()> for Saboteur {
	fn access_set(_: &SaboteurCall, _: IdCom) -> AccessSet {
		AccessSet::Global
	}

	fn weight_limit(_: &(), _: &SaboteurCall) -> Weight {
		WEIGHT
	}

	fn validate(_: &(), _: &CallContext, _: &SaboteurCall) -> Result<(), Caught> {
		Ok(())
	}

	fn execute(
		_: &mut (),
		_: &CallContext,
		call: &SaboteurCall,
		meter: &mut Meter,
	) -> Result<Outcome<Caught>, EngineFault> {
		let SaboteurCall::Sabotage { key, value, ending } = call;
		meter.charge(WEIGHT).unwrap();
		sp_io::storage::set(key, value);
		let fate = match ending {
			Ending::Success => Fate::Success,
			Ending::Revert => Fate::Reverted(Caught),
			Ending::Halt => Fate::Halted(Caught),
			Ending::FeesOnly => Fate::FeesOnly(Caught),
			Ending::Fault => return Err(EngineFault::BrokenState),
		};
		Ok(Outcome { output: b"done".to_vec(), ..Outcome::bare(fate) })
	}
}

impl MountedEngine for Saboteur {
	type Host = ();
	type Engine = Self;

	fn host() {}
}
