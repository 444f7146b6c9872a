// SPDX-License-Identifier: Apache-2.0
//! The ledger in memory, with an address book in front of it.

use std::collections::BTreeMap;
use unum_address::{Address, EvmAddress, VmKind};
use unum_erc20::{AbiAddress, AddressSpace};
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;
use unum_vm_engine::{
	conformance::MemoryHost, Asset, Holding, IdentityHost, LedgerError, LedgerHost, TokenAuthority,
	TokenHost, TokenInfo,
};

/// A [`MemoryHost`] whose identities keep the addresses under which they were seen first, as those of
/// wallets and contracts do on the chain, and may have more than one.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct BookHost {
	pub(crate) ledger: MemoryHost,
	owners: BTreeMap<Address, IdCom>,
	shown: BTreeMap<(IdCom, VmKind), Address>,
}

impl BookHost {
	/// Notes that `address` is a wallet's or a contract's own.
	pub(crate) fn see(&mut self, space: AddressSpace, address: AbiAddress) -> IdCom {
		let address = space.address(address);
		let id = self.resolve(&address);
		self.bind(address, id);
		id
	}

	/// Gives `id` a further address; the first one is the one that is shown.
	pub(crate) fn bind(&mut self, address: Address, id: IdCom) {
		self.shown.entry((id, address.vm())).or_insert_with(|| address.clone());
		self.owners.entry(address).or_insert(id);
	}

	/// Gives an address to another identity, as a binding does.
	pub(crate) fn hand_over(&mut self, address: Address, id: IdCom) {
		self.shown.insert((id, address.vm()), address.clone());
		self.owners.insert(address, id);
	}
}

impl IdentityHost for BookHost {
	fn address_of(&self, id: IdCom, vm: VmKind) -> Option<Address> {
		self.shown.get(&(id, vm)).cloned().or_else(|| Address::derive(id, vm))
	}

	fn resolve(&self, address: &Address) -> IdCom {
		self.owners.get(address).copied().unwrap_or_else(|| self.ledger.resolve(address))
	}

	fn note_address(&mut self, address: &Address) {
		self.ledger.note_address(address);
	}

	fn exists(&self, id: IdCom) -> bool {
		self.ledger.exists(id)
	}

	fn retain(&mut self, id: IdCom) {
		self.ledger.retain(id);
	}
}

/// Hands functions on to the ledger.
macro_rules! hand_on {
	($trait:ident:
		$(read $read:ident($($r_name:ident: $r_type:ty),*) -> $r_out:ty;)*
		$(write $write:ident($($w_name:ident: $w_type:ty),*);)*
	) => {
		impl $trait for BookHost {
			$(fn $read(&self, $($r_name: $r_type),*) -> $r_out {
				self.ledger.$read($($r_name),*)
			})*
			$(fn $write(&mut self, $($w_name: $w_type),*) -> Result<(), LedgerError> {
				self.ledger.$write($($w_name),*)
			})*
		}
	};
}

hand_on! { LedgerHost:
	read spendable(asset: Asset, owner: IdCom) -> Result<LedgerAmount, LedgerError>;
	read can_transfer(asset: Asset, from: IdCom, to: IdCom, amount: LedgerAmount)
		-> Result<(), LedgerError>;
	write transfer(asset: Asset, from: IdCom, to: IdCom, amount: LedgerAmount);
}

hand_on! { TokenHost:
	read token(mint: MintId) -> Option<TokenInfo>;
	read token_at(address: EvmAddress) -> Option<MintId>;
	read holding(mint: MintId, owner: IdCom) -> Holding;
	read allowance(mint: MintId, owner: IdCom, spender: IdCom) -> LedgerAmount;
	read permit_nonce(mint: MintId, wallet: &Address) -> u64;
	write create_token(mint: MintId, info: TokenInfo);
	write mint_to(mint: MintId, authority: IdCom, to: IdCom, amount: LedgerAmount);
	write burn(mint: MintId, owner: IdCom, amount: LedgerAmount);
	write burn_from(mint: MintId, spender: IdCom, owner: IdCom, amount: LedgerAmount);
	write approve(mint: MintId, owner: IdCom, spender: IdCom, amount: LedgerAmount);
	write transfer_from(
		mint: MintId, spender: IdCom, from: IdCom, to: IdCom, amount: LedgerAmount
	);
	write set_frozen(mint: MintId, authority: IdCom, owner: IdCom, frozen: bool);
	write set_authority(
		mint: MintId, current: IdCom, authority: TokenAuthority, new: Option<IdCom>
	);
	write use_permit_nonce(mint: MintId, wallet: &Address);
}
