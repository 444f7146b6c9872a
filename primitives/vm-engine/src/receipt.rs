// SPDX-License-Identifier: Apache-2.0
//! Receipts: what is remembered of a call.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_weights::Weight;
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;

use crate::{ContextTag, Fate, Log};

/// How a call ended, without the VM's own words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum ReceiptStatus {
	/// Done; its changes stay.
	#[codec(index = 0)]
	Success,
	/// The program or the rules said no; undone.
	#[codec(index = 1)]
	Reverted,
	/// Stopped by the VM; undone.
	#[codec(index = 2)]
	Halted,
	/// Not run; only fees were taken.
	#[codec(index = 3)]
	FeesOnly,
}

impl<S> From<&Fate<S>> for ReceiptStatus {
	fn from(fate: &Fate<S>) -> Self {
		match fate {
			Fate::Success => Self::Success,
			Fate::Reverted(_) => Self::Reverted,
			Fate::Halted(_) => Self::Halted,
			Fate::FeesOnly(_) => Self::FeesOnly,
		}
	}
}

/// The receipt of one dispatched call. A transaction that dispatches several calls (a batch) has as
/// many receipts, all with its hash.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Receipt {
	/// Position of the extrinsic in the block.
	pub extrinsic_index: u32,
	/// Position among the receipts of its extrinsic.
	pub index: u32,
	/// Blake2-256 of the extrinsic, as the node and polkadot.js name it.
	pub transaction_hash: H256,
	/// The VM that ran.
	pub vm: VmKind,
	/// The payload's first byte.
	pub opcode: u8,
	/// Who called.
	pub sender: IdCom,
	/// The sender's tag.
	pub context: Option<ContextTag>,
	/// How it ended.
	pub status: ReceiptStatus,
	/// The VM's own status, SCALE-encoded; empty on success.
	pub native_status: Vec<u8>,
	/// The same as a sentence, UTF-8; empty on success.
	pub message: Vec<u8>,
	/// Weight used by the VM.
	pub gas_used: Weight,
	/// Fee of the whole extrinsic with its tip, in base units of the native coin. In a batch the first
	/// receipt carries it and the others carry zero.
	pub fee: u128,
	/// What it logged, in order.
	pub logs: Vec<Log>,
	/// Addresses that it brought to life.
	pub created: Vec<Address>,
	/// SHA-256 of the output; of nothing where there is none.
	pub output_hash: H256,
}
