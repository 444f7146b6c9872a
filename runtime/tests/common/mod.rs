// SPDX-License-Identifier: Apache-2.0
//! A chain in which Alice and Bob have coins, and how transactions reach it.

// Each test binary uses a part of it.
#![allow(dead_code)]

use codec::Encode;
use frame_support::{storage::with_transaction, traits::Hooks};
use sp_core::Pair;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era,
	traits::Header as _,
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, BuildStorage, Digest, DigestItem, DispatchError, ExtrinsicInclusionMode,
	MultiSignature, TransactionOutcome,
};
use unum_id_com::IdCom as Id;
use unum_runtime::{
	admission, first_sight::CheckWeight, AccountId, Address, Executive, Hash, Header, Lanes,
	Runtime, RuntimeCall, RuntimeGenesisConfig, SignedPayload, System, TxExtension,
	UncheckedExtrinsic, UNIT,
};

pub(crate) const ALICE: Sr25519Keyring = Sr25519Keyring::Alice;
pub(crate) const BOB: Sr25519Keyring = Sr25519Keyring::Bob;
pub(crate) const START: u128 = 1_000 * UNIT;

/// Runs a test in block 1 of a chain where Alice and Bob have coins, and checks the invariants after.
pub(crate) fn run_test<R>(test: impl FnOnce() -> R) -> R {
	let genesis = RuntimeGenesisConfig {
		balances: unum_runtime::BalancesConfig {
			balances: [ALICE, BOB].map(|who| (account(who), START)).into(),
			..Default::default()
		},
		aura: unum_runtime::AuraConfig { authorities: vec![ALICE.public().into()] },
		..Default::default()
	};
	sp_io::TestExternalities::new(genesis.build_storage().unwrap()).execute_with(|| {
		begin_block(1);
		let result = test();
		assert_eq!(admission::violated_invariants(), Vec::<String>::new());
		result
	})
}

/// Begins the next block with its timestamp, and says what else it takes.
pub(crate) fn begin_block(slot: u64) -> ExtrinsicInclusionMode {
	let parent = System::block_hash(System::block_number());
	let digest = Digest { logs: vec![DigestItem::PreRuntime(*b"aura", slot.encode())] };
	let number = System::block_number() + 1;
	let header = Header::new(number, Hash::default(), Hash::default(), parent, digest);
	let mode = Executive::initialize_block(&header);
	let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: slot * 400 });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(time)).unwrap().unwrap();
	mode
}

/// What happens to fees at the end of a block.
pub(crate) fn burn_fees() {
	Lanes::on_finalize(System::block_number());
	assert!(!pallet_lanes::FeePot::<Runtime>::exists());
}

pub(crate) fn account(who: Sr25519Keyring) -> AccountId {
	who.to_account_id()
}

pub(crate) fn id(who: Sr25519Keyring) -> Id {
	account(who).into()
}

pub(crate) fn extension(nonce: u32, tip: u128) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(Era::Immortal),
		frame_system::CheckNonce::from(nonce),
		CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

pub(crate) fn signed(who: Sr25519Keyring, nonce: u32, call: RuntimeCall) -> UncheckedExtrinsic {
	let payload = SignedPayload::new(call, extension(nonce, 0)).unwrap();
	let signature = payload.using_encoded(|bytes| MultiSignature::from(who.pair().sign(bytes)));
	let (call, extension, _) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, Address::Id(account(who)), signature, extension)
}

pub(crate) fn apply(extrinsic: UncheckedExtrinsic) {
	Executive::apply_extrinsic(extrinsic).expect("included").expect("dispatched");
}

/// Includes a transaction as an author does: of one that is refused, nothing stays.
pub(crate) fn include(extrinsic: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	with_transaction(|| match Executive::apply_extrinsic(extrinsic) {
		Ok(outcome) => TransactionOutcome::Commit(Ok::<_, DispatchError>(Ok(outcome))),
		Err(refusal) => TransactionOutcome::Rollback(Ok(Err(refusal))),
	})
	.unwrap()
}

pub(crate) fn validate(extrinsic: UncheckedExtrinsic) -> TransactionValidity {
	with_transaction(|| {
		let validity =
			admission::validate(TransactionSource::External, extrinsic, System::parent_hash());
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(validity))
	})
	.unwrap()
}

pub(crate) fn explain(extrinsic: &[u8]) -> Option<String> {
	with_transaction(|| {
		let sentence = admission::explain(extrinsic, System::parent_hash());
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(sentence))
	})
	.unwrap()
}
