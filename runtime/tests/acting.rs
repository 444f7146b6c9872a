// SPDX-License-Identifier: Apache-2.0
//! Transactions that an identity authorizes itself, through the whole runtime.

mod common;

use codec::Encode;
use common::*;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};
use unum_acegf::{Method, Methods};
use unum_address::Address;
use unum_id_com::IdCom as Id;
use unum_runtime::{
	configs::identity::ReservedAddresses, AccountId, Balances, BalancesCall, Executive, IdCom,
	RuntimeCall, RuntimeEvent, System, TransactionPayment, UncheckedExtrinsic, UNIT,
};
use unum_signature::{schemes::ml_dsa_44::SigningKey, AuthSignature, ML_DSA_44_CONTEXT};

const PAID: u128 = 10 * UNIT;

/// An identity without a Substrate key.
struct Identity(SigningKey);

impl Identity {
	/// One that Bob has paid.
	fn with_coins() -> Self {
		let me = Self(SigningKey::from_seed(&[3; 32]));
		let paid = BalancesCall::transfer_keep_alive { dest: me.account().into(), value: PAID };
		apply(signed(BOB, 0, RuntimeCall::Balances(paid)));
		me
	}

	fn methods(&self) -> Methods {
		Methods::new(vec![Method::ml_dsa_44(&self.0.public_key())]).unwrap()
	}

	fn id(&self) -> Id {
		self.methods().id_com()
	}

	fn account(&self) -> AccountId {
		self.id().into()
	}

	fn authorize(&self, nonce: u32, tip: u128, call: &RuntimeCall) -> pallet_id_com::Authorization {
		let sign = |message: &[u8]| {
			let signature = self.0.sign(message, ML_DSA_44_CONTEXT).unwrap().to_vec();
			let public_key = self.0.public_key().to_vec();
			AuthSignature::MlDsa44 {
				public_key: public_key.try_into().unwrap(),
				signature: signature.try_into().unwrap(),
			}
		};
		let authority = |message: &[u8]| pallet_id_com::Authority::Method {
			methods: self.methods(),
			signature: sign(message),
		};
		let mut authorization = pallet_id_com::Authorization {
			id_com: self.id(),
			nonce,
			valid_until: None,
			tip,
			authority: authority(&[]),
		};
		let message = IdCom::message_to_authorize(&authorization, call);
		authorization.authority = authority(&message);
		authorization
	}

	fn transaction(&self, nonce: u32, tip: u128, call: RuntimeCall) -> UncheckedExtrinsic {
		let authorization = Box::new(self.authorize(nonce, tip, &call));
		let call = pallet_id_com::Call::act_as { authorization, call: Box::new(call) };
		UncheckedExtrinsic::new_transaction(RuntimeCall::IdCom(call), extension(0, 0))
	}
}

fn give(amount: u128) -> RuntimeCall {
	let dest = account(ALICE).into();
	RuntimeCall::Balances(BalancesCall::transfer_keep_alive { dest, value: amount })
}

fn fee_paid() -> u128 {
	let paid = System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::TransactionPayment(
			pallet_transaction_payment::Event::TransactionFeePaid { actual_fee, .. },
		) => Some(actual_fee),
		_ => None,
	});
	paid.expect("a fee was paid")
}

#[test]
fn the_identity_pays_like_everybody_and_its_nonce_counts() {
	run_test(|| {
		let me = Identity::with_coins();
		burn_fees();
		let issuance = Balances::total_issuance();
		apply(me.transaction(0, 7, give(UNIT)));
		let fee = fee_paid();
		assert_eq!(Balances::free_balance(me.account()), PAID - UNIT - fee);
		burn_fees();
		assert_eq!(Balances::total_issuance(), issuance - fee, "fees are burnt");
		assert_eq!(System::account_nonce(me.account()), 1);
		// About what a signed transfer of that length costs: between one and twenty times as much.
		let signed_fee = TransactionPayment::query_info(
			signed(ALICE, 0, give(UNIT)),
			u32::try_from(signed(ALICE, 0, give(UNIT)).encoded_size()).unwrap(),
		)
		.partial_fee;
		assert!((signed_fee..20 * signed_fee).contains(&fee), "{fee} against {signed_fee}");
	});
}

#[test]
fn a_failed_call_is_included_and_paid() {
	run_test(|| {
		let me = Identity::with_coins();
		apply(me.transaction(0, 0, give(PAID)));
		assert_eq!(Balances::free_balance(me.account()), PAID - fee_paid());
		assert_eq!(System::account_nonce(me.account()), 1);
	});
}

#[test]
fn a_block_takes_it_once_and_in_order() {
	run_test(|| {
		let me = Identity::with_coins();
		let (first, second) = (me.transaction(0, 0, give(1)), me.transaction(1, 0, give(1)));
		let refused = |invalid| Err(TransactionValidityError::Invalid(invalid));
		assert_eq!(
			Executive::apply_extrinsic(second.clone()).map(|_| ()),
			refused(InvalidTransaction::Future)
		);
		assert!(validate(second.clone()).is_ok(), "the pool keeps it until its turn");
		apply(first.clone());
		assert_eq!(
			Executive::apply_extrinsic(first).map(|_| ()),
			refused(InvalidTransaction::Stale)
		);
		apply(second);
	});
}

#[test]
fn the_pool_explains_its_refusals() {
	run_test(|| {
		let me = Identity::with_coins();
		let mut authorization = me.authorize(0, 0, &give(1));
		authorization.tip = 1;
		let call = pallet_id_com::Call::act_as {
			authorization: Box::new(authorization),
			call: Box::new(give(1)),
		};
		let extrinsic =
			UncheckedExtrinsic::new_transaction(RuntimeCall::IdCom(call), extension(0, 0));
		assert_eq!(validate(extrinsic.clone()), Err(InvalidTransaction::Custom(67).into()));
		let sentence = explain(&extrinsic.encode()).unwrap();
		assert!(sentence.contains("the signature is not this key's"), "{sentence}");
	});
}

#[test]
fn precompiles_and_the_zero_address_are_reserved_and_wallets_are_not() {
	use frame_support::traits::Contains;
	let low = |n: u16| {
		let mut bytes = [0; 20];
		bytes[18..].copy_from_slice(&n.to_be_bytes());
		bytes
	};
	run_test(|| {
		for n in [0, 1, 0x11, 0x100, 0x107, u16::MAX] {
			assert!(ReservedAddresses::contains(&Address::Evm(low(n).into())), "{n}");
			assert!(ReservedAddresses::contains(&Address::Tvm(low(n).into())), "{n}");
		}
		let mut above = low(0);
		above[17] = 1;
		for bytes in [above, [0xff; 20]] {
			assert!(!ReservedAddresses::contains(&Address::Evm(bytes.into())));
		}
		assert!(!ReservedAddresses::contains(&Address::Svm([0; 32].into())));
	});
}
