// SPDX-License-Identifier: Apache-2.0
//! What transfers weigh, by whether their receivers are new; and that blocks are full where their limit
//! is, whatever is in them.

mod common;

use codec::{Decode, Encode};
use common::*;
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	weights::Weight,
};
use pallet_balances::WeightInfo;
use pallet_multisig::Call as Multisig;
use pallet_proxy::Call as Proxy;
use pallet_sudo::Call as Sudo;
use pallet_svm::WeightInfo as _;
use pallet_unified_tokens::Call as Tokens;
use pallet_utility::Call as Utility;
use proptest::prelude::*;
use scale_info::{TypeDef, TypeInfo};
use sp_runtime::{
	traits::TransactionExtension, transaction_validity::TransactionValidityError, MultiAddress,
};
use unum_id_com::{IdCom as Id, MintId};
use unum_native_engine::NativeCall;
use unum_runtime::{
	configs::system::RuntimeBlockWeights,
	first_sight::{weight_of, CheckWeight, ToKnownReceivers},
	weights::{self, extrinsic_weights::ExtrinsicBaseWeight, pallet_balances::Measured},
	AccountId, Address, BalancesCall, IdCom, Runtime, RuntimeCall, RuntimeEvent, System,
	UncheckedExtrinsic, UNIT,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{IdentityRegistry, OneOf, Payload};

fn db(reads: u64, writes: u64) -> Weight {
	<Runtime as frame_system::Config>::DbWeight::get().reads_writes(reads, writes)
}

fn sight() -> Weight {
	IdCom::first_sight()
}

/// Nobody has seen them.
fn stranger(n: u8) -> AccountId {
	AccountId::from([n; 32])
}

fn pay(to: &AccountId) -> RuntimeCall {
	RuntimeCall::Balances(BalancesCall::transfer_keep_alive { dest: to.clone().into(), value: 1 })
}

fn token() -> MintId {
	MintId::derive(id(ALICE), [7; 32])
}

/// Makes a token of Alice's, whose transactions with the first two nonces are used then.
fn make_token() {
	let create = Tokens::create_mint {
		salt: [7; 32],
		decimals: 18,
		svm_decimals: None,
		name: b"Token".to_vec(),
		symbol: b"TOK".to_vec(),
		mint_authority: None,
		freeze_authority: None,
	};
	apply(signed(ALICE, 0, create.into()));
	let (mint, amount) = (token(), LedgerAmount::new(1_000));
	apply(signed(ALICE, 1, Tokens::mint_to { mint, to: id(ALICE), amount }.into()));
}

fn native(call: NativeCall) -> RuntimeCall {
	let payload = Box::new(Payload::new(OneOf::First(call)));
	RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, context: None })
}

/// Every way in which Alice can transfer something to `to`.
fn transfers(to: &AccountId) -> Vec<RuntimeCall> {
	let (dest, id): (Address, Id) = (to.clone().into(), to.clone().into());
	let (mint, amount) = (token(), LedgerAmount::new(1));
	vec![
		BalancesCall::transfer_allow_death { dest: dest.clone(), value: 1 }.into(),
		BalancesCall::transfer_keep_alive { dest, value: 1 }.into(),
		Tokens::transfer { mint, to: id, amount }.into(),
		Tokens::mint_to { mint, to: id, amount }.into(),
		native(NativeCall::Transfer { asset: None, to: id, amount }),
		native(NativeCall::Transfer { asset: Some(mint), to: id, amount }),
		Utility::batch_all { calls: vec![pay(to)] }.into(),
	]
}

/// Whether that of [`transfers`] is one of a token.
fn is_of_token(kind: usize) -> bool {
	[2, 3, 5].contains(&kind)
}

fn block_weight() -> Weight {
	System::block_weight().total()
}

/// Applies a transaction of Alice's: what it weighs in the block, and whether somebody was seen for the
/// first time.
fn weigh(extrinsic: UncheckedExtrinsic) -> (Weight, bool) {
	let (before, events) = (block_weight(), System::events().len());
	apply(extrinsic);
	let is_sight = |event: &RuntimeEvent| {
		matches!(event, RuntimeEvent::IdCom(pallet_id_com::Event::FirstSeen { .. }))
	};
	let seen = System::events().split_off(events).iter().any(|record| is_sight(&record.event));
	(block_weight() - before, seen)
}

fn booked(extrinsic: &UncheckedExtrinsic) -> Weight {
	let info = extrinsic.get_dispatch_info();
	let base = RuntimeBlockWeights::get().get(info.class).base_extrinsic;
	let length = u64::try_from(extrinsic.encoded_size()).unwrap();
	(base + info.total_weight()).saturating_add_proof_size(length)
}

#[test]
fn a_transfer_weighs_what_happens() {
	for kind in 0..transfers(&stranger(1)).len() {
		run_test(|| {
			make_token();
			let call = transfers(&stranger(1)).remove(kind);
			let [first, second] = [2, 3].map(|nonce| signed(ALICE, nonce, call.clone()));
			let declared = booked(&first);
			let opened = || pallet_svm::TokenRecords::<Runtime>::iter_keys().count();
			let before = opened();
			let (to_stranger, seen) = weigh(first);
			assert!(seen, "{call:?}");
			// Whoever gets a token for the first time has an account for it on the Solana VM.
			let opening = match opened() - before {
				0 => Weight::zero(),
				_ => <Runtime as pallet_svm::Config>::WeightInfo::open_associated(),
			};
			assert_eq!(opening == Weight::zero(), !is_of_token(kind), "{call:?}");
			assert_eq!(to_stranger, declared, "{call:?}: nothing is given back");
			let declared = booked(&second);
			let (to_known, seen) = weigh(second);
			assert!(!seen, "{call:?}");
			assert_eq!(to_known, declared, "{call:?}: nothing is given back");
			let length = |weight: Weight| weight.set_proof_size(0);
			assert_eq!(length(to_stranger - to_known), sight() + opening, "{call:?}");
		});
	}
}

#[test]
fn all_that_one_has_weighs_by_its_receiver_as_well() {
	run_test(|| {
		let all = |to: AccountId| -> RuntimeCall {
			BalancesCall::transfer_all { dest: to.into(), keep_alive: true }.into()
		};
		assert_eq!(weight_of(&all(account(BOB))), Weight::zero());
		assert_eq!(weight_of(&all(stranger(1))), sight());
		let (_, seen) = weigh(signed(ALICE, 0, all(stranger(1))));
		assert!(seen);
		assert_eq!(weight_of(&all(stranger(1))), Weight::zero());
	});
}

/// The sum of both is what was measured, and what is left of it is that of a transfer.
#[test]
fn a_first_sight_is_part_of_the_measured_transfer() {
	for (known, measured) in [
		(ToKnownReceivers::transfer_allow_death(), Measured::<Runtime>::transfer_allow_death()),
		(ToKnownReceivers::transfer_keep_alive(), Measured::<Runtime>::transfer_keep_alive()),
		(ToKnownReceivers::transfer_all(), Measured::<Runtime>::transfer_all()),
	] {
		assert_eq!(known + sight(), measured);
		assert!(known.all_gte(db(1, 1)), "the receiver's entry is read and written");
		assert!(known.ref_time() > db(1, 1).ref_time() + 5_000_000, "and something is done");
	}
}

/// What is measured is charged once: the empty extrinsic, and the one entry that its sender has.
#[test]
fn extensions_are_counted_once() {
	run_test(|| {
		let remark = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
		let declared = extension(0, 0).weight(&remark);
		assert_eq!(declared, weights::extensions(), "none is forgotten");
		assert_eq!(weights::base_extrinsic() + declared, ExtrinsicBaseWeight::get() + db(1, 1));
		assert!(weights::base_extrinsic().ref_time() > 0);
	});
}

#[test]
fn wallets_see_the_stock_extension() {
	type Stock = frame_system::CheckWeight<Runtime>;
	assert_eq!(CheckWeight::new().encode(), Stock::new().encode());
	assert_eq!(CheckWeight::type_info(), Stock::type_info());
	let ours = <CheckWeight as TransactionExtension<RuntimeCall>>::metadata();
	let stock = <Stock as TransactionExtension<RuntimeCall>>::metadata();
	let facts = |all: Vec<sp_runtime::traits::TransactionExtensionMetadata>| -> Vec<_> {
		all.iter().map(|one| (one.identifier, one.ty, one.implicit)).collect()
	};
	assert_eq!(facts(ours), facts(stock));
}

/// One of each call that executes others, with `inner` in it.
fn wrapped(inner: &RuntimeCall) -> Vec<RuntimeCall> {
	let (call, calls) = (Box::new(inner.clone()), vec![inner.clone()]);
	let nothing = Box::new(RuntimeCall::System(frame_system::Call::remark { remark: vec![] }));
	let alice: MultiAddress<AccountId, ()> = account(ALICE).into();
	let origin = Box::new(frame_system::RawOrigin::Signed(account(ALICE)).into());
	let authorization = Box::new(pallet_id_com::Authorization {
		id_com: id(ALICE),
		nonce: 0,
		valid_until: None,
		tip: 0,
		authority: pallet_id_com::Authority::Key {
			key: unum_signature::AuthKey::Ed25519([0; 32]),
			signature: unum_signature::AuthSignature::Ed25519([0; 64]),
		},
	});
	vec![
		Utility::batch { calls: calls.clone() }.into(),
		Utility::batch_all { calls: calls.clone() }.into(),
		Utility::force_batch { calls }.into(),
		Utility::as_derivative { index: 0, call: call.clone() }.into(),
		Utility::dispatch_as { as_origin: origin, call: call.clone() }.into(),
		Utility::with_weight { call: call.clone(), weight: Weight::zero() }.into(),
		Utility::if_else { main: call.clone(), fallback: nothing.clone() }.into(),
		Utility::if_else { main: nothing, fallback: call.clone() }.into(),
		Utility::dispatch_as_fallible {
			as_origin: Box::new(frame_system::RawOrigin::Root.into()),
			call: call.clone(),
		}
		.into(),
		Proxy::proxy { real: alice.clone(), force_proxy_type: None, call: call.clone() }.into(),
		Proxy::proxy_announced {
			delegate: alice.clone(),
			real: alice.clone(),
			force_proxy_type: None,
			call: call.clone(),
		}
		.into(),
		Multisig::as_multi_threshold_1 { other_signatories: vec![], call: call.clone() }.into(),
		Multisig::as_multi {
			threshold: 2,
			other_signatories: vec![],
			maybe_timepoint: None,
			call: call.clone(),
			max_weight: Weight::zero(),
		}
		.into(),
		Sudo::sudo { call: call.clone() }.into(),
		Sudo::sudo_unchecked_weight { call: call.clone(), weight: Weight::zero() }.into(),
		Sudo::sudo_as { who: alice, call: call.clone() }.into(),
		RuntimeCall::IdCom(pallet_id_com::Call::act_as { authorization, call }),
	]
}

/// Pallet and call as the first two bytes of the encoding tell.
fn index(call: &RuntimeCall) -> [u8; 2] {
	let bytes = call.encode();
	[bytes[0], bytes[1]]
}

/// A call that executes others and is not known to do so would let accounts come into being for nothing.
#[test]
fn a_receiver_is_found_in_whatever_call_it_is() {
	run_test(|| {
		let (new, known) = (pay(&stranger(1)), pay(&account(BOB)));
		for (call, harmless) in wrapped(&new).iter().zip(wrapped(&known)) {
			assert_eq!(weight_of(call), sight(), "{call:?}");
			assert_eq!(weight_of(&harmless), Weight::zero(), "{harmless:?}");
			let twice = RuntimeCall::from(Utility::batch { calls: wrapped(call) });
			let count = u64::try_from(wrapped(call).len()).unwrap();
			assert_eq!(weight_of(&twice), sight().saturating_mul(count));
		}
		let mut covered: Vec<_> = wrapped(&new).iter().map(index).collect();
		covered.sort_unstable();
		covered.dedup();
		assert_eq!(covered, calls_with_calls(), "as the metadata has them");
	});
}

/// The calls that have a call among their arguments, by the metadata.
fn calls_with_calls() -> Vec<[u8; 2]> {
	let opaque = Runtime::metadata_at_version(15).expect("version 15 is served");
	let prefixed = RuntimeMetadataPrefixed::decode(&mut &opaque[..]).expect("it decodes");
	let RuntimeMetadata::V15(metadata) = prefixed.1 else { panic!("asked for 15") };
	let runtime_call = metadata.outer_enums.call_enum_ty.id;
	let is_call = |id: u32| match &metadata.types.resolve(id).expect("it exists").type_def {
		_ if id == runtime_call => true,
		TypeDef::Sequence(list) => list.type_param.id == runtime_call,
		_ => false,
	};
	let mut found = vec![];
	for pallet in &metadata.pallets {
		let Some(calls) = &pallet.calls else { continue };
		let TypeDef::Variant(all) = &metadata.types.resolve(calls.ty.id).unwrap().type_def else {
			panic!("calls are an enum")
		};
		let with_calls =
			all.variants.iter().filter(|call| call.fields.iter().any(|field| is_call(field.ty.id)));
		found.extend(with_calls.map(|call| [pallet.index, call.index]));
	}
	found.sort_unstable();
	found
}

/// The limit that blocks have for transactions like these.
fn limit() -> Weight {
	RuntimeBlockWeights::get().get(DispatchClass::Normal).max_total.expect("limited")
}

fn normal() -> Weight {
	*System::block_weight().get(DispatchClass::Normal)
}

/// Applies transactions until one finds no room; how many did. Never is the block fuller than its limit,
/// and the one that finds no room would make it so.
fn fill(calls: impl Iterator<Item = RuntimeCall>) -> u32 {
	for (nonce, call) in (0..).zip(calls) {
		let extrinsic = signed(ALICE, nonce, call);
		let (before, weight) = (normal(), booked(&extrinsic));
		match include(extrinsic) {
			Ok(_) => {
				assert!(normal().all_lte(limit()), "overfull");
				assert!(normal().all_lte(before + weight), "heavier than it was let in for");
			},
			Err(error) => {
				let TransactionValidityError::Invalid(cause) = error else { panic!("{error:?}") };
				assert!(cause.exhausted_resources(), "{cause:?}");
				assert_eq!(normal(), before);
				assert!((before + weight).any_gt(limit()), "there was room");
				return nonce;
			},
		}
	}
	panic!("there is always room")
}

#[test]
fn a_block_holds_several_times_as_many_transfers_between_those_who_know_each_other() {
	let known = run_test(|| fill(std::iter::repeat_with(|| pay(&account(BOB)))));
	let strangers = run_test(|| {
		let new = (0u32..).map(|n| AccountId::from(sp_io::hashing::blake2_256(&n.encode())));
		fill(new.map(|to| pay(&to)))
	});
	println!("transfers in a block: {known} to known receivers, {strangers} to strangers");
	assert!(known >= 700, "{known}");
	assert!(strangers < known / 3 * 2, "{strangers}");
}

/// Calls by chance, among them such as fail, give weight back or see somebody several times.
fn anything(rng: &mut fastrand::Rng) -> RuntimeCall {
	let to = match rng.bool() {
		true => stranger(rng.u8(1..=255)),
		false => account(BOB),
	};
	let some = (0..rng.usize(1..20)).map(|_| pay(&to)).collect();
	let amount = LedgerAmount::new(if rng.bool() { 1 } else { u128::MAX });
	let all_too_much = UNIT * UNIT;
	match rng.u8(..8) {
		0 => Utility::batch { calls: some }.into(),
		1 => Utility::batch_all { calls: some }.into(),
		2 => native(NativeCall::Transfer { asset: None, to: to.into(), amount }),
		3 => native(NativeCall::Transfer { asset: Some(token()), to: to.into(), amount }),
		4 => BalancesCall::transfer_allow_death { dest: to.into(), value: all_too_much }.into(),
		_ => pay(&to),
	}
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..Default::default() })]

	#[test]
	fn no_block_is_ever_overfull(seed in any::<u64>()) {
		run_test(|| {
			let rng = &mut fastrand::Rng::with_seed(seed);
			// The last fifth of a block: what is before makes no difference.
			let begin = limit() * rng.u64(80..100) / 100;
			System::set_block_consumed_resources(begin, 0);
			fill(std::iter::repeat_with(|| anything(rng)));
		});
	}
}
