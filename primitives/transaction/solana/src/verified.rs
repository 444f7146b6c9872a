// SPDX-License-Identifier: Apache-2.0
//! A transaction that was signed by whom it names.

use core::ops::Deref;

use crate::{LoadedAddresses, RawTransaction, ResolveError, ResolvedMessage};

/// A transaction that keeps the rules that need no state, and is signed.
///
/// # Invariants
/// Only [`RawTransaction::verify`] and [`RawTransaction::verify_with`] make one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified(RawTransaction);

impl Verified {
	pub(crate) const fn new(raw: RawTransaction) -> Self {
		Self(raw)
	}

	/// The message with the accounts that its lookups name, in the order of the lookups.
	///
	/// # Errors
	/// As [`ResolvedMessage::new`].
	pub fn resolve(self, loaded: LoadedAddresses) -> Result<ResolvedMessage, ResolveError> {
		ResolvedMessage::new(self.0.into_message(), loaded)
	}

	/// The transaction without what is known about its signatures.
	pub fn into_raw(self) -> RawTransaction {
		self.0
	}
}

impl Deref for Verified {
	type Target = RawTransaction;

	fn deref(&self) -> &RawTransaction {
		&self.0
	}
}
