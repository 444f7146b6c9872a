// SPDX-License-Identifier: Apache-2.0
//! Transactions (`transaction-status` upstream).

use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_transaction::{Message, RawTransaction, ResolvedMessage, Version};
use unum_solana_view::{IncludedTransaction, TransactionOrigin};

use super::{
	cost::cost,
	meta::{base58, compiled, meta, parsed_instruction, MetaParts},
};
use crate::{params::TransactionEncoding, parsed::base64, RpcError};

/// How deep an instruction of the message itself is.
const TOP: u8 = 1;

/// How transactions are to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Rendering {
	pub(crate) encoding: TransactionEncoding,
	/// The newest version of messages that the caller knows; none for those without a version.
	pub(crate) max_version: Option<u8>,
	pub(crate) with_rewards: bool,
}

/// A transaction as it is written.
pub(crate) struct Rendered {
	pub(crate) transaction: Value,
	pub(crate) meta: Value,
	/// Left out where the caller has not asked for versions.
	pub(crate) version: Option<Value>,
}

impl Rendered {
	/// As an object.
	pub(crate) fn into_json(self) -> Value {
		let mut object = json!({ "transaction": self.transaction, "meta": self.meta });
		if let (Some(fields), Some(version)) = (object.as_object_mut(), self.version) {
			fields.insert("version".into(), version);
		}
		object
	}
}

impl Rendering {
	/// A transaction with all that is known of it.
	pub(crate) fn full(&self, included: &IncludedTransaction) -> Result<Rendered, RpcError> {
		let (shown, version) = self.read(included)?;
		let is_parsed = self.encoding == TransactionEncoding::JsonParsed;
		let transaction = match self.encoding {
			TransactionEncoding::Binary => json!(base58(&included.bytes)),
			TransactionEncoding::Base58 => json!([base58(&included.bytes), "base58"]),
			TransactionEncoding::Base64 => json!([base64(&included.bytes), "base64"]),
			TransactionEncoding::Json => {
				json!({ "signatures": shown.signatures(), "message": message(shown.raw.message()) })
			},
			TransactionEncoding::JsonParsed => {
				json!({ "signatures": shown.signatures(), "message": shown.parsed_message()? })
			},
		};
		let parts = if is_parsed { MetaParts::Parsed } else { MetaParts::Compiled };
		let mut meta = meta(&included.meta, &shown.keys, parts, self.with_rewards)?;
		// What no wallet of Solana's has signed is made up to be shown, and costs what it does elsewhere.
		if let (Some(fields), TransactionOrigin::Solana) = (meta.as_object_mut(), &included.origin)
		{
			fields.insert("costUnits".into(), json!(cost(shown.raw.message(), &included.meta)));
		}
		Ok(Rendered { transaction, meta, version })
	}

	/// A transaction's accounts and what they had.
	pub(crate) fn accounts(&self, included: &IncludedTransaction) -> Result<Rendered, RpcError> {
		let (shown, version) = self.read(included)?;
		let transaction =
			json!({ "signatures": shown.signatures(), "accountKeys": shown.parsed_keys() });
		let meta = meta(&included.meta, &shown.keys, MetaParts::Balances, false)?;
		Ok(Rendered { transaction, meta, version })
	}

	fn read(&self, included: &IncludedTransaction) -> Result<(Shown, Option<Value>), RpcError> {
		let shown = Shown::new(included)?;
		let version = match (self.max_version, shown.raw.message().version()) {
			(None, Version::Legacy) => None,
			(Some(_), Version::Legacy) => Some(json!("legacy")),
			(Some(_), Version::V0) => Some(json!(0)),
			(None, Version::V0) => return Err(RpcError::UnsupportedVersion(0)),
		};
		Ok((shown, version))
	}
}

/// A transaction with all of its accounts.
struct Shown {
	raw: RawTransaction,
	/// The message's own, then those of lookup tables.
	keys: Vec<SvmAddress>,
	writable: Vec<bool>,
}

impl Shown {
	fn new(included: &IncludedTransaction) -> Result<Self, RpcError> {
		let raw = RawTransaction::decode(&included.bytes).map_err(|error| {
			RpcError::Damaged(format!("a stored transaction cannot be read: {error}"))
		})?;
		let loaded = included.meta.loaded_addresses.clone();
		let (own, message) = (raw.message().account_keys().len(), raw.message());
		let first_readonly = own.saturating_add(loaded.writable.len());
		let keys = message.account_keys().iter().chain(&loaded.writable).chain(&loaded.readonly);
		let keys: Vec<_> = keys.copied().collect();
		let writable = match ResolvedMessage::new(message.clone(), loaded) {
			Ok(resolved) => (0..keys.len()).map(|index| resolved.is_writable(index)).collect(),
			// One that was made up may have more accounts than a wallet's.
			Err(_) => (0..keys.len())
				.map(|index| match index < own {
					true => message.is_writable_static(index),
					false => index < first_readonly,
				})
				.collect(),
		};
		Ok(Self { raw, keys, writable })
	}

	fn signatures(&self) -> Vec<String> {
		self.raw.signatures().iter().map(ToString::to_string).collect()
	}

	/// The message in words.
	fn parsed_message(&self) -> Result<Value, RpcError> {
		let message = self.raw.message();
		let instructions = message.instructions().iter().map(|each| {
			parsed_instruction(&self.keys, each.program_id_index, &each.accounts, &each.data, TOP)
		});
		let mut written = json!({
			"accountKeys": self.parsed_keys(),
			"recentBlockhash": message.recent_blockhash().to_string(),
			"instructions": instructions.collect::<Result<Vec<_>, _>>()?,
		});
		put_lookups(&mut written, message);
		Ok(written)
	}

	/// Keys with what the transaction may do with them.
	fn parsed_keys(&self) -> Vec<Value> {
		let message = self.raw.message();
		let own = message.account_keys().len();
		let each = self.keys.iter().zip(&self.writable).enumerate();
		let each = each.map(|(position, (key, writable))| {
			json!({
				"pubkey": key.to_string(),
				"writable": writable,
				"signer": message.is_signer(position),
				"source": if position < own { "transaction" } else { "lookupTable" },
			})
		});
		each.collect()
	}
}

/// A message as numbers.
fn message(message: &Message) -> Value {
	let header = message.header();
	let instructions = message.instructions().iter();
	let instructions: Vec<_> = instructions
		.map(|each| compiled(each.program_id_index, &each.accounts, &each.data, TOP))
		.collect();
	let mut written = json!({
		"header": {
			"numRequiredSignatures": header.num_required_signatures,
			"numReadonlySignedAccounts": header.num_readonly_signed,
			"numReadonlyUnsignedAccounts": header.num_readonly_unsigned,
		},
		"accountKeys": message.account_keys().iter().map(ToString::to_string).collect::<Vec<_>>(),
		"recentBlockhash": message.recent_blockhash().to_string(),
		"instructions": instructions,
	});
	put_lookups(&mut written, message);
	written
}

/// Lookup tables, if the message's version has them.
fn put_lookups(written: &mut Value, message: &Message) {
	if message.version() == Version::Legacy {
		return;
	}
	let lookups = message.address_table_lookups().iter().map(|lookup| {
		json!({
			"accountKey": lookup.account_key.to_string(),
			"writableIndexes": lookup.writable_indexes,
			"readonlyIndexes": lookup.readonly_indexes,
		})
	});
	if let Some(fields) = written.as_object_mut() {
		fields.insert("addressTableLookups".into(), lookups.collect());
	}
}
