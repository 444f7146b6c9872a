// SPDX-License-Identifier: Apache-2.0
//! The runtime's heap: see [`unum_wasm_allocator`].

// The promise of a source of memory is one that the compiler can not check.
#![allow(unsafe_code)]

use unum_wasm_allocator::{Allocator, Source};

/// The node's allocator.
struct Node;

// SAFETY: `sc-allocator` rounds up to powers of two, aligns to 8 bytes, and traps where it has none.
unsafe impl Source for Node {
	fn allocate(&self, bytes: usize) -> *mut u8 {
		match u32::try_from(bytes) {
			Ok(bytes) => sp_io::allocator::malloc(bytes),
			Err(_) => core::ptr::null_mut(),
		}
	}
}

#[global_allocator]
static HEAP: Allocator<Node> = Allocator::new(Node);
