// SPDX-License-Identifier: Apache-2.0
//! Transactions that are only tried out. The caller drops the state afterwards.

use unum_address::{Address, SvmAddress};
use unum_solana_view::{
	AccountView, InstructionError, SimulationOptions, SimulationOutcome, TransactionError,
	TransactionMeta,
};

use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityHost, LedgerHost};

use crate::{
	accounts::account,
	ids,
	message::execute,
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
	let size = executed.loaded_bytes;
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
		accounts: alloc::vec::Vec::new(),
		loaded_accounts_data_size: 0,
	}
}
