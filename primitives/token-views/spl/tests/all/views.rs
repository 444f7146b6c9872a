// SPDX-License-Identifier: Apache-2.0
//! What one ledger behind several views means for token accounts.

use unum_address::SvmAddress;
use unum_id_com::IdCom;
use unum_spl_token::{
	associated_account, associated_token_address, open_associated, token_account, AccountState,
	AuthorityType, Instruction, ProgramError, SplHost, TokenAccount, TokenError,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityHost, LedgerHost, Movement, TokenHost};

use crate::chain::{key, mint_id, token_info, Chain, LAMPORT};

/// Base units of one unit of the view of [`shared_mint`].
const UNIT: u128 = 1_000_000_000;
/// What can't be shown of the balances here.
const DUST: u128 = 7;

fn shared_mint() -> SvmAddress {
	key(0x70)
}

fn alice() -> SvmAddress {
	key(1)
}

fn bob() -> SvmAddress {
	key(2)
}

fn ata(owner: SvmAddress) -> SvmAddress {
	associated_token_address(&owner, &shared_mint()).expect("exists").0
}

fn base(amount: u128) -> LedgerAmount {
	LedgerAmount::new(amount)
}

/// Alice has ten units and some dust of a token with 18 decimals that was made elsewhere; she is its
/// authority.
fn chain() -> Chain {
	let mut chain = Chain::default();
	let (id, owner) = (mint_id(&shared_mint()), chain.id(&alice()));
	chain.ledger.create_token(id, token_info(18, 9, owner)).expect("new");
	chain.ledger.mint_to(id, owner, owner, base(10 * UNIT + DUST)).expect("fits");
	chain
}

/// The same with Alice's and Bob's associated accounts.
fn chain_with_accounts() -> Chain {
	let mut chain = chain();
	for owner in [alice(), bob()] {
		open_associated(&mut chain, &owner, &shared_mint()).expect("a token");
	}
	chain
}

/// An account with a balance of its own.
fn auxiliary(chain: &mut Chain, account: SvmAddress, owner: SvmAddress) {
	chain.allocate(&account, TokenAccount::LEN);
	let initialize = Instruction::InitializeAccount3 { owner };
	chain.run(initialize, &[account, shared_mint()]).expect("new");
}

fn shown(chain: &Chain, account: SvmAddress) -> TokenAccount {
	token_account(chain, &account).expect("a token account")
}

fn balance(chain: &Chain, id: IdCom) -> u128 {
	chain.ledger.holding(mint_id(&shared_mint()), id).amount.get()
}

fn failed(error: TokenError) -> Result<Vec<u8>, ProgramError> {
	Err(error.into())
}

#[test]
fn every_balance_shows_as_the_associated_account_of_its_owner() {
	let mut chain = chain();
	let unopened = associated_account(&chain, &alice(), &shared_mint()).expect("a token");
	assert_eq!((unopened.amount, unopened.owner), (10, alice()));
	let opened = open_associated(&mut chain, &alice(), &shared_mint()).expect("a token");
	assert_eq!(opened, ata(alice()));
	assert_eq!(shown(&chain, opened), unopened);
	// What moves through another view shows at once.
	let (from, to) = (chain.id(&alice()), chain.id(&bob()));
	let asset = Asset::Token(mint_id(&shared_mint()));
	chain.ledger.transfer(asset, from, to, base(4 * UNIT)).expect("enough");
	assert_eq!(shown(&chain, opened).amount, 6);
	let bobs = associated_account(&chain, &bob(), &shared_mint()).expect("a token");
	assert_eq!(bobs.amount, 4);
	let unknown = associated_account(&chain, &bob(), &key(9));
	assert_eq!(unknown, Err(TokenError::InvalidMint.into()));
}

#[test]
fn transfers_move_whole_units_and_lose_nothing() {
	let mut chain = chain_with_accounts();
	let (from, to) = (ata(alice()), ata(bob()));
	chain.run(Instruction::Transfer { amount: 10 }, &[from, to, alice()]).expect("enough");
	assert_eq!(balance(&chain, chain.id(&alice())), DUST);
	assert_eq!(balance(&chain, chain.id(&bob())), 10 * UNIT);
	let again = chain.run(Instruction::Transfer { amount: 1 }, &[from, to, alice()]);
	assert_eq!(again, failed(TokenError::InsufficientFunds));
	let checked = Instruction::TransferChecked { amount: 3, decimals: 9 };
	chain.run(checked, &[to, shared_mint(), from, bob()]).expect("enough");
	assert_eq!(balance(&chain, chain.id(&alice())), 3 * UNIT + DUST);
	let wrong = Instruction::TransferChecked { amount: 3, decimals: 18 };
	let wrong = chain.run(wrong, &[to, shared_mint(), from, bob()]);
	assert_eq!(wrong, failed(TokenError::MintDecimalsMismatch));
}

#[test]
fn another_account_of_an_owner_has_a_balance_of_its_own() {
	let mut chain = chain_with_accounts();
	let savings = key(0x51);
	auxiliary(&mut chain, savings, alice());
	chain
		.run(Instruction::Transfer { amount: 4 }, &[ata(alice()), savings, alice()])
		.expect("enough");
	assert_eq!((shown(&chain, ata(alice())).amount, shown(&chain, savings).amount), (6, 4));
	assert_eq!(balance(&chain, savings.unbound_id_com()), 4 * UNIT);
	chain
		.run(Instruction::Transfer { amount: 4 }, &[savings, ata(bob()), alice()])
		.expect("enough");
	assert_eq!((shown(&chain, savings).amount, shown(&chain, ata(bob())).amount), (0, 4));
}

#[test]
fn a_key_that_belongs_to_an_identity_is_no_token_account() {
	let mut chain = chain();
	let victim = IdCom::new([0x44; 32]);
	chain.ledger.retain(victim);
	let account = SvmAddress::derive(victim);
	chain.allocate(&account, TokenAccount::LEN);
	let initialize = Instruction::InitializeAccount3 { owner: bob() };
	let refused = chain.run(initialize, &[account, shared_mint()]);
	assert_eq!(refused, failed(TokenError::AlreadyInUse));
}

#[test]
fn a_closed_account_leaves_nothing_behind() {
	let mut chain = chain_with_accounts();
	let savings = key(0x51);
	auxiliary(&mut chain, savings, alice());
	let (savings_id, id) = (savings.unbound_id_com(), chain.id(&alice()));
	let asset = Asset::Token(mint_id(&shared_mint()));
	// Less than a unit, which only another view can send.
	chain.ledger.transfer(asset, id, savings_id, base(5)).expect("enough");
	chain.ledger.set_balance(Asset::Native, savings_id, base(3_000_000 * LAMPORT + 1));
	chain.run(Instruction::Approve { amount: 9 }, &[savings, bob(), alice()]).expect("hers");
	chain.run(Instruction::CloseAccount, &[savings, bob(), alice()]).expect("empty");
	assert_eq!(balance(&chain, savings_id), 0);
	assert_eq!(balance(&chain, id), 10 * UNIT + DUST, "back with the owner");
	assert_eq!(chain.native_coin(&bob()), base(3_000_000 * LAMPORT + 1));
	let allowed = chain.ledger.allowance(mint_id(&shared_mint()), savings_id, chain.id(&bob()));
	assert!(allowed.is_zero());
	assert_eq!(token_account(&chain, &savings), Err(ProgramError::InvalidAccountData));
}

#[test]
fn an_account_with_less_than_a_unit_can_be_closed_and_keeps_it() {
	let mut chain = chain_with_accounts();
	let all = Instruction::Transfer { amount: 10 };
	chain.run(all, &[ata(alice()), ata(bob()), alice()]).expect("enough");
	chain.run(Instruction::CloseAccount, &[ata(alice()), bob(), alice()]).expect("shows nothing");
	assert_eq!(balance(&chain, chain.id(&alice())), DUST);
}

#[test]
fn an_associated_account_stays_its_owners() {
	let mut chain = chain_with_accounts();
	let give =
		|authority_type| Instruction::SetAuthority { authority_type, new_authority: Some(bob()) };
	let owner = chain.run(give(AuthorityType::AccountOwner), &[ata(alice()), alice()]);
	assert_eq!(owner, failed(TokenError::AuthorityTypeNotSupported));
	chain.run(give(AuthorityType::CloseAccount), &[ata(alice()), alice()]).expect("hers");
	// Any other account can be given away, with what is in it.
	let savings = key(0x51);
	auxiliary(&mut chain, savings, alice());
	chain
		.run(Instruction::Transfer { amount: 2 }, &[ata(alice()), savings, alice()])
		.expect("enough");
	chain.run(give(AuthorityType::AccountOwner), &[savings, alice()]).expect("hers");
	assert_eq!((shown(&chain, savings).owner, shown(&chain, savings).amount), (bob(), 2));
	chain.run(Instruction::Transfer { amount: 2 }, &[savings, ata(bob()), bob()]).expect("his");
}

#[test]
fn there_is_one_delegate_and_its_amount_is_the_allowance() {
	let mut chain = chain_with_accounts();
	let (carol, id, account) = (key(3), chain.id(&alice()), ata(alice()));
	let allowance = |chain: &Chain, spender| {
		chain.ledger.allowance(mint_id(&shared_mint()), id, chain.id(&spender))
	};
	chain.run(Instruction::Approve { amount: 5 }, &[account, bob(), alice()]).expect("hers");
	assert_eq!(allowance(&chain, bob()), base(5 * UNIT));
	chain.run(Instruction::Approve { amount: 6 }, &[account, carol, alice()]).expect("hers");
	assert_eq!((allowance(&chain, bob()), allowance(&chain, carol)), (base(0), base(6 * UNIT)));
	// Another view changes it, and it shows.
	let spender = chain.id(&carol);
	let half = base(2 * UNIT + UNIT / 2);
	chain.ledger.approve(mint_id(&shared_mint()), id, spender, half).expect("a token");
	assert_eq!(shown(&chain, account).delegated_amount, 2);
	let transfer = Instruction::Transfer { amount: 3 };
	let too_much = chain.run(transfer, &[account, ata(bob()), carol]);
	assert_eq!(too_much, failed(TokenError::InsufficientFunds));
	// With the last whole unit the right is gone, the half unit too.
	chain.run(Instruction::Transfer { amount: 2 }, &[account, ata(bob()), carol]).expect("allowed");
	assert_eq!(shown(&chain, account).delegate.get(), None);
	assert_eq!(allowance(&chain, carol), base(0));
	chain.run(Instruction::Approve { amount: 1 }, &[account, carol, alice()]).expect("hers");
	chain.run(Instruction::Revoke, &[account, carol]).expect("the delegate may");
	assert_eq!(allowance(&chain, carol), base(0));
}

#[test]
fn an_unlimited_allowance_shows_as_much_as_fits() {
	let mut chain = chain_with_accounts();
	chain.run(Instruction::Approve { amount: 1 }, &[ata(alice()), bob(), alice()]).expect("hers");
	let (id, owner, spender) = (mint_id(&shared_mint()), chain.id(&alice()), chain.id(&bob()));
	chain.ledger.approve(id, owner, spender, LedgerAmount::MAX).expect("a token");
	assert_eq!(shown(&chain, ata(alice())).delegated_amount, u64::MAX);
	let transfer = Instruction::Transfer { amount: 1 };
	chain.run(transfer, &[ata(alice()), ata(bob()), bob()]).expect("allowed");
	assert_eq!(chain.ledger.allowance(id, owner, spender), LedgerAmount::MAX);
}

#[test]
fn frozen_is_frozen_in_every_view_and_after_closing() {
	let mut chain = chain_with_accounts();
	let authority = SvmAddress::derive(chain.id(&alice()));
	let frozen_account = ata(bob());
	chain
		.run(Instruction::FreezeAccount, &[frozen_account, shared_mint(), authority])
		.expect("may");
	assert!(chain.ledger.holding(mint_id(&shared_mint()), chain.id(&bob())).frozen);
	for amount in [0, 1] {
		let transfer = Instruction::Transfer { amount };
		let refused = chain.run(transfer, &[ata(alice()), frozen_account, alice()]);
		assert_eq!(refused, failed(TokenError::AccountFrozen));
	}
	chain.run(Instruction::CloseAccount, &[frozen_account, alice(), bob()]).expect("empty");
	open_associated(&mut chain, &bob(), &shared_mint()).expect("a token");
	assert_eq!(shown(&chain, frozen_account).state, AccountState::Frozen);
	chain.run(Instruction::ThawAccount, &[frozen_account, shared_mint(), authority]).expect("may");
	assert_eq!(shown(&chain, frozen_account).state, AccountState::Initialized);
}

#[test]
fn movements_of_nothing_are_logged() {
	let mut chain = chain_with_accounts();
	let logged = chain.ledger.movements().len();
	chain
		.run(Instruction::Transfer { amount: 0 }, &[ata(alice()), ata(bob()), alice()])
		.expect("0");
	chain
		.run(Instruction::Transfer { amount: 3 }, &[ata(alice()), ata(alice()), alice()])
		.expect("self");
	let amounts: Vec<_> = chain.ledger.movements()[logged..]
		.iter()
		.map(|movement| match movement {
			Movement::Transferred { amount, .. } => amount.get(),
			other => panic!("{other:?}"),
		})
		.collect();
	assert_eq!(amounts, [0, 3 * UNIT]);
	assert_eq!(balance(&chain, chain.id(&alice())), 10 * UNIT + DUST);
}
