// SPDX-License-Identifier: Apache-2.0
//! `4byteTracer`.

use std::collections::BTreeMap;

use serde_json::Value;
use unum_ethereum_view::{Frame, FrameKind, Trace};

use crate::Context;

/// How often each function was called with how much data: `{"0x38cc4831-0": 2}`.
pub(crate) fn format(trace: &Trace, context: &Context<'_>) -> Value {
	let mut counts = BTreeMap::<String, u64>::new();
	let is_wanted =
		|frame: &&Frame| is_call(frame.kind) && !context.precompiles.contains(&frame.to);
	for frame in trace.frames.iter().filter(is_wanted) {
		let Some((selector, arguments)) = frame.input.split_first_chunk::<4>() else { continue };
		let key = format!("0x{}-{}", hex::encode(selector), arguments.len());
		let count = counts.entry(key).or_default();
		*count = count.saturating_add(1);
	}
	counts.into_iter().map(|(key, count)| (key, Value::from(count))).collect()
}

fn is_call(kind: FrameKind) -> bool {
	use FrameKind::{Call, CallCode, DelegateCall, StaticCall};
	matches!(kind, Call | CallCode | DelegateCall | StaticCall)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::tests::{context_of, frame};
	use serde_json::json;

	#[test]
	fn functions_are_counted() {
		let short = Frame { input: vec![1, 2, 3], ..frame(Some(0), FrameKind::Call, 2) };
		let bare = Frame { input: vec![1, 2, 3, 4], ..frame(Some(0), FrameKind::Call, 2) };
		let frames = vec![
			frame(None, FrameKind::Call, 1),
			frame(Some(0), FrameKind::DelegateCall, 2),
			frame(Some(0), FrameKind::Create, 3),
			// A precompiled contract.
			frame(Some(0), FrameKind::StaticCall, 8),
			short,
			bare,
		];
		let trace = Trace { frames, ..Trace::default() };
		let counted = context_of(|context| format(&trace, context));
		assert_eq!(counted, json!({ "0x01020304-1": 2, "0x01020304-0": 1 }));
	}
}
