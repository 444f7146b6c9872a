// SPDX-License-Identifier: Apache-2.0
//! One token and the accounts that use it.

use sp_core::U256;
use unum_address::erc20_address;
use unum_erc20::{call, AbiAddress, AddressSpace, Call, Erc20Error, Frame, MalformedCall};
use unum_id_com::{IdCom, MintId};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{conformance::MemoryHost, Asset, TokenHost, TokenInfo};

use super::{book_host::BookHost, calldata::encode, wallet};

pub(crate) const CHAIN_ID: u64 = 4663;
pub(crate) const NOW: u64 = 1_700_000_000;

/// Keys of the wallets among the accounts.
pub(crate) const KEYS: [u8; 3] = [1, 2, 3];

/// How many accounts there are.
pub(crate) const ACCOUNTS: usize = KEYS.len() + 3;

/// The wallet that has the mint authority, if anybody has.
pub(crate) const AUTHORITY: usize = 0;

/// The zero address among the accounts.
pub(crate) const ZERO: usize = KEYS.len();

/// An account without a key among the accounts.
pub(crate) const SOMEBODY: usize = KEYS.len() + 1;

/// The token contract itself among the accounts.
pub(crate) const ITSELF: usize = KEYS.len() + 2;

pub(crate) fn mint_id() -> MintId {
	MintId::from([0x5a; 32])
}

pub(crate) fn token_address() -> AbiAddress {
	erc20_address(mint_id()).into()
}

/// The accounts: wallets, the zero address, somebody without a key, and the token contract.
pub(crate) fn accounts() -> [AbiAddress; ACCOUNTS] {
	let [a, b, c] = KEYS.map(|key| wallet::address(&wallet::key(key)));
	[a, b, c, AbiAddress::ZERO, [0x77; 20].into(), token_address()]
}

/// What is chosen when a token is made.
#[derive(Clone, Debug)]
pub(crate) struct TokenSpec {
	pub(crate) name: String,
	pub(crate) symbol: String,
	pub(crate) decimals: u8,
	pub(crate) svm_decimals: u8,
	/// Which account may mint.
	pub(crate) authority: Option<usize>,
}

impl TokenSpec {
	/// A token like any other, which the first wallet may mint.
	pub(crate) fn plain() -> Self {
		Self {
			name: "Unum Dollar".into(),
			symbol: "UUSD".into(),
			decimals: 18,
			svm_decimals: 9,
			authority: Some(AUTHORITY),
		}
	}

	/// The largest supply: what 64 bits of the coarser view show.
	pub(crate) fn cap(&self) -> u128 {
		let unit = 10u128.pow(u32::from(self.decimals - self.svm_decimals));
		(u128::from(u64::MAX) + 1) * unit - 1
	}

	fn info(&self, ids: &[IdCom]) -> TokenInfo {
		let decimals = |n| Decimals::new(n).expect("18 at most");
		TokenInfo {
			supply: LedgerAmount::ZERO,
			decimals: decimals(self.decimals),
			svm_decimals: decimals(self.svm_decimals),
			name: self.name.clone(),
			symbol: self.symbol.clone(),
			mint_authority: self.authority.map(|index| ids[index]),
			freeze_authority: Some(ids[1]),
		}
	}
}

/// The ledger with the token in it.
#[derive(Clone)]
pub(crate) struct Scene {
	pub(crate) host: BookHost,
	pub(crate) space: AddressSpace,
	pub(crate) accounts: [AbiAddress; ACCOUNTS],
	pub(crate) ids: [IdCom; ACCOUNTS],
}

impl Scene {
	/// A token that nobody has any of yet.
	pub(crate) fn new(space: AddressSpace, spec: &TokenSpec) -> Self {
		let mut host = BookHost::default();
		let accounts = accounts();
		let ids = accounts.map(|account| host.see(space, account));
		host.create_token(mint_id(), spec.info(&ids)).expect("the first token");
		Self { host, space, accounts, ids }
	}

	/// The plain token on the EVM, of which the first wallet has 1,000 base units.
	pub(crate) fn plain() -> Self {
		let mut scene = Self::new(AddressSpace::Evm, &TokenSpec::plain());
		let to = scene.accounts[0];
		scene.run(0, &Call::Mint { to, value: 1_000.into() }).expect("it is the authority");
		scene
	}

	pub(crate) fn frame<'a>(&self, caller: usize, calldata: &'a [u8]) -> Frame<'a> {
		Frame {
			space: self.space,
			mint: mint_id(),
			caller: self.accounts[caller],
			calldata,
			is_static: false,
			has_value: false,
			chain_id: CHAIN_ID,
			timestamp: NOW,
		}
	}

	/// Calls as an account.
	pub(crate) fn run(&mut self, caller: usize, call: &Call) -> Result<Vec<u8>, Erc20Error> {
		self.run_bytes(caller, &encode(call))
	}

	/// Calls as an account, with any calldata.
	pub(crate) fn run_bytes(
		&mut self,
		caller: usize,
		calldata: &[u8],
	) -> Result<Vec<u8>, Erc20Error> {
		let frame = self.frame(caller, calldata);
		call(&mut self.host, &frame)
	}

	/// What a function that gives a number gives.
	pub(crate) fn read(&mut self, call: &Call) -> U256 {
		U256::from_big_endian(&self.run(0, call).expect("reads do not fail"))
	}

	/// How many permits a wallet has used.
	pub(crate) fn nonce_of(&self, account: usize) -> u64 {
		self.host.permit_nonce(mint_id(), &self.space.address(self.accounts[account]))
	}

	pub(crate) fn balance_of(&mut self, account: usize) -> U256 {
		let account = self.accounts[account];
		self.read(&Call::BalanceOf { account })
	}

	pub(crate) fn allowance(&mut self, owner: usize, spender: usize) -> U256 {
		let (owner, spender) = (self.accounts[owner], self.accounts[spender]);
		self.read(&Call::Allowance { owner, spender })
	}

	/// Asserts that a call fails, why, and that it has changed nothing.
	pub(crate) fn refuses(&mut self, caller: usize, call: &Call, error: Erc20Error) {
		let before = self.host.clone();
		assert_eq!(self.run(caller, call), Err(error), "{call:?}");
		assert_eq!(self.host, before, "{call:?} failed and changed something");
	}

	/// The same for calldata that is no call.
	pub(crate) fn refuses_bytes(&mut self, calldata: &[u8], cause: MalformedCall) {
		let before = self.host.clone();
		let error = self.run_bytes(0, calldata).expect_err("malformed");
		assert_eq!(error, Erc20Error::Malformed(cause));
		assert_eq!(error.revert_data(), Vec::<u8>::new());
		assert_eq!(self.host, before);
	}

	/// The supply is the sum of all balances.
	pub(crate) fn assert_supply(&self) {
		let ledger: &MemoryHost = &self.host.ledger;
		let supply = ledger.token(mint_id()).expect("exists").supply.get();
		assert_eq!(supply, ledger.total(Asset::Token(mint_id())));
	}
}
