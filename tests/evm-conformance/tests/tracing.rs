// SPDX-License-Identifier: Apache-2.0
//! What is recorded of transactions whose code is written here by hand, and that recording changes
//! nothing.

use proptest::{collection::vec, prelude::*};
use revm::{
	context::{BlockEnv, CfgEnv, TxEnv},
	context_interface::result::ExecutionResult,
	primitives::{hardfork::SpecId, Address, Bytes, TxKind, U256},
};
use unum_ethereum_view::{Frame, FrameEnd, FrameKind, StepOptions, Trace, TraceOptions, H160};
use unum_evm_conformance::Traced;
use unum_evm_engine::{TRACE_BYTES_MAX, TRACE_STEPS_MAX};

const SENDER: Address = Address::repeat_byte(0x5e);
const A: Address = Address::repeat_byte(0xaa);
const B: Address = Address::repeat_byte(0xbb);
const GAS_LIMIT: u64 = 1_000_000;
/// What a transaction without data costs before its first instruction.
const BASE_GAS: u64 = 21_000;

const ALL: TraceOptions = TraceOptions {
	frames: true,
	steps: Some(StepOptions {
		stack: true,
		memory: true,
		storage: true,
		return_data: true,
		limit: 0,
	}),
	state: true,
};

/// A transaction that calls A.
fn calling(a: &[u8], b: &[u8]) -> Traced {
	let cfg = CfgEnv::new_with_spec(SpecId::OSAKA);
	let tx = TxEnv {
		caller: SENDER,
		gas_limit: GAS_LIMIT,
		kind: TxKind::Call(A),
		chain_id: Some(1),
		..TxEnv::default()
	};
	let code = |code: &[u8]| Bytes::copy_from_slice(code);
	Traced::new(cfg, BlockEnv { gas_limit: 30_000_000, ..BlockEnv::default() }, tx)
		.account(SENDER, 0, U256::from(1_000_000), Bytes::new())
		.account(A, 1, U256::from(1_000), code(a))
		.account(B, 1, U256::ZERO, code(b))
}

/// Runs it, checks what holds for every trace, and gives the trace.
fn record(transaction: &Traced) -> (ExecutionResult, Trace) {
	let ((result, root), trace) = transaction.trace(&ALL);
	let result = result.unwrap();
	assert_eq!(transaction.run(), (Ok(result.clone()), root), "recording changes nothing");
	assert_eq!(trace.frames[0].gas_used, result.tx_gas_used());
	assert_eq!(trace.frames[0].parent, None);
	(result, trace)
}

fn push(bytes: &[u8]) -> Vec<u8> {
	[&[0x5f + u8::try_from(bytes.len()).unwrap()], bytes].concat()
}

/// CALL and its like, with all gas, without data: `value` for those that have one.
fn call(opcode: u8, to: Address, value: Option<u8>) -> Vec<u8> {
	let zeros = push(&[0]).repeat(4);
	let value = value.map(|value| push(&[value])).unwrap_or_default();
	[zeros, value, push(to.as_slice()), vec![0x5a, opcode, 0x50]].concat()
}

const CALL: u8 = 0xf1;
const CALLCODE: u8 = 0xf2;
const DELEGATECALL: u8 = 0xf4;
const STATICCALL: u8 = 0xfa;

/// CREATE with `init` of at most 32 bytes.
fn create(init: &[u8], value: u8) -> Vec<u8> {
	let length = u8::try_from(init.len()).unwrap();
	let store = [push(init), vec![0x5f, 0x52]].concat();
	[store, push(&[length]), push(&[32 - length]), push(&[value]), vec![0xf0, 0x50]].concat()
}

fn view(address: Address) -> H160 {
	H160(address.into_array())
}

fn halted(words: &str) -> FrameEnd {
	FrameEnd::Halted(words.into())
}

/// How the only inner frame of a call of A ended, and the gas that it used and was given.
fn inner(a: &[u8], b: &[u8]) -> (FrameEnd, u64, u64) {
	let (_, trace) = record(&calling(a, b));
	assert_eq!(trace.frames.len(), 2, "{:#?}", trace.frames);
	let Frame { end, gas_used, gas, .. } = trace.frames[1].clone();
	(end, gas_used, gas)
}

#[test]
fn each_kind_of_call_has_its_parties() {
	let code = [
		call(CALL, B, Some(7)),
		call(CALLCODE, B, Some(6)),
		call(DELEGATECALL, B, None),
		call(STATICCALL, B, None),
	];
	let mut transaction = calling(&code.concat(), &[0x00]);
	transaction.tx_mut().value = U256::from(9);
	let (_, trace) = record(&transaction);
	let frame = |frame: &Frame| (frame.kind, frame.from, frame.to, frame.value.as_u64());
	let expected = [
		(FrameKind::Call, view(SENDER), view(A), 9),
		(FrameKind::Call, view(A), view(B), 7),
		(FrameKind::CallCode, view(A), view(B), 6),
		// The value of the call around.
		(FrameKind::DelegateCall, view(A), view(B), 9),
		(FrameKind::StaticCall, view(A), view(B), 0),
	];
	assert_eq!(trace.frames.iter().map(frame).collect::<Vec<_>>(), expected);
	assert!(trace.frames[1..].iter().all(|frame| frame.parent == Some(0)));
	assert!(trace.frames.iter().all(|frame| frame.end == FrameEnd::Success));
	assert_eq!(trace.frames[0].gas, GAS_LIMIT);
}

#[test]
fn a_precompiled_contract_is_a_frame() {
	// SHA-256 of nothing costs 60.
	let sha = Address::with_last_byte(2);
	let (_, trace) = record(&calling(&call(STATICCALL, sha, None), &[]));
	let frame = &trace.frames[1];
	assert_eq!((frame.to, frame.gas_used, &frame.end), (view(sha), 60, &FrameEnd::Success));
	assert_eq!(frame.output[..4], [0xe3, 0xb0, 0xc4, 0x42]);
	// With too little gas.
	let code = [push(&[0]).repeat(4), push(&[2]), push(&[59]), vec![STATICCALL, 0x50]].concat();
	assert_eq!(inner(&code, &[]), (halted("out of gas"), 59, 59));
}

#[test]
fn failures_are_told_in_geths_words() {
	let a = call(CALL, B, Some(0));
	let failing = |b: &[u8]| {
		let (end, used, given) = inner(&a, b);
		assert_eq!(used, given, "all gas is used");
		end
	};
	assert_eq!(failing(&[0x01]), halted("stack underflow (0 <=> 2)"));
	assert_eq!(failing(&[0xfe]), halted("invalid opcode: INVALID"));
	assert_eq!(failing(&[0x0c]), halted("invalid opcode: opcode 0xc not defined"));
	assert_eq!(failing(&[0x5f, 0x56]), halted("invalid jump destination"));
	assert_eq!(failing(&[0x5b, 0x5f, 0x56]), halted("out of gas"));
	let pushes = [vec![0x5b, 0x5f], push(&[0]), vec![0x56]].concat();
	assert_eq!(failing(&pushes), halted("stack limit reached 1024 (1023)"));
	assert_eq!(failing(&[0x60, 1, 0x5f, 0x5f, 0x3e]), halted("return data out of bounds"));
	// Memory at 2^255.
	assert_eq!(failing(&[0x60, 1, 0x60, 0xff, 0x1b, 0x51]), halted("out of gas"));
	let (end, used, _) = inner(&a, &[0x5f, 0x5f, 0xfd]);
	assert_eq!((end, used), (FrameEnd::Reverted, 4));
}

#[test]
fn a_static_call_must_not_write() {
	let a = call(STATICCALL, B, None);
	let end = |b: &[u8]| inner(&a, b).0;
	assert_eq!(end(&[0x5f, 0x5f, 0x55]), halted("write protection"));
	assert_eq!(end(&[0x5f, 0x5f, 0xa0]), halted("write protection"));
	assert_eq!(end(&[0x5f, 0xff]), halted("write protection"));
	// The call in the call that carries a value does not begin.
	assert_eq!(end(&call(CALL, SENDER, Some(1))), halted("write protection"));
}

#[test]
fn what_does_not_begin_is_a_frame_without_cost() {
	let a = [push(&[0]).repeat(4), push(&[3, 233]), push(B.as_slice()), vec![0x5a, CALL]].concat();
	let (end, used, given) = inner(&a, &[0xfe]);
	assert_eq!((end, used), (halted("insufficient balance for transfer"), 0));
	assert!(given > 900_000);
}

#[test]
fn calls_end_at_a_depth_of_1024() {
	// A calls itself with 63/64 of its gas, which has to last.
	let gas_limit = 1 << 40;
	let mut cfg = CfgEnv::new_with_spec(SpecId::OSAKA);
	cfg.tx_gas_limit_cap = Some(gas_limit);
	let tx = TxEnv { caller: SENDER, gas_limit, kind: TxKind::Call(A), ..TxEnv::default() };
	let block = BlockEnv { gas_limit, ..BlockEnv::default() };
	let code = call(CALL, A, Some(0)).into();
	let (_, trace) = record(&Traced::new(cfg, block, tx).account(A, 1, U256::ZERO, code));
	let deepest = trace.frames.last().unwrap();
	assert_eq!((trace.frames.len(), deepest.parent), (1_026, Some(1_024)));
	assert_eq!((&deepest.end, deepest.gas_used), (&halted("max call depth exceeded"), 0));
	assert_eq!(trace.steps.iter().map(|step| step.depth).max(), Some(1_025));
}

#[test]
fn creations_say_what_they_made() {
	// Init code that returns one byte of code, 0x00.
	let init = [0x60, 1, 0x5f, 0xf3];
	let (_, trace) = record(&calling(&create(&init, 5), &[]));
	let frame = &trace.frames[1];
	assert_eq!((frame.kind, frame.from), (FrameKind::Create, view(A)));
	assert_eq!((frame.to, frame.value.as_u64()), (view(A.create(1)), 5));
	assert_eq!((&frame.input[..], &frame.output[..]), (&init[..], &[0][..]));
	// Two pushes, memory of one word, 200 for the byte of code.
	assert_eq!((frame.gas_used, &frame.end), (3 + 2 + 3 + 200, &FrameEnd::Success));
	// A contract in a contract in a contract.
	let inner = create(&init, 0);
	let (_, trace) = record(&calling(&create(&inner, 0), &[]));
	let parents: Vec<_> = trace.frames.iter().map(|frame| frame.parent).collect();
	assert_eq!(parents, [None, Some(0), Some(1)]);
	assert_eq!(trace.frames[2].from, trace.frames[1].to);
}

#[test]
fn failed_creations_say_why() {
	let failing = |init: &[u8]| inner(&create(init, 0), &[]).0;
	// Code that begins with 0xef.
	let starts_with_ef = [0x60, 0xef, 0x5f, 0x53, 0x60, 1, 0x5f, 0xf3];
	assert_eq!(failing(&starts_with_ef), halted("invalid code: must not begin with 0xef"));
	assert_eq!(failing(&[0x61, 0x60, 1, 0x5f, 0xf3]), halted("max code size exceeded"));
	// 24,576 bytes cost 4,915,200.
	let too_dear = [0x61, 0x60, 0, 0x5f, 0xf3];
	assert_eq!(failing(&too_dear), halted("contract creation code storage out of gas"));
	assert_eq!(failing(&[0x5f, 0x5f, 0xfd]), FrameEnd::Reverted);
	let collided =
		calling(&create(&[0x00], 0), &[]).account(A.create(1), 1, U256::ZERO, Bytes::new());
	let (_, trace) = record(&collided);
	assert_eq!(trace.frames[1].end, halted("contract address collision"));
	let counted = calling(&[], &[]).account(A, u64::MAX, U256::ZERO, create(&[0x00], 0).into());
	let (_, trace) = record(&counted);
	assert_eq!(trace.frames[1].end, halted("nonce uint64 overflow"));
	assert_eq!(trace.frames[1].gas_used, 0);
}

#[test]
fn a_transaction_that_creates_is_a_creation() {
	let mut transaction = calling(&[], &[]);
	transaction.tx_mut().kind = TxKind::Create;
	transaction.tx_mut().data = vec![0x60, 1, 0x5f, 0xf3].into();
	let (_, trace) = record(&transaction);
	let frame = &trace.frames[0];
	assert_eq!((frame.kind, frame.to), (FrameKind::Create, view(SENDER.create(0))));
	assert_eq!((frame.gas, &frame.output[..]), (GAS_LIMIT, &[0][..]));
	let made = trace.accounts.iter().find(|account| account.address == frame.to).unwrap();
	assert_eq!(made.before, None);
	assert_eq!(made.after.as_ref().unwrap().code, [0]);
}

#[test]
fn a_self_destruct_is_a_frame() {
	let to_sender = [push(SENDER.as_slice()), vec![0xff]].concat();
	let a = [call(CALL, B, Some(7)), vec![0x00]].concat();
	let (_, trace) = record(&calling(&a, &to_sender));
	let frame = &trace.frames[2];
	assert_eq!((frame.kind, frame.parent), (FrameKind::SelfDestruct, Some(1)));
	assert_eq!((frame.from, frame.to, frame.value.as_u64()), (view(B), view(SENDER), 7));
	assert_eq!((frame.gas, frame.gas_used, &frame.end), (0, 0, &FrameEnd::Success));
	// In favour of itself: nothing moves.
	let (_, trace) = record(&calling(&a, &[0x30, 0xff]));
	assert_eq!((trace.frames[2].to, trace.frames[2].value.as_u64()), (view(B), 7));
	// Made and destroyed in one transaction: it is gone.
	let (_, trace) = record(&calling(&create(&to_sender[..], 7), &[]));
	let gone = trace.accounts.iter().find(|account| account.address == view(A.create(1))).unwrap();
	assert_eq!((&gone.before, &gone.after), (&None, &None));
}

#[test]
fn logs_know_their_place() {
	let log = [0x5f, 0x5f, 0xa0];
	let a = [
		log.to_vec(),
		call(CALL, B, Some(0)),
		log.to_vec(),
		// Not enough gas for the log: its call fails.
		[push(&[0]).repeat(5), push(B.as_slice()), push(&[10]), vec![CALL]].concat(),
		log.to_vec(),
	];
	let b = [log.to_vec(), log.to_vec(), vec![0x00]].concat();
	let (result, trace) = record(&calling(&a.concat(), &b));
	let places =
		|frame: &Frame| frame.logs.iter().map(|log| (log.position, log.index)).collect::<Vec<_>>();
	assert_eq!(places(&trace.frames[0]), [(0, 0), (1, 3), (2, 4)]);
	assert_eq!(places(&trace.frames[1]), [(0, 1), (0, 2)]);
	assert_eq!(result.logs().len(), 5);
	// A frame that logs and then fails: its logs are dropped, and their numbers are given again.
	let a = [call(CALL, B, Some(0)), log.to_vec()].concat();
	let (result, trace) = record(&calling(&a, &[log.to_vec(), vec![0xfe]].concat()));
	assert_eq!((places(&trace.frames[1]), places(&trace.frames[0])), (vec![(0, 0)], vec![(1, 0)]));
	assert_eq!(result.logs().len(), 1);
}

#[test]
fn steps_have_gas_cost_and_refund() {
	// SSTORE of 2 in slot 1, twice read, then cleared.
	let write = [push(&[2]), push(&[1]), vec![0x55]].concat();
	let clear = [vec![0x5f], push(&[1]), vec![0x55]].concat();
	let code = [write, push(&[1]), vec![0x54], clear, vec![0x00]].concat();
	let (_, trace) = record(&calling(&code, &[]));
	let steps: Vec<_> =
		trace.steps.iter().map(|step| (step.pc, step.opcode, step.cost, step.refund)).collect();
	let expected = [
		(0, 0x60, 3, 0),
		(2, 0x60, 3, 0),
		// A cold slot that was empty (EIP-2929: 2,100; EIP-2200: 20,000).
		(4, 0x55, 22_100, 0),
		(5, 0x60, 3, 0),
		(7, 0x54, 100, 0),
		(8, 0x5f, 2, 0),
		(9, 0x60, 3, 0),
		// Back to what it was.
		(11, 0x55, 100, 0),
		(12, 0x00, 0, 19_900),
	];
	assert_eq!(steps, expected);
	assert_eq!(trace.steps[0].gas, GAS_LIMIT - BASE_GAS);
	for pair in trace.steps.windows(2) {
		assert_eq!(pair[1].gas, pair[0].gas - pair[0].cost);
	}
	let slots: Vec<_> = trace.steps.iter().filter_map(|step| step.slot).collect();
	let values: Vec<_> = slots.iter().map(|(_, slot, value)| (slot.0[31], value.0[31])).collect();
	assert_eq!(values, [(1, 2), (1, 2), (1, 0)]);
	assert!(slots.iter().all(|(contract, _, _)| *contract == view(A)));
	assert_eq!(trace.steps[2].stack.as_ref().unwrap().len(), 2);
}

#[test]
fn refunds_are_those_of_all_frames() {
	let c = Address::repeat_byte(0xcc);
	let write = [push(&[2]), push(&[1]), vec![0x55]].concat();
	let clear = [vec![0x5f], push(&[1]), vec![0x55]].concat();
	let a = [write, clear, call(CALL, B, Some(0)), vec![0x00]].concat();
	let b = [call(CALL, c, Some(0)), vec![0x00]].concat();
	let transaction = calling(&a, &b).account(c, 1, U256::ZERO, vec![0x5f, 0x00].into());
	let (_, trace) = record(&transaction);
	let of = |depth| {
		let steps = trace.steps.iter().filter(|step| step.depth == depth);
		steps.map(|step| step.refund).collect::<Vec<_>>()
	};
	assert!(!of(2).is_empty() && of(2).iter().all(|refund| *refund == 19_900));
	assert_eq!(of(3), [19_900, 19_900]);
	assert_eq!(trace.steps.last().unwrap().refund, 19_900);
}

#[test]
fn a_call_costs_what_it_gives_and_a_creation_does_not() {
	let given = 50_000_u32;
	let gas = push(&given.to_be_bytes()[1..]);
	let a = [push(&[0]).repeat(5), push(B.as_slice()), gas, vec![CALL]].concat();
	let (_, trace) = record(&calling(&a, &[0x00]));
	let call = trace.steps.iter().find(|step| step.opcode == CALL).unwrap();
	// A cold account (EIP-2929: 2,600).
	assert_eq!(call.cost, 2_600 + u64::from(given));
	assert_eq!(trace.steps.last().unwrap().depth, 1);
	assert_eq!(trace.steps.iter().filter(|step| step.depth == 2).count(), 1);
	let (_, trace) = record(&calling(&create(&[0x00], 0), &[]));
	let create = trace.steps.iter().find(|step| step.opcode == 0xf0).unwrap();
	// Init code of one word (EIP-3860: 2).
	assert_eq!(create.cost, 32_000 + 2);
}

#[test]
fn a_failing_step_says_why() {
	let (_, trace) = record(&calling(&[0x5f, 0x01], &[]));
	let last = trace.steps.last().unwrap();
	assert_eq!(last.error.as_deref(), Some(&b"stack underflow (1 <=> 2)"[..]));
	assert_eq!(last.cost, 3);
	assert!(trace.steps[..trace.steps.len() - 1].iter().all(|step| step.error.is_none()));
}

#[test]
fn memory_and_return_data_are_those_before_the_step() {
	let a = [push(&[0xab]), vec![0x5f, 0x52], call(CALL, B, Some(0)), vec![0x00]].concat();
	let b = [push(&[1]), vec![0x5f, 0xf3]].concat();
	let (_, trace) = record(&calling(&a, &b));
	let store = trace.steps.iter().find(|step| step.opcode == 0x52).unwrap();
	assert_eq!(store.memory.as_deref(), Some(&[][..]));
	let last = trace.steps.last().unwrap();
	assert_eq!(last.memory.as_ref().map(Vec::len), Some(32));
	assert_eq!(last.return_data.as_deref(), Some(&[0][..]));
}

#[test]
fn accounts_are_sorted_with_what_was_and_is() {
	let code = [push(&[2]), push(&[9]), vec![0x55], push(&[3]), vec![0x54], call(CALL, B, Some(7))];
	let transaction = calling(&code.concat(), &[]).slot(A, U256::from(3), U256::from(4));
	let (_, trace) = record(&transaction);
	assert!(trace.accounts.is_sorted_by_key(|account| account.address));
	let of = |address| trace.accounts.iter().find(|account| account.address == address).unwrap();
	let a = of(view(A));
	let slots = a.slots.iter().map(|slot| (slot.slot.0[31], slot.before.0[31], slot.after.0[31]));
	assert_eq!(slots.collect::<Vec<_>>(), [(3, 4, 4), (9, 0, 2)]);
	let (before, after) = (a.before.as_ref().unwrap(), a.after.as_ref().unwrap());
	assert_eq!((before.balance.as_u64(), after.balance.as_u64()), (1_000, 993));
	assert_eq!((&before.code, &after.code), (&code.concat(), &code.concat()));
	let sender = of(view(SENDER));
	assert_eq!(sender.before.as_ref().unwrap().nonce, 0);
	assert_eq!(sender.after.as_ref().unwrap().nonce, 1);
	// The block's author is shown even if nothing has looked at it.
	assert_eq!(of(H160::zero()).before, None);
}

#[test]
fn what_is_recorded_is_bounded_and_the_transaction_runs_on() {
	use codec::Encode;
	// A loop with a memory of 8 KiB, until the gas ends.
	let code = [vec![0x5f], push(&[0x20, 0x00]), vec![0x52, 0x5b], push(&[5]), vec![0x56]].concat();
	let (_, trace) = record(&calling(&code, &[]));
	assert!(trace.truncated);
	assert!(trace.encoded_size() <= TRACE_BYTES_MAX + 16, "{}", trace.encoded_size());
	assert!(trace.encoded_size() > TRACE_BYTES_MAX - 16_384);
	assert_eq!(trace.frames[0].end, halted("out of gas"));
	// As many steps as there may be, without anything else.
	let steps = Some(StepOptions::default());
	let (_, trace) = calling(&code, &[]).trace(&TraceOptions { steps, ..Default::default() });
	assert_eq!((trace.steps.len(), trace.truncated), (TRACE_STEPS_MAX, true));
	// A limit that was asked for is no truncation.
	let steps = Some(StepOptions { limit: 10, ..Default::default() });
	let (_, trace) = calling(&code, &[]).trace(&TraceOptions { steps, ..Default::default() });
	assert_eq!((trace.steps.len(), trace.truncated), (10, false));
}

/// Code of instructions that mean something more often than bytes do.
fn code() -> impl Strategy<Value = Vec<u8>> {
	let piece = prop_oneof![
		4 => any::<u8>().prop_map(|byte| push(&[byte])),
		4 => (0x01_u8..0x60).prop_map(|opcode| vec![opcode]),
		2 => any::<u8>().prop_map(|byte| vec![byte]),
		2 => (0x80_u8..0xa5).prop_map(|opcode| vec![opcode]),
		2 => prop_oneof![Just(A), Just(B), Just(SENDER), Just(Address::with_last_byte(4))]
			.prop_flat_map(|to| prop_oneof![
				(0_u8..9).prop_map(move |value| call(CALL, to, Some(value))),
				(0_u8..9).prop_map(move |value| call(CALLCODE, to, Some(value))),
				Just(call(DELEGATECALL, to, None)),
				Just(call(STATICCALL, to, None)),
			]),
		1 => (vec(any::<u8>(), 1..32), 0_u8..3).prop_map(|(init, value)| create(&init, value)),
		1 => Just([push(&[1]), push(&[1]), vec![0x55]].concat()),
		1 => Just([push(SENDER.as_slice()), vec![0xff]].concat()),
		1 => Just([push(&[7]), push(&[3]), vec![0x5f, 0xfd]].concat()),
	];
	vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(1_024))]

	/// Whatever the code does: result, gas and state are the same, the frames' gas is that of the
	/// result, and a frame's children use no more than it does.
	#[test]
	fn recording_changes_nothing(a in code(), b in code(), value in 0_u64..3) {
		let mut transaction = calling(&a, &b);
		transaction.tx_mut().gas_limit = 200_000;
		transaction.tx_mut().value = U256::from(value);
		let (_, trace) = record(&transaction);
		prop_assert!(!trace.truncated);
		for frame in &trace.frames[1..] {
			prop_assert!(frame.gas_used <= frame.gas);
			prop_assert!(frame.gas_used <= trace.frames[0].gas);
		}
		// Between two steps of one frame the gas falls by the cost, less what came back.
		for pair in trace.steps.windows(2).filter(|pair| pair[0].depth == pair[1].depth) {
			prop_assert!(pair[1].gas >= pair[0].gas - pair[0].cost || pair[0].opcode == 0xf0
				|| pair[0].opcode == 0xf5);
		}
	}
}
