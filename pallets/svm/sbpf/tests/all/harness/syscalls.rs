// SPDX-License-Identifier: Apache-2.0
//! Syscalls for tests, once for both machines.

use unum_sbpf::syscall_hash;

/// What a syscall can do to a guest, on either machine.
pub(crate) trait Guest {
	fn read(&mut self, address: u64, length: u64) -> Result<Vec<u8>, String>;
	fn write(&mut self, address: u64, bytes: &[u8]) -> Result<(), String>;
	fn consume(&mut self, units: u64);
}

/// What a syscall does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Kind {
	/// A number from the arguments.
	Mix,
	/// Takes `r1 & 15` units.
	Consume,
	Fail,
	/// A checksum of `r2 & 0xfff` bytes at `r1`.
	Read,
	/// Changes `r2 & 0xff` bytes at `r1`.
	Frob,
	Copy,
	Set,
	Compare,
	Zero,
}

pub(crate) const KINDS: [Kind; 9] = [
	Kind::Mix,
	Kind::Consume,
	Kind::Fail,
	Kind::Read,
	Kind::Frob,
	Kind::Copy,
	Kind::Set,
	Kind::Compare,
	Kind::Zero,
];

/// The names that programs of the vectors call, and those of the tests.
pub(crate) const NAMES: [(&str, Kind); 40] = [
	("mix", Kind::Mix),
	("consume", Kind::Consume),
	("fail", Kind::Fail),
	("read", Kind::Read),
	("frob", Kind::Frob),
	("copy", Kind::Copy),
	("abort", Kind::Fail),
	("log", Kind::Read),
	("log_64", Kind::Mix),
	("puts", Kind::Mix),
	("bpf_syscall_string", Kind::Read),
	("bpf_syscall_u64", Kind::Mix),
	("bpf_mem_frob", Kind::Frob),
	("bpf_gather_bytes", Kind::Mix),
	("bpf_str_cmp", Kind::Mix),
	("bpf_syscall_err", Kind::Fail),
	("bpf_syscall_clobber", Kind::Mix),
	("nested_vm_syscall", Kind::Consume),
	("sol_log_", Kind::Read),
	("sol_log_64_", Kind::Mix),
	("sol_log_pubkey", Kind::Mix),
	("sol_log_data", Kind::Zero),
	("sol_log_compute_units_", Kind::Consume),
	("sol_panic_", Kind::Fail),
	("sol_memcpy_", Kind::Copy),
	("sol_memmove_", Kind::Copy),
	("sol_memset_", Kind::Set),
	("sol_memcmp_", Kind::Compare),
	("sol_alloc_free_", Kind::Zero),
	("sol_sha256", Kind::Zero),
	("sol_create_program_address", Kind::Zero),
	("sol_try_find_program_address", Kind::Zero),
	("sol_invoke_signed_c", Kind::Zero),
	("sol_invoke_signed_rust", Kind::Zero),
	("sol_get_rent_sysvar", Kind::Zero),
	("sol_get_clock_sysvar", Kind::Zero),
	("sol_get_sysvar", Kind::Zero),
	("sol_set_return_data", Kind::Zero),
	("sol_get_return_data", Kind::Zero),
	("sol_remaining_compute_units", Kind::Consume),
];

/// What the syscall of a hash does.
pub(crate) fn kind(hash: u32) -> Option<Kind> {
	// Hashed once: this is asked for every call of every program.
	static TABLE: std::sync::OnceLock<std::collections::HashMap<u32, Kind>> =
		std::sync::OnceLock::new();
	let table = TABLE.get_or_init(|| {
		NAMES.iter().map(|(name, kind)| (syscall_hash(name.as_bytes()), *kind)).collect()
	});
	table.get(&hash).copied()
}

/// Executes a syscall.
pub(crate) fn call(kind: Kind, guest: &mut impl Guest, args: [u64; 5]) -> Result<u64, String> {
	let [r1, r2, r3, r4, r5] = args;
	guest.consume(1);
	match kind {
		Kind::Mix => {
			Ok(args.iter().fold(7_u64, |sum, it| sum.rotate_left(9).wrapping_mul(31) ^ it))
		},
		Kind::Consume => {
			guest.consume(r1 & 15);
			Ok(r4 ^ r5)
		},
		Kind::Fail => Err(String::from("failed on purpose")),
		Kind::Read => {
			let bytes = guest.read(r1, r2 & 0xfff)?;
			guest.consume(bytes.len() as u64 / 16);
			Ok(bytes.iter().fold(0, |sum: u64, byte| sum.wrapping_mul(257) + u64::from(*byte)))
		},
		Kind::Frob => {
			let mut bytes = guest.read(r1, r2 & 0xff)?;
			bytes.iter_mut().for_each(|byte| *byte ^= 42);
			guest.write(r1, &bytes)?;
			Ok(0)
		},
		Kind::Copy => {
			let bytes = guest.read(r2, r3)?;
			guest.write(r1, &bytes)?;
			Ok(0)
		},
		Kind::Set => {
			let bytes = vec![r2 as u8; (r3 & 0xffff) as usize];
			guest.write(r1, &bytes)?;
			Ok(0)
		},
		Kind::Compare => {
			let (a, b) = (guest.read(r1, r3)?, guest.read(r2, r3)?);
			let different = a.iter().zip(&b).find(|(a, b)| a != b);
			let result = different.map_or(0, |(a, b)| i32::from(*a) - i32::from(*b));
			guest.write(r4, &result.to_le_bytes())?;
			Ok(0)
		},
		Kind::Zero => Ok(0),
	}
}
