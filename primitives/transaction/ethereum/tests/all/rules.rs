// SPDX-License-Identifier: Apache-2.0
//! The rules for well-formed transactions that need no state.

use unum_ethereum_transaction::{
	Authorization, DecodeError, FeeCapTooLow, RawTransaction, SignedAuthorization, TransactionType,
	TxKind, VerifiedTransaction, VerifyError, U256,
};

use unum_ethereum_transaction::wallet::{
	address_of, authorize, key, key_of, Draft, Signed, CHAIN, ORDER, TYPES,
};

fn verify(signed: &Signed) -> Result<VerifiedTransaction, VerifyError> {
	RawTransaction::decode(&signed.bytes()).expect("well-formed").verify(CHAIN)
}

fn verify_draft(draft: &Draft) -> Result<VerifiedTransaction, VerifyError> {
	verify(&draft.sign(&key()))
}

#[test]
fn a_transaction_without_replay_protection_is_refused() {
	let signed = Draft::example(TransactionType::Legacy).sign_unprotected(&key());
	assert_eq!(verify(&signed), Err(VerifyError::Unprotected));
	// Its sender is known all the same.
	let raw = RawTransaction::decode(&signed.bytes()).expect("well-formed");
	assert_eq!(raw.recover_sender(), Ok(address_of(&key())));
	assert!(matches!(raw.v(), 27 | 28));
}

#[test]
fn a_transaction_for_another_chain_is_refused() {
	for kind in TYPES {
		for have in [0, 1, CHAIN - 1, CHAIN + 1, u64::MAX] {
			let found = verify_draft(&Draft { chain_id: have, ..Draft::example(kind) });
			assert_eq!(found, Err(VerifyError::WrongChainId { have, want: CHAIN }));
		}
	}
}

#[test]
fn the_largest_nonce_is_refused() {
	for kind in TYPES {
		let of = |nonce| verify_draft(&Draft { nonce, ..Draft::example(kind) });
		assert_eq!(of(u64::MAX), Err(VerifyError::NonceHasMaxValue));
		assert_eq!(of(u64::MAX - 1).map(|found| found.nonce()), Ok(u64::MAX - 1));
	}
}

#[test]
fn a_tip_above_the_fee_is_refused() {
	for kind in [TransactionType::DynamicFee, TransactionType::SetCode] {
		let of = |max_priority_fee, max_fee| {
			verify_draft(&Draft { max_priority_fee, max_fee, ..Draft::example(kind) }).map(drop)
		};
		assert_eq!(of(5, 5), Ok(()));
		assert_eq!(of(0, 0), Ok(()));
		let refusal =
			VerifyError::TipAboveFeeCap { max_priority_fee_per_gas: 6, max_fee_per_gas: 5 };
		assert_eq!(of(6, 5), Err(refusal));
	}
}

#[test]
fn a_cost_of_more_than_256_bits_is_refused() {
	for kind in TYPES {
		let of = |value| {
			let (gas_limit, max_fee) = (u64::MAX, u128::MAX);
			verify_draft(&Draft { gas_limit, max_fee, value, ..Draft::example(kind) })
		};
		let gas = U256::from(u64::MAX) * U256::from(u128::MAX);
		let most = of(U256::MAX - gas).expect("just enough");
		assert_eq!((most.fee_cap_total(), most.cost_cap_total()), (gas, U256::MAX));
		let refused = of(U256::MAX - gas + U256::from(1));
		assert_eq!(refused, Err(VerifyError::CostOverflow));
	}
}

#[test]
fn a_set_code_transaction_calls_somebody_and_authorizes_something() {
	let example = Draft::example(TransactionType::SetCode);
	let create = Draft { to: TxKind::Create, ..example.clone() };
	assert_eq!(verify_draft(&create), Err(VerifyError::SetCodeCreates));
	let empty = Draft { authorizations: vec![], ..example };
	assert_eq!(verify_draft(&empty), Err(VerifyError::EmptyAuthorizationList));
}

#[test]
fn halves_of_a_signature_are_in_their_range() {
	let one = U256::from(1);
	for kind in TYPES {
		let draft = Draft::example(kind);
		let v = if kind == TransactionType::Legacy { 35 + 2 * u128::from(CHAIN) } else { 0 };
		let of = |r, s| verify(&draft.with_signature(v, r, s)).map(drop);
		for outside in [U256::ZERO, ORDER, ORDER + one, U256::MAX] {
			assert_eq!(of(outside, one), Err(VerifyError::SignatureOutOfRange));
			assert_eq!(of(one, outside), Err(VerifyError::SignatureOutOfRange));
		}
		let half = ORDER >> 1;
		assert_eq!(of(one, half), Ok(()));
		assert_eq!(of(one, half + one), Err(VerifyError::HighS));
		assert_eq!(of(one, ORDER - one), Err(VerifyError::HighS));
		// No point has the x coordinate 5.
		assert_eq!(of(U256::from(5), one), Err(VerifyError::NoSender));
	}
}

#[test]
fn the_twin_with_a_high_s_is_refused() {
	for kind in TYPES {
		let twin = Draft::example(kind).sign_with_high_s(&key());
		assert_eq!(verify(&twin), Err(VerifyError::HighS));
	}
}

#[test]
fn the_price_is_the_base_fee_and_the_tip_below_the_limit() {
	let of = |kind, max_priority_fee, max_fee| {
		verify_draft(&Draft { max_priority_fee, max_fee, ..Draft::example(kind) }).expect("valid")
	};
	for kind in [TransactionType::DynamicFee, TransactionType::SetCode] {
		let transaction = of(kind, 3, 10);
		for (base_fee, price) in [(0, 3), (6, 9), (7, 10), (8, 10), (10, 10)] {
			assert_eq!(transaction.effective_gas_price(base_fee), Ok(price));
		}
		let low = FeeCapTooLow { max_fee_per_gas: 10, base_fee_per_gas: 11 };
		assert_eq!(transaction.effective_gas_price(11), Err(low));
	}
	for kind in [TransactionType::Legacy, TransactionType::AccessList] {
		let transaction = of(kind, 0, 10);
		assert_eq!(
			(transaction.max_fee_per_gas(), transaction.max_priority_fee_per_gas()),
			(10, 10)
		);
		assert_eq!(transaction.effective_gas_price(0), Ok(10));
		assert_eq!(transaction.effective_gas_price(10), Ok(10));
		assert!(transaction.effective_gas_price(11).is_err());
	}
	let dear = of(TransactionType::DynamicFee, u128::MAX, u128::MAX);
	assert_eq!(dear.effective_gas_price(u128::MAX), Ok(u128::MAX));
}

#[test]
fn an_authorization_without_authority_leaves_the_transaction_valid() {
	let of = |chain_id, nonce| Authorization { chain_id, address: [7; 20].into(), nonce };
	let other = key_of([0x45; 32]);
	let here = U256::from(CHAIN);
	let good = authorize(&other, of(here, 5));
	let with =
		|parity, r, s| SignedAuthorization::new_unchecked(good.inner().clone(), parity, r, s);
	let (parity, r, s) = (good.y_parity(), good.r(), good.s());
	let authorizations = vec![
		good.clone(),
		// For any chain, and for another: that is judged where they are applied.
		authorize(&key(), of(U256::ZERO, u64::MAX)),
		authorize(&other, of(U256::MAX, 0)),
		with(parity ^ 1, r, ORDER - s),
		with(2, r, s),
		with(27 + parity, r, s),
		with(parity, U256::ZERO, s),
		with(parity, r, ORDER),
		with(0, U256::from(5), s),
	];
	let draft = Draft {
		authorizations: authorizations.clone(),
		..Draft::example(TransactionType::SetCode)
	};
	let verified = verify_draft(&draft).expect("valid");
	assert_eq!(verified.authorization_list(), authorizations);
	let found: Vec<_> = verified.authorizations().map(|found| found.authority()).collect();
	let (us, them) = (Some(address_of(&key())), Some(address_of(&other)));
	assert_eq!(found, [them, us, them, None, None, None, None, None, None]);
	let inner: Vec<_> = verified.authorizations().map(|found| found.into_parts().0).collect();
	assert_eq!(inner, authorizations.iter().map(|it| it.inner().clone()).collect::<Vec<_>>());
}

#[test]
fn refusals_have_geths_words() {
	for (error, words) in [
		(VerifyError::Unprotected, "only replay-protected (EIP-155) transactions allowed over RPC"),
		(
			VerifyError::WrongChainId { have: 1, want: 4663 },
			"invalid chain id for signer: have 1 want 4663",
		),
		(VerifyError::NonceHasMaxValue, "nonce has max value"),
		(
			VerifyError::TipAboveFeeCap { max_priority_fee_per_gas: 2, max_fee_per_gas: 1 },
			"max priority fee per gas higher than max fee per gas: maxPriorityFeePerGas: 2, \
			 maxFeePerGas: 1",
		),
		(VerifyError::EmptyAuthorizationList, "EIP-7702 transaction with empty auth list"),
		(VerifyError::SetCodeCreates, "EIP-7702 transaction cannot be used to create contract"),
		(VerifyError::SignatureOutOfRange, "invalid sender: invalid transaction v, r, s values"),
	] {
		assert_eq!(error.to_string(), words);
	}
	let unknown = DecodeError::UnknownType { number: 5 }.to_string();
	assert!(unknown.starts_with("transaction type not supported"));
	assert!(DecodeError::BlobTransaction.to_string().starts_with("transaction type not supported"));
	let long = DecodeError::TooLong { bytes: 131_073 }.to_string();
	assert_eq!(long, "oversized data: transaction size 131073, limit 131072");
}
