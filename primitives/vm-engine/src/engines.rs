// SPDX-License-Identifier: Apache-2.0
//! Many engines as one: the tuple that the dispatcher sees.
//!
//! A tuple of [`MountedEngine`]s becomes a list ([`Link`] … [`End`]), and the list does by recursion
//! what an enum over all VMs would do, without anybody having to write that enum: route a byte,
//! decode and encode, describe itself in the metadata, validate, execute.

use alloc::{string::ToString, vec::Vec};
use codec::{Decode, Encode, Error, Input};
use core::{convert::Infallible, fmt::Debug, marker::PhantomData};
use scale_info::{form::MetaForm, TypeDef, TypeInfo, Variant};
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

use crate::{
	limits::MAX_MESSAGE_BYTES, AccessSet, CallContext, EngineFault, Fate, Log, Meter,
	MountedEngine, NativeStatus, Opcode, OpcodeRange, Outcome, RawTransaction, ReceiptStatus, Vm,
	VmEngine,
};

/// How many engines can be mounted: as many as there are ranges of sixteen opcodes.
const MAX_ENGINES: usize = 16;

/// Engine statuses start here among the one-byte codes of the transaction pool; below are the
/// dispatcher's own.
pub(crate) const FIRST_ENGINE_CODE: u8 = 128;

/// Which VM owns which opcodes. Built at compile time; two engines that share an opcode or a
/// [`VmKind`] stop the build.
#[derive(Clone, Copy, Debug)]
pub struct RoutingTable {
	rows: [Option<(VmKind, OpcodeRange)>; MAX_ENGINES],
	count: usize,
}

impl RoutingTable {
	const EMPTY: Self = Self { rows: [None; MAX_ENGINES], count: 0 };

	/// The table with one engine more.
	// Runs at compile time alone, where a panic is a message of the compiler.
	#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
	const fn with(mut self, vm: VmKind, range: OpcodeRange) -> Self {
		assert!(self.count < MAX_ENGINES, "too many engines");
		let mut i = 0;
		while i < self.count {
			if let Some((other, taken)) = self.rows[i] {
				assert!(!taken.overlaps(range), "two engines claim the same opcode");
				assert!(other.get() != vm.get(), "two engines claim the same VM number");
			}
			i += 1;
		}
		self.rows[self.count] = Some((vm, range));
		self.count += 1;
		self
	}

	/// The VM that owns `opcode`, if any. A pure function of the byte.
	pub fn route(&self, opcode: Opcode) -> Option<VmKind> {
		self.rows.iter().flatten().find(|(_, range)| range.contains(opcode)).map(|(vm, _)| *vm)
	}
}

/// What a failed validation tells the sender.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rejection {
	/// The cause as one byte, 128 and up: all that the transaction pool can carry.
	pub code: u8,
	/// The cause as a sentence.
	pub message: alloc::string::String,
}

impl<S: NativeStatus> From<S> for Rejection {
	fn from(status: S) -> Self {
		Self { code: FIRST_ENGINE_CODE.saturating_add(status.code()), message: status.to_string() }
	}
}

/// What came of a call, in a form that is the same for every VM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Execution {
	/// How it ended.
	pub status: ReceiptStatus,
	/// The VM's own status, SCALE-encoded; empty on success.
	pub native_status: Vec<u8>,
	/// The same as a sentence of at most [`MAX_MESSAGE_BYTES`]; empty on success.
	pub message: Vec<u8>,
	/// What it returned.
	pub output: Vec<u8>,
	/// What it logged; empty unless it succeeded.
	pub logs: Vec<Log>,
	/// Addresses that it brought to life; empty unless it succeeded.
	pub created: Vec<Address>,
}

/// An engine as it describes itself.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct EngineInfo {
	/// Which VM.
	pub vm: VmKind,
	/// Its name, UTF-8.
	pub name: Vec<u8>,
	/// Its lowest opcode.
	pub first_opcode: u8,
	/// Its highest opcode.
	pub last_opcode: u8,
}

/// A tuple of mounted engines, at most eight for now.
///
/// # Examples
/// Two engines that claim the same opcode do not compile:
/// ```compile_fail
/// # use unum_vm_engine::{conformance::Echo, EngineTuple, EngineList};
/// type Engines = <(Echo<1, 0x10, 0x1f>, Echo<2, 0x1f, 0x2f>) as EngineTuple>::List;
/// let table = const { <Engines as EngineList>::TABLE };
/// ```
/// Two that do not, do:
/// ```
/// # use unum_vm_engine::{conformance::Echo, EngineTuple, EngineList, Opcode};
/// type Engines = <(Echo<1, 0x10, 0x1f>, Echo<2, 0x20, 0x2f>) as EngineTuple>::List;
/// let table = const { <Engines as EngineList>::TABLE };
/// assert_eq!(table.route(Opcode::new(0x2f)).map(|vm| vm.get()), Some(2));
/// ```
pub trait EngineTuple {
	/// The same engines as a list.
	type List: EngineList;
}

/// An engine and the ones after it.
#[derive(Debug)]
pub struct Link<Head, Tail>(PhantomData<(Head, Tail)>);

/// No further engine.
#[derive(Debug)]
pub struct End;

macro_rules! list {
	() => { End };
	($head:ident $($tail:ident)*) => { Link<$head, list!($($tail)*)> };
}

macro_rules! tuples {
	($($name:ident)*) => {
		impl<$($name: MountedEngine),*> EngineTuple for ($($name,)*) {
			type List = list!($($name)*);
		}
	};
}

tuples!(A);
tuples!(A B);
tuples!(A B C);
tuples!(A B C D);
tuples!(A B C D E);
tuples!(A B C D E F);
tuples!(A B C D E F G);
tuples!(A B C D E F G H);

/// The operations of a list of engines.
pub trait EngineList: 'static {
	/// A call of any of them.
	type Call: Clone + PartialEq + Eq + Debug + Encode + Send + Sync + 'static;

	/// Which VM owns which opcodes.
	const TABLE: RoutingTable;

	/// Decodes the call that starts with `opcode`; `input` still holds the opcode as its first byte.
	/// `Ok(None)` where no engine owns it.
	///
	/// # Errors
	/// The bytes do not decode as that engine's payload.
	fn decode<I: Input>(opcode: Opcode, input: &mut I) -> Result<Option<Self::Call>, Error>;

	/// The variants of all payload enums, for the metadata.
	fn variants() -> Vec<Variant<MetaForm>>;

	/// The engines in order.
	fn infos() -> Vec<EngineInfo>;

	/// The VM that `call` is for.
	fn vm(call: &Self::Call) -> VmKind;

	/// [`VmEngine::access_set`].
	fn access_set(call: &Self::Call, sender: IdCom) -> AccessSet;

	/// [`VmEngine::weight_limit`].
	fn weight_limit(call: &Self::Call) -> Weight;

	/// [`VmEngine::validate`].
	///
	/// # Errors
	/// The engine's status, as code and sentence.
	fn validate(call: &Self::Call, context: &CallContext) -> Result<(), Rejection>;

	/// [`VmEngine::execute`].
	///
	/// # Errors
	/// A fault of ours.
	fn execute(
		call: &Self::Call,
		context: &CallContext,
		meter: &mut Meter,
	) -> Result<Execution, EngineFault>;

	/// [`VmEngine::raw_weight_limit`] of the engine of `vm`.
	fn raw_weight_limit(vm: VmKind, bytes: &[u8]) -> Weight;

	/// [`VmEngine::read_raw`] of the engine of `vm`.
	///
	/// # Errors
	/// The engine's refusal, or that there is no such engine.
	fn read_raw(vm: VmKind, bytes: &[u8]) -> Result<RawTransaction, Rejection>;

	/// [`VmEngine::raw_access_set`] of the engine of `vm`.
	fn raw_access_set(vm: VmKind, bytes: &[u8]) -> AccessSet;

	/// [`VmEngine::note_raw`] of the engine of `vm`.
	fn note_raw(vm: VmKind, bytes: &[u8]);

	/// [`VmEngine::execute_raw`] of the engine of `vm`.
	///
	/// # Errors
	/// A fault of ours.
	fn execute_raw(
		vm: VmKind,
		bytes: &[u8],
		sender: &Address,
		context: &CallContext,
		meter: &mut Meter,
	) -> Result<Execution, EngineFault>;
}

impl EngineList for End {
	type Call = NoCall;

	const TABLE: RoutingTable = RoutingTable::EMPTY;

	fn decode<I: Input>(_: Opcode, _: &mut I) -> Result<Option<NoCall>, Error> {
		Ok(None)
	}

	fn variants() -> Vec<Variant<MetaForm>> {
		Vec::new()
	}

	fn infos() -> Vec<EngineInfo> {
		Vec::new()
	}

	fn vm(call: &NoCall) -> VmKind {
		match call.0 {}
	}

	fn access_set(call: &NoCall, _: IdCom) -> AccessSet {
		match call.0 {}
	}

	fn weight_limit(call: &NoCall) -> Weight {
		match call.0 {}
	}

	fn validate(call: &NoCall, _: &CallContext) -> Result<(), Rejection> {
		match call.0 {}
	}

	fn execute(call: &NoCall, _: &CallContext, _: &mut Meter) -> Result<Execution, EngineFault> {
		match call.0 {}
	}

	fn raw_weight_limit(_: VmKind, _: &[u8]) -> Weight {
		Weight::zero()
	}

	fn read_raw(vm: VmKind, _: &[u8]) -> Result<RawTransaction, Rejection> {
		Err(Rejection::no_raw_transactions(vm))
	}

	fn raw_access_set(_: VmKind, _: &[u8]) -> AccessSet {
		AccessSet::Global
	}

	fn note_raw(_: VmKind, _: &[u8]) {}

	fn execute_raw(
		_: VmKind,
		_: &[u8],
		_: &Address,
		_: &CallContext,
		_: &mut Meter,
	) -> Result<Execution, EngineFault> {
		Err(EngineFault::BrokenState)
	}
}

/// A call that can't exist: the end of the list has none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoCall(Infallible);

impl Encode for NoCall {
	fn encode(&self) -> Vec<u8> {
		match self.0 {}
	}
}

/// A call of the first engine of a list or of one of the others. Encodes as that engine's payload,
/// without a byte of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OneOf<First, Others> {
	/// Of the first.
	First(First),
	/// Of another.
	Others(Others),
}

impl<First: Encode, Others: Encode> Encode for OneOf<First, Others> {
	fn size_hint(&self) -> usize {
		match self {
			Self::First(call) => call.size_hint(),
			Self::Others(call) => call.size_hint(),
		}
	}

	fn encode_to<T: codec::Output + ?Sized>(&self, dest: &mut T) {
		match self {
			Self::First(call) => call.encode_to(dest),
			Self::Others(call) => call.encode_to(dest),
		}
	}
}

type EngineOf<M> = <M as MountedEngine>::Engine;
type PayloadOf<M> = <EngineOf<M> as Vm>::Payload;

impl<Head: MountedEngine, Tail: EngineList> EngineList for Link<Head, Tail> {
	type Call = OneOf<PayloadOf<Head>, Tail::Call>;

	const TABLE: RoutingTable =
		Tail::TABLE.with(<EngineOf<Head> as Vm>::KIND, <EngineOf<Head> as Vm>::OPCODES);

	fn decode<I: Input>(opcode: Opcode, input: &mut I) -> Result<Option<Self::Call>, Error> {
		if EngineOf::<Head>::OPCODES.contains(opcode) {
			PayloadOf::<Head>::decode(input).map(|call| Some(OneOf::First(call)))
		} else {
			Ok(Tail::decode(opcode, input)?.map(OneOf::Others))
		}
	}

	fn variants() -> Vec<Variant<MetaForm>> {
		let TypeDef::Variant(own) = PayloadOf::<Head>::type_info().type_def else {
			return Tail::variants();
		};
		own.variants.into_iter().chain(Tail::variants()).collect()
	}

	fn infos() -> Vec<EngineInfo> {
		let own = EngineInfo {
			vm: EngineOf::<Head>::KIND,
			name: EngineOf::<Head>::NAME.as_bytes().to_vec(),
			first_opcode: EngineOf::<Head>::OPCODES.first().get(),
			last_opcode: EngineOf::<Head>::OPCODES.last().get(),
		};
		core::iter::once(own).chain(Tail::infos()).collect()
	}

	fn vm(call: &Self::Call) -> VmKind {
		match call {
			OneOf::First(_) => EngineOf::<Head>::KIND,
			OneOf::Others(call) => Tail::vm(call),
		}
	}

	fn access_set(call: &Self::Call, sender: IdCom) -> AccessSet {
		match call {
			OneOf::First(call) => EngineOf::<Head>::access_set(call, sender),
			OneOf::Others(call) => Tail::access_set(call, sender),
		}
	}

	fn weight_limit(call: &Self::Call) -> Weight {
		match call {
			OneOf::First(call) => EngineOf::<Head>::weight_limit(&Head::host(), call),
			OneOf::Others(call) => Tail::weight_limit(call),
		}
	}

	fn validate(call: &Self::Call, context: &CallContext) -> Result<(), Rejection> {
		match call {
			OneOf::First(call) => {
				EngineOf::<Head>::validate(&Head::host(), context, call).map_err(Into::into)
			},
			OneOf::Others(call) => Tail::validate(call, context),
		}
	}

	fn execute(
		call: &Self::Call,
		context: &CallContext,
		meter: &mut Meter,
	) -> Result<Execution, EngineFault> {
		match call {
			OneOf::First(call) => {
				EngineOf::<Head>::execute(&mut Head::host(), context, call, meter).map(execution)
			},
			OneOf::Others(call) => Tail::execute(call, context, meter),
		}
	}

	fn raw_weight_limit(vm: VmKind, bytes: &[u8]) -> Weight {
		if vm == EngineOf::<Head>::KIND {
			EngineOf::<Head>::raw_weight_limit(&Head::host(), bytes)
		} else {
			Tail::raw_weight_limit(vm, bytes)
		}
	}

	fn read_raw(vm: VmKind, bytes: &[u8]) -> Result<RawTransaction, Rejection> {
		if vm == EngineOf::<Head>::KIND {
			EngineOf::<Head>::read_raw(&Head::host(), bytes)
		} else {
			Tail::read_raw(vm, bytes)
		}
	}

	fn raw_access_set(vm: VmKind, bytes: &[u8]) -> AccessSet {
		if vm == EngineOf::<Head>::KIND {
			EngineOf::<Head>::raw_access_set(&Head::host(), bytes)
		} else {
			Tail::raw_access_set(vm, bytes)
		}
	}

	fn note_raw(vm: VmKind, bytes: &[u8]) {
		if vm == EngineOf::<Head>::KIND {
			EngineOf::<Head>::note_raw(&mut Head::host(), bytes)
		} else {
			Tail::note_raw(vm, bytes)
		}
	}

	fn execute_raw(
		vm: VmKind,
		bytes: &[u8],
		sender: &Address,
		context: &CallContext,
		meter: &mut Meter,
	) -> Result<Execution, EngineFault> {
		if vm == EngineOf::<Head>::KIND {
			let host = &mut Head::host();
			EngineOf::<Head>::execute_raw(host, bytes, sender, context, meter).map(execution)
		} else {
			Tail::execute_raw(vm, bytes, sender, context, meter)
		}
	}
}

/// Brings an outcome into the form that all engines share.
fn execution<S: NativeStatus>(outcome: Outcome<S>) -> Execution {
	let status = ReceiptStatus::from(&outcome.fate);
	match failure_of(outcome.fate) {
		None => Execution {
			status,
			native_status: Vec::new(),
			message: Vec::new(),
			output: outcome.output,
			logs: outcome.logs,
			created: outcome.created,
		},
		Some(failure) => Execution {
			status,
			native_status: failure.encode(),
			message: sentence(&failure),
			output: outcome.output,
			logs: Vec::new(),
			created: Vec::new(),
		},
	}
}

fn failure_of<S>(fate: Fate<S>) -> Option<S> {
	match fate {
		Fate::Success => None,
		Fate::Reverted(status) | Fate::Halted(status) | Fate::FeesOnly(status) => Some(status),
	}
}

/// The sentence of a status, cut at a character boundary where it is too long.
fn sentence<S: NativeStatus>(status: &S) -> Vec<u8> {
	let limit = usize::try_from(MAX_MESSAGE_BYTES).unwrap_or(usize::MAX);
	let mut text = status.to_string();
	let end = (0..=limit.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
	text.truncate(end);
	text.into_bytes()
}
