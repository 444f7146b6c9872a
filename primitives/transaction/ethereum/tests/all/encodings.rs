// SPDX-License-Identifier: Apache-2.0
//! Every field has one encoding and its limits.

use alloy_rlp::encode;
use unum_ethereum_transaction::{
	limits::MAX_TRANSACTION_BYTES, DecodeError, Field, RawTransaction, RlpError, TransactionType,
	VerifyError, U256,
};

use unum_ethereum_transaction::wallet::{key, list, Draft, Signed, CHAIN, TYPES};

fn malformed(field: Field, cause: RlpError) -> Result<RawTransaction, DecodeError> {
	Err(DecodeError::Malformed { field, cause })
}

fn signed(kind: TransactionType) -> Signed {
	Draft::example(kind).sign(&key())
}

/// The fields of a type, in the order of its list.
fn fields(kind: TransactionType) -> Vec<Field> {
	use Field::*;
	let typed = kind != TransactionType::Legacy;
	let with_tip = kind.number() >= 2;
	let prices: &[Field] =
		if with_tip { &[MaxPriorityFeePerGas, MaxFeePerGas] } else { &[GasPrice] };
	let mut fields = if typed { vec![ChainId, Nonce] } else { vec![Nonce] };
	fields.extend(prices);
	fields.extend([Gas, To, Value, Input]);
	if typed {
		fields.push(AccessList);
	}
	if kind == TransactionType::SetCode {
		fields.push(AuthorizationList);
	}
	fields.extend([if typed { YParity } else { V }, R, S]);
	fields
}

/// Every field of every type, with its index.
fn all_fields() -> Vec<(Signed, usize, Field)> {
	let of = |kind| {
		fields(kind).into_iter().enumerate().map(move |(at, field)| (signed(kind), at, field))
	};
	TYPES.into_iter().flat_map(of).collect()
}

/// How many bits a number may have, if the field is one.
fn bits(field: Field) -> Option<u32> {
	use Field::*;
	match field {
		ChainId | Nonce | Gas => Some(64),
		GasPrice | MaxPriorityFeePerGas | MaxFeePerGas | V => Some(128),
		Value | R | S => Some(256),
		YParity => Some(8),
		_ => None,
	}
}

#[test]
fn the_examples_are_valid_and_have_all_fields() {
	for kind in TYPES {
		let signed = signed(kind);
		assert_eq!(signed.items.len(), fields(kind).len());
		let verified = RawTransaction::decode(&signed.bytes()).expect("well-formed").verify(CHAIN);
		assert_eq!(verified.expect("valid").transaction_type(), kind);
	}
}

#[test]
fn a_number_with_a_leading_zero_is_refused() {
	for (signed, at, field) in all_fields() {
		let Some(bits) = bits(field) else { continue };
		// Two bytes are too many for a parity, whatever the first one is.
		let cause = if bits == 8 { RlpError::Overflow } else { RlpError::LeadingZero };
		let found = RawTransaction::decode(&signed.replace(at, vec![0x82, 0x00, 0x81]));
		assert_eq!(found, malformed(field, cause));
		// Zero is no byte, not a zero byte.
		let found = RawTransaction::decode(&signed.replace(at, vec![0x00]));
		assert_eq!(found, malformed(field, RlpError::LeadingZero));
	}
}

#[test]
fn a_number_with_too_many_bits_is_refused() {
	for (signed, at, field) in all_fields() {
		let Some(bits) = bits(field) else { continue };
		let bytes = bits as usize / 8;
		let too_long = [&[0x80 + bytes as u8 + 1, 1][..], &vec![0; bytes]].concat();
		let found = RawTransaction::decode(&signed.replace(at, too_long));
		assert_eq!(found, malformed(field, RlpError::Overflow));
	}
}

/// The largest numbers of each field are read as they are.
#[test]
fn the_largest_numbers_are_well_formed() {
	for (signed, at, field) in all_fields() {
		// The others have less than all numbers of their bits.
		let Some(bits) = bits(field).filter(|_| !matches!(field, Field::V | Field::YParity)) else {
			continue;
		};
		let largest = vec![0xff; bits as usize / 8];
		let bytes = signed.replace(at, encode(&largest[..]));
		assert_eq!(RawTransaction::decode(&bytes).map(|found| found.bytes().to_vec()), Ok(bytes));
	}
}

#[test]
fn a_length_in_a_longer_form_is_refused() {
	for (signed, at, field) in all_fields() {
		let item = &signed.items[at];
		let (code, payload) = match (field, item[0]) {
			(_, first @ 0xf8..) => (0xf8, &item[1 + usize::from(first - 0xf7)..]),
			(_, 0xc0..) => (0xf8, &item[1..]),
			(_, 0x80..) => (0xb8, &item[1..]),
			(_, _) => (0xb8, &item[..]),
		};
		// One byte for the length where none is needed, or two where one is.
		let long_form = match payload.len() {
			length @ 0..=55 => [&[code, length as u8], payload].concat(),
			length => [&[code + 1, 0, length as u8], payload].concat(),
		};
		let cause = match payload.len() {
			1..=55 => RlpError::NonCanonicalSize,
			// The length itself begins with a zero, or is one.
			_ => RlpError::LeadingZero,
		};
		let found = RawTransaction::decode(&signed.replace(at, long_form));
		assert_eq!(found, malformed(field, cause), "{field}");
	}
}

#[test]
fn a_byte_below_0x80_has_no_length_before_it() {
	for (signed, at, field) in all_fields() {
		if matches!(field, Field::AccessList | Field::AuthorizationList) {
			continue;
		}
		let found = RawTransaction::decode(&signed.replace(at, vec![0x81, 0x01]));
		assert_eq!(found, malformed(field, RlpError::NonCanonicalSize));
	}
}

#[test]
fn lists_and_bytes_are_not_taken_for_each_other() {
	for (signed, at, field) in all_fields() {
		let (item, cause) = match field {
			Field::AccessList | Field::AuthorizationList => (vec![0x80], RlpError::ExpectedList),
			_ => (vec![0xc0], RlpError::ExpectedString),
		};
		let found = RawTransaction::decode(&signed.replace(at, item));
		assert_eq!(found, malformed(field, cause), "{field}");
	}
}

#[test]
fn an_address_has_20_bytes() {
	for (signed, at, _) in all_fields().into_iter().filter(|(.., field)| *field == Field::To) {
		for length in [1, 19, 21, 32] {
			let found =
				RawTransaction::decode(&signed.replace(at, encode(&vec![0xaa; length][..])));
			assert_eq!(found, malformed(Field::To, RlpError::WrongLength));
		}
	}
}

fn of_access_list(list: Vec<u8>) -> Result<RawTransaction, DecodeError> {
	RawTransaction::decode(&signed(TransactionType::DynamicFee).replace(8, list))
}

#[test]
fn an_access_list_has_addresses_and_keys() {
	let address = encode([0x11u8; 20]);
	let key = encode([1u8; 32]);
	let item = |items: &[Vec<u8>]| list(&[list(items)]);
	let no_keys = list(&[]);
	let alone = list(std::slice::from_ref(&address));
	for fine in [no_keys.clone(), item(&[address.clone(), no_keys.clone()])] {
		assert!(of_access_list(fine).is_ok());
	}
	for (wrong, cause) in [
		(item(&[encode([0x11u8; 19]), no_keys.clone()]), RlpError::WrongLength),
		(item(&[encode([0x11u8; 21]), no_keys.clone()]), RlpError::WrongLength),
		(item(&[address.clone(), list(&[encode([1u8; 31])])]), RlpError::WrongLength),
		(item(&[address.clone(), list(&[encode([1u8; 33])])]), RlpError::WrongLength),
		(item(&[address.clone(), key.clone()]), RlpError::ExpectedList),
		(item(&[address.clone(), no_keys.clone(), no_keys.clone()]), RlpError::WrongItemCount),
		(item(&[list(&[]), no_keys.clone()]), RlpError::ExpectedString),
		(alone.clone(), RlpError::ExpectedList),
	] {
		assert_eq!(of_access_list(wrong), malformed(Field::AccessList, cause));
	}
	// An item without its keys, at the end of the list and before another.
	for short in [list(std::slice::from_ref(&alone)), list(&[alone.clone(), alone])] {
		assert!(matches!(
			of_access_list(short),
			Err(DecodeError::Malformed { field: Field::AccessList, .. })
		));
	}
}

#[test]
fn an_authorization_has_six_fields_with_their_limits() {
	let parts = |nonce: Vec<u8>, parity: Vec<u8>| {
		vec![encode(U256::MAX), encode([7u8; 20]), nonce, parity, encode(1u8), encode(U256::MAX)]
	};
	let of = |items: &[Vec<u8>]| {
		let bytes = signed(TransactionType::SetCode).replace(9, list(&[list(items)]));
		RawTransaction::decode(&bytes).map(|found| found.authorization_list().len())
	};
	let fine = parts(encode(u64::MAX), encode(255u8));
	assert_eq!(of(&fine), Ok(1));
	let cause = |cause| Err(DecodeError::Malformed { field: Field::AuthorizationList, cause });
	assert_eq!(of(&parts(encode(1u128 << 64), encode(0u8))), cause(RlpError::Overflow));
	assert_eq!(of(&parts(encode(0u8), encode(256u16))), cause(RlpError::Overflow));
	assert!(of(&fine[..5]).is_err());
	assert_eq!(of(&[fine, vec![encode(0u8)]].concat()), cause(RlpError::WrongItemCount));
}

#[test]
fn fields_are_neither_missing_nor_more() {
	for kind in TYPES {
		let signed = signed(kind);
		for count in 0..signed.items.len() {
			let short = Signed { kind, items: signed.items[..count].to_vec() };
			assert_eq!(RawTransaction::decode(&short.bytes()), Err(DecodeError::TooFewFields));
		}
		let mut long = signed.clone();
		long.items.push(encode(0u8));
		assert_eq!(RawTransaction::decode(&long.bytes()), Err(DecodeError::TooManyFields));
	}
}

#[test]
fn nothing_follows_a_transaction() {
	for kind in TYPES {
		let bytes = [signed(kind).bytes(), vec![0x80]].concat();
		assert_eq!(RawTransaction::decode(&bytes), Err(DecodeError::TrailingBytes));
	}
}

#[test]
fn types_that_are_none_are_refused() {
	let list = list(&signed(TransactionType::DynamicFee).items);
	for number in 0..=0x7f {
		let found = RawTransaction::decode(&[&[number], &list[..]].concat());
		match number {
			1 => assert_eq!(found, malformed(Field::To, RlpError::WrongLength)),
			2 => assert!(found.is_ok()),
			3 => assert_eq!(found, Err(DecodeError::BlobTransaction)),
			4 => assert!(found.is_err()),
			_ => assert_eq!(found, Err(DecodeError::UnknownType { number })),
		}
		// The number alone.
		assert!(RawTransaction::decode(&[number]).is_err());
	}
	for first in 0x80..0xc0 {
		let found = RawTransaction::decode(&[&[first], &list[..]].concat());
		assert!(matches!(found, Err(DecodeError::Malformed { field: Field::Transaction, .. })));
	}
	assert_eq!(RawTransaction::decode(&[]), Err(DecodeError::Empty));
}

#[test]
fn the_longest_transaction_has_128_kibibytes() {
	let of_length = |input: usize| {
		let draft = Draft {
			input: vec![1; input],
			gas_limit: 16_000_000,
			..Draft::example(TransactionType::Legacy)
		};
		draft.sign(&key()).bytes()
	};
	let limit = MAX_TRANSACTION_BYTES as usize;
	let overhead = of_length(100_000).len() - 100_000;
	let longest = of_length(limit - overhead);
	assert_eq!(longest.len(), limit);
	assert!(RawTransaction::decode(&longest).expect("well-formed").verify(CHAIN).is_ok());
	let found = RawTransaction::decode(&of_length(limit - overhead + 1));
	assert_eq!(found, Err(DecodeError::TooLong { bytes: limit as u64 + 1 }));
}

#[test]
fn the_parity_of_a_typed_transaction_is_0_or_1() {
	for kind in &TYPES[1..] {
		for parity in [2, 27, 28, 255] {
			let draft = Draft::example(*kind);
			let bytes = draft.with_signature(parity, U256::from(1), U256::from(1)).bytes();
			assert_eq!(RawTransaction::decode(&bytes), Err(DecodeError::InvalidParity));
		}
	}
}

#[test]
fn the_v_of_a_legacy_transaction_is_27_28_or_that_of_a_chain() {
	let of = |v| {
		let draft = Draft::example(TransactionType::Legacy);
		RawTransaction::decode(&draft.with_signature(v, U256::from(1), U256::from(1)).bytes())
	};
	let chain_and_parity =
		|v| of(v).map(|found| (found.chain_id(), found.signature().y_parity, found.v()));
	for v in (0..=26).chain(29..=34) {
		assert_eq!(of(v), Err(DecodeError::InvalidParity));
	}
	for (v, chain_id, parity) in [
		(27, None, false),
		(28, None, true),
		(35, Some(0), false),
		(36, Some(0), true),
		(37, Some(1), false),
		(9361, Some(CHAIN), false),
		(9362, Some(CHAIN), true),
		(35 + 2 * u128::from(u64::MAX) + 1, Some(u64::MAX), true),
	] {
		assert_eq!(chain_and_parity(v), Ok((chain_id, parity, v)));
	}
	assert_eq!(of(35 + (1 << 65)), malformed(Field::V, RlpError::Overflow));
	// A chain 0 exists nowhere, so such a transaction is for none.
	let wrong = VerifyError::WrongChainId { have: 0, want: CHAIN };
	assert_eq!(of(35).map(|found| found.verify(CHAIN)), Ok(Err(wrong)));
}
