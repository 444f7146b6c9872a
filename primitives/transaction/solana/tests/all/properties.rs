// SPDX-License-Identifier: Apache-2.0
//! What holds for every transaction.

use proptest::{collection::vec, prelude::*, sample::select};
use unum_address::SvmAddress;
use unum_solana_transaction::{
	compile_legacy, compile_v0, compute_budget, ids,
	wallet::{address_of, key_of, sign, SigningKey},
	AccountMeta, AddressTableLookup, Blockhash, CompiledInstruction, Header, Instruction,
	LoadedAddresses, LookupTable, Message, RawTransaction, ResolvedMessage, Signature,
};

use crate::{
	support::{base64, key},
	wallets::vectors,
};

fn any_key() -> impl Strategy<Value = SvmAddress> {
	prop_oneof![
		any::<[u8; 32]>().prop_map(SvmAddress::from),
		select(vec![ids::system_program(), ids::compute_budget(), ids::bpf_loader_upgradeable()]),
	]
}

fn any_header() -> impl Strategy<Value = Header> {
	(0..0x80u8, any::<u8>(), any::<u8>()).prop_map(|(signers, signed, unsigned)| Header {
		num_required_signatures: signers,
		num_readonly_signed: signed,
		num_readonly_unsigned: unsigned,
	})
}

fn any_instruction() -> impl Strategy<Value = CompiledInstruction> {
	(any::<u8>(), vec(any::<u8>(), 0..20), vec(any::<u8>(), 0..140)).prop_map(
		|(program_id_index, accounts, data)| CompiledInstruction {
			program_id_index,
			accounts,
			data,
		},
	)
}

fn any_lookup() -> impl Strategy<Value = AddressTableLookup> {
	(any_key(), vec(any::<u8>(), 0..9), vec(any::<u8>(), 0..9)).prop_map(
		|(account_key, writable_indexes, readonly_indexes)| AddressTableLookup {
			account_key,
			writable_indexes,
			readonly_indexes,
		},
	)
}

/// Messages of any content, most of which break some rule.
fn any_message() -> impl Strategy<Value = Message> {
	let parts = (
		any_header(),
		vec(any_key(), 0..12),
		any::<[u8; 32]>(),
		vec(any_instruction(), 0..4),
		proptest::option::of(vec(any_lookup(), 0..3)),
	);
	parts.prop_map(|(header, keys, hash, instructions, lookups)| match lookups {
		None => Message::legacy(header, keys, Blockhash::new(hash), instructions),
		Some(lookups) => Message::v0(header, keys, Blockhash::new(hash), instructions, lookups),
	})
}

/// Instructions among few accounts and programs, so that they meet.
fn any_instructions() -> impl Strategy<Value = Vec<Instruction>> {
	let meta =
		(0..8u8, any::<bool>(), any::<bool>()).prop_map(|(index, is_signer, is_writable)| {
			let is_signer = is_signer && index < 3;
			AccountMeta { pubkey: account(index), is_signer, is_writable }
		});
	let it =
		(0..3u8, vec(meta, 0..6), vec(any::<u8>(), 0..20)).prop_map(|(program, accounts, data)| {
			Instruction { program: key(0x40 + program), accounts, data }
		});
	vec(it, 0..5)
}

/// The accounts 0, 1 and 2 have keys.
fn account(index: u8) -> SvmAddress {
	match signers().get(usize::from(index)) {
		Some(signer) => address_of(signer),
		None => key(index),
	}
}

fn signers() -> [SigningKey; 3] {
	[1, 2, 3].map(|byte| key_of([byte; 32]))
}

fn tables() -> [LookupTable; 2] {
	let table = |byte: u8, indexes: [u8; 3]| LookupTable {
		key: key(byte),
		addresses: indexes.map(account).to_vec(),
	};
	[table(0xa0, [0, 5, 6]), table(0xa1, [7, 5, 4])]
}

fn load(message: &Message) -> LoadedAddresses {
	let mut loaded = LoadedAddresses::default();
	for lookup in message.address_table_lookups() {
		let table = tables().into_iter().find(|it| it.key == lookup.account_key).unwrap();
		let address = |index: &u8| table.addresses[usize::from(*index)];
		loaded.writable.extend(lookup.writable_indexes.iter().map(address));
		loaded.readonly.extend(lookup.readonly_indexes.iter().map(address));
	}
	loaded
}

proptest! {
	#[test]
	fn what_is_written_is_read(message in any_message(), signatures in vec(any::<[u8; 64]>(), 1..4)) {
		let signatures: Vec<_> = signatures.into_iter().map(Signature::new).collect();
		let Ok(raw) = RawTransaction::new(&signatures, &message) else {
			return Ok(());
		};
		prop_assert_eq!(raw.message(), &message);
		prop_assert_eq!(raw.signatures(), &signatures[..]);
		prop_assert_eq!(raw.encode(), raw.bytes());
		prop_assert_eq!(raw.message_bytes(), message.encode());
		prop_assert_eq!(Message::decode(&message.encode()), Ok(message.clone()));
		prop_assert_eq!(raw.message_hash(), message.hash());
		let _ = (compute_budget(&message), raw.verify());
	}

	/// Bytes that decode are the only ones for what they say.
	#[test]
	fn what_is_read_is_written(mut bytes in vec(any::<u8>(), 0..400), signatures in 0..2u8) {
		if let Some(first) = bytes.first_mut() {
			*first = signatures;
		}
		if let Ok(raw) = RawTransaction::decode(&bytes) {
			prop_assert_eq!(raw.encode(), bytes);
		}
	}

	/// Whatever a wallet compiles keeps all rules, and says what the instructions say.
	#[test]
	fn compiled_messages_say_what_the_instructions_say(
		instructions in any_instructions(),
		with_tables in any::<bool>(),
	) {
		let payer = account(0);
		let message = match with_tables {
			true => compile_v0(payer, &instructions, &tables(), Blockhash::default()).unwrap(),
			false => compile_legacy(payer, &instructions, Blockhash::default()).unwrap(),
		};
		let [first, second, third] = signers();
		let raw = sign(&message, &[&first, &second, &third]).unwrap();
		let verified = raw.verify().unwrap();
		let loaded = load(&message);
		let resolved = verified.resolve(loaded).unwrap();
		prop_assert_eq!(resolved.fee_payer(), payer);
		let key_at = |index: &u8| resolved.account_keys()[usize::from(*index)];
		for (compiled, it) in message.instructions().iter().zip(&instructions) {
			prop_assert_eq!(key_at(&compiled.program_id_index), it.program);
			prop_assert_eq!(&compiled.data, &it.data);
			let named: Vec<_> = it.accounts.iter().map(|meta| meta.pubkey).collect();
			prop_assert_eq!(compiled.accounts.iter().map(key_at).collect::<Vec<_>>(), named);
		}
		for (index, key) in resolved.account_keys().iter().enumerate() {
			let named = || instructions.iter().flat_map(|it| &it.accounts)
				.filter(|meta| meta.pubkey == *key);
			let is_payer = *key == payer;
			prop_assert_eq!(resolved.is_signer(index), is_payer || named().any(|it| it.is_signer));
			prop_assert_eq!(
				resolved.is_writable(index),
				is_payer || named().any(|it| it.is_writable),
			);
		}
	}

	#[test]
	fn nothing_panics_on_any_message(message in any_message()) {
		for index in 0..300 {
			let _ = (message.is_signer(index), message.is_writable_static(index));
			let _ = message.is_invoked(index);
		}
		let _ = (message.fee_signatures(), message.account_count(), message.fee_payer());
		let _ = ResolvedMessage::new(message, LoadedAddresses::default());
	}
}

/// Every byte of a valid transaction matters: whichever is changed to whatever, it is refused. All
/// bytes of the shortest transactions of wallets, with each bit turned.
#[test]
fn a_changed_byte_is_refused() {
	let mut valid: Vec<_> = vectors()
		.iter()
		.map(|vector| base64(&vector["tx_base64"]))
		.filter(|bytes| RawTransaction::decode(bytes).unwrap().verify().is_ok())
		.collect();
	valid.sort_by_key(Vec::len);
	let v0 = valid.iter().find(|bytes| bytes[1 + 64 * usize::from(bytes[0])] == 0x80).unwrap();
	for bytes in [&valid[0], &valid[1], v0] {
		for (index, bit) in (0..bytes.len()).flat_map(|index| (0..8).map(move |bit| (index, bit))) {
			let mut changed = bytes.clone();
			changed[index] ^= 1 << bit;
			let taken = RawTransaction::decode(&changed).is_ok_and(|raw| raw.verify().is_ok());
			assert!(!taken, "byte {index}, bit {bit}");
		}
	}
}
