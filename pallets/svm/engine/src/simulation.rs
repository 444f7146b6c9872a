// SPDX-License-Identifier: Apache-2.0
//! Transactions that are only tried out. The caller drops the state afterwards.

use alloc::vec::Vec;
use unum_address::{Address, SvmAddress};
use unum_solana_transaction::ResolvedMessage;
use unum_solana_view::{
	AccountView, InstructionError, SimulationOptions, SimulationOutcome, TransactionError,
	TransactionMeta,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityHost, LedgerHost};

use crate::{
	accounts::account,
	ids,
	message::{execute, programs_bytes},
	raw::{read_to_simulate, RawRefusal, LAMPORT},
	Account, SvmHost,
};

/// What `rent_epoch` says of accounts that are exempt, which all are (`RENT_EXEMPT_RENT_EPOCH`).
const RENT_EXEMPT_EPOCH: u64 = u64::MAX;

/// An account as clients see it.
impl From<Account> for AccountView {
	fn from(account: Account) -> Self {
		let Account { lamports, data, owner, executable } = account;
		Self { lamports, data, owner, executable, rent_epoch: RENT_EXEMPT_EPOCH }
	}
}

/// Runs a transaction on the state at hand.
pub fn simulate<H: SvmHost>(
	host: &mut H,
	bytes: &[u8],
	options: &SimulationOptions,
) -> SimulationOutcome {
	let (verify, replace) = (options.verify_signatures, options.replace_blockhash);
	let (message, budget, fee) = match read_to_simulate(host, bytes, verify, replace) {
		Ok(read) => read,
		Err(RawRefusal::Transaction(error)) => return refused(error),
		Err(RawRefusal::Decode(_)) => return refused(TransactionError::SanitizeFailure),
	};
	set_fee_aside(host, &message.fee_payer(), fee);
	let Ok(executed) = execute(host, &message, budget) else {
		// A defect of ours, which the log of the chain tells.
		return refused(TransactionError::instruction(0, InstructionError::GenericError));
	};
	let mut meta = TransactionMeta { fee, ..executed.meta };
	if let Some(before) = meta.pre_balances.first_mut() {
		*before = before.saturating_add(fee);
	}
	let size = loaded_bytes(host, &message, executed.loaded_bytes);
	let found = |key| executed.accounts.find(key).filter(|_| meta.error.is_none());
	let shown = |key| match found(key) {
		Some(index) => executed.accounts.get(index).ok().cloned(),
		None => account(host, key),
	};
	let views = options.accounts.iter().map(shown);
	let is_there = |found: &Account| *found != Account::empty();
	SimulationOutcome {
		accounts: views.map(|found| found.filter(is_there).map(Into::into)).collect(),
		meta,
		loaded_accounts_data_size: u32::try_from(size).unwrap_or(u32::MAX),
	}
}

/// What all that a transaction has loaded counts, of which its own accounts count `named`: as much as it
/// has to ask for at least (`SetLoadedAccountsDataSizeLimit`).
fn loaded_bytes<H: SvmHost>(host: &mut H, message: &ResolvedMessage, named: usize) -> usize {
	if named == 0 {
		return 0;
	}
	let keys = message.account_keys().iter();
	let accounts: Vec<_> = keys.filter_map(|key| account(host, key)).collect();
	let data = |key: &SvmAddress| host.stored(key).map(|stored| stored.data);
	named.saturating_add(programs_bytes(message, accounts.into_iter(), data))
}

/// Takes the fee from who pays it, as the chain would have done before: to where nobody gets at it.
fn set_fee_aside<H: SvmHost>(host: &mut H, payer: &SvmAddress, fee: u64) {
	let identity = |key| host.ledger().resolve(&Address::Svm(key));
	let (payer, nobody) = (identity(*payer), identity(ids::incinerator()));
	let amount = LedgerAmount::new(u128::from(fee).saturating_mul(LAMPORT));
	// That it can be paid was checked; what is left of the state is dropped.
	let _ = host.ledger_mut().transfer(Asset::Native, payer, nobody, amount);
}

fn refused(error: TransactionError) -> SimulationOutcome {
	SimulationOutcome {
		meta: TransactionMeta { error: Some(error), ..TransactionMeta::default() },
		accounts: Vec::new(),
		loaded_accounts_data_size: 0,
	}
}
