// SPDX-License-Identifier: Apache-2.0
//! From instructions to a message, in the order of accounts that upstream's wallets have
//! (`CompiledKeys`, solana-message 4.4).

use alloc::{collections::BTreeMap, vec::Vec};
use unum_address::SvmAddress;

use crate::{
	ids, AddressTableLookup, Blockhash, CompileError, CompiledInstruction, Header, Message,
};

/// An account, as an instruction names it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AccountMeta {
	/// Its address.
	pub pubkey: SvmAddress,
	/// Whether it signs.
	pub is_signer: bool,
	/// Whether the program may change it.
	pub is_writable: bool,
}

/// An instruction, with addresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instruction {
	/// The program.
	pub program: SvmAddress,
	/// The accounts, as the program expects them.
	pub accounts: Vec<AccountMeta>,
	/// What the program is told.
	pub data: Vec<u8>,
}

/// An address lookup table, as far as a wallet knows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LookupTable {
	/// Its address.
	pub key: SvmAddress,
	/// What stands in it, at most 256 addresses.
	pub addresses: Vec<SvmAddress>,
}

/// What instructions want of an account, all together.
#[derive(Clone, Copy, Default)]
struct Role {
	is_signer: bool,
	is_writable: bool,
	/// Called, or a durable nonce: it has to stand in the message itself.
	is_static: bool,
}

type Roles = BTreeMap<SvmAddress, Role>;

/// A message without version, of instructions that `payer` pays for.
///
/// # Errors
/// [`CompileError::TooManyAccounts`].
pub fn compile_legacy(
	payer: SvmAddress,
	instructions: &[Instruction],
	recent_blockhash: Blockhash,
) -> Result<Message, CompileError> {
	let (header, keys) = static_keys(payer, &roles(payer, instructions))?;
	let instructions = positions(&keys, instructions)?;
	Ok(Message::legacy(header, keys, recent_blockhash, instructions))
}

/// A message of version 0, of instructions that `payer` pays for. What stands in `tables` and may be
/// taken from there, is.
///
/// # Errors
/// [`CompileError`].
pub fn compile_v0(
	payer: SvmAddress,
	instructions: &[Instruction],
	tables: &[LookupTable],
	recent_blockhash: Blockhash,
) -> Result<Message, CompileError> {
	let mut roles = roles(payer, instructions);
	let taken = tables
		.iter()
		.map(|table| take(&mut roles, table))
		.collect::<Result<Vec<_>, CompileError>>()?;
	let (header, keys) = static_keys(payer, &roles)?;
	let loaded = |pick: fn(&Taken) -> &Vec<(u8, SvmAddress)>| {
		taken.iter().flat_map(pick).map(|(_, key)| *key)
	};
	let (writable, readonly) = (loaded(|it| &it.writable), loaded(|it| &it.readonly));
	let all: Vec<_> = keys.iter().copied().chain(writable).chain(readonly).collect();
	let instructions = positions(&all, instructions)?;
	let lookups = taken.iter().filter_map(Taken::lookup).collect();
	Ok(Message::v0(header, keys, recent_blockhash, instructions, lookups))
}

fn roles(payer: SvmAddress, instructions: &[Instruction]) -> Roles {
	let mut roles = Roles::new();
	for instruction in instructions {
		roles.entry(instruction.program).or_default().is_static = true;
		for AccountMeta { pubkey, is_signer, is_writable } in &instruction.accounts {
			let role = roles.entry(*pubkey).or_default();
			role.is_signer |= is_signer;
			role.is_writable |= is_writable;
		}
	}
	if let Some(nonce) = nonce(instructions) {
		roles.entry(nonce).or_default().is_static = true;
	}
	roles.insert(payer, Role { is_signer: true, is_writable: true, is_static: true });
	roles
}

/// The nonce account, if the first instruction takes a durable nonce.
fn nonce(instructions: &[Instruction]) -> Option<SvmAddress> {
	let first = instructions.first().filter(|it| it.program == ids::system_program())?;
	let is_advance = first.data.starts_with(&crate::resolved::ADVANCE_NONCE_ACCOUNT);
	first.accounts.first().filter(|_| is_advance).map(|meta| meta.pubkey)
}

/// The accounts that stand in the message: the payer, others that sign, others; of each kind first
/// those that are written, and in the order of their bytes.
fn static_keys(
	payer: SvmAddress,
	roles: &Roles,
) -> Result<(Header, Vec<SvmAddress>), CompileError> {
	let others = || roles.iter().filter(move |(key, _)| **key != payer);
	let of_kind = |signer: bool, writable: bool| {
		others()
			.filter(move |(_, role)| (role.is_signer, role.is_writable) == (signer, writable))
			.map(|(key, _)| *key)
			.collect::<Vec<_>>()
	};
	let mut keys = [payer].to_vec();
	keys.extend(of_kind(true, true));
	let readonly_signed = of_kind(true, false);
	let readonly_unsigned = of_kind(false, false);
	let header = Header {
		num_required_signatures: byte(keys.len().saturating_add(readonly_signed.len()))?,
		num_readonly_signed: byte(readonly_signed.len())?,
		num_readonly_unsigned: byte(readonly_unsigned.len())?,
	};
	keys.extend(readonly_signed);
	keys.extend(of_kind(false, true));
	keys.extend(readonly_unsigned);
	Ok((header, keys))
}

fn byte(count: usize) -> Result<u8, CompileError> {
	u8::try_from(count).map_err(|_| CompileError::TooManyAccounts)
}

fn positions(
	keys: &[SvmAddress],
	instructions: &[Instruction],
) -> Result<Vec<CompiledInstruction>, CompileError> {
	let positions: BTreeMap<_, _> = keys.iter().zip(0usize..).collect();
	let position = |key: &SvmAddress| {
		let known = positions.get(key).ok_or(CompileError::TooManyAccounts)?;
		byte(*known)
	};
	let compile = |it: &Instruction| {
		Ok(CompiledInstruction {
			program_id_index: position(&it.program)?,
			accounts: it
				.accounts
				.iter()
				.map(|meta| position(&meta.pubkey))
				.collect::<Result<_, _>>()?,
			data: it.data.clone(),
		})
	};
	instructions.iter().map(compile).collect()
}

/// What a message takes from one table: positions there, and addresses.
struct Taken {
	table: SvmAddress,
	writable: Vec<(u8, SvmAddress)>,
	readonly: Vec<(u8, SvmAddress)>,
}

impl Taken {
	fn lookup(&self) -> Option<AddressTableLookup> {
		let indexes = |of: &[(u8, SvmAddress)]| of.iter().map(|(index, _)| *index).collect();
		let lookup = AddressTableLookup {
			account_key: self.table,
			writable_indexes: indexes(&self.writable),
			readonly_indexes: indexes(&self.readonly),
		};
		(!self.writable.is_empty() || !self.readonly.is_empty()).then_some(lookup)
	}
}

/// Takes out of `roles` what stands in a table and need not stand in the message.
fn take(roles: &mut Roles, table: &LookupTable) -> Result<Taken, CompileError> {
	let mut taken = Taken { table: table.key, writable: Vec::new(), readonly: Vec::new() };
	for (key, role) in roles.iter().filter(|(_, role)| !role.is_signer && !role.is_static) {
		let Some(index) = table.addresses.iter().position(|address| address == key) else {
			continue;
		};
		let index = u8::try_from(index).map_err(|_| CompileError::TableTooLong)?;
		match role.is_writable {
			true => taken.writable.push((index, *key)),
			false => taken.readonly.push((index, *key)),
		}
	}
	roles.retain(|key, _| {
		!taken.writable.iter().chain(&taken.readonly).any(|(_, taken)| taken == key)
	});
	Ok(taken)
}
