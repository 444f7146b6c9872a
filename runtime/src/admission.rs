// SPDX-License-Identifier: Apache-2.0
//! What is refused before it is included, and in which words.
//!
//! Stock transaction extensions look at the sender, not at what a dispatched operation would do. So
//! that a sender does not pay for what can't succeed, the transaction pool also asks the operation's
//! engine. Blocks do not depend on it: an operation that is refused here and included all the same
//! fails there, with a receipt.

use alloc::{format, string::String, vec::Vec};
use codec::{Compact, Decode, Encode};
use frame_support::{
	dispatch::GetDispatchInfo,
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungible::Mutate,
		tokens::{Fortitude, Precision, Preservation},
		PalletInfoAccess,
	},
};
use pallet_dispatch::{PayloadOf, Refusal};
use sp_runtime::{
	generic::Preamble,
	traits::StaticLookup,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
	},
	DispatchError,
};

use crate::{
	raw, AccountId, Address, Balance, Balances, Dispatch, Executive, Hash, IdCom, Runtime,
	RuntimeCall, Signature, TransactionPayment, TxExtension, UncheckedExtrinsic,
};

/// The index of `submit` among the dispatcher's calls.
const SUBMIT_INDEX: u8 = 0;

/// A transaction that is one dispatched operation.
struct Operation {
	signer: AccountId,
	payload: PayloadOf<Runtime>,
	/// What inclusion costs at most, tip included.
	fee: Balance,
}

/// Validates a transaction for the pool: as every Substrate chain does, and then by its engine.
///
/// Only the sender's next transaction is judged by its engine. A later one may build on what those
/// before it do, so its time comes when it is next.
pub fn validate(
	source: TransactionSource,
	transaction: UncheckedExtrinsic,
	block_hash: Hash,
) -> TransactionValidity {
	let operation = operation_in(&transaction);
	if !carries_alone(&transaction) {
		return Err(InvalidTransaction::BadProof.into());
	}
	let validity = Executive::validate_transaction(source, transaction, block_hash)?;
	let next = operation.filter(|_| validity.requires.is_empty());
	match next.and_then(|operation| refusal_of(&operation)) {
		Some(refusal) => Err(InvalidTransaction::Custom(refusal.code()).into()),
		None => Ok(validity),
	}
}

/// Whether an extrinsic that carries a raw transaction says nothing of its own. Nobody signs what is around
/// it, so anybody could let it die early in other people's pools.
fn carries_alone(transaction: &UncheckedExtrinsic) -> bool {
	match (&transaction.preamble, &transaction.function) {
		(_, RuntimeCall::Dispatch(pallet_dispatch::Call::submit_raw { vm, bytes })) => {
			*transaction == raw::carry(*vm, bytes.clone())
		},
		_ => true,
	}
}

/// Says why the pool refuses an extrinsic on top of the block with that hash; `None` where the reason
/// is none of ours.
pub fn explain(extrinsic: &[u8], block_hash: Hash) -> Option<String> {
	match UncheckedExtrinsic::decode(&mut &extrinsic[..]) {
		Ok(transaction) => explain_refusal(transaction, block_hash),
		Err(_) => Some(explain_undecodable(without_length_prefix(extrinsic))),
	}
}

fn explain_refusal(transaction: UncheckedExtrinsic, block_hash: Hash) -> Option<String> {
	let operation = operation_in(&transaction);
	let function = transaction.function.clone();
	// Validating also brings the state to where the next block will begin, which explaining relies on.
	match (validate(TransactionSource::External, transaction, block_hash), function) {
		(Err(_), RuntimeCall::IdCom(pallet_id_com::Call::act_as { authorization, call })) => {
			IdCom::explain_act_as(&authorization, &call).map(|error| format!("{error}"))
		},
		(Err(_), RuntimeCall::Dispatch(pallet_dispatch::Call::submit_raw { vm, bytes })) => {
			Dispatch::check_raw(vm, &bytes).err().map(|refusal| format!("{refusal}"))
		},
		(Err(TransactionValidityError::Invalid(InvalidTransaction::Custom(_))), _) => {
			refusal_of(&operation?).map(|refusal| format!("{refusal}"))
		},
		_ => None,
	}
}

fn operation_in(transaction: &UncheckedExtrinsic) -> Option<Operation> {
	let Preamble::Signed(address, _, extension) = &transaction.preamble else { return None };
	let RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, .. }) =
		&transaction.function
	else {
		return None;
	};
	let signer = <Runtime as frame_system::Config>::Lookup::lookup(address.clone()).ok()?;
	let length = u32::try_from(transaction.encoded_size()).ok()?;
	let tip = extension.8.tip();
	let fee = TransactionPayment::compute_fee(length, &transaction.get_dispatch_info(), tip);
	Some(Operation { signer, payload: payload.as_ref().clone(), fee })
}

/// Asks the dispatcher, in the state in which the operation would run: with its fee paid.
fn refusal_of(operation: &Operation) -> Option<Refusal> {
	let asked = with_transaction(|| {
		// Whether the fee can be paid has been checked: here it only has to be out of the way.
		let _ = Balances::burn_from(
			&operation.signer,
			operation.fee,
			Preservation::Expendable,
			Precision::BestEffort,
			Fortitude::Polite,
		);
		let checked = Dispatch::check(operation.signer.clone().into(), &operation.payload);
		TransactionOutcome::Rollback(Ok::<_, DispatchError>(checked.err()))
	});
	asked.ok().flatten()
}

fn explain_undecodable(extrinsic: &[u8]) -> String {
	let mut rest = extrinsic;
	if Preamble::<Address, Signature, TxExtension>::decode(&mut rest).is_err() {
		return "the extrinsic's signature part does not decode: is it made for this runtime version?"
			.into();
	}
	match rest {
		[pallet, SUBMIT_INDEX, arguments @ ..] if usize::from(*pallet) == Dispatch::index() =>
			Dispatch::explain_submit_arguments(arguments).map_or_else(
				|| "the extrinsic's length prefix is wrong".into(),
				|refusal| format!("{refusal}"),
			),
		[pallet, call, ..] => format!(
			"call {call} of pallet {pallet} does not decode: it does not exist in this runtime, or its arguments are truncated, malformed or followed by trailing bytes"
		),
		_ => "the extrinsic is truncated: it holds no call".into(),
	}
}

/// Drops the length prefix, which may be wrong: the rest is what is judged.
fn without_length_prefix(extrinsic: &[u8]) -> &[u8] {
	let mut rest = extrinsic;
	match Compact::<u32>::decode(&mut rest) {
		Ok(_) => rest,
		Err(_) => extrinsic,
	}
}

/// The invariants of our pallets that do not hold, as sentences.
pub fn violated_invariants() -> Vec<String> {
	[
		crate::IdCom::do_try_state().map_err(Into::into),
		crate::UnifiedTokens::do_try_state().map_err(Into::into),
		Dispatch::do_try_state(),
		crate::Evm::do_try_state(),
		crate::Svm::do_try_state(),
		crate::Lanes::do_try_state(),
	]
	.into_iter()
	.filter_map(Result::err)
	.map(|error: DispatchError| match error {
		DispatchError::Other(sentence) => sentence.into(),
		other => format!("{other:?}"),
	})
	.collect()
}
