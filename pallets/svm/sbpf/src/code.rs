// SPDX-License-Identifier: Apache-2.0
//! What instructions do, independent of the version they are written in.

use crate::Version;

/// What an instruction does. `I` takes the immediate, `R` the source register.
///
/// Of 32-bit results, `S` means that they are extended with their sign, else with zeros.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[rustfmt::skip]
pub(crate) enum Code {
	Lddw,
	Load1, Load2, Load4, Load8,
	Store1I, Store2I, Store4I, Store8I,
	Store1R, Store2R, Store4R, Store8R,

	Add32SI, Add32SR, Sub32SI, Sub32SR, Mul32SI, Mul32SR,
	Add32I, Add32R, Sub32R, RevSub32I, Mul32I, Mul32R,
	Or32I, Or32R, And32I, And32R, Xor32I, Xor32R,
	Shl32I, Shl32R, Shr32I, Shr32R, Sar32I, Sar32R,
	Mov32I, Mov32R, Mov32SR, Neg32,
	Div32I, Div32R, Mod32I, Mod32R,
	SDiv32I, SDiv32R, SMod32I, SMod32R,

	Add64I, Add64R, Sub64I, Sub64R, RevSub64I, Mul64I, Mul64R,
	Or64I, Or64R, And64I, And64R, Xor64I, Xor64R,
	Shl64I, Shl64R, Shr64I, Shr64R, Sar64I, Sar64R,
	Mov64I, Mov64R, Neg64, HighOr64I,
	Div64I, Div64R, Mod64I, Mod64R,
	SDiv64I, SDiv64R, SMod64I, SMod64R,
	UHighMul64I, UHighMul64R, SHighMul64I, SHighMul64R,

	Le, Be,

	Jump,
	JumpEq64I, JumpEq64R, JumpNe64I, JumpNe64R, JumpSet64I, JumpSet64R,
	JumpGt64I, JumpGt64R, JumpGe64I, JumpGe64R, JumpLt64I, JumpLt64R, JumpLe64I, JumpLe64R,
	JumpSGt64I, JumpSGt64R, JumpSGe64I, JumpSGe64R,
	JumpSLt64I, JumpSLt64R, JumpSLe64I, JumpSLe64R,
	JumpEq32I, JumpEq32R, JumpNe32I, JumpNe32R, JumpSet32I, JumpSet32R,
	JumpGt32I, JumpGt32R, JumpGe32I, JumpGe32R, JumpLt32I, JumpLt32R, JumpLe32I, JumpLe32R,
	JumpSGt32I, JumpSGt32R, JumpSGe32I, JumpSGe32R,
	JumpSLt32I, JumpSLt32R, JumpSLe32I, JumpSLe32R,

	/// A call by immediate, before it is resolved.
	Call,
	CallRegister,
	Exit,

	// What decoding makes of some of them.
	/// A call of a function of the program.
	CallLocal,
	/// The same, of a function that is outside the program.
	CallOutside,
	Syscall,
	Be16, Be32, Be64, Le16, Le32, Le64,
	/// `le` or `be` of a width that there is not.
	Invalid,
	Unsupported,
}

impl Code {
	/// What an opcode means in a version, if anything (`ebpf.rs` and `verifier.rs` upstream).
	pub(crate) const fn of(opcode: u8, version: Version) -> Option<Self> {
		let reworked = version.reworked_instructions();
		match opcode & 7 {
			0..=3 if !reworked => memory(opcode),
			4 => match alu32(opcode) {
				None if reworked => reworked_alu32(opcode),
				None => legacy_alu32(opcode),
				common => common,
			},
			5 => jump64(opcode),
			6 if reworked => quotient(opcode),
			6 if version.jumps_32() => jump32(opcode),
			7 => match alu64(opcode) {
				None if reworked => reworked_alu64(opcode),
				None => legacy_alu64(opcode),
				common => common,
			},
			_ => None,
		}
	}
}

/// Classes 0 to 3: loads and stores.
const fn memory(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x18 => Code::Lddw,
		0x71 => Code::Load1,
		0x69 => Code::Load2,
		0x61 => Code::Load4,
		0x79 => Code::Load8,
		0x72 => Code::Store1I,
		0x6a => Code::Store2I,
		0x62 => Code::Store4I,
		0x7a => Code::Store8I,
		0x73 => Code::Store1R,
		0x6b => Code::Store2R,
		0x63 => Code::Store4R,
		0x7b => Code::Store8R,
		_ => return None,
	})
}

/// Class 4, what all versions have in common.
const fn alu32(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x44 => Code::Or32I,
		0x4c => Code::Or32R,
		0x54 => Code::And32I,
		0x5c => Code::And32R,
		0x64 => Code::Shl32I,
		0x6c => Code::Shl32R,
		0x74 => Code::Shr32I,
		0x7c => Code::Shr32R,
		0xa4 => Code::Xor32I,
		0xac => Code::Xor32R,
		0xb4 => Code::Mov32I,
		0xc4 => Code::Sar32I,
		0xcc => Code::Sar32R,
		0xdc => Code::Be,
		_ => return None,
	})
}

const fn legacy_alu32(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x04 => Code::Add32SI,
		0x0c => Code::Add32SR,
		0x14 => Code::Sub32SI,
		0x1c => Code::Sub32SR,
		0x24 => Code::Mul32SI,
		0x2c => Code::Mul32SR,
		0x34 => Code::Div32I,
		0x3c => Code::Div32R,
		0x84 => Code::Neg32,
		0x94 => Code::Mod32I,
		0x9c => Code::Mod32R,
		0xbc => Code::Mov32R,
		0xd4 => Code::Le,
		_ => return None,
	})
}

const fn reworked_alu32(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x04 => Code::Add32I,
		0x0c => Code::Add32R,
		0x14 => Code::RevSub32I,
		0x1c => Code::Sub32R,
		0x2c => Code::Load1,
		0x3c => Code::Load2,
		0x8c => Code::Load4,
		0x9c => Code::Load8,
		0xbc => Code::Mov32SR,
		_ => return None,
	})
}

/// Class 5: jumps that compare 64 bits, and calls.
const fn jump64(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x05 => Code::Jump,
		0x15 => Code::JumpEq64I,
		0x1d => Code::JumpEq64R,
		0x25 => Code::JumpGt64I,
		0x2d => Code::JumpGt64R,
		0x35 => Code::JumpGe64I,
		0x3d => Code::JumpGe64R,
		0x45 => Code::JumpSet64I,
		0x4d => Code::JumpSet64R,
		0x55 => Code::JumpNe64I,
		0x5d => Code::JumpNe64R,
		0x65 => Code::JumpSGt64I,
		0x6d => Code::JumpSGt64R,
		0x75 => Code::JumpSGe64I,
		0x7d => Code::JumpSGe64R,
		0x85 => Code::Call,
		0x8d => Code::CallRegister,
		0x95 => Code::Exit,
		0xa5 => Code::JumpLt64I,
		0xad => Code::JumpLt64R,
		0xb5 => Code::JumpLe64I,
		0xbd => Code::JumpLe64R,
		0xc5 => Code::JumpSLt64I,
		0xcd => Code::JumpSLt64R,
		0xd5 => Code::JumpSLe64I,
		0xdd => Code::JumpSLe64R,
		_ => return None,
	})
}

/// Class 6 from V3 on: jumps that compare 32 bits.
const fn jump32(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x16 => Code::JumpEq32I,
		0x1e => Code::JumpEq32R,
		0x26 => Code::JumpGt32I,
		0x2e => Code::JumpGt32R,
		0x36 => Code::JumpGe32I,
		0x3e => Code::JumpGe32R,
		0x46 => Code::JumpSet32I,
		0x4e => Code::JumpSet32R,
		0x56 => Code::JumpNe32I,
		0x5e => Code::JumpNe32R,
		0x66 => Code::JumpSGt32I,
		0x6e => Code::JumpSGt32R,
		0x76 => Code::JumpSGe32I,
		0x7e => Code::JumpSGe32R,
		0xa6 => Code::JumpLt32I,
		0xae => Code::JumpLt32R,
		0xb6 => Code::JumpLe32I,
		0xbe => Code::JumpLe32R,
		0xc6 => Code::JumpSLt32I,
		0xce => Code::JumpSLt32R,
		0xd6 => Code::JumpSLe32I,
		0xde => Code::JumpSLe32R,
		_ => return None,
	})
}

/// Class 6 of V2: products, quotients and remainders.
const fn quotient(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x36 => Code::UHighMul64I,
		0x3e => Code::UHighMul64R,
		0x46 => Code::Div32I,
		0x4e => Code::Div32R,
		0x56 => Code::Div64I,
		0x5e => Code::Div64R,
		0x66 => Code::Mod32I,
		0x6e => Code::Mod32R,
		0x76 => Code::Mod64I,
		0x7e => Code::Mod64R,
		0x86 => Code::Mul32I,
		0x8e => Code::Mul32R,
		0x96 => Code::Mul64I,
		0x9e => Code::Mul64R,
		0xb6 => Code::SHighMul64I,
		0xbe => Code::SHighMul64R,
		0xc6 => Code::SDiv32I,
		0xce => Code::SDiv32R,
		0xd6 => Code::SDiv64I,
		0xde => Code::SDiv64R,
		0xe6 => Code::SMod32I,
		0xee => Code::SMod32R,
		0xf6 => Code::SMod64I,
		0xfe => Code::SMod64R,
		_ => return None,
	})
}

/// Class 7, what all versions have in common.
const fn alu64(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x07 => Code::Add64I,
		0x0f => Code::Add64R,
		0x1f => Code::Sub64R,
		0x47 => Code::Or64I,
		0x4f => Code::Or64R,
		0x57 => Code::And64I,
		0x5f => Code::And64R,
		0x67 => Code::Shl64I,
		0x6f => Code::Shl64R,
		0x77 => Code::Shr64I,
		0x7f => Code::Shr64R,
		0xa7 => Code::Xor64I,
		0xaf => Code::Xor64R,
		0xb7 => Code::Mov64I,
		0xbf => Code::Mov64R,
		0xc7 => Code::Sar64I,
		0xcf => Code::Sar64R,
		_ => return None,
	})
}

const fn legacy_alu64(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x17 => Code::Sub64I,
		0x27 => Code::Mul64I,
		0x2f => Code::Mul64R,
		0x37 => Code::Div64I,
		0x3f => Code::Div64R,
		0x87 => Code::Neg64,
		0x97 => Code::Mod64I,
		0x9f => Code::Mod64R,
		_ => return None,
	})
}

const fn reworked_alu64(opcode: u8) -> Option<Code> {
	Some(match opcode {
		0x17 => Code::RevSub64I,
		0x27 => Code::Store1I,
		0x2f => Code::Store1R,
		0x37 => Code::Store2I,
		0x3f => Code::Store2R,
		0x87 => Code::Store4I,
		0x8f => Code::Store4R,
		0x97 => Code::Store8I,
		0x9f => Code::Store8R,
		0xf7 => Code::HighOr64I,
		_ => return None,
	})
}
