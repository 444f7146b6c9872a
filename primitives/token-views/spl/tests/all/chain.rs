// SPDX-License-Identifier: Apache-2.0
//! An engine in memory.

use std::collections::BTreeMap;
use unum_address::{Address, SvmAddress};
use unum_id_com::{IdCom, MintId};
use unum_spl_token::{
	ids, process, AccountFacts, AccountMeta, Instruction, ProgramError, Record, SplHost,
};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{conformance::MemoryHost, Asset, IdentityHost, TokenInfo};

/// Base units of one lamport.
pub(crate) const LAMPORT: u128 = 1_000_000_000;

/// What an account has beside lamports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RawAccount {
	pub(crate) program: SvmAddress,
	/// Only the length counts where the token program owns the account.
	pub(crate) data: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Chain {
	pub(crate) ledger: MemoryHost,
	pub(crate) accounts: BTreeMap<SvmAddress, RawAccount>,
	pub(crate) records: BTreeMap<SvmAddress, Record>,
}

impl SplHost for Chain {
	type Ledger = MemoryHost;

	fn ledger(&self) -> &MemoryHost {
		&self.ledger
	}

	fn ledger_mut(&mut self) -> &mut MemoryHost {
		&mut self.ledger
	}

	fn account(&self, key: &SvmAddress) -> AccountFacts {
		self.accounts
			.get(key)
			.map_or(AccountFacts { program: ids::system_program(), data_len: 0 }, |account| {
				AccountFacts { program: account.program, data_len: account.data.len() }
			})
	}

	fn foreign_data(&self, key: &SvmAddress) -> Vec<u8> {
		self.accounts.get(key).map(|account| account.data.clone()).unwrap_or_default()
	}

	fn record(&self, key: &SvmAddress) -> Option<Record> {
		self.records.get(key).copied()
	}

	fn set_record(&mut self, key: &SvmAddress, record: Record) {
		self.records.insert(*key, record);
	}

	fn close(&mut self, key: &SvmAddress) {
		self.records.remove(key);
		self.accounts.remove(key);
	}

	// The rule and the numbers of Solana: 128 bytes of overhead, two years.
	fn rent_exemption_lamports(&self, data_len: usize) -> u64 {
		(data_len as u64 + 128) * 3480 * 2
	}
}

impl Chain {
	/// The identity behind a key.
	pub(crate) fn id(&self, key: &SvmAddress) -> IdCom {
		self.ledger.resolve(&Address::Svm(*key))
	}

	pub(crate) fn set_lamports(&mut self, key: &SvmAddress, lamports: u64) {
		let id = self.id(key);
		let amount = LedgerAmount::new(u128::from(lamports) * LAMPORT);
		self.ledger.set_balance(Asset::Native, id, amount);
	}

	/// What the System program's `CreateAccount` leaves behind.
	pub(crate) fn allocate(&mut self, key: &SvmAddress, data_len: usize) {
		let account = RawAccount { program: ids::token_program(), data: vec![0; data_len] };
		self.accounts.insert(*key, account);
		self.set_lamports(key, self.rent_exemption_lamports(data_len));
	}

	/// Runs an instruction with these accounts, all writable, the last having signed.
	pub(crate) fn run(
		&mut self,
		instruction: Instruction<'_>,
		keys: &[SvmAddress],
	) -> Result<Vec<u8>, ProgramError> {
		let mut metas: Vec<_> = keys
			.iter()
			.map(|key| AccountMeta { key: *key, is_signer: false, is_writable: true })
			.collect();
		if let Some(last) = metas.last_mut() {
			last.is_signer = true;
		}
		process(self, &metas, &instruction.encode())
	}

	pub(crate) fn supply_asset(mint: &SvmAddress) -> Asset {
		Asset::Token(mint_id(mint))
	}
}

pub(crate) fn key(byte: u8) -> SvmAddress {
	SvmAddress::from([byte; 32])
}

pub(crate) fn mint_id(mint: &SvmAddress) -> MintId {
	MintId::from(*mint.as_bytes())
}

pub(crate) fn token_info(decimals: u8, svm_decimals: u8, authority: IdCom) -> TokenInfo {
	TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: Decimals::new(decimals).expect("at most 18"),
		svm_decimals: Decimals::new(svm_decimals).expect("at most 18"),
		name: "Test".into(),
		symbol: "TST".into(),
		mint_authority: Some(authority),
		freeze_authority: Some(authority),
	}
}
