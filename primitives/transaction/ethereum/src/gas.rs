// SPDX-License-Identifier: Apache-2.0
//! What a transaction costs before it runs, by the rules of Osaka. All in units of gas.

use crate::{
	limits::{MAX_INITCODE_BYTES, MAX_TRANSACTION_GAS},
	GasError, RawTransaction,
};

/// Any transaction (`G_transaction` of the yellow paper).
const TRANSACTION: u64 = 21_000;
/// One that creates a contract, besides ([EIP-2](https://eips.ethereum.org/EIPS/eip-2)).
const CREATE: u64 = 32_000;
/// 32 bytes of initcode ([EIP-3860](https://eips.ethereum.org/EIPS/eip-3860)).
const INITCODE_WORD: u64 = 2;
/// A token of input ([EIP-7623](https://eips.ethereum.org/EIPS/eip-7623)): with [`TOKENS_OF_NONZERO`],
/// the 4 and 16 of [EIP-2028](https://eips.ethereum.org/EIPS/eip-2028).
const INPUT_TOKEN: u64 = 4;
/// The least that a token of input costs in the end
/// ([EIP-7623](https://eips.ethereum.org/EIPS/eip-7623)).
const INPUT_TOKEN_FLOOR: u64 = 10;
/// How many tokens a byte of input is that is not zero. A zero is one
/// ([EIP-7623](https://eips.ethereum.org/EIPS/eip-7623)).
const TOKENS_OF_NONZERO: u64 = 4;
/// An address in an access list ([EIP-2930](https://eips.ethereum.org/EIPS/eip-2930)).
const ACCESS_LIST_ADDRESS: u64 = 2_400;
/// A storage key in an access list ([EIP-2930](https://eips.ethereum.org/EIPS/eip-2930)).
const ACCESS_LIST_KEY: u64 = 1_900;
/// An authorization, as for an account that is empty
/// ([EIP-7702](https://eips.ethereum.org/EIPS/eip-7702)).
const AUTHORIZATION: u64 = 25_000;

/// What a transaction costs before it runs, and at least when it has run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct IntrinsicGas {
	initial: u64,
	floor: u64,
}

impl IntrinsicGas {
	/// What is charged before the transaction runs: [EIP-2028], [EIP-2930], [EIP-3860] and [EIP-7702].
	///
	/// [EIP-2028]: https://eips.ethereum.org/EIPS/eip-2028
	/// [EIP-2930]: https://eips.ethereum.org/EIPS/eip-2930
	/// [EIP-3860]: https://eips.ethereum.org/EIPS/eip-3860
	/// [EIP-7702]: https://eips.ethereum.org/EIPS/eip-7702
	pub const fn initial(self) -> u64 {
		self.initial
	}

	/// What is charged at least after it has run: [EIP-7623].
	///
	/// [EIP-7623]: https://eips.ethereum.org/EIPS/eip-7623
	pub const fn floor(self) -> u64 {
		self.floor
	}
}

/// Computes what a transaction costs before it runs.
///
/// Sums saturate, and none gets there: within
/// [`MAX_TRANSACTION_BYTES`](crate::limits::MAX_TRANSACTION_BYTES) the dearest are authorizations, of
/// 27 bytes for 25,000 gas each, and those make less than 2^27.
pub fn intrinsic_gas(transaction: &RawTransaction) -> IntrinsicGas {
	let tokens = input_tokens(transaction.input());
	let parts = [
		TRANSACTION,
		creation_gas(transaction),
		INPUT_TOKEN.saturating_mul(tokens),
		access_list_gas(transaction),
		AUTHORIZATION.saturating_mul(count(transaction.authorization_list().len())),
	];
	IntrinsicGas {
		initial: parts.into_iter().fold(0, u64::saturating_add),
		floor: TRANSACTION.saturating_add(INPUT_TOKEN_FLOOR.saturating_mul(tokens)),
	}
}

fn input_tokens(input: &[u8]) -> u64 {
	let nonzero = count(input.iter().filter(|byte| **byte != 0).count());
	let zero = count(input.len()).saturating_sub(nonzero);
	TOKENS_OF_NONZERO.saturating_mul(nonzero).saturating_add(zero)
}

fn creation_gas(transaction: &RawTransaction) -> u64 {
	match transaction.to().is_create() {
		true => {
			let words = count(transaction.input().len()).div_ceil(32);
			INITCODE_WORD.saturating_mul(words).saturating_add(CREATE)
		},
		false => 0,
	}
}

fn access_list_gas(transaction: &RawTransaction) -> u64 {
	let list = transaction.access_list();
	let keys = list.iter().map(|item| count(item.storage_keys.len())).fold(0, u64::saturating_add);
	ACCESS_LIST_ADDRESS
		.saturating_mul(count(list.len()))
		.saturating_add(ACCESS_LIST_KEY.saturating_mul(keys))
}

fn count(items: usize) -> u64 {
	u64::try_from(items).unwrap_or(u64::MAX)
}

/// Checks all that the rules of Osaka say about the gas of a transaction, before its sender pays
/// for any: what the pool asks.
///
/// # Errors
/// [`GasError::InitcodeTooLong`], [`GasError::AboveCap`], [`GasError::BelowIntrinsic`],
/// [`GasError::BelowFloor`], in this order.
pub fn check_gas(transaction: &RawTransaction) -> Result<IntrinsicGas, GasError> {
	check_initcode_size(transaction)?;
	check_gas_cap(transaction)?;
	let gas = intrinsic_gas(transaction);
	let gas_limit = transaction.gas_limit();
	if gas_limit < gas.initial {
		return Err(GasError::BelowIntrinsic { gas_limit, minimum: gas.initial });
	}
	if gas_limit < gas.floor {
		return Err(GasError::BelowFloor { gas_limit, minimum: gas.floor });
	}
	Ok(gas)
}

/// Checks the length of the initcode, where a contract is created ([EIP-3860]).
///
/// # Errors
/// [`GasError::InitcodeTooLong`].
///
/// [EIP-3860]: https://eips.ethereum.org/EIPS/eip-3860
pub fn check_initcode_size(transaction: &RawTransaction) -> Result<(), GasError> {
	let bytes = count(transaction.input().len());
	match transaction.to().is_create() && bytes > u64::from(MAX_INITCODE_BYTES) {
		true => Err(GasError::InitcodeTooLong { bytes }),
		false => Ok(()),
	}
}

/// Checks the most gas that one transaction may ask for ([EIP-7825], since Osaka).
///
/// # Errors
/// [`GasError::AboveCap`].
///
/// [EIP-7825]: https://eips.ethereum.org/EIPS/eip-7825
pub fn check_gas_cap(transaction: &RawTransaction) -> Result<(), GasError> {
	match transaction.gas_limit() {
		gas_limit if gas_limit > MAX_TRANSACTION_GAS => Err(GasError::AboveCap { gas_limit }),
		_ => Ok(()),
	}
}
