// SPDX-License-Identifier: Apache-2.0
//! The arithmetic of registers, as functions of two numbers.

/// The lower half.
#[inline(always)]
pub(crate) const fn low(value: u64) -> u32 {
	// Of a masked number nothing is lost.
	#[allow(clippy::as_conversions)]
	{
		(value & 0xffff_ffff) as u32
	}
}

/// The lower half, as a signed number.
#[inline(always)]
pub(crate) const fn low_signed(value: u64) -> i32 {
	low(value).cast_signed()
}

/// A result of 32 bits, extended with its sign.
#[inline(always)]
pub(crate) fn signed(value: u32) -> u64 {
	i64::from(value.cast_signed()).cast_unsigned()
}

/// A result of 32 bits, extended with zeros.
#[inline(always)]
pub(crate) fn unsigned(value: u32) -> u64 {
	u64::from(value)
}

/// The upper half of an unsigned product.
#[inline(always)]
pub(crate) fn high_product(a: u64, b: u64) -> u64 {
	let product = u128::from(a).wrapping_mul(u128::from(b));
	u64::try_from(product >> 64).unwrap_or(0)
}

/// The upper half of a signed product.
#[inline(always)]
pub(crate) fn high_product_signed(a: u64, b: u64) -> u64 {
	let product = i128::from(a.cast_signed()).wrapping_mul(i128::from(b.cast_signed()));
	// Between -2^62 and 2^62: it always fits.
	i64::try_from(product >> 64).unwrap_or(0).cast_unsigned()
}

/// A division that has no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
	/// The divisor is zero.
	Zero,
	/// The least number by -1.
	Overflow,
}

/// Signed shift to the right, of 32 bits.
#[inline(always)]
pub(crate) fn shift_signed_32(a: u64, b: u64) -> u64 {
	unsigned(low_signed(a).wrapping_shr(low(b)).cast_unsigned())
}

/// Signed shift to the right.
#[inline(always)]
pub(crate) const fn shift_signed_64(a: u64, b: u64) -> u64 {
	a.cast_signed().wrapping_shr(low(b)).cast_unsigned()
}

/// Unsigned quotient of 32 bits.
#[inline(always)]
pub(crate) fn div_32(a: u64, b: u64) -> Result<u64, Fault> {
	low(a).checked_div(low(b)).map(unsigned).ok_or(Fault::Zero)
}

/// Unsigned remainder of 32 bits.
#[inline(always)]
pub(crate) fn rem_32(a: u64, b: u64) -> Result<u64, Fault> {
	low(a).checked_rem(low(b)).map(unsigned).ok_or(Fault::Zero)
}

/// Unsigned quotient.
#[inline(always)]
pub(crate) fn div_64(a: u64, b: u64) -> Result<u64, Fault> {
	a.checked_div(b).ok_or(Fault::Zero)
}

/// Unsigned remainder.
#[inline(always)]
pub(crate) fn rem_64(a: u64, b: u64) -> Result<u64, Fault> {
	a.checked_rem(b).ok_or(Fault::Zero)
}

/// Signed quotient of 32 bits, extended with zeros.
#[inline(always)]
pub(crate) fn div_signed_32(a: u64, b: u64) -> Result<u64, Fault> {
	let (a, b) = (low_signed(a), low_signed(b));
	let quotient = a.checked_div(b).ok_or_else(|| fault(b == 0))?;
	Ok(unsigned(quotient.cast_unsigned()))
}

/// Signed remainder of 32 bits, extended with zeros.
#[inline(always)]
pub(crate) fn rem_signed_32(a: u64, b: u64) -> Result<u64, Fault> {
	let (a, b) = (low_signed(a), low_signed(b));
	let remainder = a.checked_rem(b).ok_or_else(|| fault(b == 0))?;
	Ok(unsigned(remainder.cast_unsigned()))
}

/// Signed quotient.
#[inline(always)]
pub(crate) fn div_signed_64(a: u64, b: u64) -> Result<u64, Fault> {
	let (a, b) = (a.cast_signed(), b.cast_signed());
	a.checked_div(b).map(i64::cast_unsigned).ok_or_else(|| fault(b == 0))
}

/// Signed remainder.
#[inline(always)]
pub(crate) fn rem_signed_64(a: u64, b: u64) -> Result<u64, Fault> {
	let (a, b) = (a.cast_signed(), b.cast_signed());
	a.checked_rem(b).map(i64::cast_unsigned).ok_or_else(|| fault(b == 0))
}

#[cold]
const fn fault(zero: bool) -> Fault {
	if zero {
		Fault::Zero
	} else {
		Fault::Overflow
	}
}
