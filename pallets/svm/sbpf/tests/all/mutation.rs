// SPDX-License-Identifier: Apache-2.0
//! Damaged files: both loaders make the same of them, or refuse them for the same reason.

use crate::{
	harness::{configs, execute_file, load_both, Input},
	vectors::elfs,
};
use fastrand::Rng;
use std::collections::BTreeMap;

#[test]
fn damaged_files_load_as_upstream() {
	let count: u64 = std::env::var("UNUM_SBPF_FILES").map_or(40_000, |it| it.parse().unwrap());
	let files: Vec<_> = elfs().into_iter().filter(|(_, file)| file.len() < 8_000).collect();
	let configs = configs();
	let mut reasons = BTreeMap::<String, u64>::new();
	for seed in 0..count {
		let mut random = Rng::with_seed(seed);
		let (name, file) = &files[random.usize(..files.len())];
		let mut file = file.clone();
		if random.bool() {
			damage(&mut file, &mut random);
		} else {
			(0..random.usize(1..5)).for_each(|_| change(&mut file, &mut random));
		}
		let config = &configs[random.usize(..configs.len())];
		let result =
			std::panic::catch_unwind(|| load_both(&file, config)).unwrap_or_else(|panic| {
				eprintln!("seed {seed}, {name}, {config:?}");
				std::panic::resume_unwind(panic)
			});
		let reason = match result {
			Ok(loaded) if loaded.verified.is_ok() => {
				execute_file(&file, config, &Input::new(vec![7; 64], 300));
				String::from("verified")
			},
			Ok(_) => String::from("loaded"),
			Err(error) => format!("{error:?}").split(['(', ' ', '{']).next().unwrap().to_string(),
		};
		*reasons.entry(reason).or_default() += 1;
	}
	println!("{reasons:?}");
	assert!(reasons.len() >= 12, "{reasons:?}");
}

/// A few changes of bytes, of which the headers and tables get most.
fn damage(file: &mut Vec<u8>, random: &mut Rng) {
	if random.u8(..40) == 0 {
		file.truncate(random.usize(..file.len()));
	}
	for _ in 0..random.usize(1..4) {
		if file.is_empty() {
			return;
		}
		let length = file.len();
		let at = match random.u8(..8) {
			0..=2 => random.usize(..length.min(64 + 56 * 4)),
			// Section headers are last.
			3..=5 => length - 1 - random.usize(..length.min(64 * 10)),
			_ => random.usize(..length),
		};
		// Either a byte of a number, or a whole one.
		match random.u8(..6) {
			0 => file[at] ^= 1 << random.u8(..8),
			1 => file[at] = random.u8(..),
			2 => file[at] = file[random.usize(..length)],
			3 => overwrite(file, at & !7, &edge(random).to_le_bytes()),
			4 => overwrite(file, at & !3, &(edge(random) as u32).to_le_bytes()),
			_ => {
				let from = random.usize(..length) & !7;
				let bytes = file[from..].iter().copied().take(8).collect::<Vec<_>>();
				overwrite(file, at & !7, &bytes);
			},
		}
	}
}

fn overwrite(file: &mut [u8], at: usize, bytes: &[u8]) {
	file.iter_mut().skip(at).zip(bytes).for_each(|(to, from)| *to = *from);
}

fn edge(random: &mut Rng) -> u64 {
	match random.u8(..10) {
		0 => u64::MAX,
		1 => u64::MAX - random.u64(..64),
		2 => 1 << 32,
		3 => (1 << 32) + random.u64(..2_000),
		4 => (2 << 32) - random.u64(..64),
		5 => 1 << 63,
		6 => random.u64(..16),
		_ => random.u64(..2_000),
	}
}

fn number(file: &[u8], at: usize, length: usize) -> usize {
	let mut bytes = [0; 8];
	let taken = file.iter().skip(at).take(length);
	bytes.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
	usize::try_from(u64::from_le_bytes(bytes)).unwrap()
}

/// The place and the size of a section of a type.
fn section(file: &[u8], kind: usize) -> Option<(usize, usize)> {
	let (table, count) = (number(file, 40, 8), number(file, 60, 2));
	(0..count)
		.map(|index| table.saturating_add(index * 64))
		.find(|header| number(file, header.saturating_add(4), 4) == kind)
		.map(|header| (number(file, header + 24, 8), number(file, header + 32, 8)))
		.filter(|(at, size)| at.checked_add(*size).is_some_and(|end| end <= file.len()))
}

/// One change of a field, to something that may make sense there.
fn change(file: &mut Vec<u8>, random: &mut Rng) {
	if file.len() < 64 {
		return;
	}
	match random.u8(..12) {
		0..=2 => change_symbol(file, random),
		3..=4 => change_relocation(file, random),
		5..=6 => {
			let (table, count) = (number(file, 40, 8), number(file, 60, 2).max(1));
			let at = table.saturating_add(random.usize(..count) * 64);
			change_field(file, at, &[(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 8)], random);
		},
		7..=8 => {
			let at = 64 + 56 * random.usize(..number(file, 56, 2).max(1));
			let fields = [(0, 4), (4, 4), (8, 8), (16, 8), (24, 8), (32, 8), (40, 8)];
			change_field(file, at, &fields, random);
		},
		9 => resize_segment(file, random),
		10 => {
			change_field(file, 0, &[(16, 2), (18, 2), (24, 8), (48, 4), (56, 2), (60, 2)], random)
		},
		_ => {
			let end = 64 + 56 * number(file, 56, 2);
			file.truncate(end.saturating_add(random.usize(..3) * 8));
		},
	}
}

fn change_field(file: &mut [u8], at: usize, fields: &[(usize, usize)], random: &mut Rng) {
	let (offset, length) = fields[random.usize(..fields.len())];
	let at = at.saturating_add(offset);
	let old = number(file, at, length) as u64;
	let new = match random.u8(..4) {
		0 => edge(random),
		1 => old.wrapping_add(random.u64(..3)).wrapping_sub(1),
		2 => old.wrapping_add(8 * random.u64(..5)).wrapping_sub(16),
		_ => number(file, random.usize(..file.len()) & !7, length) as u64,
	};
	overwrite(file, at, &new.to_le_bytes()[..length]);
}

/// Makes a symbol a function somewhere, or gives it another name.
fn change_symbol(file: &mut [u8], random: &mut Rng) {
	let Some((table, size)) = section(file, 11).filter(|(_, size)| *size >= 24) else { return };
	let symbol = table + 24 * random.usize(..size / 24);
	let entry = number(file, 24, 8) as u64;
	if random.bool() {
		let kinds = [0x12_u8, 0x02, 0x10, 0x11];
		overwrite(file, symbol + 4, &[kinds[random.usize(..4)]]);
		let value = match random.u8(..6) {
			0 => edge(random),
			1 => 0,
			2 => entry,
			_ => entry.wrapping_add(8 * random.u64(..16)).wrapping_sub(32),
		};
		overwrite(file, symbol + 8, &value.to_le_bytes());
	} else {
		// The names of a dynamic symbol table follow it, in all files of the vectors.
		let names = number(file, symbol, 4);
		let found = file.windows(10).position(|it| it == b"entrypoint");
		match random.u8(..3) {
			0 => overwrite(file, symbol, &(random.u32(..80)).to_le_bytes()),
			_ => {
				if let (Some(at), Some((strings, _))) = (found, section(file, 3)) {
					let name = (at.saturating_sub(strings) as u32).to_le_bytes();
					overwrite(file, symbol, &name);
				}
				let strings = table.saturating_add(size);
				if random.bool() {
					overwrite(file, strings.saturating_add(names), b"entrypoint\0");
				}
			},
		}
	}
}

fn change_relocation(file: &mut [u8], random: &mut Rng) {
	let Some((table, size)) = section(file, 9).filter(|(_, size)| *size >= 16) else { return };
	let relocation = table + 16 * random.usize(..size / 16);
	match random.u8(..3) {
		0 => {
			let kinds = [0_u8, 1, 8, 10, 10, 9];
			overwrite(file, relocation + 8, &[kinds[random.usize(..6)]]);
		},
		1 => overwrite(file, relocation + 12, &random.u32(..6).to_le_bytes()),
		_ => {
			let old = number(file, relocation, 8) as u64;
			let new = match random.u8(..3) {
				0 => edge(random),
				1 => file.len() as u64 - random.u64(..20),
				_ => old.wrapping_add(4 * random.u64(..9)).wrapping_sub(16),
			};
			overwrite(file, relocation, &new.to_le_bytes());
		},
	}
}

/// Sets both sizes of a segment, and moves the next one to its end.
fn resize_segment(file: &mut [u8], random: &mut Rng) {
	let count = number(file, 56, 2).max(1);
	let index = random.usize(..count);
	let at = 64 + 56 * index;
	let old = number(file, at + 32, 8) as u64;
	let size = match random.u8(..4) {
		0 => 0,
		1 => edge(random),
		2 => old.wrapping_add(random.u64(..16)).wrapping_sub(8),
		_ => old / 2,
	};
	overwrite(file, at + 32, &size.to_le_bytes());
	overwrite(file, at + 40, &size.to_le_bytes());
	let end = (number(file, at + 8, 8) as u64).wrapping_add(size);
	if index + 1 < count {
		overwrite(file, at + 56 + 8, &end.to_le_bytes());
	}
}
