// SPDX-License-Identifier: Apache-2.0
//! The functions of a program, by what calls say.

use crate::{
	hash::{function_hash, syscall_hash},
	LoadError,
};
use alloc::collections::BTreeMap;

/// Indices of instructions by keys (`FunctionRegistry` in `program.rs` upstream).
#[derive(Clone, Default, Debug)]
pub(crate) struct Functions(BTreeMap<u32, u64>);

impl Functions {
	/// Registers a function under a key.
	///
	/// # Errors
	/// Another function has this key.
	pub(crate) fn insert(&mut self, key: u32, pc: u64) -> Result<(), LoadError> {
		if *self.0.entry(key).or_insert(pc) == pc {
			Ok(())
		} else {
			Err(LoadError::SymbolHashCollision(key))
		}
	}

	/// Registers a function under its hash, which it returns.
	///
	/// # Errors
	/// Another function or a syscall has this hash.
	pub(crate) fn insert_hashed(
		&mut self,
		pc: u64,
		knows_syscall: &dyn Fn(u32) -> bool,
	) -> Result<u32, LoadError> {
		self.insert_unless_syscall(function_hash(pc), pc, knows_syscall)
	}

	/// Registers the entrypoint, instead of any other function of its key.
	///
	/// # Errors
	/// A syscall has this hash.
	pub(crate) fn insert_entrypoint(
		&mut self,
		pc: u64,
		knows_syscall: &dyn Fn(u32) -> bool,
	) -> Result<u32, LoadError> {
		let key = syscall_hash(ENTRYPOINT);
		self.0.remove(&key);
		self.insert_unless_syscall(key, pc, knows_syscall)
	}

	/// Registers a function that a symbol names: by the hash of its index, but a function with the
	/// name of the entrypoint by that of its name.
	///
	/// # Errors
	/// Another function or a syscall has this hash.
	pub(crate) fn insert_named(
		&mut self,
		name: &[u8],
		pc: u64,
		knows_syscall: &dyn Fn(u32) -> bool,
	) -> Result<u32, LoadError> {
		if name == ENTRYPOINT {
			self.insert_unless_syscall(syscall_hash(ENTRYPOINT), pc, knows_syscall)
		} else {
			self.insert_hashed(pc, knows_syscall)
		}
	}

	fn insert_unless_syscall(
		&mut self,
		key: u32,
		pc: u64,
		knows_syscall: &dyn Fn(u32) -> bool,
	) -> Result<u32, LoadError> {
		if knows_syscall(key) {
			return Err(LoadError::SymbolHashCollision(key));
		}
		self.insert(key, pc).map(|()| key)
	}

	/// The function of a key.
	pub(crate) fn get(&self, key: u32) -> Option<u64> {
		self.0.get(&key).copied()
	}

	/// All keys and functions, in order of the keys.
	pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
		self.0.iter().map(|(key, pc)| (*key, *pc))
	}
}

/// The name of the function that a program begins with.
pub(crate) const ENTRYPOINT: &[u8] = b"entrypoint";
