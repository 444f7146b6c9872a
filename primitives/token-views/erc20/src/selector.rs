// SPDX-License-Identifier: Apache-2.0
//! The functions of the contract: the first four bytes of the hash of each signature.

/// Declares a constant for each function and the list of all of them.
macro_rules! functions {
	($($(#[$doc:meta])* $name:ident = $selector:literal, $signature:literal;)*) => {
		$(
			$(#[$doc])*
			#[doc = concat!("\n\n`", $signature, "`")]
			pub const $name: u32 = $selector;
		)*

		/// Every function with its signature.
		pub const ALL: &[(u32, &str)] = &[$(($name, $signature)),*];
	};
}

functions! {
	/// ERC-20: the token's full name.
	NAME = 0x06fd_de03, "name()";
	/// ERC-20: the token's short name.
	SYMBOL = 0x95d8_9b41, "symbol()";
	/// ERC-20: how many digits stand behind the point.
	DECIMALS = 0x313c_e567, "decimals()";
	/// ERC-20: how many base units exist.
	TOTAL_SUPPLY = 0x1816_0ddd, "totalSupply()";
	/// ERC-20: what an account has.
	BALANCE_OF = 0x70a0_8231, "balanceOf(address)";
	/// ERC-20: moves what the caller has.
	TRANSFER = 0xa905_9cbb, "transfer(address,uint256)";
	/// ERC-20: how much a spender may still move.
	ALLOWANCE = 0xdd62_ed3e, "allowance(address,address)";
	/// ERC-20: sets how much a spender may move.
	APPROVE = 0x095e_a7b3, "approve(address,uint256)";
	/// ERC-20: moves what somebody else has, out of an allowance.
	TRANSFER_FROM = 0x23b8_72dd, "transferFrom(address,address,uint256)";
	/// Creates tokens, for the mint authority.
	MINT = 0x40c1_0f19, "mint(address,uint256)";
	/// Destroys what the caller has.
	BURN = 0x4296_6c68, "burn(uint256)";
	/// Destroys what somebody else has, out of an allowance.
	BURN_FROM = 0x79cc_6790, "burnFrom(address,uint256)";
	/// EIP-2612: sets an allowance that the owner has signed.
	PERMIT = 0xd505_accf, "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)";
	/// EIP-2612: the number that the owner's next permit must name.
	NONCES = 0x7ece_be00, "nonces(address)";
	/// EIP-2612: what separates this token's permits from all others.
	DOMAIN_SEPARATOR = 0x3644_e515, "DOMAIN_SEPARATOR()";
	/// EIP-5267: the parts of the domain separator.
	EIP712_DOMAIN = 0x84b0_196e, "eip712Domain()";
	/// ERC-165: whether the contract implements an interface.
	SUPPORTS_INTERFACE = 0x01ff_c9a7, "supportsInterface(bytes4)";
}

/// The interfaces that the contract implements: ERC-165 itself, `IERC20`, `IERC20Metadata` (its own
/// three functions), `IERC20Permit` and `IERC5267`. Each is the exclusive or of its functions.
pub const INTERFACES: [u32; 5] =
	[SUPPORTS_INTERFACE, ERC20_INTERFACE, METADATA_INTERFACE, PERMIT_INTERFACE, EIP712_DOMAIN];

const ERC20_INTERFACE: u32 =
	TOTAL_SUPPLY ^ BALANCE_OF ^ TRANSFER ^ ALLOWANCE ^ APPROVE ^ TRANSFER_FROM;
const METADATA_INTERFACE: u32 = NAME ^ SYMBOL ^ DECIMALS;
const PERMIT_INTERFACE: u32 = PERMIT ^ NONCES ^ DOMAIN_SEPARATOR;
