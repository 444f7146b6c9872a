// SPDX-License-Identifier: Apache-2.0
//! Tokens come into being.

use super::*;
use frame_support::assert_ok;
use sp_runtime::DispatchResult;

/// The arguments of `create_mint`, right unless a test changes one.
struct Form {
	salt: [u8; 32],
	decimals: u8,
	svm_decimals: Option<u8>,
	name: Vec<u8>,
	symbol: Vec<u8>,
	mint_authority: Option<IdCom>,
	freeze_authority: Option<IdCom>,
}

impl Default for Form {
	fn default() -> Self {
		Self {
			salt: [7; 32],
			decimals: 18,
			svm_decimals: None,
			name: b"Seven".to_vec(),
			symbol: b"VII".to_vec(),
			mint_authority: None,
			freeze_authority: None,
		}
	}
}

impl Form {
	fn submit(self, creator: u8) -> DispatchResult {
		Tokens::create_mint(
			signed(creator),
			self.salt,
			self.decimals,
			self.svm_decimals,
			self.name,
			self.symbol,
			self.mint_authority,
			self.freeze_authority,
		)
	}
}

fn created(creator: u8) -> crate::Mint {
	Mints::<Test>::get(MintId::derive(id(creator), [7; 32])).expect("was created")
}

#[test]
fn a_token_is_created_with_nothing_in_circulation() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Form::default().submit(3));
		let mint = MintId::derive(id(3), [7; 32]);
		assert_eq!(events(), [Event::MintCreated { mint, creator: Some(id(3)) }]);
		let token = created(3);
		assert_eq!(token.supply, LedgerAmount::ZERO);
		assert_eq!(token.decimals.get(), 18);
		assert_eq!(token.name.as_str(), "Seven");
		assert_eq!(token.symbol.as_str(), "VII");
		assert_eq!(token.mint_authority, Some(id(3)), "the creator, where none is named");
		assert_eq!(token.freeze_authority, None);
	});
}

#[test]
fn creation_takes_no_deposit() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Form::default().submit(3));
		assert_eq!(NativeCoin::free_balance(account(3)), FUNDS);
	});
}

#[test]
fn authorities_are_those_that_are_named() {
	ExtBuilder::default().build_and_execute(|| {
		let form = Form {
			mint_authority: Some(id(4)),
			freeze_authority: Some(id(5)),
			..Default::default()
		};
		assert_ok!(form.submit(3));
		assert_eq!(created(3).mint_authority, Some(id(4)));
		assert_eq!(created(3).freeze_authority, Some(id(5)));
	});
}

#[test]
fn the_same_salt_makes_another_token_for_another_creator_only() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Form::default().submit(3));
		assert_ok!(Form::default().submit(2));
		assert_refused(|| Form::default().submit(3), Error::<Test>::MintExists);
	});
}

#[test]
fn decimals_are_eighteen_at_most() {
	ExtBuilder::default().build_and_execute(|| {
		for decimals in 0..=u8::MAX {
			let salt = [decimals; 32];
			let form = Form { salt, decimals, ..Default::default() };
			if decimals <= 18 {
				assert_ok!(form.submit(3));
			} else {
				assert_refused(|| form.submit(3), Error::<Test>::TooManyDecimals);
			}
		}
	});
}

#[test]
fn decimals_for_the_solana_vm_are_nine_or_fewer_unless_chosen() {
	ExtBuilder::default().build_and_execute(|| {
		let cases = [
			(18, None, Ok(9)),
			(9, None, Ok(9)),
			(6, None, Ok(6)),
			(0, None, Ok(0)),
			(18, Some(2), Ok(2)),
			(18, Some(18), Ok(18)),
			(6, Some(0), Ok(0)),
			(6, Some(7), Err(Error::<Test>::SvmDecimalsAboveDecimals)),
			(18, Some(19), Err(Error::<Test>::SvmDecimalsAboveDecimals)),
			(20, Some(19), Err(Error::<Test>::TooManyDecimals)),
		];
		for (n, (decimals, svm_decimals, expected)) in (0..).zip(cases) {
			let form = Form { salt: [n; 32], decimals, svm_decimals, ..Default::default() };
			match expected {
				Ok(expected) => {
					assert_ok!(form.submit(3));
					let token = Mints::<Test>::get(MintId::derive(id(3), [n; 32]));
					assert_eq!(token.expect("was created").svm_decimals.get(), expected);
				},
				Err(error) => assert_refused(|| form.submit(3), error),
			}
		}
	});
}

#[test]
fn bad_texts_are_refused_each_with_its_reason() {
	ExtBuilder::default().build_and_execute(|| {
		let name = |bytes: &[u8]| Form { name: bytes.to_vec(), ..Default::default() };
		let symbol = |bytes: &[u8]| Form { symbol: bytes.to_vec(), ..Default::default() };
		let cases = [
			(name(&[b'a'; 65]), Error::<Test>::NameTooLong),
			(name(&vec![b'a'; 100_000]), Error::<Test>::NameTooLong),
			(name(&[0xff]), Error::<Test>::TextNotUtf8),
			(name(b"line\nbreak"), Error::<Test>::TextHasHiddenCharacter),
			(name("\u{202e}kcatta".as_bytes()), Error::<Test>::TextHasHiddenCharacter),
			(symbol(&[b'a'; 17]), Error::<Test>::SymbolTooLong),
			(symbol(&[0xc3, 0x28]), Error::<Test>::TextNotUtf8),
			(symbol(b"\0"), Error::<Test>::TextHasHiddenCharacter),
		];
		for (form, error) in cases {
			assert_refused(|| form.submit(3), error);
		}
		let longest = Form { name: vec![b'n'; 64], symbol: vec![b's'; 16], ..Default::default() };
		assert_ok!(longest.submit(3));
	});
}

#[test]
fn creation_needs_a_signature() {
	ExtBuilder::default().build_and_execute(|| {
		for origin in [RuntimeOrigin::none(), RuntimeOrigin::root()] {
			let create =
				|| Tokens::create_mint(origin, [0; 32], 0, None, vec![], vec![], None, None);
			assert_refused(create, sp_runtime::DispatchError::BadOrigin);
		}
	});
}
