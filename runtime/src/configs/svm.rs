// SPDX-License-Identifier: Apache-2.0
//! The Solana VM.

use crate::{Dispatch, IdCom, Runtime, Timestamp, UnifiedTokens};

impl pallet_svm::Config for Runtime {
	type Ledger = UnifiedTokens;
	type Identity = IdCom;
	type Vms = Dispatch;
	type Clock = Timestamp;
	type WeightInfo = pallet_svm::SubstrateWeight<Runtime>;
}
