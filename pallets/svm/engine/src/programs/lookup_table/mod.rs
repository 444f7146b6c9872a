// SPDX-License-Identifier: Apache-2.0
//! The Address Lookup Table program (Core BPF program of Solana since 2025;
//! solana-address-lookup-table-interface 3.1): tables of addresses that transactions name by their
//! positions.

mod state;

pub(crate) use state::addresses;

use alloc::{format, vec::Vec};
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;
use unum_spl_token::create_program_address;

use self::state::{is_recent, LookupTable, Status, ADDRESSES_MAX, META_BYTES};
use super::{bytes::Reader, call, next_key, say};
use crate::{bpf::CalledInstruction, ids, rent, AccountMut, AccountRef, InvokeContext, SvmHost};

/// What each instruction costs, in compute units: what it cost when the program was native. Its costs now
/// depend on how it was compiled.
pub(crate) const COMPUTE_UNITS: u64 = 750;

/// The program's own errors, with what it logs instead of their names.
const INVALID_SEEDS: (u32, &str) = (1, "Provided seeds do not result in a valid address");
const READONLY_DATA: (u32, &str) = (10, "Instruction modified data of a read-only account");
const READONLY_LAMPORTS: (u32, &str) =
	(11, "Instruction changed the balance of a read-only account");

/// An instruction of the program (`ProgramInstruction`).
enum TableInstruction {
	Create { recent_slot: u64, bump: u8 },
	Freeze,
	Extend(Vec<SvmAddress>),
	Deactivate,
	Close,
}

fn read_instruction(data: &[u8]) -> Option<TableInstruction> {
	let from = &mut Reader::new(data);
	Some(match from.u32()? {
		0 => TableInstruction::Create { recent_slot: from.u64()?, bump: from.u8()? },
		1 => TableInstruction::Freeze,
		2 => {
			let count = from.u64()?;
			// What is read is bounded by the data.
			let keys: Option<Vec<_>> = (0..count).map(|_| from.key()).collect();
			TableInstruction::Extend(keys?)
		},
		3 => TableInstruction::Deactivate,
		4 => TableInstruction::Close,
		_ => return None,
	})
}

/// Processes an instruction of the program.
///
/// # Errors
/// Upstream's, in its order of checks, as the log says.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	context.consume(COMPUTE_UNITS)?;
	let instruction = read_instruction(context.instruction_data());
	let mut tables = Tables { context, is_stopped: false };
	let result = match instruction {
		None => Err(InstructionError::InvalidInstructionData),
		Some(TableInstruction::Create { recent_slot, bump }) => tables.create(recent_slot, bump),
		Some(TableInstruction::Freeze) => tables.freeze(),
		Some(TableInstruction::Extend(addresses)) => tables.extend(addresses),
		Some(TableInstruction::Deactivate) => tables.deactivate(),
		Some(TableInstruction::Close) => tables.close(),
	};
	if let Err(error) = result.as_ref().map_err(InstructionError::name) {
		if !tables.is_stopped {
			tables.say(&format!("Error: {error}"));
		}
	}
	result
}

/// An instruction of the program that is processed.
struct Tables<'a, 'c, 'm, H: SvmHost> {
	context: &'a mut InvokeContext<'c, 'm, H>,
	/// Whether the runtime has stopped it, so that it could not say anything about its error: a call has
	/// failed, or an account may not be changed so.
	is_stopped: bool,
}

impl<H: SvmHost> Tables<'_, '_, '_, H> {
	fn say(&mut self, sentence: &str) {
		say(self.context, sentence);
	}

	/// Logs why, and fails.
	fn fail<T>(&mut self, sentence: &str, error: InstructionError) -> Result<T, InstructionError> {
		self.say(sentence);
		Err(error)
	}

	fn account(&self, position: u16) -> Result<AccountRef<'_>, InstructionError> {
		self.context.account(position).map_err(|_| InstructionError::NotEnoughAccountKeys)
	}

	fn account_mut(&mut self, position: u16) -> Result<AccountMut<'_>, InstructionError> {
		self.is_stopped = true;
		self.context.account_mut(position)
	}

	fn invoke(
		&mut self,
		call: &CalledInstruction,
		signers: &[SvmAddress],
	) -> Result<(), InstructionError> {
		let result = self.context.native_invoke(call, signers);
		self.is_stopped = result.is_err();
		result
	}

	fn ensure_signed(&mut self, position: u16, who: &str) -> Result<(), InstructionError> {
		match self.account(position)?.is_signer() {
			true => Ok(()),
			false => {
				let sentence = format!("{who} account must be a signer");
				self.fail(&sentence, InstructionError::MissingRequiredSignature)
			},
		}
	}

	fn create(&mut self, recent_slot: u64, bump: u8) -> Result<(), InstructionError> {
		self.say("Instruction: CreateLookupTable");
		let table = next_key(self.context, 0)?;
		let authority = next_key(self.context, 1)?;
		let payer = next_key(self.context, 2)?;
		self.ensure_signed(2, "Payer")?;
		if !is_recent(recent_slot, self.context.slot()) {
			let sentence = format!("{recent_slot} is not a recent slot");
			return self.fail(&sentence, InstructionError::InvalidInstructionData);
		}
		let program = ids::address_lookup_table();
		let seeds = [authority.as_ref(), &recent_slot.to_le_bytes()[..], &[bump]];
		let derived = create_program_address(&seeds, &program);
		let Ok(derived) = derived else { return self.fail_with(INVALID_SEEDS) };
		if table != derived {
			let sentence = format!("Table address must match derived address: {derived}");
			return self.fail(&sentence, InstructionError::InvalidArgument);
		}
		if *self.account(0)?.owner() == program {
			return Ok(());
		}
		self.fund(payer, table, META_BYTES)?;
		let space = u64::try_from(META_BYTES).unwrap_or(u64::MAX);
		self.invoke(&call::allocate(table, space), &[table])?;
		self.invoke(&call::assign(table, program), &[table])?;
		self.write(&LookupTable::new(authority))
	}

	/// Gives the table what exempts it from rent, if it has less.
	fn fund(
		&mut self,
		payer: SvmAddress,
		table: SvmAddress,
		length: usize,
	) -> Result<(), InstructionError> {
		let needed = rent::minimum_balance(length).max(1);
		match needed.saturating_sub(self.account(0)?.lamports()) {
			0 => Ok(()),
			missing => self.invoke(&call::transfer(payer, table, missing), &[]),
		}
	}

	/// Logs an error that has a number of its own, and fails.
	fn fail_with<T>(&mut self, (code, sentence): (u32, &str)) -> Result<T, InstructionError> {
		self.is_stopped = true;
		self.fail(sentence, InstructionError::Custom(code))
	}

	fn write(&mut self, table: &LookupTable) -> Result<(), InstructionError> {
		self.account_mut(0)?.set_data_from_slice(&table.encode())?;
		self.is_stopped = false;
		Ok(())
	}

	/// The table, which the second account is the authority of, where there are so many accounts;
	/// `frozen` is what the log says where it has none.
	fn table(&mut self, accounts: u16, frozen: &str) -> Result<LookupTable, InstructionError> {
		if *self.account(0)?.owner() != ids::address_lookup_table() {
			let sentence = "Lookup table owner should be the Address Lookup Table program";
			return self.fail(sentence, InstructionError::InvalidAccountOwner);
		}
		let key = next_key(self.context, 1)?;
		self.ensure_signed(1, "Authority")?;
		for position in 2..accounts {
			next_key(self.context, position)?;
		}
		let table = LookupTable::read(self.account(0)?.data())?;
		match table.authority {
			None => self.fail(frozen, InstructionError::Immutable),
			Some(authority) if authority != key => {
				self.fail("Incorrect lookup table authority", InstructionError::IncorrectAuthority)
			},
			Some(_) => Ok(table),
		}
	}

	fn freeze(&mut self) -> Result<(), InstructionError> {
		self.say("Instruction: FreezeLookupTable");
		let table = self.table(2, "Lookup table is already frozen")?;
		if table.deactivation_slot != u64::MAX {
			let sentence = "Deactivated tables cannot be frozen";
			return self.fail(sentence, InstructionError::InvalidArgument);
		}
		if table.addresses.is_empty() {
			let sentence = "Empty lookup tables cannot be frozen";
			return self.fail(sentence, InstructionError::InvalidInstructionData);
		}
		self.write(&LookupTable { authority: None, ..table })
	}

	fn extend(&mut self, new: Vec<SvmAddress>) -> Result<(), InstructionError> {
		self.say("Instruction: ExtendLookupTable");
		let mut table = self.table(2, "Lookup table is frozen")?;
		self.ensure_extendable(&table, new.len())?;
		let slot = self.context.slot();
		if slot != table.last_extended_slot {
			table.last_extended_slot = slot;
			table.last_extended_start = u8::try_from(table.addresses.len())
				.map_err(|_| InstructionError::InvalidAccountData)?;
		}
		table.addresses.extend(new);
		if !self.account(0)?.is_writable() {
			return self.fail_with(READONLY_DATA);
		}
		self.write(&table)?;
		let length = self.account(0)?.data().len();
		if self.account(0)?.lamports() < rent::minimum_balance(length) {
			let payer = next_key(self.context, 2)?;
			self.ensure_signed(2, "Payer")?;
			// The System program, which is called.
			next_key(self.context, 3)?;
			let table = next_key(self.context, 0)?;
			self.fund(payer, table, length)?;
		}
		Ok(())
	}

	fn ensure_extendable(
		&mut self,
		table: &LookupTable,
		count: usize,
	) -> Result<(), InstructionError> {
		if table.deactivation_slot != u64::MAX {
			let sentence = "Deactivated tables cannot be extended";
			return self.fail(sentence, InstructionError::InvalidArgument);
		}
		let before = table.addresses.len();
		if before >= ADDRESSES_MAX {
			let sentence = "Lookup table is full and cannot contain more addresses";
			return self.fail(sentence, InstructionError::InvalidArgument);
		}
		if count == 0 {
			let sentence = "Must extend with at least one address";
			return self.fail(sentence, InstructionError::InvalidInstructionData);
		}
		let length = before.saturating_add(count);
		if length > ADDRESSES_MAX {
			let sentence = format!(
				"Extended lookup table length {length} would exceed max capacity of {ADDRESSES_MAX}"
			);
			return self.fail(&sentence, InstructionError::InvalidInstructionData);
		}
		Ok(())
	}

	fn deactivate(&mut self) -> Result<(), InstructionError> {
		self.say("Instruction: DeactivateLookupTable");
		let table = self.table(2, "Lookup table is frozen")?;
		if table.deactivation_slot != u64::MAX {
			let sentence = "Lookup table is already deactivated";
			return self.fail(sentence, InstructionError::InvalidArgument);
		}
		let deactivation_slot = self.context.slot();
		self.write(&LookupTable { deactivation_slot, ..table })
	}

	fn close(&mut self) -> Result<(), InstructionError> {
		self.say("Instruction: CloseLookupTable");
		let table = self.table(3, "Lookup table is frozen")?;
		match table.status(self.context.slot()) {
			Status::Activated => {
				let sentence = "Lookup table is not deactivated";
				return self.fail(sentence, InstructionError::InvalidArgument);
			},
			Status::Deactivating(blocks) => {
				let sentence = format!(
					"Table cannot be closed until it's fully deactivated in {blocks} blocks"
				);
				return self.fail(&sentence, InstructionError::InvalidArgument);
			},
			Status::Deactivated => {},
		}
		if self.account(0)?.key() == self.account(2)?.key() {
			let sentence = "Lookup table cannot be the recipient of reclaimed lamports";
			return self.fail(sentence, InstructionError::InvalidArgument);
		}
		if !self.account(2)?.is_writable() {
			return self.fail_with(READONLY_LAMPORTS);
		}
		if !self.account(0)?.is_writable() {
			return self.fail_with(READONLY_DATA);
		}
		let lamports = self.account(0)?.lamports();
		self.account_mut(2)?.checked_add_lamports(lamports)?;
		let mut account = self.account_mut(0)?;
		account.set_lamports(0)?;
		account.set_data_length(0)
	}
}
