// SPDX-License-Identifier: Apache-2.0
//! What a call may touch, known before it runs.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use unum_address::VmKind;
use unum_id_com::IdCom;

use crate::Asset;

/// One piece of state that a call may read or write.
#[derive(
	Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub enum AccessKey {
	/// The account of an identity: existence, nonce, references, addresses.
	#[codec(index = 0)]
	Account(IdCom),
	/// One balance of an identity.
	#[codec(index = 1)]
	Balance(IdCom, Asset),
	/// An entry of a VM's own storage, by a 32-byte digest of its key.
	#[codec(index = 2)]
	Storage(VmKind, [u8; 32]),
}

/// The state that a call may touch. The parallel executor puts calls whose sets do not conflict into
/// different lanes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum AccessSet {
	/// Not known before it runs: conflicts with everything.
	#[codec(index = 0)]
	Global,
	/// At most these.
	#[codec(index = 1)]
	Declared {
		/// Read, not written.
		reads: Vec<AccessKey>,
		/// Written, perhaps read as well.
		writes: Vec<AccessKey>,
	},
}

impl AccessSet {
	/// A set of writes alone.
	pub fn writes(writes: Vec<AccessKey>) -> Self {
		Self::Declared { reads: Vec::new(), writes }
	}

	/// Whether the order of two calls could matter: one writes what the other reads or writes.
	///
	/// Symmetric. Sets are a handful of keys, so this compares pairs.
	pub fn conflicts_with(&self, other: &Self) -> bool {
		match (self, other) {
			(
				Self::Declared { reads: ar, writes: aw },
				Self::Declared { reads: br, writes: bw },
			) => {
				aw.iter().any(|key| bw.contains(key) || br.contains(key))
					|| bw.iter().any(|key| ar.contains(key))
			},
			_ => true,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn sets() -> Vec<AccessSet> {
		let keys: Vec<_> = (0u8..3).map(|n| AccessKey::Account(IdCom::from([n; 32]))).collect();
		let subset = |mask: u8| -> Vec<_> {
			(0..3usize).filter(|i| mask & (1 << i) != 0).map(|i| keys[i].clone()).collect()
		};
		let declared = (0u8..8).flat_map(|reads| (0u8..8).map(move |writes| (reads, writes)));
		declared
			.map(|(r, w)| AccessSet::Declared { reads: subset(r), writes: subset(w) })
			.chain([AccessSet::Global])
			.collect()
	}

	fn touched(set: &AccessSet) -> Option<(&Vec<AccessKey>, &Vec<AccessKey>)> {
		match set {
			AccessSet::Global => None,
			AccessSet::Declared { reads, writes } => Some((reads, writes)),
		}
	}

	#[test]
	fn conflict_is_symmetric_and_means_a_write_meets_a_touch() {
		for a in sets() {
			for b in sets() {
				assert_eq!(a.conflicts_with(&b), b.conflicts_with(&a));
				let expected = match (touched(&a), touched(&b)) {
					(Some((ar, aw)), Some((br, bw))) => (0u8..3).any(|n| {
						let key = AccessKey::Account(IdCom::from([n; 32]));
						let (in_a, in_b) = (
							ar.contains(&key) || aw.contains(&key),
							br.contains(&key) || bw.contains(&key),
						);
						in_a && in_b && (aw.contains(&key) || bw.contains(&key))
					}),
					_ => true,
				};
				assert_eq!(a.conflicts_with(&b), expected, "{a:?} {b:?}");
			}
		}
	}
}
