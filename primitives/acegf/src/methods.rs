// SPDX-License-Identifier: Apache-2.0
//! The list of methods that an identity is the hash of.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, Error, Input, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};
use unum_id_com::{tagged_sha256, Domain, IdCom};

use crate::{Method, MethodKind};

/// Most methods that an identity can have.
const COUNT_MAX: u32 = 4;

type List = BoundedVec<Method, ConstU32<COUNT_MAX>>;

/// The methods of an identity.
///
/// # Invariants
/// 1 to 4 methods, their kinds strictly ascending: an identity has one list, and a list is one
/// identity. Decoding checks it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, MaxEncodedLen, TypeInfo)]
pub struct Methods(List);

impl Methods {
	/// Checks a list.
	///
	/// # Errors
	/// [`MethodsError`], with the first rule that the list breaks.
	pub fn new(methods: Vec<Method>) -> Result<Self, MethodsError> {
		let found = methods.len();
		let list = List::try_from(methods).map_err(|_| MethodsError::TooMany { found })?;
		Self::checked(list)
	}

	/// Checks the order of a list that is not too long.
	fn checked(list: List) -> Result<Self, MethodsError> {
		if list.is_empty() {
			return Err(MethodsError::Empty);
		}
		let mut pairs = list.iter().zip(list.iter().skip(1));
		match pairs.find(|(before, after)| before.kind >= after.kind) {
			Some((before, after)) => {
				Err(MethodsError::NotAscending { before: before.kind, after: after.kind })
			},
			None => Ok(Self(list)),
		}
	}

	/// The identity that these methods make: `SHA-256("ace-id-com:v1" ‖ count u8 ‖ methods)`.
	///
	/// # Examples
	/// ```
	/// use unum_acegf::{Method, MethodKind, Methods};
	/// let key = Method { kind: MethodKind::MlDsa44, commitment: [1; 32] };
	/// let alone = Methods::new(vec![key]).unwrap().id_com();
	/// let proof = Method { kind: MethodKind::Pairing, commitment: [2; 32] };
	/// let both = Methods::new(vec![proof, key]).unwrap().id_com();
	/// assert_ne!(alone, both);
	/// assert!(Methods::new(vec![key, proof]).is_err(), "one identity has one list");
	/// ```
	pub fn id_com(&self) -> IdCom {
		// At most four, so the count is never cut.
		let count = u8::try_from(self.0.len()).unwrap_or(u8::MAX);
		let methods: Vec<u8> = self.0.iter().flat_map(Encode::encode).collect();
		tagged_sha256(Domain::ID_COM, &[&[count], &methods]).into()
	}

	/// The methods, in ascending order of their kinds.
	pub fn as_slice(&self) -> &[Method] {
		&self.0
	}

	/// The commitment of the method of this kind, if it is one of these.
	pub fn commitment(&self, kind: MethodKind) -> Option<&[u8; 32]> {
		self.0.iter().find(|method| method.kind == kind).map(|method| &method.commitment)
	}
}

impl Decode for Methods {
	fn decode<I: Input>(input: &mut I) -> Result<Self, Error> {
		Self::checked(List::decode(input)?).map_err(|error| error.reason().into())
	}
}

impl DecodeWithMemTracking for Methods {}

/// A list of methods is no identity's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MethodsError {
	/// There is no method.
	Empty,
	/// There are more than four.
	TooMany {
		/// How many there are.
		found: usize,
	},
	/// Two methods are of one kind, or in the wrong order.
	NotAscending {
		/// The kind of the first.
		before: MethodKind,
		/// The kind of the method that follows it.
		after: MethodKind,
	},
}

impl MethodsError {
	/// The rule that is broken, without the numbers: what a decoder can report.
	const fn reason(self) -> &'static str {
		match self {
			Self::Empty => "an identity has at least one method",
			Self::TooMany { .. } => "an identity has at most four methods",
			Self::NotAscending { .. } => "the kinds of methods must ascend, each occurring once",
		}
	}
}

impl fmt::Display for MethodsError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.reason())?;
		match self {
			Self::Empty => Ok(()),
			Self::TooMany { found } => write!(f, ", found {found}"),
			Self::NotAscending { before, after } => write!(f, ", found {after} after {before}"),
		}
	}
}

impl core::error::Error for MethodsError {}
