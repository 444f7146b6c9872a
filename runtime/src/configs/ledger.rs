// SPDX-License-Identifier: Apache-2.0
//! Identities and the ledger of tokens.

use crate::{Balances, IdCom, Runtime};

impl pallet_id_com::Config for Runtime {
	type WeightInfo = pallet_id_com::weights::SubstrateWeight<Runtime>;
}

impl pallet_unified_tokens::Config for Runtime {
	type Currency = Balances;
	type Identity = IdCom;
	type WeightInfo = pallet_unified_tokens::weights::SubstrateWeight<Runtime>;
}
