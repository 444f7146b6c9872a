// SPDX-License-Identifier: Apache-2.0
//! The runtime's heap, kept inside Wasm.
//!
//! The SDK's runtimes have their heap managed by the node: each allocation and each release is a call out
//! of Wasm, some 350 for a transfer. Here the node is asked for memory by the chunk, and blocks are
//! handed out and taken back without it.
//!
//! Blocks have sizes that are powers of two, as the node's allocator has them (`sc-allocator`). A block
//! that is released is kept for the next request of its size; nothing goes back to the node, because an
//! instance of the runtime lives for one call. What the node itself allocates (results of host functions)
//! has blocks of the same sizes, so these are taken over when the runtime releases them.

#![cfg_attr(not(test), no_std)]

use core::{
	alloc::{GlobalAlloc, Layout},
	cell::UnsafeCell,
	fmt, ptr,
};

/// The smallest block, as a power of two: 8 bytes.
const ORDER_MIN: usize = 3;
/// The largest block that is cut from a chunk: 4 KiB. Larger ones are asked for one by one.
const CUT_MAX: usize = 12;
/// The largest block that the node hands out: 32 MiB.
const ORDER_MAX: usize = 25;
/// What the node is asked for.
const CHUNK_BYTES: usize = 64 * 1024;
/// What the node aligns to.
const SOURCE_ALIGN: usize = 8;

/// Where memory comes from.
///
/// # Safety
/// What [`allocate`](Self::allocate) returns is null, or points to at least as many bytes as were asked
/// for, and to no fewer than the next power of two; they are aligned to 8 bytes and nobody else's.
pub unsafe trait Source {
	/// Memory of this many bytes.
	fn allocate(&self, bytes: usize) -> *mut u8;
}

/// A heap on top of a [`Source`]. For one thread: Wasm has no other.
pub struct Allocator<S> {
	source: S,
	state: UnsafeCell<State>,
}

struct State {
	/// The first free block of each size; it holds the address of the next one.
	free: [*mut u8; ORDER_MAX + 1],
	/// What is left of the last chunk.
	rest: *mut u8,
	rest_bytes: usize,
}

impl<S> fmt::Debug for Allocator<S> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Allocator").finish_non_exhaustive()
	}
}

// SAFETY: the runtime has one thread.
#[cfg(target_family = "wasm")]
unsafe impl<S> Sync for Allocator<S> {}

impl<S> Allocator<S> {
	/// An empty heap.
	pub const fn new(source: S) -> Self {
		let free = [ptr::null_mut(); ORDER_MAX + 1];
		let state = UnsafeCell::new(State { free, rest: ptr::null_mut(), rest_bytes: 0 });
		Self { source, state }
	}
}

/// The size of the block for so many bytes, as a power of two; `None` beyond what there is.
const fn order_of(bytes: usize) -> Option<usize> {
	if bytes > 1 << ORDER_MAX {
		return None;
	}
	let order = match bytes {
		0 | 1 => 0,
		bytes => (bytes - 1).ilog2() as usize + 1,
	};
	if order < ORDER_MIN {
		Some(ORDER_MIN)
	} else {
		Some(order)
	}
}

impl<S: Source> Allocator<S> {
	/// A block of `1 << order` bytes, aligned to 8; null, if there is none.
	///
	/// # Safety
	/// Nobody else uses the state at the same time.
	unsafe fn take(&self, order: usize) -> *mut u8 {
		// SAFETY: the caller's promise.
		let state = unsafe { &mut *self.state.get() };
		let Some(free) = state.free.get_mut(order) else { return ptr::null_mut() };
		let block = *free;
		if !block.is_null() {
			// SAFETY: a free block holds the address of the next one. It is at least 8 bytes long.
			*free = unsafe { block.cast::<*mut u8>().read_unaligned() };
			return block;
		}
		let bytes = 1 << order;
		if order > CUT_MAX {
			return self.source.allocate(bytes);
		}
		if state.rest_bytes < bytes {
			let chunk = self.source.allocate(CHUNK_BYTES);
			if chunk.is_null() {
				return chunk;
			}
			state.rest = chunk;
			state.rest_bytes = CHUNK_BYTES;
		}
		let block = state.rest;
		// SAFETY: so many bytes are left of the chunk.
		state.rest = unsafe { block.add(bytes) };
		state.rest_bytes -= bytes;
		block
	}

	/// Keeps a block for later.
	///
	/// # Safety
	/// As [`take`](Self::take), and the block has this size and nobody uses it any more.
	unsafe fn keep(&self, block: *mut u8, order: usize) {
		// SAFETY: the caller's promise.
		let state = unsafe { &mut *self.state.get() };
		let Some(free) = state.free.get_mut(order) else { return };
		// SAFETY: the block is at least 8 bytes long.
		unsafe { block.cast::<*mut u8>().write_unaligned(*free) };
		*free = block;
	}
}

/// The size of the block for a layout. What needs more than the source's alignment lies somewhere inside
/// a larger block, whose address is written in front of it.
fn block_order(layout: Layout) -> Option<usize> {
	match layout.align() > SOURCE_ALIGN {
		true => order_of(layout.size().checked_add(layout.align())?),
		false => order_of(layout.size()),
	}
}

// SAFETY: blocks are as long as asked for and belong to one owner, see `take`; those of larger alignment
// begin where it is kept. A layout always gives the same order.
unsafe impl<S: Source> GlobalAlloc for Allocator<S> {
	unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
		let Some(order) = block_order(layout) else { return ptr::null_mut() };
		// SAFETY: one thread.
		let block = unsafe { self.take(order) };
		if layout.align() <= SOURCE_ALIGN || block.is_null() {
			return block;
		}
		// 8 bytes at least: blocks are aligned to 8, and the alignment is a larger power of two.
		let skipped = layout.align() - (block as usize & (layout.align() - 1));
		// SAFETY: the block has room for the alignment besides, and for the address in front.
		unsafe {
			let inner = block.add(skipped);
			inner.cast::<*mut u8>().sub(1).write_unaligned(block);
			inner
		}
	}

	unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
		let Some(order) = block_order(layout) else { return };
		let block = match layout.align() > SOURCE_ALIGN {
			// SAFETY: it was written there by `alloc`.
			true => unsafe { pointer.cast::<*mut u8>().sub(1).read_unaligned() },
			false => pointer,
		};
		// SAFETY: one thread; the owner gives it back.
		unsafe { self.keep(block, order) }
	}

	unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
		let Ok(new) = Layout::from_size_align(bytes, layout.align()) else {
			return ptr::null_mut();
		};
		if block_order(new) == block_order(layout) {
			return pointer;
		}
		// SAFETY: both are blocks of their layouts, and different ones.
		unsafe {
			let moved = self.alloc(new);
			if !moved.is_null() {
				ptr::copy_nonoverlapping(pointer, moved, layout.size().min(bytes));
				self.dealloc(pointer, layout);
			}
			moved
		}
	}
}

#[cfg(test)]
mod tests {
	use std::{
		alloc::{alloc, dealloc},
		cell::RefCell,
		collections::BTreeMap,
	};

	use proptest::{collection::vec, prelude::*};

	use super::*;

	/// Memory of the test's own heap, with a pattern in it, all of which is given back at the end.
	#[derive(Default)]
	struct Heap {
		blocks: RefCell<Vec<(*mut u8, Layout)>>,
		is_empty: bool,
	}

	// SAFETY: the heap of the test keeps these promises; lengths are rounded up here.
	unsafe impl Source for Heap {
		fn allocate(&self, bytes: usize) -> *mut u8 {
			if self.is_empty {
				return ptr::null_mut();
			}
			let layout = Layout::from_size_align(bytes.next_power_of_two(), SOURCE_ALIGN).unwrap();
			// SAFETY: not of no length.
			let block = unsafe { alloc(layout) };
			// SAFETY: it is that long.
			unsafe { block.write_bytes(0xaa, layout.size()) };
			self.blocks.borrow_mut().push((block, layout));
			block
		}
	}

	impl Drop for Heap {
		fn drop(&mut self) {
			for (block, layout) in self.blocks.borrow_mut().drain(..) {
				// SAFETY: from `allocate`.
				unsafe { dealloc(block, layout) };
			}
		}
	}

	#[test]
	fn blocks_are_powers_of_two() {
		for (bytes, order) in
			[(0, 3), (1, 3), (8, 3), (9, 4), (16, 4), (17, 5), (4096, 12), (4097, 13)]
		{
			assert_eq!(order_of(bytes), Some(order), "{bytes}");
		}
		assert_eq!(order_of(1 << 25), Some(25));
		assert_eq!(order_of((1 << 25) + 1), None);
	}

	#[test]
	fn what_is_released_is_used_again() {
		let heap = Allocator::new(Heap::default());
		let layout = Layout::from_size_align(100, 1).unwrap();
		// SAFETY: layouts are those of the blocks.
		unsafe {
			let (one, two) = (heap.alloc(layout), heap.alloc(layout));
			assert_ne!(one, two);
			heap.dealloc(one, layout);
			heap.dealloc(two, layout);
			assert_eq!(heap.alloc(layout), two);
			assert_eq!(heap.alloc(layout), one);
		}
		assert_eq!(heap.source.blocks.borrow().len(), 1);
	}

	#[test]
	fn what_the_node_has_allocated_is_taken_over() {
		let heap = Allocator::new(Heap::default());
		let theirs = heap.source.allocate(80);
		let layout = Layout::from_size_align(80, 1).unwrap();
		// SAFETY: as `Vec::from_raw_parts` of a host function's result.
		unsafe {
			heap.dealloc(theirs, layout);
			assert_eq!(heap.alloc(Layout::from_size_align(128, 8).unwrap()), theirs);
		}
	}

	#[test]
	fn growing_within_a_block_moves_nothing() {
		let heap = Allocator::new(Heap::default());
		let layout = |bytes| Layout::from_size_align(bytes, 1).unwrap();
		// SAFETY: layouts are those of the blocks.
		unsafe {
			let block = heap.alloc(layout(65));
			assert_eq!(heap.realloc(block, layout(65), 128), block);
			block.write_bytes(7, 128);
			let moved = heap.realloc(block, layout(128), 129);
			assert_ne!(moved, block);
			assert_eq!(std::slice::from_raw_parts(moved, 128), [7; 128]);
		}
	}

	#[test]
	fn no_memory_is_no_block() {
		let mut nothing = Heap::default();
		nothing.is_empty = true;
		let heap = Allocator::new(nothing);
		for bytes in [1, 5_000, (1 << 25) + 1] {
			let layout = Layout::from_size_align(bytes, 1).unwrap();
			// SAFETY: not of no length.
			assert!(unsafe { heap.alloc(layout) }.is_null(), "{bytes}");
		}
	}

	#[derive(Clone, Debug)]
	enum Step {
		Allocate(usize, u32),
		Release(usize),
		Resize(usize, usize),
	}

	fn bytes() -> impl Strategy<Value = usize> {
		prop_oneof![1..200usize, 1..6_000usize, 1..200_000usize]
	}

	fn step() -> impl Strategy<Value = Step> {
		prop_oneof![
			3 => (bytes(), 0..9u32).prop_map(|(bytes, align)| Step::Allocate(bytes, align)),
			2 => any::<usize>().prop_map(Step::Release),
			1 => (any::<usize>(), bytes()).prop_map(|(which, bytes)| Step::Resize(which, bytes)),
		]
	}

	proptest! {
		#![proptest_config(ProptestConfig::with_cases(200))]

		/// No two blocks overlap, all are aligned, and none forgets what is in it.
		#[test]
		fn blocks_are_their_owners_alone(steps in vec(step(), 1..300)) {
			let heap = Allocator::new(Heap::default());
			let mut live: BTreeMap<usize, (*mut u8, Layout, u8)> = BTreeMap::new();
			let holds = |(block, layout, mark): &(*mut u8, Layout, u8)| {
				// SAFETY: it is live.
				let bytes = unsafe { std::slice::from_raw_parts(*block, layout.size()) };
				bytes.iter().all(|byte| byte == mark)
			};
			for (number, step) in steps.into_iter().enumerate() {
				let mark = (number % 251) as u8;
				let pick = |which: usize| live.keys().copied().nth(which % live.len().max(1));
				match step {
					Step::Allocate(bytes, align) => {
						let layout = Layout::from_size_align(bytes, 1 << align).unwrap();
						// SAFETY: not of no length.
						let block = unsafe { heap.alloc(layout) };
						prop_assert_eq!(block as usize % layout.align(), 0);
						// SAFETY: it is that long.
						unsafe { block.write_bytes(mark, bytes) };
						live.insert(number, (block, layout, mark));
					},
					Step::Release(which) => {
						let Some(key) = pick(which) else { continue };
						let entry = live.remove(&key).unwrap();
						prop_assert!(holds(&entry));
						// SAFETY: it is live.
						unsafe { heap.dealloc(entry.0, entry.1) };
					},
					Step::Resize(which, bytes) => {
						let Some(key) = pick(which) else { continue };
						let (block, layout, before) = live.remove(&key).unwrap();
						// SAFETY: it is live.
						let moved = unsafe { heap.realloc(block, layout, bytes) };
						let kept = Layout::from_size_align(bytes.min(layout.size()), 1).unwrap();
						prop_assert!(holds(&(moved, kept, before)));
						prop_assert_eq!(moved as usize % layout.align(), 0);
						// SAFETY: it is that long.
						unsafe { moved.write_bytes(mark, bytes) };
						let layout = Layout::from_size_align(bytes, layout.align()).unwrap();
						live.insert(number, (moved, layout, mark));
					},
				}
			}
			prop_assert!(live.values().all(holds));
		}
	}
}
