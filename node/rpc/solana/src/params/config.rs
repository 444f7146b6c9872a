// SPDX-License-Identifier: Apache-2.0
//! The objects that go with a request (`rpc-client-types/src/config.rs` upstream). A field that is not
//! known is ignored, as upstream.

use serde::Deserialize;

/// How sure an answer must be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Commitment {
	/// The best block.
	#[serde(alias = "recent")]
	Processed,
	/// The best block, too: here is no vote between the two.
	#[serde(alias = "single", alias = "singleGossip")]
	Confirmed,
	/// The last final block.
	#[default]
	#[serde(alias = "root", alias = "max")]
	Finalized,
}

/// Where a request is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommitmentConfig {
	pub(crate) commitment: Option<Commitment>,
	pub(crate) min_context_slot: Option<u64>,
}

impl CommitmentConfig {
	pub(crate) fn level(&self) -> Commitment {
		self.commitment.unwrap_or_default()
	}
}

/// How data of accounts are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub(crate) enum Encoding {
	/// Base58, without saying so.
	#[serde(rename = "binary")]
	Binary,
	#[serde(rename = "base58")]
	Base58,
	#[serde(rename = "base64")]
	Base64,
	#[serde(rename = "jsonParsed")]
	JsonParsed,
	#[serde(rename = "base64+zstd")]
	Base64Zstd,
}

/// Part of an account's data.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub(crate) struct Slice {
	pub(crate) offset: u64,
	pub(crate) length: u64,
}

/// Of requests for accounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AccountConfig {
	pub(crate) encoding: Option<Encoding>,
	pub(crate) data_slice: Option<Slice>,
	#[serde(flatten)]
	pub(crate) at: CommitmentConfig,
}

/// Of requests for a program's accounts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProgramConfig {
	pub(crate) filters: Option<Vec<Filter>>,
	#[serde(flatten)]
	pub(crate) account: AccountConfig,
	pub(crate) with_context: Option<bool>,
	pub(crate) sort_results: Option<bool>,
}

/// A filter of a program's accounts.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Filter {
	DataSize(u64),
	Memcmp(Memcmp),
	TokenAccountState,
}

/// Bytes at an offset.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub(crate) struct Memcmp {
	pub(crate) offset: u64,
	pub(crate) bytes: MemcmpBytes,
	pub(crate) encoding: Option<MemcmpEncoding>,
}

/// What is compared.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum MemcmpBytes {
	Text(String),
	Bytes(Vec<u8>),
}

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum MemcmpEncoding {
	#[serde(alias = "binary")]
	Base58,
	Base64,
	Bytes,
}

/// Which token accounts are meant.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TokenFilter {
	Mint(String),
	ProgramId(String),
}

/// How transactions are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum TransactionEncoding {
	/// Base58, without saying so.
	Binary,
	Base64,
	Base58,
	#[default]
	Json,
	JsonParsed,
}

/// An object, or the encoding alone, as old clients give it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum EncodingOr<T> {
	Encoding(TransactionEncoding),
	Config(T),
}

/// Of a request for a transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TransactionConfig {
	pub(crate) encoding: Option<TransactionEncoding>,
	pub(crate) commitment: Option<Commitment>,
	pub(crate) max_supported_transaction_version: Option<u8>,
}

impl From<EncodingOr<TransactionConfig>> for TransactionConfig {
	fn from(given: EncodingOr<TransactionConfig>) -> Self {
		match given {
			EncodingOr::Config(config) => config,
			EncodingOr::Encoding(encoding) => Self { encoding: Some(encoding), ..Self::default() },
		}
	}
}

/// How much of a block is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Details {
	#[default]
	Full,
	Signatures,
	None,
	Accounts,
}

/// Of a request for a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BlockConfig {
	pub(crate) encoding: Option<TransactionEncoding>,
	pub(crate) transaction_details: Option<Details>,
	pub(crate) rewards: Option<bool>,
	pub(crate) commitment: Option<Commitment>,
	pub(crate) max_supported_transaction_version: Option<u8>,
}

impl From<EncodingOr<BlockConfig>> for BlockConfig {
	fn from(given: EncodingOr<BlockConfig>) -> Self {
		match given {
			EncodingOr::Config(config) => config,
			EncodingOr::Encoding(encoding) => Self { encoding: Some(encoding), ..Self::default() },
		}
	}
}

/// Of a request for statuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct StatusConfig {
	pub(crate) search_transaction_history: bool,
}

/// Of a request for the signatures of an address.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HistoryConfig {
	pub(crate) before: Option<String>,
	pub(crate) until: Option<String>,
	pub(crate) limit: Option<usize>,
	#[serde(flatten)]
	pub(crate) at: CommitmentConfig,
}

/// How a raw transaction is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RawEncoding {
	#[serde(alias = "binary")]
	#[default]
	Base58,
	Base64,
	Json,
	JsonParsed,
}

/// How a transaction is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SendConfig {
	pub(crate) skip_preflight: bool,
	pub(crate) preflight_commitment: Option<Commitment>,
	pub(crate) encoding: Option<RawEncoding>,
	pub(crate) max_retries: Option<u64>,
	pub(crate) min_context_slot: Option<u64>,
}

/// How a transaction is simulated.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SimulateConfig {
	pub(crate) sig_verify: bool,
	pub(crate) replace_recent_blockhash: bool,
	pub(crate) commitment: Option<Commitment>,
	pub(crate) encoding: Option<RawEncoding>,
	pub(crate) accounts: Option<SimulateAccounts>,
	pub(crate) min_context_slot: Option<u64>,
	pub(crate) inner_instructions: bool,
}

/// Which accounts are shown after a simulation.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub(crate) struct SimulateAccounts {
	pub(crate) encoding: Option<Encoding>,
	pub(crate) addresses: Vec<String>,
}

/// Of a request for who makes blocks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScheduleConfig {
	pub(crate) identity: Option<String>,
	pub(crate) commitment: Option<Commitment>,
}

/// Of a request for who votes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VoteConfig {
	pub(crate) vote_pubkey: Option<String>,
}

/// Of a request for who has made blocks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProductionConfig {
	pub(crate) identity: Option<String>,
	pub(crate) range: Option<ProductionRange>,
	#[serde(flatten)]
	pub(crate) at: CommitmentConfig,
}

/// In which slots.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProductionRange {
	pub(crate) first_slot: u64,
	pub(crate) last_slot: Option<u64>,
}

/// Of a subscription to a signature.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignatureConfig {
	pub(crate) commitment: Option<Commitment>,
	pub(crate) enable_received_notification: Option<bool>,
}

/// Which transactions' logs are subscribed to.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LogsFilter {
	All,
	AllWithVotes,
	Mentions(Vec<String>),
}
