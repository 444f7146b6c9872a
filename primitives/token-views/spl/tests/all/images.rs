// SPDX-License-Identifier: Apache-2.0
//! Account data: what is packed is unpacked, and nothing else is read.

use proptest::prelude::*;
use unum_address::SvmAddress;
use unum_spl_token::{AccountState, KeyOption, Mint, Multisig, ProgramError, TokenAccount};

fn keys() -> impl Strategy<Value = SvmAddress> {
	any::<[u8; 32]>().prop_map(SvmAddress::from)
}

fn key_options() -> impl Strategy<Value = KeyOption> {
	(keys(), any::<bool>()).prop_map(|(key, is_set)| {
		let set = KeyOption::from(Some(key));
		if is_set {
			set
		} else {
			KeyOption::cleared(key)
		}
	})
}

prop_compose! {
	fn accounts()(
		mint in keys(), owner in keys(), amount: u64, delegate in key_options(), state in 0..3,
		native_reserve: Option<u64>, delegated_amount: u64, close_authority in key_options(),
	) -> TokenAccount {
		let states = [AccountState::Uninitialized, AccountState::Initialized, AccountState::Frozen];
		let state = states[state as usize];
		TokenAccount {
			mint, owner, amount, delegate, state, native_reserve, delegated_amount, close_authority,
		}
	}
}

prop_compose! {
	fn mints()(
		mint_authority in key_options(), supply: u64, decimals: u8, is_initialized: bool,
		freeze_authority in key_options(),
	) -> Mint {
		Mint { mint_authority, supply, decimals, is_initialized, freeze_authority }
	}
}

/// Bytes of the length of an image, many of them zero or one so that some can be read.
fn data(length: usize) -> impl Strategy<Value = Vec<u8>> {
	proptest::collection::vec(prop_oneof![8 => Just(0u8), 2 => Just(1), 1 => any::<u8>()], length)
}

proptest! {
	#[test]
	fn what_is_packed_is_unpacked(
		account in accounts(),
		mint in mints(),
		signers: [[u8; 32]; 11],
		[required, provided]: [u8; 2],
	) {
		prop_assert_eq!(account.pack().len(), TokenAccount::LEN);
		prop_assert_eq!(TokenAccount::unpack(&account.pack()), Ok(account));
		prop_assert_eq!(mint.pack().len(), Mint::LEN);
		prop_assert_eq!(Mint::unpack(&mint.pack()), Ok(mint));
		let signers = signers.map(SvmAddress::from);
		let multisig = Multisig { required, provided, is_initialized: true, signers };
		prop_assert_eq!(multisig.pack().len(), Multisig::LEN);
		prop_assert_eq!(Multisig::unpack(&multisig.pack()), Ok(multisig));
		prop_assert!(multisig.keys().len() <= Multisig::MAX_SIGNERS);
	}

	#[test]
	fn what_is_read_is_all_that_there_was(
		account in data(TokenAccount::LEN),
		mint in data(Mint::LEN),
		multisig in data(Multisig::LEN),
	) {
		if let Ok(read) = Mint::unpack(&mint) {
			prop_assert_eq!(read.pack(), mint);
		}
		if let Ok(read) = Multisig::unpack(&multisig) {
			prop_assert_eq!(read.pack(), multisig);
		}
		if let Ok(read) = TokenAccount::unpack(&account) {
			// The reserve of an account that has none is not kept; upstream never writes one.
			let mut account = account;
			if read.native_reserve.is_none() {
				account[113..121].fill(0);
			}
			prop_assert_eq!(read.pack(), account);
		}
	}

	#[test]
	fn other_lengths_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
		let invalid = ProgramError::InvalidAccountData;
		if bytes.len() != TokenAccount::LEN {
			prop_assert_eq!(TokenAccount::unpack(&bytes), Err(invalid));
		}
		if bytes.len() != Mint::LEN {
			prop_assert_eq!(Mint::unpack(&bytes), Err(invalid));
		}
		if bytes.len() != Multisig::LEN {
			prop_assert_eq!(Multisig::unpack(&bytes), Err(invalid));
		}
	}
}

#[test]
fn tags_and_states_are_strict() {
	let blank = TokenAccount::default().pack();
	let with = |index: usize, byte: u8| {
		let mut data = blank.clone();
		data[index] = byte;
		TokenAccount::unpack(&data).is_ok()
	};
	// Tags of delegate, reserve and close authority: one byte that is 0 or 1, three zeros.
	for tag in [72, 109, 129] {
		assert!(with(tag, 1) && !with(tag, 2));
		assert!((1..4).all(|offset| !with(tag + offset, 1)));
	}
	assert!(with(108, 1) && with(108, 2) && !with(108, 3));
	let mint = |index: usize, byte: u8| {
		let mut data = Mint::default().pack();
		data[index] = byte;
		Mint::unpack(&data).is_ok()
	};
	assert!(mint(45, 1) && !mint(45, 2), "initialized");
	assert!(mint(0, 1) && !mint(0, 2) && !mint(47, 1), "authorities");
}

#[test]
fn a_cleared_key_leaves_its_bytes() {
	let key = SvmAddress::from([7; 32]);
	let mut option = KeyOption::from(Some(key));
	option.replace(None);
	assert_eq!((option.get(), option.last()), (None, key));
	assert_eq!(option, KeyOption::cleared(key));
}
