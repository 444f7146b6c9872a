// SPDX-License-Identifier: Apache-2.0
//! Which logs a filter lets through.

use unum_ethereum_view::{LogView, H160, H256};

/// Whether a log comes from one of the addresses and has one of the topics at each position.
///
/// An empty list lets everything through. A log with fewer topics than there are positions does not
/// match, even where the list of the missing position is empty: so it is in geth (`filterLogs`).
///
/// ```
/// use unum_ethereum_index::matches;
/// use unum_ethereum_view::{LogView, H160, H256};
///
/// let token = H160::repeat_byte(1);
/// let [transfer, alice, bob] = [2, 3, 4].map(H256::repeat_byte);
/// let log = LogView { address: token, topics: vec![transfer, alice, bob], data: vec![] };
///
/// assert!(matches(&log, &[], &[]));
/// assert!(matches(&log, &[token], &[vec![transfer], vec![], vec![alice, bob]]));
/// assert!(!matches(&log, &[], &[vec![], vec![bob]]));
/// assert!(!matches(&log, &[], &[vec![], vec![], vec![], vec![]]));
/// ```
pub fn matches(log: &LogView, addresses: &[H160], topics: &[Vec<H256>]) -> bool {
	let lets_through = |(wanted, topic): (&Vec<H256>, &H256)| is_among(topic, wanted);
	is_among(&log.address, addresses)
		&& log.topics.len() >= topics.len()
		&& topics.iter().zip(&log.topics).all(lets_through)
}

fn is_among<T: PartialEq>(value: &T, wanted: &[T]) -> bool {
	wanted.is_empty() || wanted.contains(value)
}
