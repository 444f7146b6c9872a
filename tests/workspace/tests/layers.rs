// SPDX-License-Identifier: Apache-2.0
//! The layers of ARCHITECTURE.md, checked against what cargo says.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use serde_json::Value;

/// Folder prefixes from the lowest layer to the highest, first match wins. A crate may depend on
/// crates of lower layers and of its own. Two layers of equal rank do not know each other.
const LAYERS: &[(&str, u8)] = &[
	("primitives/id-com", 0),
	("primitives/units", 0),
	("primitives/address", 1),
	("primitives/signature", 2),
	("primitives/vm-engine", 3),
	("primitives/", 4),
	("pallets/native/engine", 5),
	("pallets/evm/engine", 5),
	("pallets/svm/engine", 5),
	("pallets/svm/sbpf", 4),
	("tests/kv-vm/engine", 5),
	("pallets/", 6),
	("tests/kv-vm/pallet", 6),
	("runtime", 7),
	("node/rpc", 7),
	("node", 8),
	("tests/", 9),
];

/// Crates of virtual machines: none may depend on another's.
const VMS: &[&[&str]] = &[
	&["unum-native-engine", "pallet-native"],
	&["unum-evm-engine", "pallet-evm"],
	&["unum-sbpf", "unum-svm-engine", "pallet-svm"],
	&["unum-kv-engine", "pallet-kv"],
];

/// What engines and primitives must not know.
const FRAME: &[&str] = &["frame-support", "frame-system", "sp-io", "sp-runtime"];

struct Crate {
	folder: String,
	dependencies: Vec<String>,
}

fn root() -> PathBuf {
	PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").unwrap())
		.join("../..")
		.canonicalize()
		.unwrap()
}

/// The workspace's crates with their ordinary dependencies (those of tests and build scripts are
/// free).
fn crates() -> BTreeMap<String, Crate> {
	let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
	let output = Command::new(cargo)
		.args(["metadata", "--format-version=1", "--no-deps", "--offline", "--locked"])
		.current_dir(root())
		.output()
		.unwrap();
	assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
	let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
	metadata["packages"].as_array().unwrap().iter().map(parse).collect()
}

fn parse(package: &Value) -> (String, Crate) {
	let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
	let folder = manifest.parent().unwrap().strip_prefix(root()).unwrap();
	let dependencies = package["dependencies"]
		.as_array()
		.unwrap()
		.iter()
		.filter(|dependency| dependency["kind"].is_null())
		.map(|dependency| dependency["name"].as_str().unwrap().to_owned())
		.collect();
	let folder = folder.to_str().unwrap().to_owned();
	(package["name"].as_str().unwrap().to_owned(), Crate { folder, dependencies })
}

fn layer(folder: &str) -> u8 {
	let found = LAYERS.iter().find(|(prefix, _)| folder.starts_with(prefix));
	found.unwrap_or_else(|| panic!("{folder} has no layer: add it to the map")).1
}

#[test]
fn dependencies_point_one_way() {
	let crates = crates();
	assert!(crates.len() > 10);
	for (name, this) in &crates {
		for dependency in this.dependencies.iter().filter_map(|name| crates.get(name)) {
			// The runtime can be built with the sixth engine, which lives with the tests.
			assert!(
				layer(&dependency.folder) <= layer(&this.folder),
				"{name} ({}) must not use {}",
				this.folder,
				dependency.folder
			);
		}
	}
}

#[test]
fn no_vm_knows_another() {
	let crates = crates();
	for vm in VMS {
		for name in *vm {
			let foreign = VMS.iter().filter(|other| other != &vm).flat_map(|other| other.iter());
			for other in foreign {
				let dependencies = &crates[*name].dependencies;
				assert!(!dependencies.iter().any(|d| d == other), "{name} uses {other}");
			}
		}
	}
}

#[test]
fn primitives_and_engines_know_no_frame() {
	for (name, this) in crates() {
		if layer(&this.folder) <= 3 || layer(&this.folder) == 5 {
			for frame in FRAME {
				assert!(!this.dependencies.iter().any(|d| d == frame), "{name} uses {frame}");
			}
		}
	}
}

#[test]
fn the_map_names_every_folder_with_a_crate() {
	let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
	for (name, this) in crates() {
		let top = this.folder.split('/').take(2).collect::<Vec<_>>().join("/");
		let named = map.contains(&this.folder)
			|| map.contains(&top)
			|| (top.starts_with("pallets/") && map.contains(&name));
		assert!(named, "ARCHITECTURE.md does not mention {name} in {}", this.folder);
	}
}

#[test]
fn every_source_file_names_its_licence() {
	let mut folders = vec![root()];
	while let Some(folder) = folders.pop() {
		for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
			let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
			if path.is_dir() && !name.starts_with('.') && name != "node_modules" && name != "target"
			{
				folders.push(path);
			} else if name.ends_with(".rs") {
				let text = fs::read_to_string(&path).unwrap();
				assert!(text.starts_with("// SPDX-License-Identifier: Apache-2.0\n"), "{path:?}");
			}
		}
	}
}
