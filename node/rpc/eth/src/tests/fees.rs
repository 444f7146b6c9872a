// SPDX-License-Identifier: Apache-2.0
//! What gas costs.

use serde_json::{json, Value};

use super::double::{block, extrinsic, included, Setup};

/// Transactions that used so much gas, at so much above the base fee.
fn paying(number: u64, paid: &[(u64, u128)]) -> unum_ethereum_index::IndexedBlock {
	let base_fee = u128::from(10 + number);
	let transactions = (0..).zip(paid).map(|(hash, (gas, tip))| {
		included(extrinsic(hash, 1, u64::from(hash)), *gas, base_fee + tip, vec![])
	});
	block(number, 0xff, 0xff, transactions.collect())
}

async fn of_length(number: u64) -> Setup {
	let setup = Setup::new();
	for number in 1..=number {
		setup.import(paying(number, &[(21_000, 3)]));
	}
	setup
}

/// The cases of geth's `TestFeeHistory` (eth/gasprice, facts only), with head 32: how many blocks are
/// asked for up to which one, and which one is the first of how many in the answer.
#[tokio::test]
async fn the_range_of_a_history_is_geths() {
	let setup = of_length(32).await;
	for (count, newest, first, blocks) in [
		(json!("0xa"), "0x1e", 21, 10),
		(json!(1_000_000_000), "0x1e", 0, 31),
		(json!("1000000000"), "latest", 0, 33),
		(json!("0x2"), "latest", 31, 2),
		(json!("0x1"), "0x0", 0, 1),
	] {
		let history = setup.get("eth_feeHistory", json!([count, newest, []])).await;
		assert_eq!(history["oldestBlock"], format!("{first:#x}"), "{count} {newest}");
		assert_eq!(history["gasUsedRatio"].as_array().unwrap().len(), blocks);
		assert_eq!(history["baseFeePerGas"].as_array().unwrap().len(), blocks + 1);
		assert_eq!(history["baseFeePerBlobGas"].as_array().unwrap().len(), blocks + 1);
		assert!(history.get("reward").is_none());
	}
	let (code, message) = setup.fail("eth_feeHistory", json!(["0xa", "0x28", []])).await;
	assert_eq!(
		(code, message.as_str()),
		(-32000, "request beyond head block: requested 40, head 32")
	);
	let nothing = setup.get("eth_feeHistory", json!(["0x0", "latest"])).await;
	assert_eq!(nothing["gasUsedRatio"], json!([]));
}

#[tokio::test]
async fn the_base_fee_after_the_newest_is_told_too() {
	let setup = of_length(3).await;
	let fees = |newest: &'static str| {
		let setup = &setup;
		async move { setup.get("eth_feeHistory", json!(["0x2", newest])).await["baseFeePerGas"].clone() }
	};
	// What the chain says of the block to come; what the index says of one that is there.
	assert_eq!(fees("latest").await, json!(["0xc", "0xd", "0x7"]));
	assert_eq!(fees("0x2").await, json!(["0xb", "0xc", "0xd"]));
}

/// Percentiles are weighted by gas: with 100 gas at 1, 300 at 2 and 600 at 5, a quarter of the gas is
/// used up by those at 2.
#[tokio::test]
async fn rewards_are_percentiles_of_gas() {
	let setup = Setup::new();
	setup.import(paying(1, &[(600, 5), (100, 1), (300, 2)]));
	let percentiles = [0.0, 10.0, 10.5, 25.0, 40.0, 40.2, 100.0];
	let history = setup.get("eth_feeHistory", json!(["0x2", "latest", percentiles])).await;
	let expected = json!([
		["0x0", "0x0", "0x0", "0x0", "0x0", "0x0", "0x0"],
		["0x1", "0x1", "0x2", "0x2", "0x2", "0x5", "0x5"]
	]);
	assert_eq!(history["reward"], expected);
	let ratio = history["gasUsedRatio"][1].as_f64().unwrap();
	assert!((ratio - 1_000.0 / 30_000_000.0).abs() < 1e-12);
}

#[tokio::test]
async fn percentiles_have_to_grow_within_bounds() {
	let setup = of_length(1).await;
	let many: Vec<_> = (0..101).map(|percent| f64::from(percent) / 2.0).collect();
	for (percentiles, words) in [
		(json!([20, 10]), "invalid reward percentile: #0:20.000000 >= #1:10.000000"),
		(json!([10, 10]), "invalid reward percentile: #0:10.000000 >= #1:10.000000"),
		(json!([-1]), "invalid reward percentile: -1.000000"),
		(json!([100.5]), "invalid reward percentile: 100.500000"),
		(json!(many), "invalid reward percentile: over the query limit 100"),
	] {
		let failure = setup.fail("eth_feeHistory", json!(["0x1", "latest", percentiles])).await;
		assert_eq!(failure, (-32000, words.to_string()));
	}
}

#[tokio::test]
async fn a_history_has_at_most_so_many_blocks() {
	let setup = Setup::new();
	let blocks: Vec<_> = (1..=1_100).map(|number| paying(number, &[])).collect();
	setup.index.insert_all(&blocks).unwrap();
	setup.index.set_best(blocks.last().unwrap().id.hash).unwrap();
	let history = setup.get("eth_feeHistory", json!(["0xffff", "latest"])).await;
	assert_eq!(history["gasUsedRatio"].as_array().unwrap().len(), 1_024);
	assert_eq!(history["oldestBlock"], format!("{:#x}", 1_100 - 1_023));
}

/// The three lowest tips of each block, and of these the one at 60 percent.
#[tokio::test]
async fn tips_are_suggested_from_the_lowest_of_recent_blocks() {
	const M: u128 = 1_000_000;
	let setup = Setup::new();
	assert_eq!(
		setup.get("eth_maxPriorityFeePerGas", json!([])).await,
		json!("0xf4240"),
		"the least"
	);
	assert_eq!(setup.get("eth_gasPrice", json!([])).await, json!("0xf4247"));
	setup.import(paying(1, &[(1, 9 * M), (1, M), (1, 2 * M), (1, 3 * M), (1, 8 * M)]));
	setup.import(paying(2, &[(1, 6 * M), (1, 5 * M)]));
	// 1, 2, 3, 5, 6 million: at 0.6 × 4.
	assert_eq!(setup.get("eth_maxPriorityFeePerGas", json!([])).await, json!("0x2dc6c0"));
	assert_eq!(setup.get("eth_gasPrice", json!([])).await, json!("0x2dc6c7"));
	for number in 3..=22 {
		setup.import(paying(number, &[]));
	}
	assert_eq!(setup.get("eth_maxPriorityFeePerGas", json!([])).await, json!("0xf4240"));
	let _: Value = setup.get("eth_feeHistory", json!(["0x5", "pending", [50]])).await;
}
