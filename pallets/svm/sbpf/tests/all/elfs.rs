// SPDX-License-Identifier: Apache-2.0
//! Real programs, loaded and executed by both machines.

use crate::{
	harness::{configs, execute_file, load_both, load_both_with, Input},
	vectors::elfs,
};
use unum_sbpf::LoadError;

#[test]
fn every_published_file_loads_as_upstream_in_every_configuration() {
	let (mut loaded, mut refused) = (0, 0);
	for (name, file) in elfs() {
		for config in configs() {
			match load_both(&file, &config) {
				Ok(_) => loaded += 1,
				Err(error) => {
					println!("{name}: {error}");
					refused += 1;
				},
			}
		}
	}
	// Most load; some are there to be refused.
	assert!(loaded > 150 && refused > 10, "{loaded} loaded, {refused} refused");
}

#[test]
fn every_published_file_that_verifies_executes_as_upstream() {
	let mut executed = 0;
	for (name, file) in elfs() {
		for config in configs().iter().filter(|config| !config.reject_broken_elfs) {
			match load_both(&file, config) {
				Ok(loaded) if loaded.verified.is_ok() => (),
				_ => continue,
			}
			for seed in 0..16 {
				let mut random = fastrand::Rng::with_seed(seed);
				let bytes = (0..512).map(|_| random.u8(..8)).collect();
				let outcome = execute_file(&file, config, &Input::new(bytes, 20_000));
				if seed == 0 {
					println!("{name}: {} after {} units", outcome.message, outcome.used);
				}
				executed += 1;
			}
		}
	}
	assert!(executed > 1_000, "{executed}");
}

#[test]
fn functions_with_the_hash_of_a_syscall_are_refused() {
	let mut collisions = 0;
	for (_, file) in elfs() {
		let config = &configs()[0];
		let Ok(loaded) = load_both(&file, config) else { continue };
		// The key of a function is the hash of its index as eight bytes: these are names as well.
		let indices = loaded.functions.iter().filter_map(|(_, pc)| u8::try_from(*pc).ok());
		let names =
			indices.filter(u8::is_ascii).map(|pc| char::from(pc).to_string() + "\0\0\0\0\0\0\0");
		for name in names.chain([String::from("entrypoint")]) {
			let result = load_both_with(&file, config, &[&name]);
			if let Err(error) = result {
				assert!(matches!(error, LoadError::SymbolHashCollision(_)), "{error}");
				collisions += 1;
			}
		}
	}
	assert!(collisions > 20, "{collisions}");
}
