// SPDX-License-Identifier: Apache-2.0
//! Points of BN254 as programs write them (`lib.rs` and `compression.rs` of solana-bn254 3.2, which reads
//! them by ark-serialize 0.5).
//!
//! A coordinate is a number below the field's prime, or two of them in G2. Little-endian points are
//! `x, y`, and in G2 `x₀, x₁, y₀, y₁`; big-endian ones have each coordinate's bytes reversed, so that those
//! of G2 are EIP-197's `x₁, x₀, y₁, y₀`. The two highest bits of the last coordinate are flags: the point
//! at infinity; and, which counts where there is no `y`, that `y` is the larger of the two possible. The
//! point at infinity is also, and always in results, all zeros.

use alloc::{vec, vec::Vec};
use ark_bn254::{Fq, Fq2, Fr, G1Affine, G2Affine};
use ark_ff::{BigInt, PrimeField};
use core::ops::Neg;

/// Bytes of a number.
const NUMBER: usize = 32;
/// Flag of the point at infinity, in the last byte.
const INFINITY: u8 = 1 << 6;
/// Flag of the larger `y`.
const LARGER: u8 = 1 << 7;

/// In which order the bytes of a coordinate come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
	Big,
	Little,
}

impl Order {
	/// Coordinates of `size` bytes from this order to little-endian, or back.
	fn turn(self, bytes: &[u8], size: usize) -> Vec<u8> {
		match self {
			Self::Big => bytes.chunks(size).flat_map(|chunk| chunk.iter().rev()).copied().collect(),
			Self::Little => bytes.to_vec(),
		}
	}
}

/// A coordinate of the points of one of the two groups.
pub(super) trait Coordinate: Copy + Ord + Neg<Output = Self> {
	/// Its bytes.
	const SIZE: usize;

	/// Reads its little-endian bytes; nothing where a number is not below the prime.
	fn read(bytes: &[u8]) -> Option<Self>;

	/// Its little-endian bytes.
	fn bytes(&self) -> Vec<u8>;

	/// The two `y` of this `x`, the smaller one first.
	fn ys(self) -> Option<(Self, Self)>;
}

impl Coordinate for Fq {
	const SIZE: usize = NUMBER;

	fn read(bytes: &[u8]) -> Option<Self> {
		let ([a, b, c, d], []) = bytes.as_chunks::<8>() else { return None };
		Self::from_bigint(BigInt([a, b, c, d].map(|limb| u64::from_le_bytes(*limb))))
	}

	fn bytes(&self) -> Vec<u8> {
		self.into_bigint().0.iter().flat_map(|limb| limb.to_le_bytes()).collect()
	}

	fn ys(self) -> Option<(Self, Self)> {
		G1Affine::get_ys_from_x_unchecked(self)
	}
}

impl Coordinate for Fq2 {
	const SIZE: usize = 2 * NUMBER;

	fn read(bytes: &[u8]) -> Option<Self> {
		let (c0, c1) = bytes.split_at_checked(NUMBER)?;
		Some(Self { c0: Fq::read(c0)?, c1: Fq::read(c1)? })
	}

	fn bytes(&self) -> Vec<u8> {
		[self.c0.bytes(), self.c1.bytes()].concat()
	}

	fn ys(self) -> Option<(Self, Self)> {
		G2Affine::get_ys_from_x_unchecked(self)
	}
}

/// What bytes say, which need not be a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Written<C> {
	Infinity,
	At(C, C),
}

/// Takes the flags out of the last byte; nothing where both are set.
fn take_flags(bytes: &mut [u8]) -> Option<u8> {
	let last = bytes.last_mut()?;
	let flags = *last & (INFINITY | LARGER);
	*last ^= flags;
	(flags != INFINITY | LARGER).then_some(flags)
}

fn is_zero(bytes: &[u8]) -> bool {
	bytes.iter().all(|byte| *byte == 0)
}

impl<C: Coordinate> Written<C> {
	fn read(bytes: &[u8], order: Order) -> Option<Self> {
		if bytes.len() != C::SIZE.saturating_mul(2) {
			return None;
		}
		if is_zero(bytes) {
			return Some(Self::Infinity);
		}
		let mut bytes = order.turn(bytes, C::SIZE);
		let flags = take_flags(&mut bytes)?;
		let (x, y) = bytes.split_at_checked(C::SIZE)?;
		let (x, y) = (C::read(x)?, C::read(y)?);
		Some(if flags == INFINITY { Self::Infinity } else { Self::At(x, y) })
	}

	fn bytes(self, order: Order) -> Vec<u8> {
		match self {
			Self::Infinity => vec![0; C::SIZE.saturating_mul(2)],
			Self::At(x, y) => order.turn(&[x.bytes(), y.bytes()].concat(), C::SIZE),
		}
	}
}

/// The bytes that EIP-196 and 197 have for what is written: of one form, without flags. Whether it is a
/// point is not checked.
pub(super) fn ethereum<C: Coordinate>(bytes: &[u8], order: Order) -> Option<Vec<u8>> {
	let bytes = match Written::<C>::read(bytes, order)? {
		Written::Infinity => return Some(Written::<C>::Infinity.bytes(order)),
		at => at.bytes(Order::Big),
	};
	// Zeros that are written with a flag: they are no point, but EIP-196 has them for infinity.
	(!is_zero(&bytes)).then_some(bytes)
}

/// Numbers of 32 bytes each, from EIP-196's order (big-endian) to this one, or back.
pub(super) fn from_ethereum(bytes: &[u8], order: Order) -> Vec<u8> {
	match order {
		Order::Big => bytes.to_vec(),
		Order::Little => Order::Big.turn(bytes, NUMBER),
	}
}

/// A point of the curve of G2, which need not be of the group.
fn point(bytes: &[u8], order: Order) -> Option<G2Affine> {
	match Written::<Fq2>::read(bytes, order)? {
		Written::Infinity => Some(G2Affine::identity()),
		// Zeros that are written with a flag: the library would take them for infinity.
		Written::At(x, y) if is_zero(&x.bytes()) && is_zero(&y.bytes()) => None,
		Written::At(x, y) => Some(G2Affine::new_unchecked(x, y)).filter(G2Affine::is_on_curve),
	}
}

fn written(point: G2Affine, order: Order) -> Vec<u8> {
	match point == G2Affine::identity() {
		true => Written::<Fq2>::Infinity.bytes(order),
		false => Written::At(point.x, point.y).bytes(order),
	}
}

/// The sum of two points of G2's curve, 128 bytes each. Whether they are of the group is not asked.
// The operator is that of points, which does not overflow.
#[allow(clippy::arithmetic_side_effects)]
pub(super) fn g2_add(input: &[u8], order: Order) -> Option<Vec<u8>> {
	let (one, other) = input.split_at_checked(4 * NUMBER)?;
	let sum = point(one, order)? + point(other, order)?;
	Some(written(sum.into(), order))
}

/// A point of G2, as often as the number after it says.
#[allow(clippy::arithmetic_side_effects)]
pub(super) fn g2_mul(input: &[u8], order: Order) -> Option<Vec<u8>> {
	let (bytes, scalar) = input.split_at_checked(4 * NUMBER)?;
	let point = point(bytes, order)?;
	if scalar.len() != NUMBER || !point.is_in_correct_subgroup_assuming_on_curve() {
		return None;
	}
	// So many times around the group make no difference.
	let scalar = Fr::from_le_bytes_mod_order(&order.turn(scalar, NUMBER));
	Some(written((point * scalar).into(), order))
}

/// What is written, without its `y`. Whether it is a point is not checked.
pub(super) fn compress<C: Coordinate>(input: &[u8], order: Order) -> Option<Vec<u8>> {
	let size = C::SIZE;
	if input.len() == size.saturating_mul(2) && is_zero(input) {
		return Some(vec![0; size]);
	}
	let (mut bytes, flags) = match Written::<C>::read(input, order)? {
		Written::Infinity => (vec![0; size], INFINITY),
		Written::At(x, y) => (x.bytes(), if y > y.neg() { LARGER } else { 0 }),
	};
	*bytes.last_mut()? |= flags;
	Some(order.turn(&bytes, size))
}

/// The point of the curve of an `x`. Whether it is of the group is not checked.
pub(super) fn decompress<C: Coordinate>(input: &[u8], order: Order) -> Option<Vec<u8>> {
	let size = C::SIZE;
	if input.len() != size {
		return None;
	}
	if is_zero(input) {
		return Some(vec![0; size.saturating_mul(2)]);
	}
	let mut bytes = order.turn(input, size);
	let flags = take_flags(&mut bytes)?;
	let x = C::read(&bytes)?;
	if flags == INFINITY {
		return Some(vec![0; size.saturating_mul(2)]);
	}
	let (smaller, larger) = x.ys()?;
	let y = if flags == LARGER { larger } else { smaller };
	Some(Written::At(x, y).bytes(order))
}
