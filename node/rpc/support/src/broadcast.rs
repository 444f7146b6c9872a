// SPDX-License-Identifier: Apache-2.0
//! News for many readers.

use futures::{stream, Stream};
use tokio::sync::broadcast::{self, error::RecvError};

/// How many items a reader may be behind.
const CAPACITY: usize = 1_024;

/// Tells each item to whoever listens.
#[derive(Debug)]
pub struct Broadcast<T> {
	sender: broadcast::Sender<T>,
}

impl<T: Clone + Send + 'static> Default for Broadcast<T> {
	fn default() -> Self {
		Self::new()
	}
}

impl<T: Clone + Send + 'static> Broadcast<T> {
	/// Nobody listens yet.
	pub fn new() -> Self {
		Self { sender: broadcast::Sender::new(CAPACITY) }
	}

	/// Tells an item. Nobody may be listening.
	pub fn send(&self, item: T) {
		let _ = self.sender.send(item);
	}

	/// The items from now on; ends where the reader is so slow that it has missed one.
	pub fn all(&self) -> impl Stream<Item = T> + use<T> {
		stream::unfold(self.sender.subscribe(), |mut receiver| async move {
			receiver.recv().await.ok().map(|item| (item, receiver))
		})
	}

	/// The items from now on, without those that a slow reader has missed.
	pub fn newest(&self) -> impl Stream<Item = T> + use<T> {
		stream::unfold(self.sender.subscribe(), |mut receiver| async move {
			loop {
				match receiver.recv().await {
					Ok(item) => return Some((item, receiver)),
					Err(RecvError::Lagged(_)) => continue,
					Err(RecvError::Closed) => return None,
				}
			}
		})
	}
}
