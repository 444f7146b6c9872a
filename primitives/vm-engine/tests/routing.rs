// SPDX-License-Identifier: Apache-2.0
//! Routing is total and disjoint over all 256 bytes, and payloads are exactly the bytes of the wire.

use codec::{Decode, Encode};
use proptest::prelude::*;
use scale_info::{TypeDef, TypeInfo};
use unum_vm_engine::{
	conformance::{Echo, EchoCall},
	limits::MAX_PAYLOAD_BYTES,
	EngineList, EngineTuple, MountedEngine, OneOf, Opcode, Payload, PayloadError, Vm,
};

type Low = Echo<0, 0x01, 0x0f>;
type High = Echo<5, 0x50, 0x5f>;
type Engines = <(Low, High) as EngineTuple>::List;
type Call = Payload<Engines>;

fn owner(opcode: u8) -> Option<u8> {
	Engines::TABLE.route(Opcode::new(opcode)).map(|vm| vm.get())
}

#[test]
fn each_byte_has_at_most_one_owner_and_ranges_are_whole() {
	for byte in 0..=u8::MAX {
		let expected = match byte {
			0x01..=0x0f => Some(0),
			0x50..=0x5f => Some(5),
			_ => None,
		};
		assert_eq!(owner(byte), expected, "0x{byte:02x}");
	}
}

#[test]
fn engines_describe_themselves_in_order() {
	let infos = Engines::infos();
	let ranges: Vec<_> =
		infos.iter().map(|i| (i.vm.get(), i.first_opcode, i.last_opcode)).collect();
	assert_eq!(ranges, [(0, 0x01, 0x0f), (5, 0x50, 0x5f)]);
	assert_eq!(<<Low as MountedEngine>::Engine as Vm>::NAME.as_bytes(), &infos[0].name[..]);
}

#[test]
fn the_metadata_shows_one_flat_enum() {
	let TypeDef::Variant(variants) = Call::type_info().type_def else { panic!("not an enum") };
	let indices: Vec<u8> = variants.variants.iter().map(|variant| variant.index).collect();
	assert_eq!(indices, [0x01, 0x50]);
}

#[test]
fn each_defect_of_a_payload_has_its_own_error() {
	let good = EchoCall::<0x01, 0x0f> { opcode: 3, data: b"hello".to_vec() }.encode();
	assert!(Call::decode_exact(&good).is_ok());
	let with = |extra: &[u8]| [&good[..], extra].concat();
	let oversized = [&[3u8][..], &vec![0u8; 200_000].encode()].concat();
	for (bytes, error) in [
		(vec![], PayloadError::Empty),
		(vec![0], PayloadError::UnknownOpcode { opcode: 0 }),
		(vec![0x77, 1, 2], PayloadError::UnknownOpcode { opcode: 0x77 }),
		(good[..1].to_vec(), PayloadError::Truncated { opcode: 3 }),
		(good[..4].to_vec(), PayloadError::Truncated { opcode: 3 }),
		(with(&[9, 9]), PayloadError::TrailingBytes { opcode: 3, count: 2 }),
		(oversized.clone(), PayloadError::Oversized { length: 200_005 }),
	] {
		assert_eq!(Call::decode_exact(&bytes), Err(error));
		assert!(error.to_string().len() > 20, "{error:?} needs a sentence");
	}
	assert!(Call::decode(&mut &oversized[..]).is_err());
}

#[test]
fn the_longest_payload_decodes_and_one_byte_more_does_not() {
	let of_length = |length: usize| {
		// opcode, four bytes of compact length, data
		EchoCall::<0x01, 0x0f> { opcode: 1, data: vec![7; length - 5] }.encode()
	};
	let limit = MAX_PAYLOAD_BYTES as usize;
	assert_eq!(of_length(limit).len(), limit);
	assert!(Call::decode(&mut &of_length(limit)[..]).is_ok());
	assert!(Call::decode_exact(&of_length(limit)).is_ok());
	assert!(Call::decode(&mut &of_length(limit + 1)[..]).is_err());
	assert!(Call::decode_exact(&of_length(limit + 1)).is_err());
}

proptest! {
	#[test]
	fn decoding_never_panics_and_agrees_with_itself(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
		let mut input = &bytes[..];
		let streamed = Call::decode(&mut input);
		match (Call::decode_exact(&bytes), streamed) {
			(Ok(exact), Ok(streamed)) => {
				prop_assert_eq!(&exact, &streamed);
				prop_assert_eq!(exact.encode(), &bytes[..]);
				prop_assert_eq!(exact.opcode().get(), bytes[0]);
				prop_assert_eq!(Some(exact.vm().get()), owner(bytes[0]));
			},
			(Err(PayloadError::TrailingBytes { count, .. }), Ok(_)) =>
				prop_assert_eq!(count as usize, input.len()),
			(Err(_), Err(_)) => (),
			(exact, streamed) => prop_assert!(false, "{:?} but {:?}", exact, streamed),
		}
	}

	#[test]
	fn calls_of_every_engine_round_trip(opcode in 1u8..=15, data in prop::collection::vec(any::<u8>(), 0..64)) {
		for shift in [0u8, 0x4f] {
			let bytes = [&[opcode.saturating_add(shift)][..], &data.encode()].concat();
			let call = Call::decode(&mut &bytes[..]).unwrap();
			prop_assert_eq!(matches!(call.call(), OneOf::First(_)), shift == 0);
			prop_assert_eq!(call.encode(), bytes);
		}
	}
}
