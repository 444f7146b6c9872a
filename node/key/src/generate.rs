// SPDX-License-Identifier: Apache-2.0
//! `unum key generate`.

use unum_acegf::wallet::{Rev, WORDS};

use crate::{
	account::{new_phrase, Account, AccountScheme},
	args::{FormatArgs, MethodArgs, Named},
	output::Print,
	report::Report,
	KeyError,
};

/// Words of a plain account's phrase, unless others are asked for.
const ACCOUNT_WORDS: u8 = 12;

/// Makes a new identity, or a plain account.
#[derive(Debug, clap::Args)]
pub struct Generate {
	#[command(flatten)]
	methods: MethodArgs,

	/// Make a plain account with a key of this scheme instead of an identity.
	#[arg(
		long,
		value_name = "SCHEME",
		conflicts_with = "methods",
		value_parser = Named(&AccountScheme::ALL)
	)]
	scheme: Option<AccountScheme>,

	/// How many words the phrase of a plain account has; an identity's has 24.
	#[arg(short = 'w', long, value_name = "WORDS", value_parser = Named(&[12_u8, 15, 18, 21, 24]))]
	words: Option<u8>,

	#[command(flatten)]
	format: FormatArgs,
}

impl Generate {
	pub(crate) fn run(&self) -> Result<(), KeyError> {
		let report = match self.scheme {
			Some(scheme) => account(scheme, self.words.unwrap_or(ACCOUNT_WORDS))?,
			None => self.identity()?,
		};
		report.print(self.format)
	}

	fn identity(&self) -> Result<Report, KeyError> {
		if self.words.is_some_and(|words| usize::from(words) != WORDS) {
			return Err(KeyError::WordsOfIdentity);
		}
		let rev = Rev::generate()?;
		Ok(Report::of_rev(&rev, self.methods.methods)?.with_phrase(rev.to_phrase()?))
	}
}

fn account(scheme: AccountScheme, words: u8) -> Result<Report, KeyError> {
	let phrase = new_phrase(words)?;
	let account = Account::from_secret(scheme, phrase.expose())?;
	Ok(Report::of_account(&account).with_phrase(phrase).with_seed(account.seed))
}
