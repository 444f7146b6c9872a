// SPDX-License-Identifier: Apache-2.0
//! Transactions as Solana's wallets sign them.

use alloc::vec::Vec;
use core::fmt;
use sp_core::H256;
use sp_weights::Weight;
use unum_address::{Address, SvmAddress};
use unum_solana_transaction::{
	compute_budget, ComputeBudgetError, DecodeError, LoadedAddresses, Message,
	RawTransaction as SolanaTransaction, ResolveError, ResolvedMessage, SanitizeError, VerifyError,
};
use unum_solana_view::TransactionError;
use unum_spl_token::Record;
use unum_vm_engine::{
	AccessKey, AccessSet, EngineFault, IdentityHost, Opcode, RawFee, RawTransaction, Rejection,
	ReplayGuard,
};

use crate::{
	accounts::account,
	costs::{weight_of, ChainCosts},
	ids,
	limits::BLOCKHASH_SLOTS,
	message::{budget, execute, weight_limit, Executed},
	programs::{lookup_table, nonce},
	rent::RentState,
	status::SvmFailure,
	Account, Budget, SvmHost,
};

/// The opcode of the operations that raw transactions come to.
const INVOKE: Opcode = Opcode::new(0x20);

/// How many base units of the native coin one lamport is.
pub(crate) const LAMPORT: u128 = 1_000_000_000;

/// What a transaction that offers one micro-lamport a compute unit earns as priority: that price, in base
/// units, for as many units as a block holds.
const PRIORITY_PER_MICRO_LAMPORT: u64 = 1_000 * 6_000_000;

/// Why a raw transaction is not let into the pool or a block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawRefusal {
	/// The bytes are no transaction.
	Decode(DecodeError),
	/// The transaction is refused, in Solana's words.
	Transaction(TransactionError),
}

impl fmt::Display for RawRefusal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Decode(error) => error.fmt(f),
			Self::Transaction(error) => error.fmt(f),
		}
	}
}

impl From<TransactionError> for RawRefusal {
	fn from(error: TransactionError) -> Self {
		Self::Transaction(error)
	}
}

impl From<ComputeBudgetError> for RawRefusal {
	fn from(error: ComputeBudgetError) -> Self {
		Self::Transaction(error.into())
	}
}

impl From<SanitizeError> for RawRefusal {
	fn from(error: SanitizeError) -> Self {
		Self::Transaction(error.into())
	}
}

impl From<VerifyError> for RawRefusal {
	fn from(error: VerifyError) -> Self {
		Self::Transaction(error.into())
	}
}

impl From<ResolveError> for RawRefusal {
	fn from(error: ResolveError) -> Self {
		Self::Transaction(error.into())
	}
}

/// The code of bytes that are no transaction, above those of [`SvmFailure`].
const DECODE_CODE: u8 = 64;

impl From<RawRefusal> for Rejection {
	fn from(refusal: RawRefusal) -> Self {
		match refusal {
			RawRefusal::Decode(error) => Self::of_raw(DECODE_CODE, &error),
			RawRefusal::Transaction(error) => SvmFailure(error).into(),
		}
	}
}

/// Why a transaction can't come twice.
enum Guard {
	/// It names the block of this slot, and is remembered for as long as that can be named.
	Blockhash(u64),
	/// It uses up the nonce in this account.
	Nonce(SvmAddress),
}

/// Reads and verifies a transaction in the state at hand, as upstream does one after the other.
pub(crate) fn read<H: SvmHost>(host: &mut H, bytes: &[u8]) -> Result<RawTransaction, RawRefusal> {
	let raw = SolanaTransaction::decode(bytes).map_err(RawRefusal::Decode)?;
	let verified =
		raw.verify_with(|key, message, signature| host.verify(key, message, signature))?;
	let message = verified.message();
	resolve(host, message)?;
	let hash = verified.message_hash();
	let guard = guard(host, message)?;
	let asked = compute_budget(message)?;
	let lifetime = match guard {
		Guard::Blockhash(slot) if host.is_processed(slot, &hash) => {
			return Err(TransactionError::AlreadyProcessed.into());
		},
		Guard::Blockhash(slot) => {
			slot.saturating_add(BLOCKHASH_SLOTS).saturating_sub(host.environment().slot)
		},
		Guard::Nonce(_) => BLOCKHASH_SLOTS,
	};
	let payer = payer(message);
	let fee = fee(host, message)?;
	check_payer(host, &payer, fee)?;
	let priority = asked.unit_price_micro_lamports.saturating_mul(PRIORITY_PER_MICRO_LAMPORT);
	Ok(RawTransaction {
		sender: Address::Svm(payer),
		hash: H256(hash),
		replay: ReplayGuard::Once { id: H256(hash), lifetime },
		opcode: INVOKE,
		fee: RawFee::Flat(u128::from(fee).saturating_mul(LAMPORT)),
		priority,
	})
}

fn payer(message: &Message) -> SvmAddress {
	message.fee_payer().copied().unwrap_or(SvmAddress::ZERO)
}

/// What a message pays, in lamports: for its signatures, and what it offers for compute units.
fn fee<H: SvmHost>(host: &H, message: &Message) -> Result<u64, ComputeBudgetError> {
	let signatures = message.fee_signatures();
	let base = signatures.saturating_mul(host.environment().lamports_per_signature);
	let asked = compute_budget(message)?;
	Ok(base.saturating_add(asked.prioritization_fee()))
}

/// What the message in these bytes pays, in lamports; nothing where it is none, or where it names a block
/// that can't be named.
pub fn fee_of_message<H: SvmHost>(host: &mut H, bytes: &[u8]) -> Option<u64> {
	let message = Message::decode(bytes).ok()?;
	guard(host, &message).ok()?;
	fee(host, &message).ok()
}

/// Why a message can't come twice.
fn guard<H: SvmHost>(host: &mut H, message: &Message) -> Result<Guard, TransactionError> {
	if let Some(slot) = host.slot_of_blockhash(message.recent_blockhash().as_bytes()) {
		return Ok(Guard::Blockhash(slot));
	}
	let nonce = nonce_account(message).filter(|key| {
		let stored = host.stored(key).filter(|stored| stored.owner == ids::system_program());
		let Some(nonce) = stored.and_then(|stored| nonce::usable(&stored.data)) else {
			return false;
		};
		nonce.value == *message.recent_blockhash().as_bytes()
			&& nonce.value != nonce::next_durable_nonce(&host.environment())
			&& signs_first(message, &nonce.authority)
	});
	nonce.map(Guard::Nonce).ok_or(TransactionError::BlockhashNotFound)
}

/// Whether a key signs the first instruction: nobody but its authority uses up a nonce, whatever becomes of
/// the instruction.
fn signs_first(message: &Message, authority: &SvmAddress) -> bool {
	let Some(first) = message.instructions().first() else { return false };
	first.accounts.iter().any(|index| {
		let index = usize::from(*index);
		message.is_signer(index) && message.account_keys().get(index) == Some(authority)
	})
}

/// The account whose nonce a message uses up: that of its first instruction, if that advances one
/// (`get_durable_nonce` in `solana-svm-transaction` 4.2).
fn nonce_account(message: &Message) -> Option<SvmAddress> {
	/// `SystemInstruction::AdvanceNonceAccount`.
	const ADVANCE: [u8; 4] = 4u32.to_le_bytes();
	let first = message.instructions().first()?;
	let is_system = message.program(first) == Some(&ids::system_program());
	if !is_system || !first.data.starts_with(&ADVANCE) {
		return None;
	}
	let index = usize::from(*first.accounts.first()?);
	// What is called as a program is not written, unless the loader is there that could.
	let is_called = message.is_invoked(index)
		&& !message.account_keys().contains(&ids::bpf_loader_upgradeable());
	let is_writable = message.is_writable_static(index) && !is_called;
	message.account_keys().get(index).copied().filter(|_| is_writable)
}

/// The message with the accounts that stand in lookup tables.
fn resolve<H: SvmHost>(host: &mut H, message: &Message) -> Result<ResolvedMessage, RawRefusal> {
	let mut loaded = LoadedAddresses::default();
	let slot = host.environment().slot;
	for lookup in message.address_table_lookups() {
		let table = account(host, &lookup.account_key).filter(|table| table.lamports != 0);
		let table = table.ok_or(TransactionError::AddressLookupTableNotFound)?;
		if table.owner != ids::address_lookup_table() {
			return Err(TransactionError::InvalidAddressLookupTableOwner.into());
		}
		let addresses = lookup_table::addresses(&table.data, slot)?;
		let at = |index: &u8| {
			let address = addresses.get(usize::from(*index)).copied();
			address.ok_or(TransactionError::InvalidAddressLookupTableIndex)
		};
		let writable: Result<Vec<_>, _> = lookup.writable_indexes.iter().map(at).collect();
		loaded.writable.extend(writable?);
		let readonly: Result<Vec<_>, _> = lookup.readonly_indexes.iter().map(at).collect();
		loaded.readonly.extend(readonly?);
	}
	Ok(ResolvedMessage::new(message.clone(), loaded)?)
}

/// That an account can pay a fee (`validate_fee_payer` in `account_loader.rs`).
fn check_payer<H: SvmHost>(
	host: &mut H,
	payer: &SvmAddress,
	fee: u64,
) -> Result<(), TransactionError> {
	let found = account(host, payer).filter(|found| found.lamports != 0);
	let found = found.ok_or(TransactionError::AccountNotFound)?;
	let is_nonce = nonce::durable_nonce(&found.data).is_some();
	if found.owner != ids::system_program() || !found.data.is_empty() && !is_nonce {
		return Err(TransactionError::InvalidAccountForFee);
	}
	let kept = if is_nonce { crate::minimum_balance(found.data.len()) } else { 0 };
	let left = found.lamports.checked_sub(kept).and_then(|spendable| spendable.checked_sub(fee));
	let left = left.ok_or(TransactionError::InsufficientFundsForFee)?.saturating_add(kept);
	let before = RentState::of(&found);
	let after = RentState::of(&Account { lamports: left, ..found });
	match after.may_follow(before) {
		true => Ok(()),
		false => Err(TransactionError::InsufficientFundsForRent { account_index: 0 }),
	}
}

/// What verifying the signatures of a transaction weighs.
///
/// The first weighs nothing here: that of a wallet is part of what the dispatcher does.
fn weight_of_signatures(costs: &ChainCosts, message: &Message) -> Weight {
	let signatures = u64::from(message.header().num_required_signatures);
	weight_of(signatures.saturating_sub(1).saturating_mul(costs.signature))
}

/// The most that a transaction can weigh; nothing where the bytes are none.
pub(crate) fn weight(costs: &ChainCosts, bytes: &[u8]) -> Weight {
	let Ok(raw) = SolanaTransaction::decode(bytes) else { return Weight::zero() };
	match budget(costs, raw.message()) {
		Ok(budget) => {
			weight_limit(&budget).saturating_add(weight_of_signatures(costs, raw.message()))
		},
		Err(_) => Weight::zero(),
	}
}

/// Remembers a transaction that names a block. One that uses up a nonce can't come again by itself.
pub(crate) fn note<H: SvmHost>(host: &mut H, bytes: &[u8]) {
	let Ok(raw) = SolanaTransaction::decode(bytes) else { return };
	if let Some(slot) = host.slot_of_blockhash(raw.message().recent_blockhash().as_bytes()) {
		host.note_processed(slot, &raw.message_hash());
	}
}

/// Runs a transaction that was read, and whose fee is taken.
pub(crate) fn run<H: SvmHost>(host: &mut H, bytes: &[u8]) -> Result<Executed, EngineFault> {
	let raw = SolanaTransaction::decode(bytes).map_err(|_| EngineFault::BrokenState)?;
	let message = resolve(host, raw.message()).map_err(|_| EngineFault::BrokenState)?;
	let costs = host.costs();
	let budget = budget(&costs, raw.message()).map_err(|_| EngineFault::BrokenState)?;
	let fee = fee(host, raw.message()).map_err(|_| EngineFault::BrokenState)?;
	let guard = guard(host, raw.message()).map_err(|_| EngineFault::BrokenState)?;
	let mut executed = execute(host, &message, budget)?;
	if let (Guard::Nonce(key), Some(_)) = (guard, &executed.meta.error) {
		advance(host, &key);
	}
	executed.meta.fee = fee;
	// They were verified before.
	let verified = weight_of_signatures(&costs, raw.message());
	executed.weight = executed.weight.saturating_add(verified);
	if let Some(before) = executed.meta.pre_balances.first_mut() {
		*before = before.saturating_add(fee);
	}
	Ok(executed)
}

/// Uses up the nonce of a transaction that has failed, as upstream does.
fn advance<H: SvmHost>(host: &mut H, key: &SvmAddress) {
	let environment = host.environment();
	let Some(mut stored) = host.stored(key) else { return };
	if let Some(data) = nonce::advanced(&stored.data, &environment) {
		stored.data = data;
		host.store(key, Some(stored));
	}
}

/// What a transaction may change: whose accounts, as far as the state tells. What it only reads is left
/// out, for programs and mints would tie everything together.
pub(crate) fn access_set<H: SvmHost>(host: &mut H, bytes: &[u8]) -> AccessSet {
	let Ok(raw) = SolanaTransaction::decode(bytes) else { return AccessSet::Global };
	let Ok(message) = resolve(host, raw.message()) else { return AccessSet::Global };
	let mut writes = Vec::new();
	for (index, key) in message.account_keys().iter().enumerate() {
		if message.is_writable(index) {
			writes.push(AccessKey::Account(host.ledger().resolve(&Address::Svm(*key))));
			if let Some(Record::Account(record)) = host.token_record(key) {
				writes.push(AccessKey::Account(record.holder_id(key, host.ledger())));
			}
		}
	}
	AccessSet::writes(writes)
}

/// Reads a transaction to try it out: what is not asked for is not checked.
pub(crate) fn read_to_simulate<H: SvmHost>(
	host: &mut H,
	bytes: &[u8],
	verify_signatures: bool,
	replace_blockhash: bool,
) -> Result<(ResolvedMessage, Budget, u64), RawRefusal> {
	let raw = SolanaTransaction::decode(bytes).map_err(RawRefusal::Decode)?;
	raw.sanitize()?;
	let message = raw.message().clone();
	if verify_signatures {
		raw.verify_with(|key, message, signature| host.verify(key, message, signature))?;
	}
	if !replace_blockhash {
		guard(host, &message)?;
	}
	let fee = fee(host, &message)?;
	check_payer(host, &payer(&message), fee)?;
	Ok((resolve(host, &message)?, budget(&host.costs(), &message)?, fee))
}
