// SPDX-License-Identifier: Apache-2.0
//! Each rule of decoding and sanitizing, by an example on either side of it.

use unum_solana_transaction::{
	CompiledInstruction, DecodeError, Message, RawTransaction, SanitizeError, Signature,
};
use unum_solana_view::TransactionError;

use crate::support::{header, instruction, key, keys, legacy, lookup, v0};

fn plain() -> Message {
	legacy(header(1, 0, 1), keys(3), vec![instruction(2, &[0, 1], &[2, 0, 0, 0])])
}

fn signed(message: &Message) -> Vec<u8> {
	let signers = usize::from(message.header().num_required_signatures);
	RawTransaction::new(&vec![Signature::new([9; 64]); signers], message).unwrap().bytes().to_vec()
}

fn decode(bytes: &[u8]) -> Result<(), DecodeError> {
	RawTransaction::decode(bytes).map(|_| ())
}

#[test]
fn the_bytes_of_a_transfer() {
	let mut expected = vec![1];
	expected.extend([9; 64]);
	expected.extend([1, 0, 1, 3]);
	expected.extend([[0x80; 32], [0x81; 32], [0x82; 32], [7; 32]].concat());
	expected.extend([1, 2, 2, 0, 1, 4, 2, 0, 0, 0]);
	assert_eq!(signed(&plain()), expected);
}

#[test]
fn the_bytes_of_a_lookup() {
	let message = v0(header(1, 0, 0), keys(1), vec![], vec![lookup(3, &[5], &[6, 7])]);
	let mut expected = vec![0x80, 1, 0, 0, 1];
	expected.extend([[0x80; 32], [7; 32]].concat());
	expected.extend([0, 1]);
	expected.extend([3; 32]);
	expected.extend([1, 5, 2, 6, 7]);
	assert_eq!(message.encode(), expected);
	assert_eq!(Message::decode(&expected), Ok(message));
}

#[test]
fn a_prefix_of_a_transaction_is_none() {
	let bytes = signed(&plain());
	assert_eq!(decode(&[]), Err(DecodeError::Empty));
	for length in 1..bytes.len() {
		assert_eq!(decode(&bytes[..length]), Err(DecodeError::Truncated), "{length}");
	}
	let longer = [&bytes[..], &[0, 0]].concat();
	assert_eq!(decode(&longer), Err(DecodeError::TrailingBytes { bytes: 2 }));
}

#[test]
fn a_transaction_fits_a_packet() {
	let with =
		|length| legacy(header(1, 0, 1), keys(3), vec![instruction(2, &[], &vec![0; length])]);
	let longest = with(1_232 - 202);
	assert_eq!(signed(&longest).len(), 1_232);
	let longer = RawTransaction::new(&[Signature::default()], &with(1_232 - 201));
	assert_eq!(longer, Err(DecodeError::TooLong { bytes: 1_233 }));
}

#[test]
fn a_length_has_one_form() {
	let bytes = signed(&plain());
	let longer = [&[0x81, 0], &bytes[1..]].concat();
	assert_eq!(decode(&longer), Err(DecodeError::UnsupportedVersion { version: 1 }));
	// The number of accounts, after one signature and three bytes of the header.
	let longer = [&bytes[..68], &[0x83, 0], &bytes[69..]].concat();
	assert_eq!(decode(&longer), Err(DecodeError::NonCanonicalLength));
	let longer = [&bytes[..68], &[0x83, 0x80, 0x04], &bytes[69..]].concat();
	assert_eq!(decode(&longer), Err(DecodeError::LengthOverflow));
}

#[test]
fn other_versions_say_so() {
	let mut bytes = signed(&v0(header(1, 0, 1), keys(3), vec![], vec![]));
	for version in 1..0x80 {
		bytes[65] = 0x80 | version;
		assert_eq!(decode(&bytes), Err(DecodeError::UnsupportedVersion { version }));
		let error = TransactionError::from(DecodeError::UnsupportedVersion { version });
		assert_eq!(error, TransactionError::UnsupportedVersion);
	}
	// Version 1 begins with its number (SIMD-385).
	bytes[0] = 0x81;
	assert_eq!(decode(&bytes), Err(DecodeError::UnsupportedVersion { version: 1 }));
}

#[test]
fn somebody_signs() {
	let bytes = [&[0], &plain().encode()[..]].concat();
	assert_eq!(decode(&bytes), Err(DecodeError::NoSignatures));
}

#[test]
fn the_payer_is_written() {
	for (header, expected) in [
		(header(0, 0, 0), Err(SanitizeError::PayerNotWritable)),
		(header(1, 1, 0), Err(SanitizeError::PayerNotWritable)),
		(header(2, 1, 0), Ok(())),
		(header(2, 2, 0), Err(SanitizeError::PayerNotWritable)),
		(header(3, 0, 0), Ok(())),
		(header(4, 0, 0), Err(SanitizeError::HeaderOutOfRange)),
		(header(1, 0, 2), Ok(())),
		(header(1, 0, 3), Err(SanitizeError::HeaderOutOfRange)),
		(header(255, 0, 255), Err(SanitizeError::HeaderOutOfRange)),
	] {
		assert_eq!(legacy(header, keys(3), vec![]).sanitize(), expected, "{header:?}");
		assert_eq!(v0(header, keys(3), vec![], vec![]).sanitize(), expected, "{header:?}");
	}
}

#[test]
fn as_many_sign_as_have_to() {
	let message = legacy(header(2, 0, 0), keys(2), vec![]);
	for have in 1..=3 {
		let raw = RawTransaction::new(&vec![Signature::default(); have], &message).unwrap();
		let wrong = Err(SanitizeError::WrongSignatureCount { have, want: 2 });
		assert_eq!(raw.sanitize(), if have == 2 { Ok(()) } else { wrong });
	}
}

#[test]
fn positions_are_in_range() {
	let with = |it: CompiledInstruction| {
		[
			legacy(header(1, 0, 1), keys(3), vec![it.clone()]).sanitize(),
			v0(header(1, 0, 1), keys(3), vec![it], vec![lookup(1, &[0], &[1])]).sanitize(),
		]
	};
	assert_eq!(with(instruction(2, &[0, 1, 2], &[])), [Ok(()), Ok(())]);
	let payer = Err(SanitizeError::PayerAsProgram);
	assert_eq!(with(instruction(0, &[], &[])), [payer, payer]);
	// No program comes out of a table.
	let program = Err(SanitizeError::ProgramOutOfRange { index: 3 });
	assert_eq!(with(instruction(3, &[], &[])), [program, program]);
	let account = |index| Err(SanitizeError::AccountOutOfRange { index });
	assert_eq!(with(instruction(1, &[4], &[])), [account(4), Ok(())]);
	assert_eq!(with(instruction(1, &[5], &[])), [account(5), account(5)]);
}

#[test]
fn a_lookup_takes_something() {
	let with = |it| v0(header(1, 0, 1), keys(3), vec![], vec![it]).sanitize();
	assert_eq!(with(lookup(1, &[], &[])), Err(SanitizeError::EmptyLookup));
	assert_eq!(with(lookup(1, &[0], &[])), Ok(()));
	assert_eq!(with(lookup(1, &[], &[0])), Ok(()));
}

#[test]
fn there_is_a_most_of_everything() {
	let taking = |count: u8| {
		let indexes: Vec<_> = (0..count).collect();
		v0(header(1, 0, 1), keys(3), vec![], vec![lookup(1, &indexes, &[])])
	};
	assert_eq!(taking(61).sanitize(), Ok(()));
	let locks = |count| Err(SanitizeError::TooManyAccountLocks { count });
	assert_eq!(taking(62).sanitize(), locks(65));
	assert_eq!(taking(253).sanitize(), locks(256));
	let accounts = SanitizeError::TooManyAccounts { count: 257 };
	assert_eq!(taking(254).sanitize(), Err(accounts));

	let calling =
		|count| legacy(header(1, 0, 1), keys(3), vec![instruction(2, &[], &[]); count]).sanitize();
	assert_eq!(calling(64), Ok(()));
	assert_eq!(calling(65), Err(SanitizeError::TooManyInstructions { count: 65 }));

	let naming = |count| {
		let it = instruction(2, &vec![1; count], &[]);
		legacy(header(1, 0, 1), keys(3), vec![it]).sanitize()
	};
	assert_eq!(naming(255), Ok(()));
	assert_eq!(naming(256), Err(SanitizeError::TooManyInstructionAccounts { count: 256 }));
}

#[test]
fn no_account_is_named_twice() {
	let message = legacy(header(1, 0, 1), vec![key(1), key(2), key(1)], vec![]);
	assert_eq!(message.sanitize(), Err(SanitizeError::AccountLoadedTwice { key: key(1) }));
}

#[test]
fn clients_are_told_what_solana_tells_them() {
	let told = |error: SanitizeError| TransactionError::from(error).to_string();
	assert_eq!(
		told(SanitizeError::PayerAsProgram),
		"Transaction failed to sanitize accounts offsets correctly"
	);
	assert_eq!(
		told(SanitizeError::TooManyAccountLocks { count: 65 }),
		"Transaction locked too many accounts"
	);
	assert_eq!(told(SanitizeError::AccountLoadedTwice { key: key(1) }), "Account loaded twice");
}
