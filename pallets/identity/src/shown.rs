// SPDX-License-Identifier: Apache-2.0
//! Who has to know when a VM shows an identity by another address.

use frame_support::weights::Weight;
use unum_address::Address;
use unum_id_com::IdCom;

/// Is told when an identity has chosen an address by which its VM shows it, or has bound the first one.
///
/// What stands at addresses that are made from an owner's address has to follow it then.
pub trait OnShown {
	/// `id` is shown by `address` from now on.
	fn on_shown(id: IdCom, address: &Address);

	/// The most that it weighs.
	fn weight() -> Weight;
}

/// Nobody has to know.
impl OnShown for () {
	fn on_shown(_: IdCom, _: &Address) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}
