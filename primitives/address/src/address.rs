// SPDX-License-Identifier: Apache-2.0
//! An address of any VM.

// The derived SCALE code casts the variant indices, which are constants below 256.
#![allow(clippy::cast_possible_truncation)]

use alloc::string::{String, ToString};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use serde::{de::Error as _, Deserialize, Serialize};
use unum_id_com::IdCom;

use crate::{
	text::hex_array, BtcScript, EvmAddress, ParseAddressError, ParseAddressReason as Reason,
	SvmAddress, TronAddress, VmKind,
};

/// An address together with the VM on which it is one.
///
/// In SCALE the variant index is the number of the VM. JSON form:
/// `{"vm": "evm", "address": "0x…"}`.
#[derive(
	Clone,
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
pub enum Address {
	/// An identity itself.
	#[codec(index = 0)]
	Native(IdCom),
	/// An account or contract on the EVM.
	#[codec(index = 1)]
	Evm(EvmAddress),
	/// An account on the Solana VM.
	#[codec(index = 2)]
	Svm(SvmAddress),
	/// An output script of the Bitcoin VM.
	#[codec(index = 3)]
	Bvm(BtcScript),
	/// An account or contract on the Tron VM.
	#[codec(index = 4)]
	Tvm(TronAddress),
}

impl Address {
	/// The VM on which this is an address.
	pub const fn vm(&self) -> VmKind {
		match self {
			Self::Native(_) => VmKind::NATIVE,
			Self::Evm(_) => VmKind::EVM,
			Self::Svm(_) => VmKind::SVM,
			Self::Bvm(_) => VmKind::BVM,
			Self::Tvm(_) => VmKind::TVM,
		}
	}

	/// Derives the address under which `vm` sees `id`; `None` for a VM without an address rule of its
	/// own.
	///
	/// # Examples
	/// ```
	/// use unum_address::{Address, VmKind};
	/// use unum_id_com::IdCom;
	/// let id = IdCom::from([1; 32]);
	/// let seen_by = |vm| Address::derive(id, vm).map(|address| address.to_string());
	/// let evm = "0x719b599193eb0D1111F8cFbe4f37EBd11ECeaaAe";
	/// assert_eq!(seen_by(VmKind::EVM).as_deref(), Some(evm));
	/// assert_eq!(seen_by(VmKind::TVM).as_deref(), Some("TLRzHq8QGQVP3rtQUYNu1KC61unb4RfXwk"));
	/// assert_eq!(seen_by(VmKind::new(77)), None);
	/// ```
	pub fn derive(id: IdCom, vm: VmKind) -> Option<Self> {
		match vm {
			VmKind::NATIVE => Some(Self::Native(id)),
			VmKind::EVM => Some(Self::Evm(EvmAddress::derive(id))),
			VmKind::SVM => Some(Self::Svm(SvmAddress::derive(id))),
			VmKind::BVM => Some(Self::Bvm(BtcScript::derive(id))),
			VmKind::TVM => Some(Self::Tvm(TronAddress::derive(id))),
			_ => None,
		}
	}

	/// The identity that this address has while it is bound to none. A native address is its own.
	pub fn unbound_id_com(&self) -> IdCom {
		match self {
			Self::Native(id) => *id,
			Self::Evm(address) => address.unbound_id_com(),
			Self::Svm(address) => address.unbound_id_com(),
			Self::Bvm(script) => script.unbound_id_com(),
			Self::Tvm(address) => address.unbound_id_com(),
		}
	}

	/// Reads an address in the notation of `vm`.
	///
	/// # Errors
	/// [`ParseAddressError`]: the text is not an address of `vm`, or `vm` has no addresses; the error
	/// says which rule of the notation it breaks.
	pub fn parse(vm: VmKind, text: &str) -> Result<Self, ParseAddressError> {
		match vm {
			VmKind::NATIVE => hex_array(vm, text).map(|bytes| Self::Native(IdCom::new(bytes))),
			VmKind::EVM => text.parse().map(Self::Evm),
			VmKind::SVM => text.parse().map(Self::Svm),
			VmKind::BVM => text.parse().map(Self::Bvm),
			VmKind::TVM => text.parse().map(Self::Tvm),
			_ => Err(Reason::NoAddressRule.of(vm)),
		}
	}
}

impl fmt::Display for Address {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Native(id) => fmt::Display::fmt(id, f),
			Self::Evm(address) => fmt::Display::fmt(address, f),
			Self::Svm(address) => fmt::Display::fmt(address, f),
			Self::Bvm(script) => fmt::Display::fmt(script, f),
			Self::Tvm(address) => fmt::Display::fmt(address, f),
		}
	}
}

impl fmt::Debug for Address {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}:{self}", self.vm())
	}
}

/// The JSON form of an address.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddressText {
	vm: VmKind,
	address: String,
}

impl Serialize for Address {
	fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		AddressText { vm: self.vm(), address: self.to_string() }.serialize(serializer)
	}
}

impl<'de> Deserialize<'de> for Address {
	fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let AddressText { vm, address } = AddressText::deserialize(deserializer)?;
		Self::parse(vm, &address).map_err(D::Error::custom)
	}
}
