// SPDX-License-Identifier: Apache-2.0
//! An engine that changes whatever it can reach and then fails, in each way that there is.

// Public, because they are part of a public trait of the test runtime.
#![allow(unreachable_pub)]

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use frame_support::weights::Weight;
use scale_info::TypeInfo;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::{
	AccessSet, CallContext, EngineFault, Fate, Meter, MountedEngine, NativeStatus, Opcode,
	OpcodeRange, Outcome, RawFee, RawTransaction, Rejection, ReplayGuard, Vm, VmEngine,
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

	fn raw_weight_limit(_: &(), _: &[u8]) -> Weight {
		WEIGHT
	}

	/// The nonce, or nothing for one that is remembered instead; and how to end.
	fn read_raw(_: &(), bytes: &[u8]) -> Result<RawTransaction, Rejection> {
		let (nonce, _) = <(Option<u64>, Ending)>::decode(&mut &bytes[..])
			.map_err(|error| Rejection::of_raw(100, &error))?;
		if nonce.is_none() && sp_io::storage::get(bytes).is_some() {
			return Err(Rejection::of_raw(101, &"seen before"));
		}
		let id = sp_core::H256(sp_io::hashing::blake2_256(bytes));
		let replay = nonce.map_or(ReplayGuard::Once { id, lifetime: 9 }, ReplayGuard::Nonce);
		Ok(RawTransaction {
			sender: wallet(),
			hash: Default::default(),
			replay,
			opcode: Opcode::new(0x60),
			fee: RawFee::PerGas { price: 1, gas_limit: 7_000, weight_per_gas: 1 },
			priority: 0,
		})
	}

	fn note_raw(_: &mut (), bytes: &[u8]) {
		sp_io::storage::set(bytes, b"seen");
	}

	fn execute_raw(
		host: &mut (),
		bytes: &[u8],
		_: &Address,
		context: &CallContext,
		meter: &mut Meter,
	) -> Result<Outcome<Caught>, EngineFault> {
		let (_, ending) = <(Option<u64>, Ending)>::decode(&mut &bytes[..]).expect("was read");
		let call = SaboteurCall::Sabotage { key: b"raw".into(), value: b"mark".into(), ending };
		Self::execute(host, context, &call, meter)
	}
}

/// The wallet behind every raw transaction of the saboteur.
pub(crate) fn wallet() -> Address {
	Address::Evm([0x5a; 20].into())
}

impl MountedEngine for Saboteur {
	type Host = ();
	type Engine = Self;

	fn host() {}
}
