// SPDX-License-Identifier: Apache-2.0
//! What a wallet signs to be bound.

use alloc::{format, string::String};
use unum_address::Address;
use unum_id_com::IdCom;

/// A wallet's consent to act as an identity from now on.
///
/// Genesis hash and nonce make each consent good for one chain and, as long as the nonce of the
/// identity pallet grows, for one time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BindingStatement {
	/// Hash of the first block: which chain.
	pub genesis: [u8; 32],
	/// The identity that takes the wallet over.
	pub id_com: IdCom,
	/// The wallet.
	pub address: Address,
	/// How many statements of this wallet the chain has used up.
	pub nonce: u64,
}

impl BindingStatement {
	/// The text that the wallet shows and signs.
	///
	/// # Invariants
	/// ASCII, lines separated by one LF and none at the end, and no two statements with the same
	/// text: each field has a line of its own and, of its value, one notation without line ends.
	///
	/// # Examples
	/// ```
	/// use unum_address::{Address, VmKind};
	/// use unum_signature::BindingStatement;
	/// let address = "0x719b599193eb0D1111F8cFbe4f37EBd11ECeaaAe";
	/// let statement = BindingStatement {
	///     genesis: [0xab; 32],
	///     id_com: [1; 32].into(),
	///     address: Address::parse(VmKind::EVM, address).expect("an address"),
	///     nonce: 0,
	/// };
	/// assert_eq!(
	///     statement.message(),
	///     "\
	/// Unum: bind this wallet to an identity
	///
	/// Everything that this wallet owns on the chain will belong to the identity, \
	/// and this wallet will act as it.
	///
	/// Chain: 0xabababababababababababababababababababababababababababababababab
	/// Identity: 0x0101010101010101010101010101010101010101010101010101010101010101
	/// VM: evm
	/// Address: 0x719b599193eb0D1111F8cFbe4f37EBd11ECeaaAe
	/// Nonce: 0"
	/// );
	/// ```
	pub fn message(&self) -> String {
		format!(
			"Unum: bind this wallet to an identity\n\
			 \n\
			 Everything that this wallet owns on the chain will belong to the identity, \
			 and this wallet will act as it.\n\
			 \n\
			 Chain: 0x{}\n\
			 Identity: {}\n\
			 VM: {}\n\
			 Address: {}\n\
			 Nonce: {}",
			hex::encode(self.genesis),
			self.id_com,
			self.address.vm(),
			self.address,
			self.nonce,
		)
	}
}
