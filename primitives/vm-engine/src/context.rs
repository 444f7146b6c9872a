// SPDX-License-Identifier: Apache-2.0
//! What a call knows of its surroundings.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use unum_id_com::IdCom;

/// A tag that the sender may put on a transaction: transactions that share one belong together and
/// are kept in one lane by the parallel executor. It never changes what a transaction does.
pub type ContextTag = [u8; 16];

/// The block that a call runs in, the same for every VM.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct BlockEnv {
	/// Height of the block that is being built or checked.
	pub number: u32,
	/// Hash of its parent.
	pub parent_hash: H256,
	/// The block's timestamp in milliseconds since the Unix epoch.
	pub timestamp_ms: u64,
	/// Hash of block 0: what separates this chain from every other.
	pub genesis_hash: H256,
}

/// One call of a VM: who calls, in which transaction, in which block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallContext {
	/// The identity that authorised the transaction and pays for it.
	pub sender: IdCom,
	/// Hash of the transaction that carries the call; zero where there is none yet (validation).
	pub transaction_hash: H256,
	/// The sender's tag, if any.
	pub tag: Option<ContextTag>,
	/// The block around it.
	pub block: BlockEnv,
}
