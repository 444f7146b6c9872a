// SPDX-License-Identifier: Apache-2.0
//! What every engine must do, on every host.

use alloc::vec::Vec;
use codec::{Decode, Encode};
use core::fmt::Debug;
use proptest::prelude::*;
use scale_info::{TypeDef, TypeInfo};
use sp_weights::Weight;
use unum_id_com::IdCom;

use crate::{
	BlockEnv, CallContext, EngineFault, Fate, Meter, NativeStatus, Opcode, Outcome, Vm, VmEngine,
};

/// What the suite needs to know of an engine on a host.
pub trait Fixture {
	/// The engine under test.
	type Engine: VmEngine<Self::Host>;
	/// The host that it runs on.
	type Host;
	/// All state that the engine could change, in comparable form (a clone, a storage root).
	type State: PartialEq + Debug;

	/// Runs `test` on a fresh host.
	fn with_host<R>(test: impl FnOnce(&mut Self::Host) -> R) -> R;

	/// The host's state.
	fn state(host: &Self::Host) -> Self::State;

	/// Runs `call` so that its changes are undone where it returns `None`, as the dispatcher does.
	fn undo_unless_some<R>(
		host: &mut Self::Host,
		call: impl FnOnce(&mut Self::Host) -> Option<R>,
	) -> Option<R>;

	/// Calls that succeed on a fresh host, at least one of each opcode.
	fn succeeding() -> Vec<(IdCom, PayloadOf<Self>)>;

	/// Calls that are included and fail on a fresh host, at least one of each status.
	fn failing() -> Vec<(IdCom, PayloadOf<Self>)>;
}

/// The payload type of the engine under test.
pub type PayloadOf<F> = <<F as Fixture>::Engine as Vm>::Payload;
type StatusOf<F> = <<F as Fixture>::Engine as Vm>::Status;
type Result<F> = core::result::Result<Outcome<StatusOf<F>>, EngineFault>;

/// A call context for tests: block 1, no transaction.
pub fn context(sender: IdCom) -> CallContext {
	let block = BlockEnv {
		number: 1,
		parent_hash: Default::default(),
		timestamp_ms: 1_000,
		genesis_hash: Default::default(),
	};
	CallContext { sender, transaction_hash: Default::default(), tag: None, block }
}

fn calls<F: Fixture>() -> Vec<(IdCom, PayloadOf<F>)> {
	F::succeeding().into_iter().chain(F::failing()).collect()
}

fn run<F: Fixture>(
	host: &mut F::Host,
	sender: IdCom,
	payload: &PayloadOf<F>,
	meter: &mut Meter,
) -> Result<F> {
	F::Engine::execute(host, &context(sender), payload, meter)
}

fn full_meter<F: Fixture>(host: &F::Host, payload: &PayloadOf<F>) -> Meter {
	Meter::new(F::Engine::weight_limit(host, payload))
}

fn succeeded<S>(outcome: &Outcome<S>) -> bool {
	matches!(outcome.fate, Fate::Success)
}

/// The payload enum's variant indices lie in the engine's range, are documented, and so are their
/// fields; nothing else of the range decodes.
pub fn payload_variants_are_the_engines_opcodes<F: Fixture>() {
	let TypeDef::Variant(variants) = PayloadOf::<F>::type_info().type_def else {
		panic!("a payload must be an enum");
	};
	assert!(!variants.variants.is_empty());
	for variant in &variants.variants {
		assert!(F::Engine::OPCODES.contains(Opcode::new(variant.index)), "{}", variant.name);
		assert!(!variant.docs.is_empty(), "{} has no documentation", variant.name);
		for field in &variant.fields {
			assert!(!field.docs.is_empty(), "{}.{:?} is undocumented", variant.name, field.name);
		}
	}
	let known: Vec<u8> = variants.variants.iter().map(|variant| variant.index).collect();
	for opcode in (0..=u8::MAX).filter(|opcode| !known.contains(opcode)) {
		let bytes = core::iter::once(opcode).chain([0; 512]).collect::<Vec<_>>();
		assert!(PayloadOf::<F>::decode(&mut &bytes[..]).is_err(), "0x{opcode:02x} decodes");
	}
	let tried: Vec<u8> = F::succeeding().iter().map(|(_, call)| call.encode()[0]).collect();
	assert!(known.iter().all(|opcode| tried.contains(opcode)), "an opcode has no succeeding call");
}

/// Encoding and decoding undo each other; every proper prefix is refused.
pub fn payloads_round_trip<F: Fixture>() {
	for (_, call) in calls::<F>() {
		let bytes = call.encode();
		assert_eq!(PayloadOf::<F>::decode(&mut &bytes[..]).as_ref(), Ok(&call));
		for cut in 0..bytes.len() {
			assert!(PayloadOf::<F>::decode(&mut &bytes[..cut]).is_err(), "{call:?} cut at {cut}");
		}
	}
}

/// Random bytes behind any opcode of the engine never panic, and what decodes encodes to the same.
pub fn random_payloads_never_panic<F: Fixture>() {
	let range = F::Engine::OPCODES.first().get()..=F::Engine::OPCODES.last().get();
	proptest!(|(opcode in range, tail in prop::collection::vec(any::<u8>(), 0..300))| {
		let bytes: Vec<u8> = core::iter::once(opcode).chain(tail).collect();
		let mut input = &bytes[..];
		if let Ok(call) = PayloadOf::<F>::decode(&mut input) {
			let read = bytes.len() - input.len();
			prop_assert_eq!(call.encode(), &bytes[..read]);
			F::with_host(|host| {
				let mut meter = full_meter::<F>(host, &call);
				let outcome = run::<F>(host, IdCom::from([7; 32]), &call, &mut meter);
				prop_assert!(outcome.is_ok(), "fault: {:?}", outcome);
				Ok(())
			})?;
		}
	});
}

/// Succeeding calls are valid, succeed within their limit, and failing ones fail with a status that
/// has a sentence and a code below 128.
pub fn calls_end_as_validation_says<F: Fixture>() {
	for (sender, call) in F::succeeding() {
		F::with_host(|host| {
			assert_eq!(F::Engine::validate(host, &context(sender), &call), Ok(()), "{call:?}");
			let mut meter = full_meter::<F>(host, &call);
			let outcome = run::<F>(host, sender, &call, &mut meter).expect("no fault");
			assert!(succeeded(&outcome), "{call:?}: {outcome:?}");
			assert!(meter.used().any_gt(Weight::zero()), "{call:?} was free");
		});
	}
	for (sender, call) in F::failing() {
		F::with_host(|host| {
			let said = F::Engine::validate(host, &context(sender), &call);
			let mut meter = full_meter::<F>(host, &call);
			let outcome = run::<F>(host, sender, &call, &mut meter).expect("no fault");
			let (Fate::Reverted(status) | Fate::Halted(status) | Fate::FeesOnly(status)) =
				outcome.fate
			else {
				panic!("{call:?} succeeded");
			};
			assert!(status.code() < 128);
			assert!(alloc::format!("{status}").len() > 10, "{status:?} has no sentence");
			if let Err(said) = said {
				assert_eq!(said, status, "{call:?}");
			}
		});
	}
}

/// Validation reads only.
pub fn validation_changes_nothing<F: Fixture>() {
	for (sender, call) in calls::<F>() {
		F::with_host(|host| {
			let before = F::state(host);
			let _ = F::Engine::validate(host, &context(sender), &call);
			assert_eq!(F::state(host), before, "{call:?}");
		});
	}
}

/// A call that fails leaves nothing behind once its snapshot is dropped; one that succeeds does.
pub fn failing_calls_leave_nothing<F: Fixture>() {
	for (sender, call) in F::failing() {
		F::with_host(|host| {
			let before = F::state(host);
			let mut meter = full_meter::<F>(host, &call);
			let kept = F::undo_unless_some(host, |host| {
				run::<F>(host, sender, &call, &mut meter).ok().filter(succeeded)
			});
			assert!(kept.is_none(), "{call:?}");
			assert_eq!(F::state(host), before, "{call:?}");
		});
	}
}

/// Any smaller budget halts the call: no fault, no success, nothing left behind.
pub fn out_of_budget_halts<F: Fixture>() {
	for (sender, call) in F::succeeding() {
		for budget in [Weight::zero(), Weight::from_parts(1, 0)] {
			F::with_host(|host| {
				let before = F::state(host);
				let mut meter = Meter::new(budget);
				let outcome = run::<F>(host, sender, &call, &mut meter).expect("no fault");
				assert!(matches!(outcome.fate, Fate::Halted(_)), "{call:?}: {outcome:?}");
				assert_eq!(F::state(host), before, "{call:?} worked before it was paid for");
			});
		}
	}
}

/// The same call on the same state gives the same outcome, weight and state.
pub fn execution_is_deterministic<F: Fixture>() {
	for (sender, call) in calls::<F>() {
		let once = || {
			F::with_host(|host| {
				let mut meter = full_meter::<F>(host, &call);
				let outcome = run::<F>(host, sender, &call, &mut meter).expect("no fault");
				(alloc::format!("{outcome:?}"), meter.used(), F::state(host))
			})
		};
		assert_eq!(once(), once(), "{call:?}");
	}
}

/// Instantiates the suite for a [`Fixture`] in a module of tests.
#[macro_export]
macro_rules! engine_conformance {
	($module:ident, $fixture:ty) => {
		$crate::engine_conformance!(
			@each $module, $fixture,
			payload_variants_are_the_engines_opcodes
			payloads_round_trip
			random_payloads_never_panic
			calls_end_as_validation_says
			validation_changes_nothing
			failing_calls_leave_nothing
			out_of_budget_halts
			execution_is_deterministic
		);
	};
	(@each $module:ident, $fixture:ty, $($name:ident)*) => {
		mod $module {
			#[allow(unused_imports)]
			use super::*;
			$(
				#[test]
				fn $name() {
					$crate::conformance::engine::$name::<$fixture>();
				}
			)*
		}
	};
}
