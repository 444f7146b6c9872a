// SPDX-License-Identifier: Apache-2.0
//! One meter for all VMs, in weight.

use sp_weights::Weight;

/// The budget was not enough for the next step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfGas {
	/// What the next step costs.
	pub needed: Weight,
	/// What was left.
	pub left: Weight,
}

/// Counts the weight that a transaction uses, through all VMs that it touches.
///
/// # Invariants
/// `used <= limit` in both dimensions, always: a charge that does not fit is refused whole and
/// exhausts the meter, so a call cannot go on after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Meter {
	limit: Weight,
	used: Weight,
}

impl Meter {
	/// A fresh meter that allows `limit`.
	pub const fn new(limit: Weight) -> Self {
		Self { limit, used: Weight::zero() }
	}

	/// What the transaction may use in all.
	pub const fn limit(&self) -> Weight {
		self.limit
	}

	/// What was used so far.
	pub const fn used(&self) -> Weight {
		self.used
	}

	/// What is left.
	pub const fn left(&self) -> Weight {
		self.limit.saturating_sub(self.used)
	}

	/// Charges `weight`.
	///
	/// # Errors
	/// [`OutOfGas`] where it does not fit; the meter is then exhausted.
	pub fn charge(&mut self, weight: Weight) -> Result<(), OutOfGas> {
		let left = self.left();
		match self.used.checked_add(&weight) {
			Some(used) if used.all_lte(self.limit) => {
				self.used = used;
				Ok(())
			},
			_ => {
				self.used = self.limit;
				Err(OutOfGas { needed: weight, left })
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn w(time: u64, proof: u64) -> Weight {
		Weight::from_parts(time, proof)
	}

	#[test]
	fn charges_up_to_the_limit_exactly() {
		let mut meter = Meter::new(w(10, 10));
		assert_eq!(meter.charge(w(4, 10)), Ok(()));
		assert_eq!(meter.charge(w(6, 0)), Ok(()));
		assert_eq!(meter.left(), Weight::zero());
		assert_eq!(meter.charge(Weight::zero()), Ok(()));
	}

	#[test]
	fn refuses_what_does_not_fit_in_either_dimension_and_is_exhausted() {
		for too_much in [w(7, 1), w(1, 7), w(u64::MAX, 0)] {
			let mut meter = Meter::new(w(10, 10));
			meter.charge(w(4, 4)).unwrap();
			assert_eq!(meter.charge(too_much), Err(OutOfGas { needed: too_much, left: w(6, 6) }));
			assert_eq!(meter.used(), meter.limit());
			assert!(meter.charge(w(1, 0)).is_err());
		}
	}
}
