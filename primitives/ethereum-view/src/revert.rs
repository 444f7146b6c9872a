// SPDX-License-Identifier: Apache-2.0
//! The data of a revert, for those two errors that Solidity has by itself.

use primitive_types::U256;

/// Selector of `Error(string)`: `require(condition, "reason")` and `revert("reason")`.
pub const ERROR: [u8; 4] = [0x08, 0xc3, 0x79, 0xa0];
/// Selector of `Panic(uint256)`: a check that the compiler has put in.
pub const PANIC: [u8; 4] = [0x4e, 0x48, 0x7b, 0x71];

/// The text in the arguments of `Error(string)`, as go-ethereum's `abi.UnpackRevert` finds it: its bytes may
/// be no UTF-8. `None` where it does not lie within the arguments.
pub fn error_text(arguments: &[u8]) -> Option<&[u8]> {
	let offset = usize::try_from(word(arguments, 0)?).ok()?;
	let length = usize::try_from(word(arguments, offset)?).ok()?;
	let begin = offset.checked_add(32)?;
	arguments.get(begin..begin.checked_add(length)?)
}

/// The code in the arguments of `Panic(uint256)`.
pub fn panic_code(arguments: &[u8]) -> Option<U256> {
	word(arguments, 0)
}

/// The compiler's panics, by the table in Solidity's documentation ("Panic via assert and Error via
/// require"), in the words of go-ethereum. `None` for a code that is not there.
pub fn panic_name(code: U256) -> Option<&'static str> {
	Some(match u64::try_from(code).ok()? {
		0x00 => "generic panic",
		0x01 => "assert(false)",
		0x11 => "arithmetic underflow or overflow",
		0x12 => "division or modulo by zero",
		0x21 => "enum overflow",
		0x22 => "invalid encoded storage byte array accessed",
		0x31 => "out-of-bounds array access; popping on an empty array",
		0x32 => "out-of-bounds access of an array or bytesN",
		0x41 => "out of memory",
		0x51 => "uninitialized function",
		_ => return None,
	})
}

fn word(bytes: &[u8], offset: usize) -> Option<U256> {
	bytes.get(offset..offset.checked_add(32)?).map(U256::from_big_endian)
}
