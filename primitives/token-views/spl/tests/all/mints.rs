// SPDX-License-Identifier: Apache-2.0
//! Mints, made here and made elsewhere.

use unum_address::SvmAddress;
use unum_id_com::IdCom;
use unum_spl_token::{
	account_data, mint, open_associated, token_account, Instruction, Mint, ProgramError, TokenError,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{TokenAuthority, TokenHost};

use crate::chain::{key, mint_id, token_info, Chain};

/// Base units of one unit of the view of the token that was made elsewhere.
const UNIT: u128 = 1_000_000_000;

fn mint_key() -> SvmAddress {
	key(0x70)
}

fn alice() -> SvmAddress {
	key(1)
}

/// Alice has ten units and a rest of a token with 18 decimals that was made elsewhere.
fn chain() -> Chain {
	let mut chain = Chain::default();
	let (id, owner) = (mint_id(&mint_key()), chain.id(&alice()));
	chain.ledger.create_token(id, token_info(18, 9, owner)).expect("new");
	chain.ledger.mint_to(id, owner, owner, LedgerAmount::new(10 * UNIT + 7)).expect("fits");
	chain
}

#[test]
fn a_mint_made_elsewhere_is_a_mint_account() {
	let chain = chain();
	let shown = mint(&chain, &mint_key()).expect("a mint");
	assert_eq!((shown.supply, shown.decimals, shown.is_initialized), (10, 9, true));
	let id = chain.id(&alice());
	// No key was named for the authority here: it shows under its own address on this VM.
	assert_eq!(shown.mint_authority.get(), Some(SvmAddress::derive(id)));
	assert_eq!(account_data(&chain, &mint_key()), Some(shown.pack()));
	assert_eq!(account_data(&chain, &alice()), None);
}

#[test]
fn authorities_that_change_elsewhere_show_here() {
	let mut chain = Chain::default();
	let new_mint = mint_key();
	chain.allocate(&new_mint, Mint::LEN);
	let initialize = Instruction::InitializeMint2 {
		decimals: 6,
		mint_authority: alice(),
		freeze_authority: None,
	};
	chain.run(initialize, &[new_mint]).expect("new");
	let authority = |chain: &Chain| mint(chain, &new_mint).expect("a mint").mint_authority;
	assert_eq!(authority(&chain).get(), Some(alice()));
	let (current, other) = (chain.id(&alice()), IdCom::new([0x55; 32]));
	let set = |chain: &mut Chain, from, to| {
		chain
			.ledger
			.set_authority(mint_id(&new_mint), from, TokenAuthority::Mint, to)
			.expect("has it");
	};
	set(&mut chain, current, Some(other));
	assert_eq!(authority(&chain).get(), Some(SvmAddress::derive(other)));
	set(&mut chain, other, None);
	assert_eq!(authority(&chain).get(), None);
}

#[test]
fn a_mint_has_no_more_decimals_than_the_ledger() {
	let mut chain = Chain::default();
	let new_mint = mint_key();
	chain.allocate(&new_mint, Mint::LEN);
	let before = chain.clone();
	let initialize = Instruction::InitializeMint2 {
		decimals: 19,
		mint_authority: alice(),
		freeze_authority: None,
	};
	assert_eq!(chain.run(initialize, &[new_mint]), Err(ProgramError::InvalidArgument));
	assert_eq!(chain, before);
}

#[test]
fn there_is_never_more_than_the_view_can_show() {
	let mut chain = chain();
	let account = open_associated(&mut chain, &alice(), &mint_key()).expect("a token");
	let authority = SvmAddress::derive(chain.id(&alice()));
	let accounts = [mint_key(), account, authority];
	let room = u64::MAX - 10;
	let too_much = chain.run(Instruction::MintTo { amount: room + 1 }, &accounts);
	assert_eq!(too_much, Err(TokenError::Overflow.into()));
	chain.run(Instruction::MintTo { amount: room }, &accounts).expect("fits");
	assert_eq!(token_account(&chain, &account).expect("an account").amount, u64::MAX);
	assert_eq!(mint(&chain, &mint_key()).expect("a mint").supply, u64::MAX);
	chain
		.run(Instruction::Burn { amount: u64::MAX }, &[account, mint_key(), alice()])
		.expect("all");
	let left = chain.ledger.token(mint_id(&mint_key())).expect("a token").supply;
	assert_eq!(left, LedgerAmount::new(7));
}
