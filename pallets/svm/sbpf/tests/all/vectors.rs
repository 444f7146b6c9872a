// SPDX-License-Identifier: Apache-2.0
//! Files from elsewhere; `tests/vectors/SOURCE.txt` says from where.

use flate2::read::GzDecoder;
use std::{fs, io::Read, path::Path};

/// The unpacked files of a folder of vectors, by name.
pub(crate) fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
	let path =
		Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests/vectors").join(name);
	let mut files: Vec<_> = fs::read_dir(path)
		.unwrap()
		.map(|entry| {
			let entry = entry.unwrap();
			let mut bytes = Vec::new();
			GzDecoder::new(fs::File::open(entry.path()).unwrap()).read_to_end(&mut bytes).unwrap();
			(entry.file_name().into_string().unwrap(), bytes)
		})
		.collect();
	files.sort();
	files
}

/// All ELF files.
pub(crate) fn elfs() -> Vec<(String, Vec<u8>)> {
	let mut files = folder("sbpf");
	files.extend(folder("spl"));
	files
}
