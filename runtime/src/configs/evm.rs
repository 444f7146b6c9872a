// SPDX-License-Identifier: Apache-2.0
//! The EVM: its blocks, and what its gas costs.

use frame_support::{
	dispatch::DispatchClass,
	traits::{FindAuthor, Get},
	weights::WeightToFee,
};
use sp_runtime::{FixedPointNumber, SaturatedConversion};
use unum_evm_engine::limits::{weight_of, GAS_LIMIT_MAX, WEIGHT_PER_GAS};

use super::{system::RuntimeBlockWeights, transaction_payment::RefTimeToFee};
use crate::{
	AccountId, Aura, Balances, Dispatch, IdCom, Runtime, System, TransactionPayment, UnifiedTokens,
};

impl pallet_evm::Config for Runtime {
	type Ledger = UnifiedTokens;
	type Currency = Balances;
	type Identity = IdCom;
	type Vms = Dispatch;
	type Author = SlotOwner;
	type GasPrice = GasPrice;
	type BlockGasLimit = BlockGasLimit;
	type TransactionGasLimit = TransactionGasLimit;
	type WeightInfo = pallet_evm::SubstrateWeight<Runtime>;
}

/// The validator whose slot the block is in.
#[derive(Debug)]
pub struct SlotOwner;

impl Get<Option<AccountId>> for SlotOwner {
	fn get() -> Option<AccountId> {
		let digest = System::digest();
		let logs = digest.logs.iter().filter_map(|log| log.as_pre_runtime());
		let index = usize::try_from(Aura::find_author(logs)?).ok()?;
		let authorities = pallet_aura::Authorities::<Runtime>::get();
		let key: &[u8] = authorities.get(index)?.as_ref();
		AccountId::try_from(key).ok()
	}
}

/// What gas weighs, at the price that execution has in the block at hand: the same as every other VM's.
#[derive(Debug)]
pub struct GasPrice;

impl Get<u64> for GasPrice {
	fn get() -> u64 {
		let price = RefTimeToFee::weight_to_fee(&weight_of(1));
		TransactionPayment::next_fee_multiplier().saturating_mul_int(price).saturated_into()
	}
}

/// The gas that fills what a block has for transactions.
#[derive(Debug)]
pub struct BlockGasLimit;

impl Get<u64> for BlockGasLimit {
	fn get() -> u64 {
		let weights = RuntimeBlockWeights::get();
		let normal = weights.get(DispatchClass::Normal).max_total.unwrap_or(weights.max_block);
		normal.ref_time().checked_div(WEIGHT_PER_GAS).unwrap_or_default()
	}
}

/// What a transaction weighs besides its gas, at most, in picoseconds: its signature, its extensions and
/// its receipt.
const BESIDES_GAS: u64 = 2_000_000_000;

/// The gas of a transaction that fills what a block has for a single one, but at most what Ethereum allows.
#[derive(Debug)]
pub struct TransactionGasLimit;

impl Get<u64> for TransactionGasLimit {
	fn get() -> u64 {
		let weights = RuntimeBlockWeights::get();
		let most = weights.get(DispatchClass::Normal).max_extrinsic.unwrap_or(weights.max_block);
		let left = most.ref_time().saturating_sub(BESIDES_GAS);
		left.checked_div(WEIGHT_PER_GAS).unwrap_or_default().min(GAS_LIMIT_MAX)
	}
}
