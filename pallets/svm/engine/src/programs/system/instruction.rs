// SPDX-License-Identifier: Apache-2.0
//! The instructions of the System program (`SystemInstruction`, solana-system-interface 3.2).

use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use crate::programs::bytes::Reader;

/// An address that is derived from another one, by `create_with_seed`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Seed<'a> {
	/// From which, and who signs.
	pub(super) base: SvmAddress,
	/// By what.
	pub(super) seed: &'a str,
	/// For which program.
	pub(super) owner: SvmAddress,
}

/// What an account is to become.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct New {
	pub(super) lamports: u64,
	pub(super) space: u64,
	pub(super) owner: SvmAddress,
}

/// What the System program is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SystemInstruction<'a> {
	/// 0: makes an account that another one pays for.
	CreateAccount(New),
	/// 1: gives an account to a program.
	Assign(SvmAddress),
	/// 2: moves lamports.
	Transfer(u64),
	/// 3: as 0, at a derived address.
	CreateAccountWithSeed(Seed<'a>, New),
	/// 4: takes the next value of a nonce.
	AdvanceNonceAccount,
	/// 5: takes lamports out of a nonce account.
	WithdrawNonceAccount(u64),
	/// 6: makes an account a nonce account.
	InitializeNonceAccount(SvmAddress),
	/// 7: gives a nonce account to another authority.
	AuthorizeNonceAccount(SvmAddress),
	/// 8: gives an account room for data.
	Allocate(u64),
	/// 9: as 8 and 1, at a derived address.
	AllocateWithSeed(Seed<'a>, u64),
	/// 10: as 1, at a derived address.
	AssignWithSeed(Seed<'a>),
	/// 11: as 2, from a derived address.
	TransferWithSeed { lamports: u64, seed: &'a str, owner: SvmAddress },
	/// 12: gives an old nonce account a value that no blockhash can be.
	UpgradeNonceAccount,
	/// 13: as 0, where lamports may be already.
	CreateAccountAllowPrefund(New),
}

impl<'a> SystemInstruction<'a> {
	/// Reads an instruction's data.
	///
	/// # Errors
	/// `InvalidInstructionData`.
	pub(super) fn read(data: &'a [u8]) -> Result<Self, InstructionError> {
		read(&mut Reader::new(data)).ok_or(InstructionError::InvalidInstructionData)
	}

	/// How many bytes an account is given by it.
	pub(super) const fn space(&self) -> u64 {
		match self {
			Self::CreateAccount(new)
			| Self::CreateAccountWithSeed(_, new)
			| Self::CreateAccountAllowPrefund(new) => new.space,
			Self::Allocate(space) | Self::AllocateWithSeed(_, space) => *space,
			_ => 0,
		}
	}
}

fn read<'a>(from: &mut Reader<'a>) -> Option<SystemInstruction<'a>> {
	use SystemInstruction::*;
	Some(match from.u32()? {
		0 => CreateAccount(new(from)?),
		1 => Assign(from.key()?),
		2 => Transfer(from.u64()?),
		3 => {
			let (base, seed, new) = (from.key()?, from.text()?, new(from)?);
			CreateAccountWithSeed(Seed { base, seed, owner: new.owner }, new)
		},
		4 => AdvanceNonceAccount,
		5 => WithdrawNonceAccount(from.u64()?),
		6 => InitializeNonceAccount(from.key()?),
		7 => AuthorizeNonceAccount(from.key()?),
		8 => Allocate(from.u64()?),
		9 => {
			let (base, seed, space) = (from.key()?, from.text()?, from.u64()?);
			AllocateWithSeed(Seed { base, seed, owner: from.key()? }, space)
		},
		10 => AssignWithSeed(Seed { base: from.key()?, seed: from.text()?, owner: from.key()? }),
		11 => TransferWithSeed { lamports: from.u64()?, seed: from.text()?, owner: from.key()? },
		12 => UpgradeNonceAccount,
		13 => CreateAccountAllowPrefund(new(from)?),
		_ => return None,
	})
}

fn new(from: &mut Reader<'_>) -> Option<New> {
	Some(New { lamports: from.u64()?, space: from.u64()?, owner: from.key()? })
}
