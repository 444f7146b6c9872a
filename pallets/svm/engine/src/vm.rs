// SPDX-License-Identifier: Apache-2.0
//! The Solana VM as the dispatcher knows it.

use alloc::{vec, vec::Vec};
use sp_weights::Weight;
use unum_address::{Address, SvmAddress, VmKind};
use unum_id_com::IdCom;
use unum_solana_transaction::{
	compile_legacy, AccountMeta, Blockhash, Instruction, LoadedAddresses, Message, ResolvedMessage,
};
use unum_solana_view::{InstructionError, TransactionError};
use unum_vm_engine::{
	AccessKey, AccessSet, CallContext, EngineFault, Fate, IdentityHost, Log, Meter, OpcodeRange,
	Outcome, RawTransaction, Rejection, Vm, VmEngine,
};

use crate::{
	accounts::account,
	ids,
	limits::ACCOUNTS_MAX,
	message::{budget, execute, weight_limit, Executed},
	raw,
	status::SvmFailure,
	Budget, SvmAccountMeta, SvmHost, SvmOperation,
};

/// The Solana VM.
#[derive(Clone, Copy, Debug)]
pub struct SvmEngine;

impl Vm for SvmEngine {
	const KIND: VmKind = VmKind::SVM;
	const NAME: &'static str = "svm";
	const OPCODES: OpcodeRange = OpcodeRange::new(0x20, 0x2f);

	type Payload = SvmOperation;
	type Status = SvmFailure;
}

impl<H: SvmHost + Clone> VmEngine<H> for SvmEngine {
	fn access_set(payload: &SvmOperation, sender: IdCom) -> AccessSet {
		let written: Vec<SvmAddress> = match payload {
			SvmOperation::SvmTransfer { to, .. } => vec![*to],
			SvmOperation::SvmInvoke { accounts, .. } => {
				let written = accounts.iter().filter(|meta| meta.is_writable);
				written.map(|meta| meta.pubkey).collect()
			},
		};
		// Who is behind a key that is bound, the state alone could tell.
		let keys = written.iter().flat_map(|key| {
			[
				AccessKey::Account(key.unbound_id_com()),
				AccessKey::Storage(VmKind::SVM, *key.as_bytes()),
			]
		});
		AccessSet::writes(keys.chain([AccessKey::Account(sender)]).collect())
	}

	fn weight_limit(host: &H, payload: &SvmOperation) -> Weight {
		let message = message(anybody(), payload).ok();
		let budget = message.and_then(|message| budget(&host.costs(), &message).ok());
		budget.map(|budget| weight_limit(&budget)).unwrap_or_default()
	}

	fn validate(host: &H, context: &CallContext, payload: &SvmOperation) -> Result<(), SvmFailure> {
		let sender = sender_of(host, context.sender);
		prepare(host, sender, payload)?;
		if let SvmOperation::SvmTransfer { lamports, .. } = payload {
			let has = account(&mut host.clone(), &sender).map_or(0, |found| found.lamports);
			if has < *lamports {
				/// `SystemError::ResultWithNegativeLamports`.
				const TOO_FEW: InstructionError = InstructionError::Custom(1);
				return Err(TransactionError::instruction(0, TOO_FEW).into());
			}
		}
		Ok(())
	}

	fn execute(
		host: &mut H,
		context: &CallContext,
		payload: &SvmOperation,
		meter: &mut Meter,
	) -> Result<Outcome<SvmFailure>, EngineFault> {
		let sender = sender_of(host, context.sender);
		let (message, budget) = match prepare(host, sender, payload) {
			Ok(prepared) => prepared,
			Err(failure) => return Ok(Outcome::bare(Fate::FeesOnly(failure))),
		};
		if let Err(short) = meter.clone().charge(weight_limit(&budget)) {
			// All of it is gone, as with any VM.
			let _ = meter.charge(short.needed);
			let exceeded = InstructionError::ComputationalBudgetExceeded;
			let failure = TransactionError::instruction(0, exceeded);
			return Ok(Outcome::bare(Fate::Halted(failure.into())));
		}
		let executed = execute(host, &message, budget)?;
		outcome(host, executed, program(payload), meter)
	}

	fn raw_weight_limit(host: &H, bytes: &[u8]) -> Weight {
		raw::weight(&host.costs(), bytes)
	}

	fn read_raw(host: &H, bytes: &[u8]) -> Result<RawTransaction, Rejection> {
		Ok(raw::read(&mut host.clone(), bytes)?)
	}

	fn raw_access_set(host: &H, bytes: &[u8]) -> AccessSet {
		raw::access_set(&mut host.clone(), bytes)
	}

	fn note_raw(host: &mut H, bytes: &[u8]) {
		raw::note(host, bytes);
	}

	fn execute_raw(
		host: &mut H,
		bytes: &[u8],
		sender: &Address,
		_: &CallContext,
		meter: &mut Meter,
	) -> Result<Outcome<SvmFailure>, EngineFault> {
		let Address::Svm(payer) = sender else { return Err(EngineFault::BrokenState) };
		let executed = raw::run(host, bytes)?;
		outcome(host, executed, *payer, meter)
	}
}

/// The address of an identity on the SVM.
fn sender_of<H: SvmHost>(host: &H, id: IdCom) -> SvmAddress {
	match host.ledger().address_of(id, VmKind::SVM) {
		Some(Address::Svm(address)) => address,
		_ => SvmAddress::derive(id),
	}
}

fn program(payload: &SvmOperation) -> SvmAddress {
	match payload {
		SvmOperation::SvmInvoke { program, .. } => *program,
		SvmOperation::SvmTransfer { .. } => ids::system_program(),
	}
}

/// Whether an operation makes sense: nobody but its sender signs, and its accounts are not too many.
fn check(sender: SvmAddress, payload: &SvmOperation) -> Result<(), SvmFailure> {
	let SvmOperation::SvmInvoke { accounts, .. } = payload else { return Ok(()) };
	if accounts.len() > ACCOUNTS_MAX {
		return Err(TransactionError::TooManyAccountLocks.into());
	}
	match accounts.iter().all(|meta| !meta.is_signer || meta.pubkey == sender) {
		true => Ok(()),
		false => Err(TransactionError::SignatureFailure.into()),
	}
}

/// The message of an operation that makes sense, and what it may use.
fn prepare<H: SvmHost>(
	host: &H,
	sender: SvmAddress,
	payload: &SvmOperation,
) -> Result<(ResolvedMessage, Budget), SvmFailure> {
	check(sender, payload)?;
	let message = ResolvedMessage::new(message(sender, payload)?, LoadedAddresses::default());
	let message = message.map_err(TransactionError::from)?;
	let budget = budget(&host.costs(), message.message()).map_err(TransactionError::from)?;
	Ok((message, budget))
}

/// Whoever is the sender, where nothing depends on it: an account more at most than there will be.
fn anybody() -> SvmAddress {
	SvmAddress::from([0xff; 32])
}

/// The operation as a message that its sender has signed.
///
/// # Errors
/// `TooManyAccountLocks`.
fn message(sender: SvmAddress, payload: &SvmOperation) -> Result<Message, TransactionError> {
	let instruction = match payload {
		SvmOperation::SvmInvoke { program, accounts, data } => Instruction {
			program: *program,
			accounts: accounts.iter().map(meta).collect(),
			data: data.clone(),
		},
		SvmOperation::SvmTransfer { to, lamports } => transfer(sender, *to, *lamports),
	};
	let message = compile_legacy(sender, &[instruction], Blockhash::default());
	message.map_err(|_| TransactionError::TooManyAccountLocks)
}

fn meta(meta: &SvmAccountMeta) -> AccountMeta {
	let SvmAccountMeta { pubkey, is_signer, is_writable } = *meta;
	AccountMeta { pubkey, is_signer, is_writable }
}

fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	/// `SystemInstruction::Transfer`.
	const TRANSFER: u32 = 2;
	let mut data = TRANSFER.to_le_bytes().to_vec();
	data.extend_from_slice(&lamports.to_le_bytes());
	let meta = |pubkey, is_signer| AccountMeta { pubkey, is_signer, is_writable: true };
	let accounts = vec![meta(from, true), meta(to, false)];
	Instruction { program: ids::system_program(), accounts, data }
}

/// Charges what was used, shows what became of it, and says how it ended.
fn outcome<H: SvmHost>(
	host: &mut H,
	executed: Executed,
	emitter: SvmAddress,
	meter: &mut Meter,
) -> Result<Outcome<SvmFailure>, EngineFault> {
	// The limit of the weight was taken from the meter.
	meter.charge(executed.weight).map_err(|_| EngineFault::BrokenState)?;
	let meta = executed.meta;
	host.keep_meta(meta.clone());
	let output = meta.return_data.map(|returned| returned.data).unwrap_or_default();
	Ok(match meta.error {
		None => {
			let log = |data| Log { emitter: Address::Svm(emitter), topics: Vec::new(), data };
			let logs = meta.log_messages.into_iter().map(log).collect();
			Outcome { fate: Fate::Success, output, logs, created: executed.created }
		},
		Some(error) => {
			let is_halted = matches!(
				error,
				TransactionError::InstructionError(
					_,
					InstructionError::ComputationalBudgetExceeded
				)
			);
			let failure = SvmFailure(error);
			let fate = if is_halted { Fate::Halted(failure) } else { Fate::Reverted(failure) };
			Outcome { output, ..Outcome::bare(fate) }
		},
	})
}
