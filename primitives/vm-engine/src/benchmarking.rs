// SPDX-License-Identifier: Apache-2.0
//! What the benchmarks of several pallets begin with.

use unum_id_com::IdCom;
use unum_units::LedgerAmount;

/// A ledger that gives native coin out of nothing, so that a benchmark has somebody who can pay.
pub trait Endow {
	/// Gives `owner` that much, and an account if it has none.
	fn endow(owner: IdCom, amount: LedgerAmount);
}
