// SPDX-License-Identifier: Apache-2.0
//! The smallest engine: returns the bytes that it is given. For tests of routing and dispatch.

use alloc::{string::String, vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, Output};
use core::fmt;
use scale_info::{Path, Type, TypeDefVariant, TypeInfo, Variant};
use sp_weights::Weight;
use unum_address::VmKind;
use unum_id_com::IdCom;

use crate::{
	AccessSet, CallContext, EngineFault, Fate, Meter, MountedEngine, NativeStatus, Opcode,
	OpcodeRange, Outcome, Vm, VmEngine,
};

/// An engine with VM number `KIND` and the opcodes from `FIRST` to `LAST`. Each opcode takes a byte
/// string; the string `fail` makes it revert, all else is returned.
#[derive(Clone, Copy, Debug)]
pub struct Echo<const KIND: u8, const FIRST: u8, const LAST: u8>;

/// A call of [`Echo`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EchoCall<const FIRST: u8, const LAST: u8> {
	/// Within the engine's range.
	pub opcode: u8,
	/// What to return.
	pub data: Vec<u8>,
}

impl<const FIRST: u8, const LAST: u8> Encode for EchoCall<FIRST, LAST> {
	fn encode_to<T: Output + ?Sized>(&self, dest: &mut T) {
		self.opcode.encode_to(dest);
		self.data.encode_to(dest);
	}
}

impl<const FIRST: u8, const LAST: u8> Decode for EchoCall<FIRST, LAST> {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		let opcode = input.read_byte()?;
		if !OpcodeRange::new(FIRST, LAST).contains(Opcode::new(opcode)) {
			return Err("not an opcode of this engine".into());
		}
		Ok(Self { opcode, data: Vec::decode(input)? })
	}
}

impl<const FIRST: u8, const LAST: u8> DecodeWithMemTracking for EchoCall<FIRST, LAST> {}

impl<const FIRST: u8, const LAST: u8> TypeInfo for EchoCall<FIRST, LAST> {
	type Identity = Self;

	fn type_info() -> Type {
		let variant = Variant::new("Echo", vec![], FIRST, vec!["Returns its bytes."]);
		Type::new(Path::new("EchoCall", "echo"), vec![], TypeDefVariant::new([variant]), Vec::new())
	}
}

/// Why [`Echo`] reverts: it was told to.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub struct EchoStatus(String);

impl fmt::Display for EchoStatus {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(&self.0)
	}
}

impl NativeStatus for EchoStatus {
	fn code(&self) -> u8 {
		1
	}
}

impl<const KIND: u8, const FIRST: u8, const LAST: u8> Vm for Echo<KIND, FIRST, LAST> {
	const KIND: VmKind = VmKind::new(KIND);
	const NAME: &'static str = "echo";
	const OPCODES: OpcodeRange = OpcodeRange::new(FIRST, LAST);
	type Payload = EchoCall<FIRST, LAST>;
	type Status = EchoStatus;
}

impl<H, const KIND: u8, const FIRST: u8, const LAST: u8> VmEngine<H> for Echo<KIND, FIRST, LAST> {
	fn access_set(_: &Self::Payload, _: IdCom) -> AccessSet {
		AccessSet::writes(Vec::new())
	}

	fn weight_limit(_: &H, _: &Self::Payload) -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn validate(_: &H, _: &CallContext, payload: &Self::Payload) -> Result<(), EchoStatus> {
		if payload.data == b"fail" {
			Err(EchoStatus("told to fail".into()))
		} else {
			Ok(())
		}
	}

	fn execute(
		host: &mut H,
		context: &CallContext,
		payload: &Self::Payload,
		meter: &mut Meter,
	) -> Result<Outcome<EchoStatus>, EngineFault> {
		let fate = match (
			meter.charge(Self::weight_limit(host, payload)),
			Self::validate(host, context, payload),
		) {
			(Err(_), _) => Fate::Halted(EchoStatus("out of gas".into())),
			(_, Err(status)) => Fate::Reverted(status),
			_ => Fate::Success,
		};
		Ok(Outcome { output: payload.data.clone(), ..Outcome::bare(fate) })
	}
}

impl<const KIND: u8, const FIRST: u8, const LAST: u8> MountedEngine for Echo<KIND, FIRST, LAST> {
	type Host = ();
	type Engine = Self;

	fn host() {}
}
