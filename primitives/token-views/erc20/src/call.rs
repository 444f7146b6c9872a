// SPDX-License-Identifier: Apache-2.0
//! Calldata as a call of one function.

use alloc::{vec, vec::Vec};
use sp_core::{H256, U256};

use crate::{abi::Arguments, selector, AbiAddress, MalformedCall};

/// A call of one function with its arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // The functions and their arguments are described in `selector`.
pub enum Call {
	Name,
	Symbol,
	Decimals,
	TotalSupply,
	BalanceOf { account: AbiAddress },
	Transfer { to: AbiAddress, value: U256 },
	Allowance { owner: AbiAddress, spender: AbiAddress },
	Approve { spender: AbiAddress, value: U256 },
	TransferFrom { from: AbiAddress, to: AbiAddress, value: U256 },
	Mint { to: AbiAddress, value: U256 },
	Burn { value: U256 },
	BurnFrom { account: AbiAddress, value: U256 },
	Permit(PermitCall),
	Nonces { owner: AbiAddress },
	DomainSeparator,
	Eip712Domain,
	SupportsInterface { interface: u32 },
}

/// The arguments of `permit`: an approval and the owner's signature over it ([EIP-2612]).
///
/// [EIP-2612]: https://eips.ethereum.org/EIPS/eip-2612
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PermitCall {
	/// Who approves, and has signed.
	pub owner: AbiAddress,
	/// Who is approved.
	pub spender: AbiAddress,
	/// How much, in base units; 2²⁵⁶ − 1 is unlimited.
	pub value: U256,
	/// The last second of the Unix epoch in which the permit can be used.
	pub deadline: U256,
	/// Which of the two keys that fit the signature: 27 or 28.
	pub v: u8,
	/// First half of the signature.
	pub r: H256,
	/// Second half of the signature.
	pub s: H256,
}

impl Call {
	/// Reads calldata.
	///
	/// # Errors
	/// [`MalformedCall`]: no selector, an unknown one, or arguments that do not fit the function.
	pub fn decode(calldata: &[u8]) -> Result<Self, MalformedCall> {
		let (selector, mut arguments) = Arguments::split(calldata)?;
		let next = &mut arguments;
		// Fields are read in the order in which they are written here.
		Ok(match selector {
			selector::NAME => Self::Name,
			selector::SYMBOL => Self::Symbol,
			selector::DECIMALS => Self::Decimals,
			selector::TOTAL_SUPPLY => Self::TotalSupply,
			selector::BALANCE_OF => Self::BalanceOf { account: next.address()? },
			selector::TRANSFER => Self::Transfer { to: next.address()?, value: next.uint()? },
			selector::ALLOWANCE => {
				Self::Allowance { owner: next.address()?, spender: next.address()? }
			},
			selector::APPROVE => Self::Approve { spender: next.address()?, value: next.uint()? },
			selector::TRANSFER_FROM => Self::TransferFrom {
				from: next.address()?,
				to: next.address()?,
				value: next.uint()?,
			},
			selector::MINT => Self::Mint { to: next.address()?, value: next.uint()? },
			selector::BURN => Self::Burn { value: next.uint()? },
			selector::BURN_FROM => Self::BurnFrom { account: next.address()?, value: next.uint()? },
			selector::PERMIT => Self::Permit(PermitCall::read(next)?),
			selector::NONCES => Self::Nonces { owner: next.address()? },
			selector::DOMAIN_SEPARATOR => Self::DomainSeparator,
			selector::EIP712_DOMAIN => Self::Eip712Domain,
			selector::SUPPORTS_INTERFACE => Self::SupportsInterface { interface: next.bytes4()? },
			selector => return Err(MalformedCall::UnknownFunction { selector }),
		})
	}

	/// Whether the function writes, so that STATICCALL can't call it.
	pub const fn is_write(&self) -> bool {
		matches!(
			self,
			Self::Transfer { .. }
				| Self::Approve { .. }
				| Self::TransferFrom { .. }
				| Self::Mint { .. }
				| Self::Burn { .. }
				| Self::BurnFrom { .. }
				| Self::Permit(_)
		)
	}

	/// The addresses in the calldata that the log of the call names. Those of reads are none.
	pub fn logged_addresses(&self) -> Vec<AbiAddress> {
		match self {
			Self::Transfer { to, .. } | Self::Mint { to, .. } => vec![*to],
			Self::TransferFrom { from, to, .. } => vec![*from, *to],
			Self::Approve { spender, .. } => vec![*spender],
			Self::BurnFrom { account, .. } => vec![*account],
			Self::Permit(permit) => vec![permit.owner, permit.spender],
			_ => Vec::new(),
		}
	}
}

impl PermitCall {
	fn read(next: &mut Arguments<'_>) -> Result<Self, MalformedCall> {
		Ok(Self {
			owner: next.address()?,
			spender: next.address()?,
			value: next.uint()?,
			deadline: next.uint()?,
			v: next.uint8()?,
			r: next.bytes32()?,
			s: next.bytes32()?,
		})
	}
}
