// SPDX-License-Identifier: Apache-2.0
//! `callTracer`.

use serde_json::{json, Map, Value};
use unum_ethereum_view::{Frame, FrameEnd, FrameKind, FrameLog, Trace};

use crate::{
	encode::{address, bytes, hash, number, quantity, words},
	revert, CallConfig, Context,
};

/// `None` without any frame.
pub(crate) fn format(config: &CallConfig, trace: &Trace, context: &Context<'_>) -> Option<Value> {
	let count = if config.only_top_call { 1 } else { trace.frames.len() };
	let frames = trace.frames.get(..count)?;
	let failed = failed(frames);
	// A frame stands behind the one that made it, so the last ones are complete first.
	let mut calls: Vec<Vec<Value>> = vec![Vec::new(); frames.len()];
	let mut top = None;
	for (frame, has_failed) in frames.iter().zip(failed).rev() {
		let mut object = fields(frame);
		let mut made = calls.pop().unwrap_or_default();
		if !made.is_empty() {
			made.reverse();
			object.insert("calls".to_owned(), made.into());
		}
		if config.with_log && !has_failed && !frame.logs.is_empty() {
			let logs = frame.logs.iter().map(|entry| log(entry, config, context)).collect();
			object.insert("logs".to_owned(), Value::Array(logs));
		}
		match frame.parent.and_then(|parent| calls.get_mut(usize::try_from(parent).ok()?)) {
			Some(siblings) => siblings.push(object.into()),
			None => top = Some(object.into()),
		}
	}
	top
}

/// Which frames have no effect, because they or one around them failed.
fn failed(frames: &[Frame]) -> Vec<bool> {
	let mut failed: Vec<bool> = Vec::with_capacity(frames.len());
	for frame in frames {
		let parent = frame.parent.and_then(|parent| failed.get(usize::try_from(parent).ok()?));
		failed.push(frame.end != FrameEnd::Success || parent.copied().unwrap_or_default());
	}
	failed
}

fn fields(frame: &Frame) -> Map<String, Value> {
	let mut object = Map::new();
	let mut set = |name: &str, value| {
		object.insert(name.to_owned(), value);
	};
	set("type", kind(frame.kind).into());
	set("from", address(frame.from).into());
	set("gas", quantity(frame.gas));
	set("gasUsed", quantity(frame.gas_used));
	set("input", bytes(&frame.input));
	let is_creation = matches!(frame.kind, FrameKind::Create | FrameKind::Create2);
	if !is_creation || frame.end == FrameEnd::Success {
		set("to", address(frame.to).into());
	}
	if frame.kind != FrameKind::StaticCall {
		set("value", number(frame.value));
	}
	if !frame.output.is_empty() && !matches!(frame.end, FrameEnd::Halted(_)) {
		set("output", bytes(&frame.output));
	}
	match &frame.end {
		FrameEnd::Success => {},
		FrameEnd::Reverted => {
			set("error", "execution reverted".into());
			if let Some(reason) = revert::reason(&frame.output).filter(|reason| !reason.is_empty())
			{
				set("revertReason", reason.into());
			}
		},
		FrameEnd::Halted(cause) => set("error", words(cause)),
	}
	object
}

fn log(entry: &FrameLog, config: &CallConfig, context: &Context<'_>) -> Value {
	let topics: Vec<_> = entry.log.topics.iter().copied().map(hash).collect();
	// Among the calls that are shown.
	let position = if config.only_top_call { 0 } else { entry.position };
	json!({
		"address": address(entry.log.address),
		"topics": topics,
		"data": bytes(&entry.log.data),
		"index": quantity(context.logs_before.saturating_add(entry.index.into())),
		"position": quantity(position.into()),
	})
}

/// The instruction.
fn kind(kind: FrameKind) -> &'static str {
	match kind {
		FrameKind::Call => "CALL",
		FrameKind::CallCode => "CALLCODE",
		FrameKind::DelegateCall => "DELEGATECALL",
		FrameKind::StaticCall => "STATICCALL",
		FrameKind::Create => "CREATE",
		FrameKind::Create2 => "CREATE2",
		FrameKind::SelfDestruct => "SELFDESTRUCT",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::tests::{context_of, frame, log_of};

	fn json_of(config: CallConfig, frames: Vec<Frame>) -> Option<Value> {
		let trace = Trace { frames, ..Trace::default() };
		context_of(|context| format(&config, &trace, context))
	}

	/// A call of 1 by 2 which calls 3, which fails and had made a contract; and then destroys itself.
	fn frames() -> Vec<Frame> {
		let top = Frame { logs: vec![log_of(2, 0)], ..frame(None, FrameKind::Call, 1) };
		let failed = Frame {
			end: FrameEnd::Halted(b"out of gas".to_vec()),
			logs: vec![log_of(0, 1)],
			..frame(Some(0), FrameKind::StaticCall, 2)
		};
		let created = Frame { logs: vec![log_of(0, 2)], ..frame(Some(1), FrameKind::Create2, 3) };
		vec![top, failed, created, frame(Some(0), FrameKind::SelfDestruct, 4)]
	}

	fn name(last: u8) -> String {
		format!("0x{}{last:02x}", "00".repeat(19))
	}

	#[test]
	fn frames_become_a_tree() {
		let config = CallConfig { with_log: true, only_top_call: false };
		let common = |kind: &str, to: u8| {
			json!({
				"type": kind, "from": name(9), "to": name(to), "value": "0x5", "gas": "0x64",
				"gasUsed": "0xa", "input": "0x01020304ff",
			})
		};
		let mut failed = common("STATICCALL", 2);
		failed["error"] = "out of gas".into();
		failed.as_object_mut().unwrap().remove("value");
		failed["calls"] = json!([common("CREATE2", 3)]);
		let mut top = common("CALL", 1);
		top["calls"] = json!([failed, common("SELFDESTRUCT", 4)]);
		top["logs"] = json!([{
			"address": name(7), "topics": [format!("0x{}", "11".repeat(32))], "data": "0x2a",
			"index": "0x28", "position": "0x2",
		}]);
		assert_eq!(json_of(config, frames()), Some(top));
	}

	#[test]
	fn only_the_top_call_has_no_calls() {
		let config = CallConfig { with_log: true, only_top_call: true };
		let top = json_of(config, frames()).unwrap();
		assert_eq!(top.get("calls"), None);
		assert_eq!(top["logs"][0]["position"], "0x0");
		let without = json_of(CallConfig::default(), frames()).unwrap();
		assert_eq!(without.get("logs"), None);
		assert_eq!(json_of(config, Vec::new()), None);
	}

	#[test]
	fn a_failed_creation_is_nowhere() {
		let output = b"data of a revert".to_vec();
		let reverted = Frame {
			end: FrameEnd::Reverted,
			output: output.clone(),
			..frame(None, FrameKind::Create, 1)
		};
		let top = json_of(CallConfig::default(), vec![reverted]).unwrap();
		assert_eq!((top.get("to"), &top["output"]), (None, &bytes(&output)));
		assert_eq!((&top["error"], top.get("revertReason")), (&"execution reverted".into(), None));
	}
}
