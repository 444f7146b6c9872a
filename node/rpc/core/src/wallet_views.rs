// SPDX-License-Identifier: Apache-2.0
//! What wallets are answered, as JSON. The rules are those of [`crate::views`].

use serde::{Deserialize, Serialize};
use unum_address::Address;
use unum_id_com::IdCom;
use unum_runtime_api::{AddressOwner, AssetBalance, BindingMessage, HoldingViews, TokenViews};
use unum_vm_engine::{AddressOrigin, Asset, OwnedAddress, TokenInfo};

use crate::views;

/// The addresses of an identity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressesView {
	/// The identity, 0x hex.
	pub id_com: String,
	/// The same as an SS58 address.
	pub ss58: String,
	/// Its addresses on the other VMs.
	pub addresses: Vec<AddressView>,
}

impl AddressesView {
	/// The addresses of `id`.
	pub fn new(id: IdCom, addresses: Vec<OwnedAddress>) -> Self {
		Self {
			id_com: views::id_com(id),
			ss58: views::address(&Address::Native(id)),
			addresses: addresses.into_iter().map(Into::into).collect(),
		}
	}
}

/// One address of an identity.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AddressView {
	/// The VM's name.
	pub vm: String,
	/// The address in that chain's notation.
	pub address: String,
	/// `derived`, `own` or `bound`.
	pub origin: String,
	/// Whether the VM shows the identity under it.
	pub primary: bool,
}

impl From<OwnedAddress> for AddressView {
	fn from(owned: OwnedAddress) -> Self {
		Self {
			vm: owned.address.vm().to_string(),
			address: views::address(&owned.address),
			origin: origin(owned.origin).into(),
			primary: owned.is_primary,
		}
	}
}

fn origin(origin: AddressOrigin) -> &'static str {
	match origin {
		AddressOrigin::Derived => "derived",
		AddressOrigin::Own => "own",
		AddressOrigin::Bound => "bound",
	}
}

/// Who is behind an address.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnerView {
	/// The identity, 0x hex.
	pub id_com: String,
	/// `derived`, `own` or `bound`; null while the chain has seen neither.
	pub origin: Option<String>,
}

impl From<AddressOwner> for OwnerView {
	fn from(owner: AddressOwner) -> Self {
		Self {
			id_com: views::id_com(owner.id_com),
			origin: owner.origin.map(|known| origin(known).into()),
		}
	}
}

/// What a wallet has to sign.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BindingMessageView {
	/// The text.
	pub message: String,
	/// The nonce in it.
	pub nonce: u64,
}

impl From<BindingMessage> for BindingMessageView {
	fn from(message: BindingMessage) -> Self {
		Self { message: String::from_utf8_lossy(&message.text).into_owned(), nonce: message.nonce }
	}
}

/// What an identity has of one asset.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BalanceView {
	/// The token's mint, 0x hex; null for the native coin.
	pub mint: Option<String>,
	/// In base units.
	pub amount: String,
	/// How many of its digits stand behind the point.
	pub decimals: u8,
	/// The asset's symbol.
	pub symbol: String,
	/// The asset's name.
	pub name: String,
	/// Whether the token's freeze authority has stopped it.
	pub frozen: bool,
}

/// The native coin, as wallets show it.
const COIN: (&str, &str, u8) = ("UNUM", "Unum", 18);

impl From<AssetBalance> for BalanceView {
	fn from(balance: AssetBalance) -> Self {
		let (symbol, name, decimals) = match balance.token {
			Some(token) => (token.symbol, token.name, token.decimals.get()),
			None => (COIN.0.into(), COIN.1.into(), COIN.2),
		};
		let mint = match balance.asset {
			Asset::Native => None,
			Asset::Token(mint) => Some(mint.to_string()),
		};
		let amount = balance.amount.to_string();
		Self { mint, amount, decimals, symbol, name, frozen: balance.frozen }
	}
}

/// A token as each VM sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenView {
	/// Its identifier, 0x hex.
	pub mint: String,
	/// Its name in full.
	pub name: String,
	/// Its name in a few letters.
	pub symbol: String,
	/// How many digits of an amount stand behind the point.
	pub decimals: u8,
	/// How many base units exist.
	pub supply: String,
	/// Who may create more of it, 0x hex.
	pub mint_authority: Option<String>,
	/// Who may freeze balances of it, 0x hex.
	pub freeze_authority: Option<String>,
	/// As an ERC-20 on the EVM.
	pub erc20: Erc20View,
	/// As a TRC-20 on the TVM.
	pub trc20: Erc20View,
	/// As an SPL token on the SVM.
	pub spl: SplMintView,
}

/// A token as an ERC-20 or TRC-20.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Erc20View {
	/// Its contract.
	pub address: String,
	/// Its decimals.
	pub decimals: u8,
	/// Its total supply.
	pub total_supply: String,
}

/// A token as an SPL mint.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SplMintView {
	/// Its mint account.
	pub mint: String,
	/// Its decimals there.
	pub decimals: u8,
	/// Its supply there.
	pub supply: String,
	/// The account's 82 bytes, 0x hex.
	pub data: String,
}

impl From<TokenViews> for TokenView {
	fn from(views_of: TokenViews) -> Self {
		let TokenInfo {
			supply,
			decimals,
			svm_decimals,
			name,
			symbol,
			mint_authority,
			freeze_authority,
		} = views_of.info;
		let erc20 = |address: String| Erc20View {
			address,
			decimals: decimals.get(),
			total_supply: supply.to_string(),
		};
		Self {
			mint: views_of.mint.to_string(),
			name,
			symbol,
			decimals: decimals.get(),
			supply: supply.to_string(),
			mint_authority: mint_authority.map(views::id_com),
			freeze_authority: freeze_authority.map(views::id_com),
			erc20: erc20(views_of.erc20.to_string()),
			trc20: erc20(views_of.trc20.to_string()),
			spl: SplMintView {
				mint: views_of.spl_mint.to_string(),
				decimals: svm_decimals.get(),
				supply: views_of.spl_supply.to_string(),
				data: views::bytes(&views_of.spl_data),
			},
		}
	}
}

/// What an identity has of a token, as each VM sees it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HoldingView {
	/// In base units.
	pub amount: String,
	/// Whether the token's freeze authority has stopped it.
	pub frozen: bool,
	/// The holder on the EVM.
	pub erc20_holder: String,
	/// The holder on the TVM.
	pub trc20_holder: String,
	/// The token account on the SVM.
	pub spl: SplAccountState,
}

/// A token account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SplAccountState {
	/// The holder.
	pub owner: String,
	/// The associated token account of owner and mint.
	pub address: String,
	/// What is in it, in units of the mint's decimals there, rounded down.
	pub amount: String,
	/// The account's 165 bytes, 0x hex.
	pub data: String,
}

impl From<HoldingViews> for HoldingView {
	fn from(views_of: HoldingViews) -> Self {
		Self {
			amount: views_of.holding.amount.to_string(),
			frozen: views_of.holding.frozen,
			erc20_holder: views_of.erc20_holder.to_string(),
			trc20_holder: views_of.trc20_holder.to_string(),
			spl: SplAccountState {
				owner: views_of.spl_owner.to_string(),
				address: views_of.spl_account.to_string(),
				amount: views_of.spl_amount.to_string(),
				data: views::bytes(&views_of.spl_data),
			},
		}
	}
}
