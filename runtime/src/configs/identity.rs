// SPDX-License-Identifier: Apache-2.0
//! Identities, and how those pay whose transactions are authorized by other means than a signature of
//! Substrate.

use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	traits::Contains,
	weights::Weight,
};
use pallet_id_com::{FeePayment, OnShown};
use pallet_svm::WeightInfo as _;
use pallet_transaction_payment::{ChargeTransactionPayment, Config, OnChargeTransaction};
use pallet_unified_tokens::TokenViewAddresses;
use sp_core::H160;
use sp_runtime::transaction_validity::{TransactionPriority, TransactionValidityError};
use unum_address::Address;
use unum_id_com::IdCom as Id;

use crate::{
	first_sight, AccountId, Evm, Runtime, RuntimeCall, Svm, TransactionPayment, UnifiedTokens,
};

impl pallet_id_com::Config for Runtime {
	type Ledger = UnifiedTokens;
	type OnShown = OpenTokenAccounts;
	type ReservedAddresses = ReservedAddresses;
	type Fees = PaidLikeSigned;
	type WeightInfo = pallet_id_com::weights::SubstrateWeight<Runtime>;
}

/// Opens the associated accounts of Solana's token program for what somebody has when they are first shown
/// by a wallet of Solana. Tokens that come later open theirs themselves.
#[derive(Debug)]
pub struct OpenTokenAccounts;

/// For how many tokens, in the order of storage. The accounts of others can be opened as on Solana.
const OPENED_MAX: u32 = 16;

impl OnShown for OpenTokenAccounts {
	fn on_shown(id: Id, address: &Address) {
		let Address::Svm(owner) = address else { return };
		let most = usize::try_from(OPENED_MAX).unwrap_or(usize::MAX);
		for (mint, holding) in UnifiedTokens::holdings(id, None, most) {
			if !holding.amount.is_zero() {
				Svm::open_associated(*owner, mint);
			}
		}
	}

	fn weight() -> Weight {
		let reads = <Runtime as frame_system::Config>::DbWeight::get().reads(1);
		<Runtime as pallet_svm::Config>::WeightInfo::open_associated()
			.saturating_add(reads)
			.saturating_mul(OPENED_MAX.into())
	}
}

/// Addresses that no wallet has: those of tokens and contracts, and the lowest 65,536 of the EVM and the
/// TVM, among which are the zero address and all precompiles.
#[derive(Debug)]
pub struct ReservedAddresses;

impl Contains<Address> for ReservedAddresses {
	fn contains(address: &Address) -> bool {
		let is_low = |bytes: &[u8; 20]| bytes.iter().take(18).all(|byte| *byte == 0);
		let is_reserved = match address {
			Address::Evm(address) => {
				let bytes = address.as_bytes();
				is_low(bytes) || Evm::is_contract(H160(*bytes))
			},
			Address::Tvm(address) => is_low(address.as_bytes()),
			Address::Native(_) | Address::Svm(_) | Address::Bvm(_) => false,
		};
		is_reserved || TokenViewAddresses::<Runtime>::contains(address)
	}
}

type OnCharge = <Runtime as Config>::OnChargeTransaction;

/// The same fees as everybody pays, taken in the same way.
#[derive(Debug)]
pub struct PaidLikeSigned;

impl FeePayment<AccountId, RuntimeCall> for PaidLikeSigned {
	type Paid = <OnCharge as OnChargeTransaction<Runtime>>::LiquidityInfo;

	fn besides(call: &RuntimeCall) -> Weight {
		first_sight::weight_of(call)
	}

	fn priority(info: &DispatchInfo, length: u32, tip: u128) -> TransactionPriority {
		let fee = TransactionPayment::compute_fee(length, info, tip);
		let length = usize::try_from(length).unwrap_or(usize::MAX);
		ChargeTransactionPayment::<Runtime>::get_priority(info, length, tip, fee)
	}

	fn pay(
		who: &AccountId,
		call: &RuntimeCall,
		info: &DispatchInfo,
		length: u32,
		tip: u128,
	) -> Result<Self::Paid, TransactionValidityError> {
		let fee = TransactionPayment::compute_fee(length, info, tip);
		<OnCharge as OnChargeTransaction<Runtime>>::withdraw_fee(who, call, info, fee, tip)
	}

	fn settle(
		who: &AccountId,
		info: &DispatchInfo,
		post_info: &PostDispatchInfo,
		length: u32,
		tip: u128,
		paid: Self::Paid,
	) -> Result<(), TransactionValidityError> {
		let fee = TransactionPayment::compute_actual_fee(length, info, post_info, tip);
		<OnCharge as OnChargeTransaction<Runtime>>::correct_and_deposit_fee(
			who, info, post_info, fee, tip, paid,
		)?;
		TransactionPayment::deposit_fee_paid_event(who.clone(), fee, tip);
		Ok(())
	}
}
