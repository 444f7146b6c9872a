// SPDX-License-Identifier: Apache-2.0
//! The registers of the machine.

/// Eleven are in use. There are sixteen, because then four bits always name one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registers([u64; 16]);

impl Registers {
	/// `r0` to `r5`, and the frame pointer. The others start as zero.
	pub(crate) const fn new(arguments: [u64; 5], frame_pointer: u64) -> Self {
		let [r1, r2, r3, r4, r5] = arguments;
		Self([0, r1, r2, r3, r4, r5, 0, 0, 0, 0, frame_pointer, 0, 0, 0, 0, 0])
	}

	/// The value of a register.
	#[inline(always)]
	#[allow(clippy::indexing_slicing)]
	pub(crate) fn get(&self, register: u8) -> u64 {
		// Below sixteen: the compiler sees it and leaves the check out.
		self.0[usize::from(register & 15)]
	}

	/// Sets a register.
	#[inline(always)]
	#[allow(clippy::indexing_slicing)]
	pub(crate) fn set(&mut self, register: u8, value: u64) {
		self.0[usize::from(register & 15)] = value;
	}

	/// The arguments of a call: `r1` to `r5`.
	pub(crate) const fn arguments(&self) -> [u64; 5] {
		let [_, r1, r2, r3, r4, r5, ..] = self.0;
		[r1, r2, r3, r4, r5]
	}

	/// What a caller finds as it left it: `r6` to `r9`, and the frame pointer.
	pub(crate) const fn saved(&self) -> [u64; 5] {
		let [_, _, _, _, _, _, r6, r7, r8, r9, r10, ..] = self.0;
		[r6, r7, r8, r9, r10]
	}

	/// Puts back what [`Registers::saved`] returned.
	pub(crate) fn restore(&mut self, saved: [u64; 5]) {
		let [_, _, _, _, _, _, r6, r7, r8, r9, r10, ..] = &mut self.0;
		[*r6, *r7, *r8, *r9, *r10] = saved;
	}

	/// Moves the frame pointer up.
	pub(crate) fn move_frame(&mut self, by: u64) {
		let [_, _, _, _, _, _, _, _, _, _, r10, ..] = &mut self.0;
		*r10 = r10.wrapping_add(by);
	}

	/// `r0` to `r10`, and a number in the place of `r11`, where upstream has the index of the
	/// instruction.
	pub(crate) const fn with_pc(&self, pc: u64) -> [u64; 12] {
		let [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, ..] = self.0;
		[r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, pc]
	}
}
