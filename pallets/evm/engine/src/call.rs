// SPDX-License-Identifier: Apache-2.0
//! The operations of the EVM.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::{H160, H256, U256};

use crate::limits::TRANSFER_GAS;

/// An operation of the EVM. The variant's index is its opcode.
///
/// It acts as the sender's address on the EVM. Its fee is that of the transaction around it: what the
/// gas weighs, at everybody's price; gas that is not used is given back.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
// Wallets show the operations of all VMs as one list.
#[allow(clippy::enum_variant_names)]
pub enum EvmOperation {
	/// Calls a contract, or pays an address.
	#[codec(index = 0x10)]
	EvmCall {
		/// The contract's address, 20 bytes.
		to: H160,
		/// Native coin to send along, in wei: 10^18 of them make one coin.
		value: U256,
		/// The most gas that the call may use, 21,000 for the transaction itself included.
		gas_limit: u64,
		/// Calldata: a function selector and its arguments, as the contract's ABI encodes them.
		data: Vec<u8>,
	},
	/// Makes a contract.
	#[codec(index = 0x11)]
	EvmCreate {
		/// Native coin to give to it, in wei.
		value: U256,
		/// The most gas that making it may use.
		gas_limit: u64,
		/// Init code: the compiled contract with the arguments of its constructor, at most 49,152
		/// bytes.
		init: Vec<u8>,
		/// Without: the address follows from the sender and its nonce (CREATE). With: from the
		/// sender, the salt and the init code (CREATE2).
		salt: Option<H256>,
	},
	/// Pays an address. As a call without data, with gas for a contract that only notes the payment.
	#[codec(index = 0x12)]
	EvmTransfer {
		/// Who is paid, 20 bytes.
		to: H160,
		/// How much, in wei.
		value: U256,
	},
}

impl EvmOperation {
	/// The most gas that the operation may use.
	pub const fn gas_limit(&self) -> u64 {
		match self {
			Self::EvmCall { gas_limit, .. } | Self::EvmCreate { gas_limit, .. } => *gas_limit,
			Self::EvmTransfer { .. } => TRANSFER_GAS,
		}
	}

	/// The native coin that goes with it, in wei.
	pub const fn value(&self) -> U256 {
		match self {
			Self::EvmCall { value, .. }
			| Self::EvmCreate { value, .. }
			| Self::EvmTransfer { value, .. } => *value,
		}
	}
}
