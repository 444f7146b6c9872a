// SPDX-License-Identifier: Apache-2.0
//! Wasm that does not always do what it should.

use std::sync::Arc;

use sp_core::traits::{CallContext, CodeExecutor, ReadRuntimeVersion, RuntimeCode};
use sp_externalities::Externalities;
use unum_bench::chain::Wasm;

/// Looks at a call (its method and input) and at the state before it. Whether the call traps after all that
/// it does.
type Meddle = dyn Fn(&str, &[u8], &mut dyn Externalities) -> bool + Send + Sync;

/// Runs Wasm, and has somebody meddle with each call.
#[derive(Clone)]
pub(crate) struct Meddling {
	wasm: Wasm,
	meddle: Arc<Meddle>,
}

impl Meddling {
	pub(crate) fn new(
		wasm: &Wasm,
		meddle: impl Fn(&str, &[u8], &mut dyn Externalities) -> bool + Send + Sync + 'static,
	) -> Self {
		Self { wasm: wasm.clone(), meddle: Arc::new(meddle) }
	}
}

impl ReadRuntimeVersion for Meddling {
	fn read_runtime_version(
		&self,
		code: &[u8],
		ext: &mut dyn Externalities,
	) -> Result<Vec<u8>, String> {
		self.wasm.read_runtime_version(code, ext)
	}
}

impl CodeExecutor for Meddling {
	type Error = String;

	fn call(
		&self,
		ext: &mut dyn Externalities,
		code: &RuntimeCode<'_>,
		method: &str,
		data: &[u8],
		context: CallContext,
	) -> (Result<Vec<u8>, String>, bool) {
		let traps = (self.meddle)(method, data, ext);
		let (result, is_native) = CodeExecutor::call(&self.wasm, ext, code, method, data, context);
		match traps {
			true => (Err("trapped".into()), is_native),
			false => (result.map_err(|cause| cause.to_string()), is_native),
		}
	}
}
