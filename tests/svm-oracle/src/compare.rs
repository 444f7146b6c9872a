// SPDX-License-Identifier: Apache-2.0
//! When two worlds have seen the same, and the differences that are known and meant.

use solana_transaction_error::TransactionError;
use std::fmt;
use unum_address::SvmAddress;
use unum_spl_token::ids::{associated_token_program, system_program, token_program};

use crate::{
	keys,
	seen::{AccountSeen, Ended, Seen},
};

/// In what two worlds differ.
#[derive(Clone, PartialEq, Eq)]
pub enum Difference {
	/// How the transaction ended.
	End {
		/// Here.
		ours: Ended,
		/// There.
		theirs: Ended,
		/// What was logged last here and there.
		logs: Vec<String>,
	},
	/// Something else about the transaction.
	Detail {
		/// What.
		what: &'static str,
		/// Here.
		ours: String,
		/// There.
		theirs: String,
	},
	/// An account.
	Account {
		/// Which.
		key: SvmAddress,
		/// Here.
		ours: Option<AccountSeen>,
		/// There.
		theirs: Option<AccountSeen>,
	},
}

impl Difference {
	/// Its kind, to count by.
	pub fn kind(&self) -> String {
		match self {
			Self::End { ours, theirs, .. } => format!("end: ours {ours:?}, theirs {theirs:?}"),
			Self::Detail { what, .. } => format!("detail: {what}"),
			Self::Account { .. } => "account".into(),
		}
	}
}

impl fmt::Debug for Difference {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::End { ours, theirs, logs } => {
				write!(
					f,
					"end:\n  ours   {ours:?}\n  theirs {theirs:?}\n    {}",
					logs.join("\n    ")
				)
			},
			Self::Detail { what, ours, theirs } => {
				write!(f, "{what}:\n  ours   {ours}\n  theirs {theirs}")
			},
			Self::Account { key, ours, theirs } => {
				write!(f, "account {key}:\n  ours   {}\n  theirs {}", show(ours), show(theirs))
			},
		}
	}
}

fn show(account: &Option<AccountSeen>) -> String {
	let Some(account) = account else { return "none".into() };
	let hex: String = account.data.iter().take(400).map(|byte| format!("{byte:02x}")).collect();
	format!(
		"{} lamports, owner {}, executable {}, {} bytes {hex}",
		account.lamports,
		account.owner,
		account.executable,
		account.data.len()
	)
}

/// Errors of transactions that are in a block though they were not executed: Agave takes their fee
/// (SIMD-0082, "fees only"), litesvm does not.
const FEES_ONLY: [TransactionError; 3] = [
	TransactionError::ProgramAccountNotFound,
	TransactionError::InvalidProgramForExecution,
	TransactionError::MaxLoadedAccountsDataSizeExceeded,
];

/// Whether litesvm has refused what Agave puts into a block for its fee.
pub fn is_fees_only(theirs: &Seen) -> Option<TransactionError> {
	let Ended::Refused(reason) = &theirs.ended else { return None };
	FEES_ONLY.into_iter().find(|error| error.to_string() == *reason)
}

/// Programs that are part of the chain here and sBPF there, so that what they use is a figure here and
/// counted there. What is left of the budget behind them differs, too.
pub fn by_figure() -> [SvmAddress; 5] {
	[
		token_program(),
		associated_token_program(),
		keys::memo(),
		keys::memo_1(),
		keys::lookup_tables(),
	]
}

/// A difference that is meant, if this is one: after it the worlds go on by different ways.
pub fn meant(bytes: &[u8], difference: &Difference) -> Option<&'static str> {
	let Difference::End { ours: Ended::Failed(ours), theirs, .. } = difference else { return None };
	let names = |program: SvmAddress| bytes.windows(32).any(|window| window == program.as_bytes());
	let uses_figures = by_figure().into_iter().any(names);
	let exceeded = |error: &str| error.ends_with(", ComputationalBudgetExceeded)");
	match theirs {
		Ended::Failed(theirs) if uses_figures && exceeded(ours) != exceeded(theirs) => {
			Some("a figure is more than what was asked for, or what is counted is")
		},
		Ended::Succeeded if uses_figures && exceeded(ours) => {
			Some("a figure is more than what was asked for, or what is counted is")
		},
		Ended::Succeeded if ours.ends_with(", Custom(7))") && names(system_program()) => {
			Some("a nonce that litesvm derives from another one, so that it is not used up yet")
		},
		_ if ours.ends_with(", Custom(15))") && names(token_program()) => {
			Some("an associated account is given to another owner, which it can't be here")
		},
		Ended::Succeeded if ours.ends_with(", InvalidArgument)") && names(token_program()) => {
			Some("a mint with more than 18 decimals, which the ledger lacks")
		},
		_ if ours.ends_with(", Custom(12))") && names(token_program()) => {
			Some("an instruction that only p-token has")
		},
		Ended::Failed(theirs)
			if theirs.ends_with("ProgramFailedToComplete)")
				&& ours.ends_with("InvalidInstructionData)")
				&& names(keys::memo()) =>
		{
			Some("a memo that is no text, about which the newest memo program panics")
		},
		_ => None,
	}
}

/// Compares what can be seen of a transaction.
///
/// # Errors
/// The first difference.
pub fn compare(ours: &Seen, theirs: &Seen) -> Result<(), Difference> {
	if !same_end(&ours.ended, &theirs.ended) {
		let last = |seen: &Seen| {
			let from = seen.logs.len().saturating_sub(6);
			seen.logs[from..].to_vec()
		};
		let logs = [last(ours), vec!["theirs:".into()], last(theirs)].concat();
		let (ours, theirs) = (ours.ended.clone(), theirs.ended.clone());
		return Err(Difference::End { ours, theirs, logs });
	}
	if matches!(theirs.ended, Ended::Refused(_)) {
		return Ok(());
	}
	let by_figure = uses_figures(&theirs.logs);
	let our_logs = lines(&without_memos(&without_names(&ours.logs)), by_figure);
	let their_logs = lines(&without_memos(&theirs.logs), by_figure);
	// Where the budget ends, what a figure has already paid for has not been logged.
	let is_cut = by_figure && exceeds_budget(&theirs.ended);
	if !is_cut {
		same_lists("logs", &our_logs, &their_logs)?;
	}
	same("fee", &ours.fee, &theirs.fee)?;
	if !by_figure {
		same("compute units", &ours.units, &theirs.units)?;
	}
	same("return data", &ours.returned, &theirs.returned)?;
	same_lists("inner instructions", &ours.inner, &theirs.inner)
}

/// Shows lists from the first difference on.
fn same_lists<T: PartialEq + fmt::Debug>(
	what: &'static str,
	ours: &[T],
	theirs: &[T],
) -> Result<(), Difference> {
	let common = ours.iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count();
	if ours.len() == theirs.len() && common == ours.len() {
		return Ok(());
	}
	let from = common.saturating_sub(3);
	let show = |list: &[T]| {
		let lines = list.iter().skip(from).map(|one| format!("\n    {one:?}"));
		lines.collect::<String>()
	};
	Err(Difference::Detail { what, ours: show(ours), theirs: show(theirs) })
}

fn same<T: PartialEq + fmt::Debug>(
	what: &'static str,
	ours: &T,
	theirs: &T,
) -> Result<(), Difference> {
	if ours == theirs {
		return Ok(());
	}
	let (ours, theirs) = (format!("{ours:?}"), format!("{theirs:?}"));
	Err(Difference::Detail { what, ours, theirs })
}

fn exceeds_budget(ended: &Ended) -> bool {
	matches!(ended, Ended::Failed(error) if error.ends_with(", ComputationalBudgetExceeded)"))
}

fn same_end(ours: &Ended, theirs: &Ended) -> bool {
	match (ours, theirs) {
		// Bytes that are no transaction, and messages that break rules, have no words upstream that
		// clients could see: the network drops them.
		(Ended::Refused(_), Ended::Refused(reason)) if is_malformed(reason) => true,
		// litesvm reads tables before it verifies signatures, as validators do not.
		(Ended::Refused(ours), Ended::Refused(theirs))
			if *ours == TransactionError::SignatureFailure.to_string()
				&& theirs.contains("address table") =>
		{
			true
		},
		// Who asks litesvm for a program that is not there gets an account with nothing in it.
		(Ended::Failed(ours), Ended::Failed(theirs))
			if ours == "ProgramAccountNotFound" && theirs == "InvalidProgramForExecution" =>
		{
			true
		},
		_ => ours == theirs,
	}
}

fn is_malformed(reason: &str) -> bool {
	reason == crate::theirs::NO_TRANSACTION
		|| reason == TransactionError::SanitizeFailure.to_string()
}

fn uses_figures(logs: &[String]) -> bool {
	let programs = by_figure().map(|program| format!("Program {program} invoke"));
	logs.iter().any(|line| programs.iter().any(|program| line.starts_with(program)))
}

/// What memo programs log differs between their editions: litesvm brings the newest one, ours is the
/// one before.
fn without_memos(logs: &[String]) -> Vec<String> {
	let begins = [keys::memo(), keys::memo_1()].map(|program| format!("Program {program} invoke"));
	let mut is_memo = false;
	let mut kept = Vec::new();
	for line in logs {
		if !line.starts_with("Program log: ") {
			is_memo = begins.iter().any(|begin| line.starts_with(begin));
		}
		if !is_memo || !line.starts_with("Program log: ") {
			kept.push(line.clone());
		}
	}
	kept
}

/// Our token program names its instructions in the log, as the one before p-token did, for explorers.
fn without_names(logs: &[String]) -> Vec<String> {
	let invoked = format!("Program {} invoke", token_program());
	let follows = |index: usize| index > 0 && logs[index - 1].starts_with(&invoked);
	let is_name =
		|index: usize, line: &str| follows(index) && line.starts_with("Program log: Instruction: ");
	let kept = logs.iter().enumerate().filter(|(index, line)| !is_name(*index, line));
	kept.map(|(_, line)| line.clone()).collect()
}

/// Lines to compare: without numbers of compute units, where these come from figures.
fn lines(logs: &[String], by_figure: bool) -> Vec<String> {
	let without_units = |line: &String| match line.split_once(" consumed ") {
		Some((program, _)) if by_figure && program.starts_with("Program ") => {
			format!("{program} consumed")
		},
		// litesvm knows nothing of accounts of a loader that are no programs; Agave has an entry for them.
		_ if line == "Program is not cached" => "Program is not deployed".into(),
		_ if by_figure && line.starts_with("Program consumption: ") => "Program consumption".into(),
		_ => line.clone(),
	};
	logs.iter().map(without_units).collect()
}
