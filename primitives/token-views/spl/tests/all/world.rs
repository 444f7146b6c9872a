// SPDX-License-Identifier: Apache-2.0
//! A chain with several tokens, owners and accounts, for random instructions.

use std::sync::OnceLock;
use unum_address::SvmAddress;
use unum_spl_token::{
	associated_token_address, ids, open_associated, token_account, Instruction, MintRecord,
	Multisig, Record, SplHost, TokenAccount,
};
use unum_units::LedgerAmount;
use unum_vm_engine::TokenHost;

use crate::chain::{key, mint_id, token_info, Chain, RawAccount};

pub(crate) const WALLETS: u8 = 4;
/// Accounts with key pairs of their own: two of each mint for two wallets, but the last is the
/// multisig's.
const OWN_ACCOUNTS: u8 = 12;

pub(crate) fn wallet(index: u8) -> SvmAddress {
	key(1 + index % WALLETS)
}

/// A token with as many decimals as its view, one with more, and the native coin.
pub(crate) fn mints() -> [SvmAddress; 3] {
	[key(0x70), key(0x71), ids::native_mint()]
}

pub(crate) fn multisig() -> SvmAddress {
	key(0x60)
}

/// An account that some other program owns.
pub(crate) fn foreign() -> SvmAddress {
	key(0x61)
}

fn own_account(index: u8) -> SvmAddress {
	key(0x80 + index)
}

/// Another key of the second wallet's identity: the address that is derived from it.
pub(crate) fn second_key() -> SvmAddress {
	SvmAddress::derive(wallet(1).unbound_id_com())
}

fn owners() -> impl Iterator<Item = SvmAddress> {
	(0..WALLETS).map(wallet).chain([multisig(), second_key()])
}

/// The associated accounts, each with its owner and mint.
pub(crate) fn associated() -> &'static [(SvmAddress, SvmAddress, SvmAddress)] {
	static ASSOCIATED: OnceLock<Vec<(SvmAddress, SvmAddress, SvmAddress)>> = OnceLock::new();
	ASSOCIATED.get_or_init(|| {
		let pairs = owners().flat_map(|owner| [mints()[0], mints()[1]].map(|mint| (owner, mint)));
		let address = |owner, mint| associated_token_address(&owner, &mint).expect("exists").0;
		pairs.map(|(owner, mint)| (address(owner, mint), owner, mint)).collect()
	})
}

pub(crate) fn token_accounts() -> Vec<SvmAddress> {
	let own = (0..OWN_ACCOUNTS).map(own_account);
	own.chain(associated().iter().map(|(key, ..)| *key)).collect()
}

pub(crate) fn chain() -> Chain {
	static CHAIN: OnceLock<Chain> = OnceLock::new();
	CHAIN.get_or_init(new_chain).clone()
}

fn new_chain() -> Chain {
	let mut chain = Chain::default();
	let authority = chain.id(&wallet(0));
	for (mint, decimals, svm_decimals) in [(mints()[0], 6, 6), (mints()[1], 18, 9)] {
		let info = token_info(decimals, svm_decimals, authority);
		chain.ledger.create_token(mint_id(&mint), info).expect("new");
		// The key of the authority, which signs, and not the address of its identity.
		let names = MintRecord { mint_authority: wallet(0), freeze_authority: wallet(0) };
		chain.records.insert(mint, Record::Mint(names));
	}
	set_up_multisig(&mut chain);
	set_up_accounts(&mut chain);
	let data = token_account(&chain, &own_account(0)).expect("an account").pack();
	chain.accounts.insert(foreign(), RawAccount { program: key(0x62), data });
	chain.set_lamports(&foreign(), 5);
	chain
}

fn set_up_multisig(chain: &mut Chain) {
	chain.allocate(&multisig(), Multisig::LEN);
	let two = Instruction::InitializeMultisig2 { required: 2 };
	chain.run(two, &[multisig(), wallet(0), wallet(1), wallet(2)]).expect("new");
}

fn set_up_accounts(chain: &mut Chain) {
	let authority = chain.id(&wallet(0));
	for mint in [mints()[0], mints()[1]] {
		for owner in owners() {
			open_associated(chain, &owner, &mint).expect("a token");
			let amount = LedgerAmount::new(5_000_000_000_007);
			let owner = chain.id(&owner);
			chain.ledger.mint_to(mint_id(&mint), authority, owner, amount).expect("fits");
		}
	}
	for index in 0..OWN_ACCOUNTS {
		let account = own_account(index);
		chain.allocate(&account, TokenAccount::LEN);
		let owner = if index == 11 { multisig() } else { wallet(index / 3 % 2) };
		let initialize = Instruction::InitializeAccount3 { owner };
		chain.run(initialize, &[account, mints()[usize::from(index % 3)]]).expect("new");
	}
	for index in [2, 5, 8] {
		let account = own_account(index);
		chain.set_lamports(&account, chain.lamports(&account) + 1000);
		chain.run(Instruction::SyncNative, &[account]).expect("native");
	}
}
