// SPDX-License-Identifier: Apache-2.0
//! What a call of the runtime reads and writes: see [`unum_wasm_storage`].

use crate::System;

/// Runs `work`, and keeps what it reads and writes inside Wasm until it ends.
pub(crate) fn kept<R>(work: impl FnOnce() -> R) -> R {
	unum_wasm_storage::kept(seed, work)
}

/// What nobody knows who has signed a transaction before the last block.
fn seed() -> u64 {
	let [seed @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
		System::parent_hash().0;
	u64::from_le_bytes(seed)
}
