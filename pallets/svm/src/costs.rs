// SPDX-License-Identifier: Apache-2.0
//! What the chain does for a transaction of the Solana VM, in its compute units, by what was measured.

use frame_support::weights::Weight;
use unum_svm_engine::{units_of, ChainCosts};

use crate::WeightInfo;

/// The costs by the weights of benchmarks, each of which does more of one thing than another.
pub(crate) fn costs<W: WeightInfo>() -> ChainCosts {
	let each = |of: fn(u32) -> Weight| units_of(of(1).saturating_sub(of(0)));
	let transfer = each(W::transfers);
	let account = each(W::accounts);
	let rendering = each(W::renderings).saturating_sub(account);
	// That renders the two accounts, their token and who signs.
	let token_transfer = each(W::token_transfers).saturating_sub(rendering.saturating_mul(4));
	let to_another = account.saturating_add(transfer);
	let change = each(W::changes).saturating_sub(to_another);
	let birth = each(W::births).saturating_sub(to_another.saturating_add(change));
	// A payment changes the accounts of two.
	let payment = account.saturating_add(change).saturating_mul(2).saturating_add(transfer);
	ChainCosts {
		transaction: units_of(W::accounts(0)).saturating_sub(payment),
		account,
		change,
		birth,
		instruction: transfer.max(token_transfer),
		rendering,
		signature: each(W::signatures),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// What was measured makes sense: noise of the machine has left nothing without a price.
	#[test]
	fn everything_costs_something() {
		let costs = costs::<()>();
		let ChainCosts { transaction, account, change, birth, instruction, rendering, signature } =
			costs;
		for units in [transaction, account, change, birth, instruction, rendering, signature] {
			// From 2.5 microseconds to a millisecond.
			assert!((100..40_000).contains(&units), "{costs:?}");
		}
	}
}
