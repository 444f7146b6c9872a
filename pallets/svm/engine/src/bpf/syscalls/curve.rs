// SPDX-License-Identifier: Apache-2.0
//! Points of curve25519, as Edwards and as Ristretto points (`solana-curve25519` 4.0). The other curves of
//! upstream's are not here: what asks for one fails with `InvalidAttribute`, as there where a curve is not
//! active.

use alloc::vec::Vec;
use curve25519_dalek::{
	edwards::{CompressedEdwardsY, EdwardsPoint},
	ristretto::{CompressedRistretto, RistrettoPoint},
	traits::VartimeMultiscalarMul,
	Scalar,
};

use super::Call;
use crate::{
	bpf::{
		costs::{self, CurveCosts},
		error::SyscallError,
		guest::{GuestSlice, Outcome},
	},
	SvmHost,
};

/// Which form of points.
#[derive(Clone, Copy)]
enum Form {
	Edwards,
	Ristretto,
}

/// What to do with two points, or a number and a point.
#[derive(Clone, Copy)]
enum Operation {
	Add,
	Subtract,
	Multiply,
}

impl Form {
	fn of(number: u64) -> Outcome<Self> {
		match number {
			0 => Ok(Self::Edwards),
			1 => Ok(Self::Ristretto),
			_ => Err(SyscallError::InvalidAttribute),
		}
	}

	const fn costs(self) -> &'static CurveCosts {
		match self {
			Self::Edwards => &costs::EDWARDS,
			Self::Ristretto => &costs::RISTRETTO,
		}
	}
}

impl Operation {
	fn of(number: u64) -> Outcome<Self> {
		match number {
			0 => Ok(Self::Add),
			1 => Ok(Self::Subtract),
			2 => Ok(Self::Multiply),
			_ => Err(SyscallError::InvalidAttribute),
		}
	}

	const fn cost(self, costs: &CurveCosts) -> u64 {
		match self {
			Self::Add => costs.add,
			Self::Subtract => costs.subtract,
			Self::Multiply => costs.multiply,
		}
	}
}

/// `sol_curve_validate_point(curve, point)`: 0 for a point, 1 for what is none.
pub(super) fn validate_point<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [curve, point, ..] = call.arguments;
	let form = Form::of(curve)?;
	call.pay(form.costs().validate)?;
	let point = call.guest.value::<32>(point, 1)?;
	let valid = match form {
		Form::Edwards => edwards(&point).is_some(),
		Form::Ristretto => ristretto(&point).is_some(),
	};
	Ok(u64::from(!valid))
}

/// `sol_curve_group_op(curve, operation, left, right, result)`: 1 where an operand is no point or number.
pub(super) fn group_op<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [curve, operation, left, right, result] = call.arguments;
	let (form, operation) = (Form::of(curve)?, Operation::of(operation)?);
	call.pay(operation.cost(form.costs()))?;
	let left = call.guest.value::<32>(left, 1)?;
	let right = call.guest.value::<32>(right, 1)?;
	let point = match form {
		Form::Edwards => operate(operation, &left, &right, edwards).map(compress_edwards),
		Form::Ristretto => operate(operation, &left, &right, ristretto).map(compress_ristretto),
	};
	answer(call, result, point)
}

/// `sol_curve_multiscalar_mul(curve, scalars, points, count, result)`: the sum of the multiples.
pub(super) fn multiscalar_mul<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [curve, scalars, points, length, result] = call.arguments;
	if length > costs::SUM_POINTS_MAX {
		return Err(SyscallError::InvalidLength);
	}
	let form = Form::of(curve)?;
	let CurveCosts { sum_base, sum_each, .. } = *form.costs();
	call.pay(sum_base.saturating_add(sum_each.saturating_mul(length.saturating_sub(1))))?;
	let scalars = call.guest.elements(GuestSlice { address: scalars, length }, 32, 1)?;
	let points = call.guest.elements(GuestSlice { address: points, length }, 32, 1)?;
	let ((scalars, _), (points, _)) = (scalars.as_chunks::<32>(), points.as_chunks::<32>());
	let scalars: Option<Vec<Scalar>> = scalars.iter().map(scalar).collect();
	let point = scalars.and_then(|scalars| match form {
		Form::Edwards => {
			EdwardsPoint::optional_multiscalar_mul(scalars, points.iter().map(edwards))
				.map(compress_edwards)
		},
		Form::Ristretto => {
			RistrettoPoint::optional_multiscalar_mul(scalars, points.iter().map(ristretto))
				.map(compress_ristretto)
		},
	});
	answer(call, result, point)
}

fn answer<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	result: u64,
	point: Option<[u8; 32]>,
) -> Outcome<u64> {
	let Some(point) = point else { return Ok(1) };
	call.guest.write(result, &point, 1)?;
	Ok(0)
}

fn edwards(bytes: &[u8; 32]) -> Option<EdwardsPoint> {
	CompressedEdwardsY(*bytes).decompress()
}

fn ristretto(bytes: &[u8; 32]) -> Option<RistrettoPoint> {
	CompressedRistretto(*bytes).decompress()
}

fn compress_edwards(point: EdwardsPoint) -> [u8; 32] {
	point.compress().to_bytes()
}

fn compress_ristretto(point: RistrettoPoint) -> [u8; 32] {
	point.compress().to_bytes()
}

fn scalar(bytes: &[u8; 32]) -> Option<Scalar> {
	Scalar::from_canonical_bytes(*bytes).into_option()
}

// The operators are those of points, which do not overflow.
#[allow(clippy::arithmetic_side_effects)]
fn operate<P>(
	operation: Operation,
	left: &[u8; 32],
	right: &[u8; 32],
	point: impl Fn(&[u8; 32]) -> Option<P>,
) -> Option<P>
where
	P: core::ops::Add<Output = P> + core::ops::Sub<Output = P> + core::ops::Mul<Scalar, Output = P>,
{
	Some(match operation {
		Operation::Add => point(left)? + point(right)?,
		Operation::Subtract => point(left)? - point(right)?,
		Operation::Multiply => {
			let scalar = scalar(left)?;
			point(right)? * scalar
		},
	})
}
