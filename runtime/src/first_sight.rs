// SPDX-License-Identifier: Apache-2.0
//! What a transfer weighs besides, if its receiver is new.
//!
//! An account that is seen for the first time gets four entries in the index of addresses
//! (`pallet_id_com`), which weigh several times as much as the transfer that brought it to life. Most
//! transfers go to accounts that exist. So both have weights of their own, and a transaction is charged,
//! and takes the room in a block, for the one that it is: which one the state says, before it runs.
//!
//! ```text
//! transfer, as measured (to somebody new) = call (ToKnownReceivers) + first sight
//!                                                  │                       │
//!                                                  │   receiver exists: none; else with the extensions
//!                                                  └─ CheckWeight: base + call + extensions fit the block
//! ```
//!
//! Nothing is given back, for nothing is charged that does not happen. The calls of this repository's
//! own pallets know their receivers and do the same by themselves
//! ([`IdentityRegistry::weight_for`](unum_vm_engine::IdentityRegistry::weight_for)); those of
//! `pallet_balances` do not, so it is the extension that checks weights which adds it, for every such
//! call within the transaction's.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	dispatch::{DispatchInfo, PostDispatchInfo},
	pallet_prelude::{TransactionSource, TransactionValidityError},
	weights::Weight,
};
use pallet_balances::WeightInfo;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{Implication, TransactionExtension, TransactionExtensionMetadata, ValidateResult},
	transaction_validity::TransactionValidity,
	DispatchResult,
};
use unum_id_com::IdCom as Id;
use unum_vm_engine::IdentityRegistry;

use crate::{
	weights::pallet_balances::Measured, Address, IdCom, Runtime, RuntimeCall, RuntimeOrigin,
};

/// What a call weighs besides what it declares: the first sights that its transfers of coins may be, in
/// the state at hand.
pub fn weight_of(call: &RuntimeCall) -> Weight {
	let within = inner_calls(call).map(weight_of);
	within.fold(own_weight(call), Weight::saturating_add)
}

fn own_weight(call: &RuntimeCall) -> Weight {
	use pallet_balances::Call as Coins;
	let RuntimeCall::Balances(
		Coins::transfer_allow_death { dest, .. }
		| Coins::transfer_keep_alive { dest, .. }
		| Coins::transfer_all { dest, .. },
	) = call
	else {
		return Weight::zero();
	};
	match dest {
		Address::Id(to) if !IdCom::exists(Id::from(to)) => IdCom::first_sight(),
		// Other kinds of addresses are no accounts on this chain: the transfer fails.
		_ => Weight::zero(),
	}
}

/// The calls that a call executes.
fn inner_calls(call: &RuntimeCall) -> impl Iterator<Item = &RuntimeCall> {
	use pallet_multisig::Call as Multisig;
	use pallet_proxy::Call as Proxy;
	use pallet_sudo::Call as Sudo;
	use pallet_utility::Call as Utility;
	let (list, one, other): (&[RuntimeCall], Option<&RuntimeCall>, Option<&RuntimeCall>) =
		match call {
			RuntimeCall::Utility(
				Utility::batch { calls }
				| Utility::batch_all { calls }
				| Utility::force_batch { calls },
			) => (calls, None, None),
			RuntimeCall::Utility(Utility::if_else { main, fallback }) => {
				(&[], Some(main), Some(fallback))
			},
			RuntimeCall::Utility(
				Utility::as_derivative { call, .. }
				| Utility::dispatch_as { call, .. }
				| Utility::dispatch_as_fallible { call, .. }
				| Utility::with_weight { call, .. },
			)
			| RuntimeCall::Proxy(Proxy::proxy { call, .. } | Proxy::proxy_announced { call, .. })
			| RuntimeCall::Multisig(
				Multisig::as_multi { call, .. } | Multisig::as_multi_threshold_1 { call, .. },
			)
			| RuntimeCall::Sudo(
				Sudo::sudo { call }
				| Sudo::sudo_unchecked_weight { call, .. }
				| Sudo::sudo_as { call, .. },
			)
			| RuntimeCall::IdCom(pallet_id_com::Call::act_as { call, .. }) => (&[], Some(call), None),
			_ => (&[], None, None),
		};
	list.iter().chain(one).chain(other)
}

/// The weights of `pallet_balances`, measured with a receiver who is new, less what that is.
#[derive(Clone, Copy, Debug)]
pub struct ToKnownReceivers;

impl WeightInfo for ToKnownReceivers {
	fn transfer_allow_death() -> Weight {
		Measured::<Runtime>::transfer_allow_death().saturating_sub(IdCom::first_sight())
	}

	fn transfer_keep_alive() -> Weight {
		Measured::<Runtime>::transfer_keep_alive().saturating_sub(IdCom::first_sight())
	}

	fn transfer_all() -> Weight {
		Measured::<Runtime>::transfer_all().saturating_sub(IdCom::first_sight())
	}

	// Those of root are as measured: they may bring an account to life as well.
	fn force_set_balance_creating() -> Weight {
		Measured::<Runtime>::force_set_balance_creating()
	}

	fn force_set_balance_killing() -> Weight {
		Measured::<Runtime>::force_set_balance_killing()
	}

	fn force_transfer() -> Weight {
		Measured::<Runtime>::force_transfer()
	}

	fn force_unreserve() -> Weight {
		Measured::<Runtime>::force_unreserve()
	}

	fn upgrade_accounts(accounts: u32) -> Weight {
		Measured::<Runtime>::upgrade_accounts(accounts)
	}

	fn force_adjust_total_issuance() -> Weight {
		Measured::<Runtime>::force_adjust_total_issuance()
	}

	fn burn_allow_death() -> Weight {
		Measured::<Runtime>::burn_allow_death()
	}

	fn burn_keep_alive() -> Weight {
		Measured::<Runtime>::burn_keep_alive()
	}
}

type Stock = frame_system::CheckWeight<Runtime>;

/// FRAME's `CheckWeight`, to which a call's first sights weigh as well. To wallets it is that one: its
/// name, its type and its (empty) encoding are the same.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking)]
pub struct CheckWeight(Stock);

impl CheckWeight {
	/// The extension. There is nothing to say with it.
	pub fn new() -> Self {
		Self(Stock::new())
	}
}

impl Default for CheckWeight {
	fn default() -> Self {
		Self::new()
	}
}

impl TypeInfo for CheckWeight {
	type Identity = Stock;

	fn type_info() -> scale_info::Type {
		Stock::type_info()
	}
}

impl TransactionExtension<RuntimeCall> for CheckWeight {
	const IDENTIFIER: &'static str = <Stock as TransactionExtension<RuntimeCall>>::IDENTIFIER;
	type Implicit = ();
	type Val = <Stock as TransactionExtension<RuntimeCall>>::Val;
	type Pre = <Stock as TransactionExtension<RuntimeCall>>::Pre;

	fn metadata() -> Vec<TransactionExtensionMetadata> {
		<Stock as TransactionExtension<RuntimeCall>>::metadata()
	}

	fn weight(&self, call: &RuntimeCall) -> Weight {
		self.0.weight(call).saturating_add(weight_of(call))
	}

	fn validate(
		&self,
		origin: RuntimeOrigin,
		call: &RuntimeCall,
		info: &DispatchInfo,
		len: usize,
		implicit: (),
		implication: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, RuntimeCall> {
		self.0.validate(origin, call, info, len, implicit, implication, source)
	}

	fn prepare(
		self,
		val: Self::Val,
		origin: &RuntimeOrigin,
		call: &RuntimeCall,
		info: &DispatchInfo,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		self.0.prepare(val, origin, call, info, len)
	}

	fn post_dispatch_details(
		pre: Self::Pre,
		info: &DispatchInfo,
		post_info: &PostDispatchInfo,
		len: usize,
		result: &DispatchResult,
	) -> Result<Weight, TransactionValidityError> {
		Stock::post_dispatch_details(pre, info, post_info, len, result)
	}

	fn bare_validate(call: &RuntimeCall, info: &DispatchInfo, len: usize) -> TransactionValidity {
		Stock::bare_validate(call, info, len)
	}

	fn bare_validate_and_prepare(
		call: &RuntimeCall,
		info: &DispatchInfo,
		len: usize,
	) -> Result<(), TransactionValidityError> {
		Stock::bare_validate_and_prepare(call, info, len)
	}

	fn bare_post_dispatch(
		info: &DispatchInfo,
		post_info: &mut PostDispatchInfo,
		len: usize,
		result: &DispatchResult,
	) -> Result<(), TransactionValidityError> {
		Stock::bare_post_dispatch(info, post_info, len, result)
	}
}
