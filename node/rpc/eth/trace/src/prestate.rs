// SPDX-License-Identifier: Apache-2.0
//! `prestateTracer`.

use serde_json::{json, Map, Value};
use unum_ethereum_view::{AccountState, SlotChange, TouchedAccount, Trace, H256};

use crate::{
	encode::{address, bytes, hash, keccak, number},
	PrestateConfig,
};

pub(crate) fn format(config: &PrestateConfig, trace: &Trace) -> Value {
	if config.diff_mode {
		return difference(config, &trace.accounts);
	}
	let is_shown = |account: &&TouchedAccount| account.before.is_some() || config.include_empty;
	let shown = trace.accounts.iter().filter(is_shown);
	shown
		.map(|account| (address(account.address), before(config, account, |_| true).into()))
		.collect::<Map<_, _>>()
		.into()
}

/// `{"pre": …, "post": …}` of those that have changed.
fn difference(config: &PrestateConfig, accounts: &[TouchedAccount]) -> Value {
	let (mut pre, mut post) = (Map::new(), Map::new());
	for account in accounts {
		let name = address(account.address);
		let is_deleted = account.before.is_some() && account.after.is_none();
		let changed = changes(config, account);
		if changed.is_none() && !is_deleted {
			continue;
		}
		if account.before.is_some() || config.include_empty {
			// geth prunes the slots of a deleted account no more than the account itself.
			let is_shown = |slot: &SlotChange| {
				is_deleted || (slot.before != slot.after && !slot.before.is_zero())
			};
			pre.insert(name.clone(), before(config, account, is_shown).into());
		}
		if let Some(changed) = changed.filter(|_| !is_deleted) {
			post.insert(name, changed.into());
		}
	}
	json!({ "pre": pre, "post": post })
}

/// An account before.
fn before(
	config: &PrestateConfig,
	account: &TouchedAccount,
	is_shown: impl Fn(&SlotChange) -> bool,
) -> Map<String, Value> {
	let mut object = Map::new();
	let nobody = AccountState::default();
	let state = account.before.as_ref().unwrap_or(&nobody);
	object.insert("balance".to_owned(), number(state.balance));
	if state.nonce != 0 {
		object.insert("nonce".to_owned(), state.nonce.into());
	}
	if !state.code.is_empty() {
		insert_code(config, &mut object, &state.code);
	}
	let slots = account.slots.iter().filter(|slot| is_shown(slot));
	insert_storage(config, &mut object, slots.map(|slot| (slot.slot, slot.before)));
	object
}

/// What has changed of an account, as it is after; `None` if nothing has.
fn changes(config: &PrestateConfig, account: &TouchedAccount) -> Option<Map<String, Value>> {
	let mut object = Map::new();
	let nobody = AccountState::default();
	let before = account.before.as_ref().unwrap_or(&nobody);
	let after = account.after.as_ref().unwrap_or(&nobody);
	if before.balance != after.balance {
		object.insert("balance".to_owned(), number(after.balance));
	}
	if before.nonce != after.nonce && after.nonce != 0 {
		object.insert("nonce".to_owned(), after.nonce.into());
	}
	if before.code != after.code {
		insert_code(config, &mut object, &after.code);
	}
	let slots = || account.slots.iter().filter(|slot| slot.before != slot.after);
	let kept = slots().filter(|slot| !slot.after.is_zero());
	insert_storage(config, &mut object, kept.map(|slot| (slot.slot, slot.after)));
	// An account whose slots have only been cleared has changed, and there is nothing to show of it.
	let has_cleared = !config.disable_storage && slots().next().is_some();
	(!object.is_empty() || has_cleared || before.nonce != after.nonce).then_some(object)
}

fn insert_code(config: &PrestateConfig, object: &mut Map<String, Value>, code: &[u8]) {
	if !config.disable_code {
		object.insert("code".to_owned(), bytes(code));
	}
	object.insert("codeHash".to_owned(), hash(keccak(code)).into());
}

fn insert_storage(
	config: &PrestateConfig,
	object: &mut Map<String, Value>,
	slots: impl Iterator<Item = (H256, H256)>,
) {
	let slots: Map<_, _> =
		slots.map(|(slot, value)| (hash(slot), Value::from(hash(value)))).collect();
	if !config.disable_storage && !slots.is_empty() {
		object.insert("storage".to_owned(), slots.into());
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use unum_ethereum_view::H160;

	fn state(balance: u64, nonce: u64, code: &[u8]) -> Option<AccountState> {
		Some(AccountState { balance: balance.into(), nonce, code: code.to_vec() })
	}

	fn account(
		last: u8,
		before: Option<AccountState>,
		after: Option<AccountState>,
		slots: &[(u8, u8, u8)],
	) -> TouchedAccount {
		let slot = |(slot, before, after): &(u8, u8, u8)| SlotChange {
			slot: H256::from_low_u64_be((*slot).into()),
			before: H256::from_low_u64_be((*before).into()),
			after: H256::from_low_u64_be((*after).into()),
		};
		let slots = slots.iter().map(slot).collect();
		TouchedAccount { address: H160::from_low_u64_be(last.into()), before, after, slots }
	}

	fn trace() -> Trace {
		let accounts = vec![
			// Pays.
			account(1, state(9, 1, &[]), state(4, 2, &[]), &[]),
			// Read only.
			account(2, state(0, 1, &[0xfe]), state(0, 1, &[0xfe]), &[(1, 7, 7)]),
			// Writes: one slot is new, one cleared, one as before.
			account(
				3,
				state(0, 1, &[0xfe]),
				state(0, 1, &[0xfe]),
				&[(1, 0, 7), (2, 7, 0), (3, 7, 7)],
			),
			// Made.
			account(4, None, state(5, 1, &[0x00]), &[(1, 0, 2)]),
			// Destroyed.
			account(5, state(6, 1, &[0xff]), None, &[(1, 3, 0)]),
			// Nothing, and stays so.
			account(6, None, None, &[]),
		];
		Trace { accounts, ..Trace::default() }
	}

	fn name(last: u8) -> String {
		format!("0x{}{last:02x}", "00".repeat(19))
	}

	fn slot(last: u8) -> String {
		format!("0x{}{last:02x}", "00".repeat(31))
	}

	/// Keccak-256 of one byte, by ethers 6.
	const HASH_FE: &str = "0xbcc90f2d6dada5b18e155c17a1c0a55920aae94f39857d39d0d8ed07ae8f228b";

	#[test]
	fn all_before_or_what_has_changed() {
		let pre = format(&PrestateConfig::default(), &trace());
		assert_eq!(pre.as_object().unwrap().len(), 4);
		assert_eq!(pre[name(1)], json!({ "balance": "0x9", "nonce": 1 }));
		let reader = json!({
			"balance": "0x0", "nonce": 1, "code": "0xfe", "codeHash": HASH_FE,
			"storage": { slot(1): slot(7) },
		});
		assert_eq!(pre[name(2)], reader);
		let storage = json!({ slot(1): slot(0), slot(2): slot(7), slot(3): slot(7) });
		assert_eq!(pre[name(3)]["storage"], storage);

		let difference =
			format(&PrestateConfig { diff_mode: true, ..Default::default() }, &trace());
		let (pre, post) = (&difference["pre"], &difference["post"]);
		let names =
			|object: &Value| object.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
		assert_eq!(names(pre), [name(1), name(3), name(5)]);
		assert_eq!(names(post), [name(1), name(3), name(4)]);
		assert_eq!(post[name(1)], json!({ "balance": "0x4", "nonce": 2 }));
		assert_eq!(pre[name(3)]["storage"], json!({ slot(2): slot(7) }));
		assert_eq!(post[name(3)], json!({ "storage": { slot(1): slot(7) } }));
		assert_eq!(post[name(4)]["code"], "0x00");
		assert_eq!(pre[name(5)]["storage"], json!({ slot(1): slot(3) }));
	}

	#[test]
	fn parts_can_be_left_out() {
		let config = PrestateConfig {
			disable_code: true,
			disable_storage: true,
			include_empty: true,
			diff_mode: false,
		};
		let pre = format(&config, &trace());
		assert_eq!(pre[name(2)], json!({ "balance": "0x0", "nonce": 1, "codeHash": HASH_FE }));
		assert_eq!(pre[name(6)], json!({ "balance": "0x0" }));
		let config =
			PrestateConfig { disable_storage: true, diff_mode: true, ..Default::default() };
		assert_eq!(format(&config, &trace())["pre"].get(name(3)), None);
	}
}
