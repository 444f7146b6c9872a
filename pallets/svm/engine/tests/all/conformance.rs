// SPDX-License-Identifier: Apache-2.0
//! The suite of engines.

use unum_address::SvmAddress;
use unum_id_com::IdCom;
use unum_svm_engine::{
	ids,
	testing::{MemoryChain, State},
	SvmAccountMeta, SvmEngine, SvmHost, SvmOperation,
};
use unum_vm_engine::{conformance::engine::Fixture, engine_conformance};

use crate::world::{bob, chain, key, system, RICH};

struct InMemory;

/// Alice, whose address on the SVM is here the one that is derived from her identity.
fn sender() -> IdCom {
	crate::world::alice().unbound_id_com()
}

fn address() -> SvmAddress {
	SvmAddress::derive(sender())
}

fn invoke(program: SvmAddress, keys: &[(SvmAddress, bool)], data: Vec<u8>) -> SvmOperation {
	let meta = |(pubkey, is_signer): &(SvmAddress, bool)| SvmAccountMeta {
		pubkey: *pubkey,
		is_signer: *is_signer,
		is_writable: true,
	};
	SvmOperation::SvmInvoke { program, accounts: keys.iter().map(meta).collect(), data }
}

impl Fixture for InMemory {
	type Engine = SvmEngine;
	type Host = MemoryChain;
	type State = State;

	fn with_host<R>(test: impl FnOnce(&mut MemoryChain) -> R) -> R {
		test(&mut chain())
	}

	fn state(host: &MemoryChain) -> State {
		host.state.clone()
	}

	fn undo_unless_some<R>(
		host: &mut MemoryChain,
		call: impl FnOnce(&mut MemoryChain) -> Option<R>,
	) -> Option<R> {
		host.begin();
		let kept = call(host);
		match kept {
			Some(_) => host.commit(),
			None => host.rollback(),
		}
		assert!(host.is_settled());
		kept
	}

	fn succeeding() -> Vec<(IdCom, SvmOperation)> {
		let lamports = system(2, Vec::new(), &[&5u64.to_le_bytes()]).data;
		let pair = [(address(), true), (bob(), false)];
		vec![
			(sender(), SvmOperation::SvmTransfer { to: bob(), lamports: 1_000 }),
			(sender(), invoke(ids::system_program(), &pair, lamports)),
			(sender(), invoke(ids::memo(), &[(address(), true)], b"memo".to_vec())),
		]
	}

	fn failing() -> Vec<(IdCom, SvmOperation)> {
		let many = vec![(key(1), false); 65];
		let stranger = [(bob(), true), (address(), false)];
		let lamports = system(2, Vec::new(), &[&5u64.to_le_bytes()]).data;
		vec![
			(sender(), SvmOperation::SvmTransfer { to: bob(), lamports: RICH + 1 }),
			(sender(), SvmOperation::SvmTransfer { to: key(0x55), lamports: 1 }),
			(sender(), invoke(ids::system_program(), &stranger, lamports)),
			(sender(), invoke(ids::system_program(), &many, Vec::new())),
			(sender(), invoke(key(0x66), &[], Vec::new())),
			(sender(), invoke(ids::memo(), &[], vec![0xff])),
		]
	}
}

engine_conformance!(suite, InMemory);
