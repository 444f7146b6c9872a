// SPDX-License-Identifier: Apache-2.0
//! What programs of the user pay, in compute units, and what they may ask for
//! (`SVMTransactionExecutionCost` and `SVMTransactionExecutionBudget` in `execution_budget.rs` of
//! solana-program-runtime 4.2).

/// To log five numbers.
pub const LOG_64: u64 = 100;
/// To log an address.
pub const LOG_PUBKEY: u64 = 100;
/// Each syscall that has no price of its own.
pub const SYSCALL_BASE: u64 = 100;
/// One attempt to derive an address.
pub const CREATE_PROGRAM_ADDRESS: u64 = 1_500;
/// To call another program, before it does anything.
pub const INVOKE: u64 = 946;
/// So many bytes cost one unit, where bytes are copied.
pub const BYTES_PER_UNIT: u64 = 250;
/// To begin a hash, whichever.
pub const HASH_BASE: u64 = 85;
/// Half of it per byte hashed.
pub const HASH_TWO_BYTES: u64 = 1;
/// The most pieces that one call hashes.
pub const HASH_SLICES_MAX: u64 = 20_000;
/// The least that an operation on memory costs.
pub const MEMORY_OPERATION: u64 = 10;
/// To read a system variable.
pub const SYSVAR: u64 = 100;
/// To recover a public key of secp256k1.
pub const SECP256K1_RECOVER: u64 = 25_000;
/// Each 32 KiB of heap above the first.
pub const HEAP_PAGE: u64 = 8;
/// Bytes of such a page.
pub const HEAP_PAGE_BYTES: u64 = 32 * 1_024;

/// To verify an ed25519 signature (`ace_attest`): twice a multiplication of a point, which is what it
/// does.
pub const ATTEST: u64 = 2 * EDWARDS.multiply;
/// To find the identity behind an address (`ace_id_com`): what reading an account of 5 µs is worth.
pub const ID_COM: u64 = 300;
/// To call another VM, before it does anything.
pub const CROSS_VM_CALL: u64 = INVOKE;

/// The prices of one form of curve25519.
#[derive(Clone, Copy, Debug)]
pub struct CurveCosts {
	/// To check that bytes are a point.
	pub validate: u64,
	/// To add two points.
	pub add: u64,
	/// To subtract one from another.
	pub subtract: u64,
	/// To multiply one by a number.
	pub multiply: u64,
	/// A sum of multiples: the first.
	pub sum_base: u64,
	/// Each further one.
	pub sum_each: u64,
}

/// Edwards points.
pub const EDWARDS: CurveCosts = CurveCosts {
	validate: 159,
	add: 473,
	subtract: 475,
	multiply: 2_177,
	sum_base: 2_273,
	sum_each: 758,
};

/// Ristretto points.
pub const RISTRETTO: CurveCosts = CurveCosts {
	validate: 169,
	add: 521,
	subtract: 519,
	multiply: 2_208,
	sum_base: 2_303,
	sum_each: 788,
};

/// To add two points of BN254's G1 (`sol_alt_bn128_group_op`).
pub const BN254_G1_ADD: u64 = 334;
/// To add two points of its G2.
pub const BN254_G2_ADD: u64 = 535;
/// To multiply a point of its G1 by a number.
pub const BN254_G1_MULTIPLY: u64 = 3_840;
/// To multiply a point of its G2.
pub const BN254_G2_MULTIPLY: u64 = 15_670;
/// A product of its pairings: the first.
pub const BN254_PAIRING_FIRST: u64 = 36_364;
/// Each further one.
pub const BN254_PAIRING_EACH: u64 = 12_121;
/// To compress a point of its G1 (`sol_alt_bn128_compression`), above the base.
pub const BN254_G1_COMPRESS: u64 = 30;
/// To decompress one.
pub const BN254_G1_DECOMPRESS: u64 = 398;
/// To compress a point of its G2.
pub const BN254_G2_COMPRESS: u64 = 86;
/// To decompress one.
pub const BN254_G2_DECOMPRESS: u64 = 13_610;

/// The most numbers that one call hashes by Poseidon (`SyscallPoseidon`).
pub const POSEIDON_INPUTS_MAX: u64 = 12;
/// To hash by Poseidon, however many numbers.
pub const POSEIDON_BASE: u64 = 542;
/// Above it, as often as the square of how many numbers.
pub const POSEIDON_SQUARE: u64 = 61;

/// Signers that a call to another program can have besides the caller's own (`MAX_SIGNERS` in
/// `cpi.rs`).
pub const SIGNERS_MAX: u64 = 16;
/// Account infos that such a call can pass (`MAX_CPI_ACCOUNT_INFOS`, SIMD-0339).
pub const ACCOUNT_INFOS_MAX: u64 = 255;
/// What an account info counts, in bytes (SIMD-0339).
pub const ACCOUNT_INFO_BYTES: u64 = 80;
/// Accounts that an instruction can have (`MAX_ACCOUNTS_PER_INSTRUCTION`).
pub const INSTRUCTION_ACCOUNTS_MAX: u64 = 255;
/// Bytes of data that an instruction can have (`MAX_INSTRUCTION_DATA_LEN`).
pub const INSTRUCTION_DATA_MAX: u64 = 10 * 1_024;
/// Bytes that a program can return (`MAX_RETURN_DATA`).
pub const RETURN_DATA_MAX: u64 = 1_024;
/// Points that one call sums up.
pub const SUM_POINTS_MAX: u64 = 512;
/// By how many bytes one instruction can make an account longer (`MAX_PERMITTED_DATA_INCREASE`).
pub const DATA_INCREASE_MAX: usize = 10 * 1_024;

/// What the heap of a program costs (`calculate_heap_cost` in `vm.rs`).
pub const fn heap(bytes: u64) -> u64 {
	bytes.div_ceil(HEAP_PAGE_BYTES).saturating_sub(1).saturating_mul(HEAP_PAGE)
}

/// What a product of pairings over so many bytes of pairs costs.
pub const fn bn254_pairing(bytes: u64) -> u64 {
	/// Bytes of a pair, and of the result.
	const PAIR: u64 = 192;
	const RESULT: u64 = 32;
	let further = match bytes.checked_div(PAIR) {
		Some(pairs) => pairs.saturating_sub(1),
		None => u64::MAX,
	};
	BN254_PAIRING_FIRST
		.saturating_add(BN254_PAIRING_EACH.saturating_mul(further))
		.saturating_add(HASH_BASE)
		.saturating_add(bytes)
		.saturating_add(RESULT)
}

/// What hashing so many numbers by Poseidon costs.
pub const fn poseidon(inputs: u64) -> u64 {
	let square = inputs.saturating_mul(inputs);
	POSEIDON_SQUARE.saturating_mul(square).saturating_add(POSEIDON_BASE)
}

/// What nobody sees of it.
pub const fn hidden_poseidon(inputs: u64) -> u64 {
	HIDDEN_POSEIDON_SQUARE.saturating_mul(inputs.saturating_mul(inputs))
}

/// What copying so many bytes costs.
pub const fn bytes(length: u64) -> u64 {
	match length.checked_div(BYTES_PER_UNIT) {
		Some(units) => units,
		None => u64::MAX,
	}
}

/// What is not visible in a transaction's compute units, but paid by its weight, counts in units as well:
/// so many bytes of a program's file, read, checked and decoded, are one (5 ns a byte natively).
pub const HIDDEN_BYTES_LOADED_PER_UNIT: u64 = 2;
/// So many bytes of accounts, copied into a program's input and compared when it has ended, are one: more
/// than it takes, for programs that call each other hold their inputs in memory at the same time.
pub const HIDDEN_BYTES_COPIED_PER_UNIT: u64 = 16;
/// So many bytes of stack, heap and input, zeroed for a program, are one.
pub const HIDDEN_BYTES_ZEROED_PER_UNIT: u64 = 256;

/// What adding two points of BN254's G2 weighs in Wasm above its price, in compute units that nobody sees:
/// an inversion and the curve's equation, as the next three an estimate on the safe side.
pub const HIDDEN_BN254_G2_ADD: u64 = 12_000;
/// The same of multiplying one.
pub const HIDDEN_BN254_G2_MULTIPLY: u64 = 150_000;
/// The same of decompressing a point of G1: a square root.
pub const HIDDEN_BN254_G1_DECOMPRESS: u64 = 8_000;
/// The same of a point of G2.
pub const HIDDEN_BN254_G2_DECOMPRESS: u64 = 30_000;

/// What hashing by Poseidon takes natively above its price, as often as the square of how many numbers: to
/// hash 1 to 12 takes 12 to 285 µs, and a fifth more than it takes is so paid, or further above.
pub const HIDDEN_POSEIDON_SQUARE: u64 = 30;
