// SPDX-License-Identifier: Apache-2.0
//! The chain as Ethereum's clients see it.
//!
//! Whatever somebody sends is a transaction there: a raw Ethereum transaction is itself, and any other
//! extrinsic is shown as far as it has the fields of one. What tokens it moved, on whatever VM, are logs
//! of its receipt.

mod block;
mod trace;
mod transaction;

pub use block::block;
pub use trace::trace_block;
pub(crate) use transaction::is_operation;
pub use transaction::waiting;

use frame_support::traits::Get;
use unum_address::{Address, VmKind};
use unum_ethereum_view::{NextBlock, H160};
use unum_id_com::IdCom as Id;
use unum_vm_engine::IdentityRegistry;

use crate::{
	configs::evm::{BlockGasLimit, GasPrice, TransactionGasLimit},
	IdCom,
};

/// What is known of the block after the one at hand.
pub fn next_block() -> NextBlock {
	NextBlock {
		base_fee: GasPrice::get(),
		gas_limit: BlockGasLimit::get(),
		transaction_gas_limit: TransactionGasLimit::get(),
	}
}

/// The address under which the EVM shows an identity.
fn address_of(id: Id) -> H160 {
	match IdCom::address_of(id, VmKind::EVM) {
		Some(Address::Evm(address)) => H160(address.into()),
		_ => H160::zero(),
	}
}
