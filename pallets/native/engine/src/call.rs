// SPDX-License-Identifier: Apache-2.0
//! The operations of the native VM.

// The derive of the codec casts the index of a variant, which it has checked, to a byte.
#![allow(clippy::cast_possible_truncation)]

use alloc::boxed::Box;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use unum_address::Address;
use unum_id_com::{IdCom, MintId};
use unum_signature::{AuthKey, BindingProof};
use unum_units::LedgerAmount;

/// An operation of the native VM. The variant's index is its opcode.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
#[scale_info(capture_docs = "always")]
pub enum NativeCall {
	/// Moves an amount of the native coin or of a token from the sender to an identity.
	///
	/// Opens the receiver's account if it has none. Zero amounts and transfers to oneself succeed and
	/// change no balance.
	#[codec(index = 0x01)]
	Transfer {
		/// The token's mint, or nothing for the native coin.
		asset: Option<MintId>,
		/// The receiver's id_com (account).
		to: IdCom,
		/// How much, in base units: 10^18 of them make one native coin.
		amount: LedgerAmount,
	},
	/// Opens an account for an identity that has none, and moves native coin to it.
	///
	/// The account gets its address on every VM, and is never reaped afterwards, so its nonce never
	/// starts again. Naming an id_com gives no power over it.
	#[codec(index = 0x02)]
	CreateAccount {
		/// The id_com that gets the account.
		id_com: IdCom,
		/// Native coin to move to it, in base units; may be zero.
		amount: LedgerAmount,
	},
	/// Makes a key the only authentication key of the sender, or takes all of them away.
	///
	/// An authentication key may act as the identity by `idCom.actAs`. The key of a Substrate account
	/// itself is not affected.
	#[codec(index = 0x03)]
	SetAuthKey {
		/// The key; nothing leaves the identity without authentication keys.
		key: Option<AuthKey>,
	},
	/// Adds an authentication key of the sender. An identity has 8 at most.
	#[codec(index = 0x04)]
	AddAuthKey {
		/// The key.
		key: AuthKey,
	},
	/// Makes a wallet of another chain one of the sender's: it acts as the sender from then on, and its
	/// native coin moves at once. The same as `idCom.bind`.
	#[codec(index = 0x05)]
	BindAddress {
		/// The wallet's address.
		address: Address,
		/// The wallet's signature, by which it agrees.
		proof: Box<BindingProof>,
	},
}
