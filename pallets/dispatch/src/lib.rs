// SPDX-License-Identifier: Apache-2.0
//! One byte picks the VM.
//!
//! ```text
//!  submit(payload, context)
//!    │ engine switched on?                       no ─► dispatch error
//!    ▼
//!  snapshot ─► engine runs on one meter ─┬─ success ─► keep   ┐
//!                                        ├─ failure ─► undo   ├─► receipt, event; fee and nonce stay
//!                                        └─ fault   ─► undo ──┴─► dispatch error, logged as a defect
//!  end of block: receipts root
//! ```
//!
//! `submit_raw(vm, bytes)` takes the same way for a transaction that a wallet of another chain has signed.
//! Nobody else signs it: what is inside authorizes it, names its nonce and pays its fee ([`raw`]).
//!
//! # Guarantees
//! - **Atomic**: a VM runs inside a storage transaction. Unless it succeeds, nothing that it did is
//!   left; fee and nonce belong to the transaction around it and stay.
//! - **Isolated**: routing is a pure function of the payload's first byte, engines see only their
//!   host, and an engine that is switched off changes nothing for the others.
//! - **Accounted for**: one receipt per dispatched call; the block's receipts stay in its state and
//!   are committed to by a receipts root; the next block starts without them.
//!
//! What it does not do: it knows no VM by name. The runtime hands it a tuple of engines, and to add a
//! VM is to add a member to that tuple.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod admission;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod calls;
mod fees;
mod raw;
mod receipts;
mod weights;

#[cfg(test)]
mod tests;

pub use admission::Refusal;
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkConfig;
pub use fees::{ChargeAndRecord, RawFees};
pub use pallet::*;
pub use weights::{SubstrateWeight, WeightInfo};

use alloc::{boxed::Box, vec::Vec};
use frame_support::{
	dispatch::PostDispatchInfo,
	pallet_prelude::*,
	storage::{with_transaction, TransactionOutcome},
	traits::UnixTime,
};
use frame_system::pallet_prelude::*;
use sp_core::H256;
use sp_runtime::{
	traits::{Hash, SaturatedConversion, Zero},
	DispatchError,
};
use unum_address::VmKind;
use unum_id_com::IdCom;
use unum_vm_engine::{
	BlockEnv, CallContext, ContextTag, EngineFault, EngineInfo, EngineList, EngineTuple, Execution,
	IdentityRegistry, Meter, Payload, Receipt, ReceiptStatus,
};

/// The engines of `T` as a list.
pub type EnginesOf<T> = <<T as Config>::Engines as EngineTuple>::List;
/// The payload of `T`: one enum over the operations of all its engines.
pub type PayloadOf<T> = Payload<EnginesOf<T>>;

/// What runs a payload's call: the engines, or, for benchmarks, nothing at all.
type EngineOf<T> = fn(
	&<EnginesOf<T> as EngineList>::Call,
	&CallContext,
	&mut Meter,
) -> Result<Execution, EngineFault>;

/// Where this pallet's log lines go.
const LOG_TARGET: &str = "runtime::dispatch";

/// The pallet.
// The macros generate types without `Debug`, casts of checked indices, and proofs by `expect`.
#[allow(missing_debug_implementations, clippy::cast_possible_truncation, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;

	/// The version of the storage layout.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// What the dispatcher is composed of.
	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		RuntimeEvent: From<Event<Self>>,
		AccountId: Into<IdCom> + From<IdCom>,
		Hash = H256,
	>
	{
		/// The engines, as a tuple. Two that claim the same opcode do not compile.
		type Engines: EngineTuple;
		/// The registry that keeps senders from being reaped.
		type Identity: IdentityRegistry;
		/// Takes the fees of raw transactions.
		type RawFees: RawFees<Self::AccountId>;
		/// The block's time.
		type Clock: UnixTime;
		/// Who may switch engines.
		type ManageOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// What the dispatcher's own work weighs.
		type WeightInfo: WeightInfo;
	}

	/// Dispatches operations to the chain's VMs.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// VMs that are switched off. They refuse transactions; their state stays.
	// Identity: the keys are a handful of VM numbers that only the chain's managers choose.
	#[pallet::storage]
	pub type DisabledEngines<T: Config> = StorageMap<_, Identity, VmKind, (), OptionQuery>;

	/// The receipts of this block, in order. The next block starts without them.
	// One list that is only appended to (`pallet_lanes::Config::BlockLists`). Unbounded: a receipt is as
	// long as its logs, which the weight that its transaction paid bounds.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type Receipts<T: Config> = StorageValue<_, Vec<Receipt>, ValueQuery>;

	/// What extrinsics with receipts have paid, in base units of the native coin, by their positions,
	/// until the block ends and its receipts are given their fees.
	// Unbounded: an entry for each extrinsic, of a list like the one above.
	#[pallet::storage]
	#[pallet::unbounded]
	pub type ReceiptFees<T: Config> = StorageValue<_, Vec<(u32, u128)>, ValueQuery>;

	/// How many receipts the extrinsic at hand has, with its position. It is gone when the extrinsic has
	/// paid; one that pays nothing leaves it to the next one, to which it says nothing.
	#[pallet::storage]
	pub type ReceiptCount<T: Config> = StorageValue<_, (u32, u32), OptionQuery>;

	/// Commitment to the receipts of this block: the root of a Blake2-256 base-16 trie (state version 1)
	/// that maps each position in the block, SCALE compact, to the SCALE encoding of the receipt there.
	#[pallet::storage]
	pub type ReceiptsRoot<T: Config> = StorageValue<_, H256, ValueQuery>;

	/// What the dispatcher tells the world.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A VM ran an operation and its changes stay.
		Executed {
			/// Position among the receipts of its extrinsic.
			index: u32,
			/// The VM that ran.
			vm: VmKind,
			/// The payload's first byte.
			opcode: u8,
			/// Who called.
			sender: T::AccountId,
			/// Weight that the VM used.
			gas_used: Weight,
		},
		/// A VM refused an operation or stopped it. All that it did is undone; the fee is paid.
		ExecutionFailed {
			/// Position among the receipts of its extrinsic.
			index: u32,
			/// The VM that ran.
			vm: VmKind,
			/// The payload's first byte.
			opcode: u8,
			/// Who called.
			sender: T::AccountId,
			/// Weight that the VM used.
			gas_used: Weight,
			/// How it ended.
			status: ReceiptStatus,
			/// The VM's own status, SCALE-encoded.
			native_status: Vec<u8>,
			/// The cause as a sentence.
			message: Vec<u8>,
		},
		/// An engine was switched on or off.
		EngineSwitched {
			/// Which VM.
			vm: VmKind,
			/// Whether it accepts transactions from now on.
			enabled: bool,
		},
	}

	/// Why the dispatcher refused.
	#[pallet::error]
	pub enum Error<T> {
		/// The VM of this operation is switched off at present. Try again when it is on: `unum_engines`
		/// tells.
		EngineDisabled,
		/// The chain has no VM with this number. `unum_engines` lists those that it has.
		UnknownEngine,
		/// The engine failed in a way that is the chain's fault, not the sender's. Nothing was changed.
		/// Please report it.
		EngineFault,
		/// The transaction has as many receipts as can be counted.
		TooManyReceipts,
		/// The raw transaction does not hold. The transaction pool says why.
		Unauthorized,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Receipts::<T>::kill();
			T::WeightInfo::on_initialize()
		}

		fn on_finalize(_: BlockNumberFor<T>) {
			receipts::close::<T>();
		}

		fn integrity_test() {
			Self::check_engines()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Runs an operation of one of the chain's VMs.
		///
		/// The payload's variant says which: its index is the opcode, and the opcode picks the VM.
		/// An operation that its VM refuses is included all the same: it changes nothing but fee and
		/// nonce, and its event and receipt say why.
		///
		/// ## Origin
		/// Signed. The operation acts as the signer's id_com, which is its account.
		///
		/// ## Errors
		/// `EngineDisabled` while the VM is switched off.
		///
		/// ## Events
		/// `Executed` or `ExecutionFailed`.
		#[pallet::call_index(0)]
		#[pallet::weight(
			T::WeightInfo::submit().saturating_add(EnginesOf::<T>::weight_limit(payload.call()))
		)]
		pub fn submit(
			origin: OriginFor<T>,
			payload: Box<PayloadOf<T>>,
			context: Option<ContextTag>,
		) -> DispatchResultWithPostInfo {
			let sender = ensure_signed(origin)?;
			let gas_used = Self::run(sender, &payload, context, EnginesOf::<T>::execute)?;
			Ok(PostDispatchInfo {
				actual_weight: Some(T::WeightInfo::submit().saturating_add(gas_used)),
				pays_fee: Pays::Yes,
			})
		}

		/// Switches a VM on or off. While it is off it refuses transactions; its state stays.
		///
		/// ## Origin
		/// The chain's managers (root).
		///
		/// ## Errors
		/// `UnknownEngine` if there is no such VM.
		///
		/// ## Events
		/// `EngineSwitched`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_engine_enabled())]
		pub fn set_engine_enabled(
			origin: OriginFor<T>,
			vm: VmKind,
			enabled: bool,
		) -> DispatchResult {
			T::ManageOrigin::ensure_origin(origin)?;
			ensure!(Self::engines().iter().any(|info| info.vm == vm), Error::<T>::UnknownEngine);
			if enabled {
				DisabledEngines::<T>::remove(vm);
			} else {
				DisabledEngines::<T>::insert(vm, ());
			}
			Self::deposit_event(Event::EngineSwitched { vm, enabled });
			Ok(())
		}

		/// Runs a transaction of another chain, exactly as its wallet signed it.
		///
		/// - `vm`: the VM of that chain.
		/// - `bytes`: the transaction in that chain's own encoding; for the EVM a typed or legacy
		///   transaction (EIP-2718).
		///
		/// It acts as the identity of the wallet's address, counts that identity's nonce, and pays in its
		/// own chain's terms: for the EVM, what its gas price says for the gas that it used.
		///
		/// ## Origin
		/// None: a general transaction. What the wallet has signed authorizes it.
		///
		/// ## Errors
		/// Refused by the transaction pool, with the cause in that chain's words.
		///
		/// ## Events
		/// `Executed` or `ExecutionFailed`.
		#[pallet::call_index(2)]
		#[pallet::authorize(|source, vm, bytes| Self::authorize_raw(source, *vm, bytes))]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_raw())]
		#[pallet::weight(
			T::WeightInfo::submit_raw().saturating_add(EnginesOf::<T>::raw_weight_limit(*vm, bytes))
		)]
		pub fn submit_raw(
			origin: OriginFor<T>,
			vm: VmKind,
			bytes: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			ensure_authorized(origin)?;
			Self::do_submit_raw(vm, &bytes, EnginesOf::<T>::execute_raw)
		}
	}
}

impl<T: Config> Pallet<T> {
	/// The engines of this runtime.
	pub fn engines() -> Vec<EngineInfo> {
		EnginesOf::<T>::infos()
	}

	/// The receipts of this block, in order.
	pub fn receipts() -> Vec<Receipt> {
		receipts::all::<T>()
	}

	/// Whether `vm` accepts transactions.
	pub fn is_enabled(vm: VmKind) -> bool {
		!DisabledEngines::<T>::contains_key(vm)
	}

	/// The block that is being built or checked, as engines see it.
	pub fn block_env() -> BlockEnv {
		BlockEnv {
			number: frame_system::Pallet::<T>::block_number().saturated_into(),
			parent_hash: frame_system::Pallet::<T>::parent_hash(),
			timestamp_ms: T::Clock::now().as_millis().saturated_into(),
			genesis_hash: frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()),
		}
	}

	/// Runs a payload as `sender`, by `engine`, and records its receipt. Returns the weight that the VM
	/// used.
	fn run(
		sender: T::AccountId,
		payload: &PayloadOf<T>,
		tag: Option<ContextTag>,
		engine: EngineOf<T>,
	) -> Result<Weight, DispatchError> {
		ensure!(Self::is_enabled(payload.vm()), Error::<T>::EngineDisabled);
		let context = Self::call_context(sender.into(), tag);
		let mut meter = Meter::new(EnginesOf::<T>::weight_limit(payload.call()));
		let execution = Self::execute(payload, &context, &mut meter, engine)?
			.map_err(|fault| Self::report(fault, payload.vm()))?;
		let operation = (payload.vm(), payload.opcode());
		receipts::record::<T>(operation, &context, meter.used(), execution)?;
		Ok(meter.used())
	}

	fn call_context(sender: IdCom, tag: Option<ContextTag>) -> CallContext {
		let extrinsic = frame_system::Pallet::<T>::extrinsic_index().unwrap_or_default();
		let bytes = frame_system::Pallet::<T>::extrinsic_data(extrinsic);
		let transaction_hash = T::Hashing::hash(&bytes);
		CallContext { sender, transaction_hash, tag, block: Self::block_env() }
	}

	/// Runs the engine on a snapshot, kept only where it succeeds.
	fn execute(
		payload: &PayloadOf<T>,
		context: &CallContext,
		meter: &mut Meter,
		engine: EngineOf<T>,
	) -> Result<Result<Execution, EngineFault>, DispatchError> {
		with_transaction(|| match engine(payload.call(), context, meter) {
			Ok(execution) if execution.status == ReceiptStatus::Success => {
				TransactionOutcome::Commit(Ok(Ok(execution)))
			},
			other => TransactionOutcome::Rollback(Ok(other)),
		})
	}

	fn report(fault: EngineFault, vm: VmKind) -> DispatchError {
		log::error!(target: LOG_TARGET, "engine {vm} failed, which is a defect: {fault}");
		Error::<T>::EngineFault.into()
	}

	/// Checks what the types can't: that each engine's operations lie in its own range.
	fn check_engines() {
		let table = const { <EnginesOf<T> as EngineList>::TABLE };
		for variant in EnginesOf::<T>::variants() {
			let opcode = unum_vm_engine::Opcode::new(variant.index);
			assert!(table.route(opcode).is_some(), "opcode {opcode} lies in no engine's range");
		}
	}

	/// The invariants of this pallet's storage, always compiled so that a running node can check them.
	///
	/// # Errors
	/// The first invariant that does not hold, as a sentence.
	pub fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
		let known = Self::engines();
		let disabled_are_known =
			DisabledEngines::<T>::iter_keys().all(|vm| known.iter().any(|info| info.vm == vm));
		ensure!(disabled_are_known, "dispatch: a VM that does not exist is switched off");
		receipts::check::<T>()
	}
}
