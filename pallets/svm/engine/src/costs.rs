// SPDX-License-Identifier: Apache-2.0
//! What the chain does for a transaction and Solana charges nothing for: in compute units that nobody sees,
//! and that count for the block as those of programs do.
//!
//! **Beforehand** a message is given all that it can come to need ([`ChainCosts::of_message`]); **while it
//! runs**, what is done is taken from that, and the rest is given back.

use sp_weights::Weight;
use unum_solana_transaction::{CompiledInstruction, Message};

use crate::{
	fixed, ids,
	limits::{BUILT_IN_BYTES_MAX, HIDDEN_UNITS_MAX, LOADER_UNITS_MAX, WEIGHT_PER_COMPUTE_UNIT},
	programs::{space, token_program_position, ATA_CALLS_MAX},
};

/// So many bytes of accounts, read from the state and written to it, are one compute unit that nobody sees.
///
/// That is 8 ns a byte: dear enough for what a block can hold of them to fit into the memory of the VM that
/// runs it, several times over.
const BYTES_KEPT_PER_UNIT: u64 = 3;

/// The bytes of a lookup table, all of whose places are taken.
const LOOKUP_TABLE_BYTES: u64 = 8_248;

/// What each thing costs that the chain does for a transaction, in compute units that nobody sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ChainCosts {
	/// To see whether it came already, to note that it did, and to keep what became of it.
	pub transaction: u64,
	/// To find an account in the state, besides its bytes.
	pub account: u64,
	/// To keep an account that has changed.
	pub change: u64,
	/// The same of one that has had no coins before: its identity begins.
	pub birth: u64,
	/// To begin and to end an instruction, and to move in the ledger what it has moved.
	pub instruction: u64,
	/// To render an account again that an instruction of the token program may have changed.
	pub rendering: u64,
	/// To verify a signature.
	pub signature: u64,
}

impl ChainCosts {
	/// Round figures of about what a chain takes, for hosts that have measured nothing, such as those of
	/// tests.
	pub const ROUND: Self = Self {
		transaction: 2_000,
		account: 2_000,
		change: 2_000,
		birth: 8_000,
		instruction: 2_500,
		rendering: 1_000,
		signature: 3_000,
	};

	/// The most that a message can need, its signatures excepted.
	pub(crate) fn of_message(&self, message: &Message) -> u64 {
		let accounts = number(message.account_count());
		let instructions = message.instructions().iter();
		let tables = message.address_table_lookups();
		let writable = (0..message.account_keys().len())
			.filter(|index| message.is_writable_static(*index))
			.count()
			.saturating_add(tables.iter().map(|table| table.writable_indexes.len()).sum());
		[
			self.of_beginning(message),
			accounts.saturating_mul(self.account),
			number(writable).saturating_mul(self.change.saturating_add(self.birth)),
			instructions
				.map(|called| self.of_instruction(message, called))
				.fold(0, u64::saturating_add),
			message.precompile_signatures().saturating_mul(self.signature),
			of_programs(message),
		]
		.into_iter()
		.fold(0, u64::saturating_add)
	}

	/// The most that an instruction of a message can need, if its program is built in.
	fn of_instruction(&self, message: &Message, called: &CompiledInstruction) -> u64 {
		let (instructions, rendered) = match message.program(called) {
			Some(program) if *program == ids::associated_token_program() => {
				(ATA_CALLS_MAX.saturating_add(1), ATA_CALLS_MAX)
			},
			Some(program) if *program == ids::token_program() => (1, 1),
			_ => (1, 0),
		};
		let rendering = self.rendering.saturating_mul(number(message.account_count()));
		self.instruction
			.saturating_mul(instructions)
			.saturating_add(rendering.saturating_mul(rendered))
	}

	/// What a message uses before its accounts are loaded: for itself, and for its lookup tables.
	pub(crate) fn of_beginning(&self, message: &Message) -> u64 {
		let table = self.account.saturating_add(bytes_kept(LOOKUP_TABLE_BYTES));
		let tables = number(message.address_table_lookups().len());
		self.transaction.saturating_add(tables.saturating_mul(table))
	}
}

/// What so many bytes of accounts cost, in compute units that nobody sees.
pub(crate) const fn bytes_kept(length: u64) -> u64 {
	length.div_ceil(BYTES_KEPT_PER_UNIT)
}

/// What weighs `units` compute units.
pub const fn weight_of(units: u64) -> Weight {
	Weight::from_parts(units.saturating_mul(WEIGHT_PER_COMPUTE_UNIT), 0)
}

/// How many compute units weigh as much as this, rounded up.
pub const fn units_of(weight: Weight) -> u64 {
	weight.ref_time().div_ceil(WEIGHT_PER_COMPUTE_UNIT)
}

/// The most that the programs of a message can need by themselves: their files, their memory, the bytes of
/// accounts, and the calls that they make.
fn of_programs(message: &Message) -> u64 {
	let mut instructions = message.instructions().iter();
	let loader = ids::bpf_loader_upgradeable();
	if instructions.clone().any(|called| message.program(called) == Some(&loader)) {
		return LOADER_UNITS_MAX;
	}
	match instructions.any(|called| may_load(message, called)) {
		true => HIDDEN_UNITS_MAX,
		false => {
			bytes_kept(BUILT_IN_BYTES_MAX.saturating_add(allocated(message))).min(HIDDEN_UNITS_MAX)
		},
	}
}

/// How many bytes a message asks the System program for.
fn allocated(message: &Message) -> u64 {
	let system = ids::system_program();
	let instructions = message.instructions().iter();
	instructions
		.filter(|called| message.program(called) == Some(&system))
		.map(|called| space(&called.data))
		.fold(0, u64::saturating_add)
}

/// Whether an instruction can come to load a program, as far as it shows before lookup tables are read.
fn may_load(message: &Message, instruction: &CompiledInstruction) -> bool {
	let is_loaded = |program| !fixed::is_built_in(program);
	let Some(program) = message.program(instruction) else { return false };
	if *program != ids::associated_token_program() {
		return is_loaded(program);
	}
	// It calls the token program that it is given.
	let position = token_program_position(&instruction.data);
	let Some(index) = instruction.accounts.get(position) else { return false };
	message.account_keys().get(usize::from(*index)).is_none_or(is_loaded)
}

/// A length as a number.
pub(crate) fn number(length: usize) -> u64 {
	u64::try_from(length).unwrap_or(u64::MAX)
}
