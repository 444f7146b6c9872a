// SPDX-License-Identifier: Apache-2.0
//! Accounts that act for others, and what each kind of them may do.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

use super::deposit;
use crate::{weights, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System};

parameter_types! {
	/// Locked for an account's list of proxies: one item and its 8 bytes of deposit.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// Locked for every proxy: an account, its kind and its delay.
	pub const ProxyDepositFactor: Balance = deposit(0, 37);
	/// Locked for a proxy's list of announcements.
	pub const AnnouncementDepositBase: Balance = deposit(1, 8);
	/// Locked for every announcement: an account, a call's hash and a block number.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
}

/// What a proxy may do for the account that appointed it.
#[derive(
	Copy,
	Clone,
	Eq,
	PartialEq,
	Ord,
	PartialOrd,
	Encode,
	Decode,
	DecodeWithMemTracking,
	Debug,
	MaxEncodedLen,
	TypeInfo,
	Default,
)]
pub enum ProxyType {
	/// Everything that the account itself may do.
	#[default]
	Any,
	/// Everything that moves no value: remarks, batches, multisig approvals, proxies.
	NonTransfer,
	/// Only to reject the announcements of other proxies: a guard that can stop, and nothing else.
	CancelProxy,
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			// A list of what is allowed, not of what is forbidden: a pallet that is added later stays
			// out of reach until someone has thought about it.
			Self::NonTransfer => matches!(
				call,
				RuntimeCall::System(..)
					| RuntimeCall::Utility(..)
					| RuntimeCall::Multisig(..)
					| RuntimeCall::Proxy(..)
			),
			Self::CancelProxy => {
				matches!(call, RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { .. }))
			},
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(Self::Any, _) | (Self::NonTransfer, Self::CancelProxy) => true,
			_ => false,
		}
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = weights::pallet_proxy::Measured<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}
