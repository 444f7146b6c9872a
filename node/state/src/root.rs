// SPDX-License-Identifier: Apache-2.0
//! The trie's root after many changes, by one walk from the top in which subtrees are independent.
//!
//! The SDK inserts one key after the other (`trie_db::TrieDBMut`). Here all keys go down the trie together:
//! at each branch they are divided among its children, each subtree comes back as what it has become, and
//! is encoded and hashed once. Subtrees with enough to do go to several threads. A trie is determined by
//! what is in it, so the nodes that come and go are the same ones.

use std::sync::Arc;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use sp_core::{Hasher, H256};
use sp_runtime::{traits::BlakeTwo256, StateVersion};
use sp_state_machine::{BackendTransaction, TrieBackendStorage};
use sp_trie::{HashDBT as _, NodeCodec};
use trie_db::NodeCodec as _;

use crate::{
	nibbles::{self, Nibbles},
	node::{Node, Reference, Value},
	nodes::Nodes,
};

/// The least changes in a subtree that are divided among threads.
const PARALLEL_MIN: usize = 24;

/// A key, and its value from now on.
pub(crate) type Entry<'d> = (&'d [u8], Option<&'d [u8]>);

/// Why a root was not computed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RootError {
	/// The storage failed.
	#[error("a node of the trie could not be read: {0}")]
	Unreadable(String),
	/// A node that another one names is not there.
	#[error("node {0:?} of the trie is missing")]
	Missing(H256),
	/// A node is none of this layout.
	#[error("a node of the trie does not decode")]
	Undecodable,
	/// A key is removed that another key begins with. Of such a one `trie_db::TrieDBMut` may remove the
	/// other one's value (`remove_inspector` compares no partial key where nothing is left of the key).
	#[error("a key that is removed is the begin of another one")]
	Begin,
	/// The changes are not in the order of their keys, or two are of one key.
	#[error("the changes are not in order")]
	Order,
}

/// What was at a place.
enum Was {
	Nothing,
	Stored(Reference),
	/// A node from further up: it was cut in two there.
	Cut(Node),
}

/// What is at a place now.
enum Becomes {
	Same,
	Nothing,
	Node(Node),
}

/// Nodes that come and go, each after its place in the trie.
#[derive(Default)]
struct Changes {
	inserted: Vec<(Vec<u8>, H256, Vec<u8>)>,
	removed: Vec<(Vec<u8>, H256)>,
}

impl Changes {
	fn insert(&mut self, place: Vec<u8>, hash: H256, bytes: Vec<u8>) {
		self.inserted.push((place, hash, bytes));
	}

	fn remove(&mut self, place: Vec<u8>, hash: H256) {
		self.removed.push((place, hash));
	}

	/// The node that something referred to goes.
	fn remove_referred(&mut self, place: &[u8], reference: Option<Reference>) {
		if let Some(Reference::Hash(hash)) = reference {
			self.remove(nibbles::packed_left(place), hash);
		}
	}

	fn append(&mut self, mut other: Self) {
		self.inserted.append(&mut other.inserted);
		self.removed.append(&mut other.removed);
	}

	fn into_transaction(self) -> BackendTransaction<BlakeTwo256> {
		let mut transaction = BackendTransaction::<BlakeTwo256>::default();
		for (place, hash, bytes) in self.inserted {
			transaction.emplace(hash, (&place, None), bytes);
		}
		for (place, hash) in self.removed {
			transaction.remove(&hash, (&place, None));
		}
		transaction
	}
}

/// A walk through a trie.
struct Walk<'a, S> {
	storage: &'a S,
	nodes: &'a Nodes,
	/// Values from this length on have a node of their own.
	threshold: usize,
	parallel_min: usize,
}

/// The root of a trie after changes, which are in the order of their keys, and the nodes that come and go.
/// Uses the threads of the pool that it is called in.
///
/// # Errors
/// [`RootError`]: it has to be computed in the SDK's way.
pub(crate) fn update<S: TrieBackendStorage<BlakeTwo256> + Sync>(
	storage: &S,
	nodes: &Nodes,
	root: H256,
	entries: &[Entry<'_>],
	version: StateVersion,
) -> Result<(H256, BackendTransaction<BlakeTwo256>), RootError> {
	update_by(storage, nodes, root, entries, version, PARALLEL_MIN)
}

fn update_by<S: TrieBackendStorage<BlakeTwo256> + Sync>(
	storage: &S,
	nodes: &Nodes,
	root: H256,
	entries: &[Entry<'_>],
	version: StateVersion,
	parallel_min: usize,
) -> Result<(H256, BackendTransaction<BlakeTwo256>), RootError> {
	let threshold = match version.state_value_threshold() {
		Some(threshold) => usize::try_from(threshold).unwrap_or(usize::MAX),
		None => usize::MAX,
	};
	let walk = Walk { storage, nodes, threshold, parallel_min };
	if !entries.is_sorted_by(|one, next| one.0 < next.0) {
		return Err(RootError::Order);
	}
	let nothing = NodeCodec::<BlakeTwo256>::hashed_null_node();
	let was = if root == nothing { Was::Nothing } else { Was::Stored(Reference::Hash(root)) };
	let mut changes = Changes::default();
	let new = match walk.subtree(was, &mut vec![], entries, &mut changes)? {
		Becomes::Same => return Ok((root, Default::default())),
		Becomes::Nothing => nothing,
		// By hash, however short it is.
		Becomes::Node(node) => {
			let encoded = node.encode();
			let hash = BlakeTwo256::hash(&encoded);
			if hash != root {
				walk.nodes.insert(hash, encoded.as_slice().into());
				changes.insert(vec![], hash, encoded);
			}
			hash
		},
	};
	if new != root && root != nothing {
		changes.remove(vec![], root);
	}
	Ok((new, changes.into_transaction()))
}

impl<S: TrieBackendStorage<BlakeTwo256> + Sync> Walk<'_, S> {
	/// What becomes of the subtree at a place by changes of keys that begin with the place.
	fn subtree(
		&self,
		was: Was,
		place: &mut Nibbles,
		entries: &[Entry<'_>],
		changes: &mut Changes,
	) -> Result<Becomes, RootError> {
		let from = place.len();
		let is_old = !matches!(was, Was::Nothing);
		let first = entries.iter().find(|(_, value)| value.is_some());
		let last = entries.iter().rfind(|(_, value)| value.is_some());
		let inserted = first.zip(last);
		let (mut node, mut is_new) = match (was, inserted) {
			(Was::Nothing, None) => return Ok(Becomes::Nothing),
			(Was::Nothing, Some(((first, _), (last, _)))) => {
				let shared = nibbles::common(first, from, nibbles::from(last, from));
				(Node::bare(nibbles::from(first, from).take(shared).collect()), true)
			},
			(Was::Stored(reference), _) => (self.load(reference, place)?, false),
			(Was::Cut(node), _) => (node, true),
		};
		if is_old && removes_begin(entries, from, &node.partial) {
			return Err(RootError::Begin);
		}
		// The first and the last key leave a node's partial key first of all that do.
		let kept = inserted.map_or(node.partial.len(), |((first, _), (last, _))| {
			let shared = |key| nibbles::common(key, from, node.partial.iter().copied());
			let by_first = shared(first);
			if core::ptr::eq(*first, *last) {
				by_first
			} else {
				by_first.min(shared(last))
			}
		});
		let mut below = None;
		if kept < node.partial.len() {
			let mut rest = node.partial.split_off(kept).into_iter();
			let index = rest.next().ok_or(RootError::Undecodable)?;
			let above = Node::bare(core::mem::take(&mut node.partial));
			node.partial = rest.collect();
			below = Some((index, core::mem::replace(&mut node, above)));
			is_new = true;
		}
		let mut entries = within(entries, from, &node.partial);
		place.extend(&node.partial);
		if let Some(((key, value), rest)) = entries.split_first() {
			if nibbles::count(key) == place.len() {
				is_new |= self.set_value(&mut node, key, *value, changes);
				entries = rest;
			}
		}
		let subtrees = self.subtrees(&node, below, place, entries, changes)?;
		let is_same = !is_new && subtrees.iter().all(|(_, became)| matches!(became, Becomes::Same));
		let became = match is_same {
			true => Ok(Becomes::Same),
			false => self.join(node, place, subtrees, changes),
		};
		place.truncate(from);
		became
	}

	/// What becomes of the subtrees below a node that change.
	fn subtrees(
		&self,
		node: &Node,
		mut cut: Option<(u8, Node)>,
		place: &mut Nibbles,
		entries: &[Entry<'_>],
		changes: &mut Changes,
	) -> Result<Vec<(u8, Becomes)>, RootError> {
		let mut groups: Vec<(u8, Was, &[Entry<'_>])> = Vec::new();
		let index_of = |(key, _): &Entry<'_>| nibbles::at(key, place.len()).unwrap_or_default();
		for group in entries.chunk_by(|one, other| index_of(one) == index_of(other)) {
			let index = group.first().map(index_of).unwrap_or_default();
			let was = match cut.take_if(|(other, _)| *other == index) {
				Some((_, node)) => Was::Cut(node),
				None => node.child(index).map_or(Was::Nothing, Was::Stored),
			};
			groups.push((index, was, group));
		}
		if let Some((index, node)) = cut {
			groups.push((index, Was::Cut(node), &[]));
		}
		if groups.len() < 2 || entries.len() < self.parallel_min {
			let become_of = |(index, was, entries)| {
				place.push(index);
				let became = self.subtree(was, place, entries, changes)?;
				place.pop();
				Ok((index, became))
			};
			return groups.into_iter().map(become_of).collect();
		}
		let become_of = |(index, was, entries)| {
			let (mut place, mut changes) = (place.clone(), Changes::default());
			place.push(index);
			let became = self.subtree(was, &mut place, entries, &mut changes)?;
			Ok((index, became, changes))
		};
		let became: Vec<_> = groups.into_par_iter().map(become_of).collect::<Result<_, _>>()?;
		let note = |(index, became, more)| {
			changes.append(more);
			(index, became)
		};
		Ok(became.into_iter().map(note).collect())
	}

	/// A node with what has become of subtrees below it. Where it has no reason to be there any more, it is
	/// one with the only child that is left.
	fn join(
		&self,
		mut node: Node,
		place: &mut Nibbles,
		subtrees: Vec<(u8, Becomes)>,
		changes: &mut Changes,
	) -> Result<Becomes, RootError> {
		let mut new: Vec<(u8, Node, Option<Reference>)> = Vec::new();
		for (index, became) in subtrees {
			match became {
				Becomes::Same => {},
				Becomes::Nothing => {
					place.push(index);
					changes.remove_referred(place, node.set_child(index, None));
					place.pop();
				},
				Becomes::Node(below) => new.push((index, below, node.set_child(index, None))),
			}
		}
		let (stays, is_more) = {
			let mut left = node.children();
			(left.next(), left.next().is_some())
		};
		let is_one = node.value.is_none() && !is_more;
		let only = match (stays, &new[..]) {
			(None, []) if is_one => return Ok(Becomes::Nothing),
			(None, [_]) if is_one => new.pop(),
			(Some((index, child)), []) if is_one => {
				place.push(index);
				let below = self.load(child, place)?;
				place.pop();
				Some((index, below, Some(child)))
			},
			_ => None,
		};
		if let Some((index, mut below, was)) = only {
			place.push(index);
			changes.remove_referred(place, was);
			place.pop();
			below.partial = [&node.partial[..], &[index], &below.partial].concat();
			return Ok(Becomes::Node(below));
		}
		for (index, below, was) in new {
			place.push(index);
			let reference = self.refer(&below, place, was, changes);
			place.pop();
			node.set_child(index, Some(reference));
		}
		Ok(Becomes::Node(node))
	}

	/// What a node's parent has of it.
	fn refer(
		&self,
		node: &Node,
		place: &[u8],
		was: Option<Reference>,
		changes: &mut Changes,
	) -> Reference {
		let encoded = node.encode();
		let reference = Reference::to(&encoded, || BlakeTwo256::hash(&encoded));
		let (old, new) = (was.and_then(Reference::hash), reference.hash());
		if old == new {
			return reference;
		}
		let place = nibbles::packed_left(place);
		if let Some(hash) = old {
			changes.remove(place.clone(), hash);
		}
		if let Some(hash) = new {
			self.nodes.insert(hash, encoded.as_slice().into());
			changes.insert(place, hash, encoded);
		}
		reference
	}

	/// Gives a node another value, or none. Whether that makes a difference.
	fn set_value(
		&self,
		node: &mut Node,
		key: &[u8],
		value: Option<&[u8]>,
		changes: &mut Changes,
	) -> bool {
		let new = value.map(|bytes| match bytes.len() < self.threshold {
			true => Value::Inline(bytes.to_vec()),
			false => Value::Hash(BlakeTwo256::hash(bytes)),
		});
		if node.value == new {
			return false;
		}
		if let (Some(Value::Hash(hash)), Some(bytes)) = (&new, value) {
			changes.insert(key.to_vec(), *hash, bytes.to_vec());
		}
		if let Some(Value::Hash(hash)) = core::mem::replace(&mut node.value, new) {
			changes.remove(key.to_vec(), hash);
		}
		true
	}

	/// The node that another one refers to.
	fn load(&self, reference: Reference, place: &[u8]) -> Result<Node, RootError> {
		let encoded = match &reference {
			Reference::Inline(bytes, length) => {
				return Node::decode(bytes.get(..*length).unwrap_or_default())?
					.ok_or(RootError::Undecodable);
			},
			Reference::Hash(hash) => match self.nodes.get(hash) {
				Some(encoded) => encoded,
				None => self.read(hash, place)?,
			},
		};
		Node::decode(&encoded)?.ok_or(RootError::Undecodable)
	}

	fn read(&self, hash: &H256, place: &[u8]) -> Result<Arc<[u8]>, RootError> {
		let place = nibbles::packed_left(place);
		let read = self.storage.get(hash, (&place, None)).map_err(RootError::Unreadable)?;
		let encoded: Arc<[u8]> = read.ok_or(RootError::Missing(*hash))?.into();
		self.nodes.insert(*hash, encoded.clone());
		Ok(encoded)
	}
}

/// Of keys with a common begin, in order, those that go on in a certain way. The others are not there
/// either way: they are to be removed.
fn within<'e, 'd>(mut entries: &'e [Entry<'d>], from: usize, partial: &[u8]) -> &'e [Entry<'d>] {
	let is_out = |(key, value): &Entry<'_>| {
		value.is_none() && nibbles::common(key, from, partial.iter().copied()) < partial.len()
	};
	while let Some((_, rest)) = entries.split_first().filter(|(first, _)| is_out(first)) {
		entries = rest;
	}
	while let Some((_, rest)) = entries.split_last().filter(|(last, _)| is_out(last)) {
		entries = rest;
	}
	entries
}

/// Whether a key is removed that ends on the way from a node's place to its end.
fn removes_begin(entries: &[Entry<'_>], from: usize, partial: &[u8]) -> bool {
	entries.iter().filter(|(_, value)| value.is_none()).any(|(key, _)| {
		let left = nibbles::count(key).saturating_sub(from);
		left < partial.len() && nibbles::common(key, from, partial.iter().copied()) == left
	})
}

#[cfg(test)]
mod tests;
