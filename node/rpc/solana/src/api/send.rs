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

use super::retries::{Retries, Unjudged};
use crate::{
	limits,
	node::{with_context, Node},
	params::{
		decode, pubkeys, Args, Commitment, CommitmentConfig, Encoding, Kind, RawEncoding,
		SendConfig, SimulateConfig,
	},
	views::{self, Form},
	RpcError, SolanaChain, SubmitError,
};

/// What the preflight of a transaction that can't be sent is told with.
const FAILED: &str = "Transaction simulation failed";

pub(super) fn register<C: SolanaChain>(
	module: &mut RpcModule<Node<C>>,
) -> Result<(), RegisterMethodError> {
	module.register_blocking_method("simulateTransaction", |params, node, _| {
		simulate(&node, &params).map_err(ErrorObjectOwned::from)
	})?;
	let retries = Arc::new(Retries::default());
	module.register_async_method("sendTransaction", move |params, node, _| {
		let (retries, checking, params) = (retries.clone(), node.clone(), params.into_owned());
		async move {
			let sent = match blocking(move || check(&checking, &params)).await? {
				Checked::Passed(raw) => submit(&node, raw).await,
				Checked::Unjudged(sent) => submit_unjudged(&node, &retries, sent).await,
			};
			sent.map_err(ErrorObjectOwned::from)
		}
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

/// The same with a transaction that nobody has judged. Only what upstream needs to read it is told.
async fn submit_unjudged<C: SolanaChain>(
	node: &Arc<Node<C>>,
	retries: &Arc<Retries>,
	sent: Unjudged,
) -> Result<String, RpcError> {
	let signature = sent.raw.first_signature().to_string();
	match retries.submit(node, sent).await {
		Err(SubmitError::Transaction(error)) if is_unreadable(&error) => Err(invalid(&error)),
		Err(SubmitError::Failed(cause)) => Err(RpcError::Damaged(cause)),
		Ok(()) | Err(_) => Ok(signature),
	}
}

fn refusal(error: SubmitError) -> RpcError {
	let message = format!("{FAILED}: {error}");
	match error {
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

/// Why a transaction is not sent. Upstream leaves out here what its accounts had.
fn failure(message: String, outcome: &SimulationOutcome) -> RpcError {
	let outcome = Box::new(views::failed_simulation(outcome));
	RpcError::PreflightFailure { message, outcome }
}

/// A transaction that is to be sent.
enum Checked {
	/// It would succeed.
	Passed(RawTransaction),
	/// It is sent without a preflight.
	Unjudged(Unjudged),
}

/// Reads a transaction that is to be sent, and tries it out if asked to.
fn check<C: SolanaChain>(node: &Node<C>, params: &Params<'_>) -> Result<Checked, RpcError> {
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
		let last_slot = at.slot.saturating_add(limits::RETRIED_SLOTS);
		let retries = config.max_retries;
		return Ok(Checked::Unjudged(Unjudged { raw, last_slot, retries }));
	}
	let outcome = match is_signed(&raw) {
		false => never_run(Some(TransactionError::SignatureFailure)),
		true => {
			if let Some(slots) = node.chain().slots_behind() {
				return Err(RpcError::NodeBehind(slots));
			}
			node.chain().simulate(at, raw.bytes().to_vec(), SimulationOptions::default())?
		},
	};
	match &outcome.meta.error {
		None => Ok(Checked::Passed(raw)),
		Some(error) if is_unreadable(error) => Err(invalid(error)),
		Some(error) => Err(failure(format!("{FAILED}: {error}"), &outcome)),
	}
}

/// Whether all signatures are right. What else there is to say of a transaction, it is told when it runs.
fn is_signed(raw: &RawTransaction) -> bool {
	!matches!(raw.clone().verify(), Err(VerifyError::SignatureFailure { .. }))
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
pub(super) const fn is_unreadable(error: &TransactionError) -> bool {
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
	if config.sig_verify && config.replace_recent_blockhash {
		let message = "sigVerify may not be used with replaceRecentBlockhash";
		return Err(RpcError::params(message));
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
	let outcome = match config.sig_verify && !is_signed(&raw) {
		true => never_run(Some(TransactionError::SignatureFailure)),
		false => node.chain().simulate(at, raw.bytes().to_vec(), options)?,
	};
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
	Ok(with_context(at, views::simulation(&outcome, accounts, inner, replacement)))
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
	Ok(json!(views::accounts(node, at, &accounts, Form::answer(encoding, None))?))
}

fn inner(raw: &RawTransaction, meta: &TransactionMeta) -> Result<Value, RpcError> {
	let loaded = &meta.loaded_addresses;
	let keys = raw.message().account_keys().iter().chain(&loaded.writable).chain(&loaded.readonly);
	let keys: Vec<_> = keys.copied().collect();
	views::inner(&meta.inner_instructions, &keys, true)
}
