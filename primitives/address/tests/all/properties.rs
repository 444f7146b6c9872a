// SPDX-License-Identifier: Apache-2.0
//! What holds for every address.

use codec::{Decode, Encode, MaxEncodedLen};
use proptest::prelude::*;
use unum_address::{Address, BtcScript, EvmAddress, VmKind};
use unum_id_com::IdCom;

fn any_script() -> impl Strategy<Value = BtcScript> {
	let random = prop::collection::vec(any::<u8>(), 0..80);
	let witness = (0u8..=17, prop::collection::vec(any::<u8>(), 0..45)).prop_map(|(v, program)| {
		let opcode = if v == 0 { 0 } else { 0x50 + v };
		[&[opcode, program.len() as u8], &program[..]].concat()
	});
	let hashes = (any::<[u8; 20]>(), any::<bool>()).prop_map(|(hash, key)| match key {
		true => [&[0x76, 0xa9, 0x14], &hash[..], &[0x88, 0xac]].concat(),
		false => [&[0xa9, 0x14], &hash[..], &[0x87]].concat(),
	});
	prop_oneof![random, witness, hashes].prop_map(|bytes| BtcScript::new(bytes).expect("short"))
}

fn any_address() -> impl Strategy<Value = Address> {
	prop_oneof![
		any::<[u8; 32]>().prop_map(|bytes| Address::Native(bytes.into())),
		any::<[u8; 20]>().prop_map(|bytes| Address::Evm(bytes.into())),
		any::<[u8; 32]>().prop_map(|bytes| Address::Svm(bytes.into())),
		any_script().prop_map(Address::Bvm),
		any::<[u8; 20]>().prop_map(|bytes| Address::Tvm(bytes.into())),
	]
}

/// Addresses whose notation has a checksum over every character.
fn checked_address() -> impl Strategy<Value = Address> {
	let script = |parts: &[&[u8]]| Address::Bvm(BtcScript::new(parts.concat()).expect("short"));
	prop_oneof![
		any::<[u8; 20]>().prop_map(|bytes| Address::Tvm(bytes.into())),
		any::<[u8; 20]>().prop_map(move |hash| script(&[&[0xa9, 0x14], &hash, &[0x87]])),
		any::<[u8; 20]>().prop_map(move |key| script(&[&[0x00, 0x14], &key])),
		any::<[u8; 32]>().prop_map(move |key| script(&[&[0x51, 0x20], &key])),
	]
}

#[test]
fn the_vms_with_an_address_rule_are_those_listed() {
	let id = IdCom::from([7; 32]);
	for vm in (0..=u8::MAX).map(VmKind::new) {
		let address = Address::derive(id, vm);
		assert_eq!(address.is_some(), VmKind::ADDRESSED.contains(&vm));
		assert!(address.is_none_or(|address| address.vm() == vm));
	}
	assert_eq!(VmKind::ADDRESSED[1..], VmKind::FOREIGN);
	assert_eq!(VmKind::ADDRESSED[0], VmKind::NATIVE);
}

proptest! {
	#[test]
	fn text_round_trips(address in any_address()) {
		prop_assert_eq!(Address::parse(address.vm(), &address.to_string()), Ok(address));
	}

	#[test]
	fn json_round_trips(address in any_address()) {
		let json = serde_json::to_value(&address).expect("writes");
		prop_assert!(json["vm"] == address.vm().to_string());
		prop_assert_eq!(serde_json::from_value::<Address>(json).expect("reads"), address);
	}

	#[test]
	fn scale_round_trips_with_the_vm_number_in_front(address in any_address()) {
		let bytes = address.encode();
		prop_assert_eq!(bytes[0], address.vm().get());
		prop_assert!(bytes.len() <= Address::max_encoded_len());
		prop_assert_eq!(Address::decode(&mut &bytes[..]), Ok(address));
	}

	#[test]
	fn derived_addresses_of_different_vms_never_agree(bytes: [u8; 32]) {
		let id = IdCom::from(bytes);
		let raw = VmKind::ADDRESSED.map(|vm| match Address::derive(id, vm) {
			Some(Address::Native(id)) => id.as_bytes().to_vec(),
			Some(Address::Evm(address)) => address.as_bytes().to_vec(),
			Some(Address::Svm(address)) => address.as_bytes().to_vec(),
			Some(Address::Bvm(script)) => script.as_bytes()[2..].to_vec(),
			Some(Address::Tvm(address)) => address.as_bytes().to_vec(),
			None => vec![],
		});
		for (i, a) in raw.iter().enumerate() {
			for b in &raw[..i] {
				prop_assert_ne!(a, b);
				prop_assert!(!a.ends_with(b) && !b.ends_with(a));
			}
		}
	}

	#[test]
	fn the_same_bytes_on_two_vms_are_two_identities(short: [u8; 20], long: [u8; 32]) {
		prop_assert_ne!(
			Address::Evm(short.into()).unbound_id_com(),
			Address::Tvm(short.into()).unbound_id_com()
		);
		let as_script = BtcScript::new(long.to_vec()).expect("short");
		let ids = [
			Address::Native(long.into()),
			Address::Svm(long.into()),
			Address::Bvm(as_script),
		]
		.map(|address| address.unbound_id_com());
		prop_assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
	}

	#[test]
	fn an_identity_does_not_own_its_derived_address_by_formula_alone(bytes: [u8; 32]) {
		// Were this equal, the reverse index would not be needed: it is what makes a derived address
		// lead back to its identity.
		for vm in VmKind::FOREIGN {
			let address = Address::derive(bytes.into(), vm).expect("has a rule");
			prop_assert_ne!(address.unbound_id_com(), bytes.into());
		}
	}

	#[test]
	fn a_mistyped_character_of_a_checked_notation_is_noticed(
		address in checked_address(),
		position: prop::sample::Index,
		replacement in "[0-9a-zA-Z]",
	) {
		let good = address.to_string();
		let at = position.index(good.len());
		let mut wrong = good.clone();
		wrong.replace_range(at..=at, &replacement);
		prop_assume!(wrong != good);
		prop_assert!(Address::parse(address.vm(), &wrong).is_err());
	}

	#[test]
	fn no_text_makes_a_parser_panic(text in "\\PC{0,100}", number in 0u8..7) {
		if let Ok(address) = Address::parse(VmKind::new(number), &text) {
			prop_assert_eq!(Address::parse(address.vm(), &address.to_string()), Ok(address));
		}
	}

	#[test]
	fn nearly_right_texts_make_no_parser_panic(
		start in "(0x|bcrt1|BCRT1|bc1|T|m|2|1)?",
		rest in "[0-9a-zA-Z]{0,100}",
		number in 0u8..7,
	) {
		let _ = Address::parse(VmKind::new(number), &[start, rest].concat());
	}

	#[test]
	fn capitals_are_a_function_of_the_address(bytes: [u8; 20]) {
		let text = EvmAddress::from(bytes).to_string();
		prop_assert_eq!(text.to_lowercase(), format!("0x{}", hex::encode(bytes)));
		prop_assert_eq!(text.to_lowercase().parse(), Ok(EvmAddress::from(bytes)));
	}
}
