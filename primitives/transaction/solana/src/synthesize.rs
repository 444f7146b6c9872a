// SPDX-License-Identifier: Apache-2.0
//! Transactions that no Solana wallet signed, in the form in which Solana's clients read them.

use alloc::{collections::BTreeSet, vec::Vec};
use unum_address::SvmAddress;

use crate::{
	compile_legacy, limits::MAX_INSTRUCTIONS, Blockhash, Instruction, RawTransaction, Signature,
};

/// A transaction that says, in instructions of Solana's programs, what something else has moved: its
/// bytes, and all accounts that `moved` names, each once and the payer first.
///
/// It decodes, and no chain takes it: its first signature is `signature`, whatever it is, others are
/// zero, and it names no block. Only as many instructions are in the bytes, from the first on, as fit a
/// transaction; the accounts are those of all.
///
/// Nothing comes out only where not even the payer fits, which does not happen.
pub fn synthesize(
	payer: SvmAddress,
	moved: &[Instruction],
	signature: [u8; 64],
) -> Option<(Vec<u8>, Vec<SvmAddress>)> {
	let longest = moved.len().min(MAX_INSTRUCTIONS);
	let bytes = (0..=longest)
		.rev()
		.find_map(|count| signed(payer, moved.get(..count)?, Signature::new(signature)))?;
	Some((bytes, accounts(payer, moved)))
}

fn signed(payer: SvmAddress, moved: &[Instruction], signature: Signature) -> Option<Vec<u8>> {
	let message = compile_legacy(payer, moved, Blockhash::default()).ok()?;
	let signers = usize::from(message.header().num_required_signatures);
	let signatures: Vec<_> = [signature]
		.into_iter()
		.chain(core::iter::repeat(Signature::default()))
		.take(signers)
		.collect();
	let transaction = RawTransaction::new(&signatures, &message).ok()?;
	Some(transaction.bytes().to_vec())
}

fn accounts(payer: SvmAddress, moved: &[Instruction]) -> Vec<SvmAddress> {
	let named =
		moved.iter().flat_map(|it| it.accounts.iter().map(|meta| meta.pubkey).chain([it.program]));
	let mut seen = BTreeSet::new();
	[payer].into_iter().chain(named).filter(|key| seen.insert(*key)).collect()
}
