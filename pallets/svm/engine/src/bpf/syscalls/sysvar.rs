// SPDX-License-Identifier: Apache-2.0
//! System variables (`sysvar.rs`).

use alloc::vec::Vec;
use unum_address::SvmAddress;
use unum_sbpf::INPUT_START;
use unum_solana_view::InstructionError;

use super::Call;
use crate::{
	bpf::{costs, error::SyscallError, guest::Outcome},
	SvmHost,
};

/// A system variable that programs get as their compiler lays it out, not as it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) enum Variable {
	Clock,
	Rent,
	EpochSchedule,
	EpochRewards,
	LastRestartSlot,
}

impl Variable {
	fn id(self) -> SvmAddress {
		match self {
			Self::Clock => crate::ids::clock_sysvar(),
			Self::Rent => crate::ids::rent_sysvar(),
			Self::EpochSchedule => crate::ids::epoch_schedule_sysvar(),
			Self::EpochRewards => crate::ids::epoch_rewards_sysvar(),
			Self::LastRestartSlot => crate::ids::last_restart_slot_sysvar(),
		}
	}

	/// Bytes of the variable in memory, and what it is aligned to.
	const fn layout(self) -> (usize, u64) {
		match self {
			Self::Clock => (40, 8),
			Self::Rent => (24, 8),
			Self::EpochSchedule => (40, 8),
			Self::EpochRewards => (96, 16),
			Self::LastRestartSlot => (8, 8),
		}
	}

	/// From the stored form to that in memory: what the compiler leaves out comes in.
	fn lay_out(self, stored: &[u8]) -> Vec<u8> {
		let mut bytes = stored.to_vec();
		if let Self::EpochSchedule = self {
			// The flag `warmup` is the byte at 16; the next number begins at 24.
			let rest = bytes.split_off(bytes.len().min(17));
			bytes.resize(24, 0);
			bytes.extend_from_slice(&rest);
		}
		bytes.resize(self.layout().0, 0);
		bytes
	}
}

/// `sol_get_clock_sysvar(result)` and its sisters.
pub(super) fn get<H: SvmHost>(
	call: &mut Call<'_, '_, '_, '_, H>,
	variable: Variable,
) -> Outcome<u64> {
	let [result, ..] = call.arguments;
	let (size, alignment) = variable.layout();
	let size = u64::try_from(size).unwrap_or(u64::MAX);
	call.pay(costs::SYSVAR.saturating_add(size))?;
	ensure_result(call, result)?;
	call.guest.ensure_writable(result, size, alignment)?;
	let stored = call.context.sysvar(&variable.id()).ok_or(InstructionError::UnsupportedSysvar)?;
	call.guest.write(result, &variable.lay_out(&stored), alignment)?;
	Ok(0)
}

/// `sol_get_sysvar(id, result, offset, length)`: a piece of the stored form; 2 where there is no such
/// variable, 1 where it has no such piece (SIMD-0127).
pub(super) fn get_piece<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	const NOT_FOUND: u64 = 2;
	const OUT_OF_BOUNDS: u64 = 1;
	let [id, result, offset, length, _] = call.arguments;
	let copied = costs::bytes(length).max(costs::MEMORY_OPERATION);
	call.pay(costs::SYSVAR.saturating_add(costs::bytes(32)).saturating_add(copied))?;
	ensure_result(call, result)?;
	call.guest.bytes_mut(result, length)?;
	let id = call.guest.key(id)?;
	let end = offset.checked_add(length).ok_or(InstructionError::ArithmeticOverflow)?;
	result.checked_add(length).ok_or(InstructionError::ArithmeticOverflow)?;
	let stored = if can_be_read(&id) { call.context.sysvar(&id) } else { None };
	let Some(stored) = stored else { return Ok(NOT_FOUND) };
	let piece = match (usize::try_from(offset), usize::try_from(end)) {
		(Ok(offset), Ok(end)) => stored.get(offset..end),
		_ => None,
	};
	let Some(piece) = piece else { return Ok(OUT_OF_BOUNDS) };
	call.guest.bytes_mut(result, length)?.copy_from_slice(piece);
	Ok(0)
}

/// Results do not go into the input, and not to programs of the deprecated loader.
fn ensure_result<H: SvmHost>(call: &Call<'_, '_, '_, '_, H>, result: u64) -> Outcome<()> {
	if !call.guest.is_aligned() {
		return Err(SyscallError::UnalignedPointer);
	}
	if result >= INPUT_START {
		return Err(SyscallError::InvalidPointer);
	}
	Ok(())
}

/// The variables of which programs can read pieces (`sysvar_id_to_buffer` in `sysvar_cache.rs`).
fn can_be_read(id: &SvmAddress) -> bool {
	[
		crate::ids::clock_sysvar(),
		crate::ids::epoch_schedule_sysvar(),
		crate::ids::epoch_rewards_sysvar(),
		crate::ids::rent_sysvar(),
		crate::ids::slot_hashes_sysvar(),
		crate::ids::stake_history_sysvar(),
		crate::ids::last_restart_slot_sysvar(),
	]
	.contains(id)
}

/// `sol_get_epoch_stake(vote account or 0)`: this chain has no stake of Solana's kind, so none.
pub(super) fn epoch_stake<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [account, ..] = call.arguments;
	if account == 0 {
		call.pay(costs::SYSCALL_BASE)?;
		return Ok(0);
	}
	let read = costs::bytes(32).saturating_add(costs::MEMORY_OPERATION);
	call.pay(costs::SYSCALL_BASE.saturating_add(read))?;
	call.guest.key(account)?;
	Ok(0)
}
