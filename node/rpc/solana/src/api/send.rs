// SPDX-License-Identifier: Apache-2.0
//! Transactions that are tried out and sent.

use std::sync::Arc;

use jsonrpsee::{
	core::RegisterMethodError,
	types::{ErrorObjectOwned, Params},
	RpcModule,
};
use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_index::BlockId;
use unum_solana_transaction::{
	compute_budget, ComputeBudgetError, Message, RawTransaction, SanitizeError, VerifyError,
};
use unum_solana_view::{SimulationOptions, SimulationOutcome, TransactionError, TransactionMeta};

use crate::{
	limits,
	node::{with_context, Node},
	params::{
		decode, pubkeys, Args, Commitment, CommitmentConfig, Encoding, Kind, RawEncoding,
		SendConfig, SimulateConfig,
	},
	views, RpcError, SolanaChain, SubmitError,
};

/// What the preflight of a transaction that can't be sent is told with.
const FAILED: &str = "Transaction simulation failed";

pub(super) fn register<C: SolanaChain>(
	module: &mut RpcModule<Node<C>>,
) -> Result<(), RegisterMethodError> {
	module.register_blocking_method("simulateTransaction", |params, node, _| {
		simulate(&node, &params).map_err(ErrorObjectOwned::from)
	})?;
	module.register_async_method("sendTransaction", |params, node, _| async move {
		let checking = node.clone();
		let params = params.into_owned();
		let checked = blocking(move || check(&checking, &params)).await?;
		submit(&node, checked).await.map_err(ErrorObjectOwned::from)
	})?;
	Ok(())
}

/// Runs what may block.
pub(super) async fn blocking<T: Send + 'static>(
	run: impl FnOnce() -> Result<T, RpcError> + Send + 'static,
) -> Result<T, RpcError> {
	let done = tokio::task::spawn_blocking(run).await;
	done.unwrap_or_else(|error| Err(RpcError::Damaged(error.to_string())))
}

/// Gives a transaction to the pool, and returns its first signature.
pub(super) async fn submit<C: SolanaChain>(
	node: &Arc<Node<C>>,
	raw: RawTransaction,
) -> Result<String, RpcError> {
	let signature = raw.first_signature().to_string();
	match node.chain().submit(raw.bytes().to_vec()).await {
		Ok(()) => Ok(signature),
		Err(error) => Err(refusal(error)),
	}
}

fn refusal(error: SubmitError) -> RpcError {
	let message = format!("{FAILED}: {error}");
	match error {
		SubmitError::Transaction(TransactionError::SignatureFailure) => {
			RpcError::SignatureVerification
		},
		SubmitError::Transaction(error) if is_unreadable(&error) => invalid(&error),
		SubmitError::Transaction(error) => failure(message, &never_run(Some(error))),
		SubmitError::Refused(_) => failure(message, &never_run(None)),
		SubmitError::Failed(cause) => RpcError::Damaged(cause),
	}
}

/// What is known of a transaction that was not run.
fn never_run(error: Option<TransactionError>) -> SimulationOutcome {
	let meta = TransactionMeta { error, ..TransactionMeta::default() };
	SimulationOutcome { meta, accounts: Vec::new(), loaded_accounts_data_size: 0 }
}

fn failure(message: String, outcome: &SimulationOutcome) -> RpcError {
	let outcome = Box::new(result(outcome, Value::Null, Value::Null, Value::Null));
	RpcError::PreflightFailure { message, outcome }
}

/// Reads a transaction that is to be sent, and tries it out if asked to.
fn check<C: SolanaChain>(node: &Node<C>, params: &Params<'_>) -> Result<RawTransaction, RpcError> {
	let mut args = Args::new(params, 1, 2)?;
	let text: String = args.next()?;
	let config: SendConfig = args.config()?;
	let raw = read(&text, config.encoding)?;
	// Whatever the preflight commitment: a transaction that builds on what has just happened is none to
	// be refused because that is not final yet.
	let at = node.at(&CommitmentConfig {
		commitment: Some(Commitment::Processed),
		min_context_slot: config.min_context_slot,
	})?;
	if config.skip_preflight {
		return Ok(raw);
	}
	verify(&raw)?;
	if let Some(slots) = node.chain().slots_behind() {
		return Err(RpcError::NodeBehind(slots));
	}
	let outcome = node.chain().simulate(at, raw.bytes().to_vec(), SimulationOptions::default())?;
	match &outcome.meta.error {
		None => Ok(raw),
		Some(TransactionError::SignatureFailure) => Err(RpcError::SignatureVerification),
		Some(error) if is_unreadable(error) => Err(invalid(error)),
		Some(error) => Err(failure(format!("{FAILED}: {error}"), &outcome)),
	}
}

fn verify(raw: &RawTransaction) -> Result<(), RpcError> {
	match raw.clone().verify() {
		// What else there is to say of a transaction, it is told when it runs.
		Ok(_) | Err(VerifyError::Sanitize(_)) => Ok(()),
		Err(VerifyError::SignatureFailure { .. }) => Err(RpcError::SignatureVerification),
	}
}

/// Reads a transaction that makes sense.
fn read(text: &str, encoding: Option<RawEncoding>) -> Result<RawTransaction, RpcError> {
	let bytes = decode(text, encoding.unwrap_or_default(), Kind::Transaction)?;
	let raw = RawTransaction::decode(&bytes).map_err(|error| Kind::Transaction.malformed(error))?;
	match raw.sanitize() {
		Ok(()) => {},
		// Upstream finds these when it locks the accounts, which is when the transaction runs.
		Err(
			SanitizeError::TooManyAccountLocks { .. } | SanitizeError::AccountLoadedTwice { .. },
		) => {},
		Err(error) => return Err(invalid(&error.into())),
	}
	match unreadable_budget(raw.message()) {
		None => Ok(raw),
		Some(error) => Err(invalid(&error.into())),
	}
}

fn invalid(error: &TransactionError) -> RpcError {
	RpcError::InvalidParams(format!("invalid transaction: {error}"))
}

/// What is wrong with the instructions of the Compute Budget program: upstream reads them with the
/// transaction (`ComputeBudgetInstructionDetails`), and judges the sizes in them when it runs.
fn unreadable_budget(message: &Message) -> Option<ComputeBudgetError> {
	let error = compute_budget(message).err()?;
	let is_size = match error {
		ComputeBudgetError::DuplicateInstruction { .. } => false,
		ComputeBudgetError::InvalidInstructionData { index } => {
			let found = message.instructions().get(usize::from(index));
			found.is_some_and(|it| matches!(it.data.as_slice(), [1, _, _, _, _, ..]))
		},
		ComputeBudgetError::InvalidLoadedAccountsDataSizeLimit => true,
	};
	(!is_size).then_some(error)
}

/// Whether upstream could not have read such a transaction: it looks into lookup tables before anything
/// else.
const fn is_unreadable(error: &TransactionError) -> bool {
	matches!(
		error,
		TransactionError::AddressLookupTableNotFound
			| TransactionError::InvalidAddressLookupTableOwner
			| TransactionError::InvalidAddressLookupTableData
			| TransactionError::InvalidAddressLookupTableIndex
	)
}

fn simulate<C: SolanaChain>(node: &Node<C>, params: &Params<'_>) -> Result<Value, RpcError> {
	let mut args = Args::new(params, 1, 2)?;
	let text: String = args.next()?;
	let config: SimulateConfig = args.config()?;
	let raw = read(&text, config.encoding)?;
	if config.sig_verify {
		if config.replace_recent_blockhash {
			let message = "sigVerify may not be used with replaceRecentBlockhash";
			return Err(RpcError::params(message));
		}
		verify(&raw)?;
	}
	let at = node.at(&CommitmentConfig {
		commitment: config.commitment,
		min_context_slot: config.min_context_slot,
	})?;
	let (encoding, keys) = shown(&config, &raw)?;
	let options = SimulationOptions {
		verify_signatures: config.sig_verify,
		replace_blockhash: config.replace_recent_blockhash,
		accounts: keys.clone(),
	};
	let outcome = node.chain().simulate(at, raw.bytes().to_vec(), options)?;
	if let Some(error) = outcome.meta.error.as_ref().filter(|error| is_unreadable(error)) {
		return Err(invalid(error));
	}
	let accounts = match config.accounts {
		None => Value::Null,
		Some(_) => accounts(node, at, keys, &outcome, encoding)?,
	};
	let inner = match config.inner_instructions {
		false => Value::Null,
		true => inner(&raw, &outcome.meta)?,
	};
	let replacement = match config.replace_recent_blockhash {
		false => Value::Null,
		true => {
			let info = node.chain().info(at)?;
			json!({
				"blockhash": views::base58(&info.blockhash),
				"lastValidBlockHeight": info.last_valid_slot,
			})
		},
	};
	Ok(with_context(at, result(&outcome, accounts, inner, replacement)))
}

/// Which accounts are to be shown afterwards, and how.
fn shown(
	config: &SimulateConfig,
	raw: &RawTransaction,
) -> Result<(Encoding, Vec<SvmAddress>), RpcError> {
	let Some(wanted) = &config.accounts else { return Ok((Encoding::Base64, Vec::new())) };
	let encoding = wanted.encoding.unwrap_or(Encoding::Base64);
	if matches!(encoding, Encoding::Binary | Encoding::Base58) {
		return Err(RpcError::params("base58 encoding not supported"));
	}
	let message = raw.message();
	let most = message.account_count();
	if wanted.addresses.len() > most {
		return Err(RpcError::params(format!("Too many accounts provided; max {most}")));
	}
	Ok((encoding, pubkeys(&wanted.addresses, limits::MAX_MULTIPLE_ACCOUNTS.max(most))?))
}

fn accounts<C: SolanaChain>(
	node: &Node<C>,
	at: BlockId,
	keys: Vec<SvmAddress>,
	outcome: &SimulationOutcome,
	encoding: Encoding,
) -> Result<Value, RpcError> {
	let failed = outcome.meta.error.is_some();
	let found = outcome.accounts.iter().cloned().chain(std::iter::repeat(None));
	let found = found.map(|account| account.filter(|_| !failed));
	let accounts: Vec<_> = keys.into_iter().zip(found).collect();
	Ok(json!(views::accounts(node, at, &accounts, encoding, None)?))
}

fn inner(raw: &RawTransaction, meta: &TransactionMeta) -> Result<Value, RpcError> {
	let loaded = &meta.loaded_addresses;
	let keys = raw.message().account_keys().iter().chain(&loaded.writable).chain(&loaded.readonly);
	let keys: Vec<_> = keys.copied().collect();
	views::inner(&meta.inner_instructions, &keys, true)
}

/// What came of a transaction that was tried out.
fn result(outcome: &SimulationOutcome, accounts: Value, inner: Value, replacement: Value) -> Value {
	let meta = &outcome.meta;
	let texts = |keys: &[SvmAddress]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
	json!({
		"err": meta.error.as_ref().map(views::transaction_error),
		"logs": views::logs(&meta.log_messages),
		"accounts": accounts,
		"unitsConsumed": meta.compute_units_consumed,
		"loadedAccountsDataSize": outcome.loaded_accounts_data_size,
		"returnData": meta.return_data.as_ref().map(views::return_data),
		"innerInstructions": inner,
		"replacementBlockhash": replacement,
		"fee": meta.fee,
		"preBalances": meta.pre_balances,
		"postBalances": meta.post_balances,
		"preTokenBalances": views::token_balances(&meta.pre_token_balances),
		"postTokenBalances": views::token_balances(&meta.post_token_balances),
		"loadedAddresses": {
			"writable": texts(&meta.loaded_addresses.writable),
			"readonly": texts(&meta.loaded_addresses.readonly),
		},
	})
}
