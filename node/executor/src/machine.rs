// SPDX-License-Identifier: Apache-2.0
//! Calling the runtime of a block's parent, on its state and with what the block has changed so far.

use codec::{Decode, Encode};
use sp_core::{
	traits::{CallContext, CodeExecutor},
	H256,
};
use sp_externalities::Extensions;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{
	backend::{AsTrieBackend, Backend, BackendRuntimeCode},
	OverlayedChanges, StateMachine,
};

/// Changes of the state that are not in it yet.
pub type Overlay = OverlayedChanges<BlakeTwo256>;

/// The state after a block, opened as often as there are threads that read it.
pub trait States: Sync {
	/// The state, for one thread.
	type State: Backend<BlakeTwo256> + AsTrieBackend<BlakeTwo256> + Send;

	/// Opens it.
	///
	/// # Errors
	/// A sentence that says why there is no such state.
	fn open(&self) -> Result<Self::State, String>;

	/// What the runtime may ask of the machine besides the state.
	fn extensions(&self) -> Extensions;
}

/// Runs the runtime that belongs to a state.
#[derive(Debug)]
pub struct Machine<'a, E> {
	/// Runs Wasm.
	pub executor: &'a E,
	/// What it runs for.
	pub context: CallContext,
	/// The block whose state it is.
	pub parent: H256,
}

/// A call of the runtime that gave no result, and why.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
	/// It trapped, or does not exist.
	#[error("{method} failed: {cause}")]
	Failed {
		/// The function.
		method: &'static str,
		/// What the executor said.
		cause: String,
	},
	/// It gave something else.
	#[error("the result of {method} does not decode: {cause}")]
	Undecodable {
		/// The function.
		method: &'static str,
		/// Why not.
		cause: codec::Error,
	},
}

impl<E: CodeExecutor + Clone + 'static> Machine<'_, E> {
	/// Calls a function of the runtime. If it traps, `overlay` has what it had written by then.
	///
	/// `code` is the state from which the runtime itself is read; it may differ from `state`, which is
	/// what the runtime sees.
	///
	/// # Errors
	/// The runtime trapped, or its result does not decode.
	pub fn call<S: Backend<BlakeTwo256>, C: Backend<BlakeTwo256>, R: Decode>(
		&self,
		(state, code): (&S, &C),
		overlay: &mut Overlay,
		extensions: &mut Extensions,
		method: &'static str,
		input: &impl Encode,
	) -> Result<R, CallError> {
		let failed = |cause: String| CallError::Failed { method, cause };
		let code = BackendRuntimeCode::new(code, self.context.into());
		let code = code.runtime_code().map_err(|cause| failed(cause.into()))?;
		let input = input.encode();
		let output = StateMachine::new(
			state,
			overlay,
			self.executor,
			method,
			&input,
			extensions,
			&code,
			self.context,
		)
		.set_parent_hash(self.parent)
		.execute()
		.map_err(|cause| failed(cause.to_string()))?;
		R::decode(&mut &output[..]).map_err(|cause| CallError::Undecodable { method, cause })
	}
}
