// SPDX-License-Identifier: Apache-2.0
//! What the SDK's pallets, an empty block, an empty extrinsic and the database weigh, as `make weights`
//! has measured them in this runtime: with everything that it hooks into them, such as the index of a
//! new account's addresses.
//!
//! The weights of this repository's own pallets are in those.

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
