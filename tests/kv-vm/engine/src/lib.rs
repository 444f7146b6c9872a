// SPDX-License-Identifier: Apache-2.0
//! A key-value VM: small, but a whole engine. Each identity has its own keys; a value can be set and
//! deleted, and deleting what is not there fails.
//!
//! It lives with the tests: the live-upgrade test adds it to a running chain as the sixth engine, and
//! nothing of the chain may have to change for that.

#![cfg_attr(not(feature = "std"), no_std)]
// The derive of the codec casts the index of a variant, which it has checked, to a byte: so truncation
// is not denied here.
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use sha2::{Digest, Sha256};
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::{
	AccessKey, AccessSet, CallContext, EngineFault, Fate, KeyValueHost, Log, Meter, NativeStatus,
	OpcodeRange, OutOfGas, Outcome, Vm, VmEngine,
};

/// Longest key, in bytes.
pub const MAX_KEY_BYTES: u32 = 64;
/// Longest value, in bytes.
pub const MAX_VALUE_BYTES: u32 = 1024;

/// An operation of the key-value VM. The variant's index is its opcode.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum KvCall {
	/// Sets a value of the sender.
	#[codec(index = 0x50)]
	KvPut {
		/// At most 64 bytes.
		key: Vec<u8>,
		/// At most 1,024 bytes.
		value: Vec<u8>,
	},
	/// Deletes a value of the sender.
	#[codec(index = 0x51)]
	KvDelete {
		/// At most 64 bytes.
		key: Vec<u8>,
	},
}

impl KvCall {
	fn key(&self) -> &[u8] {
		match self {
			Self::KvPut { key, .. } | Self::KvDelete { key } => key,
		}
	}
}

/// Why an operation failed.
#[derive(Clone, PartialEq, Eq, Debug, Encode)]
pub enum KvFailure {
	/// The key is too long.
	#[codec(index = 0)]
	KeyTooLong,
	/// The value is too long.
	#[codec(index = 1)]
	ValueTooLong,
	/// There is nothing under the key.
	#[codec(index = 2)]
	NotFound,
	/// The budget does not cover the operation.
	#[codec(index = 3)]
	OutOfGas,
}

impl From<OutOfGas> for KvFailure {
	fn from(_: OutOfGas) -> Self {
		Self::OutOfGas
	}
}

impl NativeStatus for KvFailure {
	fn code(&self) -> u8 {
		match self {
			Self::KeyTooLong => 1,
			Self::ValueTooLong => 2,
			Self::NotFound => 3,
			Self::OutOfGas => 127,
		}
	}
}

impl fmt::Display for KvFailure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::KeyTooLong => write!(f, "the key is longer than {MAX_KEY_BYTES} bytes"),
			Self::ValueTooLong => write!(f, "the value is longer than {MAX_VALUE_BYTES} bytes"),
			Self::NotFound => f.write_str("there is no value under this key"),
			Self::OutOfGas => f.write_str("out of gas: the budget does not cover the operation"),
		}
	}
}

/// The key-value engine.
#[derive(Clone, Copy, Debug)]
pub struct KvEngine;

impl Vm for KvEngine {
	const KIND: VmKind = VmKind::new(5);
	const NAME: &'static str = "kv";
	const OPCODES: OpcodeRange = OpcodeRange::new(0x50, 0x5f);
	type Payload = KvCall;
	type Status = KvFailure;
}

/// A read, a write and a hash, in picoseconds; rounded up.
const OPERATION: Weight = Weight::from_parts(150_000_000, 0);

impl<H: KeyValueHost> VmEngine<H> for KvEngine {
	fn access_set(payload: &KvCall, sender: IdCom) -> AccessSet {
		let digest = sha256(&storage_key(sender, payload.key()));
		AccessSet::writes(vec![AccessKey::Storage(Self::KIND, digest)])
	}

	fn weight_limit(_: &H, _: &KvCall) -> Weight {
		OPERATION
	}

	fn validate(host: &H, context: &CallContext, payload: &KvCall) -> Result<(), KvFailure> {
		ensure_fits(payload.key(), MAX_KEY_BYTES, KvFailure::KeyTooLong)?;
		match payload {
			KvCall::KvPut { value, .. } => {
				ensure_fits(value, MAX_VALUE_BYTES, KvFailure::ValueTooLong)
			},
			KvCall::KvDelete { key } => {
				host.read(&storage_key(context.sender, key)).map(|_| ()).ok_or(KvFailure::NotFound)
			},
		}
	}

	fn execute(
		host: &mut H,
		context: &CallContext,
		payload: &KvCall,
		meter: &mut Meter,
	) -> Result<Outcome<KvFailure>, EngineFault> {
		if let Err(out_of_gas) = meter.charge(OPERATION) {
			return Ok(Outcome::bare(Fate::Halted(out_of_gas.into())));
		}
		if let Err(failure) = Self::validate(host, context, payload) {
			return Ok(Outcome::bare(Fate::Reverted(failure)));
		}
		let key = storage_key(context.sender, payload.key());
		let before = host.read(&key).unwrap_or_default();
		host.write(&key, new_value(payload));
		let log = Log {
			emitter: Address::Native(context.sender),
			topics: vec![sha256(payload.key()).into()],
			data: new_value(payload).unwrap_or_default(),
		};
		Ok(Outcome { output: before, logs: vec![log], ..Outcome::bare(Fate::Success) })
	}
}

fn new_value(payload: &KvCall) -> Option<Vec<u8>> {
	match payload {
		KvCall::KvPut { value, .. } => Some(value.clone()),
		KvCall::KvDelete { .. } => None,
	}
}

fn storage_key(owner: IdCom, key: &[u8]) -> Vec<u8> {
	[&owner.as_bytes()[..], key].concat()
}

fn ensure_fits(bytes: &[u8], limit: u32, failure: KvFailure) -> Result<(), KvFailure> {
	match u32::try_from(bytes.len()) {
		Ok(length) if length <= limit => Ok(()),
		_ => Err(failure),
	}
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
	Sha256::digest(bytes).into()
}
