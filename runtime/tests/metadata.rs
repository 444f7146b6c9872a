// SPDX-License-Identifier: Apache-2.0
//! The metadata is the user interface of wallets: everything in it that is ours has an explanation.

use codec::Decode;
use frame_metadata::{
	v15::{PalletMetadata, RuntimeMetadataV15},
	RuntimeMetadata, RuntimeMetadataPrefixed,
};
use scale_info::{form::PortableForm, PortableRegistry, TypeDef};
use unum_runtime::Runtime;

/// From this index on, pallets are our own.
const OUR_FIRST_PALLET: u8 = 20;

fn metadata() -> RuntimeMetadataV15 {
	let opaque = Runtime::metadata_at_version(15).expect("version 15 is served");
	let prefixed = RuntimeMetadataPrefixed::decode(&mut &opaque[..]).expect("it decodes");
	match prefixed.1 {
		RuntimeMetadata::V15(metadata) => metadata,
		other => panic!("asked for 15, got {}", other.version()),
	}
}

fn our_pallets(metadata: &RuntimeMetadataV15) -> Vec<&PalletMetadata<PortableForm>> {
	metadata.pallets.iter().filter(|pallet| pallet.index >= OUR_FIRST_PALLET).collect()
}

/// The names of those variants of an enum (of calls, events or errors) that nothing is said about.
fn unexplained(types: &PortableRegistry, id: u32) -> Vec<String> {
	let TypeDef::Variant(all) = &types.resolve(id).expect("the type exists").type_def else {
		panic!("calls, events and errors are enums")
	};
	all.variants
		.iter()
		.filter(|variant| variant.docs.join("").trim().is_empty())
		.map(|variant| variant.name.clone())
		.collect()
}

#[test]
fn versions_14_15_and_16_are_served() {
	let mut versions = Runtime::metadata_versions();
	versions.retain(|version| *version < 100);
	assert_eq!(versions, [14, 15, 16]);
	for version in versions {
		let opaque = Runtime::metadata_at_version(version).expect("it is served");
		let prefixed = RuntimeMetadataPrefixed::decode(&mut &opaque[..]).expect("it decodes");
		assert_eq!(prefixed.1.version(), version);
	}
}

#[test]
fn every_call_is_explained() {
	let metadata = metadata();
	for pallet in &metadata.pallets {
		let Some(calls) = &pallet.calls else { continue };
		assert_eq!(unexplained(&metadata.types, calls.ty.id), [""; 0], "{}", pallet.name);
	}
}

#[test]
fn every_event_and_error_of_ours_is_explained() {
	let metadata = metadata();
	for pallet in our_pallets(&metadata) {
		let events = pallet.event.iter().map(|event| event.ty.id);
		let errors = pallet.error.iter().map(|error| error.ty.id);
		for id in events.chain(errors) {
			assert_eq!(unexplained(&metadata.types, id), [""; 0], "{}", pallet.name);
		}
	}
}

#[test]
fn every_storage_item_and_constant_of_ours_is_explained() {
	let metadata = metadata();
	for pallet in our_pallets(&metadata) {
		let items = pallet.storage.iter().flat_map(|storage| &storage.entries);
		let items = items.map(|item| (&item.name, &item.docs));
		let constants = pallet.constants.iter().map(|constant| (&constant.name, &constant.docs));
		for (name, docs) in items.chain(constants) {
			assert!(!docs.join("").trim().is_empty(), "{}.{name}", pallet.name);
		}
	}
}

#[test]
fn pallets_keep_their_indices() {
	let metadata = metadata();
	let mut indices: Vec<_> =
		metadata.pallets.iter().map(|pallet| (pallet.index, pallet.name.as_str())).collect();
	indices.sort_unstable();
	let expected = [
		(0, "System"),
		(1, "Timestamp"),
		(2, "Aura"),
		(3, "Grandpa"),
		(4, "Balances"),
		(5, "TransactionPayment"),
		(6, "Sudo"),
		(7, "Utility"),
		(8, "Multisig"),
		(9, "Proxy"),
		(10, "MultiBlockMigrations"),
		(20, "IdCom"),
		(21, "UnifiedTokens"),
		(22, "Native"),
		(23, "Dispatch"),
		(24, "Evm"),
		(25, "Lanes"),
		(26, "Svm"),
	];
	assert_eq!(indices, expected);
}

#[test]
fn transaction_extensions_are_stock_and_in_order() {
	let metadata = metadata();
	let names: Vec<_> = metadata
		.extrinsic
		.signed_extensions
		.iter()
		.map(|extension| extension.identifier.as_str())
		.collect();
	let expected = [
		"AuthorizeCall",
		"CheckNonZeroSender",
		"CheckSpecVersion",
		"CheckTxVersion",
		"CheckGenesis",
		"CheckMortality",
		"CheckNonce",
		"CheckWeight",
		"ChargeTransactionPayment",
		"CheckMetadataHash",
		"WeightReclaim",
	];
	assert_eq!(names, expected);
}
