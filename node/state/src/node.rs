// SPDX-License-Identifier: Apache-2.0
//! A node of the trie, taken apart.

use sp_core::H256;
use sp_runtime::traits::BlakeTwo256;
use sp_trie::{nibble_ops::NIBBLE_LENGTH, NodeCodec};
use trie_db::{
	node::{Node as Encoded, NodeHandle, Value as EncodedValue},
	ChildReference, NibbleSlice, NodeCodec as _,
};

use crate::{
	nibbles::{self, Nibbles},
	root::RootError,
};

/// A node as its parent has it: by hash, or itself where that is shorter than a hash.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reference {
	Hash(H256),
	Inline([u8; 32], usize),
}

/// A value as a node has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value {
	Inline(Vec<u8>),
	Hash(H256),
}

/// A node: a leaf, if it has no children.
#[derive(Clone, Debug)]
pub(crate) struct Node {
	/// What its key has after its place: that of its parent, and the number that it has there.
	pub(crate) partial: Nibbles,
	pub(crate) value: Option<Value>,
	children: Option<Box<Children>>,
}

type Children = [Option<Reference>; NIBBLE_LENGTH];

impl Reference {
	/// An encoded node itself; nothing if it is too long to be in its parent.
	fn inline(encoded: &[u8]) -> Option<Self> {
		let mut bytes = [0; 32];
		// One of a hash's length would be taken for a hash.
		let place =
			bytes.get_mut(..encoded.len()).filter(|place| place.len() < H256::len_bytes())?;
		place.copy_from_slice(encoded);
		Some(Self::Inline(bytes, encoded.len()))
	}

	/// By which hash, if by one.
	pub(crate) fn hash(self) -> Option<H256> {
		match self {
			Self::Hash(hash) => Some(hash),
			Self::Inline(..) => None,
		}
	}

	/// What the parent of an encoded node has of it.
	pub(crate) fn to(encoded: &[u8], hash: impl FnOnce() -> H256) -> Self {
		Self::inline(encoded).unwrap_or_else(|| Self::Hash(hash()))
	}
}

impl From<Reference> for ChildReference<H256> {
	fn from(reference: Reference) -> Self {
		match reference {
			Reference::Hash(hash) => Self::Hash(hash),
			Reference::Inline(bytes, length) => Self::Inline(bytes.into(), length),
		}
	}
}

impl Node {
	/// One that has nothing yet.
	pub(crate) fn bare(partial: Nibbles) -> Self {
		Self { partial, value: None, children: None }
	}

	/// Its children by their numbers, those that there are.
	pub(crate) fn children(&self) -> impl Iterator<Item = (u8, Reference)> + '_ {
		let all = self.children.iter().flat_map(|children| (0..).zip(children.iter()));
		all.filter_map(|(index, child)| Some((index, (*child)?)))
	}

	/// The child of a number.
	pub(crate) fn child(&self, index: u8) -> Option<Reference> {
		*self.children.as_ref()?.get(usize::from(index))?
	}

	/// Sets the child of a number, or that there is none. Returns the one before.
	pub(crate) fn set_child(&mut self, index: u8, child: Option<Reference>) -> Option<Reference> {
		let children = self.children.get_or_insert_with(|| Box::new([None; NIBBLE_LENGTH]));
		let place = children.get_mut(usize::from(index))?;
		core::mem::replace(place, child)
	}

	/// Takes a node apart. Of an empty trie there is none.
	pub(crate) fn decode(encoded: &[u8]) -> Result<Option<Self>, RootError> {
		let value = |value: EncodedValue<'_>| match value {
			EncodedValue::Inline(bytes) => Value::Inline(bytes.to_vec()),
			EncodedValue::Node(hash) => Value::Hash(H256::from_slice(hash)),
		};
		let nibbles_of = |partial: NibbleSlice<'_>| -> Nibbles {
			(0..partial.len()).map(|index| partial.at(index)).collect()
		};
		let child = |child: NodeHandle<'_>| match child {
			NodeHandle::Hash(hash) => Ok(Reference::Hash(H256::from_slice(hash))),
			NodeHandle::Inline(bytes) => Reference::inline(bytes).ok_or(RootError::Undecodable),
		};
		let decoded =
			NodeCodec::<BlakeTwo256>::decode(encoded).map_err(|_| RootError::Undecodable)?;
		match decoded {
			Encoded::Empty => Ok(None),
			Encoded::Leaf(partial, bytes) => {
				Ok(Some(Self { value: Some(value(bytes)), ..Self::bare(nibbles_of(partial)) }))
			},
			Encoded::NibbledBranch(partial, children, bytes) => {
				let mut all = Box::new([None; NIBBLE_LENGTH]);
				for (place, handle) in all.iter_mut().zip(children) {
					*place = handle.map(child).transpose()?;
				}
				let (partial, value) = (nibbles_of(partial), bytes.map(value));
				Ok(Some(Self { partial, value, children: Some(all) }))
			},
			// Of other layouts.
			Encoded::Extension(..) | Encoded::Branch(..) => Err(RootError::Undecodable),
		}
	}

	pub(crate) fn encode(&self) -> Vec<u8> {
		let value = self.value.as_ref().map(|value| match value {
			Value::Inline(bytes) => EncodedValue::Inline(bytes),
			Value::Hash(hash) => EncodedValue::Node(hash.as_bytes()),
		});
		let (partial, length) = (nibbles::packed_right(&self.partial), self.partial.len());
		let is_leaf = self.children().next().is_none();
		match value {
			Some(value) if is_leaf => NodeCodec::<BlakeTwo256>::leaf_node(partial, length, value),
			value => {
				let children = self.children.iter().flat_map(|children| children.iter());
				let children = children.map(|child| child.map(ChildReference::from));
				NodeCodec::<BlakeTwo256>::branch_node_nibbled(partial, length, children, value)
			},
		}
	}
}
