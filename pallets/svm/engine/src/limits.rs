// SPDX-License-Identifier: Apache-2.0
//! Every limit and constant of the Solana VM that a program or a wallet can observe, with the reason for
//! its number. Compute costs of syscalls are in `syscalls::costs`.

/// What one compute unit weighs, in picoseconds.
///
/// An instruction of a program costs one unit; see `docs/benchmarks.md` for how long it takes in Wasm.
pub const WEIGHT_PER_COMPUTE_UNIT: u64 = 25_000;

/// The most compute units of one transaction (`MAX_COMPUTE_UNIT_LIMIT`, solana-compute-budget 4.2).
pub const COMPUTE_UNITS_MAX: u32 = 1_400_000;

/// The compute units that an operation by opcode can use: what Solana gives an instruction of a program
/// (`DEFAULT_INSTRUCTION_COMPUTE_UNIT_LIMIT`).
pub const INVOKE_COMPUTE_UNITS: u32 = 200_000;

/// The compute units of a plain transfer by opcode 0x21: what the System program costs.
pub const TRANSFER_COMPUTE_UNITS: u32 = 150;

/// What a signature costs, in lamports (`DEFAULT_TARGET_LAMPORTS_PER_SIGNATURE` / 2 on Solana's main
/// network for years).
pub const LAMPORTS_PER_SIGNATURE: u64 = 5_000;

/// How many blocks a blockhash can be named: 150, as on Solana (`MAX_PROCESSING_AGE`).
pub const BLOCKHASH_SLOTS: u64 = 150;

/// The longest data of an account, in bytes: 10 MiB (`MAX_PERMITTED_DATA_LENGTH`).
pub const ACCOUNT_BYTES_MAX: usize = 10 * 1024 * 1024;

/// How many accounts a transaction can name (`MAX_TX_ACCOUNT_LOCKS`).
pub const ACCOUNTS_MAX: usize = 64;

/// How many bytes accounts can grow by in one transaction: 20 MiB
/// (`MAX_ACCOUNT_DATA_GROWTH_PER_TRANSACTION`).
pub const GROWTH_MAX: i128 = 2 * 10 * 1024 * 1024;

/// How deep instructions can call each other, that of the message included
/// (`MAX_INSTRUCTION_STACK_DEPTH`).
pub const STACK_HEIGHT_MAX: usize = 5;

/// How many instructions can run in a transaction (`MAX_INSTRUCTION_TRACE_LENGTH`).
pub const TRACE_MAX: usize = 64;

/// The most that loading programs and accounts, copying data and calling other programs can weigh in a
/// transaction whose programs are not all built in, in compute units that nobody sees.
pub const HIDDEN_UNITS_MAX: u64 = 1_000_000;

/// The same of a transaction that calls the loader: programs are long, and are written in many pieces.
pub const LOADER_UNITS_MAX: u64 = 3_000_000;

/// How many bytes of accounts a transaction whose programs are all built in is given to load, besides those
/// that it asks the System program for: of both no more than [`HIDDEN_UNITS_MAX`] are worth.
pub const BUILT_IN_BYTES_MAX: u64 = 64 * 1_024;
