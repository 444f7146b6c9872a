// SPDX-License-Identifier: Apache-2.0
//! Prints the path of the probe runtime's Wasm file.

/// What the build script made.
mod built {
	#![allow(missing_docs, dead_code, unreachable_pub)]
	include!(concat!(env!("OUT_DIR"), "/unum_probe_runtime"));
}

fn main() {
	match built::WASM_BINARY_PATH {
		Some(path) => println!("{path}"),
		None => {
			eprintln!("the probe runtime was not built: unset SKIP_WASM_BUILD and build again");
			std::process::exit(1);
		},
	}
}
