// SPDX-License-Identifier: Apache-2.0
//! Compiles the runtime a second time, to Wasm, and hands the blob to the crate as `WASM_BINARY`.
//!
//! The metadata hash (needed by offline signers, see `CheckMetadataHash`) compiles the runtime twice
//! more, so it is built for releases only: feature `metadata-hash`.

#[cfg(feature = "std")]
fn main() {
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
