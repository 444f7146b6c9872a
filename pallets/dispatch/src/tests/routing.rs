// SPDX-License-Identifier: Apache-2.0
//! The byte picks the VM, in the metadata too.

use codec::{Decode, Encode};
use frame_support::assert_ok;
use scale_info::{TypeDef, TypeInfo};
use unum_vm_engine::EngineList;

use super::mock::*;
use crate::{EnginesOf, PayloadOf};

#[test]
fn the_last_of_the_256_bytes_is_routed_like_the_first() {
	let table = EnginesOf::<Test>::TABLE;
	for byte in 0..=u8::MAX {
		let vm = table.route(unum_vm_engine::Opcode::new(byte)).map(|vm| vm.get());
		let expected = match byte {
			0x01..=0x0f => Some(0),
			0x50..=0x5f => Some(5),
			0x60..=0x6f => Some(6),
			_ => None,
		};
		assert_eq!(vm, expected, "0x{byte:02x}");
		if expected.is_none() {
			let bytes = [&[byte][..], &[0; 200]].concat();
			assert!(PayloadOf::<Test>::decode(&mut &bytes[..]).is_err());
		}
	}
}

#[test]
fn the_receipt_names_vm_opcode_sender_and_tag() {
	run_test(|| {
		for (payload, vm, opcode) in
			[(native_transfer(BOB, 1), 0, 0x01), (create(DAVE, 1), 0, 0x02), (echo(b"hi"), 5, 0x50)]
		{
			assert_eq!(payload.encode()[0], opcode);
			assert_ok!(submit_tagged(ALICE, payload, Some([9; 16])));
			let receipt = last_receipt();
			assert_eq!((receipt.vm.get(), receipt.opcode), (vm, opcode));
			assert_eq!((receipt.sender, receipt.context), (id(ALICE), Some([9; 16])));
		}
	});
}

#[test]
fn the_metadata_documents_every_operation_and_field_of_real_engines() {
	let TypeDef::Variant(payload) = PayloadOf::<Test>::type_info().type_def else {
		panic!("the payload is an enum");
	};
	let native: Vec<_> = payload.variants.iter().filter(|variant| variant.index < 0x10).collect();
	assert_eq!(
		native.iter().map(|v| (v.name, v.index)).collect::<Vec<_>>(),
		[
			("Transfer", 1),
			("CreateAccount", 2),
			("SetAuthKey", 3),
			("AddAuthKey", 4),
			("BindAddress", 5)
		]
	);
	for variant in native {
		assert!(!variant.docs.is_empty());
		assert!(variant.fields.iter().all(|field| !field.docs.is_empty()));
	}
}
