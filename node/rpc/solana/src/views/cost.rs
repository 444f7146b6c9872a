// SPDX-License-Identifier: Apache-2.0
//! What a transaction counts for in Solana's blocks (`cost-model/src/cost_model.rs` and
//! `block_cost_limits.rs` upstream). This chain's blocks have limits of their own; clients compare.

use unum_address::SvmAddress;
use unum_solana_transaction::{ids, Message};
use unum_solana_view::TransactionMeta;

/// A signature of the transaction: 24 µs of 30 units each.
const SIGNATURE: u64 = 720;

/// A signature that the precompile of Ed25519 verifies, strictly.
const ED25519: u64 = 2_400;

/// One that the precompile of secp256k1 recovers.
const SECP256K1: u64 = 6_690;

/// One that the precompile of secp256r1 verifies.
const SECP256R1: u64 = 4_800;

/// An account that the transaction asks to write.
const WRITE_LOCK: u64 = 300;

/// Bytes of instructions' data for one unit.
const DATA_BYTES: u64 = 4;

/// A page of 32 KiB of the accounts that were loaded. How large they were is not kept with a
/// transaction: they count as one page, as those of most do.
const PAGE: u64 = 8;

/// The units of a transaction that was run.
pub(crate) fn cost(message: &Message, meta: &TransactionMeta) -> u64 {
	let instructions = message.instructions();
	let precompiles = instructions.iter().fold(0_u64, |sum, instruction| {
		let each = message.program(instruction).map_or(0, verification);
		let count = instruction.data.first().copied().unwrap_or_default();
		sum.saturating_add(each.saturating_mul(count.into()))
	});
	let data = instructions.iter().fold(0_u64, |sum, instruction| {
		sum.saturating_add(u64::try_from(instruction.data.len()).unwrap_or(u64::MAX))
	});
	u64::from(message.header().num_required_signatures)
		.saturating_mul(SIGNATURE)
		.saturating_add(precompiles)
		.saturating_add(write_locks(message).saturating_mul(WRITE_LOCK))
		.saturating_add(data.checked_div(DATA_BYTES).unwrap_or_default())
		.saturating_add(meta.compute_units_consumed)
		.saturating_add(PAGE)
}

/// What a program takes for each signature that it verifies.
fn verification(program: &SvmAddress) -> u64 {
	match *program {
		id if id == ids::ed25519() => ED25519,
		id if id == ids::secp256k1() => SECP256K1,
		id if id == ids::secp256r1() => SECP256R1,
		_ => 0,
	}
}

/// How many accounts it asks to write, whether it may or not.
fn write_locks(message: &Message) -> u64 {
	let own = (0..message.account_keys().len()).filter(|index| message.is_writable_static(*index));
	let looked_up = message.address_table_lookups().iter().map(|it| it.writable_indexes.len());
	let all = looked_up.fold(own.count(), usize::saturating_add);
	u64::try_from(all).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
	use unum_solana_transaction::{compile_legacy, Instruction};

	use super::*;
	use crate::tests::double::{key, transfer};

	fn cost_of(instructions: &[Instruction], units: u64) -> u64 {
		let message = compile_legacy(key(1), instructions, [5; 32].into()).unwrap();
		let meta = TransactionMeta { compute_units_consumed: units, ..TransactionMeta::default() };
		cost(&message, &meta)
	}

	#[test]
	fn a_transfer_costs_what_it_does_upstream() {
		assert_eq!(cost_of(&[transfer(key(1), key(2), 1)], 150), 1_481);
		let transfers: Vec<_> = (0..8).map(|_| transfer(key(1), key(2), 1)).collect();
		assert_eq!(cost_of(&transfers, 1_200), 720 + 600 + 24 + 1_200 + 8);
	}

	#[test]
	fn signatures_that_precompiles_verify_have_their_own_costs() {
		let base = cost_of(&[], 0);
		assert_eq!(base, 720 + 300 + 8);
		for (program, each) in [
			(ids::ed25519(), 2_400),
			(ids::secp256k1(), 6_690),
			(ids::secp256r1(), 4_800),
			(ids::system_program(), 0),
		] {
			let instruction = Instruction { program, accounts: vec![], data: vec![3, 0, 0, 0] };
			assert_eq!(cost_of(&[instruction], 0), base + 3 * each + 1, "{program}");
		}
	}
}
