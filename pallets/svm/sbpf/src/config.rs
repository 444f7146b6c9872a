// SPDX-License-Identifier: Apache-2.0
//! What a network chooses about the machine.

use crate::Version;
use core::ops::RangeInclusive;

/// The settings of the machine (`vm.rs` upstream), as far as two networks may differ in them.
///
/// Two of upstream's are not here, because the Solana runtime fixes them: rodata is never borrowed
/// from the file (`optimize_rodata` is off), and names of functions are not kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
	/// How many frames there may be, the entrypoint's included.
	pub max_call_depth: u16,
	/// Bytes of one stack frame, a power of two.
	pub stack_frame_size: u32,
	/// Whether stack frames of [`Version::V0`] lie apart, with an unmapped frame between two.
	pub stack_frame_gaps: bool,
	/// Whether there is at most one region in each 4 GiB of guest memory.
	pub aligned_memory: bool,
	/// Whether to refuse files with unresolved symbols or with sections that are not where the file
	/// says. The Solana runtime does so when a program is deployed, not when it runs.
	pub reject_broken_elfs: bool,
	/// The versions that load.
	pub versions: RangeInclusive<Version>,
}

impl Config {
	/// Bytes of the stack.
	pub fn stack_size(&self) -> u64 {
		u64::from(self.stack_frame_size).saturating_mul(u64::from(self.max_call_depth))
	}

	/// These settings, but strict about the file: what deployment uses.
	pub fn for_deployment(mut self) -> Self {
		self.reject_broken_elfs = true;
		self
	}
}

impl Default for Config {
	/// As `create_program_runtime_environment` of the Solana runtime sets them for execution, before
	/// the feature `virtual_address_space_adjustments` (which turns `stack_frame_gaps` and
	/// `aligned_memory` off), with all versions up to V3.
	fn default() -> Self {
		Self {
			max_call_depth: 64,
			stack_frame_size: 4_096,
			stack_frame_gaps: true,
			aligned_memory: true,
			reject_broken_elfs: false,
			versions: Version::V0..=Version::V3,
		}
	}
}
