// SPDX-License-Identifier: Apache-2.0
//! The rules of every engine, kept by the EVM on the chain.

use super::*;
use sp_runtime::StateVersion;
use unum_evm_engine::{limits::TRANSFER_GAS, EvmEngine};
use unum_vm_engine::{conformance::engine::Fixture, engine_conformance, MountedEngine};

struct OnChain;

impl Fixture for OnChain {
	type Engine = EvmEngine;
	type Host = crate::ChainEvmHost<Test>;
	type State = Vec<u8>;

	fn with_host<R>(test: impl FnOnce(&mut Self::Host) -> R) -> R {
		with_chain(|| test(&mut <Evm as MountedEngine>::host()))
	}

	fn state(_: &Self::Host) -> Vec<u8> {
		sp_io::storage::root(StateVersion::V1)
	}

	fn undo_unless_some<R>(
		host: &mut Self::Host,
		call: impl FnOnce(&mut Self::Host) -> Option<R>,
	) -> Option<R> {
		sp_io::storage::start_transaction();
		let result = call(host);
		if result.is_some() {
			sp_io::storage::commit_transaction();
		} else {
			sp_io::storage::rollback_transaction();
		}
		result
	}

	fn succeeding() -> Vec<(Id, EvmOperation)> {
		let stranger = H160([0x77; 20]);
		let make = |salt| EvmOperation::EvmCreate {
			value: 3.into(),
			gas_limit: GAS,
			init: init(&STORE),
			salt,
		};
		[
			call(stranger, 5, vec![1, 2, 3]),
			call(H160([0; 20]), START, vec![]),
			// SHA-256, one of Ethereum's precompiled contracts.
			call(H160::from_low_u64_be(2), 0, vec![7; 100]),
			EvmOperation::EvmTransfer { to: stranger, value: START.into() },
			EvmOperation::EvmTransfer { to: stranger, value: 0.into() },
			make(None),
			make(Some(sp_core::H256::repeat_byte(1))),
		]
		.map(|call| (Id::from(ALICE), call))
		.into()
	}

	fn failing() -> Vec<(Id, EvmOperation)> {
		let stranger = H160([0x77; 20]);
		let make = |init: Vec<u8>, gas_limit| EvmOperation::EvmCreate {
			value: 0.into(),
			gas_limit,
			init,
			salt: None,
		};
		let with_gas = |gas_limit| EvmOperation::EvmCall {
			to: stranger,
			value: 0.into(),
			gas_limit,
			data: vec![],
		};
		[
			EvmOperation::EvmTransfer { to: stranger, value: (START + 1).into() },
			EvmOperation::EvmTransfer { to: stranger, value: U256::MAX },
			with_gas(20_999),
			with_gas(u64::MAX),
			make(vec![0; 49_153], GAS),
			// REVERT, and a byte that is no instruction.
			make(vec![0x60, 0, 0x60, 0, 0xfd], GAS),
			make(vec![0xfe], GAS),
		]
		.map(|call| (Id::from(ALICE), call))
		.into()
	}
}

engine_conformance!(on_the_chain, OnChain);

#[test]
fn a_transfer_has_the_gas_of_a_payment_and_of_its_stipend() {
	assert_eq!(
		EvmOperation::EvmTransfer { to: token(), value: 0.into() }.gas_limit(),
		TRANSFER_GAS
	);
}
