// SPDX-License-Identifier: Apache-2.0
//! The variables that programs read (`account-decoder/src/parse_sysvar.rs` upstream).

use serde_json::{json, Value};
use unum_address::SvmAddress;
use unum_solana_transaction::ids;

use super::{named, Reader};

/// Reads what a variable holds.
type Read = fn(&mut Reader<'_>) -> Option<Value>;

/// The account of a variable; none of one that is not shown in words.
pub(super) fn account(key: &SvmAddress, data: &[u8]) -> Option<Value> {
	let (name, read): (_, Read) = match *key {
		id if id == ids::clock_sysvar() => ("clock", clock),
		id if id == ids::epoch_rewards_sysvar() => ("epochRewards", epoch_rewards),
		id if id == ids::epoch_schedule_sysvar() => ("epochSchedule", epoch_schedule),
		id if id == ids::last_restart_slot_sysvar() => ("lastRestartSlot", last_restart_slot),
		id if id == ids::recent_blockhashes_sysvar() => ("recentBlockhashes", recent_blockhashes),
		id if id == ids::rent_sysvar() => ("rent", rent),
		id if id == ids::slot_hashes_sysvar() => ("slotHashes", slot_hashes),
		id if id == ids::stake_history_sysvar() => ("stakeHistory", stake_history),
		_ => return None,
	};
	Some(named(name, read(&mut Reader(data))?))
}

fn clock(data: &mut Reader<'_>) -> Option<Value> {
	Some(json!({
		"slot": data.u64()?,
		"epochStartTimestamp": data.take().map(i64::from_le_bytes)?,
		"epoch": data.u64()?,
		"leaderScheduleEpoch": data.u64()?,
		"unixTimestamp": data.take().map(i64::from_le_bytes)?,
	}))
}

fn epoch_rewards(data: &mut Reader<'_>) -> Option<Value> {
	Some(json!({
		"distributionStartingBlockHeight": data.u64()?,
		"numPartitions": data.u64()?,
		"parentBlockhash": data.key()?.to_string(),
		"totalPoints": data.u128()?,
		"totalRewards": data.u64()?.to_string(),
		"distributedRewards": data.u64()?.to_string(),
		"active": data.u8()? == 1,
	}))
}

fn epoch_schedule(data: &mut Reader<'_>) -> Option<Value> {
	Some(json!({
		"slotsPerEpoch": data.u64()?,
		"leaderScheduleSlotOffset": data.u64()?,
		"warmup": data.u8()? == 1,
		"firstNormalEpoch": data.u64()?,
		"firstNormalSlot": data.u64()?,
	}))
}

fn last_restart_slot(data: &mut Reader<'_>) -> Option<Value> {
	Some(json!({ "lastRestartSlot": data.u64()? }))
}

fn recent_blockhashes(data: &mut Reader<'_>) -> Option<Value> {
	data.list(|data| {
		Some(json!({
			"blockhash": data.key()?.to_string(),
			"feeCalculator": { "lamportsPerSignature": data.u64()?.to_string() },
		}))
	})
}

fn rent(data: &mut Reader<'_>) -> Option<Value> {
	Some(json!({
		"lamportsPerByteYear": data.u64()?.to_string(),
		"exemptionThreshold": data.take().map(f64::from_le_bytes)?,
		"burnPercent": data.u8()?,
	}))
}

fn slot_hashes(data: &mut Reader<'_>) -> Option<Value> {
	data.list(|data| Some(json!({ "slot": data.u64()?, "hash": data.key()?.to_string() })))
}

fn stake_history(data: &mut Reader<'_>) -> Option<Value> {
	data.list(|data| {
		let epoch = data.u64()?;
		let stake = json!({
			"effective": data.u64()?,
			"activating": data.u64()?,
			"deactivating": data.u64()?,
		});
		Some(json!({ "epoch": epoch, "stakeHistory": stake }))
	})
}
