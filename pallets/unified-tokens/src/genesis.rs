// SPDX-License-Identifier: Apache-2.0
//! Tokens that exist from the start.

use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::AccountId32;
use unum_id_com::IdCom;
use unum_units::{Decimals, LedgerAmount};

use crate::{Config, Error, Mint, Pallet};

/// A token of a chain specification.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenesisMint {
	/// Who counts as its creator.
	pub creator: AccountId32,
	/// What the creator would have chosen: the identifier follows from both.
	pub salt: H256,
	/// How many digits of an amount stand behind the point.
	pub decimals: Decimals,
	/// The same for the Solana VM; see `create_mint` for what it is if left out.
	#[serde(default)]
	pub svm_decimals: Option<Decimals>,
	/// Its name in full.
	pub name: String,
	/// Its name in a few letters.
	pub symbol: String,
	/// Who may mint. Nobody, if left out: the supply is what the balances below add up to.
	#[serde(default)]
	pub mint_authority: Option<AccountId32>,
	/// Who may freeze balances. Nobody, if left out.
	#[serde(default)]
	pub freeze_authority: Option<AccountId32>,
	/// Who has how much of it at the start, in base units.
	#[serde(default)]
	pub balances: Vec<(AccountId32, LedgerAmount)>,
}

impl<T: Config> Pallet<T> {
	/// Puts a token of the chain specification into the ledger, by the rules of the calls.
	///
	/// # Panics
	/// Where the token breaks one of them: a chain must not start with a wrong ledger.
	pub(crate) fn build_genesis_mint(genesis: &GenesisMint) {
		if let Err(error) = Self::try_build(genesis) {
			panic!("token {:?} of the chain specification: {error:?}", genesis.name);
		}
	}

	fn try_build(genesis: &GenesisMint) -> Result<(), Error<T>> {
		let svm_decimals = genesis.svm_decimals.map(Decimals::get);
		let details = Mint {
			supply: LedgerAmount::ZERO,
			decimals: genesis.decimals,
			svm_decimals: Self::check_svm_decimals(genesis.decimals.get(), svm_decimals)?,
			name: Self::check_name(genesis.name.clone().into_bytes())?,
			symbol: Self::check_symbol(genesis.symbol.clone().into_bytes())?,
			mint_authority: genesis.mint_authority.as_ref().map(IdCom::from),
			freeze_authority: genesis.freeze_authority.as_ref().map(IdCom::from),
		};
		let creator = IdCom::from(&genesis.creator);
		let mint = Self::do_create_mint(creator, genesis.salt.into(), details)?;
		genesis
			.balances
			.iter()
			.try_for_each(|(owner, amount)| Self::do_mint(mint, owner.into(), *amount))
			.map_err(Error::from)
	}
}
