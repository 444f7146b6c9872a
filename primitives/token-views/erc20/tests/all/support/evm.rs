// SPDX-License-Identifier: Apache-2.0
//! A compiled token contract, run by an EVM.

use revm::{
	bytecode::Bytecode,
	context::{result::ExecutionResult, BlockEnv, CfgEnv, Journal, TxEnv},
	database::{CacheDB, EmptyDB},
	primitives::{keccak256, Address, Bytes, TxKind, U256},
	state::AccountInfo,
	Context, ExecuteCommitEvm, MainBuilder, MainContext, MainnetEvm,
};
use sp_core::H256;
use unum_erc20::AbiAddress;
use unum_vm_engine::Log;

use super::scene::{accounts, token_address, TokenSpec, CHAIN_ID, NOW};

type Database = CacheDB<EmptyDB>;
type Evm = MainnetEvm<Context<BlockEnv, TxEnv, CfgEnv, Database, Journal<Database>, ()>>;

/// What a call of the contract gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Reply {
	pub(crate) succeeded: bool,
	pub(crate) output: Vec<u8>,
	pub(crate) logs: Vec<Log>,
}

/// An EVM with the contract at the token's address.
pub(crate) struct Reference(Evm);

/// An account that hands calls on by STATICCALL.
const FORWARDER: [u8; 20] = [0xfd; 20];

/// Gas for a call, more than any needs.
const GAS: u64 = 2_000_000;

impl Reference {
	/// Puts `code` at the token's address and initializes it.
	pub(crate) fn new(code_hex: &str, spec: &TokenSpec) -> Self {
		let mut database = Database::new(EmptyDB::default());
		put_code(&mut database, token_address(), hex::decode(code_hex.trim()).expect("hex"));
		put_code(&mut database, FORWARDER.into(), forwarder_code());
		for account in accounts() {
			let rich = AccountInfo { balance: U256::from(u64::MAX), ..AccountInfo::default() };
			if account != token_address() {
				database.insert_account_info(address(account), rich);
			}
		}
		let mut reference = Self(evm(database));
		let reply = reference.call([0x99; 20].into(), &initialize(spec), false);
		assert!(reply.succeeded, "{reply:?}");
		reference
	}

	/// Calls the contract.
	pub(crate) fn call(&mut self, caller: AbiAddress, calldata: &[u8], has_value: bool) -> Reply {
		self.transact(caller, token_address(), calldata, has_value)
	}

	/// Calls the contract by STATICCALL, from another contract.
	pub(crate) fn call_static(&mut self, caller: AbiAddress, calldata: &[u8]) -> Reply {
		self.transact(caller, FORWARDER.into(), calldata, false)
	}

	fn transact(
		&mut self,
		caller: AbiAddress,
		to: AbiAddress,
		calldata: &[u8],
		has_value: bool,
	) -> Reply {
		let transaction = TxEnv {
			caller: address(caller),
			kind: TxKind::Call(address(to)),
			data: Bytes::copy_from_slice(calldata),
			value: U256::from(u8::from(has_value)),
			gas_limit: GAS,
			gas_price: 0,
			chain_id: Some(CHAIN_ID),
			..TxEnv::default()
		};
		reply(self.0.transact_commit(transaction).expect("a valid transaction"))
	}
}

fn evm(database: Database) -> Evm {
	Context::mainnet()
		.with_db(database)
		.modify_cfg_chained(|cfg| {
			cfg.chain_id = CHAIN_ID;
			cfg.disable_nonce_check = true;
		})
		.modify_block_chained(|block| block.timestamp = U256::from(NOW))
		.build_mainnet()
}

fn address(address: AbiAddress) -> Address {
	Address::from(*address.as_bytes())
}

fn put_code(database: &mut Database, at: AbiAddress, code: Vec<u8>) {
	let code = Bytecode::new_raw(code.into());
	let info = AccountInfo {
		nonce: 1,
		code_hash: keccak256(code.original_byte_slice()),
		code: Some(code),
		..AccountInfo::default()
	};
	database.insert_account_info(address(at), info);
}

/// Copies the calldata, calls the token by STATICCALL, copies what comes back, and returns or reverts
/// with it.
fn forwarder_code() -> Vec<u8> {
	let mut code = hex::decode("365f5f375f5f365f73").expect("hexadecimal");
	code.extend(token_address().as_bytes());
	code.extend(hex::decode("5afa3d5f5f3e6029573d5ffd5b3d5ff3").expect("hexadecimal"));
	code
}

/// Calldata of `initialize(string,string,uint8,address,uint256)`.
fn initialize(spec: &TokenSpec) -> Vec<u8> {
	let text = |text: &str| {
		let mut bytes = uint(text.len() as u128);
		bytes.extend(text.as_bytes());
		bytes.resize(bytes.len().next_multiple_of(32), 0);
		bytes
	};
	let (name, symbol) = (text(&spec.name), text(&spec.symbol));
	let authority = spec.authority.map_or(AbiAddress::ZERO, |index| accounts()[index]);
	let signature = b"initialize(string,string,uint8,address,uint256)";
	let mut calldata = keccak256(signature)[..4].to_vec();
	calldata.extend(uint(5 * 32));
	calldata.extend(uint(5 * 32 + name.len() as u128));
	calldata.extend(uint(spec.decimals.into()));
	calldata.extend([0; 12]);
	calldata.extend(authority.as_bytes());
	calldata.extend(uint(spec.cap()));
	calldata.extend(name);
	calldata.extend(symbol);
	calldata
}

fn uint(value: u128) -> Vec<u8> {
	U256::from(value).to_be_bytes::<32>().to_vec()
}

fn reply(result: ExecutionResult) -> Reply {
	let succeeded = result.is_success();
	let logs = result.logs().iter().map(log).collect();
	let output = result.into_output().unwrap_or_default().to_vec();
	Reply { succeeded, output, logs }
}

fn log(log: &revm::primitives::Log) -> Log {
	Log {
		emitter: unum_address::Address::Evm(log.address.into_array().into()),
		topics: log.topics().iter().map(|topic| H256(topic.0)).collect(),
		data: log.data.data.to_vec(),
	}
}
