// SPDX-License-Identifier: Apache-2.0
//! Owners that are multisigs.

use unum_address::SvmAddress;
use unum_spl_token::{
	multisig, open_associated, process, token_account, AccountMeta, Instruction, Multisig,
	ProgramError, TokenError,
};
use unum_units::LedgerAmount;
use unum_vm_engine::TokenHost;

use crate::chain::{key, mint_id, token_info, Chain};

fn mint() -> SvmAddress {
	key(0x70)
}

/// Two signatures of the keys 1, 2, 2 and 3.
fn owner() -> SvmAddress {
	key(0x60)
}

/// A chain on which the multisig has a hundred tokens, and its account and another one for them.
fn chain() -> (Chain, [SvmAddress; 2]) {
	let mut chain = Chain::default();
	chain.allocate(&owner(), Multisig::LEN);
	let create = Instruction::InitializeMultisig2 { required: 2 };
	chain.run(create, &[owner(), key(1), key(2), key(2), key(3)]).expect("new");
	let id = chain.id(&owner());
	chain.ledger.create_token(mint_id(&mint()), token_info(0, 0, id)).expect("new");
	chain.ledger.mint_to(mint_id(&mint()), id, id, LedgerAmount::new(100)).expect("fits");
	let accounts = [owner(), key(9)]
		.map(|owner| open_associated(&mut chain, &owner, &mint()).expect("a token"));
	(chain, accounts)
}

/// What a transfer of one token returns with these keys, each having signed or not.
fn transfer(signers: &[(u8, bool)]) -> Result<Vec<u8>, ProgramError> {
	let (mut chain, [source, destination]) = chain();
	let meta = |key, is_signer| AccountMeta { key, is_signer, is_writable: true };
	let mut metas = vec![meta(source, false), meta(destination, false), meta(owner(), false)];
	metas.extend(signers.iter().map(|(byte, signed)| meta(key(*byte), *signed)));
	let result = process(&mut chain, &metas, &Instruction::Transfer { amount: 1 }.encode());
	let moved = token_account(&chain, &destination).expect("an account").amount;
	assert_eq!(moved, u64::from(result.is_ok()));
	result
}

#[test]
fn enough_signatures_are_enough() {
	let missing = Err(ProgramError::MissingRequiredSignature);
	assert_eq!(transfer(&[(1, true), (3, true)]), Ok(vec![]));
	assert_eq!(transfer(&[(3, true), (7, false), (1, true)]), Ok(vec![]), "others do not matter");
	assert_eq!(transfer(&[(1, true), (3, true), (1, false)]), Ok(vec![]), "counted already");
	assert_eq!(transfer(&[]), missing);
	assert_eq!(transfer(&[(1, true)]), missing);
	assert_eq!(transfer(&[(1, true), (1, true)]), missing, "each position counts once");
	assert_eq!(transfer(&[(2, true)]), Ok(vec![]), "a key in two positions counts for both");
	assert_eq!(transfer(&[(1, true), (3, true), (2, false)]), missing, "named but not signed");
}

#[test]
fn a_multisig_has_one_to_eleven_signers() {
	let create = |required, signers: u8| {
		let mut chain = Chain::default();
		chain.allocate(&owner(), Multisig::LEN);
		let keys: Vec<_> = [owner()].into_iter().chain((1..=signers).map(key)).collect();
		let result = chain.run(Instruction::InitializeMultisig2 { required }, &keys);
		assert_eq!(multisig(&chain, &owner()).is_ok(), result.is_ok());
		result.err()
	};
	let provided = Some(TokenError::InvalidNumberOfProvidedSigners.into());
	let required = Some(TokenError::InvalidNumberOfRequiredSigners.into());
	assert_eq!((create(1, 0), create(1, 1), create(11, 11)), (provided, None, None));
	assert_eq!((create(1, 12), create(0, 3), create(12, 3)), (provided, required, required));
	// As upstream: nobody can ever use this one.
	assert_eq!(create(4, 3), None);
}
