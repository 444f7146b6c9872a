// SPDX-License-Identifier: Apache-2.0
//! The token program, on the ledger ([`unum_spl_token`]).

use alloc::{format, rc::Rc, vec::Vec};
use unum_address::{Address, SvmAddress};
use unum_id_com::MintId;
use unum_solana_view::InstructionError;
use unum_spl_token::{
	associated_token_address, open_associated, process as process_token, AccountMeta, ProgramError,
	Record, TokenError,
};
use unum_vm_engine::{IdentityHost, TokenHost};

use super::say;
use crate::{accounts::Accounts, token_view::TokenView, Account, InvokeContext, SvmHost};

/// An instruction, by its number: its name in the log, and what it costs in compute units. The costs are
/// those of the program that Solana's main network had until 2026 (SPL Token 3.5): wallets ask for as
/// much, and the ledger does about as much work for it. p-token's are lower.
const INSTRUCTIONS: [(&str, u64); 25] = [
	("InitializeMint", 2_967),
	("InitializeAccount", 4_527),
	("InitializeMultisig", 2_973),
	("Transfer", 4_645),
	("Approve", 2_904),
	("Revoke", 2_677),
	("SetAuthority", 3_167),
	("MintTo", 4_538),
	("Burn", 4_753),
	("CloseAccount", 2_916),
	("FreezeAccount", 4_265),
	("ThawAccount", 4_267),
	("TransferChecked", 6_200),
	("ApproveChecked", 4_459),
	("MintToChecked", 4_545),
	("BurnChecked", 4_755),
	("InitializeAccount2", 4_388),
	("SyncNative", 3_045),
	("InitializeAccount3", 4_240),
	("InitializeMultisig2", 2_826),
	("InitializeMint2", 2_827),
	("GetAccountDataSize", 1_595),
	("InitializeImmutableOwner", 1_404),
	("AmountToUiAmount", 2_501),
	("UiAmountToAmount", 3_161),
];

/// What it costs to find out that an instruction is none.
const UNKNOWN_UNITS: u64 = 1_000;

/// Processes an instruction of the token program.
///
/// # Errors
/// Upstream's, as the log says; `InsufficientFunds`: the ledger refuses what lamports have moved.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	let frame = Rc::clone(context.frame()?);
	let number = frame.data.first().copied();
	let known = number.and_then(|number| INSTRUCTIONS.get(usize::from(number)));
	context.consume(known.map_or(UNKNOWN_UNITS, |(_, units)| *units))?;
	if number.is_none() {
		// Before upstream's program comes to where it logs its errors.
		return Err(in_upstreams_words(ProgramError::Custom(TokenError::InvalidInstruction)));
	}
	if let Some((name, _)) = known {
		say(context, &format!("Instruction: {name}"));
	}
	let metas = metas(context)?;
	let outcome = context.on_ledger(|host, accounts| {
		open_source(host, accounts, &metas, number);
		Ok(run(host, accounts, &metas, &frame.data))
	})?;
	match outcome {
		Ok(returned) if returned.is_empty() => Ok(()),
		Ok(returned) => {
			context.set_return_data(frame.program, returned);
			Ok(())
		},
		Err(error) => {
			if !is_the_runtimes(error) {
				say(context, &format!("Error: {}", sentence(error)));
			}
			Err(in_upstreams_words(error))
		},
	}
}

fn metas<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
) -> Result<Vec<AccountMeta>, InstructionError> {
	let meta = |position| {
		let account = context.account(position)?;
		let (is_signer, is_writable) = (account.is_signer(), account.is_writable());
		Ok(AccountMeta { key: *account.key(), is_signer, is_writable })
	};
	(0..context.account_count()).map(meta).collect()
}

/// Runs the instruction; accounts that it gives up become the System program's.
fn run<H: SvmHost>(
	host: &mut H,
	accounts: &mut Accounts,
	metas: &[AccountMeta],
	data: &[u8],
) -> Result<Vec<u8>, ProgramError> {
	let mut view = TokenView { host, accounts: &*accounts, closed: Vec::new() };
	let returned = process_token(&mut view, metas, data)?;
	let closed = view.closed;
	for index in closed.iter().filter_map(|key| accounts.find(key)).collect::<Vec<_>>() {
		if let Ok(account) = accounts.change(index) {
			*account = Account { lamports: account.lamports, ..Account::empty() };
		}
	}
	Ok(returned)
}

/// Opens the account that tokens are to come out of, where it is the associated one of a balance that has
/// none yet: tokens that have come by way of another VM can be spent at once.
fn open_source<H: SvmHost>(
	host: &mut H,
	accounts: &Accounts,
	metas: &[AccountMeta],
	number: Option<u8>,
) -> Option<()> {
	let key = |position: usize| metas.get(position).map(|meta| meta.key);
	let (mint, owner) = match number? {
		// Transfer: the mint is that of the receiver.
		3 => match host.token_record(&key(1)?)? {
			Record::Account(to) => (to.mint, key(2)?),
			_ => return None,
		},
		// Burn, BurnChecked: account, mint, owner.
		8 | 15 => (key(1)?, key(2)?),
		// TransferChecked, ApproveChecked: account, mint, receiver or delegate, owner.
		12 | 13 => (key(1)?, key(3)?),
		_ => return None,
	};
	let source = key(0)?;
	let is_free = host.token_record(&source).is_none() && host.stored(&source).is_none();
	if !is_free || !has_any(host, &owner, &mint) {
		return None;
	}
	let (associated, _) = associated_token_address(&owner, &mint).ok()?;
	if associated != source {
		return None;
	}
	let mut view = TokenView { host, accounts, closed: Vec::new() };
	open_associated(&mut view, &owner, &mint).ok().map(|_| ())
}

fn has_any<H: SvmHost>(host: &H, owner: &SvmAddress, mint: &SvmAddress) -> bool {
	let ledger = host.ledger();
	let id = ledger.resolve(&Address::Svm(*owner));
	!ledger.holding(MintId::from(*mint.as_bytes()), id).amount.is_zero()
}

/// Whether it is the runtime that finds the error, once the program has come to its end.
const fn is_the_runtimes(error: ProgramError) -> bool {
	matches!(
		error,
		ProgramError::ReadonlyDataModified
			| ProgramError::ExternalAccountDataModified
			| ProgramError::ReadonlyLamportChange
			| ProgramError::ExternalAccountLamportSpend
	)
}

/// The error as Solana's runtime shows it.
fn in_upstreams_words(error: ProgramError) -> InstructionError {
	match error {
		ProgramError::Custom(error) => InstructionError::Custom(error.code().into()),
		ProgramError::InvalidArgument => InstructionError::InvalidArgument,
		ProgramError::InvalidAccountData => InstructionError::InvalidAccountData,
		ProgramError::IncorrectProgramId => InstructionError::IncorrectProgramId,
		ProgramError::MissingRequiredSignature => InstructionError::MissingRequiredSignature,
		ProgramError::UninitializedAccount => InstructionError::UninitializedAccount,
		ProgramError::NotEnoughAccountKeys => InstructionError::NotEnoughAccountKeys,
		ProgramError::ReadonlyDataModified => InstructionError::ReadonlyDataModified,
		ProgramError::ExternalAccountDataModified => InstructionError::ExternalAccountDataModified,
		ProgramError::ReadonlyLamportChange => InstructionError::ReadonlyLamportChange,
		ProgramError::ExternalAccountLamportSpend => InstructionError::ExternalAccountLamportSpend,
	}
}

/// What the program logs of an error (`interface/src/error.rs` of p-token).
fn sentence(error: ProgramError) -> &'static str {
	let ProgramError::Custom(error) = error else { return in_upstreams_words(error).name() };
	match error {
		TokenError::NotRentExempt => "Lamport balance below rent-exempt threshold",
		TokenError::InsufficientFunds => "insufficient funds",
		TokenError::InvalidMint => "Invalid Mint",
		TokenError::MintMismatch => "Account not associated with this Mint",
		TokenError::OwnerMismatch => "owner does not match",
		TokenError::FixedSupply => "the total supply of this token is fixed",
		TokenError::AlreadyInUse => "account or token already in use",
		TokenError::InvalidNumberOfProvidedSigners => "Invalid number of provided signers",
		TokenError::InvalidNumberOfRequiredSigners => "Invalid number of required signers",
		TokenError::UninitializedState => "State is uninitialized",
		TokenError::NativeNotSupported => "Instruction does not support native tokens",
		TokenError::NonNativeHasBalance => {
			"Non-native account can only be closed if its balance is zero"
		},
		TokenError::InvalidInstruction => "Invalid instruction",
		TokenError::InvalidState => "Invalid account state for operation",
		TokenError::Overflow => "Operation overflowed",
		TokenError::AuthorityTypeNotSupported => {
			"Account does not support specified authority type"
		},
		TokenError::MintCannotFreeze => "This token mint cannot freeze accounts",
		TokenError::AccountFrozen => "Account is frozen",
		TokenError::MintDecimalsMismatch => "decimals different from the Mint decimals",
		TokenError::NonNativeNotSupported => "Instruction does not support non-native tokens",
	}
}
