// SPDX-License-Identifier: Apache-2.0
//! What programs can ask for (`create_program_runtime_environment` of solana-syscalls 4.2).
//!
//! Not here, and so not deployable: `sol_big_mod_exp`, `sol_curve_decompress`,
//! `sol_curve_pairing_map`, `sol_sha512`, `sol_get_fees_sysvar` (which upstream has turned off).

mod ace;
mod address;
mod alt_bn128;
mod bn254;
mod curve;
mod hash;
mod log;
mod memory;
mod poseidon;
mod returned;
mod sysvar;

use alloc::string::String;
use unum_sbpf::{Memory, SyscallHandler};

use super::{
	cpi::{self, Abi},
	error::SyscallError,
	guest::{Guest, Outcome},
	running::Running,
};
use crate::{InvokeContext, SvmHost};
use hash::Hash;
use sysvar::Variable;

/// Declares the syscalls: variant, name, and the hash of the name, under which programs call it.
macro_rules! syscalls {
	($($(#[$doc:meta])* $variant:ident = $name:literal $hash:literal;)*) => {
		/// A syscall.
		#[derive(Clone, Copy, PartialEq, Eq, Debug)]
		pub enum Syscall {
			$($(#[$doc])* #[doc = concat!("`", $name, "`")] $variant,)*
		}

		impl Syscall {
			/// All of them.
			pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

			/// The syscall of a hash.
			pub const fn of_hash(hash: u32) -> Option<Self> {
				match hash {
					$($hash => Some(Self::$variant),)*
					_ => None,
				}
			}

			/// The name under which programs know it.
			pub const fn name(self) -> &'static str {
				match self {
					$(Self::$variant => $name,)*
				}
			}
		}
	};
}

syscalls! {
	Abort = "abort" 0xb6fc_1a11;
	Panic = "sol_panic_" 0x6860_93bb;
	Log = "sol_log_" 0x2075_59bd;
	Log64 = "sol_log_64_" 0x5c2a_3178;
	LogPubkey = "sol_log_pubkey" 0x7ef0_88ca;
	LogComputeUnits = "sol_log_compute_units_" 0x52ba_5096;
	LogData = "sol_log_data" 0x7317_b434;
	Memcpy = "sol_memcpy_" 0x717c_c4a3;
	Memmove = "sol_memmove_" 0x4343_71f8;
	Memcmp = "sol_memcmp_" 0x5fdc_de31;
	Memset = "sol_memset_" 0x3770_fb22;
	Sha256 = "sol_sha256" 0x11f4_9d86;
	Keccak256 = "sol_keccak256" 0xd779_3abb;
	Blake3 = "sol_blake3" 0x174c_5122;
	Secp256k1Recover = "sol_secp256k1_recover" 0x17e4_0350;
	CurveValidatePoint = "sol_curve_validate_point" 0xaa26_07ca;
	CurveGroupOp = "sol_curve_group_op" 0xdd1c_41a6;
	CurveMultiscalarMul = "sol_curve_multiscalar_mul" 0x60a4_0880;
	AltBn128GroupOp = "sol_alt_bn128_group_op" 0xae0c_318b;
	AltBn128Compression = "sol_alt_bn128_compression" 0x334f_d5ed;
	Poseidon = "sol_poseidon" 0xc494_7c21;
	CreateProgramAddress = "sol_create_program_address" 0x9377_323c;
	TryFindProgramAddress = "sol_try_find_program_address" 0x4850_4a38;
	InvokeSignedC = "sol_invoke_signed_c" 0xa22b_9c85;
	InvokeSignedRust = "sol_invoke_signed_rust" 0xd744_9092;
	GetClock = "sol_get_clock_sysvar" 0xd56b_5fe9;
	GetRent = "sol_get_rent_sysvar" 0xbf71_88f6;
	GetEpochSchedule = "sol_get_epoch_schedule_sysvar" 0x23a2_9a61;
	GetEpochRewards = "sol_get_epoch_rewards_sysvar" 0xfdba_2b3b;
	GetLastRestartSlot = "sol_get_last_restart_slot" 0x188a_0031;
	GetSysvar = "sol_get_sysvar" 0x13c1_b505;
	GetEpochStake = "sol_get_epoch_stake" 0x5be9_2f4a;
	SetReturnData = "sol_set_return_data" 0xa226_d3eb;
	GetReturnData = "sol_get_return_data" 0x5d22_45e4;
	GetProcessedSiblingInstruction = "sol_get_processed_sibling_instruction" 0xadb8_efc8;
	GetStackHeight = "sol_get_stack_height" 0x8553_2d94;
	RemainingComputeUnits = "sol_remaining_compute_units" 0xedef_5aee;
	/// Not for programs that are deployed from now on.
	AllocFree = "sol_alloc_free_" 0x83f0_0e8f;
	/// This chain's.
	AceIdCom = "ace_id_com" 0x7b70_6f1f;
	/// This chain's.
	AceAttest = "ace_attest" 0x139d_9f6d;
	/// This chain's.
	AceCrossVmCall = "ace_cross_vm_call" 0xe8bc_7117;
}

impl Syscall {
	/// Whether a program that is being deployed may call the syscall of a hash.
	pub fn is_deployable(hash: u32) -> bool {
		Self::of_hash(hash).is_some_and(|syscall| syscall != Self::AllocFree)
	}
}

/// A syscall that is being made.
pub(super) struct Call<'a, 'm, 'c, 'h, H: SvmHost> {
	/// Its arguments.
	pub(super) arguments: [u64; 5],
	/// The memory of the program.
	pub(super) guest: Guest<'a, 'm>,
	/// The program.
	pub(super) running: &'a mut Running,
	/// The transaction around.
	pub(super) context: &'a mut InvokeContext<'c, 'h, H>,
}

impl<H: SvmHost> Call<'_, '_, '_, '_, H> {
	/// Pays.
	pub(super) fn pay(&mut self, units: u64) -> Outcome<()> {
		Ok(self.context.consume(units)?)
	}

	/// Adds a line to the log.
	pub(super) fn log(&mut self, line: String) {
		self.context.log(line);
	}

	fn make(&mut self, syscall: Syscall) -> Outcome<u64> {
		match syscall {
			Syscall::Abort => log::abort(),
			Syscall::Panic => log::panic(self),
			Syscall::Log => log::log(self),
			Syscall::Log64 => log::log_64(self),
			Syscall::LogPubkey => log::log_pubkey(self),
			Syscall::LogComputeUnits => log::log_compute_units(self),
			Syscall::LogData => log::log_data(self),
			Syscall::Memcpy => memory::memcpy(self),
			Syscall::Memmove => memory::memmove(self),
			Syscall::Memcmp => memory::memcmp(self),
			Syscall::Memset => memory::memset(self),
			Syscall::Sha256 => hash::hash(self, Hash::Sha256),
			Syscall::Keccak256 => hash::hash(self, Hash::Keccak256),
			Syscall::Blake3 => hash::hash(self, Hash::Blake3),
			Syscall::Secp256k1Recover => hash::secp256k1_recover(self),
			Syscall::CurveValidatePoint => curve::validate_point(self),
			Syscall::CurveGroupOp => curve::group_op(self),
			Syscall::CurveMultiscalarMul => curve::multiscalar_mul(self),
			Syscall::AltBn128GroupOp => alt_bn128::group_op(self),
			Syscall::AltBn128Compression => alt_bn128::compression(self),
			Syscall::Poseidon => poseidon::poseidon(self),
			Syscall::CreateProgramAddress => address::create(self),
			Syscall::TryFindProgramAddress => address::try_find(self),
			Syscall::InvokeSignedC => cpi::invoke(self, Abi::C),
			Syscall::InvokeSignedRust => cpi::invoke(self, Abi::Rust),
			Syscall::GetClock => sysvar::get(self, Variable::Clock),
			Syscall::GetRent => sysvar::get(self, Variable::Rent),
			Syscall::GetEpochSchedule => sysvar::get(self, Variable::EpochSchedule),
			Syscall::GetEpochRewards => sysvar::get(self, Variable::EpochRewards),
			Syscall::GetLastRestartSlot => sysvar::get(self, Variable::LastRestartSlot),
			Syscall::GetSysvar => sysvar::get_piece(self),
			Syscall::GetEpochStake => sysvar::epoch_stake(self),
			Syscall::SetReturnData => returned::set(self),
			Syscall::GetReturnData => returned::get(self),
			Syscall::GetProcessedSiblingInstruction => returned::sibling(self),
			Syscall::GetStackHeight => returned::stack_height(self),
			Syscall::RemainingComputeUnits => returned::remaining(self),
			Syscall::AllocFree => memory::alloc_free(self),
			Syscall::AceIdCom => ace::id_com(self),
			Syscall::AceAttest => ace::attest(self),
			Syscall::AceCrossVmCall => ace::cross_vm_call(self),
		}
	}
}

/// The syscalls of a program that runs, for the machine.
pub(super) struct Handler<'a, 'c, 'h, H: SvmHost> {
	pub(super) running: Running,
	pub(super) context: &'a mut InvokeContext<'c, 'h, H>,
}

impl<H: SvmHost> SyscallHandler for Handler<'_, '_, '_, H> {
	type Error = SyscallError;

	fn syscall(
		&mut self,
		hash: u32,
		arguments: [u64; 5],
		memory: &mut Memory<'_>,
		meter: &mut u64,
	) -> Result<u64, SyscallError> {
		// The machine calls only what it was told that there is.
		let Some(syscall) = Syscall::of_hash(hash) else {
			return Err(SyscallError::InvalidAttribute);
		};
		self.context.set_remaining(*meter);
		let guest = Guest::new(memory, self.running.aligned);
		let mut call =
			Call { arguments, guest, running: &mut self.running, context: &mut *self.context };
		let result = call.make(syscall);
		*meter = self.context.remaining();
		result
	}
}
