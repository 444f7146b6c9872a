// SPDX-License-Identifier: Apache-2.0
//! Every limit and constant of the EVM that a contract or a wallet can observe, with the reason for its
//! number. Those that are not here are Ethereum's, and revm has them.

use revm::primitives::hardfork::SpecId;
use sp_weights::Weight;

/// The rules of the chain: those of Ethereum's fork Osaka (of the upgrade Fusaka).
pub const SPEC: SpecId = SpecId::OSAKA;

/// What one unit of gas weighs, in picoseconds: forty million gas per second.
///
/// In Wasm, on two cores of a virtual machine, a transfer of coins reaches 98 million gas per second, of
/// an ERC-20 441, a swap 266, and no loop of an opcode less than 66. Of the precompiled contracts, MODEXP
/// of 32 bytes reaches 54 and KZG's point evaluation 59; P256VERIFY alone stays below its price, with 32
/// (`make bench`, `evm_gas`, which measures 55 of them).
pub const WEIGHT_PER_GAS: u64 = 25_000;

/// The most gas of one transaction: 2²⁴ ([EIP-7825]).
///
/// [EIP-7825]: https://eips.ethereum.org/EIPS/eip-7825
pub const GAS_LIMIT_MAX: u64 = 1 << 24;

/// What Ethereum charges for any transaction (yellow paper, appendix G).
pub const TRANSACTION_GAS: u64 = 21_000;

/// The most gas of a call that is only tried out: as much as geth allows (its `--rpc.gascap`).
pub const CALL_GAS_MAX: u64 = 50_000_000;

/// The gas of a plain transfer by opcode 0x12: what Ethereum charges for a transaction, and the stipend
/// that a contract gets to note that it was paid (yellow paper, appendix G: 21,000 and 2,300).
pub const TRANSFER_GAS: u64 = 23_300;

/// The longest init code, in bytes ([EIP-3860]).
///
/// [EIP-3860]: https://eips.ethereum.org/EIPS/eip-3860
pub const INIT_CODE_BYTES_MAX: usize = 49_152;

/// What a call of one of the chain's own precompiles costs at least: reading the calldata.
pub const CALL_BASE_GAS: u64 = 700;

/// Copying and reading a word of calldata: twice what Ethereum charges for a copy (yellow paper, appendix
/// G, `G_copy`).
pub const CALLDATA_WORD_GAS: u64 = 6;

/// Verifying a signature in Wasm. The slowest, of ECDSA over secp256k1 and of ML-DSA-44, take 420 µs on
/// two cores of a virtual machine; of Ed25519 and sr25519, 100 µs (`make bench`, `evm_gas`).
pub const SIGNATURE_GAS: u64 = 17_000;

/// Reading, sorting and hashing the members of a multisig, at most 100 of them.
pub const MULTISIG_GAS: u64 = 2_000;

/// How many members a multisig can have: as many as the chain's multisig pallet takes.
pub const MULTISIG_MEMBERS_MAX: usize = 100;

/// Reading an entry of the chain's state: the price of a cold storage slot ([EIP-2929]).
///
/// [EIP-2929]: https://eips.ethereum.org/EIPS/eip-2929
pub const READ_GAS: u64 = 2_100;

/// What a call into another VM costs for each slot that the transaction has looked at: it is compared with
/// the chain's state before the call, after it, and at the end, each time for what reading it again costs
/// (EIP-2929, warm).
pub const SLOT_COMPARED_GAS: u64 = 300;

/// The same for each account: whose it is, and its balance, nonce and code, each time.
pub const ACCOUNT_COMPARED_GAS: u64 = 1_000;

/// The weight of an amount of gas.
pub const fn weight_of(gas: u64) -> Weight {
	Weight::from_parts(gas.saturating_mul(WEIGHT_PER_GAS), 0)
}
