// SPDX-License-Identifier: Apache-2.0
//! A block, run again to see how.

use alloc::vec::Vec;
use pallet_evm::amend_sender;
use sp_runtime::DigestItem;
use unum_ethereum_view::{Trace, TraceOptions};

use super::transaction::view;
use crate::{Evm, Executive, Header, UncheckedExtrinsic};

/// Runs a block on the state of its parent, and records how its operations of the EVM ran: all of
/// them, or those of the extrinsic at `only`, after which it ends.
pub fn trace_block(
	mut header: Header,
	extrinsics: Vec<UncheckedExtrinsic>,
	only: Option<u32>,
	options: TraceOptions,
) -> Vec<(u32, Trace)> {
	// What was signed last is no part of what a block begins with.
	header.digest.logs.retain(|item| !matches!(item, DigestItem::Seal(..)));
	Executive::initialize_block(&header);
	let mut traces = Vec::new();
	for (extrinsic, index) in extrinsics.into_iter().zip(0u32..) {
		let is_wanted = only.is_none_or(|only| only == index);
		let options = if is_wanted { options } else { TraceOptions::default() };
		let sender = view(&extrinsic).filter(|_| options.state).map(|shown| shown.from);
		let before = sender.map(Evm::account);
		let (_, mut found) = Evm::traced(options, || Executive::apply_extrinsic(extrinsic));
		if let (Some(sender), Some(before)) = (sender, before) {
			let after = Evm::account(sender);
			for trace in &mut found {
				amend_sender(trace, sender, before.clone(), after.clone());
			}
		}
		traces.extend(found.into_iter().map(|trace| (index, trace)));
		if only == Some(index) {
			break;
		}
	}
	traces
}
