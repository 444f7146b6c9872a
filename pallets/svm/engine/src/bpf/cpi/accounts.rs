// SPDX-License-Identifier: Apache-2.0
//! Accounts of a call, in the memory of the program that calls.

use alloc::{format, vec::Vec};
use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use super::abi::{ensure_outside, Abi};
use crate::{
	bpf::{
		costs::{self, DATA_INCREASE_MAX},
		error::SyscallError,
		guest::{number, GuestSlice, Outcome},
		serialize::Place,
		syscalls::Call,
	},
	SvmHost,
};

/// An account of the call that the caller has in its memory (`TranslatedAccount`).
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallerAccount {
	/// Its position in the caller's instruction.
	position: u16,
	place: Place,
	/// Where the caller keeps the length of its data.
	length_address: u64,
	/// Whether the callee may change it.
	pub(super) is_writable: bool,
}

/// Finds the accounts of the prepared call among the account infos that the caller passes.
pub(super) fn translate<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	abi: Abi,
	infos: u64,
	count: u64,
) -> Outcome<Vec<CallerAccount>> {
	let keys = info_keys(call, abi, infos, count)?;
	let mut accounts = Vec::new();
	for next in call.context.accounts_of_call()? {
		let account = call.context.account(next.position)?;
		let key = *account.key();
		if account.is_executable() {
			let length = u64::try_from(account.data().len()).unwrap_or(u64::MAX);
			call.pay(costs::bytes(length))?;
			continue;
		}
		let Some(index) = keys.iter().position(|info| *info == key) else {
			call.log(format!("Instruction references an unknown account {key}"));
			return Err(InstructionError::MissingAccount.into());
		};
		let index = u64::try_from(index).unwrap_or(u64::MAX);
		let info = infos.saturating_add(index.saturating_mul(abi.info_bytes()));
		accounts.push(translate_one(call, abi, info, next.position, next.is_writable)?);
	}
	Ok(accounts)
}

/// The keys of the account infos, after the checks of their number and after payment.
fn info_keys<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	abi: Abi,
	infos: u64,
	count: u64,
) -> Outcome<Vec<SvmAddress>> {
	let size = abi.info_bytes();
	ensure_outside(infos.saturating_add(count.saturating_mul(size)))?;
	let bytes = call.guest.elements(GuestSlice { address: infos, length: count }, size, 8)?;
	if count > costs::ACCOUNT_INFOS_MAX {
		return Err(SyscallError::TooManyAccountInfos(count));
	}
	// The pointer to the key comes first in both forms.
	let size = usize::try_from(size).map_err(|_| SyscallError::InvalidLength)?;
	let pointers: Vec<u64> = bytes.chunks_exact(size).map(number).collect();
	call.pay(costs::bytes(count.saturating_mul(costs::ACCOUNT_INFO_BYTES)))?;
	pointers.into_iter().map(|pointer| call.guest.key(pointer)).collect()
}

fn translate_one<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	abi: Abi,
	info: u64,
	position: u16,
	is_writable: bool,
) -> Outcome<CallerAccount> {
	let place = place(call, position)?;
	let length_address = abi.length_address(call, info, &place)?;
	checked(call, CallerAccount { position, place, length_address, is_writable })
}

/// How long the data of an account can become in the caller's memory.
fn reserved<H: SvmHost>(call: &Call<'_, '_, '_, '_, H>, place: &Place) -> u64 {
	let room = if call.guest.is_aligned() { DATA_INCREASE_MAX } else { 0 };
	u64::try_from(place.original_length.saturating_add(room)).unwrap_or(u64::MAX)
}

/// All accounts of the running program, for what happens outside of it while it runs. They are paid like
/// those of a call.
pub(crate) fn own<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<Vec<CallerAccount>> {
	let mut accounts = Vec::new();
	for position in 0..call.context.account_count() {
		if call.context.duplicate_of(position)?.is_some() {
			continue;
		}
		let place = place(call, position)?;
		// The length in the input itself.
		let length_address = place.data.saturating_sub(8);
		accounts.push(checked(
			call,
			CallerAccount { position, place, length_address, is_writable: true },
		)?);
	}
	Ok(accounts)
}

/// Where the account at a position is in the caller's memory.
fn place<H: SvmHost>(call: &Call<'_, '_, '_, '_, H>, position: u16) -> Outcome<Place> {
	let place = call.running.places.get(usize::from(position)).copied();
	Ok(place.ok_or(InstructionError::MissingAccount)?)
}

/// An account, after the check of its length and after payment.
fn checked<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	account: CallerAccount,
) -> Outcome<CallerAccount> {
	let length = call.guest.value::<8>(account.length_address, 1).map(u64::from_le_bytes)?;
	if length > reserved(call, &account.place) {
		return Err(InstructionError::InvalidRealloc.into());
	}
	call.guest.bytes_mut(account.place.data, length)?;
	call.pay(costs::bytes(length))?;
	Ok(account)
}

/// Takes over what the caller did to an account (`update_callee_account`).
pub(crate) fn take_over<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	account: &CallerAccount,
) -> Outcome<()> {
	let Call { guest, context, .. } = call;
	let length = guest.value::<8>(account.length_address, 1).map(u64::from_le_bytes)?;
	let lamports = guest.value::<8>(account.place.lamports, 1).map(u64::from_le_bytes)?;
	let owner = guest.key(account.place.owner)?;
	let data = guest.bytes(account.place.data, length)?;
	let mut callee = context.account_mut(account.position)?;
	if callee.lamports() != lamports {
		callee.set_lamports(lamports)?;
	}
	match callee.can_data_be_resized(data.len()) {
		Ok(()) => callee.set_data_from_slice(data)?,
		Err(error) if callee.data() != data => return Err(error.into()),
		Err(_) => {},
	}
	// Last, as the owner may change the rest.
	if *callee.owner() != owner {
		callee.set_owner(&owner)?;
	}
	Ok(())
}

/// Puts what the callee did to an account into the caller's memory (`update_caller_account`).
pub(crate) fn put_back<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	account: &CallerAccount,
) -> Outcome<()> {
	let CallerAccount { place, length_address, .. } = *account;
	let reserved = reserved(call, &place);
	let callee = call.context.account(account.position)?;
	let length = u64::try_from(callee.data().len()).unwrap_or(u64::MAX);
	if length > reserved {
		let original = u64::try_from(place.original_length).unwrap_or(u64::MAX);
		let most = reserved.saturating_sub(original);
		call.log(format!("Account data size realloc limited to {most} in inner instructions"));
		return Err(InstructionError::InvalidRealloc.into());
	}
	let guest = &mut call.guest;
	guest.write(place.lamports, &callee.lamports().to_le_bytes(), 1)?;
	guest.write(place.owner, callee.owner().as_ref(), 1)?;
	let before = guest.value::<8>(length_address, 1).map(u64::from_le_bytes)?;
	if length != before {
		let cut = before.saturating_sub(length);
		guest.bytes_mut(place.data.saturating_add(length), cut)?.fill(0);
		guest.write(length_address, &length.to_le_bytes(), 1)?;
		guest.write(place.data.saturating_sub(8), &length.to_le_bytes(), 8)?;
	}
	guest.write_slice(place.data, callee.data())
}
