// SPDX-License-Identifier: Apache-2.0
//! The interface of an engine.

use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt::{Debug, Display};
use scale_info::TypeInfo;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

use crate::{
	AccessSet, CallContext, EngineFault, Meter, OpcodeRange, Outcome, RawTransaction, Rejection,
};

/// A VM's own status of a call that did not succeed.
pub trait NativeStatus: Clone + PartialEq + Debug + Display + Encode {
	/// A number from 0 to 127 that names the cause, stable for ever: what a wallet sees where the
	/// transaction pool can carry no more than a byte. The sentence is the [`Display`] form.
	fn code(&self) -> u8;
}

/// What a VM is, whatever it runs on.
pub trait Vm {
	/// Which VM.
	const KIND: VmKind;
	/// Its name for people and RPC: lower case, no spaces.
	const NAME: &'static str;
	/// The opcodes that it owns.
	const OPCODES: OpcodeRange;

	/// Its operations: an enum whose variant indices are opcodes of [`Self::OPCODES`], so that its
	/// SCALE encoding is the payload. Documented, because the metadata shows it in wallets.
	type Payload: Encode
		+ Decode
		+ DecodeWithMemTracking
		+ TypeInfo
		+ Clone
		+ PartialEq
		+ Eq
		+ Debug
		+ Send
		+ Sync
		+ 'static;

	/// Its ways to say no.
	type Status: NativeStatus;
}

/// An engine: a VM that runs over hosts of type `H`.
///
/// # Determinism
/// Every function depends on its arguments alone, the host being one of them. No clock, no floats, no
/// hash-map order, no pointer-width values.
///
/// Each engine passes [`crate::engine_conformance!`].
pub trait VmEngine<H>: Vm {
	/// What the call may touch, at most.
	fn access_set(payload: &Self::Payload, sender: IdCom) -> AccessSet;

	/// The most that the call can use: what its sender pays for beforehand.
	fn weight_limit(host: &H, payload: &Self::Payload) -> Weight;

	/// Whether the call is worth including: well-formed, and payable in the state at hand. Cheap, and
	/// read-only.
	///
	/// # Errors
	/// The status with which [`Self::execute`] would fail in that same state.
	fn validate(
		host: &H,
		context: &CallContext,
		payload: &Self::Payload,
	) -> Result<(), Self::Status>;

	/// Runs the call. The caller has opened a snapshot and undoes it unless the fate is a success.
	///
	/// # Errors
	/// [`EngineFault`]: a bug of ours. All that a user can cause is an [`Outcome`].
	fn execute(
		host: &mut H,
		context: &CallContext,
		payload: &Self::Payload,
		meter: &mut Meter,
	) -> Result<Outcome<Self::Status>, EngineFault>;

	/// The most that a raw transaction can use: cheap, without a look at its signature. Zero where the
	/// bytes are none.
	fn raw_weight_limit(_host: &H, _bytes: &[u8]) -> Weight {
		Weight::zero()
	}

	/// Reads and verifies a transaction that a wallet of this VM's own chain signed: its encoding is
	/// exact, it is for this chain, its signature is strict, and its sender can pay for it in the state
	/// at hand. Reads only.
	///
	/// By default a VM takes none.
	///
	/// # Errors
	/// The refusal, in the words of that chain. A block never holds a transaction that is refused.
	fn read_raw(_host: &H, _bytes: &[u8]) -> Result<RawTransaction, Rejection> {
		Err(Rejection::no_raw_transactions(Self::KIND))
	}

	/// What a raw transaction may touch, at most. Cheap, without a look at its signature; a hint for
	/// planning alone.
	fn raw_access_set(_host: &H, _bytes: &[u8]) -> AccessSet {
		AccessSet::Global
	}

	/// Remembers a raw transaction that has no nonce ([`ReplayGuard::Once`](crate::ReplayGuard)), so
	/// that [`Self::read_raw`] refuses it from now on. Kept whatever becomes of it.
	fn note_raw(_host: &mut H, _bytes: &[u8]) {}

	/// Runs a raw transaction that [`Self::read_raw`] has let pass, and whose fee is taken and which
	/// can't come again by now. `sender`: the address that signed.
	///
	/// What a failed transaction leaves behind is for the rules of its chain to say (delegations of
	/// EIP-7702 stay, for one), so the engine undoes what is to be undone itself, and its caller keeps
	/// the rest.
	///
	/// # Errors
	/// [`EngineFault`], after which the caller undoes everything.
	fn execute_raw(
		_host: &mut H,
		_bytes: &[u8],
		_sender: &Address,
		_context: &CallContext,
		_meter: &mut Meter,
	) -> Result<Outcome<Self::Status>, EngineFault> {
		Err(EngineFault::BrokenState)
	}
}

/// An engine on the host of its pallet: what the dispatcher sees of a VM.
pub trait MountedEngine: 'static {
	/// What it runs on.
	type Host;
	/// The engine.
	type Engine: VmEngine<Self::Host>;

	/// The host, over the state of the block at hand.
	fn host() -> Self::Host;
}
