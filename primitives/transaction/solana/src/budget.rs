// SPDX-License-Identifier: Apache-2.0
//! What a transaction asks for and offers, in instructions of the Compute Budget program
//! (solana-compute-budget-instruction 4.2, solana-compute-budget-interface 3.0).

use crate::{
	ids,
	limits::{
		BUILTIN_INSTRUCTION_COMPUTE_UNITS, HEAP_STEP_BYTES, INSTRUCTION_COMPUTE_UNITS,
		MAX_COMPUTE_UNITS, MAX_HEAP_BYTES, MAX_LOADED_ACCOUNTS_BYTES, MICRO_LAMPORTS,
		MIN_HEAP_BYTES,
	},
	ComputeBudgetError, Message,
};

/// What a transaction asks for and offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ComputeBudget {
	/// Compute units that it may use.
	pub unit_limit: u32,
	/// What it offers for each of them, in millionths of a lamport.
	pub unit_price_micro_lamports: u64,
	/// Bytes of heap that each of its programs has.
	pub heap_bytes: u32,
	/// Bytes of accounts that it may load.
	pub loaded_accounts_bytes: u32,
}

impl ComputeBudget {
	/// What it offers for all units that it may use, in lamports, rounded up.
	pub fn prioritization_fee(&self) -> u64 {
		let offered =
			u128::from(self.unit_price_micro_lamports).saturating_mul(self.unit_limit.into());
		u64::try_from(offered.div_ceil(MICRO_LAMPORTS)).unwrap_or(u64::MAX)
	}
}

/// What the instructions ask for, each with the position of the instruction.
#[derive(Default)]
struct Requests {
	heap_bytes: Option<(u8, u32)>,
	unit_limit: Option<(u8, u32)>,
	unit_price: Option<(u8, u64)>,
	loaded_accounts_bytes: Option<(u8, u32)>,
}

/// Reads what a message asks for and offers.
///
/// # Errors
/// [`ComputeBudgetError`]. As upstream, first for the instructions in their order, then for a heap
/// whose size there is not, then for a limit of loaded bytes of zero.
pub fn compute_budget(message: &Message) -> Result<ComputeBudget, ComputeBudgetError> {
	let mut requests = Requests::default();
	for (instruction, index) in message.instructions().iter().zip(0u8..) {
		if message.program(instruction) == Some(&ids::compute_budget()) {
			requests.note(index, &instruction.data)?;
		}
	}
	Ok(ComputeBudget {
		heap_bytes: requests.heap()?,
		loaded_accounts_bytes: requests.loaded_accounts()?,
		unit_limit: requests
			.units()
			.unwrap_or_else(|| default_units(message))
			.min(MAX_COMPUTE_UNITS),
		unit_price_micro_lamports: requests.unit_price.map_or(0, |(_, price)| price),
	})
}

impl Requests {
	/// Bytes after the number are not looked at, as upstream reads Borsh without asking for the end.
	fn note(&mut self, index: u8, data: &[u8]) -> Result<(), ComputeBudgetError> {
		let invalid = ComputeBudgetError::InvalidInstructionData { index };
		let (kind, number) = data.split_first().ok_or(invalid)?;
		let number_32 = || number.first_chunk().map(|it| u32::from_le_bytes(*it)).ok_or(invalid);
		let number_64 = || number.first_chunk().map(|it| u64::from_le_bytes(*it)).ok_or(invalid);
		match kind {
			1 => set(&mut self.heap_bytes, index, number_32()?),
			2 => set(&mut self.unit_limit, index, number_32()?),
			3 => set(&mut self.unit_price, index, number_64()?),
			4 => set(&mut self.loaded_accounts_bytes, index, number_32()?),
			_ => Err(invalid),
		}
	}

	fn heap(&self) -> Result<u32, ComputeBudgetError> {
		match self.heap_bytes {
			None => Ok(MIN_HEAP_BYTES),
			Some((_, bytes))
				if (MIN_HEAP_BYTES..=MAX_HEAP_BYTES).contains(&bytes)
					&& bytes.is_multiple_of(HEAP_STEP_BYTES) =>
			{
				Ok(bytes)
			},
			Some((index, _)) => Err(ComputeBudgetError::InvalidInstructionData { index }),
		}
	}

	fn loaded_accounts(&self) -> Result<u32, ComputeBudgetError> {
		match self.loaded_accounts_bytes {
			None => Ok(MAX_LOADED_ACCOUNTS_BYTES),
			Some((_, 0)) => Err(ComputeBudgetError::InvalidLoadedAccountsDataSizeLimit),
			Some((_, bytes)) => Ok(bytes.min(MAX_LOADED_ACCOUNTS_BYTES)),
		}
	}

	fn units(&self) -> Option<u32> {
		self.unit_limit.map(|(_, units)| units)
	}
}

fn set<T>(slot: &mut Option<(u8, T)>, index: u8, value: T) -> Result<(), ComputeBudgetError> {
	match slot.replace((index, value)) {
		None => Ok(()),
		Some(_) => Err(ComputeBudgetError::DuplicateInstruction { index }),
	}
}

/// What a transaction may use that does not say (SIMD-170). The instructions of the Compute Budget
/// program count as well.
fn default_units(message: &Message) -> u32 {
	message.instructions().iter().fold(0, |sum: u32, it| {
		let is_builtin = message.program(it).is_some_and(ids::is_builtin);
		sum.saturating_add(match is_builtin {
			true => BUILTIN_INSTRUCTION_COMPUTE_UNITS,
			false => INSTRUCTION_COMPUTE_UNITS,
		})
	})
}
