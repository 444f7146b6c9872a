// SPDX-License-Identifier: Apache-2.0
//! The chain's registry of identities, as pallets use it.

use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

/// Who owns which address, and which accounts must never be reaped.
///
/// Implemented by the identity pallet; used by the ledger, the engines' hosts and the dispatcher.
pub trait IdentityRegistry {
	/// The address under which `vm` shows `id`; `None` where that VM has no address rule of its own.
	fn address_of(id: IdCom, vm: VmKind) -> Option<Address>;

	/// The identity that owns `address`: the indexed owner, else the identity that the address has
	/// while it is unbound. Total: every address has exactly one owner.
	fn resolve(address: &Address) -> IdCom;

	/// Whether the chain has an account for `id`.
	fn exists(id: IdCom) -> bool;

	/// Makes sure that `id` has an account which is never reaped, so that its nonce never starts
	/// again at zero. Indexes its addresses if this is its first sight. Idempotent.
	fn retain(id: IdCom);
}
