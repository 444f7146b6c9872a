// SPDX-License-Identifier: Apache-2.0
//! The two ways in which programs lay out what they call with: C's structures, and those of Rust's
//! compiler that upstream has fixed.

use alloc::vec::Vec;
use unum_sbpf::INPUT_START;
use unum_solana_view::InstructionError;

use super::{wrong_pointer, CalledInstruction};
use crate::{
	bpf::{
		costs,
		error::SyscallError,
		guest::{number, GuestSlice, Outcome},
		serialize::Place,
		syscalls::Call,
	},
	SvmAccountMeta, SvmHost,
};

/// A way to lay out instructions and account infos.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Abi {
	/// `SolInstruction`, `SolAccountMeta`, `SolAccountInfo`.
	C,
	/// `StableInstruction`, `AccountMeta`, `AccountInfo`.
	Rust,
}

/// Bytes of Rust's `AccountMeta`; what either kind costs.
const META_BYTES: u64 = 34;
/// From the start of an `Rc<RefCell<T>>` to its value: two counters and the flag of the cell.
const CELL_OFFSET: u64 = 24;

impl Abi {
	/// Bytes of an account info.
	pub(crate) const fn info_bytes(self) -> u64 {
		match self {
			Self::C => 56,
			Self::Rust => 48,
		}
	}

	/// Reads an instruction.
	///
	/// # Errors
	/// It is not mapped or not aligned, too long, not paid, or has a flag that is neither 0 nor 1.
	pub(crate) fn instruction<H: SvmHost>(
		self,
		call: &mut Call<'_, '_, '_, '_, H>,
		address: u64,
	) -> Outcome<CalledInstruction> {
		match self {
			Self::C => instruction_c(call, address),
			Self::Rust => instruction_rust(call, address),
		}
	}

	/// The address of the length of an account's data in the account info at `info`, after the checks of
	/// all that points into the input.
	///
	/// # Errors
	/// A pointer is not the one into the input, or a length or the owner lies within it; it is not mapped
	/// for writing.
	pub(crate) fn length_address<H: SvmHost>(
		self,
		call: &mut Call<'_, '_, '_, '_, H>,
		info: u64,
		place: &Place,
	) -> Outcome<u64> {
		match self {
			Self::C => length_address_c(call, info, place),
			Self::Rust => length_address_rust(call, info, place),
		}
	}
}

/// `program*, accounts*, accounts, data*, data length`.
fn instruction_c<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	address: u64,
) -> Outcome<CalledInstruction> {
	let header = call.guest.value::<40>(address, 8)?;
	let [program, accounts, account_count, data, data_length] = words(&header);
	let program = call.guest.key(program)?;
	let metas = GuestSlice { address: accounts, length: account_count };
	let metas = call.guest.elements(metas, 16, 8)?.to_vec();
	let data = GuestSlice { address: data, length: data_length };
	let data = paid_data(call, account_count, data)?;
	let mut accounts = Vec::new();
	let (metas, _) = metas.as_chunks::<16>();
	for meta in metas {
		// `pubkey*, is_writable, is_signer`.
		let [.., is_writable, is_signer, _, _, _, _, _, _] = *meta;
		let (is_signer, is_writable) = (flag(is_signer)?, flag(is_writable)?);
		let pubkey = call.guest.key(number(meta))?;
		accounts.push(SvmAccountMeta { pubkey, is_signer, is_writable });
	}
	Ok(CalledInstruction { program, accounts, data })
}

/// `{accounts*, capacity, accounts}, {data*, capacity, length}, program`.
fn instruction_rust<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	address: u64,
) -> Outcome<CalledInstruction> {
	let header = call.guest.value::<80>(address, 8)?;
	let (vectors, program) = header.split_at(48);
	let [accounts, _, account_count, data, _, data_length] = words(vectors);
	let metas = GuestSlice { address: accounts, length: account_count };
	let metas = call.guest.elements(metas, META_BYTES, 1)?.to_vec();
	let data = GuestSlice { address: data, length: data_length };
	let data = paid_data(call, account_count, data)?;
	let mut accounts = Vec::new();
	let (metas, _) = metas.as_chunks::<34>();
	for meta in metas {
		let (pubkey, flags) = meta.split_at(32);
		let pubkey = key_of(pubkey)?;
		let (is_signer, is_writable) = match flags {
			[is_signer, is_writable] => (flag(*is_signer)?, flag(*is_writable)?),
			_ => (false, false),
		};
		accounts.push(SvmAccountMeta { pubkey, is_signer, is_writable });
	}
	Ok(CalledInstruction { program: key_of(program)?, accounts, data })
}

/// The data of an instruction, after the checks of its size and after payment.
fn paid_data<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	accounts: u64,
	data: GuestSlice,
) -> Outcome<Vec<u8>> {
	call.guest.bytes(data.address, data.length)?;
	if accounts > costs::INSTRUCTION_ACCOUNTS_MAX {
		return Err(SyscallError::TooManyAccounts(accounts));
	}
	if data.length > costs::INSTRUCTION_DATA_MAX {
		return Err(SyscallError::InstructionDataTooLong(data.length));
	}
	let metas = costs::bytes(accounts.saturating_mul(META_BYTES));
	call.pay(costs::bytes(data.length).saturating_add(metas))?;
	Ok(call.guest.bytes(data.address, data.length)?.to_vec())
}

/// `key*, lamports*, data length, data*, owner*, rent epoch, three flags`.
fn length_address_c<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	info: u64,
	place: &Place,
) -> Outcome<u64> {
	let [key, lamports, _, data, owner] = words(&call.guest.value::<40>(info, 8)?);
	ensure_pointer(call, "key", key, place.key)?;
	ensure_pointer(call, "owner", owner, place.owner)?;
	ensure_pointer(call, "lamports", lamports, place.lamports)?;
	ensure_pointer(call, "data", data, place.data)?;
	call.guest.ensure_writable(lamports, 8, 8)?;
	call.guest.ensure_writable(owner, 32, 1)?;
	ensure_length_address(call, info.saturating_add(16))
}

/// `key*, Rc<RefCell<lamports*>>, Rc<RefCell<{data*, length}>>, owner*, rent epoch, three flags`.
fn length_address_rust<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	info: u64,
	place: &Place,
) -> Outcome<u64> {
	let [key, lamports, data, owner] = words(&call.guest.value::<32>(info, 8)?);
	ensure_pointer(call, "key", key, place.key)?;
	ensure_pointer(call, "owner", owner, place.owner)?;
	let cell = lamports.wrapping_add(CELL_OFFSET);
	let lamports = call.guest.u64(cell)?;
	ensure_outside(cell)?;
	ensure_pointer(call, "lamports", lamports, place.lamports)?;
	call.guest.ensure_writable(lamports, 8, 8)?;
	call.guest.ensure_writable(owner, 32, 1)?;
	let cell = data.wrapping_add(CELL_OFFSET);
	ensure_outside(cell)?;
	let [data, _] = words(&call.guest.value::<16>(cell, 8)?);
	ensure_pointer(call, "data", data, place.data)?;
	ensure_length_address(call, cell.saturating_add(8))
}

fn ensure_length_address<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	address: u64,
) -> Outcome<u64> {
	ensure_outside(address)?;
	call.guest.ensure_writable(address, 8, 1)?;
	Ok(address)
}

fn ensure_pointer<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	field: &str,
	pointer: u64,
	expected: u64,
) -> Outcome<()> {
	if pointer != expected {
		return Err(wrong_pointer(call, field, pointer, expected));
	}
	Ok(())
}

/// What the callee could change must not say where accounts are.
pub(super) fn ensure_outside(address: u64) -> Outcome<()> {
	if address >= INPUT_START {
		return Err(SyscallError::InvalidPointer);
	}
	Ok(())
}

fn flag(byte: u8) -> Outcome<bool> {
	match byte {
		0 => Ok(false),
		1 => Ok(true),
		_ => Err(InstructionError::InvalidArgument.into()),
	}
}

fn key_of(bytes: &[u8]) -> Outcome<unum_address::SvmAddress> {
	let key = bytes.first_chunk::<32>().ok_or(SyscallError::InvalidLength)?;
	Ok((*key).into())
}

/// The first `N` words of a structure.
fn words<const N: usize>(bytes: &[u8]) -> [u64; N] {
	let mut words = [0; N];
	let (chunks, _) = bytes.as_chunks::<8>();
	for (word, chunk) in words.iter_mut().zip(chunks) {
		*word = u64::from_le_bytes(*chunk);
	}
	words
}
