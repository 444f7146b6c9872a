// SPDX-License-Identifier: Apache-2.0
//! The memory of a guest.

mod region;

pub use region::Region;

use crate::{AccessKind, AccessViolation, Config, Executable, InvalidRegion, Version};
use alloc::{vec, vec::Vec};

/// Where the read-only data of [`Version::V3`] begin.
pub const RODATA_START: u64 = 0;
/// Where the program begins; up to [`Version::V2`] its read-only data are there too.
pub const BYTECODE_START: u64 = 0x1_0000_0000;
/// Where the stack begins.
pub const STACK_START: u64 = 0x2_0000_0000;
/// Where the heap begins.
pub const HEAP_START: u64 = 0x3_0000_0000;
/// Where the input of the program begins.
pub const INPUT_START: u64 = 0x4_0000_0000;

/// The bits of an address that say which of the aligned 4 GiB it is in.
const WINDOW_BITS: u32 = 32;
/// For so many of them the region is looked up in a table.
const WINDOWS: usize = 8;
/// In the table: no region begins here, or several do.
const NONE: usize = usize::MAX;

/// The memory of a guest: regions of host bytes at guest addresses, with a check of every access.
///
/// An access lies within one region or fails; two regions that touch do not make one. Guest
/// addresses are `u64` throughout.
#[derive(Debug)]
pub struct Memory<'a> {
	/// In ascending order of their start.
	regions: Vec<Region<'a>>,
	/// The index of the one region that begins in these 4 GiB, or [`NONE`].
	windows: [usize; WINDOWS],
	stack: StackShape,
}

/// What the errors of accesses near the stack need.
#[derive(Clone, Copy, Debug)]
struct StackShape {
	frame_size: u32,
	frames: u16,
	/// Whether the machine places the frames; else the stack has errors like any other region.
	fixed: bool,
}

impl<'a> Memory<'a> {
	/// Memory of these regions, in any order.
	///
	/// # Errors
	/// Two regions overlap; or, if regions are aligned ([`Config::aligned_memory`] or
	/// [`Version::V4`]), two begin in the same 4 GiB.
	pub fn new(
		mut regions: Vec<Region<'a>>,
		version: Version,
		config: &Config,
	) -> Result<Self, InvalidRegion> {
		regions.sort_by_key(Region::start);
		let aligned = config.aligned_memory || version.aligned_memory();
		for (index, pair) in (1_u64..).zip(regions.windows(2)) {
			let [first, second] = pair else { continue };
			let window = second.start() >> WINDOW_BITS;
			if aligned && first.start() >> WINDOW_BITS == window {
				return Err(InvalidRegion(window));
			}
			if !aligned && first.end() > second.start() {
				return Err(InvalidRegion(index));
			}
		}
		if aligned {
			fill(&mut regions);
		}
		let windows = windows(&regions);
		let stack = StackShape {
			frame_size: config.stack_frame_size,
			frames: config.max_call_depth,
			fixed: !version.manual_stack_frames(),
		};
		Ok(Self { regions, windows, stack })
	}

	/// The memory of a program as the Solana runtime lays it out: read-only data, stack, heap, and
	/// the regions of the input, which begin at [`INPUT_START`].
	///
	/// The stack has to be [`Config::stack_size`] bytes.
	///
	/// # Errors
	/// As [`Memory::new`].
	pub fn for_program(
		executable: &'a Executable,
		stack: &'a mut [u8],
		heap: &'a mut [u8],
		input: Vec<Region<'a>>,
	) -> Result<Self, InvalidRegion> {
		let config = executable.config();
		let gaps = config.stack_frame_gaps && executable.version().stack_frame_gaps();
		let gap = if gaps { u64::from(config.stack_frame_size) } else { 0 };
		let mut regions = vec![
			executable.readonly_region(),
			Region::writable_with_gaps(stack, STACK_START, gap),
			Region::writable(heap, HEAP_START),
		];
		regions.extend(input);
		Self::new(regions, executable.version(), config)
	}

	/// The regions, in ascending order.
	pub fn regions(&self) -> &[Region<'a>] {
		&self.regions
	}

	/// `N` bytes at an address.
	///
	/// # Errors
	/// They are not mapped.
	pub fn read<const N: usize>(&self, address: u64) -> Result<[u8; N], AccessViolation> {
		self.load(address).ok_or_else(|| self.violation(AccessKind::Load, address, N))
	}

	/// Writes `N` bytes to an address.
	///
	/// # Errors
	/// They are not mapped, or not for writing.
	pub fn write<const N: usize>(
		&mut self,
		address: u64,
		bytes: [u8; N],
	) -> Result<(), AccessViolation> {
		match self.store(address, bytes) {
			Some(()) => Ok(()),
			None => Err(self.violation(AccessKind::Store, address, N)),
		}
	}

	/// The `u64` at an address, little-endian, aligned or not.
	///
	/// # Errors
	/// It is not mapped.
	pub fn read_u64(&self, address: u64) -> Result<u64, AccessViolation> {
		self.read(address).map(u64::from_le_bytes)
	}

	/// Writes a `u64` to an address, little-endian, aligned or not.
	///
	/// # Errors
	/// It is not mapped, or not for writing.
	pub fn write_u64(&mut self, address: u64, value: u64) -> Result<(), AccessViolation> {
		self.write(address, value.to_le_bytes())
	}

	/// The bytes of a range.
	///
	/// An empty range needs a region that has its address within, or as its end.
	///
	/// # Errors
	/// They are not mapped.
	pub fn slice(&self, address: u64, length: u64) -> Result<&[u8], AccessViolation> {
		self.locate(address, length)
			.and_then(|(index, start, end)| self.regions.get(index)?.bytes().get(start..end))
			.ok_or_else(|| self.violation_of(AccessKind::Load, address, length))
	}

	/// The bytes of a range, for writing.
	///
	/// # Errors
	/// They are not mapped, or not for writing.
	pub fn slice_mut(&mut self, address: u64, length: u64) -> Result<&mut [u8], AccessViolation> {
		let place = self.locate(address, length).filter(|(index, _, end)| {
			let region = self.regions.get(*index);
			region.is_some_and(|region| region.is_writable() && *end <= region.bytes().len())
		});
		let Some((index, start, end)) = place else {
			return Err(self.violation_of(AccessKind::Store, address, length));
		};
		let bytes = self.regions.get_mut(index).and_then(Region::bytes_mut);
		// There are bytes: it has just been looked at.
		Ok(bytes.and_then(|bytes| bytes.get_mut(start..end)).unwrap_or_default())
	}

	/// Copies a range to another, as if by way of a third: they may overlap.
	///
	/// # Errors
	/// The source is not mapped; else the destination is not, or not for writing.
	pub fn copy(
		&mut self,
		destination: u64,
		source: u64,
		length: u64,
	) -> Result<(), AccessViolation> {
		// By way of a third: the two may be in different regions, or the same.
		let bytes = self.slice(source, length)?.to_vec();
		self.slice_mut(destination, length)?.copy_from_slice(&bytes);
		Ok(())
	}

	/// The error of an access that failed.
	pub fn violation_of(&self, access: AccessKind, address: u64, length: u64) -> AccessViolation {
		let frame = self.stack.frame(address);
		if self.stack.fixed && (-1..=i64::from(self.stack.frames)).contains(&frame) {
			return AccessViolation::Stack { access, address, length, frame };
		}
		AccessViolation::General { access, address, length, section: self.section(address) }
	}

	/// The same, of an access of the machine.
	#[cold]
	#[inline(never)]
	pub(crate) fn violation(
		&self,
		access: AccessKind,
		address: u64,
		length: usize,
	) -> AccessViolation {
		self.violation_of(access, address, u64::try_from(length).unwrap_or(u64::MAX))
	}

	/// `N` bytes at an address, if they are mapped.
	#[inline(always)]
	pub(crate) fn load<const N: usize>(&self, address: u64) -> Option<[u8; N]> {
		let region = self.regions.get(self.find(address)?)?;
		let offset = region.offset(address)?;
		region.bytes().get(offset..)?.first_chunk::<N>().copied()
	}

	/// Writes `N` bytes to an address, if they are mapped for writing.
	#[inline(always)]
	pub(crate) fn store<const N: usize>(&mut self, address: u64, bytes: [u8; N]) -> Option<()> {
		let index = self.find(address)?;
		let region = self.regions.get_mut(index)?;
		let offset = region.offset(address)?;
		*region.bytes_mut()?.get_mut(offset..)?.first_chunk_mut::<N>()? = bytes;
		Some(())
	}

	/// The region that may have an address: the last that does not begin after it.
	#[inline(always)]
	fn find(&self, address: u64) -> Option<usize> {
		let window = usize::try_from(address >> WINDOW_BITS).ok()?;
		let index = self.windows.get(window).copied().unwrap_or(NONE);
		match self.regions.get(index) {
			Some(region) if region.start() <= address => Some(index),
			_ => self.search(address),
		}
	}

	#[cold]
	#[inline(never)]
	fn search(&self, address: u64) -> Option<usize> {
		let after = self.regions.partition_point(|region| region.start() <= address);
		after.checked_sub(1)
	}

	/// The region of a range, and where in its bytes the range is.
	fn locate(&self, address: u64, length: u64) -> Option<(usize, usize, usize)> {
		let index = self.find(address)?;
		let start = self.regions.get(index)?.offset(address)?;
		Some((index, start, start.checked_add(usize::try_from(length).ok()?)?))
	}

	fn section(&self, address: u64) -> &'static str {
		let region = self.find(address).and_then(|index| self.regions.get(index));
		if region.is_none_or(|region| !(region.start()..region.end()).contains(&address)) {
			return "unallocated";
		}
		match address >> WINDOW_BITS << WINDOW_BITS {
			BYTECODE_START => "program",
			STACK_START => "stack",
			HEAP_START => "heap",
			INPUT_START => "input",
			_ => "allocated",
		}
	}
}

impl StackShape {
	/// The frame of an address, as if there were no gaps, rounded to zero.
	fn frame(self, address: u64) -> i64 {
		address
			.cast_signed()
			.saturating_sub(STACK_START.cast_signed())
			.checked_div(i64::from(self.frame_size))
			.unwrap_or(0)
	}
}

/// Puts empty regions where aligned ones leave out 4 GiB: upstream has them, and there an empty read
/// succeeds.
fn fill(regions: &mut Vec<Region<'_>>) {
	let last = regions.last().map_or(0, |region| region.start() >> WINDOW_BITS);
	let count = u64::try_from(WINDOWS).unwrap_or(0).min(last);
	for window in 0..count {
		if !regions.iter().any(|region| region.start() >> WINDOW_BITS == window) {
			regions.push(Region::readonly(&[], window << WINDOW_BITS));
		}
	}
	regions.sort_by_key(Region::start);
}

/// Which region begins in each of the first 4 GiB, where it is one.
fn windows(regions: &[Region<'_>]) -> [usize; WINDOWS] {
	let mut windows = [NONE; WINDOWS];
	for (window, entry) in (0_u64..).zip(windows.iter_mut()) {
		let mut inside = regions
			.iter()
			.enumerate()
			.filter(|(_, region)| region.start() >> WINDOW_BITS == window);
		*entry = match (inside.next(), inside.next()) {
			(Some((index, _)), None) => index,
			_ => NONE,
		};
	}
	windows
}
