// SPDX-License-Identifier: Apache-2.0
//! One transaction of a test on one fork, and the verdict on it.

use std::{
	fmt,
	panic::{catch_unwind, AssertUnwindSafe},
};

use revm::{
	context_interface::{result::ExecutionResult, Block, Transaction},
	handler::EthPrecompiles,
	primitives::{keccak256, Log, B256, U256},
};
use unum_evm_engine::{transact, transact_paid, Fees, TransactError};

use crate::{
	environment::Environment,
	exceptions,
	fixture::{Expected, StateTest},
	hosts::{EthereumHost, LedgerHost},
	state::State,
	Fork,
};

/// How a case is run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
	/// As Ethereum runs it: against the state root and the logs that the test names.
	#[default]
	Ethereum,
	/// As the other mode, and then as the chain runs it, against the first run: the fee is paid and the nonce counted outside of
	/// the EVM, and every movement of the native coin is made in a ledger at once. Result, gas, logs
	/// and output are to be the same, so is the state once the fee is settled, and the ledger and the
	/// journal are to agree on every balance.
	Ledger,
}

/// What became of a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
	/// As expected, possibly with something that the reader should know.
	Passed(Option<Note>),
	/// Not as expected: what was got, and what was expected.
	Failed(String),
	/// Not run.
	NotRun(NotRun),
}

/// What to know of a case that has passed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Note {
	/// The transaction is refused, as it should be, but for another reason than the test names.
	OtherReason,
	/// Ethereum refuses the transaction, so the ledger was only checked for itself.
	Refused,
	/// Ethereum refuses the transaction for what the chain checks outside of the EVM (means and
	/// nonce), so it ran; the ledger was only checked for itself.
	RefusedOutside,
	/// The receiver of the fee was destroyed in the transaction. On Ethereum what it gets is lost with
	/// it; on the chain the fee is settled later, so its account was left out of the comparison.
	FeeReceiverDestroyed,
}

impl fmt::Display for Note {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::OtherReason => "refused for another reason than the test names",
			Self::Refused => "refused: nothing moves",
			Self::RefusedOutside => {
				"refused by Ethereum for means or nonce: the ledger alone checked"
			},
			Self::FeeReceiverDestroyed => "receiver of the fee destroyed: compared without it",
		})
	}
}

/// Why something was not run.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NotRun {
	/// A fork that is not run.
	Fork(String),
	/// A number or a combination of fields that no encoding has: decoders refuse it, and the engine
	/// has no type for it.
	NoEncoding,
	/// A field is missing or makes no sense.
	Malformed,
	/// An object of the file that is another kind of test.
	NotAStateTest,
	/// A file that is not JSON by its name.
	NotJson,
}

impl fmt::Display for NotRun {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Fork(name) => return write!(f, "fork {name}"),
			Self::NoEncoding => "no valid encoding",
			Self::Malformed => "malformed",
			Self::NotAStateTest => "no state test",
			Self::NotJson => "no .json file",
		})
	}
}

/// Runs a case. A panic of the engine is a failure of the case.
pub(crate) fn run(mode: Mode, test: &StateTest, fork: Fork, expected: &Expected) -> Verdict {
	let setup = match Setup::new(test, fork, expected) {
		Ok(setup) => setup,
		Err(reason) => return Verdict::NotRun(reason),
	};
	let run = || match mode {
		Mode::Ethereum => setup.check(expected),
		Mode::Ledger => setup.compare(expected),
	};
	match catch_unwind(AssertUnwindSafe(run)) {
		Ok(Ok(note)) => Verdict::Passed(note),
		Ok(Err(failure)) => Verdict::Failed(failure),
		Err(_) => Verdict::Failed("panicked".to_owned()),
	}
}

type Outcome = Result<ExecutionResult, TransactError>;
type Check = Result<Option<Note>, String>;

struct Setup {
	state: State,
	environment: Environment,
}

impl Setup {
	fn new(test: &StateTest, fork: Fork, expected: &Expected) -> Result<Self, NotRun> {
		Ok(Self {
			state: State::new(&test.pre)?,
			environment: Environment::new(test, fork, expected.indexes)?,
		})
	}

	/// As Ethereum runs it: the outcome, and the state after it.
	fn on_ethereum(&self) -> (Outcome, State) {
		let mut host = EthereumHost { state: self.state.clone() };
		let Environment { cfg, block, tx } = self.environment.clone();
		let precompiles = EthPrecompiles::new(cfg.spec);
		let outcome = transact(&mut host, cfg, block, tx, precompiles, Fees::Ethereum);
		(outcome, host.state)
	}

	/// As the chain runs it, on a host where the fee is paid and the nonce is counted.
	fn on_ledger(&self, host: &mut LedgerHost) -> Outcome {
		let Environment { cfg, block, tx } = self.environment.clone();
		let precompiles = EthPrecompiles::new(cfg.spec);
		transact_paid(host, cfg, block, tx, precompiles, None).map(|transacted| transacted.result)
	}

	fn check(&self, expected: &Expected) -> Check {
		let (outcome, state) = self.on_ethereum();
		judge(&outcome, &state, expected)
	}

	fn compare(&self, expected: &Expected) -> Check {
		let (ethereum, after) = self.on_ethereum();
		let note = judge(&ethereum, &after, expected)?;
		match ethereum {
			Ok(result) => self.compare_with(&result, after),
			Err(_) => self.check_refused().map(|refused| note.or(Some(refused))),
		}
	}

	fn compare_with(&self, expected: &ExecutionResult, mut after: State) -> Check {
		let sender = self.environment.tx.caller;
		let mut host = LedgerHost::new(self.state.clone());
		host.charge(sender, self.fee_limit());
		host.count_nonce(sender);
		let outcome = self.run_checked(&mut host)?;
		match outcome {
			Ok(result) if result == *expected => {},
			outcome => return Err(format!("on the ledger {outcome:?}, expected {expected:?}")),
		}
		let beneficiary = self.environment.block.beneficiary;
		let had_account = host.account_exists(beneficiary);
		self.settle(&mut host, expected);
		let mut state = host.into_state();
		if state.root() == after.root() {
			return Ok(None);
		}
		// Only the account of the receiver may differ, and only where it was destroyed.
		state.remove(beneficiary);
		after.remove(beneficiary);
		match state.first_difference(&after) {
			None if !had_account => Ok(Some(Note::FeeReceiverDestroyed)),
			None => Err(format!("{beneficiary}, which gets the fee, differs")),
			Some(difference) => Err(difference),
		}
	}

	/// A transaction that Ethereum refuses: most never reach the EVM of the chain either, but those
	/// that do leave the ledger in order.
	fn check_refused(&self) -> Result<Note, String> {
		let mut host = LedgerHost::new(self.state.clone());
		host.count_nonce(self.environment.tx.caller);
		let outcome = self.run_checked(&mut host)?;
		Ok(if outcome.is_ok() { Note::RefusedOutside } else { Note::Refused })
	}

	/// Runs on the ledger, and checks what holds for every transaction there.
	fn run_checked(&self, host: &mut LedgerHost) -> Result<Outcome, String> {
		let sender = self.environment.tx.caller;
		let (supply, nonce) = (host.supply(), host.nonce(sender));
		let outcome = self.on_ledger(host);
		if let Err(TransactError::Fault(fault)) = &outcome {
			return Err(format!("fault on the ledger: {fault}"));
		}
		if !host.snapshots_are_closed() {
			return Err("snapshots are not closed".to_owned());
		}
		if host.supply() != supply {
			return Err(format!("the supply is {}, and was {supply}", host.supply()));
		}
		if host.nonce(sender) < nonce {
			return Err(format!("the sender's nonce fell from {nonce} to {}", host.nonce(sender)));
		}
		Ok(outcome)
	}

	/// What Ethereum takes before the transaction.
	fn fee_limit(&self) -> U256 {
		let Environment { block, tx, .. } = &self.environment;
		let blob_price = block.blob_gasprice().unwrap_or_default();
		// Ethereum has accepted it, so nothing overflows.
		tx.gas_balance_spending(block.basefee.into(), blob_price).unwrap_or_default()
	}

	/// Gives back what was not used, and rewards the block's author.
	fn settle(&self, host: &mut LedgerHost, result: &ExecutionResult) {
		let Environment { block, tx, .. } = &self.environment;
		let price = tx.effective_gas_price(block.basefee.into());
		let used = result.tx_gas_used();
		let rest = U256::from(tx.gas_limit.saturating_sub(used));
		host.pay(tx.caller, rest.wrapping_mul(U256::from(price)));
		let tip = price.saturating_sub(block.basefee.into());
		host.pay(block.beneficiary, U256::from(used).wrapping_mul(U256::from(tip)));
	}
}

/// Compares with what the test names.
fn judge(outcome: &Outcome, state: &State, expected: &Expected) -> Check {
	let note = match (outcome, &expected.expect_exception) {
		(Err(TransactError::Fault(fault)), _) => return Err(format!("fault: {fault}")),
		(Ok(_), Some(reason)) => return Err(format!("accepted, expected {reason}")),
		(Err(TransactError::Invalid(error)), None) => {
			return Err(format!("refused: {error}, expected to run"));
		},
		(Err(TransactError::Invalid(error)), Some(reason)) => {
			(!exceptions::is_expected(error, reason)).then_some(Note::OtherReason)
		},
		(Ok(_), None) => None,
	};
	if state.root() != expected.hash.0 {
		return Err(wrong_root(state, expected));
	}
	let logs = outcome.as_ref().map(ExecutionResult::logs).unwrap_or_default();
	match hash_of_logs(logs) {
		hash if hash == expected.logs.0 => Ok(note),
		hash => Err(format!("hash of the logs {hash}, expected {}", expected.logs.0)),
	}
}

fn wrong_root(state: &State, expected: &Expected) -> String {
	let difference = expected
		.state
		.as_ref()
		.and_then(|accounts| state.first_difference(&State::new(accounts).ok()?))
		.map(|difference| format!("; {difference}"))
		.unwrap_or_default();
	format!("state root {}, expected {}{difference}", state.root(), expected.hash.0)
}

fn hash_of_logs(logs: &[Log]) -> B256 {
	let mut encoded = Vec::new();
	alloy_rlp::encode_list(logs, &mut encoded);
	keccak256(encoded)
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The hash that all tests without a log name.
	#[test]
	fn no_logs_have_the_known_hash() {
		let expected = "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";
		assert_eq!(hash_of_logs(&[]).to_string(), expected);
	}
}
