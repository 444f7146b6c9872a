// SPDX-License-Identifier: Apache-2.0
//! Movements of the ledger as the logs of a token contract.

use alloc::{vec, vec::Vec};
use sp_core::{H256, U256};
use unum_address::erc20_address;
use unum_id_com::{IdCom, MintId};
use unum_vm_engine::{Asset, IdentityHost, Log, Movement};

use crate::{
	abi::{address_word, uint_word},
	amount::{allowance_word, amount_word},
	AbiAddress, AddressSpace,
};

/// First topic of `Transfer(address indexed from, address indexed to, uint256 value)`: the hash of its
/// signature.
pub const TRANSFER_TOPIC: H256 = H256([
	0xdd, 0xf2, 0x52, 0xad, 0x1b, 0xe2, 0xc8, 0x9b, 0x69, 0xc2, 0xb0, 0x68, 0xfc, 0x37, 0x8d, 0xaa,
	0x95, 0x2b, 0xa7, 0xf1, 0x63, 0xc4, 0xa1, 0x16, 0x28, 0xf5, 0x5a, 0x4d, 0xf5, 0x23, 0xb3, 0xef,
]);

/// First topic of `Approval(address indexed owner, address indexed spender, uint256 value)`.
pub const APPROVAL_TOPIC: H256 = H256([
	0x8c, 0x5b, 0xe1, 0xe5, 0xeb, 0xec, 0x7d, 0x5b, 0xd1, 0x4f, 0x71, 0x42, 0x7d, 0x1e, 0x84, 0xf3,
	0xdd, 0x03, 0x14, 0xc0, 0xf7, 0xb2, 0x29, 0x1e, 0x5b, 0x20, 0x0a, 0xc8, 0xc7, 0xc3, 0xb9, 0x25,
]);

/// The log of the token's contract for `movement`, as the VM of `space` sees it; `None` for the
/// native coin, which has no contract.
///
/// The zero address is the other side of a mint and of a burn. An unlimited approval shows as
/// 2²⁵⁶ − 1. Whoever listens to the ledger calls this once for each movement; see the crate's notes on
/// logs.
pub fn movement_log<H: IdentityHost>(
	host: &H,
	space: AddressSpace,
	movement: &Movement,
) -> Option<Log> {
	let holder = |id: IdCom| space.holder(host, id);
	let (mint, event) = match *movement {
		Movement::Minted { mint, to, amount } => {
			(mint, transfer(AbiAddress::ZERO, holder(to), amount_word(amount)))
		},
		Movement::Burned { mint, from, amount } => {
			(mint, transfer(holder(from), AbiAddress::ZERO, amount_word(amount)))
		},
		Movement::Transferred { asset: Asset::Token(mint), from, to, amount } => {
			(mint, transfer(holder(from), holder(to), amount_word(amount)))
		},
		Movement::Transferred { asset: Asset::Native, .. } => return None,
		Movement::Approved { mint, owner, spender, amount } => {
			(mint, approval(holder(owner), holder(spender), allowance_word(amount)))
		},
	};
	Some(event.by(space, mint))
}

/// A log whose emitter is not named yet.
struct Event {
	topics: Vec<H256>,
	value: U256,
}

fn transfer(from: AbiAddress, to: AbiAddress, value: U256) -> Event {
	Event { topics: vec![TRANSFER_TOPIC, address_word(from), address_word(to)], value }
}

fn approval(owner: AbiAddress, spender: AbiAddress, value: U256) -> Event {
	Event { topics: vec![APPROVAL_TOPIC, address_word(owner), address_word(spender)], value }
}

impl Event {
	fn by(self, space: AddressSpace, mint: MintId) -> Log {
		let emitter = space.address(erc20_address(mint).into());
		Log { emitter, topics: self.topics, data: uint_word(self.value).0.to_vec() }
	}
}
