// SPDX-License-Identifier: Apache-2.0
//! Transactions that nobody has signed, run on the state at hand.
//!
//! The caller drops the state afterwards: it is a question to the runtime, not a block.

use alloc::{format, string::ToString, vec::Vec};
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude, Precision, Preservation},
		Get,
	},
};
use frame_system::Pallet as System;
use sp_core::{H160, H256, U256};
use sp_runtime::{
	traits::{Hash, Keccak256, SaturatedConversion},
	AccountId32, DispatchError,
};
use unum_address::Address;
use unum_ethereum_view::{
	AccountOverride, CallOutcome, CallRefusal, CallRequest, CallStatus, Checks, EstimateFailure,
	SimulatedBlock, SimulatedOutcome, StorageOverride, Trace,
};
use unum_evm_engine::{
	limits::{CALL_GAS_MAX, GAS_LIMIT_MAX, TRANSACTION_GAS},
	simulate, MadeUpBlock, SimulationError,
};
use unum_vm_engine::{BlockEnv, IdentityRegistry, MountedEngine};

use crate::{contracts, tracing::amend_sender, Config, Pallet, Slots};

/// Codes of JSON-RPC errors, as geth has them.
mod code {
	/// Any refusal.
	pub(super) const REFUSED: i32 = -32_000;
	/// A parameter that the chain can't take.
	pub(super) const INVALID_PARAMS: i32 = -32_602;
	/// A defect of ours.
	pub(super) const INTERNAL: i32 = -32_603;
	/// `eth_simulateV1`: the nonce is too low, too high, the fee too low, the gas below the intrinsic,
	/// the sender too poor, the gas above what the block has left.
	pub(super) const NONCE_TOO_LOW: i32 = -38_010;
	pub(super) const NONCE_TOO_HIGH: i32 = -38_011;
	pub(super) const BASE_FEE_TOO_LOW: i32 = -38_012;
	pub(super) const INTRINSIC_GAS: i32 = -38_013;
	pub(super) const INSUFFICIENT_FUNDS: i32 = -38_014;
	pub(super) const BLOCK_GAS_LIMIT: i32 = -38_015;
}

fn refusal(code: i32, message: impl ToString) -> CallRefusal {
	CallRefusal { code, message: message.to_string().into_bytes() }
}

type Simulated = Result<(CallOutcome, Option<Trace>), CallRefusal>;

impl<T: Config> Pallet<T> {
	/// Runs blocks that are made up, one after the other, each of them the block `on` with changes.
	///
	/// All of them together use [`CALL_GAS_MAX`] at most: nobody pays for it.
	pub fn simulate(on: &BlockEnv, blocks: Vec<SimulatedBlock>) -> Vec<SimulatedOutcome> {
		let mut budget = CALL_GAS_MAX;
		blocks.into_iter().map(|block| Self::simulate_block(on, block, &mut budget)).collect()
	}

	fn simulate_block(on: &BlockEnv, block: SimulatedBlock, budget: &mut u64) -> SimulatedOutcome {
		let made_up = match Self::make_up(on, &block) {
			Ok(made_up) => made_up,
			// Nothing runs in a block that can't be; each of its calls says why.
			Err(refusal) => return block.calls.iter().map(|_| Err(refusal.clone())).collect(),
		};
		let mut gas_left = made_up.environment.gas_limit;
		let mut outcomes = SimulatedOutcome::new();
		for request in &block.calls {
			let outcome = Self::call(&made_up, &block, request, gas_left, *budget);
			if let Ok((outcome, _)) = &outcome {
				gas_left = gas_left.saturating_sub(outcome.gas_used);
				*budget = budget.saturating_sub(outcome.gas_before_refunds);
			}
			outcomes.push(outcome);
		}
		outcomes
	}

	fn make_up(on: &BlockEnv, block: &SimulatedBlock) -> Result<MadeUpBlock, CallRefusal> {
		block.accounts.iter().try_for_each(Self::override_account)?;
		Ok(MadeUpBlock::new(Self::environment(), on, &block.block))
	}

	/// Runs one call, and keeps what it leaves behind.
	fn call(
		made_up: &MadeUpBlock,
		block: &SimulatedBlock,
		request: &CallRequest,
		gas_left: u64,
		budget: u64,
	) -> Simulated {
		let checks = block.checks;
		let gas_limit = gas_limit(request, checks, gas_left, budget)?;
		check_price(made_up, request, checks)?;
		let owner = T::Identity::resolve(&Address::Evm(request.from.0.into()));
		let who = AccountId32::from(owner);
		let nonce = check_nonce::<T>(&who, request, checks)?;
		check_funds::<T>(&who, request, gas_limit, checks)?;
		let price = effective_price(made_up, request);
		let most = u128::from(gas_limit).saturating_mul(price);
		let before = block.trace.state.then(|| Self::account(request.from));
		if checks == Checks::Strict {
			burn::<T>(&who, most);
		}
		System::<T>::inc_account_nonce(&who);
		let host = &mut Self::host();
		// Inner runs are recorded, too.
		let (simulated, _) = Self::traced(block.trace, || {
			simulate(host, made_up, request, nonce, gas_limit, checks, &block.trace)
		});
		let simulated = simulated.map_err(|error| match error {
			SimulationError::Invalid(cause) => refusal(code_of(&cause, checks), cause),
			SimulationError::Fault(fault) => refusal(code::INTERNAL, fault),
		});
		if let (Checks::Strict, Ok((outcome, _))) = (checks, &simulated) {
			let due = u128::from(outcome.gas_used).saturating_mul(price);
			// It was taken from there, so it fits.
			let _ = T::Currency::mint_into(&who, most.saturating_sub(due));
		}
		let after = || Self::account(request.from);
		simulated.map(|(outcome, mut trace)| {
			if let (Some(trace), Some(before)) = (&mut trace, before) {
				amend_sender(trace, request.from, before, after());
			}
			(outcome, trace)
		})
	}

	/// The least gas limit with which the one call of a block succeeds.
	///
	/// # Errors
	/// [`EstimateFailure`].
	pub fn estimate_gas(on: &BlockEnv, block: &SimulatedBlock) -> Result<u64, EstimateFailure> {
		let made_up = Self::make_up(on, block).map_err(EstimateFailure::Refused)?;
		let Some(request) = block.calls.first() else {
			return Err(EstimateFailure::Refused(refusal(code::INVALID_PARAMS, "no call")));
		};
		let mut most = most_gas::<T>(request).map_err(EstimateFailure::Refused)?;
		let attempt = |gas: u64| Self::attempt(&made_up, request, gas);
		let with_most = attempt(most).map_err(EstimateFailure::Refused)?;
		if with_most.status != CallStatus::Success {
			return Err(insufficient(with_most, most));
		}
		// With less than it uses it fails. Mostly a little more suffices: what its refunds give back in
		// the end, and the 64th part that a call inside must leave (EIP-150).
		let mut least = with_most.gas_used.saturating_sub(1);
		let stipend = with_most.gas_before_refunds.saturating_add(2_300);
		let likely = stipend.saturating_mul(64).checked_div(63).unwrap_or(stipend);
		let mut next = if likely < most { likely } else { middle(least, most) };
		while least.saturating_add(1) < most {
			match attempt(next) {
				Ok(outcome) if outcome.status == CallStatus::Success => most = next,
				_ => least = next,
			}
			next = middle(least, most);
		}
		Ok(most)
	}

	/// Runs a call and undoes it.
	fn attempt(
		made_up: &MadeUpBlock,
		request: &CallRequest,
		gas: u64,
	) -> Result<CallOutcome, CallRefusal> {
		let request = CallRequest { gas: Some(gas), ..request.clone() };
		let lenient = SimulatedBlock::default();
		let ran = with_transaction(|| {
			let outcome = Self::call(made_up, &lenient, &request, u64::MAX, CALL_GAS_MAX);
			TransactionOutcome::Rollback(Ok::<_, DispatchError>(outcome))
		});
		let ran = ran.map_err(|_| refusal(code::INTERNAL, "no snapshot can be opened"))?;
		ran.map(|(outcome, _)| outcome)
	}

	fn override_account(change: &AccountOverride) -> Result<(), CallRefusal> {
		if change.move_precompile_to.is_some() {
			return Err(refusal(code::INVALID_PARAMS, "precompiles can't be moved on this chain"));
		}
		let owner = T::Identity::resolve(&Address::Evm(change.address.0.into()));
		let who = AccountId32::from(owner);
		if let Some(nonce) = change.nonce {
			let nonce = T::Nonce::try_from(nonce)
				.map_err(|_| refusal(code::INVALID_PARAMS, "the nonce is too high"))?;
			T::Identity::retain(owner);
			frame_system::Account::<T>::mutate(&who, |account| account.nonce = nonce);
		}
		if let Some(balance) = change.balance {
			set_balance::<T>(&who, change.address, balance)?;
		}
		if let Some(code) = &change.code {
			contracts::set_code::<T>(change.address, Keccak256::hash(code), code.clone());
		}
		override_storage::<T>(change.address, &change.storage);
		Ok(())
	}
}

fn middle(least: u64, most: u64) -> u64 {
	least.saturating_add(most.saturating_sub(least).checked_div(2).unwrap_or_default())
}

/// What to say of a call that fails with all the gas that it may have.
fn insufficient(outcome: CallOutcome, most: u64) -> EstimateFailure {
	match &outcome.status {
		CallStatus::Halted(cause) if cause == b"out of gas" => EstimateFailure::Refused(refusal(
			code::REFUSED,
			format!("gas required exceeds allowance ({most})"),
		)),
		_ => EstimateFailure::Failed(outcome),
	}
}

/// The most gas that a transaction can have, and that its sender can pay for where it names a price.
fn most_gas<T: Config>(request: &CallRequest) -> Result<u64, CallRefusal> {
	let limit = T::TransactionGasLimit::get();
	let limit = request.gas.map_or(limit, |gas| gas.min(limit));
	let price = request.max_fee_per_gas.unwrap_or_default();
	if price == 0 {
		return Ok(limit);
	}
	let owner = T::Identity::resolve(&Address::Evm(request.from.0.into()));
	let have = spendable::<T>(&owner.into());
	let Some(left) = U256::from(have).checked_sub(request.value) else {
		return Err(refusal(code::REFUSED, "insufficient funds for transfer"));
	};
	let affordable = left.checked_div(price.into()).unwrap_or_default();
	let affordable = u64::try_from(affordable).unwrap_or(u64::MAX);
	if affordable < TRANSACTION_GAS {
		let message = format!("gas required exceeds allowance ({affordable})");
		return Err(refusal(code::REFUSED, message));
	}
	Ok(limit.min(affordable))
}

/// How much gas a call has: what it asks for or all there is, of what the block has left and of what may
/// be used for nothing.
fn gas_limit(
	request: &CallRequest,
	checks: Checks,
	left: u64,
	budget: u64,
) -> Result<u64, CallRefusal> {
	if budget < TRANSACTION_GAS {
		return Err(refusal(code::REFUSED, format!("RPC gas cap exhausted: remaining: {budget}")));
	}
	match checks {
		Checks::Lenient => Ok(request.gas.unwrap_or(budget).min(budget)),
		Checks::Strict => {
			let gas = request.gas.unwrap_or_else(|| left.min(GAS_LIMIT_MAX));
			if gas > left {
				let message =
					format!("block gas limit reached: remaining: {left}, required: {gas}");
				return Err(refusal(code::BLOCK_GAS_LIMIT, message));
			}
			if gas > budget {
				let message =
					format!("RPC gas cap exhausted: remaining: {budget}, required: {gas}");
				return Err(refusal(code::REFUSED, message));
			}
			Ok(gas)
		},
	}
}

fn check_price(
	made_up: &MadeUpBlock,
	request: &CallRequest,
	checks: Checks,
) -> Result<(), CallRefusal> {
	let max_fee = request.max_fee_per_gas.unwrap_or_default();
	let tip = request.max_priority_fee_per_gas.unwrap_or_default();
	if checks == Checks::Lenient && max_fee == 0 && tip == 0 {
		return Ok(());
	}
	let base_fee = made_up.environment.base_fee;
	let address = request.from;
	if max_fee < tip {
		let message = format!(
			"max priority fee per gas higher than max fee per gas: address {address:?}, maxPriorityFeePerGas: {tip}, maxFeePerGas: {max_fee}"
		);
		return Err(refusal(code::REFUSED, message));
	}
	if max_fee < u128::from(base_fee) {
		let message = format!(
			"max fee per gas less than block base fee: address {address:?}, maxFeePerGas: {max_fee}, baseFee: {base_fee}"
		);
		let code = if checks == Checks::Strict { code::BASE_FEE_TOO_LOW } else { code::REFUSED };
		return Err(refusal(code, message));
	}
	Ok(())
}

/// What the sender pays for a unit of gas, in wei.
fn effective_price(made_up: &MadeUpBlock, request: &CallRequest) -> u128 {
	let max_fee = request.max_fee_per_gas.unwrap_or_default();
	match request.max_priority_fee_per_gas {
		Some(tip) => tip.saturating_add(made_up.environment.base_fee.into()).min(max_fee),
		None => max_fee,
	}
}

/// The nonce with which the call runs.
fn check_nonce<T: Config>(
	who: &AccountId32,
	request: &CallRequest,
	checks: Checks,
) -> Result<u64, CallRefusal> {
	let next: u64 = System::<T>::account_nonce(who).saturated_into();
	let nonce = request.nonce.unwrap_or(next);
	if checks == Checks::Lenient || nonce == next {
		return Ok(next);
	}
	let (code, words) = if nonce < next {
		(code::NONCE_TOO_LOW, "nonce too low")
	} else {
		(code::NONCE_TOO_HIGH, "nonce too high")
	};
	let address = request.from;
	Err(refusal(code, format!("{words}: address {address:?}, tx: {nonce} state: {next}")))
}

fn check_funds<T: Config>(
	who: &AccountId32,
	request: &CallRequest,
	gas_limit: u64,
	checks: Checks,
) -> Result<(), CallRefusal> {
	let max_fee = U256::from(request.max_fee_per_gas.unwrap_or_default());
	let want = max_fee.checked_mul(gas_limit.into()).and_then(|gas| gas.checked_add(request.value));
	let have = U256::from(spendable::<T>(who));
	match want {
		Some(want) if want <= have => Ok(()),
		want => {
			let address = request.from;
			let want = want.map_or_else(|| "more than 2^256".to_string(), |want| want.to_string());
			Err(refusal(
				if checks == Checks::Strict { code::INSUFFICIENT_FUNDS } else { code::REFUSED },
				format!(
					"insufficient funds for gas * price + value: address {address:?} have {have} want {want}"
				),
			))
		},
	}
}

/// The code for what revm refuses.
fn code_of(cause: &str, checks: Checks) -> i32 {
	match checks {
		Checks::Strict if cause.starts_with("intrinsic gas too low") => code::INTRINSIC_GAS,
		_ => code::REFUSED,
	}
}

fn spendable<T: Config>(who: &AccountId32) -> u128 {
	T::Currency::reducible_balance(who, Preservation::Expendable, Fortitude::Polite)
}

fn burn<T: Config>(who: &AccountId32, amount: u128) {
	let (expendable, exact) = (Preservation::Expendable, Precision::Exact);
	// That there is as much has been checked.
	let _ = T::Currency::burn_from(who, amount, expendable, exact, Fortitude::Polite);
}

fn set_balance<T: Config>(
	who: &AccountId32,
	address: H160,
	balance: U256,
) -> Result<(), CallRefusal> {
	let refused = || {
		let message = format!("the chain can't hold the balance {balance} of {address:?}");
		refusal(code::INVALID_PARAMS, message)
	};
	let want = u128::try_from(balance).map_err(|_| refused())?;
	let have = spendable::<T>(who);
	match want.checked_sub(have) {
		Some(0) => Ok(()),
		Some(missing) => T::Currency::mint_into(who, missing).map(drop).map_err(|_| refused()),
		None => {
			burn::<T>(who, have.saturating_sub(want));
			Ok(())
		},
	}
}

fn override_storage<T: Config>(address: H160, change: &StorageOverride) {
	let set = |slots: &[(H256, H256)]| {
		for (slot, value) in slots {
			contracts::set_slot::<T>(address, *slot, *value);
		}
	};
	match change {
		StorageOverride::None => {},
		StorageOverride::Merge(slots) => set(slots),
		StorageOverride::Replace(slots) => {
			// A question to the runtime, not a block: the time that this takes is the asker's.
			let _ = Slots::<T>::clear_prefix(address, u32::MAX, None);
			set(slots);
		},
	}
}
