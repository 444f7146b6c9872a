// SPDX-License-Identifier: Apache-2.0
//! Simulations of transactions.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::SvmAddress;

use crate::{AccountView, TransactionMeta};

/// How a transaction is simulated.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct SimulationOptions {
	/// Whether its signatures must be right.
	pub verify_signatures: bool,
	/// Whether its blockhash is replaced by the newest one.
	pub replace_blockhash: bool,
	/// Which accounts are to be shown as they are afterwards.
	pub accounts: Vec<SvmAddress>,
}

/// What would come of a transaction.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SimulationOutcome {
	/// What would become of it; with nothing but the error where it would not be taken at all.
	pub meta: TransactionMeta,
	/// The accounts that were asked for, in order; nothing where there is none.
	pub accounts: Vec<Option<AccountView>>,
	/// How many bytes the data of its accounts have.
	pub loaded_accounts_data_size: u32,
}
