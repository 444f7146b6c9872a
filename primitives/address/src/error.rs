// SPDX-License-Identifier: Apache-2.0
//! Why a text is not an address.

use core::fmt;

use crate::VmKind;

/// A text is not an address of the VM for which it was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseAddressError {
	vm: VmKind,
	reason: ParseAddressReason,
}

impl ParseAddressError {
	/// The VM for which the text was given.
	pub const fn vm(&self) -> VmKind {
		self.vm
	}

	/// What is wrong with the text.
	pub const fn reason(&self) -> ParseAddressReason {
		self.reason
	}
}

impl fmt::Display for ParseAddressError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "not an address of the {} VM: {}", self.vm, self.reason)
	}
}

impl core::error::Error for ParseAddressError {}

/// What is wrong with a text that should be an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseAddressReason {
	/// This VM has no address rule of its own.
	NoAddressRule,
	/// There is no text.
	Empty,
	/// The notation begins with `0x`.
	MissingHexPrefix,
	/// A character that the notation does not have.
	InvalidCharacter {
		/// The character.
		found: char,
	},
	/// Too few or too many hexadecimal digits.
	WrongDigitCount {
		/// How many an address has.
		expected: usize,
		/// How many there are.
		found: usize,
	},
	/// Hexadecimal digits come in pairs.
	OddDigitCount,
	/// The text is well-formed, but stands for too few or too many bytes.
	WrongByteCount {
		/// How many an address has.
		expected: usize,
		/// How many there are.
		found: usize,
	},
	/// The text is longer than any address.
	TooLong {
		/// The largest length that is possible, in characters.
		max: usize,
		/// The length of this text.
		found: usize,
	},
	/// The checksum does not match: a character is missing or was mistyped.
	WrongChecksum,
	/// The capital letters do not match the address: a character was mistyped.
	WrongCapitals,
	/// A bech32 text is all in lower or all in upper case.
	MixedCase,
	/// The address belongs to another network, as its first byte says.
	WrongVersion {
		/// The first byte.
		found: u8,
	},
	/// The address belongs to another network, as the letters before its last `1` say.
	WrongHumanReadablePart,
	/// The address belongs to Bitcoin's main network.
	BitcoinMainNetwork,
	/// The text is bech32, but not the address of a witness program.
	InvalidWitnessProgram,
	/// The script is longer than scripts can be.
	ScriptTooLong {
		/// The largest length that is possible, in bytes.
		max: usize,
		/// The length of this script.
		found: usize,
	},
}

impl ParseAddressReason {
	/// The error that has this reason.
	pub(crate) const fn of(self, vm: VmKind) -> ParseAddressError {
		ParseAddressError { vm, reason: self }
	}
}

impl fmt::Display for ParseAddressReason {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NoAddressRule => f.write_str("this VM has no addresses of its own"),
			Self::Empty => f.write_str("the text is empty"),
			Self::MissingHexPrefix => f.write_str("it must begin with 0x"),
			Self::InvalidCharacter { found } => {
				write!(f, "the character {found:?} does not occur in this notation")
			},
			Self::WrongDigitCount { expected, found } => {
				write!(f, "expected {expected} hexadecimal digits after 0x, found {found}")
			},
			Self::OddDigitCount => f.write_str("it has an odd number of hexadecimal digits"),
			Self::WrongByteCount { expected, found } => {
				write!(f, "it stands for {found} bytes, expected {expected}")
			},
			Self::TooLong { max, found } => {
				write!(f, "it has {found} characters, and no address has more than {max}")
			},
			Self::WrongChecksum => {
				f.write_str("the checksum does not match: a character is missing or was mistyped")
			},
			Self::WrongCapitals => f.write_str(
				"the capital letters do not match (EIP-55): a character was mistyped; \
				 an address all in lower case is not checked",
			),
			Self::MixedCase => f.write_str(
				"it mixes capital and small letters: write it in small letters, if it is right",
			),
			Self::WrongVersion { found } => {
				write!(f, "its version byte {found:#04x} belongs to another network")
			},
			Self::WrongHumanReadablePart => {
				f.write_str("it belongs to another network: addresses of this chain begin with bcrt1")
			},
			Self::BitcoinMainNetwork => f.write_str(
				"it belongs to Bitcoin's main network: addresses of this chain begin with bcrt1, m, n or 2",
			),
			Self::InvalidWitnessProgram => {
				f.write_str("its witness version and the length of its program do not fit")
			},
			Self::ScriptTooLong { max, found } => {
				write!(f, "the script has {found} bytes, and {max} are possible")
			},
		}
	}
}
