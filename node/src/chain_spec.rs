// SPDX-License-Identifier: Apache-2.0
//! The chains that the node knows by name, and those it reads from files.

use std::path::PathBuf;

use sc_service::{ChainType, NoExtension, Properties};
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use unum_runtime::WASM_BINARY;

use crate::errors::ChainSpecError;

/// The description of a chain from which a node can start it.
pub(crate) type ChainSpec =
	sc_service::GenericChainSpec<NoExtension, unum_crypto_host::HostFunctions>;

/// Where a chain specification comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpecSource {
	/// From this program: its genesis changes with the runtime that the program was built with.
	BuiltIn,
	/// From a file: its genesis is what it is.
	File,
}

impl SpecSource {
	/// Where the specification of that name is looked up.
	pub(crate) fn of(id: &str) -> Self {
		match id {
			"dev" | "development" | "local" => Self::BuiltIn,
			_ => Self::File,
		}
	}
}

/// The chain specification of that name, or in the file of that name.
pub(crate) fn load(id: &str) -> Result<ChainSpec, ChainSpecError> {
	match id {
		"" => Err(ChainSpecError::NoneChosen),
		"dev" | "development" => development(),
		"local" => local(),
		path => from_file(path.into()),
	}
}

fn from_file(path: PathBuf) -> Result<ChainSpec, ChainSpecError> {
	// Tried on its own, because the parser's error does not tell a missing file from a broken one.
	if let Err(cause) = std::fs::File::open(&path).and_then(|file| file.metadata()) {
		return Err(ChainSpecError::Unreadable { path, cause });
	}
	ChainSpec::from_json_file(path.clone()).map_err(|cause| ChainSpecError::Invalid { path, cause })
}

/// One validator, well-known accounts, sudo: for one developer.
fn development() -> Result<ChainSpec, ChainSpecError> {
	preset("Unum Development", "unum_dev", ChainType::Development, DEV_RUNTIME_PRESET)
}

/// Two validators on one machine.
fn local() -> Result<ChainSpec, ChainSpecError> {
	preset("Unum Local", "unum_local", ChainType::Local, LOCAL_TESTNET_RUNTIME_PRESET)
}

fn preset(
	name: &str,
	id: &str,
	chain_type: ChainType,
	preset: &str,
) -> Result<ChainSpec, ChainSpecError> {
	let wasm = WASM_BINARY.ok_or(ChainSpecError::NoRuntime)?;
	Ok(ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id(id)
		.with_genesis_config_preset_name(preset)
		.with_properties(properties())
		.build())
}

/// How wallets show amounts and addresses.
fn properties() -> Properties {
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), "UNUM".into());
	properties.insert("tokenDecimals".into(), 18.into());
	properties.insert("ss58Format".into(), 42.into());
	properties
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn presets_are_known_by_name() {
		for (name, id) in
			[("dev", "unum_dev"), ("development", "unum_dev"), ("local", "unum_local")]
		{
			assert_eq!(load(name).map(|spec| spec.id().to_owned()).ok(), Some(id.into()));
			assert_eq!(SpecSource::of(name), SpecSource::BuiltIn);
		}
	}

	#[test]
	fn wallets_are_told_how_to_show_amounts() {
		let properties = load("dev").map(|spec| spec.properties()).unwrap_or_default();
		assert_eq!(properties["tokenSymbol"], "UNUM");
		assert_eq!(properties["tokenDecimals"], 18);
		assert_eq!(properties["ss58Format"], 42);
	}

	#[test]
	fn no_name_is_not_a_name() {
		assert!(matches!(load(""), Err(ChainSpecError::NoneChosen)));
	}

	#[test]
	fn a_missing_file_is_told_from_a_broken_one() {
		let missing = load("/nowhere/spec.json").map(drop);
		assert!(matches!(missing, Err(ChainSpecError::Unreadable { .. })), "{missing:?}");

		let broken = load(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).map(drop);
		assert!(matches!(broken, Err(ChainSpecError::Invalid { .. })), "{broken:?}");
	}

	#[test]
	fn a_printed_specification_can_be_read_again() {
		let file = std::env::temp_dir().join(format!("unum-spec-{}.json", std::process::id()));
		let json = load("local").and_then(|spec| {
			spec.as_json(false)
				.map_err(|cause| ChainSpecError::Invalid { path: file.clone(), cause })
		});
		std::fs::write(&file, json.unwrap_or_default()).ok();
		let read = load(&file.to_string_lossy());
		std::fs::remove_file(&file).ok();
		assert_eq!(read.map(|spec| spec.id().to_owned()).ok(), Some("unum_local".into()));
	}
}
