// SPDX-License-Identifier: Apache-2.0
//! Compiles the runtime a second time, to Wasm, and hands the blob to the crate as `WASM_BINARY`.
//!
//! The metadata hash (needed by offline signers, see `CheckMetadataHash`) compiles the runtime twice
//! more, so it is built for releases only: feature `metadata-hash`.

#[cfg(feature = "std")]
fn main() {
	use_workspace_lock_file();
	builder().build();
}

#[cfg(not(feature = "std"))]
fn main() {}

#[cfg(all(feature = "std", not(feature = "metadata-hash")))]
fn builder() -> substrate_wasm_builder::WasmBuilder {
	substrate_wasm_builder::WasmBuilder::init_with_defaults()
}

#[cfg(all(feature = "std", feature = "metadata-hash"))]
fn builder() -> substrate_wasm_builder::WasmBuilder {
	substrate_wasm_builder::WasmBuilder::init_with_defaults().enable_metadata_hash("UNUM", 18)
}

/// The builder looks for `Cargo.lock` in the folders above the target folder. Ours is outside the
/// checkout, and without the hint the Wasm build would take whatever versions are the newest.
#[cfg(feature = "std")]
fn use_workspace_lock_file() {
	let workspace = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
	std::env::set_var("WASM_BUILD_WORKSPACE_HINT", workspace);
}
