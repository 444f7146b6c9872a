// SPDX-License-Identifier: Apache-2.0
//! The steps of a transaction that are not Ethereum's.

use core::marker::PhantomData;
use revm::{
	context_interface::{
		journaled_state::account::JournaledAccountTr, result::HaltReason, Cfg, ContextTr,
		CreateScheme, JournalTr, Transaction,
	},
	database_interface::Database,
	handler::{
		post_execution, pre_execution, EvmTr, EvmTrError, FrameResult, FrameTr, Handler,
		MainnetHandler,
	},
	interpreter::{interpreter_action::FrameInit, FrameInput, GasTracker, InitialAndFloorGas},
	primitives::U256,
	state::EvmState,
};

/// Who takes the fee of a transaction and counts its nonce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fees {
	/// The transaction around: revm does neither.
	PaidOutside,
	/// revm, as Ethereum does.
	Ethereum,
}

/// Runs one transaction.
#[derive(Debug)]
pub struct TransactHandler<EVM, ERROR> {
	fees: Fees,
	salt: Option<U256>,
	_phantom: PhantomData<(EVM, ERROR)>,
}

impl<EVM, ERROR> TransactHandler<EVM, ERROR> {
	/// With `salt`, a transaction that makes a contract does so as CREATE2 does ([EIP-1014]).
	///
	/// [EIP-1014]: https://eips.ethereum.org/EIPS/eip-1014
	pub const fn new(fees: Fees, salt: Option<U256>) -> Self {
		Self { fees, salt, _phantom: PhantomData }
	}
}

impl<EVM, ERROR> Handler for TransactHandler<EVM, ERROR>
where
	EVM: EvmTr<
		Context: ContextTr<Journal: JournalTr<State = EvmState>>,
		Frame: FrameTr<FrameInit = FrameInit, FrameResult = FrameResult>,
	>,
	ERROR: EvmTrError<EVM>,
{
	type Evm = EVM;
	type Error = ERROR;
	type HaltReason = HaltReason;

	fn validate_against_state_and_deduct_caller(
		&self,
		evm: &mut EVM,
		_: &mut InitialAndFloorGas,
	) -> Result<(), ERROR> {
		if self.fees == Fees::Ethereum {
			return pre_execution::validate_against_state_and_deduct_caller(evm.ctx());
		}
		let (_, tx, cfg, journal, _, _) = evm.ctx().all_mut();
		let mut caller = journal.load_account_with_code_mut(tx.caller())?.data;
		// EIP-3607: a contract sends nothing by itself.
		pre_execution::validate_account_nonce_and_code(
			&caller.account().info,
			tx.nonce(),
			cfg.is_eip3607_disabled(),
			true,
		)?;
		caller.touch();
		Ok(())
	}

	fn first_frame_input(
		&mut self,
		evm: &mut EVM,
		gas: &mut GasTracker,
	) -> Result<Option<FrameInit>, ERROR> {
		let mut ethereum = MainnetHandler::<EVM, ERROR, EVM::Frame>::default();
		let Some(mut frame) = ethereum.first_frame_input(evm, gas)? else { return Ok(None) };
		if let (Some(salt), FrameInput::Create(inputs)) = (self.salt, &mut frame.frame_input) {
			inputs.set_scheme(CreateScheme::Create2 { salt });
		}
		Ok(Some(frame))
	}

	/// What an inner run was given back for a slot, a run around may have to give back: it refunds less
	/// than nothing then, which counts as nothing.
	fn refund(
		&self,
		evm: &mut EVM,
		result: &mut FrameResult,
		eip7702_refund: i64,
	) -> Result<(), ERROR> {
		let gas = result.gas_mut();
		gas.set_refund(gas.refunded().max(eip7702_refund.saturating_neg()));
		post_execution::refund(evm.ctx().cfg().gas_params(), gas, eip7702_refund);
		Ok(())
	}

	fn reimburse_caller(&self, evm: &mut EVM, result: &mut FrameResult) -> Result<(), ERROR> {
		match self.fees {
			Fees::PaidOutside => count_creation(evm.ctx()).map_err(From::from),
			Fees::Ethereum => post_execution::reimburse_caller(evm.ctx(), result.gas(), U256::ZERO)
				.map_err(From::from),
		}
	}

	fn reward_beneficiary(&self, evm: &mut EVM, result: &mut FrameResult) -> Result<(), ERROR> {
		match self.fees {
			Fees::PaidOutside => Ok(()),
			Fees::Ethereum => {
				post_execution::reward_beneficiary(evm.ctx(), result.gas()).map_err(From::from)
			},
		}
	}
}

/// Counts a transaction that was to make a contract and failed before revm counted it, for want of the
/// value that it was to send. Its nonce was hidden, and must not come back.
fn count_creation<CTX>(context: &mut CTX) -> Result<(), <CTX::Db as Database>::Error>
where
	CTX: ContextTr<Journal: JournalTr<State = EvmState>>,
{
	let (_, tx, _, journal, _, _) = context.all_mut();
	if tx.kind().is_create() {
		let mut caller = journal.load_account_mut(tx.caller())?.data;
		if caller.nonce() == tx.nonce() {
			caller.bump_nonce();
		}
	}
	Ok(())
}
