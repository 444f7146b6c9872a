// SPDX-License-Identifier: Apache-2.0
//! The interpreter (`interpreter.rs` and `vm.rs` upstream).

use crate::{
	alu::{
		div_32, div_64, div_signed_32, div_signed_64, high_product, high_product_signed, low,
		low_signed, rem_32, rem_64, rem_signed_32, rem_signed_64, shift_signed_32, shift_signed_64,
		signed, unsigned, Fault,
	},
	code::Code,
	decode::Operation,
	instruction::INSTRUCTION_SIZE,
	registers::Registers,
	AccessKind, Executable, Execution, ExecutionError, Memory, SyscallHandler, STACK_START,
};
use alloc::vec::Vec;

/// What a caller gets back.
struct Frame {
	saved: [u64; 5],
	return_pc: usize,
}

/// A program in execution.
pub(crate) struct Machine<'a, 'm> {
	executable: &'a Executable,
	operations: &'a [Operation],
	memory: &'a mut Memory<'m>,
	registers: Registers,
	pc: usize,
	meter: u64,
	frames: Vec<Frame>,
	/// By how much a call moves the frame pointer.
	frame_step: u64,
}

impl<'a, 'm> Machine<'a, 'm> {
	/// A program at its entrypoint.
	pub(crate) fn new(
		executable: &'a Executable,
		memory: &'a mut Memory<'m>,
		budget: u64,
		arguments: [u64; 5],
	) -> Self {
		let (config, version) = (executable.config(), executable.version());
		let frame_size = u64::from(config.stack_frame_size);
		let gaps = config.stack_frame_gaps && version.stack_frame_gaps();
		let (first_frame, frame_step) = match (version.manual_stack_frames(), gaps) {
			(true, _) => (config.stack_size(), 0),
			(false, true) => (frame_size, frame_size.wrapping_mul(2)),
			(false, false) => (frame_size, frame_size),
		};
		Self {
			executable,
			operations: executable.operations(),
			memory,
			registers: Registers::new(arguments, STACK_START.wrapping_add(first_frame)),
			pc: usize::try_from(executable.entry()).unwrap_or(usize::MAX),
			meter: budget,
			frames: Vec::with_capacity(usize::from(config.max_call_depth)),
			frame_step,
		}
	}

	/// What is to be known in the end.
	pub(crate) fn finish<E>(
		self,
		result: Result<u64, ExecutionError<E>>,
		budget: u64,
	) -> Execution<E> {
		Execution {
			result,
			used: budget.saturating_sub(self.meter),
			remaining: self.meter,
			registers: self.registers.with_pc(u64::try_from(self.pc).unwrap_or(u64::MAX)),
		}
	}

	/// Keeps the caller's registers and makes the callee's frame.
	fn push_frame<E>(
		&mut self,
		registers: &mut Registers,
		return_pc: usize,
	) -> Result<(), ExecutionError<E>> {
		self.frames.push(Frame { saved: registers.saved(), return_pc });
		if self.frames.len() >= usize::from(self.executable.config().max_call_depth) {
			return Err(ExecutionError::CallDepthExceeded);
		}
		registers.move_frame(self.frame_step);
		Ok(())
	}

	/// Where a call by register leads.
	fn call_target(&self, address: u64) -> Option<usize> {
		let size = u64::try_from(INSTRUCTION_SIZE).ok()?;
		let target = address.wrapping_sub(self.executable.text_start()).checked_div(size)?;
		usize::try_from(target).ok().filter(|target| *target < self.operations.len())
	}

	/// Executes instructions until the program ends. The registers, the meter and the index of the
	/// instruction are locals, so that they are kept in the host's registers where there are enough.
	#[allow(clippy::too_many_lines)]
	pub(crate) fn run<H: SyscallHandler>(
		&mut self,
		handler: &mut H,
	) -> Result<u64, ExecutionError<H::Error>> {
		let operations = self.operations;
		let mut r = self.registers;
		let mut pc = self.pc;
		let mut meter = self.meter;
		let result = loop {
			if meter == 0 {
				break Err(ExecutionError::ExceededMaxInstructions);
			}
			meter = meter.wrapping_sub(1);
			let Some(operation) = operations.get(pc) else {
				break Err(ExecutionError::ExecutionOverrun);
			};
			let Operation { code, dst, src, target, imm } = *operation;
			let mut next = pc.wrapping_add(1);

			/// The destination register's value.
			macro_rules! dst {
				() => {
					r.get(dst)
				};
			}
			/// The source register.
			macro_rules! src {
				() => {
					r.get(src)
				};
			}
			/// Sets the destination register.
			macro_rules! set {
				($value:expr) => {
					r.set(dst, $value)
				};
			}
			/// The same, to the result of a division.
			macro_rules! divide {
				($result:expr) => {
					match $result {
						Ok(value) => r.set(dst, value),
						Err(fault) => break Err(fault.into()),
					}
				};
			}
			macro_rules! jump_if {
				($condition:expr) => {
					if $condition {
						next = index(target);
					}
				};
			}
			macro_rules! call {
				() => {
					if let Err(error) = self.push_frame(&mut r, next) {
						break Err(error);
					}
				};
			}
			macro_rules! load {
				($number:ty) => {{
					let address = src!().wrapping_add(signed(target));
					match self.memory.load(address) {
						Some(bytes) => set!(u64::from(<$number>::from_le_bytes(bytes))),
						None => {
							let length = size_of::<$number>();
							let violation =
								self.memory.violation(AccessKind::Load, address, length);
							break Err(violation.into());
						},
					}
				}};
			}
			macro_rules! store {
				($length:literal, $value:expr) => {{
					let address = dst!().wrapping_add(signed(target));
					let bytes = first::<$length>($value);
					if self.memory.store(address, bytes).is_none() {
						let violation = self.memory.violation(AccessKind::Store, address, $length);
						break Err(violation.into());
					}
				}};
			}

			match code {
				Code::Lddw => {
					set!(imm);
					next = next.wrapping_add(1);
				},
				Code::Load1 => load!(u8),
				Code::Load2 => load!(u16),
				Code::Load4 => load!(u32),
				Code::Load8 => load!(u64),
				Code::Store1I => store!(1, imm),
				Code::Store2I => store!(2, imm),
				Code::Store4I => store!(4, imm),
				Code::Store8I => store!(8, imm),
				Code::Store1R => store!(1, src!()),
				Code::Store2R => store!(2, src!()),
				Code::Store4R => store!(4, src!()),
				Code::Store8R => store!(8, src!()),

				Code::Add32SI => set!(signed(low(dst!()).wrapping_add(low(imm)))),
				Code::Add32SR => set!(signed(low(dst!()).wrapping_add(low(src!())))),
				Code::Sub32SI => set!(signed(low(dst!()).wrapping_sub(low(imm)))),
				Code::Sub32SR => set!(signed(low(dst!()).wrapping_sub(low(src!())))),
				Code::Mul32SI => set!(signed(low(dst!()).wrapping_mul(low(imm)))),
				Code::Mul32SR => set!(signed(low(dst!()).wrapping_mul(low(src!())))),
				Code::Add32I => set!(unsigned(low(dst!()).wrapping_add(low(imm)))),
				Code::Add32R => set!(unsigned(low(dst!()).wrapping_add(low(src!())))),
				Code::Sub32R => set!(unsigned(low(dst!()).wrapping_sub(low(src!())))),
				Code::RevSub32I => set!(unsigned(low(imm).wrapping_sub(low(dst!())))),
				Code::Mul32I => set!(unsigned(low(dst!()).wrapping_mul(low(imm)))),
				Code::Mul32R => set!(unsigned(low(dst!()).wrapping_mul(low(src!())))),
				Code::Or32I => set!(unsigned(low(dst!()) | low(imm))),
				Code::Or32R => set!(unsigned(low(dst!()) | low(src!()))),
				Code::And32I => set!(unsigned(low(dst!()) & low(imm))),
				Code::And32R => set!(unsigned(low(dst!()) & low(src!()))),
				Code::Xor32I => set!(unsigned(low(dst!()) ^ low(imm))),
				Code::Xor32R => set!(unsigned(low(dst!()) ^ low(src!()))),
				Code::Shl32I => set!(unsigned(low(dst!()).wrapping_shl(low(imm)))),
				Code::Shl32R => set!(unsigned(low(dst!()).wrapping_shl(low(src!())))),
				Code::Shr32I => set!(unsigned(low(dst!()).wrapping_shr(low(imm)))),
				Code::Shr32R => set!(unsigned(low(dst!()).wrapping_shr(low(src!())))),
				Code::Sar32I => set!(shift_signed_32(dst!(), imm)),
				Code::Sar32R => set!(shift_signed_32(dst!(), src!())),
				Code::Mov32I => set!(unsigned(low(imm))),
				Code::Mov32R => set!(unsigned(low(src!()))),
				Code::Mov32SR => set!(signed(low(src!()))),
				Code::Neg32 => set!(unsigned(low(dst!()).wrapping_neg())),
				Code::Div32I => divide!(div_32(dst!(), imm)),
				Code::Div32R => divide!(div_32(dst!(), src!())),
				Code::Mod32I => divide!(rem_32(dst!(), imm)),
				Code::Mod32R => divide!(rem_32(dst!(), src!())),
				Code::SDiv32I => divide!(div_signed_32(dst!(), imm)),
				Code::SDiv32R => divide!(div_signed_32(dst!(), src!())),
				Code::SMod32I => divide!(rem_signed_32(dst!(), imm)),
				Code::SMod32R => divide!(rem_signed_32(dst!(), src!())),

				Code::Add64I => set!(dst!().wrapping_add(imm)),
				Code::Add64R => set!(dst!().wrapping_add(src!())),
				Code::Sub64I => set!(dst!().wrapping_sub(imm)),
				Code::Sub64R => set!(dst!().wrapping_sub(src!())),
				Code::RevSub64I => set!(imm.wrapping_sub(dst!())),
				Code::Mul64I => set!(dst!().wrapping_mul(imm)),
				Code::Mul64R => set!(dst!().wrapping_mul(src!())),
				Code::Or64I | Code::HighOr64I => set!(dst!() | imm),
				Code::Or64R => set!(dst!() | src!()),
				Code::And64I => set!(dst!() & imm),
				Code::And64R => set!(dst!() & src!()),
				Code::Xor64I => set!(dst!() ^ imm),
				Code::Xor64R => set!(dst!() ^ src!()),
				Code::Shl64I => set!(dst!().wrapping_shl(low(imm))),
				Code::Shl64R => set!(dst!().wrapping_shl(low(src!()))),
				Code::Shr64I => set!(dst!().wrapping_shr(low(imm))),
				Code::Shr64R => set!(dst!().wrapping_shr(low(src!()))),
				Code::Sar64I => set!(shift_signed_64(dst!(), imm)),
				Code::Sar64R => set!(shift_signed_64(dst!(), src!())),
				Code::Mov64I => set!(imm),
				Code::Mov64R => set!(src!()),
				Code::Neg64 => set!(dst!().wrapping_neg()),
				Code::Div64I => divide!(div_64(dst!(), imm)),
				Code::Div64R => divide!(div_64(dst!(), src!())),
				Code::Mod64I => divide!(rem_64(dst!(), imm)),
				Code::Mod64R => divide!(rem_64(dst!(), src!())),
				Code::SDiv64I => divide!(div_signed_64(dst!(), imm)),
				Code::SDiv64R => divide!(div_signed_64(dst!(), src!())),
				Code::SMod64I => divide!(rem_signed_64(dst!(), imm)),
				Code::SMod64R => divide!(rem_signed_64(dst!(), src!())),
				Code::UHighMul64I => set!(high_product(dst!(), imm)),
				Code::UHighMul64R => set!(high_product(dst!(), src!())),
				Code::SHighMul64I => set!(high_product_signed(dst!(), imm)),
				Code::SHighMul64R => set!(high_product_signed(dst!(), src!())),

				Code::Le16 => set!(dst!() & 0xffff),
				Code::Le32 => set!(dst!() & 0xffff_ffff),
				Code::Le64 => (),
				Code::Be16 => set!(dst!().swap_bytes() >> 48),
				Code::Be32 => set!(dst!().swap_bytes() >> 32),
				Code::Be64 => set!(dst!().swap_bytes()),

				Code::Jump => next = index(target),
				Code::JumpEq64I => jump_if!(dst!() == imm),
				Code::JumpEq64R => jump_if!(dst!() == src!()),
				Code::JumpNe64I => jump_if!(dst!() != imm),
				Code::JumpNe64R => jump_if!(dst!() != src!()),
				Code::JumpGt64I => jump_if!(dst!() > imm),
				Code::JumpGt64R => jump_if!(dst!() > src!()),
				Code::JumpGe64I => jump_if!(dst!() >= imm),
				Code::JumpGe64R => jump_if!(dst!() >= src!()),
				Code::JumpLt64I => jump_if!(dst!() < imm),
				Code::JumpLt64R => jump_if!(dst!() < src!()),
				Code::JumpLe64I => jump_if!(dst!() <= imm),
				Code::JumpLe64R => jump_if!(dst!() <= src!()),
				Code::JumpSGt64I => jump_if!(dst!().cast_signed() > imm.cast_signed()),
				Code::JumpSGt64R => jump_if!(dst!().cast_signed() > src!().cast_signed()),
				Code::JumpSGe64I => jump_if!(dst!().cast_signed() >= imm.cast_signed()),
				Code::JumpSGe64R => jump_if!(dst!().cast_signed() >= src!().cast_signed()),
				Code::JumpSLt64I => jump_if!(dst!().cast_signed() < imm.cast_signed()),
				Code::JumpSLt64R => jump_if!(dst!().cast_signed() < src!().cast_signed()),
				Code::JumpSLe64I => jump_if!(dst!().cast_signed() <= imm.cast_signed()),
				Code::JumpSLe64R => jump_if!(dst!().cast_signed() <= src!().cast_signed()),
				Code::JumpSet64I => jump_if!(dst!() & imm != 0),
				Code::JumpSet64R => jump_if!(dst!() & src!() != 0),
				Code::JumpEq32I => jump_if!(low(dst!()) == low(imm)),
				Code::JumpEq32R => jump_if!(low(dst!()) == low(src!())),
				Code::JumpNe32I => jump_if!(low(dst!()) != low(imm)),
				Code::JumpNe32R => jump_if!(low(dst!()) != low(src!())),
				Code::JumpGt32I => jump_if!(low(dst!()) > low(imm)),
				Code::JumpGt32R => jump_if!(low(dst!()) > low(src!())),
				Code::JumpGe32I => jump_if!(low(dst!()) >= low(imm)),
				Code::JumpGe32R => jump_if!(low(dst!()) >= low(src!())),
				Code::JumpLt32I => jump_if!(low(dst!()) < low(imm)),
				Code::JumpLt32R => jump_if!(low(dst!()) < low(src!())),
				Code::JumpLe32I => jump_if!(low(dst!()) <= low(imm)),
				Code::JumpLe32R => jump_if!(low(dst!()) <= low(src!())),
				Code::JumpSGt32I => jump_if!(low_signed(dst!()) > low_signed(imm)),
				Code::JumpSGt32R => jump_if!(low_signed(dst!()) > low_signed(src!())),
				Code::JumpSGe32I => jump_if!(low_signed(dst!()) >= low_signed(imm)),
				Code::JumpSGe32R => jump_if!(low_signed(dst!()) >= low_signed(src!())),
				Code::JumpSLt32I => jump_if!(low_signed(dst!()) < low_signed(imm)),
				Code::JumpSLt32R => jump_if!(low_signed(dst!()) < low_signed(src!())),
				Code::JumpSLe32I => jump_if!(low_signed(dst!()) <= low_signed(imm)),
				Code::JumpSLe32R => jump_if!(low_signed(dst!()) <= low_signed(src!())),
				Code::JumpSet32I => jump_if!(low(dst!() & imm) != 0),
				Code::JumpSet32R => jump_if!(low(dst!() & src!()) != 0),

				Code::CallLocal => {
					call!();
					next = index(target);
				},
				Code::CallOutside => {
					call!();
					break Err(ExecutionError::CallOutsideTextSegment);
				},
				Code::CallRegister => {
					let address = src!();
					call!();
					match self.call_target(address) {
						Some(target) => next = target,
						None => break Err(ExecutionError::CallOutsideTextSegment),
					}
				},
				Code::Syscall => {
					let arguments = r.arguments();
					match handler.syscall(low(imm), arguments, self.memory, &mut meter) {
						Ok(value) => r.set(0, value),
						Err(error) => break Err(ExecutionError::Syscall(error)),
					}
				},
				Code::Exit => match self.frames.pop() {
					None => break Ok(r.get(0)),
					Some(frame) => {
						r.restore(frame.saved);
						next = frame.return_pc;
					},
				},
				Code::Invalid | Code::Le | Code::Be => {
					break Err(ExecutionError::InvalidInstruction);
				},
				Code::Unsupported | Code::Call => {
					break Err(ExecutionError::UnsupportedInstruction);
				},
			}
			pc = next;
		};
		self.registers = r;
		self.pc = pc;
		self.meter = meter;
		result
	}
}

/// The index of an instruction; of those that do not exist, one that does not exist.
#[inline(always)]
fn index(target: u32) -> usize {
	usize::try_from(target).unwrap_or(usize::MAX)
}

/// The first bytes of a number, little-endian.
#[inline(always)]
fn first<const N: usize>(value: u64) -> [u8; N] {
	value.to_le_bytes().first_chunk::<N>().copied().unwrap_or([0; N])
}

impl<E> From<Fault> for ExecutionError<E> {
	fn from(fault: Fault) -> Self {
		match fault {
			Fault::Zero => Self::DivideByZero,
			Fault::Overflow => Self::DivideOverflow,
		}
	}
}
