// SPDX-License-Identifier: Apache-2.0
//! The identity that a secret makes.

use core::{fmt, str::FromStr};

use super::{pairing_commitment, PairingError, Rev, Stream, PAIRING_DOMAIN};
use crate::{Method, MethodKind, Methods, MethodsError};

/// Which methods an identity has.
///
/// An account is as strong as the weakest of its methods, so the default is one: ML-DSA-44.
///
/// Text form: `ml-dsa`, `pairing`, `both`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum MethodSet {
	/// ML-DSA-44 alone.
	#[default]
	MlDsa,
	/// The Poseidon commitment alone.
	Pairing,
	/// Either of the two.
	Both,
}

impl MethodSet {
	/// Every set there is.
	pub const ALL: [Self; 3] = [Self::MlDsa, Self::Pairing, Self::Both];

	const fn name(self) -> &'static str {
		match self {
			Self::MlDsa => "ml-dsa",
			Self::Pairing => "pairing",
			Self::Both => "both",
		}
	}
}

/// What the label of the salt ends with: a stream that is no key. The phrase alone then restores the
/// identity, and the commitment has more unknowns than the secret.
const SALT_LABEL: &str = "PAIRING-SALT";

impl Rev {
	/// The methods of the identity that this secret makes.
	///
	/// # Errors
	/// [`IdentityError`]: a library refuses what it should not; see there.
	///
	/// # Examples
	/// ```
	/// use unum_acegf::wallet::{MethodSet, Rev};
	/// let rev = Rev::new([7; 32]);
	/// let id_com = rev.methods(MethodSet::default()).unwrap().id_com();
	/// assert_ne!(rev.methods(MethodSet::Both).unwrap().id_com(), id_com);
	/// ```
	pub fn methods(&self, set: MethodSet) -> Result<Methods, IdentityError> {
		let methods = match set {
			MethodSet::MlDsa => vec![self.ml_dsa_44()],
			MethodSet::Pairing => vec![self.pairing()?],
			MethodSet::Both => vec![self.pairing()?, self.ml_dsa_44()],
		};
		Ok(Methods::new(methods)?)
	}

	fn ml_dsa_44(&self) -> Method {
		Method::ml_dsa_44(&self.key(Stream::MlDsa44).public_key())
	}

	/// The commitment with the salt that is derived from the secret, in this chain's domain.
	fn pairing(&self) -> Result<Method, PairingError> {
		let commitment = pairing_commitment(self, &self.expand(SALT_LABEL), PAIRING_DOMAIN)?;
		Ok(Method { kind: MethodKind::Pairing, commitment })
	}
}

impl fmt::Display for MethodSet {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.name())
	}
}

/// The text names no set of methods.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseMethodSetError;

impl fmt::Display for ParseMethodSetError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("the methods are ml-dsa, pairing or both")
	}
}

impl core::error::Error for ParseMethodSetError {}

impl FromStr for MethodSet {
	type Err = ParseMethodSetError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		Self::ALL.into_iter().find(|set| set.name() == text).ok_or(ParseMethodSetError)
	}
}

/// The identity of a secret could not be computed. Neither case can happen with the libraries that
/// this crate was tested with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdentityError {
	/// The Poseidon commitment.
	Pairing(PairingError),
	/// The list of methods.
	Methods(MethodsError),
}

impl fmt::Display for IdentityError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Pairing(cause) => cause.fmt(f),
			Self::Methods(cause) => cause.fmt(f),
		}
	}
}

impl core::error::Error for IdentityError {}

impl From<PairingError> for IdentityError {
	fn from(cause: PairingError) -> Self {
		Self::Pairing(cause)
	}
}

impl From<MethodsError> for IdentityError {
	fn from(cause: MethodsError) -> Self {
		Self::Methods(cause)
	}
}
