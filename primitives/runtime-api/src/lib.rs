// SPDX-License-Identifier: Apache-2.0
//! What the node may ask the runtime.
//!
//! The runtime can be replaced while a node runs, so all that a node needs to know of VMs, addresses
//! and refusals is asked here and not linked in: a node that was built before a VM existed lists that
//! VM, shows its receipts and speaks its error messages.

#![cfg_attr(not(feature = "std"), no_std)]
// The macro declares functions that take what the runtime API machinery hands them.
#![allow(missing_docs, clippy::too_many_arguments)]

extern crate alloc;

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::{EngineInfo, Receipt};

/// An engine and whether it accepts transactions.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct EngineStatus {
	/// The engine.
	pub info: EngineInfo,
	/// Whether it is switched on.
	pub enabled: bool,
}

sp_api::decl_runtime_apis! {
	/// Engines, identities, receipts and refusals.
	pub trait UnumApi {
		/// The chain's engines in order, with their opcodes and switches.
		fn engines() -> Vec<EngineStatus>;

		/// The address under which `vm` shows `id_com`; `None` where it has no addresses of its own.
		fn address_of(id_com: IdCom, vm: VmKind) -> Option<Address>;

		/// The identity that owns `address`.
		fn resolve(address: Address) -> IdCom;

		/// The receipts of the block at hand, in order.
		fn receipts() -> Vec<Receipt>;

		/// Why the extrinsic, SCALE-encoded, is refused before inclusion, as a UTF-8 sentence. `None`
		/// where the runtime has no words of its own for it. `block_hash` is the hash of the block at
		/// hand, which the runtime can't know.
		fn explain_refusal(extrinsic: Vec<u8>, block_hash: Block::Hash) -> Option<Vec<u8>>;

		/// The invariants of the pallets' storage that do not hold, each as a UTF-8 sentence. Reads all
		/// of the state: for tests and operators, not for every block.
		fn violated_invariants() -> Vec<Vec<u8>>;
	}
}
