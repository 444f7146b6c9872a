// SPDX-License-Identifier: Apache-2.0
//! Acting as an identity by its keys and methods.

use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	traits::{Authorize, Contains as _},
};
use frame_system::RawOrigin;
use sp_runtime::transaction_validity::{TransactionSource, ValidTransaction};
use unum_acegf::{Method, MethodKind, Methods};
use unum_signature::{schemes::ml_dsa_44::SigningKey, AuthKey, AuthSignature, ML_DSA_44_CONTEXT};

use super::*;
use crate::{Authority, Authorization, AuthorizationError, Event};

type Call = RuntimeCall;

/// Somebody with an ML-DSA-44 key and no other.
struct PostQuantum(SigningKey);

fn post_quantum() -> PostQuantum {
	PostQuantum(SigningKey::from_seed(&[7; 32]))
}

impl PostQuantum {
	fn methods(&self) -> Methods {
		let pairing = Method { kind: MethodKind::Pairing, commitment: [2; 32] };
		let ml_dsa = Method::ml_dsa_44(&self.0.public_key());
		Methods::new(vec![pairing, ml_dsa]).expect("ascending")
	}

	fn id(&self) -> IdCom {
		self.methods().id_com()
	}

	fn sign(&self, message: &[u8]) -> AuthSignature {
		let signature = self.0.sign(message, ML_DSA_44_CONTEXT).expect("a short context");
		AuthSignature::MlDsa44 {
			public_key: self.0.public_key().to_vec().try_into().expect("fits"),
			signature: signature.to_vec().try_into().expect("fits"),
		}
	}

	/// Authorizes `call` with this nonce.
	fn authorize(&self, nonce: u32, call: &Call) -> Authorization {
		self.authorize_until(nonce, None, call)
	}

	fn authorize_until(&self, nonce: u32, valid_until: Option<u32>, call: &Call) -> Authorization {
		signed(self.id(), nonce, valid_until, call, |message| Authority::Method {
			methods: self.methods(),
			signature: self.sign(message),
		})
	}
}

fn signed(
	id_com: IdCom,
	nonce: u32,
	valid_until: Option<u32>,
	call: &Call,
	sign: impl Fn(&[u8]) -> Authority,
) -> Authorization {
	let unsigned = sign(&[]);
	let mut authorization =
		Authorization { id_com, nonce, valid_until, tip: 0, authority: unsigned };
	let message = IdComRegistry::message_to_authorize(&authorization, call);
	authorization.authority = sign(&message);
	authorization
}

fn ed25519() -> ed25519_dalek::SigningKey {
	ed25519_dalek::SigningKey::from_bytes(&[8; 32])
}

fn by_ed25519(id_com: IdCom, nonce: u32, call: &Call) -> Authorization {
	use ed25519_dalek::Signer;
	let key = ed25519();
	signed(id_com, nonce, None, call, |message| Authority::Key {
		key: AuthKey::Ed25519(key.verifying_key().to_bytes()),
		signature: AuthSignature::Ed25519(key.sign(message).to_bytes()),
	})
}

fn pay(to: IdCom, amount: u128) {
	let payer = RuntimeOrigin::signed(account(2));
	assert_ok!(Balances::transfer_allow_death(payer, to.into(), amount));
}

fn give(to: u8, amount: u128) -> Call {
	Call::Balances(pallet_balances::Call::transfer_allow_death { dest: account(to), value: amount })
}

fn act_as(authorization: Authorization, call: Call) -> Call {
	Call::IdComRegistry(crate::Call::act_as {
		authorization: Box::new(authorization),
		call: Box::new(call),
	})
}

/// What the pool or a block says.
fn admit(
	source: TransactionSource,
	call: &Call,
) -> Result<ValidTransaction, TransactionValidityError> {
	call.authorize(source).expect("it authorizes itself").map(|(validity, _)| validity)
}

/// Applies a transaction as a block does; panics if it must not be in one.
fn apply(call: Call) {
	use sp_runtime::traits::Dispatchable;
	admit(TransactionSource::InBlock, &call).expect("may be in a block");
	let fee = call.get_dispatch_info().pays_fee;
	assert_eq!(fee, frame_support::dispatch::Pays::No, "the call itself charges");
	assert_ok!(call.dispatch(RawOrigin::Authorized.into()));
}

/// Why the pool refuses it.
fn refused(call: &Call) -> AuthorizationError {
	assert!(admit(TransactionSource::External, call).is_err());
	let Call::IdComRegistry(crate::Call::act_as { authorization, call }) = call else {
		panic!("another call")
	};
	IdComRegistry::explain_act_as(authorization, call).expect("has a reason")
}

#[test]
fn the_first_transaction_shows_the_methods_and_names_keys_that_act_from_then_on() {
	ExtBuilder.build_and_execute(|| {
		let (me, key) = (post_quantum(), AuthKey::Ed25519(ed25519().verifying_key().to_bytes()));
		pay(me.id(), 500);
		let call = Call::IdComRegistry(crate::Call::set_auth_keys { keys: vec![key] });
		apply(act_as(me.authorize(0, &call), call));
		let call = give(3, 100);
		apply(act_as(by_ed25519(me.id(), 1, &call), call));
		assert_eq!(coins(id(3)), FUNDS + 100);
		assert_eq!(coins(me.id()), 500 - 100 - 2 * FEE);
		assert_eq!(nonce(me.id()), 2);
	});
}

#[test]
fn a_call_that_fails_costs_fee_and_nonce_and_says_why() {
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		pay(me.id(), 500);
		events();
		let call = give(3, 501);
		apply(act_as(me.authorize(0, &call), call));
		assert_eq!((coins(me.id()), nonce(me.id())), (500 - FEE, 1));
		assert!(matches!(
			events()[..],
			[Event::Acted { id_com, result: Err(_) }] if id_com == me.id()
		));
	});
}

#[test]
fn an_id_com_that_others_paid_is_still_its_owners() {
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		// Anybody may name it, pay it, and act before its owner ever does.
		pay(me.id(), 100);
		IdComRegistry::retain(me.id());
		let thief = PostQuantum(SigningKey::from_seed(&[8; 32]));
		let call = give(3, 50);
		// The thief's own list is not the one of this id_com.
		let mut stolen = thief.authorize(0, &call);
		stolen.id_com = me.id();
		let refusal = refused(&act_as(stolen, call.clone()));
		assert_eq!(refusal, AuthorizationError::OtherMethods);
		// The owner's list with the thief's signature is none, either.
		let forged = signed(me.id(), 0, None, &call, |message| Authority::Method {
			methods: me.methods(),
			signature: thief.sign(message),
		});
		let refusal = refused(&act_as(forged, call.clone()));
		assert_eq!(refusal, AuthorizationError::WrongSignature);
		apply(act_as(me.authorize(0, &call), call));
	});
}

#[test]
fn what_is_signed_is_what_runs() {
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		pay(me.id(), 500);
		let call = give(3, 1);
		let right = me.authorize(0, &call);
		let wrong = |change: fn(&mut Authorization)| {
			let mut changed = right.clone();
			change(&mut changed);
			refused(&act_as(changed, call.clone()))
		};
		assert_eq!(wrong(|a| a.nonce = 1), AuthorizationError::WrongSignature);
		assert_eq!(wrong(|a| a.tip = 1), AuthorizationError::WrongSignature);
		assert_eq!(wrong(|a| a.valid_until = Some(9)), AuthorizationError::WrongSignature);
		let other_call = refused(&act_as(right.clone(), give(3, 2)));
		assert_eq!(other_call, AuthorizationError::WrongSignature);
		// Nor on a chain with another genesis.
		frame_system::BlockHash::<Test>::insert(0, H256([1; 32]));
		assert_eq!(refused(&act_as(right, call)), AuthorizationError::WrongSignature);
	});
}

#[test]
fn keys_of_others_do_not_act() {
	ExtBuilder.build_and_execute(|| {
		let call = give(3, 1);
		let refusal = refused(&act_as(by_ed25519(id(1), 0, &call), call.clone()));
		assert_eq!(refusal, AuthorizationError::UnknownKey);
		let key = AuthKey::Ed25519(ed25519().verifying_key().to_bytes());
		assert_ok!(IdComRegistry::set_auth_keys(RuntimeOrigin::signed(account(1)), vec![key]));
		apply(act_as(by_ed25519(id(1), 0, &call), call.clone()));
		assert_ok!(IdComRegistry::set_auth_keys(RuntimeOrigin::signed(account(1)), vec![]));
		let refusal = refused(&act_as(by_ed25519(id(1), 1, &call), call));
		assert_eq!(refusal, AuthorizationError::UnknownKey);
	});
}

#[test]
fn a_list_without_a_method_that_works_yet_authorizes_nothing() {
	ExtBuilder.build_and_execute(|| {
		let pairing = Method { kind: MethodKind::Pairing, commitment: [2; 32] };
		let methods = Methods::new(vec![pairing]).expect("one");
		let call = give(3, 1);
		let authorization = signed(methods.id_com(), 0, None, &call, |message| Authority::Method {
			methods: methods.clone(),
			signature: post_quantum().sign(message),
		});
		let refusal = refused(&act_as(authorization, call));
		assert_eq!(refusal, AuthorizationError::NoUsableMethod);
	});
}

#[test]
fn nonces_queue_up_with_those_of_signed_transactions() {
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		pay(me.id(), 500);
		let call = give(3, 1);
		let later = act_as(me.authorize(2, &call), call.clone());
		let waits = admit(TransactionSource::External, &later).expect("may wait");
		let tag = |nonce: u32| codec::Encode::encode(&(AccountId32::from(me.id()), nonce));
		assert_eq!((waits.requires, waits.provides), (vec![tag(1)], vec![tag(2)]));
		assert!(admit(TransactionSource::InBlock, &later).is_err(), "a block has no gaps");
		let next =
			admit(TransactionSource::External, &act_as(me.authorize(0, &call), call.clone()));
		assert_eq!(next.expect("is next").requires, Vec::<Vec<u8>>::new());

		let once = act_as(me.authorize(0, &call), call);
		apply(once.clone());
		assert_eq!(refused(&once), AuthorizationError::NonceTooLow { next: 1 });
		assert!(admit(TransactionSource::InBlock, &once).is_err(), "never twice");
	});
}

#[test]
fn a_transaction_expires() {
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		pay(me.id(), 500);
		let call = give(3, 1);
		let transaction = act_as(me.authorize_until(0, Some(5), &call), call);
		System::set_block_number(5);
		assert!(admit(TransactionSource::External, &transaction).is_ok());
		System::set_block_number(6);
		assert_eq!(refused(&transaction), AuthorizationError::Expired);
	});
}

#[test]
fn who_can_not_pay_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		pay(me.id(), FEE - 1);
		let call = give(3, 1);
		let transaction = act_as(me.authorize(0, &call), call);
		let refusal = admit(TransactionSource::External, &transaction);
		assert_eq!(refusal, Err(InvalidTransaction::Payment.into()));
	});
}

#[test]
fn who_would_be_left_with_nothing_is_refused_beforehand() {
	ExtBuilder.build_and_execute(|| {
		// Enough for the fee, and one too few to stay alive after the payment.
		let me = post_quantum();
		pay(me.id(), FEE);
		let call = give(3, 0);
		let transaction = act_as(me.authorize(0, &call), call);
		let refusal = admit(TransactionSource::InBlock, &transaction);
		assert_eq!(refusal, Err(InvalidTransaction::Payment.into()));
		assert_eq!((coins(me.id()), nonce(me.id())), (FEE, 0));
	});
}

#[test]
fn nobody_signs_or_nests_it() {
	use sp_runtime::traits::Dispatchable;
	ExtBuilder.build_and_execute(|| {
		let me = post_quantum();
		pay(me.id(), 500);
		let call = give(3, 1);
		let inner = act_as(me.authorize(0, &call), call);
		let signed = inner.clone().dispatch(RuntimeOrigin::signed(account(1)));
		assert_eq!(signed.map_err(|e| e.error), Err(sp_runtime::DispatchError::BadOrigin));
		let nested = act_as(me.authorize(0, &inner), inner);
		apply(nested);
		assert_eq!((coins(id(3)), nonce(me.id())), (FUNDS, 1));
	});
}

#[test]
fn reserved_addresses_are_those_of_the_mock() {
	// The tests of bindings rely on it.
	ExtBuilder.build_and_execute(|| assert!(Reserved::contains(&contract())));
}
