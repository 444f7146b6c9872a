// SPDX-License-Identifier: Apache-2.0
//! Whose the 20-byte addresses of a call are.

use core::fmt;
use unum_address::{Address, EvmAddress, TronAddress, VmKind};
use unum_id_com::IdCom;
use unum_vm_engine::IdentityHost;

/// An address as the contract ABI carries it: 20 bytes, of the VM that the [`AddressSpace`] beside it
/// names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct AbiAddress([u8; 20]);

impl AbiAddress {
	/// The address that stands for nobody: the other side of a mint and of a burn.
	pub const ZERO: Self = Self([0; 20]);

	/// The bytes of this address.
	pub const fn as_bytes(&self) -> &[u8; 20] {
		&self.0
	}

	/// Whether this is [`Self::ZERO`].
	pub fn is_zero(&self) -> bool {
		*self == Self::ZERO
	}
}

impl From<[u8; 20]> for AbiAddress {
	fn from(bytes: [u8; 20]) -> Self {
		Self(bytes)
	}
}

impl From<EvmAddress> for AbiAddress {
	fn from(address: EvmAddress) -> Self {
		Self(address.into())
	}
}

impl From<TronAddress> for AbiAddress {
	fn from(address: TronAddress) -> Self {
		Self(address.into())
	}
}

/// Written in the notation of the EVM, with the checksum of EIP-55.
impl fmt::Display for AbiAddress {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(&EvmAddress::from(self.0), f)
	}
}

impl fmt::Debug for AbiAddress {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, f)
	}
}

/// The VM whose addresses the ABI's 20 bytes are.
///
/// The same 20 bytes are two addresses of two identities on the two VMs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AddressSpace {
	/// Addresses of the EVM.
	Evm,
	/// Addresses of the Tron VM, without the 0x41 of their text form.
	Tvm,
}

impl AddressSpace {
	/// The VM that these addresses belong to.
	pub const fn vm(self) -> VmKind {
		match self {
			Self::Evm => VmKind::EVM,
			Self::Tvm => VmKind::TVM,
		}
	}

	/// `address` as an address of the VM.
	pub fn address(self, address: AbiAddress) -> Address {
		match self {
			Self::Evm => Address::Evm(address.0.into()),
			Self::Tvm => Address::Tvm(address.0.into()),
		}
	}

	/// The identity that owns `address`.
	pub fn resolve<H: IdentityHost>(self, host: &H, address: AbiAddress) -> IdCom {
		host.resolve(&self.address(address))
	}

	/// The address under which the VM shows `id`.
	pub fn holder<H: IdentityHost>(self, host: &H, id: IdCom) -> AbiAddress {
		match host.address_of(id, self.vm()) {
			Some(Address::Evm(address)) => address.into(),
			Some(Address::Tvm(address)) => address.into(),
			_ => self.derive(id),
		}
	}

	/// The derived address of `id`: both VMs have a rule for it.
	fn derive(self, id: IdCom) -> AbiAddress {
		match self {
			Self::Evm => EvmAddress::derive(id).into(),
			Self::Tvm => TronAddress::derive(id).into(),
		}
	}
}
