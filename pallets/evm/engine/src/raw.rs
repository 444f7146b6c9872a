// SPDX-License-Identifier: Apache-2.0
//! Transactions as Ethereum's wallets sign them.

use core::fmt;
use revm::{
	context::TxEnv,
	context_interface::either::Either,
	primitives::{Address, U256},
};
use unum_address::{Address as UnumAddress, EvmAddress};
use unum_ethereum_transaction::{
	check_gas, DecodeError, FeeCapTooLow, GasError, RawTransaction as EthereumTransaction,
	TransactionType, VerifyError,
};
use unum_vm_engine::{Opcode, RawFee, RawTransaction, Rejection, ReplayGuard};

use crate::{
	limits::WEIGHT_PER_GAS,
	vm::{is_delegation, Environment, EvmChain},
};

/// The opcodes of the operations that raw transactions come to.
const CALL: Opcode = Opcode::new(0x10);
const CREATE: Opcode = Opcode::new(0x11);

/// Why a raw transaction is not let into the pool or a block; in geth's words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RawRefusal {
	/// The bytes are no transaction.
	Decode(DecodeError),
	/// It is for another chain, breaks a rule, or nobody has signed it.
	Verify(VerifyError),
	/// Its gas limit is too low or too high for what is in it.
	Gas(GasError),
	/// Its gas limit is above what fits into a block beside what else every block has.
	AboveGasLimit {
		/// The gas limit of the transaction.
		have: u64,
		/// The most that a transaction can have.
		max: u64,
	},
	/// It pays less for a unit of gas than the next block asks.
	FeeCap(FeeCapTooLow),
	/// The sender is a contract ([EIP-3607]).
	///
	/// [EIP-3607]: https://eips.ethereum.org/EIPS/eip-3607
	SenderIsContract {
		/// Its address.
		sender: Address,
	},
	/// The sender has less than it may have to pay.
	InsufficientFunds {
		/// What it can spend, in wei.
		balance: U256,
		/// Gas limit × the most for a unit of gas + value, in wei.
		cost: U256,
	},
}

impl RawRefusal {
	/// The cause as a number below 128, stable for ever; none of [`EvmFailure`](crate::EvmFailure)'s.
	const fn code(&self) -> u8 {
		match self {
			Self::Decode(_) => 32,
			Self::Verify(_) => 33,
			Self::Gas(_) => 34,
			Self::AboveGasLimit { .. } => 35,
			Self::FeeCap(_) => 36,
			Self::SenderIsContract { .. } => 37,
			Self::InsufficientFunds { .. } => 38,
		}
	}
}

impl fmt::Display for RawRefusal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Decode(error) => error.fmt(f),
			Self::Verify(error) => error.fmt(f),
			Self::Gas(error) => error.fmt(f),
			Self::AboveGasLimit { have, max } => {
				write!(f, "exceeds block gas limit: gas {have}, limit {max}")
			},
			Self::FeeCap(error) => error.fmt(f),
			Self::SenderIsContract { sender } => {
				write!(f, "sender not an eoa: address {sender} has code")
			},
			Self::InsufficientFunds { balance, cost } => {
				let overshot = cost.saturating_sub(*balance);
				write!(
					f,
					"insufficient funds for gas * price + value: balance {balance}, tx cost {cost}, overshot {overshot}"
				)
			},
		}
	}
}

impl From<RawRefusal> for Rejection {
	fn from(refusal: RawRefusal) -> Self {
		Self::of_raw(refusal.code(), &refusal)
	}
}

/// Reads and verifies a transaction in the state at hand. What does not depend on the state is asked
/// first.
pub(crate) fn read<H: EvmChain>(host: &H, bytes: &[u8]) -> Result<RawTransaction, RawRefusal> {
	let environment = host.environment();
	let raw = EthereumTransaction::decode(bytes).map_err(RawRefusal::Decode)?;
	let (have, max) = (raw.gas_limit(), environment.transaction_gas_limit);
	if have > max {
		return Err(RawRefusal::AboveGasLimit { have, max });
	}
	check_gas(&raw).map_err(RawRefusal::Gas)?;
	let transaction = raw
		.verify_with(environment.chain_id, |prehash, signature, parity| {
			host.recover(prehash, signature, parity)
		})
		.map_err(RawRefusal::Verify)?;
	let price = price(&transaction, &environment)?;
	check_sender(host, transaction.sender(), transaction.cost_cap_total())?;
	Ok(RawTransaction {
		sender: UnumAddress::Evm(transaction.sender().into_array().into()),
		hash: transaction.hash().0.into(),
		replay: ReplayGuard::Nonce(transaction.nonce()),
		opcode: if transaction.to().is_create() { CREATE } else { CALL },
		fee: RawFee::PerGas {
			price,
			gas_limit: transaction.gas_limit(),
			weight_per_gas: WEIGHT_PER_GAS,
		},
		priority: priority(price, &environment),
	})
}

/// What a unit of its gas costs in the block at hand, in wei.
fn price(raw: &EthereumTransaction, environment: &Environment) -> Result<u128, RawRefusal> {
	raw.effective_gas_price(environment.base_fee.into()).map_err(RawRefusal::FeeCap)
}

/// The tip for as much gas as a block holds, which is how the chain ranks what pays by weight.
fn priority(price: u128, environment: &Environment) -> u64 {
	let tip = price.saturating_sub(environment.base_fee.into());
	u64::try_from(tip.saturating_mul(environment.gas_limit.into())).unwrap_or(u64::MAX)
}

fn check_sender<H: EvmChain>(host: &H, sender: Address, cost: U256) -> Result<(), RawRefusal> {
	let account = host.account(sender).unwrap_or_default();
	if account.code_hash.is_some_and(|hash| !is_delegation(host, hash)) {
		return Err(RawRefusal::SenderIsContract { sender });
	}
	let balance = account.balance;
	if balance < cost {
		return Err(RawRefusal::InsufficientFunds { balance, cost });
	}
	Ok(())
}

/// The transaction as revm runs it, sent by the address that signed it. `None` where it does not
/// decode, which [`read`] excludes.
pub(crate) fn transaction(bytes: &[u8], sender: &UnumAddress) -> Option<TxEnv> {
	let raw = EthereumTransaction::decode(bytes).ok()?;
	let UnumAddress::Evm(sender) = sender else { return None };
	let tip = match raw.transaction_type() {
		TransactionType::Legacy | TransactionType::AccessList => None,
		TransactionType::DynamicFee | TransactionType::SetCode => {
			Some(raw.max_priority_fee_per_gas())
		},
	};
	Some(TxEnv {
		tx_type: raw.transaction_type().number(),
		caller: caller(*sender),
		gas_limit: raw.gas_limit(),
		gas_price: raw.max_fee_per_gas(),
		gas_priority_fee: tip,
		kind: raw.to(),
		value: raw.value(),
		data: raw.input().clone(),
		nonce: raw.nonce(),
		chain_id: raw.chain_id(),
		access_list: raw.access_list().clone(),
		authorization_list: raw.authorization_list().iter().cloned().map(Either::Left).collect(),
		..TxEnv::default()
	})
}

fn caller(sender: EvmAddress) -> Address {
	Address::from(*sender.as_bytes())
}

/// The most gas of a transaction; zero where the bytes are none.
pub(crate) fn gas_limit(bytes: &[u8]) -> u64 {
	EthereumTransaction::decode(bytes).map(|raw| raw.gas_limit()).unwrap_or_default()
}
