// SPDX-License-Identifier: Apache-2.0
//! The names of syscalls and functions, as numbers.

/// The hash under which a program calls a syscall: 32-bit Murmur3 with seed 0 of its name
/// (`hash_symbol_name` in `ebpf.rs` upstream).
///
/// ```
/// assert_eq!(unum_sbpf::syscall_hash(b"abort"), 0xb6fc_1a11);
/// assert_eq!(unum_sbpf::syscall_hash(b"sol_log_"), 0x2075_59bd);
/// ```
pub fn syscall_hash(name: &[u8]) -> u32 {
	let (words, tail) = name.as_chunks::<4>();
	let mut hash = words.iter().fold(0_u32, |hash, word| {
		(hash ^ mix(u32::from_le_bytes(*word)))
			.rotate_left(13)
			.wrapping_mul(5)
			.wrapping_add(0xe654_6b64)
	});
	let mut last = [0_u8; 4];
	for (to, from) in last.iter_mut().zip(tail) {
		*to = *from;
	}
	hash ^= mix(u32::from_le_bytes(last));
	// Names of 4 GiB do not exist; a program of 10 MiB is the most there is.
	hash ^= u32::try_from(name.len()).unwrap_or(u32::MAX);
	hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
	hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
	hash ^ (hash >> 16)
}

const fn mix(word: u32) -> u32 {
	word.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593)
}

/// The key of a function of the program itself: the same hash of its index, as eight bytes.
pub(crate) fn function_hash(pc: u64) -> u32 {
	syscall_hash(&pc.to_le_bytes())
}
