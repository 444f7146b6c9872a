// SPDX-License-Identifier: Apache-2.0
//! Instructions, run: the current one and those that called it, their accounts, what they may still use,
//! and what they leave (`invoke_context.rs` of `solana-program-runtime` 4.2, `transaction.rs` of
//! `solana-transaction-context` 4.2).

use alloc::{format, rc::Rc, string::String, vec::Vec};
use base64::{prelude::BASE64_STANDARD, Engine};
use unum_address::{Address, SvmAddress};
use unum_solana_transaction::ResolvedMessage;
use unum_solana_view::InstructionError;
use unum_vm_engine::{EngineFault, VmCall, VmCallResult};

use crate::{
	accounts::Accounts,
	borrowed::{AccountMut, AccountRef},
	bpf::{self, CalledInstruction, ProgramFailure, Programs},
	costs::{number, ChainCosts},
	fixed,
	frame::{InstructionAccount, InstructionFrame, TracedInstruction},
	ids,
	limits::{STACK_HEIGHT_MAX, TRACE_MAX},
	logs::Logs,
	programs::{self, precompiles},
	sysvars, Account, Environment, SvmHost,
};

/// How much a transaction may use.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budget {
	/// Compute units, as everybody sees them.
	pub units: u64,
	/// Compute units for what Solana charges nothing, and nobody sees.
	pub hidden: u64,
	/// The heap of its programs, in bytes.
	pub heap_bytes: u32,
}

/// An account of a call that was prepared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CallAccount {
	/// Its position in the instruction that calls.
	pub position: u16,
	/// Whether the one that is called may change it.
	pub is_writable: bool,
}

/// An instruction that ran before, as later ones can ask for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sibling {
	/// The program.
	pub program: SvmAddress,
	/// Its accounts.
	pub accounts: Vec<crate::SvmAccountMeta>,
	/// Its data.
	pub data: Vec<u8>,
}

/// The instructions of a transaction, while they run.
pub struct InvokeContext<'a, 'm, H: SvmHost> {
	host: &'a mut H,
	message: &'m ResolvedMessage,
	environment: Environment,
	costs: ChainCosts,
	accounts: Accounts,
	/// The current instruction is the last one.
	stack: Vec<Rc<InstructionFrame>>,
	prepared: Option<InstructionFrame>,
	trace: Vec<TracedInstruction>,
	top_index: u8,
	budget: Budget,
	remaining: u64,
	hidden: u64,
	logs: Logs,
	return_data: (SvmAddress, Vec<u8>),
	programs: Programs,
	/// Addresses that calls of other VMs brought to life.
	created: Vec<Address>,
	/// A defect that showed itself; the instruction fails with any error.
	fault: Option<EngineFault>,
}

impl<H: SvmHost> core::fmt::Debug for InvokeContext<'_, '_, H> {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.debug_struct("InvokeContext").field("stack", &self.stack).finish_non_exhaustive()
	}
}

/// What is left of a transaction's instructions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Left {
	pub(crate) accounts: Accounts,
	pub(crate) trace: Vec<TracedInstruction>,
	pub(crate) logs: Logs,
	pub(crate) return_data: (SvmAddress, Vec<u8>),
	/// Compute units that were used, as everybody sees them.
	pub(crate) used: u64,
	/// And those that nobody sees.
	pub(crate) hidden: u64,
	/// Addresses that calls of other VMs brought to life.
	pub(crate) created: Vec<Address>,
	pub(crate) fault: Option<EngineFault>,
}

impl<'a, 'm, H: SvmHost> InvokeContext<'a, 'm, H> {
	pub(crate) fn new(host: &'a mut H, message: &'m ResolvedMessage, budget: Budget) -> Self {
		let (environment, costs) = (host.environment(), host.costs());
		Self {
			host,
			message,
			environment,
			costs,
			accounts: Accounts::default(),
			stack: Vec::new(),
			prepared: None,
			trace: Vec::new(),
			top_index: 0,
			budget,
			remaining: budget.units,
			hidden: budget.hidden,
			logs: Logs::default(),
			return_data: (ids::system_program(), Vec::new()),
			programs: Programs::default(),
			created: Vec::new(),
			fault: None,
		}
	}

	pub(crate) fn finish(self) -> Left {
		Left {
			accounts: self.accounts,
			trace: self.trace,
			logs: self.logs,
			return_data: self.return_data,
			used: self.budget.units.saturating_sub(self.remaining),
			hidden: self.budget.hidden.saturating_sub(self.hidden),
			created: self.created,
			fault: self.fault,
		}
	}

	// --- the chain ---------------------------------------------------------------------------

	/// The chain.
	pub fn host(&self) -> &H {
		self.host
	}

	/// The block at hand.
	pub const fn environment(&self) -> &Environment {
		&self.environment
	}

	/// What the chain does for transactions, and what that costs.
	pub const fn costs(&self) -> ChainCosts {
		self.costs
	}

	/// Loads one more account of the transaction; see [`Accounts::load`].
	pub(crate) fn load_account(&mut self, key: &SvmAddress) -> Option<u64> {
		self.accounts.load(self.host, &self.environment, key)
	}

	/// The accounts that were loaded.
	pub(crate) const fn accounts(&self) -> &Accounts {
		&self.accounts
	}

	/// Keeps in the state what has changed of them.
	pub(crate) fn keep_accounts(&mut self) {
		self.accounts.keep(self.host);
	}

	/// The slot of the block at hand.
	pub const fn slot(&self) -> u64 {
		self.environment.slot
	}

	/// The data of a system variable.
	pub fn sysvar(&self, key: &SvmAddress) -> Option<Vec<u8>> {
		sysvars::data(&self.environment, key)
	}

	/// Accounts and chain, to work on the ledger: lamports are synced before, and what the ledger may
	/// have changed of the current instruction's accounts is read again afterwards.
	///
	/// # Errors
	/// `InsufficientFunds`: the ledger refuses what lamports have moved; `ComputationalBudgetExceeded`:
	/// too many accounts, all together; and what `work` says.
	pub(crate) fn on_ledger<T>(
		&mut self,
		work: impl FnOnce(&mut H, &mut Accounts) -> Result<T, InstructionError>,
	) -> Result<T, InstructionError> {
		let concerned = self.accounts.concerned(&self.frame()?.accounts);
		self.consume_hidden(self.costs.rendering.saturating_mul(number(concerned.len())))?;
		self.accounts.sync(self.host)?;
		let done = work(self.host, &mut self.accounts)?;
		self.accounts.refresh(self.host, &concerned);
		Ok(done)
	}

	/// Asks another VM for an operation.
	///
	/// # Errors
	/// `InsufficientFunds`: the ledger refuses what lamports have moved. `GenericError`: a defect.
	pub fn call_vm(&mut self, call: &VmCall<'_>) -> Result<VmCallResult, InstructionError> {
		self.accounts.sync(self.host)?;
		self.accounts.flush(self.host);
		let mut result = self.host.call_vm(call).map_err(|fault| {
			self.fault = Some(fault);
			InstructionError::GenericError
		})?;
		self.created.append(&mut result.created);
		self.accounts.reload(self.host, &self.environment);
		Ok(result)
	}

	/// The account at a position of the transaction.
	///
	/// # Errors
	/// `MissingAccount`.
	pub fn transaction_account(&self, index: usize) -> Result<&Account, InstructionError> {
		self.accounts.get(index)
	}

	// --- what may be used --------------------------------------------------------------------

	/// Uses compute units.
	///
	/// # Errors
	/// `ComputationalBudgetExceeded`, with nothing left.
	pub fn consume(&mut self, units: u64) -> Result<(), InstructionError> {
		take(&mut self.remaining, units)
	}

	/// Uses compute units that Solana does not charge and nobody sees: they count for the block.
	///
	/// # Errors
	/// `ComputationalBudgetExceeded`.
	pub fn consume_hidden(&mut self, units: u64) -> Result<(), InstructionError> {
		take(&mut self.hidden, units)
	}

	/// The compute units that are left.
	pub const fn remaining(&self) -> u64 {
		self.remaining
	}

	/// Sets them, after a program has run.
	pub fn set_remaining(&mut self, units: u64) {
		self.remaining = units;
	}

	/// The heap of a program, in bytes.
	pub const fn heap_bytes(&self) -> u32 {
		self.budget.heap_bytes
	}

	/// The programs that were loaded.
	pub const fn programs(&self) -> &Programs {
		&self.programs
	}

	/// The same, to add one.
	pub fn programs_mut(&mut self) -> &mut Programs {
		&mut self.programs
	}

	// --- what is left ------------------------------------------------------------------------

	/// Logs a line.
	pub fn log(&mut self, line: String) {
		self.logs.line(line);
	}

	/// Logs fields of data.
	pub fn log_data(&mut self, fields: &[impl AsRef<[u8]>]) {
		let fields: Vec<String> =
			fields.iter().map(|field| BASE64_STANDARD.encode(field.as_ref())).collect();
		self.log(format!("Program data: {}", fields.join(" ")));
	}

	/// Logs what was returned, if anything was: as that of the current program, also where one that it has
	/// called returned it (`stable_log::program_return` upstream).
	pub fn log_return(&mut self) {
		let (_, data) = &self.return_data;
		let Some(frame) = self.stack.last().filter(|_| !data.is_empty()) else { return };
		let line = format!("Program return: {} {}", frame.program, BASE64_STANDARD.encode(data));
		self.log(line);
	}

	/// What was returned last, and by which program.
	pub fn return_data(&self) -> (&SvmAddress, &[u8]) {
		(&self.return_data.0, &self.return_data.1)
	}

	/// Returns data.
	pub fn set_return_data(&mut self, program: SvmAddress, data: Vec<u8>) {
		self.return_data = (program, data);
	}

	// --- the current instruction -------------------------------------------------------------

	/// The current instruction.
	///
	/// # Errors
	/// `CallDepth`: nothing runs.
	pub fn frame(&self) -> Result<&Rc<InstructionFrame>, InstructionError> {
		self.stack.last().ok_or(InstructionError::CallDepth)
	}

	/// How deep it is: 1 for an instruction of the message.
	pub fn stack_height(&self) -> usize {
		self.stack.len()
	}

	/// Its program.
	///
	/// # Errors
	/// `CallDepth`: nothing runs.
	pub fn program_id(&self) -> Result<&SvmAddress, InstructionError> {
		Ok(&self.frame()?.program)
	}

	/// The loader that owns its program.
	///
	/// # Errors
	/// `CallDepth`: nothing runs.
	pub fn program_owner(&self) -> Result<SvmAddress, InstructionError> {
		Ok(self.accounts.get(self.frame()?.program_index)?.owner)
	}

	/// Its data; nothing where none runs.
	pub fn instruction_data(&self) -> &[u8] {
		self.stack.last().map_or(&[], |frame| &frame.data)
	}

	/// How many accounts it has.
	pub fn account_count(&self) -> u16 {
		let count = self.stack.last().map_or(0, |frame| frame.accounts.len());
		u16::try_from(count).unwrap_or(u16::MAX)
	}

	/// That it has so many accounts at least.
	///
	/// # Errors
	/// `MissingAccount`.
	pub fn ensure_accounts(&self, count: usize) -> Result<(), InstructionError> {
		self.frame()?.ensure_accounts(count)
	}

	/// Its account at a position.
	///
	/// # Errors
	/// `MissingAccount`.
	pub fn account(&self, position: u16) -> Result<AccountRef<'_>, InstructionError> {
		let flags = *self.frame()?.account(position.into())?;
		let loaded = self.accounts.loaded(flags.index)?;
		Ok(AccountRef { key: &loaded.key, account: &loaded.account, flags })
	}

	/// The same, to change.
	///
	/// # Errors
	/// `MissingAccount`.
	pub fn account_mut(&mut self, position: u16) -> Result<AccountMut<'_>, InstructionError> {
		let frame = self.frame()?;
		let (flags, program) = (*frame.account(position.into())?, frame.program);
		self.accounts.loaded(flags.index)?;
		Ok(AccountMut { accounts: &mut self.accounts, flags, program })
	}

	/// Where the account at a position stood before in the instruction, if it did.
	///
	/// # Errors
	/// `CallDepth`: nothing runs.
	pub fn duplicate_of(&self, position: u16) -> Result<Option<u16>, InstructionError> {
		let first = self.frame()?.first_position(position.into());
		Ok(first.and_then(|first| u16::try_from(first).ok()))
	}

	/// The keys that have signed the current instruction.
	pub fn has_signed(&self, key: &SvmAddress) -> bool {
		let Some(frame) = self.stack.last() else { return false };
		let signers = frame.accounts.iter().filter(|account| account.is_signer);
		signers.clone().any(|account| self.accounts.key_at(account.index) == key)
	}

	/// The data of any account, also of one that the transaction does not name.
	pub fn any_account(&self, key: &SvmAddress) -> Option<Vec<u8>> {
		match self.accounts.find(key) {
			Some(index) => Some(self.accounts.at(index).data.clone()),
			None => self.host.stored(key).map(|stored| stored.data),
		}
	}

	/// The instruction that ran so many before the current one, called by the same one.
	pub fn processed_sibling(&self, index: u64) -> Option<Sibling> {
		let height = self.stack.len();
		let at_height = self.trace.iter().rev().take_while(|traced| traced.height >= height);
		let mut siblings = at_height.filter(|traced| traced.height == height);
		let index = usize::try_from(index).ok()?.checked_add(1)?;
		let frame = &siblings.nth(index)?.frame;
		let meta = |account: &InstructionAccount| crate::SvmAccountMeta {
			pubkey: *self.accounts.key_at(account.index),
			is_signer: account.is_signer,
			is_writable: account.is_writable,
		};
		Some(Sibling {
			program: frame.program,
			accounts: frame.accounts.iter().map(meta).collect(),
			data: frame.data.clone(),
		})
	}

	// --- running -----------------------------------------------------------------------------

	/// Runs the instruction of the message at a position.
	///
	/// # Errors
	/// Upstream's.
	pub(crate) fn process_top(&mut self, index: u8) -> Result<(), InstructionError> {
		let frame = self.top_frame(index).ok_or(InstructionError::MissingAccount)?;
		self.top_index = index;
		let result = self.process(frame);
		// It has come to its end: what it moved is moved.
		result.and_then(|()| self.accounts.sync(self.host))
	}

	/// The data of an instruction of the transaction, by its position.
	pub(crate) fn data_of_top(&self, index: usize) -> Option<&[u8]> {
		let instruction = self.message.message().instructions().get(index)?;
		Some(&instruction.data)
	}

	fn top_frame(&self, index: u8) -> Option<InstructionFrame> {
		let instruction = self.message.message().instructions().get(usize::from(index))?;
		let account = |index: &u8| {
			let index = usize::from(*index);
			let is_signer = self.message.is_signer(index);
			InstructionAccount { index, is_signer, is_writable: self.message.is_writable(index) }
		};
		let program_index = usize::from(instruction.program_id_index);
		Some(InstructionFrame {
			program: *self.accounts.key(program_index).ok()?,
			program_index,
			accounts: instruction.accounts.iter().map(account).collect(),
			data: instruction.data.clone(),
		})
	}

	/// Prepares a call of another program: its accounts are found, and it gets no power that the current
	/// instruction does not have or sign for (`prepare_next_cpi_instruction`).
	///
	/// # Errors
	/// `MissingAccount`, `PrivilegeEscalation`.
	pub fn prepare_call(
		&mut self,
		call: &CalledInstruction,
		signers: &[SvmAddress],
	) -> Result<(), InstructionError> {
		let caller = Rc::clone(self.frame()?);
		let accounts = self.call_accounts(call)?;
		for (position, account) in accounts.iter().enumerate() {
			let is_first = accounts.iter().position(|other| other.index == account.index);
			if is_first == Some(position) {
				self.ensure_allowed(&caller, account, signers)?;
			}
		}
		let program_index = self.accounts.find(&call.program);
		let known = program_index.filter(|index| caller.position_of(*index).is_some());
		let Some(program_index) = known else {
			self.log(format!("Unknown program {}", call.program));
			return Err(InstructionError::MissingAccount);
		};
		let (program, data) = (call.program, call.data.clone());
		self.prepared = Some(InstructionFrame { program, program_index, accounts, data });
		Ok(())
	}

	/// The accounts of a call; those that it names several times have all flags each time.
	fn call_accounts(
		&mut self,
		call: &CalledInstruction,
	) -> Result<Vec<InstructionAccount>, InstructionError> {
		let mut accounts: Vec<InstructionAccount> = Vec::with_capacity(call.accounts.len());
		for meta in &call.accounts {
			let Some(index) = self.accounts.find(&meta.pubkey) else {
				self.log(format!("Instruction references an unknown account {}", meta.pubkey));
				return Err(InstructionError::MissingAccount);
			};
			let mut account = InstructionAccount {
				index,
				is_signer: meta.is_signer,
				is_writable: meta.is_writable,
			};
			for same in accounts.iter_mut().filter(|same| same.index == index) {
				same.is_signer |= account.is_signer;
				same.is_writable |= account.is_writable;
				account = *same;
			}
			accounts.push(account);
		}
		Ok(accounts)
	}

	fn ensure_allowed(
		&mut self,
		caller: &InstructionFrame,
		account: &InstructionAccount,
		signers: &[SvmAddress],
	) -> Result<(), InstructionError> {
		let position = caller.position_of(account.index);
		let own = *caller.account(position.ok_or(InstructionError::MissingAccount)?)?;
		let key = *self.accounts.key(account.index)?;
		let escalated = match account {
			_ if account.is_writable && !own.is_writable => "writable",
			_ if account.is_signer && !own.is_signer && !signers.contains(&key) => "signer",
			_ => return Ok(()),
		};
		self.log(format!("{key}'s {escalated} privilege escalated"));
		Err(InstructionError::PrivilegeEscalation)
	}

	/// The accounts of the call that was prepared, each once, with their positions in the current
	/// instruction.
	///
	/// # Errors
	/// `MissingAccount`: none was prepared.
	pub fn accounts_of_call(&self) -> Result<Vec<CallAccount>, InstructionError> {
		let prepared = self.prepared.as_ref().ok_or(InstructionError::MissingAccount)?;
		let caller = self.frame()?;
		let firsts =
			prepared.accounts.iter().enumerate().filter(|(position, account)| {
				prepared.position_of(account.index) == Some(*position)
			});
		firsts
			.map(|(_, account)| {
				let position = caller.position_of(account.index);
				let position = position.and_then(|position| u16::try_from(position).ok());
				let position = position.ok_or(InstructionError::MissingAccount)?;
				Ok(CallAccount { position, is_writable: account.is_writable })
			})
			.collect()
	}

	/// Runs the call that was prepared.
	///
	/// # Errors
	/// Upstream's; the transaction fails with it.
	pub fn process_call(&mut self) -> Result<(), InstructionError> {
		let frame = self.prepared.take().ok_or(InstructionError::MissingAccount)?;
		self.process(frame)
	}

	/// Calls another program, from one that is built in.
	///
	/// # Errors
	/// Those of [`Self::prepare_call`], and the called program's.
	pub fn native_invoke(
		&mut self,
		call: &CalledInstruction,
		signers: &[SvmAddress],
	) -> Result<(), InstructionError> {
		self.prepare_call(call, signers)?;
		self.process_call()
	}

	fn process(&mut self, frame: InstructionFrame) -> Result<(), InstructionError> {
		self.push(frame)?;
		let result = match ids::is_precompile(self.program_id()?) {
			true => precompiles::verify(self),
			false => self.run_logged(),
		};
		let is_balanced = self.accounts.is_balanced();
		self.stack.pop();
		result?;
		match is_balanced {
			true => Ok(()),
			false => Err(InstructionError::UnbalancedInstruction),
		}
	}

	fn push(&mut self, frame: InstructionFrame) -> Result<(), InstructionError> {
		let runs = self.stack.iter().any(|other| other.program == frame.program);
		let calls_itself = self.stack.last().is_some_and(|last| last.program == frame.program);
		if runs && !calls_itself {
			return Err(InstructionError::ReentrancyNotAllowed);
		}
		if !self.stack.is_empty() && !self.accounts.is_balanced() {
			return Err(InstructionError::UnbalancedInstruction);
		}
		if self.trace.len() >= TRACE_MAX {
			return Err(InstructionError::MaxInstructionTraceLengthExceeded);
		}
		let frame = Rc::new(frame);
		let height = self.stack.len().saturating_add(1);
		let traced = TracedInstruction { height, top_index: self.top_index, frame: frame.clone() };
		self.trace.push(traced);
		// One that is too deep is shown, too.
		if self.stack.len() >= STACK_HEIGHT_MAX {
			return Err(InstructionError::CallDepth);
		}
		self.stack.push(frame);
		self.show_instructions();
		self.consume_hidden(self.costs.instruction)
	}

	/// Brings the system variable of instructions up, where the transaction names it.
	fn show_instructions(&mut self) {
		if let Some(index) = self.accounts.find(&ids::instructions_sysvar()) {
			let data = sysvars::instructions(self.message, self.top_index);
			self.accounts.set_fixed(index, data);
		}
	}

	/// Runs the current instruction, between the lines that say so.
	fn run_logged(&mut self) -> Result<(), InstructionError> {
		let program = *self.program_id()?;
		let owner = self.program_owner()?;
		let is_native = owner == ids::native_loader();
		let is_loaded =
			[ids::bpf_loader(), ids::bpf_loader_deprecated(), ids::bpf_loader_upgradeable()]
				.contains(&owner);
		if !is_native && !is_loaded || program == ids::native_loader() {
			return Err(InstructionError::UnsupportedProgramId);
		}
		self.set_return_data(program, Vec::new());
		let height = self.stack_height();
		self.log(format!("Program {program} invoke [{height}]"));
		let before = self.remaining;
		let result = self.run(&program);
		let line = match &result {
			Ok(()) => format!("Program {program} success"),
			Err(failure) => format!("Program {program} failed: {failure}"),
		};
		self.log(line);
		result.map_err(ProgramFailure::into_error)?;
		match is_native && self.remaining == before {
			true => Err(InstructionError::BuiltinProgramsMustConsumeComputeUnits),
			false => Ok(()),
		}
	}

	fn run(&mut self, program: &SvmAddress) -> Result<(), ProgramFailure> {
		match fixed::is_built_in(program) {
			true => programs::run(self, program).map_err(ProgramFailure::from),
			false => bpf::run_program(self),
		}
	}
}

fn take(left: &mut u64, units: u64) -> Result<(), InstructionError> {
	match left.checked_sub(units) {
		Some(rest) => {
			*left = rest;
			Ok(())
		},
		None => {
			*left = 0;
			Err(InstructionError::ComputationalBudgetExceeded)
		},
	}
}
