// SPDX-License-Identifier: Apache-2.0
//! What callers give.

mod args;
mod config;
mod keys;
mod raw;

pub(crate) use args::Args;
pub(crate) use config::{
	AccountConfig, BlockConfig, Commitment, CommitmentConfig, Details, Encoding, EncodingOr,
	Filter, HistoryConfig, LogsFilter, Memcmp, MemcmpBytes, MemcmpEncoding, ProgramConfig,
	RawEncoding, SendConfig, SignatureConfig, SimulateConfig, Slice, StatusConfig, TokenFilter,
	TransactionConfig, TransactionEncoding,
};
pub(crate) use keys::{hash, pubkey, pubkeys, signature};
pub(crate) use raw::{decode, Kind};
