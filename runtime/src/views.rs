// SPDX-License-Identifier: Apache-2.0
//! Tokens, holdings and addresses, as wallets of each VM see them.

#![warn(missing_docs)]

use alloc::vec::Vec;
use unum_address::{erc20_address, Address, EvmAddress, SvmAddress, TronAddress, VmKind};
use unum_id_com::{IdCom as Id, MintId};
use unum_runtime_api::{AddressOwner, AssetBalance, BindingMessage, HoldingViews, TokenViews};
use unum_signature::BindingStatement;
use unum_spl_token::{associated_token_address, AccountState, KeyOption, Mint, TokenAccount};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, Holding, IdentityRegistry, TokenInfo, TokenLedger};

use crate::{AccountId, Balances, Hash, IdCom, UnifiedTokens};

/// How many tokens one answer lists at most.
const PAGE_MAX: u32 = 1_000;

/// Who is behind an address.
pub fn owner_of(address: Address) -> AddressOwner {
	let id_com = IdCom::resolve(&address);
	let known = IdCom::addresses(id_com);
	let origin = known.into_iter().find(|owned| owned.address == address).map(|owned| owned.origin);
	// An identity that the chain has not seen has addresses by their rule, and none in the index.
	AddressOwner { id_com, origin: origin.filter(|_| IdCom::exists(id_com)) }
}

/// What a wallet has to sign to be bound, on the chain that begins with the block of that hash.
pub fn binding_message(id_com: Id, address: &Address, genesis_hash: Hash) -> BindingMessage {
	let genesis = genesis_hash.to_fixed_bytes();
	let statement = BindingStatement { genesis, ..IdCom::binding_statement(id_com, address) };
	BindingMessage { text: statement.message().into(), nonce: statement.nonce }
}

/// What an identity has.
pub fn balances(id_com: Id, after: Option<MintId>, limit: u32) -> Vec<AssetBalance> {
	let native = AssetBalance {
		asset: Asset::Native,
		amount: LedgerAmount::new(Balances::free_balance(AccountId::from(id_com))),
		frozen: false,
		token: None,
	};
	let limit = usize::try_from(limit.min(PAGE_MAX)).unwrap_or_default();
	let tokens = UnifiedTokens::holdings(id_com, after, limit).into_iter();
	let of_token = |(mint, Holding { amount, frozen })| {
		let token = UnifiedTokens::token(mint);
		AssetBalance { asset: Asset::Token(mint), amount, frozen, token }
	};
	// The first page begins with the native coin.
	let native = after.is_none().then_some(native);
	native.into_iter().chain(tokens.map(of_token)).collect()
}

/// A token.
pub fn token(mint: MintId) -> Option<TokenViews> {
	let info = UnifiedTokens::token(mint)?;
	let erc20 = erc20_address(mint);
	let spl_supply = spl_amount(&info, info.supply);
	let spl_data = spl_mint(&info, spl_supply).pack();
	Some(TokenViews {
		mint,
		erc20,
		trc20: TronAddress::from(*erc20.as_bytes()),
		spl_mint: SvmAddress::from(*mint.as_bytes()),
		spl_supply,
		spl_data,
		info,
	})
}

/// What an identity has of a token.
pub fn holding(mint: MintId, id_com: Id) -> Option<HoldingViews> {
	let holding = UnifiedTokens::holding(mint, id_com);
	let spl_owner = svm_address(id_com);
	let account = token_account(spl_owner, mint, &holding)?;
	Some(HoldingViews {
		holding,
		erc20_holder: evm_address(id_com),
		trc20_holder: tron_address(id_com),
		spl_owner,
		spl_account: associated_token_address(&spl_owner, &account.mint).ok()?.0,
		spl_amount: account.amount,
		spl_data: account.pack(),
	})
}

/// A balance as the token account of an owner.
pub(crate) fn token_account(
	owner: SvmAddress,
	mint: MintId,
	holding: &Holding,
) -> Option<TokenAccount> {
	let info = UnifiedTokens::token(mint)?;
	Some(TokenAccount {
		mint: SvmAddress::from(*mint.as_bytes()),
		owner,
		amount: spl_amount(&info, holding.amount),
		state: if holding.frozen { AccountState::Frozen } else { AccountState::Initialized },
		..TokenAccount::default()
	})
}

/// An amount in the view of the SVM; the ledger never holds more than that view can show.
fn spl_amount(info: &TokenInfo, amount: LedgerAmount) -> u64 {
	let shown = info.svm_denomination().map(|unit| unit.shown(amount)).unwrap_or_default();
	u64::try_from(shown).unwrap_or(u64::MAX)
}

fn spl_mint(info: &TokenInfo, supply: u64) -> Mint {
	let key = |authority: Option<Id>| KeyOption::from(authority.map(svm_address));
	Mint {
		mint_authority: key(info.mint_authority),
		supply,
		decimals: info.svm_decimals.get(),
		is_initialized: true,
		freeze_authority: key(info.freeze_authority),
	}
}

/// The address under which the SVM shows an identity.
pub(crate) fn svm_address(id: Id) -> SvmAddress {
	match IdCom::address_of(id, VmKind::SVM) {
		Some(Address::Svm(address)) => address,
		_ => SvmAddress::derive(id),
	}
}

fn evm_address(id: Id) -> EvmAddress {
	match IdCom::address_of(id, VmKind::EVM) {
		Some(Address::Evm(address)) => address,
		_ => EvmAddress::derive(id),
	}
}

fn tron_address(id: Id) -> TronAddress {
	match IdCom::address_of(id, VmKind::TVM) {
		Some(Address::Tvm(address)) => address,
		_ => TronAddress::derive(id),
	}
}
