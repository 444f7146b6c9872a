// SPDX-License-Identifier: Apache-2.0
//! Calls that transactions of tests and benchmarks make.

use sp_core::{H160, H256};
use unum_address::{erc20_address, EvmAddress};
use unum_evm_engine::EvmOperation;
use unum_id_com::IdCom;
use unum_native_engine::NativeCall;
use unum_runtime::{Address, RuntimeCall};
use unum_svm_engine::SvmOperation;
use unum_units::LedgerAmount;
use unum_vm_engine::{ContextTag, OneOf, Payload};

use crate::chain::{account, mint};

/// Pays an account.
pub fn pay(to: u32, value: u128) -> RuntimeCall {
	let dest = Address::Id(account(to));
	RuntimeCall::Balances(pallet_balances::Call::transfer_allow_death { dest, value })
}

/// Gives an account some of the token.
pub fn transfer_token(to: u32, value: u128) -> RuntimeCall {
	RuntimeCall::UnifiedTokens(pallet_unified_tokens::Call::transfer {
		mint: mint(),
		to: account(to).into(),
		amount: LedgerAmount::new(value),
	})
}

/// An operation of the native VM.
pub fn native(call: NativeCall) -> RuntimeCall {
	let payload = Box::new(Payload::new(OneOf::First(call)));
	RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, context: None })
}

/// An operation of the EVM.
pub fn evm(call: EvmOperation) -> RuntimeCall {
	evm_in(call, None)
}

/// The same in a context.
pub fn evm_in(call: EvmOperation, context: Option<ContextTag>) -> RuntimeCall {
	let payload = Box::new(Payload::new(OneOf::Others(OneOf::First(call))));
	RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, context })
}

/// An operation of the Solana VM.
pub fn svm(call: SvmOperation) -> RuntimeCall {
	let payload = Box::new(Payload::new(OneOf::Others(OneOf::Others(OneOf::First(call)))));
	RuntimeCall::Dispatch(pallet_dispatch::Call::submit { payload, context: None })
}

/// The address of an identity on the EVM.
pub fn evm_address(id: IdCom) -> H160 {
	H160(EvmAddress::derive(id).into())
}

/// Calls `transfer(address,uint256)` of the token's ERC-20 contract.
pub fn erc20_transfer(to: H160, amount: u64, gas_limit: u64) -> RuntimeCall {
	let mut data = vec![0xa9, 0x05, 0x9c, 0xbb];
	data.extend([0; 12]);
	data.extend(to.0);
	data.extend([0; 24]);
	data.extend(amount.to_be_bytes());
	let token = H160(erc20_address(mint()).into());
	evm(EvmOperation::EvmCall { to: token, value: 0.into(), gas_limit, data })
}

/// `slot = calldata[0..32]; storage[slot] += 1`
const COUNTER: [u8; 10] = [0x5f, 0x35, 0x80, 0x54, 0x60, 0x01, 0x01, 0x90, 0x55, 0x00];

/// Copies what follows it, the ten bytes of [`COUNTER`], and returns it as the contract.
const RETURN_THE_REST: [u8; 10] = [0x60, 0x0a, 0x80, 0x60, 0x0a, 0x5f, 0x39, 0x5f, 0xf3, 0x00];

/// Makes a contract that counts how often each of its counters was called.
pub fn make_counters() -> RuntimeCall {
	let (init, salt) = (counters_init(), Some(H256::zero()));
	evm(EvmOperation::EvmCreate { value: 0.into(), gas_limit: 200_000, init, salt })
}

fn counters_init() -> Vec<u8> {
	[RETURN_THE_REST, COUNTER].concat()
}

/// Where the contract is that an account has made (EIP-1014).
pub fn counters(maker: u32) -> H160 {
	let maker = evm_address(account(maker).into());
	let code = sp_io::hashing::keccak_256(&counters_init());
	let parts = [&[0xff], &maker.0[..], &[0; 32], &code].concat();
	H160::from_slice(&sp_io::hashing::keccak_256(&parts)[12..])
}

/// Calls one of the counters.
pub fn count(contract: H160, counter: u64, context: Option<ContextTag>) -> RuntimeCall {
	let mut data = vec![0; 24];
	data.extend(counter.to_be_bytes());
	let call = EvmOperation::EvmCall { to: contract, value: 0.into(), gas_limit: 60_000, data };
	evm_in(call, context)
}
