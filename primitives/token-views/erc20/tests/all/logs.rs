// SPDX-License-Identifier: Apache-2.0
//! Movements of the ledger as logs.

use sp_core::{H256, U256};
use unum_address::erc20_address;
use unum_erc20::{movement_log, AbiAddress, AddressSpace, Call, APPROVAL_TOPIC, TRANSFER_TOPIC};
use unum_id_com::IdCom;
use unum_units::LedgerAmount;
use unum_vm_engine::{conformance::MemoryHost, Asset, Log, Movement};

use crate::support::scene::{mint_id, token_address, Scene, TokenSpec};

const SPACES: [AddressSpace; 2] = [AddressSpace::Evm, AddressSpace::Tvm];

fn id(byte: u8) -> IdCom {
	IdCom::from([byte; 32])
}

fn word(address: AbiAddress) -> H256 {
	let mut word = [0; 32];
	word[12..].copy_from_slice(address.as_bytes());
	H256(word)
}

/// The topics and the number of a movement's log.
fn shown(space: AddressSpace, movement: Movement) -> (Vec<H256>, U256) {
	let log = movement_log(&MemoryHost::default(), space, &movement).expect("a token's");
	assert_eq!(log.emitter, space.address(erc20_address(mint_id()).into()));
	assert_eq!(log.data.len(), 32);
	(log.topics, U256::from_big_endian(&log.data))
}

#[test]
fn each_movement_of_a_token_is_the_event_of_its_standard() {
	let host = MemoryHost::default();
	let (mint, amount) = (mint_id(), LedgerAmount::new(9));
	for space in SPACES {
		let holder = |byte| word(space.holder(&host, id(byte)));
		let zero = H256::zero();
		let transferred =
			Movement::Transferred { asset: Asset::Token(mint), from: id(1), to: id(2), amount };
		for (movement, topics) in [
			(Movement::Minted { mint, to: id(1), amount }, [TRANSFER_TOPIC, zero, holder(1)]),
			(Movement::Burned { mint, from: id(1), amount }, [TRANSFER_TOPIC, holder(1), zero]),
			(transferred, [TRANSFER_TOPIC, holder(1), holder(2)]),
			(
				Movement::Approved { mint, owner: id(1), spender: id(2), amount },
				[APPROVAL_TOPIC, holder(1), holder(2)],
			),
		] {
			assert_eq!(shown(space, movement), (topics.to_vec(), 9.into()));
		}
	}
}

#[test]
fn the_native_coin_has_no_contract_and_no_logs() {
	let movement = Movement::Transferred {
		asset: Asset::Native,
		from: id(1),
		to: id(2),
		amount: LedgerAmount::new(1),
	};
	for space in SPACES {
		assert_eq!(movement_log(&MemoryHost::default(), space, &movement), None);
	}
}

#[test]
fn the_largest_amounts_show_in_full_and_unlimited_as_the_largest_number() {
	let (mint, owner, spender) = (mint_id(), id(1), id(2));
	let approved = |amount| Movement::Approved { mint, owner, spender, amount };
	let max = U256::from(u128::MAX);
	let (_, value) = shown(AddressSpace::Evm, approved(LedgerAmount::new(u128::MAX - 1)));
	assert_eq!(value, max - 1);
	let (_, value) = shown(AddressSpace::Evm, approved(LedgerAmount::MAX));
	assert_eq!(value, U256::MAX);
	let minted = Movement::Minted { mint, to: owner, amount: LedgerAmount::MAX };
	let (_, value) = shown(AddressSpace::Evm, minted);
	assert_eq!(value, max);
}

/// A wallet shows under its own address, not under the one that is derived from its identity.
#[test]
fn a_wallet_is_logged_under_its_own_address() {
	for space in SPACES {
		let mut scene = Scene::new(space, &TokenSpec::plain());
		let [from, to, ..] = scene.accounts;
		assert_ne!(from, space.holder(&MemoryHost::default(), scene.ids[0]), "the derived one");
		scene.run(0, &Call::Transfer { to, value: 0.into() }).expect("nothing of nothing");
		let movement = scene.host.ledger.movements().last().expect("one has just happened");
		let expected = Log {
			emitter: space.address(token_address()),
			topics: vec![TRANSFER_TOPIC, word(from), word(to)],
			data: vec![0; 32],
		};
		assert_eq!(movement_log(&scene.host, space, movement), Some(expected));
	}
}

/// Nothing that moves is moved silently, and nothing is told twice.
#[test]
fn each_function_that_writes_makes_one_movement() {
	let scene = Scene::plain();
	for write in crate::errors::writes(&scene) {
		let mut scene = scene.clone();
		let spender = scene.accounts[0];
		scene.run(0, &Call::Approve { spender, value: 1.into() }).expect("of oneself");
		let before = scene.host.ledger.movements().len();
		scene.run(0, &write).expect("all can be done");
		assert_eq!(scene.host.ledger.movements().len(), before + 1, "{write:?}");
	}
}
