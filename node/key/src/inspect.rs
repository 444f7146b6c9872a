// SPDX-License-Identifier: Apache-2.0
//! `unum key inspect`.

use unum_acegf::wallet::SecretText;
use zeroize::Zeroizing;

use crate::{
	account::{Account, AccountScheme},
	args::{FormatArgs, MethodArgs, Named, SecretArgs},
	output::Print,
	report::Report,
	subject::Subject,
	KeyError,
};

/// Shows whose a phrase, an address or a public key is.
#[derive(Debug, clap::Args)]
pub struct Inspect {
	/// What to look at. Without it, a phrase is asked for.
	///
	/// A phrase of 24 words (an identity) or of 12 to 21 (a plain account), a path such as //Alice, an
	/// SS58 address, a public key or id_com (0x…), or an address of Ethereum, Solana, Bitcoin
	/// (regtest) or Tron. As for --phrase, a secret that is typed here can be seen by others.
	#[arg(value_name = "PHRASE-OR-ADDRESS", conflicts_with = "secret")]
	what: Vec<SecretText>,

	#[command(flatten)]
	secret: SecretArgs,

	#[command(flatten)]
	methods: MethodArgs,

	/// Read the text as the secret (phrase, seed or path) of a plain account of this scheme.
	#[arg(
		long,
		value_name = "SCHEME",
		conflicts_with = "methods",
		value_parser = Named(&AccountScheme::ALL)
	)]
	scheme: Option<AccountScheme>,

	/// Print the secret seed of a plain account, too.
	#[arg(long)]
	show_secret: bool,

	#[command(flatten)]
	format: FormatArgs,
}

impl Inspect {
	pub(crate) fn run(&self) -> Result<(), KeyError> {
		let text = match self.what.as_slice() {
			[] => self.secret.read()?,
			words => joined(words),
		};
		self.report(Subject::of(text.expose(), self.scheme)?)?.print(self.format)
	}

	fn report(&self, subject: Subject) -> Result<Report, KeyError> {
		match subject {
			Subject::Identity(rev) => Report::of_rev(&rev, self.methods.methods),
			Subject::Account(account) => Ok(self.account(account)),
			Subject::IdCom(id) => Ok(Report::of_id_com(id)),
			Subject::Wallet(address) => Ok(Report::of_wallet(&address)),
		}
	}

	fn account(&self, account: Account) -> Report {
		let seed = account.seed.clone().filter(|_| self.show_secret);
		Report::of_account(&account).with_seed(seed)
	}
}

/// A phrase that was typed without quotes arrives in words.
fn joined(words: &[SecretText]) -> SecretText {
	let words: Zeroizing<Vec<_>> =
		Zeroizing::new(words.iter().map(|word| word.expose().to_owned()).collect());
	words.join(" ").into()
}
