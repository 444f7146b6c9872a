// SPDX-License-Identifier: Apache-2.0
//! The in-memory host obeys the rules that it is the model of.

use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::{host::RICH, MemoryHost},
	host_conformance, Asset,
};

const MINT: [u8; 32] = [0x33; 32];

fn with_host(test: &mut dyn FnMut(&mut MemoryHost)) {
	let mut host = MemoryHost::default();
	host.add_mint(MintId::from(MINT));
	for asset in [Asset::Native, Asset::Token(MintId::from(MINT))] {
		host.set_balance(asset, IdCom::from(RICH), LedgerAmount::new(1_000));
	}
	test(&mut host);
}

host_conformance!(memory, assets: [Asset::Native, Asset::Token(MintId::from(MINT))], with: with_host);

#[test]
fn storage_reads_what_was_written() {
	with_host(&mut |host| unum_vm_engine::conformance::host::storage_reads_what_was_written(host));
}
