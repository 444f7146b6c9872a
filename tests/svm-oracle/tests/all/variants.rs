// SPDX-License-Identifier: Apache-2.0
//! Instructions with each thing about them wrong, one at a time: an account missing, not signing or
//! read-only, data too short or too long. So the order of a program's checks is seen.

use unum_svm_oracle::{
	compare::meant,
	keys,
	scenes::Scene,
	wire::{Instruction, Meta},
};

/// Scenes: `UNUM_SVM_SCENES=12 make svm-differential` for a release.
fn scenes() -> u64 {
	std::env::var("UNUM_SVM_SCENES").ok().and_then(|number| number.parse().ok()).unwrap_or(3)
}

/// Instructions of each scene.
const DRAWS: usize = 12;

/// A scene in which some transactions have run. Those that are known to end in another way, and have
/// changed other things since, are none.
fn scene(seed: u64) -> Scene {
	let seeds = (0..100).map(|n| seed + n * 1_000_000);
	let mut scenes = seeds.map(|seed| Scene::new(seed).expect("the same is set up"));
	let ran = scenes.find_map(|mut scene| (0..40).all(|_| scene.step().is_ok()).then_some(scene));
	ran.expect("transactions mostly end the same")
}

#[test]
fn whatever_is_wrong_with_an_instruction_is_found_in_the_same_order() {
	let (mut count, mut differences) = (0, Vec::new());
	for seed in 0..scenes() {
		let mut scene = scene(seed);
		for _ in 0..DRAWS {
			let drawn = scene.instructions();
			for variant in variants(&drawn) {
				count += 1;
				differences.extend(try_out(&scene, &variant));
			}
		}
	}
	println!("{count} variants");
	assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn whatever_is_wrong_with_an_instruction_of_tables_is_found_in_the_same_order() {
	let mut differences = Vec::new();
	let mut scene = Scene::new(1).expect("the same is set up");
	for wait in [0, 1, 600] {
		for _ in 0..30 {
			let drawn = scene.lookup_table();
			for variant in variants(&drawn) {
				differences.extend(try_out(&scene, &variant));
			}
		}
		// From the second time on the table is being deactivated, at last it is.
		let table = keys::lookup_tables();
		while wait < 600 && !deactivates(&mut scene, table) {}
		scene.world.advance(wait);
	}
	assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Draws an instruction, and sends it if it is one that deactivates a table.
fn deactivates(scene: &mut Scene, program: unum_address::SvmAddress) -> bool {
	let drawn = scene.lookup_table();
	let is_wanted = drawn[0].program == program && drawn[0].data[0] == 3;
	if is_wanted {
		let bytes = scene.sealed(&drawn);
		scene.world.send(&bytes).expect("the same");
	}
	is_wanted
}

/// Sends instructions to copies of the worlds.
fn try_out(scene: &Scene, instructions: &[Instruction]) -> Option<String> {
	let bytes = scene.sealed(instructions);
	let difference = scene.world.clone().send(&bytes).err()?;
	if meant(&bytes, &difference).is_some() {
		return None;
	}
	let shown: Vec<_> = instructions.iter().map(show).collect();
	Some(format!("{}\n{difference:?}\n", shown.join("\n")))
}

fn show(one: &Instruction) -> String {
	let meta = |meta: &Meta| {
		let signer = if meta.signer { "s" } else { "" };
		format!("{}:{signer}{}", meta.key, if meta.writable { "w" } else { "" })
	};
	let accounts: Vec<_> = one.accounts.iter().map(meta).collect();
	format!("{} {:02x?}\n  {}", one.program, one.data, accounts.join("\n  "))
}

/// The instructions as they are, and with each thing wrong about the last of them.
fn variants(drawn: &[Instruction]) -> Vec<Vec<Instruction>> {
	let mut all = vec![drawn.to_vec()];
	let Some((last, before)) = drawn.split_last() else { return all };
	let mut with = |change: &dyn Fn(&mut Instruction)| {
		let mut changed = last.clone();
		change(&mut changed);
		if changed != *last {
			all.push([before, &[changed]].concat());
		}
	};
	for index in 0..last.accounts.len() {
		with(&|one| one.accounts.truncate(index));
		with(&|one| one.accounts[index].signer = false);
		with(&|one| one.accounts[index].writable ^= true);
		with(&|one| one.accounts[index].key = keys::clock());
		with(&|one| one.accounts.swap(0, index));
	}
	for length in [0, 1, 2, 3, 4, 5, 8, 12, last.data.len().saturating_sub(1)] {
		with(&|one| one.data.truncate(length));
	}
	with(&|one| one.data.push(0));
	all
}
