// SPDX-License-Identifier: Apache-2.0
//! The Associated Token Account program (SPL Associated Token Account 1.1): token accounts at addresses
//! that their owner and their mint determine.

use alloc::{format, vec};
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;
use unum_spl_token::{find_program_address, Instruction, Mint, TokenAccount};

use super::{
	call::{self, readonly, writable},
	next_key, say,
};
use crate::{bpf::CalledInstruction, ids, rent, InvokeContext, SvmHost};

/// What each instruction costs, in compute units, beside those that it calls. Upstream's depend on how
/// often an address has to be tried.
pub(crate) const COMPUTE_UNITS: u64 = 13_000;

/// How many instructions of other programs one of this program calls at most: the length is asked for,
/// the account paid, allocated and assigned, its owner made immutable, and the account initialized.
pub(crate) const CALLS_MAX: u64 = 6;

/// The extension that associated accounts ask of Token-2022, and that the token program overlooks.
const IMMUTABLE_OWNER: [u8; 2] = 7u16.to_le_bytes();

/// The program's only error of its own: the account belongs to somebody else.
const INVALID_OWNER: InstructionError = InstructionError::Custom(0);

/// Processes an instruction of the program.
///
/// # Errors
/// Upstream's, in its order of checks, as the log says.
pub(crate) fn process<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	context.consume(COMPUTE_UNITS)?;
	match context.instruction_data() {
		[] | [0] => {
			say(context, "Create");
			create(context, false)
		},
		[1] => {
			say(context, "CreateIdempotent");
			create(context, true)
		},
		[2] => {
			say(context, "RecoverNested");
			recover_nested(context)
		},
		_ => Err(InstructionError::InvalidInstructionData),
	}
}

/// Where an instruction with this data names the token program that it calls.
pub(crate) const fn token_program_position(data: &[u8]) -> usize {
	match data {
		[2] => 6,
		_ => 5,
	}
}

/// The address and the bump seed of the account of a wallet for a mint.
fn derive(
	wallet: &SvmAddress,
	token_program: &SvmAddress,
	mint: &SvmAddress,
) -> Result<SvmAddress, InstructionError> {
	let seeds = [wallet.as_ref(), token_program.as_ref(), mint.as_ref()];
	let derived = find_program_address(&seeds, &ids::associated_token_program());
	derived.map(|(address, _)| address).map_err(|_| InstructionError::InvalidSeeds)
}

fn fail<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	sentence: &str,
	error: InstructionError,
) -> Result<(), InstructionError> {
	say(context, sentence);
	Err(error)
}

/// The accounts of `Create` and `CreateIdempotent`.
struct Create {
	payer: SvmAddress,
	account: SvmAddress,
	wallet: SvmAddress,
	mint: SvmAddress,
	token_program: SvmAddress,
}

fn create<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	is_idempotent: bool,
) -> Result<(), InstructionError> {
	let [payer, account, wallet, mint, _, token_program] = keys(context)?;
	if derive(&wallet, &token_program, &mint)? != account {
		let sentence = "Error: Associated address does not match seed derivation";
		return fail(context, sentence, InstructionError::InvalidSeeds);
	}
	let owner = *context.account(1)?.owner();
	if is_idempotent && owner == token_program {
		if let Ok(existing) = token_account(context, 1) {
			return ensure_same(context, &existing, &wallet, &mint);
		}
	}
	if owner != ids::system_program() {
		return Err(InstructionError::IllegalOwner);
	}
	open(context, &Create { payer, account, wallet, mint, token_program })
}

fn ensure_same<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	existing: &TokenAccount,
	wallet: &SvmAddress,
	mint: &SvmAddress,
) -> Result<(), InstructionError> {
	if existing.owner != *wallet {
		let sentence = "Associated token account owner does not match address derivation";
		return fail(context, sentence, INVALID_OWNER);
	}
	match existing.mint == *mint {
		true => Ok(()),
		false => Err(InstructionError::InvalidAccountData),
	}
}

/// Asks the token program how long the account has to be, makes it, and has it initialized.
fn open<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	new: &Create,
) -> Result<(), InstructionError> {
	let mut data = Instruction::GetAccountDataSize.encode();
	data.extend(IMMUTABLE_OWNER);
	let accounts = vec![readonly(new.mint, false)];
	context
		.native_invoke(&CalledInstruction { program: new.token_program, accounts, data }, &[])?;
	let (program, returned) = context.return_data();
	let size = returned.try_into().map(u64::from_le_bytes);
	let size = size.ok().filter(|_| *program == new.token_program);
	make(context, new, size.ok_or(InstructionError::InvalidInstructionData)?)?;

	say(context, "Initialize the associated token account");
	let immutable = Instruction::InitializeImmutableOwner.encode();
	let accounts = vec![writable(new.account, false)];
	let call = CalledInstruction { program: new.token_program, accounts, data: immutable };
	context.native_invoke(&call, &[])?;
	let data = Instruction::InitializeAccount3 { owner: new.wallet }.encode();
	let accounts = vec![writable(new.account, false), readonly(new.mint, false)];
	context.native_invoke(&CalledInstruction { program: new.token_program, accounts, data }, &[])
}

/// Makes the account, for which only this program can sign (`create_pda_account`).
fn make<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	new: &Create,
	space: u64,
) -> Result<(), InstructionError> {
	let length = usize::try_from(space).map_err(|_| InstructionError::InvalidArgument)?;
	let needed = rent::minimum_balance(length).max(1);
	let has = context.account(1)?.lamports();
	let (signers, owner) = ([new.account], new.token_program);
	if has == 0 {
		let created = call::New { key: new.account, lamports: needed, space, owner };
		return context.native_invoke(&call::create_account(new.payer, &created), &signers);
	}
	let missing = needed.saturating_sub(has);
	if missing > 0 {
		context.native_invoke(&call::transfer(new.payer, new.account, missing), &[])?;
	}
	context.native_invoke(&call::allocate(new.account, space), &signers)?;
	context.native_invoke(&call::assign(new.account, owner), &signers)
}

/// The first keys of the instruction.
fn keys<const N: usize, H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
) -> Result<[SvmAddress; N], InstructionError> {
	let mut keys = [ids::system_program(); N];
	for (position, key) in (0u16..).zip(&mut keys) {
		*key = next_key(context, position)?;
	}
	Ok(keys)
}

fn token_account<H: SvmHost>(
	context: &InvokeContext<'_, '_, H>,
	position: u16,
) -> Result<TokenAccount, InstructionError> {
	let account = TokenAccount::unpack(context.account(position)?.data());
	let account = account.map_err(|_| InstructionError::InvalidAccountData)?;
	match account.state == unum_spl_token::AccountState::Uninitialized {
		true => Err(InstructionError::UninitializedAccount),
		false => Ok(account),
	}
}

/// Takes tokens out of an account that belongs to an associated account of a wallet, and can be reached by
/// nobody else.
fn recover_nested<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	let [nested, nested_mint, destination, owner, owner_mint, wallet, token_program] =
		keys(context)?;
	let places = [
		(&wallet, &owner_mint, owner, "Owner"),
		(&owner, &nested_mint, nested, "Nested"),
		(&wallet, &nested_mint, destination, "Destination"),
	];
	for (of, mint, account, name) in places {
		if derive(of, &token_program, mint)? != account {
			let sentence =
				format!("Error: {name} associated address does not match seed derivation");
			return fail(context, &sentence, InstructionError::InvalidSeeds);
		}
	}
	let (amount, decimals) = ensure_recoverable(context, &wallet, &owner, &token_program)?;
	let data = Instruction::TransferChecked { amount, decimals }.encode();
	let accounts = vec![
		writable(nested, false),
		readonly(nested_mint, false),
		writable(destination, false),
		readonly(owner, true),
	];
	let transfer = CalledInstruction { program: token_program, accounts, data };
	context.native_invoke(&transfer, &[owner])?;
	let data = Instruction::CloseAccount.encode();
	let accounts = vec![writable(nested, false), writable(wallet, false), readonly(owner, true)];
	context.native_invoke(&CalledInstruction { program: token_program, accounts, data }, &[owner])
}

/// The checks of `RecoverNested`, and what is to be moved: how much, and the mint's decimals.
fn ensure_recoverable<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
	wallet: &SvmAddress,
	owner: &SvmAddress,
	token_program: &SvmAddress,
) -> Result<(u64, u8), InstructionError> {
	if !context.account(5)?.is_signer() {
		let sentence = "Wallet of the owner associated token account must sign";
		fail(context, sentence, InstructionError::MissingRequiredSignature)?;
	}
	let ensure_owned =
		|context: &mut InvokeContext<'_, '_, H>, position, sentence: &str| match context
			.account(position)?
			.owner()
			== token_program
		{
			true => Ok(()),
			false => fail(context, sentence, InstructionError::IllegalOwner),
		};
	ensure_owned(context, 4, "Owner mint not owned by provided token program")?;
	ensure_owned(
		context,
		3,
		"Owner associated token account not owned by provided token program, recreate the owner associated token account first",
	)?;
	if token_account(context, 3)?.owner != *wallet {
		let sentence = "Owner associated token account not owned by provided wallet";
		fail(context, sentence, INVALID_OWNER)?;
	}
	ensure_owned(
		context,
		0,
		"Nested associated token account not owned by provided token program",
	)?;
	let nested = token_account(context, 0)?;
	if nested.owner != *owner {
		let sentence =
			"Nested associated token account not owned by provided associated token account";
		fail(context, sentence, INVALID_OWNER)?;
	}
	ensure_owned(context, 1, "Nested mint account not owned by provided token program")?;
	let mint = Mint::unpack(context.account(1)?.data());
	let mint = mint.map_err(|_| InstructionError::InvalidAccountData)?;
	Ok((nested.amount, mint.decimals))
}
