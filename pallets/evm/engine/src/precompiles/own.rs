// SPDX-License-Identifier: Apache-2.0
//! The chain's own precompiles.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloy_sol_types::{abi::AbiDecoderConfig, SolCall, SolError, SolInterface};
use revm::{
	context_interface::ContextTr,
	interpreter::{CallInputs, Gas, InstructionResult, InterpreterResult},
	primitives::{Address, Bytes, B256},
};
use unum_address::{Address as UnumAddress, VmKind};
use unum_id_com::{context_shard, IdCom};
use unum_signature::AuthKey;
use unum_vm_engine::{IdentityControlHost, IdentityHost, VmCall};

use super::{
	abi::{IAddressBook, IAuthKeys, IContext, ICrossVm},
	calldata_gas, lends_nothing,
	proofs::{identity, multisig_derive, multisig_verify, zk_ace_batch, Metered, OutOfGas},
	TokenViewHost,
};
use crate::{
	limits::{weight_of, CALL_BASE_GAS, MULTISIG_GAS, READ_GAS, WEIGHT_PER_GAS},
	HostDatabase, LedgerJournal,
};

/// One of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Own {
	Identity,
	Context,
	AuthKeys,
	ZkAceBatch,
	MultisigDerive,
	MultisigVerify,
	CrossVm,
	AddressBook,
}

/// Bytes that a byte of calldata may take when it is read: pointers and lengths beside it.
const DECODED_PER_BYTE: usize = 4;

/// What a call gives: return data, or the data of a revert.
pub(super) type Answer = Result<Vec<u8>, Vec<u8>>;

impl Own {
	pub(super) const ALL: [Self; 8] = [
		Self::Identity,
		Self::Context,
		Self::AuthKeys,
		Self::ZkAceBatch,
		Self::MultisigDerive,
		Self::MultisigVerify,
		Self::CrossVm,
		Self::AddressBook,
	];

	pub(super) const fn address(self) -> Address {
		let last = match self {
			Self::Identity => 0x00,
			Self::Context => 0x01,
			Self::AuthKeys => 0x02,
			Self::ZkAceBatch => 0x03,
			Self::MultisigDerive => 0x04,
			Self::MultisigVerify => 0x05,
			Self::CrossVm => 0x06,
			Self::AddressBook => 0x07,
		};
		Address::new([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, last])
	}

	pub(super) fn at(address: &Address) -> Option<Self> {
		Self::ALL.into_iter().find(|own| own.address() == *address)
	}

	/// What a call costs, besides what another VM and signatures use: for each the entries that it reads at
	/// most, and the members that are hashed.
	const fn gas(self) -> u64 {
		match self {
			Self::Context | Self::ZkAceBatch => CALL_BASE_GAS,
			Self::MultisigDerive | Self::MultisigVerify => CALL_BASE_GAS + MULTISIG_GAS,
			Self::Identity | Self::AuthKeys => CALL_BASE_GAS + READ_GAS,
			Self::CrossVm => CALL_BASE_GAS + READ_GAS,
			// An address to its owner, who may have chosen another address, or have one of its own.
			Self::AddressBook => CALL_BASE_GAS + 4 * READ_GAS,
		}
	}

	/// Answers a call.
	///
	/// # Errors
	/// The name of a defect of ours, which undoes the whole transaction.
	pub(super) fn run<'a, H, CTX>(
		self,
		context: &mut CTX,
		inputs: &CallInputs,
	) -> Result<InterpreterResult, String>
	where
		H: TokenViewHost + 'a,
		CTX: ContextTr<Db = HostDatabase<'a, H>, Journal = LedgerJournal<'a, H>>,
	{
		let mut gas = Gas::new(inputs.gas_limit);
		// Before anything is copied: what is copied is paid for.
		if !gas.record_regular_cost(self.gas().saturating_add(calldata_gas(inputs))) {
			return Ok(out_of_gas(gas));
		}
		let calldata = inputs.input.bytes_local(context.local());
		if !lends_nothing(inputs) || !inputs.call_value().is_zero() {
			return Ok(ended(Err(reason("no coins, and no DELEGATECALL")), gas));
		}
		let journal = context.journal_mut();
		let answer = match self {
			Self::Context => derive_context(&calldata),
			Self::AuthKeys => check_key(journal.host().ledger(), &calldata),
			Self::AddressBook => look_up(journal.host().ledger(), &calldata),
			Self::ZkAceBatch => zk_ace_batch(&calldata),
			Self::MultisigDerive => multisig_derive(&calldata),
			Self::Identity => {
				let answer = identity(journal.host().ledger(), &calldata, &mut gas);
				return Ok(metered(answer, gas));
			},
			Self::MultisigVerify => {
				let answer = multisig_verify(journal.host().ledger(), &calldata, &mut gas);
				return Ok(metered(answer, gas));
			},
			Self::CrossVm => return call_vm(journal, inputs, &calldata, gas),
		};
		Ok(ended(answer, gas))
	}
}

pub(super) fn out_of_gas(mut gas: Gas) -> InterpreterResult {
	gas.spend_all();
	InterpreterResult::new(InstructionResult::PrecompileOOG, Bytes::new(), gas)
}

fn metered(answer: Metered, gas: Gas) -> InterpreterResult {
	match answer {
		Ok(answer) => ended(answer, gas),
		Err(OutOfGas) => out_of_gas(gas),
	}
}

fn ended(answer: Answer, gas: Gas) -> InterpreterResult {
	match answer {
		Ok(data) => InterpreterResult::new(InstructionResult::Return, data.into(), gas),
		Err(data) => InterpreterResult::new(InstructionResult::Revert, data.into(), gas),
	}
}

/// The data of `revert("…")`.
pub(super) fn reason(words: &str) -> Vec<u8> {
	alloy_sol_types::Revert::from(words.to_string()).abi_encode()
}

/// Reads the arguments of a call, in the one form that compilers make: none twice, and no more memory than
/// their bytes are worth.
pub(super) fn decode<C: SolCall>(calldata: &[u8]) -> Result<C, Vec<u8>> {
	let memory = calldata.len().saturating_mul(DECODED_PER_BYTE).saturating_add(4_096);
	let config = AbiDecoderConfig::new().validate(true).strict(true).memory_limit(memory);
	C::abi_decode_with_config(calldata, config).map_err(malformed)
}

/// The data of a revert over calldata that does not fit the interface.
fn malformed(_: alloy_sol_types::Error) -> Vec<u8> {
	reason("the calldata does not fit the interface")
}

fn derive_context(calldata: &[u8]) -> Answer {
	let call = decode::<IContext::deriveCall>(calldata)?;
	let vm: VmKind = call.vm.parse().map_err(|_| reason("no VM has this name"))?;
	let shard = context_shard(&vm.to_string(), call.tag.0);
	Ok(IContext::deriveCall::abi_encode_returns(&IContext::deriveReturn { tag_: call.tag, shard }))
}

fn check_key<L: IdentityControlHost>(ledger: &L, calldata: &[u8]) -> Answer {
	let call = decode::<IAuthKeys::isAuthKeyCall>(calldata)?;
	let keys = ledger.auth_keys(IdCom::from(call.idCom.0));
	let fits = |key: &AuthKey| {
		let (factor, bytes) = factor_and_bytes(key);
		(call.factor == 0 || call.factor == factor) && call.credential[..] == *bytes
	};
	Ok(IAuthKeys::isAuthKeyCall::abi_encode_returns(&keys.iter().any(fits)))
}

fn factor_and_bytes(key: &AuthKey) -> (u8, &[u8]) {
	match key {
		AuthKey::Sr25519(key) => (1, key),
		AuthKey::Ed25519(key) => (2, key),
		AuthKey::Secp256k1(key) => (3, key),
		AuthKey::MlDsa44(commitment) => (4, commitment),
	}
}

fn look_up<L: IdentityHost>(ledger: &L, calldata: &[u8]) -> Answer {
	use IAddressBook::IAddressBookCalls as Call;
	let evm = |address: Address| ledger.resolve(&UnumAddress::Evm(address.into_array().into()));
	let shown = |id: IdCom, vm| {
		ledger.address_of(id, vm).ok_or_else(|| reason("the VM has no address for this identity"))
	};
	let id = |bytes: B256| IdCom::from(bytes.0);
	Ok(match Call::abi_decode_validate(calldata).map_err(malformed)? {
		Call::idComOf(call) => word(evm(call.account)),
		Call::idComOfSvm(call) => word(ledger.resolve(&UnumAddress::Svm(call.key.0.into()))),
		Call::idComOfTvm(call) => {
			word(ledger.resolve(&UnumAddress::Tvm(call.account.into_array().into())))
		},
		Call::evmAddressOf(call) => bytes20(shown(id(call.idCom), VmKind::EVM)?),
		Call::tvmAddressOf(call) => bytes20(shown(id(call.idCom), VmKind::TVM)?),
		Call::svmAddressOf_0(call) => bytes32(shown(id(call.idCom), VmKind::SVM)?),
		Call::svmAddressOf_1(call) => bytes32(shown(evm(call.account), VmKind::SVM)?),
		Call::bvmScriptOf(call) => script(shown(id(call.idCom), VmKind::BVM)?),
	})
}

fn word(id: IdCom) -> Vec<u8> {
	id.as_bytes().to_vec()
}

/// An address of 20 bytes as the ABI has it: a word.
fn bytes20(address: UnumAddress) -> Vec<u8> {
	let bytes: [u8; 20] = match address {
		UnumAddress::Evm(address) => address.into(),
		UnumAddress::Tvm(address) => address.into(),
		_ => [0; 20],
	};
	IAddressBook::evmAddressOfCall::abi_encode_returns(&Address::from(bytes))
}

fn bytes32(address: UnumAddress) -> Vec<u8> {
	match address {
		UnumAddress::Svm(address) => <[u8; 32]>::from(address).to_vec(),
		_ => Vec::from([0; 32]),
	}
}

fn script(address: UnumAddress) -> Vec<u8> {
	let bytes = match &address {
		UnumAddress::Bvm(script) => script.as_bytes(),
		_ => &[],
	};
	IAddressBook::bvmScriptOfCall::abi_encode_returns(&Bytes::copy_from_slice(bytes))
}

/// Runs an operation of another VM as the calling contract, out of the gas of the call.
fn call_vm<'a, H: TokenViewHost>(
	journal: &mut LedgerJournal<'a, H>,
	inputs: &CallInputs,
	calldata: &[u8],
	mut gas: Gas,
) -> Result<InterpreterResult, String> {
	let call = match decode::<ICrossVm::callCall>(calldata) {
		Ok(call) => call,
		Err(refusal) => return Ok(ended(Err(refusal), gas)),
	};
	if inputs.is_static {
		return Ok(ended(Err(reason("a static call changes nothing")), gas));
	}
	if !gas.record_regular_cost(journal.comparison_gas()) {
		return Ok(out_of_gas(gas));
	}
	journal.leave().map_err(|fault| fault.to_string())?;
	let caller = journal.host().owner(inputs.caller);
	let request = VmCall {
		caller,
		vm: VmKind::new(call.vm),
		target: call.target.0,
		data: &call.data,
		budget: weight_of(call.gasLimit.min(gas.remaining())),
	};
	let result = journal.host_mut().call_vm(&request).map_err(|fault| fault.to_string())?;
	journal.come_back(result.created);
	let used = result.used.ref_time().div_ceil(WEIGHT_PER_GAS);
	if !gas.record_regular_cost(used) {
		return Ok(out_of_gas(gas));
	}
	let data = ICrossVm::callCall::abi_encode_returns(&ICrossVm::callReturn {
		ok: result.ok,
		returnData: result.output.into(),
	});
	Ok(ended(Ok(data), gas))
}
