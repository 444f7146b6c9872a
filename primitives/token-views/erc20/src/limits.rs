// SPDX-License-Identifier: Apache-2.0
//! Everything about a view that a contract can observe and that the token standards leave open, with
//! the reason for each number.

use unum_vm_engine::{IdentityHost, TokenHost};

use crate::{Call, Frame};

/// The code that an engine shows at the address of a view: what `EXTCODECOPY` gives, and the reason
/// why `EXTCODESIZE` is not zero, which contracts check before they call a token.
///
/// Its first five bytes are `PUSH1 0 PUSH1 0 REVERT`, in every fork of the EVM and in the Tron VM: an
/// engine that ran it instead of asking this crate would do no harm.
pub const VIEW_CODE: &[u8] = b"\x60\x00\x60\x00\xfdunum-erc20";

/// The Keccak-256 hash of [`VIEW_CODE`]: an account that has it is a token's view.
pub const VIEW_CODE_HASH: [u8; 32] = [
	0x96, 0xd1, 0xcc, 0x38, 0x08, 0x81, 0x43, 0x23, 0xb3, 0x42, 0x2b, 0xbc, 0x57, 0x48, 0xe1, 0xd1,
	0x96, 0x91, 0x59, 0xea, 0x79, 0x93, 0xbf, 0x22, 0x1e, 0xad, 0x20, 0xe1, 0xc2, 0xc8, 0xb5, 0x5f,
];

/// Reading an entry of the ledger: the price of a cold storage slot ([EIP-2929]).
///
/// [EIP-2929]: https://eips.ethereum.org/EIPS/eip-2929
pub const READ_GAS: u64 = 2_100;

/// Changing an entry that is there: the price of a cold slot that is not zero before (EIP-2929).
pub const UPDATE_GAS: u64 = 5_000;

/// Making an entry: the price of a cold slot that is zero before (EIP-2929).
pub const CREATE_GAS: u64 = 22_100;

/// Opening the account of a receiver whom the ledger has never seen: the price of a new account in a
/// CALL with value ([EIP-161]).
///
/// [EIP-161]: https://eips.ethereum.org/EIPS/eip-161
pub const ACCOUNT_GAS: u64 = 25_000;

/// The log of a movement: `LOG3` with 32 bytes of data, 375 × 4 + 8 × 32 (yellow paper, appendix G).
pub const LOG_GAS: u64 = 1_756;

/// Finding the signer of a permit: the price of the `ecrecover` precompile.
pub const RECOVER_GAS: u64 = 3_000;

/// Reading calldata and hashing texts: more than a compiled token spends on it (under 700 for a
/// permit), and what a malformed call costs.
pub const BASE_GAS: u64 = 700;

/// What a call costs inside of the contract, in gas: the entries that it touches at worst, priced as a
/// contract's cold storage. What comes before (CALL's own price) is not in it.
///
/// It depends on the function alone, so that an estimate holds whatever happens before the call: a
/// transfer must be given the same whether or not the receiver is new. What it did not need is given
/// back afterwards ([`spared`]). A malformed call costs [`BASE_GAS`].
pub fn gas(calldata: &[u8]) -> u64 {
	Call::decode(calldata).map(|call| Footprint::of(&call)).unwrap_or_default().gas()
}

/// How much of [`gas`] a call does not need, in the state at hand: the entry is there that it could have to
/// make, and is only changed. It is to be asked before the call is carried out.
pub fn spared<H: TokenHost + IdentityHost>(host: &H, frame: &Frame<'_>) -> u64 {
	let id = |address| host.resolve(&frame.space.address(address));
	let entry = CREATE_GAS.saturating_sub(UPDATE_GAS);
	let has_some = |owner| !host.holding(frame.mint, id(owner)).amount.is_zero();
	let is_allowed = |spender| {
		let allowance = host.allowance(frame.mint, id(frame.caller), id(spender));
		!allowance.is_zero()
	};
	match Call::decode(frame.calldata) {
		// Who has some has an account, which that keeps.
		Ok(Call::Transfer { to, .. } | Call::TransferFrom { to, .. } | Call::Mint { to, .. })
			if has_some(to) =>
		{
			entry.saturating_add(ACCOUNT_GAS)
		},
		Ok(Call::Approve { spender, .. }) if is_allowed(spender) => entry,
		_ => 0,
	}
}

/// How many entries of the ledger a call touches at worst. To resolve an address is a read.
#[derive(Clone, Copy, Default)]
struct Footprint {
	reads: u64,
	updates: u64,
	creations: u64,
	accounts: u64,
	logs: u64,
	recoveries: u64,
}

impl Footprint {
	fn of(call: &Call) -> Self {
		match call {
			Call::SupportsInterface { .. } => Self::reads(0),
			Call::Name
			| Call::Symbol
			| Call::Decimals
			| Call::TotalSupply
			| Call::DomainSeparator
			| Call::Eip712Domain => Self::reads(1),
			Call::BalanceOf { .. } | Call::Nonces { .. } => Self::reads(3),
			Call::Allowance { .. } => Self::reads(4),
			// The token, two addresses; one balance falls, another begins.
			Call::Transfer { .. } => {
				Self { updates: 1, creations: 1, accounts: 1, logs: 1, ..Self::reads(3) }
			},
			// And the spender's address and allowance.
			Call::TransferFrom { .. } => {
				Self { updates: 2, creations: 1, accounts: 1, logs: 1, ..Self::reads(4) }
			},
			// The allowance; and the spender's address is noted, because the log names it.
			Call::Approve { .. } => Self { creations: 2, logs: 1, ..Self::reads(3) },
			// The supply is an entry of its own.
			Call::Mint { .. } => {
				Self { updates: 1, creations: 1, accounts: 1, logs: 1, ..Self::reads(3) }
			},
			Call::Burn { .. } => Self { updates: 2, logs: 1, ..Self::reads(2) },
			Call::BurnFrom { .. } => Self { updates: 3, logs: 1, ..Self::reads(3) },
			// The token, owner, spender, signer; nonce, allowance and the spender's address.
			Call::Permit(_) => Self { creations: 3, logs: 1, recoveries: 1, ..Self::reads(4) },
		}
	}

	fn reads(reads: u64) -> Self {
		Self { reads, ..Self::default() }
	}

	fn gas(self) -> u64 {
		[
			(self.reads, READ_GAS),
			(self.updates, UPDATE_GAS),
			(self.creations, CREATE_GAS),
			(self.accounts, ACCOUNT_GAS),
			(self.logs, LOG_GAS),
			(self.recoveries, RECOVER_GAS),
		]
		.iter()
		.fold(BASE_GAS, |sum, (count, price)| sum.saturating_add(count.saturating_mul(*price)))
	}
}
