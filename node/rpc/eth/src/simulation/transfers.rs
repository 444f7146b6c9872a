// SPDX-License-Identifier: Apache-2.0
//! Movements of the native coin as logs among the others.

use alloy_primitives::{b256, B256};
use unum_ethereum_view::{Frame, FrameEnd, FrameKind, LogView, Trace, H160, H256};

use crate::convert::view_hash;

/// Who seems to log movements of the native coin (execution-apis).
pub(super) const TRANSFER_ADDRESS: H160 = H160([0xee; 20]);

/// Keccak-256 of `Transfer(address,address,uint256)` (ERC-20).
const TRANSFER_TOPIC: B256 =
	b256!("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");

/// The logs of a call in the order in which they were made, those of movements included. What failed
/// has logged nothing and moved nothing.
pub(super) fn logs(trace: &Trace) -> Vec<LogView> {
	let mut logs = Vec::new();
	let mut children = vec![Vec::new(); trace.frames.len()];
	for (position, frame) in trace.frames.iter().enumerate() {
		let parent = frame.parent.and_then(|parent| usize::try_from(parent).ok());
		if let Some(siblings) = parent.and_then(|parent| children.get_mut(parent)) {
			siblings.push(position);
		}
	}
	visit(trace, &children, 0, &mut logs);
	logs
}

/// A frame, as deep as calls nest (1,024 at most): its own logs stand between its children by how many
/// of those had begun before.
fn visit(trace: &Trace, children: &[Vec<usize>], position: usize, logs: &mut Vec<LogView>) {
	let Some(frame) = trace.frames.get(position) else { return };
	if frame.end != FrameEnd::Success {
		return;
	}
	logs.extend(movement(frame));
	let own: &[usize] = children.get(position).map_or(&[], Vec::as_slice);
	let mut waiting = frame.logs.iter().peekable();
	for (begun, child) in (0_u32..).zip(own) {
		while let Some(log) = waiting.next_if(|log| log.position <= begun) {
			logs.push(log.log.clone());
		}
		// A frame's parent stands before it: a trace that says otherwise would not end.
		if *child > position {
			visit(trace, children, *child, logs);
		}
	}
	logs.extend(waiting.map(|log| log.log.clone()));
}

fn movement(frame: &Frame) -> Option<LogView> {
	let moves = match frame.kind {
		FrameKind::Call | FrameKind::Create | FrameKind::Create2 | FrameKind::SelfDestruct => true,
		FrameKind::CallCode | FrameKind::DelegateCall | FrameKind::StaticCall => false,
	};
	(moves && !frame.value.is_zero()).then(|| LogView {
		address: TRANSFER_ADDRESS,
		topics: vec![view_hash(TRANSFER_TOPIC), word(frame.from), word(frame.to)],
		data: frame.value.to_big_endian().to_vec(),
	})
}

fn word(address: H160) -> H256 {
	let mut word = H256::zero();
	word.0.iter_mut().skip(12).zip(address.0).for_each(|(to, from)| *to = from);
	word
}
