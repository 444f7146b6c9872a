// SPDX-License-Identifier: Apache-2.0
//! How a node executes parts of a block apart from each other, and puts them together again.
//!
//! A *lane* is a run of a block's extrinsics that the node executes on its own, on the state before it.
//! What a lane reads, the node records; a lane stands if nothing that it read has been changed by a lane
//! before it. A few entries are changed by every extrinsic, and by addition only: for those the runtime
//! says here how they are put together ([`MergePolicy`]), and adds them up itself
//! ([`LaneApi::fold`](runtime_decl_for_lane_api::LaneApi)).
//!
//! All of this is a way to compute what `Core_execute_block` computes. A node may ignore it.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_weights::Weight;

/// The first half of a 32-byte identity or digest: enough to tell accounts apart for planning, on which
/// nothing but speed depends.
pub type AccessTag = [u8; 16];

/// How the entries that every extrinsic changes are put together. Keys and prefixes are raw storage keys.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct MergePolicy {
	/// Lists that extrinsics only append to, and never read: joined in the lanes' order.
	pub concat: Vec<Vec<u8>>,
	/// Sums that extrinsics only add to: a lane's values are dropped, and `fold` adds its differences.
	pub discard: Vec<Vec<u8>>,
	/// What no lane may touch: an extrinsic that does is executed alone, in its turn.
	pub deny: Vec<Vec<u8>>,
}

/// What an extrinsic may touch, as far as that is known before it runs. A hint: nothing but speed
/// depends on it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AccessHint {
	/// Whose entries it changes.
	pub tags: Vec<AccessTag>,
	/// Whether it may touch others' besides.
	pub is_global: bool,
	/// The context shard that its sender names, 0 to 63.
	pub shard: Option<u8>,
}

/// A lane to execute.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LaneInput<Extrinsic> {
	/// The position of the first extrinsic in the block.
	pub first_index: u32,
	/// The extrinsics.
	pub extrinsics: Vec<Extrinsic>,
	/// Whether an extrinsic that does not apply is left out, as an author does, or traps, as an importer
	/// does.
	pub may_skip: bool,
}

/// What the extrinsics of a lane have in common with those of others: sums, and the most that each sum
/// came to before it was corrected downwards.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
pub struct LaneOutput {
	/// How many were applied.
	pub applied: u32,
	/// The positions in the lane's input that do not apply, each with why
	/// (`TransactionValidityError`, SCALE).
	pub skipped: Vec<(u32, Vec<u8>)>,
	/// What the lane weighs: for normal, operational and mandatory extrinsics.
	pub weight: [Weight; 3],
	/// For each class the most that its own weight came to before an extrinsic of the class was dispatched,
	/// with all that it might use, from the lane's begin on.
	pub peak: [Weight; 3],
	/// The same for the weight of all classes together.
	pub peak_total: [Weight; 3],
	/// Bytes.
	pub length: u32,
	/// For each class the most that the lane's bytes came to at an extrinsic of the class.
	pub peak_length: [u32; 3],
	/// Events.
	pub events: u32,
	/// Fees that will be burnt, in base units of the native coin.
	pub fees: u128,
}

/// Why lanes can not be added up: executed one after the other, some extrinsic might have been refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub enum FoldError {
	/// Their weight might exceed a limit of the block.
	Weight,
	/// Their bytes might exceed the limit of the block.
	Length,
	/// A sum is too large to be counted.
	Overflow,
}

sp_api::decl_runtime_apis! {
	/// Execution of a block in lanes. See the module. Version 2 verifies beforehand.
	#[api_version(2)]
	pub trait LaneApi {
		/// How the entries that every extrinsic changes are put together.
		fn policy() -> MergePolicy;

		/// What extrinsics may touch; `is_global` for those that do not decode.
		fn hints(extrinsics: Vec<Block::Extrinsic>) -> Vec<AccessHint>;

		/// Verifies who has signed extrinsics of the block with this header. Nothing comes of it, but a host
		/// that remembers good signatures needs not verify them again when it executes the block.
		fn verify(header: Block::Header, extrinsics: Vec<Block::Extrinsic>);

		/// After the inherents and before the first lane: what the block does between them.
		fn begin();

		/// Executes a lane.
		fn apply_lane(input: LaneInput<Block::Extrinsic>) -> LaneOutput;

		/// Adds lanes up, in order.
		fn fold(outputs: Vec<LaneOutput>) -> Result<(), FoldError>;
	}
}
