// SPDX-License-Identifier: Apache-2.0
//! Builds the runtime a second time, with the sixth engine, under another file name.

use std::{env, path::PathBuf};

use substrate_wasm_builder::WasmBuilder;

fn main() {
	let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
	let runtime =
		here.join("../../runtime/Cargo.toml").canonicalize().expect("the runtime is there");
	WasmBuilder::new()
		.with_project(runtime)
		.expect("the runtime's manifest can be read")
		.enable_feature("probe-engine")
		.set_file_name("unum_probe_runtime")
		.export_heap_base()
		.import_memory()
		.build();
}
