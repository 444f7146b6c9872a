// SPDX-License-Identifier: Apache-2.0
//! Why a call reverts, and what it leaves as revert data.

use alloc::vec::Vec;
use core::fmt;
use sp_core::{H256, U256};
use unum_units::LedgerAmount;

use crate::{abi::Tuple, AbiAddress};

/// A call that no function takes, refused without revert data, as compiled contracts do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MalformedCall {
	/// Calldata of fewer than four bytes names no function.
	NoSelector,
	/// The contract has no such function, and no fallback.
	UnknownFunction {
		/// The first four bytes of the calldata.
		selector: u32,
	},
	/// The calldata ends before the last argument.
	MissingArgument,
	/// An argument has bits set that its type does not have.
	DirtyArgument,
	/// Native coins came with the call: no function takes any.
	ValueSent,
	/// A function that writes was called by STATICCALL.
	StaticWrite,
	/// The ledger has no token at this address.
	UnknownMint,
}

impl fmt::Display for MalformedCall {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NoSelector => f.write_str("calldata of fewer than four bytes names no function"),
			Self::UnknownFunction { selector } => {
				write!(f, "the token contract has no function with selector 0x{selector:08x}")
			},
			Self::MissingArgument => f.write_str("the calldata ends before the last argument"),
			Self::DirtyArgument => {
				f.write_str("an argument has bits set that its type does not have")
			},
			Self::ValueSent => f.write_str("a token contract takes no native coins"),
			Self::StaticWrite => f.write_str("a static call can't change balances or allowances"),
			Self::UnknownMint => f.write_str("the ledger has no token at this address"),
		}
	}
}

impl core::error::Error for MalformedCall {}

/// Why a call reverts. The variants are the errors of `solidity/IUnumToken.sol`; those of [ERC-6093]
/// and of OpenZeppelin's contracts have the names and fields that they have there.
///
/// [ERC-6093]: https://eips.ethereum.org/EIPS/eip-6093
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erc20Error {
	/// No function was called as it must be. Reverts without data.
	Malformed(MalformedCall),
	/// The sender has less than it wants to move or burn (ERC-6093).
	InsufficientBalance {
		/// Who sends.
		sender: AbiAddress,
		/// What it has, in base units.
		balance: U256,
		/// What it needs, in base units.
		needed: U256,
	},
	/// Nobody sends from here: the zero address (ERC-6093).
	InvalidSender(AbiAddress),
	/// Nobody receives here: the zero address (ERC-6093).
	InvalidReceiver(AbiAddress),
	/// The spender may move less than it wants to (ERC-6093).
	InsufficientAllowance {
		/// Who wants to move.
		spender: AbiAddress,
		/// What it may move, in base units.
		allowance: U256,
		/// What it needs, in base units.
		needed: U256,
	},
	/// Nobody approves from here: the zero address (ERC-6093).
	InvalidApprover(AbiAddress),
	/// Nobody can be approved here: the zero address (ERC-6093).
	InvalidSpender(AbiAddress),
	/// The supply would be more than every view of the token can show (OpenZeppelin's `ERC20Capped`).
	ExceededCap {
		/// What the supply would be, in base units.
		increased_supply: U256,
		/// The largest that it can be, in base units.
		cap: U256,
	},
	/// A permit was used after its deadline (OpenZeppelin's `ERC20Permit`).
	ExpiredSignature {
		/// The deadline, in seconds since the Unix epoch.
		deadline: U256,
	},
	/// A permit was signed by somebody else than the owner (OpenZeppelin's `ERC20Permit`).
	InvalidSigner {
		/// Who signed.
		signer: AbiAddress,
		/// Who ought to.
		owner: AbiAddress,
	},
	/// A permit's signature is none (OpenZeppelin's `ECDSA`).
	InvalidSignature,
	/// The `s` of a permit's signature is in the upper half, so the signature has a twin
	/// (OpenZeppelin's `ECDSA`).
	InvalidSignatureS(H256),
	/// A finite approval that 128 bits can't hold. Approve less, or 2²⁵⁶ − 1 for unlimited.
	AllowanceTooLarge {
		/// The approval, in base units.
		value: U256,
	},
	/// The token's freeze authority has stopped this balance.
	AccountFrozen(AbiAddress),
	/// Only the token's mint authority may create tokens.
	NotMintAuthority(AbiAddress),
	/// The token has no mint authority: nobody can ever create more of it.
	NoMintAuthority,
	/// A sum does not fit its number of bits (Solidity's `Panic` with code 0x11).
	Overflow,
}

/// The largest finite approval, in base units.
pub(crate) fn allowance_max() -> U256 {
	U256::from(LedgerAmount::MAX.get()).saturating_sub(U256::one())
}

impl Erc20Error {
	/// What the call leaves as revert data: the error's selector and its fields, or nothing where the
	/// call was malformed.
	pub fn revert_data(&self) -> Vec<u8> {
		let Some((selector, fields)) = self.encoded() else { return Vec::new() };
		let mut data = selector.to_be_bytes().to_vec();
		data.append(&mut fields.bytes());
		data
	}

	/// Selector and fields.
	fn encoded(&self) -> Option<(u32, Tuple)> {
		let shortfall = |who, has, needed| Tuple::of(3).address(who).uint(has).uint(needed);
		let account = |who| Tuple::of(1).address(who);
		let pair = |a, b| Tuple::of(2).uint(a).uint(b);
		Some(match *self {
			Self::Malformed(_) => return None,
			Self::InsufficientBalance { sender, balance, needed } => {
				(0xe450_d38c, shortfall(sender, balance, needed))
			},
			Self::InvalidSender(sender) => (0x96c6_fd1e, account(sender)),
			Self::InvalidReceiver(receiver) => (0xec44_2f05, account(receiver)),
			Self::InsufficientAllowance { spender, allowance, needed } => {
				(0xfb8f_41b2, shortfall(spender, allowance, needed))
			},
			Self::InvalidApprover(approver) => (0xe602_df05, account(approver)),
			Self::InvalidSpender(spender) => (0x9428_0d62, account(spender)),
			Self::ExceededCap { increased_supply, cap } => {
				(0x9e79_f854, pair(increased_supply, cap))
			},
			Self::ExpiredSignature { deadline } => (0x6279_1302, Tuple::of(1).uint(deadline)),
			Self::InvalidSigner { signer, owner } => {
				(0x4b80_0e46, Tuple::of(2).address(signer).address(owner))
			},
			Self::InvalidSignature => (0xf645_eedf, Tuple::of(0)),
			Self::InvalidSignatureS(s) => (0xd78b_ce0c, Tuple::of(1).word(s)),
			Self::AllowanceTooLarge { value } => (0x17fa_658a, pair(value, allowance_max())),
			Self::AccountFrozen(who) => (0xd922_3bb9, account(who)),
			Self::NotMintAuthority(who) => (0xfe2b_37c1, account(who)),
			Self::NoMintAuthority => (0xe436_f46c, Tuple::of(0)),
			Self::Overflow => (0x4e48_7b71, Tuple::of(1).uint(0x11)),
		})
	}
}

impl fmt::Display for Erc20Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Malformed(cause) => fmt::Display::fmt(cause, f),
			Self::InsufficientBalance { sender, balance, needed } => {
				write!(f, "{sender} has {balance} base units and needs {needed}")
			},
			Self::InvalidSender(who) => write!(f, "{who} can't send tokens"),
			Self::InvalidReceiver(who) => write!(f, "{who} can't receive tokens"),
			Self::InsufficientAllowance { spender, allowance, needed } => {
				write!(f, "{spender} may move {allowance} base units and needs {needed}")
			},
			Self::InvalidApprover(who) => write!(f, "{who} can't approve a spender"),
			Self::InvalidSpender(who) => write!(f, "{who} can't be approved as a spender"),
			Self::ExceededCap { increased_supply, cap } => {
				write!(
					f,
					"the supply would be {increased_supply} base units, and {cap} at most fit"
				)
			},
			Self::ExpiredSignature { deadline } => {
				write!(f, "the permit could be used until second {deadline} of the Unix epoch only")
			},
			Self::InvalidSigner { signer, owner } => {
				write!(f, "the permit of {owner} is signed by {signer}")
			},
			Self::InvalidSignature => f.write_str("the permit's signature is none"),
			Self::InvalidSignatureS(s) => {
				write!(f, "the s of the permit's signature is in the upper half: {s:?}")
			},
			Self::AllowanceTooLarge { value } => write!(
				f,
				"an approval of {value} base units does not fit: approve {} at most, or 2^256 - 1",
				allowance_max()
			),
			Self::AccountFrozen(who) => {
				write!(f, "the balance of {who} is frozen by the token's freeze authority")
			},
			Self::NotMintAuthority(who) => {
				write!(f, "{who} is not the mint authority of this token")
			},
			Self::NoMintAuthority => {
				f.write_str("the token has no mint authority: nobody can create more of it")
			},
			Self::Overflow => f.write_str("a sum does not fit its number of bits"),
		}
	}
}

impl core::error::Error for Erc20Error {}

impl From<MalformedCall> for Erc20Error {
	fn from(cause: MalformedCall) -> Self {
		Self::Malformed(cause)
	}
}
