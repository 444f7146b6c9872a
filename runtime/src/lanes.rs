// SPDX-License-Identifier: Apache-2.0
//! What is known of extrinsics before they run: what they may touch, and who has signed them.
//!
//! Only hints: a node that executes a block in lanes plans by them, and checks what was really read. Signatures
//! are verified by the block itself in any case.

use alloc::vec::Vec;
use pallet_dispatch::EnginesOf;
use sp_runtime::{generic::Preamble, traits::Checkable};
use unum_address::VmKind;
use unum_id_com::{context_shard, IdCom as Id};
use unum_runtime_api::{AccessHint, AccessTag};
use unum_vm_engine::{AccessKey, AccessSet, ContextTag, EngineList};

use crate::{
	raw::carried, Address, Dispatch, Header, Runtime, RuntimeCall, System, UncheckedExtrinsic,
};

/// What an extrinsic may touch.
pub fn hint(extrinsic: &UncheckedExtrinsic) -> AccessHint {
	if let Some((vm, bytes)) = carried(extrinsic) {
		let touched = declared(EnginesOf::<Runtime>::raw_access_set(vm, bytes));
		return AccessHint {
			is_global: touched.is_none(),
			tags: touched.unwrap_or_default(),
			shard: None,
		};
	}
	let Preamble::Signed(Address::Id(signer), ..) = &extrinsic.preamble else {
		return AccessHint { tags: Vec::new(), is_global: true, shard: None };
	};
	let sender = Id::from(signer.clone());
	let touched = touched(&extrinsic.function, sender);
	let is_global = touched.is_none();
	let mut tags = touched.unwrap_or_default();
	tags.push(tag(sender.as_bytes()));
	tags.sort_unstable();
	tags.dedup();
	AccessHint { tags, is_global, shard: shard(&extrinsic.function) }
}

/// Verifies who has signed extrinsics of a block, for a host that remembers it.
pub fn verify(header: &Header, extrinsics: Vec<UncheckedExtrinsic>) {
	// What is signed names blocks, perhaps the one before.
	System::initialize(&header.number, &header.parent_hash, &header.digest);
	for extrinsic in extrinsics {
		match carried(&extrinsic) {
			Some((vm, bytes)) => drop(EnginesOf::<Runtime>::read_raw(vm, bytes)),
			None => drop(extrinsic.check(&frame_system::ChainContext::<Runtime>::default())),
		}
	}
}

/// Whose entries a call changes besides its sender's; nothing where that is not known.
fn touched(call: &RuntimeCall, sender: Id) -> Option<Vec<AccessTag>> {
	use pallet_balances::Call as Coins;
	use pallet_unified_tokens::Call as Tokens;
	let others: &[&[u8; 32]] = match call {
		RuntimeCall::System(frame_system::Call::remark { .. }) => &[],
		RuntimeCall::Balances(
			Coins::transfer_allow_death { dest: Address::Id(to), .. }
			| Coins::transfer_keep_alive { dest: Address::Id(to), .. }
			| Coins::transfer_all { dest: Address::Id(to), .. },
		) => &[to.as_ref()],
		RuntimeCall::UnifiedTokens(
			Tokens::transfer { to, .. } | Tokens::approve { spender: to, .. },
		) => &[to.as_bytes()],
		RuntimeCall::UnifiedTokens(Tokens::transfer_from { from, to, .. }) => {
			&[from.as_bytes(), to.as_bytes()]
		},
		RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, .. }) => {
			return declared(EnginesOf::<Runtime>::access_set(payload.call(), sender));
		},
		_ => return None,
	};
	Some(others.iter().map(|id| tag(id)).collect())
}

fn declared(set: AccessSet) -> Option<Vec<AccessTag>> {
	let AccessSet::Declared { reads, writes } = set else { return None };
	let tag_of = |key: &AccessKey| match key {
		AccessKey::Account(id) | AccessKey::Balance(id, _) => tag(id.as_bytes()),
		AccessKey::Storage(_, digest) => tag(digest),
	};
	Some(reads.iter().chain(&writes).map(tag_of).collect())
}

/// The shard of the context that a call names.
fn shard(call: &RuntimeCall) -> Option<u8> {
	let RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, context: Some(context) }) =
		call
	else {
		return None;
	};
	shard_of(payload.vm(), *context)
}

fn shard_of(vm: VmKind, context: ContextTag) -> Option<u8> {
	let engine = Dispatch::engines().into_iter().find(|engine| engine.vm == vm)?;
	let name = core::str::from_utf8(&engine.name).ok()?;
	u8::try_from(context_shard(name, context)).ok()
}

fn tag(id: &[u8; 32]) -> AccessTag {
	let [tag @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = *id;
	tag
}
