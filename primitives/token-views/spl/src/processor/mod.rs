// SPDX-License-Identifier: Apache-2.0
//! Instructions, executed on the ledger.

mod approve;
mod authority;
mod checks;
mod close;
mod freeze;
mod initialize;
mod native;
mod supply;
mod transfer;
mod ui_amount;

use alloc::vec::Vec;

use crate::{AccountMeta, Instruction, ProgramError, SplHost};

pub use initialize::open_associated;

/// Executes an instruction of the token program.
///
/// `accounts` are those that the instruction names, in its order. The answer is the return data,
/// empty for most instructions.
///
/// # Errors
/// What upstream returns, in its order of checks: see [`ProgramError`]. Nothing has changed then.
/// Beyond upstream: a mint can't have more than 18 decimals (`InvalidArgument`); an associated account
/// can't be given to another owner (`AuthorityTypeNotSupported`); what the ledger refuses.
pub fn process<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	data: &[u8],
) -> Result<Vec<u8>, ProgramError> {
	execute(host, accounts, &Instruction::decode(data)?)
}

/// The same for an instruction that has been read already, or that another built-in program gives.
///
/// # Errors
/// As [`process`].
pub fn execute<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	instruction: &Instruction<'_>,
) -> Result<Vec<u8>, ProgramError> {
	if let Some(result) = ask(host, accounts, instruction) {
		return result;
	}
	act(host, accounts, instruction).map(|()| Vec::new())
}

/// The instructions that only answer; `None` for the others.
fn ask<H: SplHost>(
	host: &H,
	accounts: &[AccountMeta],
	instruction: &Instruction<'_>,
) -> Option<Result<Vec<u8>, ProgramError>> {
	Some(match *instruction {
		Instruction::GetAccountDataSize => ui_amount::account_data_size(host, accounts),
		Instruction::AmountToUiAmount { amount } => ui_amount::to_text(host, accounts, amount),
		Instruction::UiAmountToAmount { ui_amount } => {
			ui_amount::from_text(host, accounts, ui_amount)
		},
		_ => return None,
	})
}

fn act<H: SplHost>(
	host: &mut H,
	accounts: &[AccountMeta],
	instruction: &Instruction<'_>,
) -> Result<(), ProgramError> {
	use initialize::RentSysvar::{Absent, Given};
	match *instruction {
		Instruction::InitializeMint { decimals, mint_authority, freeze_authority } => {
			let new = initialize::NewMint { decimals, mint_authority, freeze_authority };
			initialize::mint(host, accounts, &new, Given)
		},
		Instruction::InitializeMint2 { decimals, mint_authority, freeze_authority } => {
			let new = initialize::NewMint { decimals, mint_authority, freeze_authority };
			initialize::mint(host, accounts, &new, Absent)
		},
		Instruction::InitializeAccount => initialize::account(host, accounts),
		Instruction::InitializeAccount2 { owner } => {
			initialize::account_of(host, accounts, owner, Given)
		},
		Instruction::InitializeAccount3 { owner } => {
			initialize::account_of(host, accounts, owner, Absent)
		},
		Instruction::InitializeMultisig { required } => {
			initialize::multisig(host, accounts, required, Given)
		},
		Instruction::InitializeMultisig2 { required } => {
			initialize::multisig(host, accounts, required, Absent)
		},
		Instruction::InitializeImmutableOwner => initialize::immutable_owner(host, accounts),
		Instruction::Transfer { amount } => transfer::transfer(host, accounts, amount, None),
		Instruction::TransferChecked { amount, decimals } => {
			transfer::transfer(host, accounts, amount, Some(decimals))
		},
		Instruction::Approve { amount } => approve::approve(host, accounts, amount, None),
		Instruction::ApproveChecked { amount, decimals } => {
			approve::approve(host, accounts, amount, Some(decimals))
		},
		Instruction::Revoke => approve::revoke(host, accounts),
		Instruction::SetAuthority { authority_type, new_authority } => {
			authority::set(host, accounts, authority_type, new_authority)
		},
		Instruction::MintTo { amount } => supply::mint_to(host, accounts, amount, None),
		Instruction::MintToChecked { amount, decimals } => {
			supply::mint_to(host, accounts, amount, Some(decimals))
		},
		Instruction::Burn { amount } => supply::burn(host, accounts, amount, None),
		Instruction::BurnChecked { amount, decimals } => {
			supply::burn(host, accounts, amount, Some(decimals))
		},
		Instruction::CloseAccount => close::close(host, accounts),
		Instruction::FreezeAccount => freeze::set_frozen(host, accounts, true),
		Instruction::ThawAccount => freeze::set_frozen(host, accounts, false),
		Instruction::SyncNative => native::sync(host, accounts),
		// Answered before.
		Instruction::GetAccountDataSize
		| Instruction::AmountToUiAmount { .. }
		| Instruction::UiAmountToAmount { .. } => Ok(()),
	}
}
