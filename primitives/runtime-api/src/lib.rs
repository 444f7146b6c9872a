// SPDX-License-Identifier: Apache-2.0
//! What the node may ask the runtime.
//!
//! The runtime can be replaced while a node runs, so all that a node needs to know of VMs, addresses
//! and refusals is asked here and not linked in: a node that was built before a VM existed lists that
//! VM, shows its receipts and speaks its error messages.

#![cfg_attr(not(feature = "std"), no_std)]
// The macro declares functions that take what the runtime API machinery hands them.
#![allow(missing_docs, clippy::too_many_arguments)]

extern crate alloc;

mod ethereum;
mod lanes;
mod solana;

pub use ethereum::*;
pub use lanes::*;
pub use solana::*;

use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use unum_address::{Address, EvmAddress, SvmAddress, TronAddress, VmKind};
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{AddressOrigin, Asset, EngineInfo, Holding, OwnedAddress, Receipt, TokenInfo};

/// An engine and whether it accepts transactions.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct EngineStatus {
	/// The engine.
	pub info: EngineInfo,
	/// Whether it is switched on.
	pub enabled: bool,
}

/// What an identity has of one asset.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AssetBalance {
	/// Which asset.
	pub asset: Asset,
	/// How much, in base units. Of the native coin, what is reserved is not part of it.
	pub amount: LedgerAmount,
	/// Whether the token's freeze authority has stopped it.
	pub frozen: bool,
	/// The token; nothing for the native coin.
	pub token: Option<TokenInfo>,
}

/// Who is behind an address.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AddressOwner {
	/// The identity to which the address resolves.
	pub id_com: IdCom,
	/// How the address belongs to it; nothing while neither the identity nor the wallet was seen.
	pub origin: Option<AddressOrigin>,
}

/// A token, as each VM sees it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct TokenViews {
	/// Its identifier.
	pub mint: MintId,
	/// What the ledger knows of it.
	pub info: TokenInfo,
	/// Where contracts on the EVM find it as an ERC-20.
	pub erc20: EvmAddress,
	/// Where contracts on the TVM find it as a TRC-20.
	pub trc20: TronAddress,
	/// Its mint account on the SVM.
	pub spl_mint: SvmAddress,
	/// Its supply there, in units of `info.svm_decimals`.
	pub spl_supply: u64,
	/// The 82 bytes of that account.
	pub spl_data: Vec<u8>,
}

/// What an identity has of a token, as each VM sees it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct HoldingViews {
	/// What the ledger says.
	pub holding: Holding,
	/// The holder on the EVM.
	pub erc20_holder: EvmAddress,
	/// The holder on the TVM.
	pub trc20_holder: TronAddress,
	/// The holder on the SVM.
	pub spl_owner: SvmAddress,
	/// Its associated token account.
	pub spl_account: SvmAddress,
	/// The amount there, in units of the token's `svm_decimals`, rounded down.
	pub spl_amount: u64,
	/// The 165 bytes of that account.
	pub spl_data: Vec<u8>,
}

/// What a wallet has to sign to be bound, and the number that makes it new.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct BindingMessage {
	/// The text, UTF-8.
	pub text: Vec<u8>,
	/// The nonce in it.
	pub nonce: u64,
}

sp_api::decl_runtime_apis! {
	/// Engines, identities, tokens, receipts and refusals.
	pub trait UnumApi {
		/// The chain's engines in order, with their opcodes and switches.
		fn engines() -> Vec<EngineStatus>;

		/// The address under which `vm` shows `id_com`; `None` where it has no addresses of its own.
		fn address_of(id_com: IdCom, vm: VmKind) -> Option<Address>;

		/// The identity that owns `address`.
		fn resolve(address: Address) -> IdCom;

		/// Every foreign address of `id_com`: derived, its own wallet's, and bound.
		fn addresses(id_com: IdCom) -> Vec<OwnedAddress>;

		/// Who is behind an address, and how it belongs to them.
		fn owner_of(address: Address) -> AddressOwner;

		/// What the wallet at `address` has to sign so that `id_com` can bind it now. `genesis_hash` is
		/// the hash of the chain's first block, which its own state does not know.
		fn binding_message(
			id_com: IdCom,
			address: Address,
			genesis_hash: Block::Hash,
		) -> BindingMessage;

		/// What `id_com` has: first the native coin, then its tokens, at most `limit` of them and 1,000,
		/// in an order of their own. `after`: the last token of the page before.
		fn balances(id_com: IdCom, after: Option<MintId>, limit: u32) -> Vec<AssetBalance>;

		/// The token that stands at an address: its ERC-20 or TRC-20 contract, or its mint account.
		fn token_at(address: Address) -> Option<MintId>;

		/// A token, as each VM sees it.
		fn token(mint: MintId) -> Option<TokenViews>;

		/// What `id_com` has of a token, as each VM sees it.
		fn holding(mint: MintId, id_com: IdCom) -> Option<HoldingViews>;

		/// The receipts of the block at hand, in order.
		fn receipts() -> Vec<Receipt>;

		/// Why the extrinsic, SCALE-encoded, is refused before inclusion, as a UTF-8 sentence. `None`
		/// where the runtime has no words of its own for it. `block_hash` is the hash of the block at
		/// hand, which the runtime can't know.
		fn explain_refusal(extrinsic: Vec<u8>, block_hash: Block::Hash) -> Option<Vec<u8>>;

		/// The invariants of the pallets' storage that do not hold, each as a UTF-8 sentence. Reads all
		/// of the state: for tests and operators, not for every block.
		fn violated_invariants() -> Vec<Vec<u8>>;
	}
}
