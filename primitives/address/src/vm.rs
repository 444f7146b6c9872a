// SPDX-License-Identifier: Apache-2.0
//! Which virtual machine.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// The number of a virtual machine.
///
/// Open by design: a VM that a later runtime upgrade adds takes a new number, and no type changes.
///
/// Text and JSON form: `native`, `evm`, `svm`, `bvm`, `tvm`; a number without a name is `vm-5`.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Hash,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct VmKind(u8);

/// Begins the text form of a VM that has no name yet.
const NUMBERED: &str = "vm-";

impl VmKind {
	/// The chain's own operations.
	pub const NATIVE: Self = Self(0);
	/// The Ethereum virtual machine.
	pub const EVM: Self = Self(1);
	/// The Solana virtual machine.
	pub const SVM: Self = Self(2);
	/// Bitcoin Script.
	pub const BVM: Self = Self(3);
	/// The Tron virtual machine.
	pub const TVM: Self = Self(4);

	/// Every VM with an address rule, the native one first.
	pub const ADDRESSED: [Self; 5] = [Self::NATIVE, Self::EVM, Self::SVM, Self::BVM, Self::TVM];
	/// Every VM whose addresses differ from the identity itself.
	pub const FOREIGN: [Self; 4] = [Self::EVM, Self::SVM, Self::BVM, Self::TVM];

	/// The VM with this number.
	pub const fn new(number: u8) -> Self {
		Self(number)
	}

	/// The number of this VM.
	pub const fn get(self) -> u8 {
		self.0
	}

	/// The name of this VM, if it has one.
	const fn name(self) -> Option<&'static str> {
		match self {
			Self::NATIVE => Some("native"),
			Self::EVM => Some("evm"),
			Self::SVM => Some("svm"),
			Self::BVM => Some("bvm"),
			Self::TVM => Some("tvm"),
			_ => None,
		}
	}
}

impl fmt::Display for VmKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.name() {
			Some(name) => f.write_str(name),
			None => write!(f, "{NUMBERED}{}", self.0),
		}
	}
}

impl fmt::Debug for VmKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, f)
	}
}

/// The text names no VM.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseVmKindError;

impl fmt::Display for ParseVmKindError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("a VM is one of native, evm, svm, bvm, tvm, or vm- and its number")
	}
}

impl core::error::Error for ParseVmKindError {}

impl FromStr for VmKind {
	type Err = ParseVmKindError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let named = Self::ADDRESSED.into_iter().find(|vm| vm.name() == Some(text));
		named.or_else(|| parse_numbered(text)).ok_or(ParseVmKindError)
	}
}

/// Reads `vm-5`, but not the number of a VM that has a name: each VM has one text form.
fn parse_numbered(text: &str) -> Option<VmKind> {
	let digits = text.strip_prefix(NUMBERED)?;
	let canonical = !digits.starts_with(['0', '+']);
	let vm = VmKind::new(digits.parse().ok().filter(|_| canonical)?);
	vm.name().is_none().then_some(vm)
}

crate::text::serde_as_text!(VmKind);

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::string::ToString;

	#[test]
	fn names_and_numbers_are_fixed() {
		let names = ["native", "evm", "svm", "bvm", "tvm", "vm-5", "vm-6"];
		for (number, name) in (0u8..).zip(names) {
			assert_eq!(VmKind::new(number).to_string(), name);
			assert_eq!(name.parse(), Ok(VmKind::new(number)));
			assert_eq!(VmKind::new(number).encode(), [number]);
		}
	}

	#[test]
	fn every_vm_has_one_text_form() {
		for number in 0..=u8::MAX {
			let vm = VmKind::new(number);
			assert_eq!(vm.to_string().parse(), Ok(vm));
			let json = serde_json::to_string(&vm).expect("writes");
			assert_eq!(serde_json::from_str::<VmKind>(&json).expect("reads"), vm);
		}
		for wrong in ["", "EVM", "evm ", "vm-", "vm-0", "vm-4", "vm-05", "vm-+5", "vm-256", "5"] {
			assert_eq!(wrong.parse::<VmKind>(), Err(ParseVmKindError), "{wrong}");
		}
	}
}
