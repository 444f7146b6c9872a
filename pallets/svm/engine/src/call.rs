// SPDX-License-Identifier: Apache-2.0
//! The operations of the Solana VM.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use unum_address::SvmAddress;

/// An operation of the Solana VM. The variant's index is its opcode.
///
/// It acts as the sender's address on the SVM. Its fee is that of the transaction around it: what its
/// compute units weigh, at everybody's price; those that are not used are given back.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
// Wallets show the operations of all VMs as one list.
#[allow(clippy::enum_variant_names)]
pub enum SvmOperation {
	/// Runs one instruction of a program.
	#[codec(index = 0x20)]
	SvmInvoke {
		/// The program, 32 bytes.
		program: SvmAddress,
		/// The accounts that the instruction names, in the order in which the program expects them, at
		/// most 64. Only the sender's own address can be a signer.
		accounts: Vec<SvmAccountMeta>,
		/// The instruction's data, as the program encodes them.
		data: Vec<u8>,
	},
	/// Moves native coin to an address.
	#[codec(index = 0x21)]
	SvmTransfer {
		/// The receiver's address, 32 bytes.
		to: SvmAddress,
		/// How much, in lamports: 10⁹ of them make one coin.
		lamports: u64,
	},
}

/// An account, as an instruction names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub struct SvmAccountMeta {
	/// Its address, 32 bytes.
	pub pubkey: SvmAddress,
	/// Whether it signs. Only the sender's own address can.
	pub is_signer: bool,
	/// Whether the program may change it.
	pub is_writable: bool,
}
