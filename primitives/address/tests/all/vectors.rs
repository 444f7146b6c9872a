// SPDX-License-Identifier: Apache-2.0
//! The vectors of `tests/data`, see the note there.

use serde::Deserialize;
use std::str::FromStr;
use unum_address::{
	erc20_address, Address, BtcScript, EvmAddress, SvmAddress, TronAddress, VmKind,
};
use unum_id_com::{context_shard, IdCom, MintId};

#[derive(Deserialize)]
struct Vectors {
	addresses: Vec<Addresses>,
	unbound: Vec<Unbound>,
	tokens: Vec<Token>,
	context_shard: Vec<ContextShard>,
}

#[derive(Deserialize)]
struct Addresses {
	id_com: String,
	evm: String,
	tvm: String,
	tvm_base58: String,
	svm: String,
	svm_base58: String,
	bvm: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Unbound {
	Short { addr20: String, evm_id_com: String, tron_id_com: String, ace_from_evm: String },
	Solana { solana_pubkey: String, id_com: String },
	Script { script_pubkey: String, id_com: String },
}

#[derive(Deserialize)]
struct Token {
	mint: String,
	erc20_address: String,
}

#[derive(Deserialize)]
struct ContextShard {
	prefix: String,
	tag: String,
	shard_of_64: u64,
}

fn vectors() -> Vectors {
	serde_json::from_str(include_str!("../data/identity.json")).expect("the file is well-formed")
}

fn bytes<const N: usize>(digits: &str) -> [u8; N] {
	let mut bytes = [0; N];
	hex::decode_to_slice(digits, &mut bytes).expect("the file has the right lengths");
	bytes
}

fn id_com(digits: &str) -> IdCom {
	IdCom::from(bytes(digits))
}

#[test]
fn shards_of_contexts() {
	let cases = vectors().context_shard;
	assert_eq!(cases.len(), 7);
	for ContextShard { prefix, tag, shard_of_64 } in cases {
		assert_eq!(context_shard(&prefix, bytes(&tag)), shard_of_64, "{prefix} {tag}");
	}
}

#[test]
fn derived_addresses() {
	let cases = vectors().addresses;
	assert_eq!(cases.len(), 3);
	for case in cases {
		let id = id_com(&case.id_com);
		assert_eq!(hex::encode(EvmAddress::derive(id)), case.evm);
		assert_eq!(hex::encode(TronAddress::derive(id)), case.tvm);
		assert_eq!(TronAddress::derive(id).to_string(), case.tvm_base58);
		assert_eq!(TronAddress::from_str(&case.tvm_base58), Ok(TronAddress::derive(id)));
		assert_eq!(hex::encode(SvmAddress::derive(id)), case.svm);
		assert_eq!(SvmAddress::derive(id).to_string(), case.svm_base58);
		assert_eq!(SvmAddress::from_str(&case.svm_base58), Ok(SvmAddress::derive(id)));
		// OP_16, a push of 32 bytes, the program.
		assert_eq!(hex::encode(BtcScript::derive(id)), ["6020", &case.bvm].concat());
		for vm in VmKind::ADDRESSED {
			let address = Address::derive(id, vm).expect("each of them has a rule");
			assert_eq!(address.vm(), vm);
			assert_eq!(Address::parse(vm, &address.to_string()), Ok(address));
		}
	}
}

#[test]
fn unbound_identities() {
	let cases = vectors().unbound;
	assert_eq!(cases.len(), 5);
	for case in cases {
		match case {
			Unbound::Short { addr20, evm_id_com, tron_id_com, ace_from_evm } => {
				let evm = EvmAddress::from(bytes(&addr20));
				assert_eq!(evm.unbound_id_com(), id_com(&evm_id_com));
				assert_eq!(Address::Evm(evm).unbound_id_com(), id_com(&evm_id_com));
				assert_eq!(hex::encode(evm.ace_from_evm()), ace_from_evm);
				let tron = Address::Tvm(bytes(&addr20).into());
				assert_eq!(tron.unbound_id_com(), id_com(&tron_id_com));
			},
			Unbound::Solana { solana_pubkey, id_com: expected } => {
				let address = Address::Svm(bytes(&solana_pubkey).into());
				assert_eq!(address.unbound_id_com(), id_com(&expected));
			},
			Unbound::Script { script_pubkey, id_com: expected } => {
				let script = hex::decode(script_pubkey).expect("hexadecimal");
				let address = Address::Bvm(BtcScript::new(script).expect("short"));
				assert_eq!(address.unbound_id_com(), id_com(&expected));
			},
		}
	}
}

#[test]
fn token_addresses() {
	let cases = vectors().tokens;
	assert_eq!(cases.len(), 2);
	for case in cases {
		let mint = MintId::from(bytes(&case.mint));
		assert_eq!(hex::encode(erc20_address(mint)), case.erc20_address);
	}
}
