// SPDX-License-Identifier: Apache-2.0
//! What callers give.

mod args;
mod config;
mod keys;
mod raw;

pub(crate) use args::{read, Args};
pub(crate) use config::{
	AccountConfig, BlockConfig, Commitment, CommitmentConfig, Details, Encoding, EncodingOr,
	Filter, HistoryConfig, LogsFilter, Memcmp, MemcmpBytes, MemcmpEncoding, ProductionConfig,
	ProgramConfig, RawEncoding, ScheduleConfig, SendConfig, SignatureConfig, SimulateConfig, Slice,
	StatusConfig, TokenFilter, TransactionConfig, TransactionEncoding, VoteConfig,
};
pub(crate) use keys::{hash, pubkey, pubkeys, signature};
pub(crate) use raw::{decode, Kind};
