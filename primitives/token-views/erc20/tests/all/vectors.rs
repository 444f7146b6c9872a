// SPDX-License-Identifier: Apache-2.0
//! What ethers computes from the Solidity interface: `tests/vectors`.

use serde_json::Value;
use sha3::{Digest, Keccak256};
use sp_core::{H256, U256};
use std::collections::BTreeSet;
use unum_erc20::{
	call, domain_separator, limits, permit_digest, selector, AbiAddress, Call, Erc20Error, Frame,
	PermitCall, PermitMessage, APPROVAL_TOPIC, TRANSFER_TOPIC,
};

use crate::support::{
	calldata::encode,
	scene::{Scene, TokenSpec},
	wallet,
};

fn vectors(part: &str) -> Vec<Value> {
	let vectors: Value =
		serde_json::from_str(include_str!("../vectors/vectors.json")).expect("JSON");
	vectors[part].as_array().expect("a list").clone()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
	value[field].as_str().unwrap_or_else(|| panic!("{field} of {value}"))
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
	hex::decode(hexadecimal.trim_start_matches("0x")).expect("hexadecimal")
}

fn hash(value: &Value, field: &str) -> H256 {
	H256::from_slice(&bytes(text(value, field)))
}

fn address(hexadecimal: &str) -> AbiAddress {
	<[u8; 20]>::try_from(bytes(hexadecimal)).expect("20 bytes").into()
}

fn uint(decimal: &str) -> U256 {
	U256::from_dec_str(decimal).expect("a decimal number")
}

/// The selectors or signatures of one kind, as the Solidity interface has them.
fn declared(kind: &str) -> BTreeSet<(String, String)> {
	let of_kind = vectors("signatures").into_iter().filter(|entry| entry["kind"] == kind);
	of_kind.map(|entry| (text(&entry, "signature").into(), text(&entry, "hash").into())).collect()
}

#[test]
fn the_functions_are_those_of_the_solidity_interface() {
	let ours: BTreeSet<_> = selector::ALL
		.iter()
		.map(|(selector, signature)| (signature.to_string(), format!("0x{selector:08x}")))
		.collect();
	let theirs: BTreeSet<_> = declared("function")
		.into_iter()
		.map(|(signature, hash)| (signature, hash[..10].to_string()))
		.collect();
	assert_eq!(ours, theirs);
}

#[test]
fn the_selectors_are_the_hashes_of_their_signatures() {
	for (selector, signature) in selector::ALL {
		assert_eq!(selector.to_be_bytes(), Keccak256::digest(signature.as_bytes())[..4]);
	}
}

#[test]
fn the_interfaces_are_those_that_other_contracts_ask_for() {
	let known = [0x01ff_c9a7, 0x3637_2b07, 0xa219_a025, 0x9d8f_f7da, 0x84b0_196e];
	assert_eq!(selector::INTERFACES, known);
}

#[test]
fn the_topics_are_the_hashes_of_the_events() {
	let topic = |topic: H256| format!("{topic:?}");
	let ours = [
		("Approval(address,address,uint256)".to_string(), topic(APPROVAL_TOPIC)),
		("Transfer(address,address,uint256)".to_string(), topic(TRANSFER_TOPIC)),
	];
	assert_eq!(BTreeSet::from(ours), declared("event"));
}

#[test]
fn calldata_is_read_as_ethers_writes_it() {
	let vectors = vectors("calls");
	assert_eq!(vectors.len(), selector::ALL.len());
	for vector in vectors {
		let calldata = bytes(text(&vector, "data"));
		let call = Call::decode(&calldata).expect("well-formed");
		assert_eq!(call, described(&vector));
		assert_eq!(encode(&call), calldata);
	}
}

/// A call by its name and arguments.
fn described(vector: &Value) -> Call {
	let argument = |n: usize| vector["args"][n].as_str().expect("a text");
	let (account, number) = (|n| address(argument(n)), |n| uint(argument(n)));
	match text(vector, "call") {
		"name" => Call::Name,
		"symbol" => Call::Symbol,
		"decimals" => Call::Decimals,
		"totalSupply" => Call::TotalSupply,
		"balanceOf" => Call::BalanceOf { account: account(0) },
		"transfer" => Call::Transfer { to: account(0), value: number(1) },
		"allowance" => Call::Allowance { owner: account(0), spender: account(1) },
		"approve" => Call::Approve { spender: account(0), value: number(1) },
		"transferFrom" => Call::TransferFrom { from: account(0), to: account(1), value: number(2) },
		"mint" => Call::Mint { to: account(0), value: number(1) },
		"burn" => Call::Burn { value: number(0) },
		"burnFrom" => Call::BurnFrom { account: account(0), value: number(1) },
		"permit" => Call::Permit(PermitCall {
			owner: account(0),
			spender: account(1),
			value: number(2),
			deadline: number(3),
			v: number(4).as_u32().try_into().expect("a byte"),
			r: H256::from_slice(&bytes(argument(5))),
			s: H256::from_slice(&bytes(argument(6))),
		}),
		"nonces" => Call::Nonces { owner: account(0) },
		"DOMAIN_SEPARATOR" => Call::DomainSeparator,
		"eip712Domain" => Call::Eip712Domain,
		"supportsInterface" => Call::SupportsInterface {
			interface: u32::from_be_bytes(bytes(argument(0)).try_into().expect("four bytes")),
		},
		other => panic!("no function {other}"),
	}
}

#[test]
fn revert_data_is_what_ethers_writes_for_the_errors_of_the_interface() {
	let vectors = vectors("errors");
	for vector in &vectors {
		let error = failure(vector);
		assert_eq!(hex::encode(error.revert_data()), text(vector, "data")[2..], "{error}");
	}
	// All of them, and Solidity's own Panic.
	assert_eq!(vectors.len(), declared("error").len());
	assert!(declared("error").iter().any(|(signature, _)| signature == "Panic(uint256)"));
}

/// An error by its name and fields.
fn failure(vector: &Value) -> Erc20Error {
	let argument = |n: usize| vector["args"][n].as_str().expect("a text");
	let (account, number) = (|n| address(argument(n)), |n| uint(argument(n)));
	match text(vector, "error") {
		"ERC20InsufficientBalance" => Erc20Error::InsufficientBalance {
			sender: account(0),
			balance: number(1),
			needed: number(2),
		},
		"ERC20InvalidSender" => Erc20Error::InvalidSender(account(0)),
		"ERC20InvalidReceiver" => Erc20Error::InvalidReceiver(account(0)),
		"ERC20InsufficientAllowance" => Erc20Error::InsufficientAllowance {
			spender: account(0),
			allowance: number(1),
			needed: number(2),
		},
		"ERC20InvalidApprover" => Erc20Error::InvalidApprover(account(0)),
		"ERC20InvalidSpender" => Erc20Error::InvalidSpender(account(0)),
		"ERC20ExceededCap" => {
			Erc20Error::ExceededCap { increased_supply: number(0), cap: number(1) }
		},
		"ERC2612ExpiredSignature" => Erc20Error::ExpiredSignature { deadline: number(0) },
		"ERC2612InvalidSigner" => {
			Erc20Error::InvalidSigner { signer: account(0), owner: account(1) }
		},
		"ECDSAInvalidSignature" => Erc20Error::InvalidSignature,
		"ECDSAInvalidSignatureS" => {
			Erc20Error::InvalidSignatureS(H256::from_slice(&bytes(argument(0))))
		},
		// The second field is the largest approval, always.
		"ERC20AllowanceTooLarge" => Erc20Error::AllowanceTooLarge { value: number(0) },
		"ERC20AccountFrozen" => Erc20Error::AccountFrozen(account(0)),
		"ERC20NotMintAuthority" => Erc20Error::NotMintAuthority(account(0)),
		"ERC20NoMintAuthority" => Erc20Error::NoMintAuthority,
		"Panic" => Erc20Error::Overflow,
		other => panic!("no error {other}"),
	}
}

#[test]
fn texts_of_every_length_are_returned_as_ethers_writes_them() {
	for vector in vectors("texts") {
		let name = text(&vector, "text").to_string();
		let spec = TokenSpec { name, ..TokenSpec::plain() };
		let mut scene = Scene::new(unum_erc20::AddressSpace::Evm, &spec);
		let returned = scene.run(0, &Call::Name).expect("a read");
		assert_eq!(hex::encode(returned), text(&vector, "data")[2..]);
	}
}

#[test]
fn domain_separators_are_those_of_ethers() {
	for vector in vectors("domains") {
		let chain_id = text(&vector, "chain_id").parse().expect("64 bits");
		let contract = address(text(&vector, "contract"));
		let separator = domain_separator(text(&vector, "name"), chain_id, contract);
		assert_eq!(separator, hash(&vector, "separator"));
	}
}

/// The contract's address is in the words; all others are those of ethers.
#[test]
fn the_parts_of_the_domain_are_returned_as_ethers_writes_them() {
	for vector in vectors("domains") {
		let name = text(&vector, "name").to_string();
		let spec = TokenSpec { name, ..TokenSpec::plain() };
		let mut scene = Scene::new(unum_erc20::AddressSpace::Evm, &spec);
		let calldata = encode(&Call::Eip712Domain);
		let chain_id = text(&vector, "chain_id").parse().expect("64 bits");
		let frame = Frame { chain_id, ..scene.frame(0, &calldata) };
		let mut returned = call(&mut scene.host, &frame).expect("a read");
		let contract = bytes(text(&vector, "contract"));
		assert_eq!(returned[140..160], *crate::support::scene::token_address().as_bytes());
		returned[140..160].copy_from_slice(&contract);
		assert_eq!(hex::encode(returned), text(&vector, "eip712_domain")[2..]);
	}
}

#[test]
fn permits_have_the_digest_and_the_signature_that_ethers_makes() {
	let token = address(text(&vectors("domains")[0], "contract"));
	let domain = domain_separator("Unum Dollar", 4663, token);
	for (vector, key) in vectors("permits").iter().zip([1, 2, 3, 0x7f]) {
		let message = PermitMessage {
			owner: address(text(vector, "owner")),
			spender: address(text(vector, "spender")),
			value: uint(text(vector, "value")),
			nonce: vector["nonce"].as_u64().expect("a number"),
			deadline: uint(text(vector, "deadline")),
		};
		assert_eq!(permit_digest(domain, &message), hash(vector, "digest"));
		let signed = wallet::sign(&wallet::key(key), domain, &message);
		assert_eq!(wallet::address(&wallet::key(key)), message.owner);
		assert_eq!((signed.r, signed.s), (hash(vector, "r"), hash(vector, "s")));
		assert_eq!(Some(u64::from(signed.v)), vector["v"].as_u64());
	}
}

#[test]
fn the_code_of_a_view_does_nothing_but_revert() {
	assert_eq!(limits::VIEW_CODE[..5], bytes("60006000fd"));
	assert!(limits::VIEW_CODE[0] != 0xef, "EIP-3541 keeps that byte for other formats");
	assert_eq!(limits::VIEW_CODE_HASH, <[u8; 32]>::from(Keccak256::digest(limits::VIEW_CODE)));
}

/// Gas of each function, added up by hand from the prices in `limits`.
#[test]
fn each_function_costs_what_the_entries_that_it_touches_cost() {
	let read = 2_800;
	for (call, gas) in [
		("name", read),
		("symbol", read),
		("decimals", read),
		("totalSupply", read),
		("balanceOf", 7_000),
		("transfer", 60_856),
		("allowance", 9_100),
		("approve", 52_956),
		("transferFrom", 67_956),
		("mint", 60_856),
		("burn", 16_656),
		("burnFrom", 23_756),
		("permit", 80_156),
		("nonces", 7_000),
		("DOMAIN_SEPARATOR", read),
		("eip712Domain", read),
		("supportsInterface", 700),
	] {
		let vectors = vectors("calls");
		let vector = vectors.iter().find(|vector| vector["call"] == call).expect("a call");
		assert_eq!(limits::gas(&bytes(text(vector, "data"))), gas, "{call}");
	}
}
