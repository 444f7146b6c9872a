// SPDX-License-Identifier: Apache-2.0
//! Totals, in words.

use std::{collections::BTreeMap, fmt};

use crate::{NotRun, Note, Suite, Verdict};

/// Numbers of cases.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
	/// As expected.
	pub passed: usize,
	/// Not as expected.
	pub failed: usize,
	/// Not run, by reason.
	pub not_run: BTreeMap<NotRun, usize>,
	/// Of those that passed, the ones with something to know.
	pub notes: BTreeMap<Note, usize>,
}

impl Tally {
	fn count(&mut self, verdict: &Verdict) {
		match verdict {
			Verdict::Passed(note) => {
				self.passed += 1;
				note.iter().for_each(|note| *self.notes.entry(*note).or_default() += 1);
			},
			Verdict::Failed(_) => self.failed += 1,
			Verdict::NotRun(reason) => *self.not_run.entry(reason.clone()).or_default() += 1,
		}
	}

	fn merge(&mut self, other: &Self) {
		self.passed += other.passed;
		self.failed += other.failed;
		for (reason, count) in &other.not_run {
			*self.not_run.entry(reason.clone()).or_default() += count;
		}
		for (note, count) in &other.notes {
			*self.notes.entry(*note).or_default() += count;
		}
	}
}

impl fmt::Display for Tally {
	/// `N passed, M failed (K not run: reasons)`.
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} passed, {} failed", self.passed, self.failed)?;
		if self.not_run.is_empty() {
			return Ok(());
		}
		let count: usize = self.not_run.values().sum();
		let reasons: Vec<_> =
			self.not_run.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
		write!(f, " ({count} not run: {})", reasons.join(", "))
	}
}

/// What became of all files.
#[derive(Clone, Debug, Default)]
pub struct Report {
	/// By folder.
	pub folders: BTreeMap<String, Tally>,
	/// One line for each failure: path, case, what was got and expected.
	pub failures: Vec<String>,
	/// For each reason not to run something, what it was said of first.
	pub examples: BTreeMap<NotRun, String>,
}

impl Report {
	/// Counts a file.
	pub fn add(&mut self, suite: &Suite) {
		let folder = suite.path.rsplit_once('/').map_or(".", |(folder, _)| folder);
		for (name, verdict) in &suite.cases {
			self.folders.entry(folder.to_owned()).or_default().count(verdict);
			let line = format!("{}: {name}", suite.path);
			match verdict {
				Verdict::Failed(failure) => self.failures.push(format!("{line}: {failure}")),
				Verdict::NotRun(reason) => self.add_example(reason, line),
				Verdict::Passed(_) => {},
			}
		}
	}

	/// The first in the alphabet, so that it does not depend on the order in which files were run.
	fn add_example(&mut self, reason: &NotRun, line: String) {
		let example = self.examples.entry(reason.clone()).or_insert_with(|| line.clone());
		if line < *example {
			*example = line;
		}
	}

	/// Takes over another report.
	pub fn merge(&mut self, other: Self) {
		for (folder, tally) in &other.folders {
			self.folders.entry(folder.clone()).or_default().merge(tally);
		}
		self.failures.extend(other.failures);
		self.failures.sort();
		other.examples.into_iter().for_each(|(reason, line)| self.add_example(&reason, line));
	}

	/// All folders together.
	pub fn total(&self) -> Tally {
		let mut total = Tally::default();
		self.folders.values().for_each(|tally| total.merge(tally));
		total
	}

	/// Whether something ran, and nothing failed.
	pub fn is_success(&self) -> bool {
		let total = self.total();
		total.passed > 0 && total.failed == 0
	}

	/// The report as text, with up to `failures` lines of failures.
	pub fn display(&self, failures: usize) -> impl fmt::Display + '_ {
		Printed { report: self, failures }
	}
}

struct Printed<'a> {
	report: &'a Report,
	failures: usize,
}

impl fmt::Display for Printed<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Report { folders, failures, examples } = self.report;
		let width = folders.keys().map(String::len).max().unwrap_or_default();
		for (folder, tally) in folders {
			writeln!(f, "{folder:width$}  {tally}")?;
		}
		for failure in failures.iter().take(self.failures) {
			writeln!(f, "FAILED {failure}")?;
		}
		let hidden = failures.len().saturating_sub(self.failures);
		if hidden > 0 {
			writeln!(f, "… and {hidden} more failures: --list-failures shows them")?;
		}
		for (reason, example) in examples {
			writeln!(f, "not run, {reason}: first {example}")?;
		}
		let total = self.report.total();
		for (note, count) in &total.notes {
			writeln!(f, "of those that passed, {count} {note}")?;
		}
		writeln!(f, "{total}")
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn report() -> Report {
		let fork = |name: &str| Verdict::NotRun(NotRun::Fork(name.to_owned()));
		let case = |name: &str, verdict| (name.to_owned(), verdict);
		let mut report = Report::default();
		report.add(&Suite {
			path: "a/b/c.json".to_owned(),
			cases: vec![
				case("one", Verdict::Passed(None)),
				case("two", Verdict::Failed("state root 1, expected 2".to_owned())),
				case("three", fork("Paris")),
			],
		});
		let mut other = Report::default();
		other.add(&Suite {
			path: "a/d.json".to_owned(),
			cases: vec![
				case("four", Verdict::Passed(Some(Note::OtherReason))),
				case("five", fork("Paris")),
				case("six", Verdict::Failed("panicked".to_owned())),
			],
		});
		report.merge(other);
		report
	}

	#[test]
	fn a_report_names_folders_failures_and_what_was_not_run() {
		let text = report().display(1).to_string();
		assert_eq!(
			text,
			"a    1 passed, 1 failed (1 not run: 1 fork Paris)\n\
			 a/b  1 passed, 1 failed (1 not run: 1 fork Paris)\n\
			 FAILED a/b/c.json: two: state root 1, expected 2\n\
			 … and 1 more failures: --list-failures shows them\n\
			 not run, fork Paris: first a/b/c.json: three\n\
			 of those that passed, 1 refused for another reason than the test names\n\
			 2 passed, 2 failed (2 not run: 2 fork Paris)\n"
		);
	}

	#[test]
	fn a_failure_or_nothing_at_all_is_no_success() {
		assert!(!report().is_success());
		assert!(!Report::default().is_success());
	}
}
