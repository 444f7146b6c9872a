// SPDX-License-Identifier: Apache-2.0
//! What is kept of an account beside the ledger.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use unum_address::{Address, SvmAddress};
use unum_id_com::IdCom;
use unum_vm_engine::IdentityHost;

use crate::{KeyOption, Mint, Multisig, TokenAccount};

/// Whose balance a token account shows.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Holder {
	/// That of its owner's identity: it is the owner's associated account.
	#[codec(index = 0)]
	Owner,
	/// One of its own, under the identity that the account's key has while it is bound to none.
	#[codec(index = 1)]
	Account,
}

/// The numbers of an account of the wrapped native mint, which no token of the ledger stands behind.
/// The coins themselves are the lamports of the account.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct NativeBalance {
	/// How many lamports are the rent exemption.
	pub reserve: u64,
	/// How many lamports count as tokens: what was above the reserve at the last `SyncNative`.
	pub amount: u64,
	/// How many of these the delegate may move.
	pub delegated: u64,
}

/// What is kept of a token account.
///
/// # Invariants
/// With a native balance, the account's lamports are at least reserve and amount together: only the
/// token program debits it.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct AccountRecord {
	/// Of which token.
	pub mint: SvmAddress,
	/// Whose account it is.
	pub owner: SvmAddress,
	/// Whose balance it shows.
	pub holder: Holder,
	/// Who else may move some of it.
	pub delegate: KeyOption,
	/// Who may close it in place of the owner.
	pub close_authority: KeyOption,
	/// The numbers, where the native coin is in it.
	pub native: Option<NativeBalance>,
}

impl AccountRecord {
	/// The identity whose balance the account at `key` shows.
	pub fn holder_id(&self, key: &SvmAddress, identities: &impl IdentityHost) -> IdCom {
		match self.holder {
			Holder::Owner => identities.resolve(&Address::Svm(self.owner)),
			Holder::Account => key.unbound_id_com(),
		}
	}
}

/// What is kept of a mint: with which keys its authorities were named.
///
/// The ledger knows the authorities as identities. A key stands here to be shown again as it was
/// given; it counts only while it belongs to the identity that the ledger names.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct MintRecord {
	/// The last mint authority that was named here.
	pub mint_authority: SvmAddress,
	/// The last freeze authority that was named here.
	pub freeze_authority: SvmAddress,
}

/// What is kept of an account of the token program. An account without one has not been initialized,
/// or is the mint of a token that was created elsewhere.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Record {
	/// A token account.
	#[codec(index = 0)]
	Account(AccountRecord),
	/// A mint.
	#[codec(index = 1)]
	Mint(MintRecord),
	/// A multisig, which the ledger knows nothing of.
	#[codec(index = 2)]
	Multisig(Multisig),
}

impl Record {
	/// How many bytes the account's data have.
	pub const fn data_len(&self) -> usize {
		match self {
			Self::Account(_) => TokenAccount::LEN,
			Self::Mint(_) => Mint::LEN,
			Self::Multisig(_) => Multisig::LEN,
		}
	}
}
