// SPDX-License-Identifier: Apache-2.0
//! The last argument of `debug_trace*`.

use std::collections::BTreeMap;

use serde::{de::DeserializeOwned, Deserialize};
use serde_json::Value;

use crate::{StructLogConfig, Tracer};

/// Options as they are sent. Those that only make sense for geth (`timeout`, `reexec`) are ignored, as
/// are those that nobody knows.
#[derive(Clone, PartialEq, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TracerOptions {
	tracer: Option<String>,
	tracer_config: Option<Value>,
	disable_storage: bool,
	disable_stack: bool,
	enable_memory: bool,
	enable_return_data: bool,
	limit: u64,
	/// Accounts that are to be other than they are (`debug_traceCall`), not looked into here.
	pub state_overrides: Option<Value>,
	/// What contracts are to be told of the block (`debug_traceCall`), not looked into here.
	pub block_overrides: Option<Value>,
	/// After how many of the block's transactions `debug_traceCall` is to run, not looked into here.
	pub tx_index: Option<Value>,
}

/// Why options can't be followed.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
	/// A tracer that geth does not have either, or that is not made here.
	#[error("tracer not found: {0}")]
	Unknown(String),
	/// A program.
	#[error("tracers in JavaScript are not supported")]
	JavaScript,
	/// The configuration of the tracer makes no sense.
	#[error("invalid tracerConfig of {tracer}: {source}")]
	Config {
		/// Its name.
		tracer: String,
		/// What is wrong.
		source: serde_json::Error,
	},
	/// `muxTracer` was told to run itself.
	#[error("muxTracer can't run {0}")]
	NotInMux(String),
}

impl TracerOptions {
	/// The tracer that they name.
	///
	/// # Errors
	/// [`OptionsError`].
	pub fn tracer(&self) -> Result<Tracer, OptionsError> {
		match self.tracer.as_deref() {
			None | Some("") => Ok(Tracer::StructLog(self.struct_log())),
			Some(name) => by_name(name, self.tracer_config.as_ref()),
		}
	}

	const fn struct_log(&self) -> StructLogConfig {
		StructLogConfig {
			disable_storage: self.disable_storage,
			disable_stack: self.disable_stack,
			enable_memory: self.enable_memory,
			enable_return_data: self.enable_return_data,
			limit: self.limit,
		}
	}
}

fn by_name(name: &str, config: Option<&Value>) -> Result<Tracer, OptionsError> {
	Ok(match name {
		"callTracer" => Tracer::Call(parse(name, config)?),
		"prestateTracer" => Tracer::Prestate(parse(name, config)?),
		"4byteTracer" => Tracer::FourByte,
		"noopTracer" => Tracer::Noop,
		"muxTracer" => Tracer::Mux(mux(parse(name, config)?)?),
		// A name is a word; a program is not.
		name if name.chars().all(|character| character.is_ascii_alphanumeric()) => {
			return Err(OptionsError::Unknown(name.to_owned()));
		},
		_ => return Err(OptionsError::JavaScript),
	})
}

fn parse<T: Default + DeserializeOwned>(
	tracer: &str,
	config: Option<&Value>,
) -> Result<T, OptionsError> {
	match config {
		None | Some(Value::Null) => Ok(T::default()),
		Some(config) => T::deserialize(config)
			.map_err(|source| OptionsError::Config { tracer: tracer.to_owned(), source }),
	}
}

fn mux(configs: BTreeMap<String, Value>) -> Result<Vec<(String, Tracer)>, OptionsError> {
	let tracer = |(name, config): (String, Value)| match by_name(&name, Some(&config))? {
		Tracer::Mux(_) => Err(OptionsError::NotInMux(name)),
		tracer => Ok((name, tracer)),
	};
	configs.into_iter().map(tracer).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{CallConfig, PrestateConfig};
	use serde_json::json;

	fn tracer(options: Value) -> Result<Tracer, String> {
		serde_json::from_value::<TracerOptions>(options)
			.unwrap()
			.tracer()
			.map_err(|e| e.to_string())
	}

	#[test]
	fn options_name_a_tracer() {
		let config = StructLogConfig { enable_memory: true, limit: 7, ..Default::default() };
		let sent = json!({ "enableMemory": true, "limit": 7, "reexec": 9, "timeout": "5s" });
		assert_eq!(tracer(sent), Ok(Tracer::StructLog(config)));
		assert_eq!(tracer(json!({})), Ok(Tracer::StructLog(Default::default())));
		let sent = json!({ "tracer": "callTracer", "tracerConfig": { "withLog": true } });
		let config = CallConfig { with_log: true, only_top_call: false };
		assert_eq!(tracer(sent), Ok(Tracer::Call(config)));
		let sent = json!({ "tracer": "prestateTracer", "tracerConfig": { "diffMode": true } });
		let config = PrestateConfig { diff_mode: true, ..Default::default() };
		assert_eq!(tracer(sent), Ok(Tracer::Prestate(config)));
		let sent = json!({ "tracer": "muxTracer", "tracerConfig": { "callTracer": null, "4byteTracer": {} } });
		let several =
			[("4byteTracer", Tracer::FourByte), ("callTracer", Tracer::Call(Default::default()))];
		let several = several.map(|(name, tracer)| (name.to_owned(), tracer)).to_vec();
		assert_eq!(tracer(sent), Ok(Tracer::Mux(several)));
	}

	#[test]
	fn what_is_not_made_is_refused() {
		let refused = |name: &str| tracer(json!({ "tracer": name })).unwrap_err();
		assert_eq!(refused("opcountTracer"), "tracer not found: opcountTracer");
		assert_eq!(refused("{step: function() {}}"), "tracers in JavaScript are not supported");
		let sent = json!({ "tracer": "callTracer", "tracerConfig": { "withLog": 1 } });
		assert!(tracer(sent).unwrap_err().starts_with("invalid tracerConfig of callTracer: "));
		let sent = json!({ "tracer": "muxTracer", "tracerConfig": { "muxTracer": {} } });
		assert_eq!(tracer(sent).unwrap_err(), "muxTracer can't run muxTracer");
	}
}
