// SPDX-License-Identifier: Apache-2.0
//! What the SDK's pallets, an empty block, an empty extrinsic and the database weigh, as `make weights`
//! has measured them in this runtime: with everything that it hooks into them, such as the index of a
//! new account's addresses.
//!
//! The weights of this repository's own pallets are in those.
//!
//! Two of the measurements contain others, which are counted once:
//!
//! - *The empty extrinsic* (`extrinsic_weights`) runs all extensions, which are measured by themselves,
//!   too, and which every transaction is charged for besides ([`base_extrinsic`]).
//! - *A transfer of coins* (`pallet_balances`) brings its receiver to life, which is measured by itself
//!   as well and is charged where it happens ([`first_sight`](crate::first_sight)).
//!
//! And an entry is read from the database, and written to it, once in a transaction: that is the one
//! price that it has. The sender's account, which `CheckNonce` counts, is nothing new to the payment of
//! the fee (`benchmarking::entries_of_a_transaction`).

#![warn(missing_docs)]

pub mod block_weights;
pub mod extrinsic_weights;
pub mod frame_system;
pub mod frame_system_extensions;
pub mod pallet_balances;
pub mod pallet_grandpa;
pub mod pallet_migrations;
pub mod pallet_multisig;
pub mod pallet_proxy;
pub mod pallet_sudo;
pub mod pallet_timestamp;
pub mod pallet_transaction_payment;
pub mod pallet_utility;
pub mod paritydb_weights;

use ::frame_system::ExtensionsWeightInfo;
use ::pallet_transaction_payment::WeightInfo;
use frame_support::weights::Weight;

use self::{
	extrinsic_weights::ExtrinsicBaseWeight, frame_system_extensions::Measured as Extensions,
	pallet_transaction_payment::Measured as Payment, paritydb_weights::DatabaseWeight,
};
use crate::Runtime;

/// What a transaction weighs besides its call and its extensions: decoding it, its signature, its events.
///
/// The empty one as measured, less its extensions. Their entry in the database is not taken off: those
/// that were measured have one sender, whose account is read and written once for all of them.
pub fn base_extrinsic() -> Weight {
	let entry = DatabaseWeight::get().reads_writes(1, 1);
	let extensions = extensions().saturating_sub(entry);
	ExtrinsicBaseWeight::get().saturating_sub(extensions)
}

/// What the extensions of an immortal transaction weigh.
pub fn extensions() -> Weight {
	[
		Extensions::<Runtime>::check_non_zero_sender(),
		Extensions::<Runtime>::check_spec_version(),
		Extensions::<Runtime>::check_tx_version(),
		Extensions::<Runtime>::check_genesis(),
		Extensions::<Runtime>::check_mortality_immortal_transaction(),
		Extensions::<Runtime>::check_nonce(),
		Extensions::<Runtime>::check_weight(),
		Payment::<Runtime>::charge_transaction_payment(),
		Extensions::<Runtime>::weight_reclaim(),
	]
	.into_iter()
	.fold(Weight::zero(), Weight::saturating_add)
}
