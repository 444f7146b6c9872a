// SPDX-License-Identifier: Apache-2.0
//! What holds for every transaction.

use proptest::prelude::*;
use sp_crypto_hashing::keccak_256;
use unum_ethereum_transaction::{
	check_gas, intrinsic_gas, AccessList, AccessListItem, Authorization, DecodeError,
	RawTransaction, SignedAuthorization, TransactionType, TxKind, VerifyError, B256, U256,
};

use unum_ethereum_transaction::wallet::{address_of, authorize, key_of, Draft, CHAIN, TYPES};

/// 32 bytes that are a key: below 2^248, and not zero.
fn secret() -> impl Strategy<Value = [u8; 32]> {
	any::<[u8; 31]>().prop_map(|tail| {
		let mut bytes = [0; 32];
		bytes[1..].copy_from_slice(&tail);
		bytes[31] |= 1;
		bytes
	})
}

/// Numbers of every length.
fn number() -> impl Strategy<Value = U256> {
	(any::<[u8; 32]>(), 0..=256usize)
		.prop_map(|(bytes, bits)| U256::from_be_bytes(bytes).checked_shr(256 - bits))
		.prop_map(Option::unwrap_or_default)
}

fn number_64() -> impl Strategy<Value = u64> {
	(any::<u64>(), 0..64u32).prop_map(|(number, bits)| number >> bits)
}

fn number_128() -> impl Strategy<Value = u128> {
	(any::<u128>(), 0..128u32).prop_map(|(number, bits)| number >> bits)
}

fn to() -> impl Strategy<Value = TxKind> {
	prop_oneof![
		1 => Just(TxKind::Create),
		3 => any::<[u8; 20]>().prop_map(|to| TxKind::Call(to.into())),
	]
}

fn any_access_list() -> impl Strategy<Value = AccessList> {
	let keys = prop::collection::vec(any::<[u8; 32]>().prop_map(B256::new), 0..4);
	let item = (any::<[u8; 20]>(), keys).prop_map(|(address, storage_keys)| AccessListItem {
		address: address.into(),
		storage_keys,
	});
	prop::collection::vec(item, 0..4).prop_map(AccessList)
}

/// Authorizations with a signature, and with any numbers instead.
fn any_authorization() -> impl Strategy<Value = SignedAuthorization> {
	prop_oneof![
		(unsigned(), secret()).prop_map(|(it, secret)| authorize(&key_of(secret), it)),
		(unsigned(), any::<u8>(), number(), number())
			.prop_map(|(it, parity, r, s)| SignedAuthorization::new_unchecked(it, parity, r, s)),
	]
}

fn unsigned() -> impl Strategy<Value = Authorization> {
	(number(), any::<[u8; 20]>(), number_64()).prop_map(|(chain_id, to, nonce)| Authorization {
		chain_id,
		address: to.into(),
		nonce,
	})
}

/// Well-formed transactions that keep all rules.
fn draft() -> impl Strategy<Value = Draft> {
	let numbers = (number_64(), number_128(), number_128(), number_64(), number());
	let input = prop::collection::vec(any::<u8>(), 0..200);
	let lists = (any_access_list(), prop::collection::vec(any_authorization(), 1..4));
	(prop::sample::select(&TYPES[..]), numbers, to(), input, lists).prop_map(
		|(kind, (nonce, a, b, gas_limit, value), to, input, (access_list, authorizations))| {
			let set_code = kind == TransactionType::SetCode;
			Draft {
				kind,
				chain_id: CHAIN,
				nonce: nonce.min(u64::MAX - 1),
				max_priority_fee: a.min(b),
				max_fee: a.max(b),
				gas_limit,
				to: if set_code { TxKind::Call(to.into_to().unwrap_or_default()) } else { to },
				// Room for the gas.
				value: value >> 1,
				input,
				access_list: if kind == TransactionType::Legacy {
					AccessList::default()
				} else {
					access_list
				},
				authorizations: if set_code { authorizations } else { vec![] },
			}
		},
	)
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(512))]

	#[test]
	fn what_a_wallet_signs_is_what_is_read(draft in draft(), secret in secret()) {
		let key = key_of(secret);
		let bytes = draft.sign(&key).bytes();
		let found = RawTransaction::decode(&bytes).expect("well-formed").verify(CHAIN);
		let found = found.expect("valid");
		prop_assert_eq!(found.sender(), address_of(&key));
		prop_assert_eq!(found.hash().0, keccak_256(&bytes));
		prop_assert_eq!(&found.bytes()[..], &bytes[..]);
		prop_assert_eq!(found.transaction_type(), draft.kind);
		prop_assert_eq!(found.chain_id(), draft.chain_id);
		prop_assert_eq!(found.nonce(), draft.nonce);
		prop_assert_eq!(found.max_fee_per_gas(), draft.max_fee);
		let tip = if draft.kind.number() < 2 { draft.max_fee } else { draft.max_priority_fee };
		prop_assert_eq!(found.max_priority_fee_per_gas(), tip);
		prop_assert_eq!(found.gas_limit(), draft.gas_limit);
		prop_assert_eq!(found.to(), draft.to);
		prop_assert_eq!(found.value(), draft.value);
		prop_assert_eq!(&found.input()[..], &draft.input[..]);
		prop_assert_eq!(found.access_list(), &draft.access_list);
		prop_assert_eq!(found.authorization_list(), &draft.authorizations[..]);
		let gas = U256::from(draft.gas_limit) * U256::from(draft.max_fee);
		prop_assert_eq!(found.fee_cap_total(), gas);
		prop_assert_eq!(found.cost_cap_total(), gas + draft.value);
		// The fields that JSON-RPC shows make the same bytes again.
		let signature = found.signature();
		let again = draft.with_signature(found.v(), signature.r, signature.s).bytes();
		prop_assert_eq!(again, bytes);
	}

	#[test]
	fn one_chain_takes_it(draft in draft(), secret in secret(), other: u64) {
		let raw = RawTransaction::decode(&draft.sign(&key_of(secret)).bytes()).expect("well-formed");
		prop_assume!(other != CHAIN);
		let refusal = VerifyError::WrongChainId { have: CHAIN, want: other };
		prop_assert_eq!(raw.verify(other), Err(refusal));
	}

	#[test]
	fn a_changed_byte_makes_another_transaction(
		draft in draft(), secret in secret(), at: prop::sample::Index, change in 1..=255u8,
	) {
		let key = key_of(secret);
		let mut bytes = draft.sign(&key).bytes();
		let hash = keccak_256(&bytes);
		let at = at.index(bytes.len());
		bytes[at] ^= change;
		let Ok(raw) = RawTransaction::decode(&bytes) else { return Ok(()) };
		prop_assert_ne!(raw.hash().0, hash);
		let _ = (intrinsic_gas(&raw), check_gas(&raw), raw.v());
		if let Ok(verified) = raw.verify(CHAIN) {
			prop_assert_ne!(verified.sender(), address_of(&key));
			prop_assert!(verified.authorizations().count() <= 4);
		}
	}

	#[test]
	fn a_part_of_a_transaction_is_none(
		draft in draft(), secret in secret(), at: prop::sample::Index,
	) {
		let bytes = draft.sign(&key_of(secret)).bytes();
		prop_assert!(RawTransaction::decode(&bytes[..at.index(bytes.len())]).is_err());
		// Without its number, a typed one is a list with more fields than a legacy one has.
		prop_assert!(RawTransaction::decode(&bytes[1..]).is_err());
	}

	#[test]
	fn nothing_is_appended(
		draft in draft(), secret in secret(), tail in prop::collection::vec(any::<u8>(), 1..40),
	) {
		let bytes = [draft.sign(&key_of(secret)).bytes(), tail].concat();
		prop_assert_eq!(RawTransaction::decode(&bytes), Err(DecodeError::TrailingBytes));
	}

	#[test]
	fn the_malleated_twin_is_refused(draft in draft(), secret in secret()) {
		let twin = draft.sign_with_high_s(&key_of(secret)).bytes();
		let raw = RawTransaction::decode(&twin).expect("well-formed");
		prop_assert_eq!(raw.verify(CHAIN), Err(VerifyError::HighS));
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(4096))]

	#[test]
	fn random_bytes_do_no_harm(
		first in prop_oneof![0..8u8, 0xc0..=0xffu8], tail in prop::collection::vec(any::<u8>(), 0..300),
	) {
		let bytes = [&[first], &tail[..]].concat();
		if let Ok(raw) = RawTransaction::decode(&bytes) {
			let _ = (check_gas(&raw), raw.verify(CHAIN));
		}
	}
}
