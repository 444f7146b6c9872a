// SPDX-License-Identifier: Apache-2.0
//! What extrinsics have moved, as instructions of Solana's programs.

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_id_com::{IdCom as Id, MintId};
use unum_solana_transaction::{AccountMeta, Instruction};
use unum_spl_token::{
	associated_token_address, ids, AccountRecord, Holder, Instruction as TokenInstruction, Record,
};
use unum_units::LedgerAmount;
use unum_vm_engine::TokenLedger;

use super::lamports;
use crate::{views::svm_address, AccountId, Balance, Runtime, RuntimeEvent, Svm, UnifiedTokens};

/// The instruction of the System program that moves coins (`SystemInstruction::Transfer`).
const SYSTEM_TRANSFER: u32 = 2;

/// What an event has moved, as an instruction; nothing where it has moved nothing.
pub(super) fn instruction(event: &RuntimeEvent) -> Option<Instruction> {
	use pallet_balances::Event as Coins;
	use pallet_unified_tokens::Event as Tokens;
	match event {
		RuntimeEvent::Balances(Coins::Transfer { from, to, amount }) => {
			Some(coins(from, to, *amount))
		},
		RuntimeEvent::UnifiedTokens(Tokens::Transferred { mint, from, to, amount }) => {
			let (amount, decimals) = shown(*mint, *amount)?;
			let data = TokenInstruction::TransferChecked { amount, decimals }.encode();
			let (source, target) = (account(*from, *mint)?, account(*to, *mint)?);
			let of = key(*mint);
			Some(token(
				[changed(source), read(of), changed(target), read(svm_address(*from))],
				data,
			))
		},
		RuntimeEvent::UnifiedTokens(Tokens::Minted { mint, to, amount }) => {
			let (amount, decimals) = shown(*mint, *amount)?;
			let authority = UnifiedTokens::token(*mint)?.mint_authority.unwrap_or(*to);
			let data = TokenInstruction::MintToChecked { amount, decimals }.encode();
			let target = account(*to, *mint)?;
			Some(token([changed(key(*mint)), changed(target), read(svm_address(authority))], data))
		},
		RuntimeEvent::UnifiedTokens(Tokens::Burned { mint, from, amount }) => {
			let (amount, decimals) = shown(*mint, *amount)?;
			let data = TokenInstruction::BurnChecked { amount, decimals }.encode();
			let source = account(*from, *mint)?;
			Some(token([changed(source), changed(key(*mint)), read(svm_address(*from))], data))
		},
		_ => None,
	}
}

fn coins(from: &AccountId, to: &AccountId, amount: Balance) -> Instruction {
	let mut data = SYSTEM_TRANSFER.to_le_bytes().to_vec();
	data.extend_from_slice(&lamports(amount).to_le_bytes());
	let [from, to] = [from, to].map(|who| changed(svm_address(Id::from(who.clone()))));
	Instruction { program: ids::system_program(), accounts: [from, to].into(), data }
}

fn token<const N: usize>(accounts: [AccountMeta; N], data: Vec<u8>) -> Instruction {
	Instruction { program: ids::token_program(), accounts: accounts.into(), data }
}

fn key(mint: MintId) -> SvmAddress {
	SvmAddress::from(*mint.as_bytes())
}

/// The account that shows what an identity has of a token: the identity's own address where that is a
/// token account of its own, or else the associated account, whether it is open or not.
pub(super) fn account(id: Id, mint: MintId) -> Option<SvmAddress> {
	let owner = svm_address(id);
	if record(&owner).is_some_and(|it| it.holder == Holder::Account && it.mint == key(mint)) {
		return Some(owner);
	}
	let open = Svm::associated_account(owner, mint);
	open.or_else(|| Some(associated_token_address(&owner, &key(mint)).ok()?.0))
}

/// What is kept of an open token account; nothing where there is none.
pub(super) fn record(key: &SvmAddress) -> Option<AccountRecord> {
	match pallet_svm::TokenRecords::<Runtime>::get(key)? {
		Record::Account(record) => Some(record),
		_ => None,
	}
}

/// An amount as the SVM counts it, and with how many decimals.
fn shown(mint: MintId, amount: LedgerAmount) -> Option<(u64, u8)> {
	let info = UnifiedTokens::token(mint)?;
	let shown = u64::try_from(info.svm_denomination()?.shown(amount)).unwrap_or(u64::MAX);
	Some((shown, info.svm_decimals.get()))
}

fn changed(pubkey: SvmAddress) -> AccountMeta {
	AccountMeta { pubkey, is_signer: false, is_writable: true }
}

fn read(pubkey: SvmAddress) -> AccountMeta {
	AccountMeta { pubkey, is_signer: false, is_writable: false }
}
