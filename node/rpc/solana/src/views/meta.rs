// SPDX-License-Identifier: Apache-2.0
//! What became of a transaction (`transaction-status-client-types` upstream).

use serde_json::{json, Map, Value};
use unum_address::SvmAddress;
use unum_solana_view::{InnerInstructions, ReturnData, TokenBalance, TransactionMeta};

use super::{amount, error::outcome, transaction_error};
use crate::{
	parsed::{self, base64, Instruction},
	RpcError,
};

/// How much of it is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MetaParts {
	/// All; instructions as numbers.
	Compiled,
	/// All; instructions in words.
	Parsed,
	/// What accounts had.
	Balances,
}

/// What became of a transaction with these accounts.
pub(crate) fn meta(
	meta: &TransactionMeta,
	keys: &[SvmAddress],
	parts: MetaParts,
	with_rewards: bool,
) -> Result<Value, RpcError> {
	let mut fields = json!({
		"err": meta.error.as_ref().map(transaction_error),
		"status": outcome(meta.error.as_ref()),
		"fee": meta.fee,
		"preBalances": meta.pre_balances,
		"postBalances": meta.post_balances,
		"preTokenBalances": stored_token_balances(&meta.pre_token_balances),
		"postTokenBalances": stored_token_balances(&meta.post_token_balances),
	});
	if let (Some(fields), true) = (fields.as_object_mut(), parts != MetaParts::Balances) {
		details(fields, meta, keys, parts, with_rewards)?;
	}
	Ok(fields)
}

fn details(
	fields: &mut Map<String, Value>,
	meta: &TransactionMeta,
	keys: &[SvmAddress],
	parts: MetaParts,
	with_rewards: bool,
) -> Result<(), RpcError> {
	let is_parsed = parts == MetaParts::Parsed;
	let inner = inner(&meta.inner_instructions, keys, is_parsed)?;
	fields.insert("innerInstructions".into(), inner);
	fields.insert("logMessages".into(), json!(logs(&meta.log_messages)));
	fields.insert("computeUnitsConsumed".into(), json!(meta.compute_units_consumed));
	if with_rewards {
		fields.insert("rewards".into(), json!([]));
	}
	if let Some(data) = &meta.return_data {
		fields.insert("returnData".into(), return_data(data));
	}
	// The parsed form has them among the accounts.
	if !is_parsed {
		let texts = |keys: &[SvmAddress]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
		let loaded = json!({
			"writable": texts(&meta.loaded_addresses.writable),
			"readonly": texts(&meta.loaded_addresses.readonly),
		});
		fields.insert("loadedAddresses".into(), loaded);
	}
	Ok(())
}

/// Lines that programs have logged.
pub(crate) fn logs(lines: &[Vec<u8>]) -> Vec<String> {
	lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect()
}

/// What an instruction returned.
pub(crate) fn return_data(data: &ReturnData) -> Value {
	json!({ "programId": data.program.to_string(), "data": [base64(&data.data), "base64"] })
}

/// What token accounts had.
pub(crate) fn token_balances(balances: &[TokenBalance]) -> Value {
	let each = balances.iter().map(|balance| {
		json!({
			"accountIndex": balance.account_index,
			"mint": balance.mint.to_string(),
			"uiTokenAmount": amount(balance.amount, balance.decimals),
			"owner": balance.owner.to_string(),
			"programId": balance.program.to_string(),
		})
	});
	each.collect()
}

/// The same of a transaction that is included: upstream's store leaves the number out where it is as good
/// as zero, so clients get none there (`storage-proto/src/convert.rs`).
fn stored_token_balances(balances: &[TokenBalance]) -> Value {
	let mut written = token_balances(balances);
	for balance in written.as_array_mut().into_iter().flatten() {
		let number = balance.pointer_mut("/uiTokenAmount/uiAmount");
		let is_zero = |number: &Value| number.as_f64().is_some_and(|it| it.abs() <= f64::EPSILON);
		if let Some(number) = number.filter(|number| is_zero(number)) {
			*number = Value::Null;
		}
	}
	written
}

/// What instructions have called.
pub(crate) fn inner(
	calls: &[InnerInstructions],
	keys: &[SvmAddress],
	is_parsed: bool,
) -> Result<Value, RpcError> {
	let of_one = |calls: &InnerInstructions| -> Result<Value, RpcError> {
		let each = calls.instructions.iter().map(|call| {
			let (program, accounts, height) =
				(call.program_index, &call.accounts, call.stack_height);
			match is_parsed {
				true => parsed_instruction(keys, program, accounts, &call.data, height),
				false => Ok(compiled(program, accounts, &call.data, height)),
			}
		});
		let instructions = each.collect::<Result<Vec<_>, _>>()?;
		Ok(json!({ "index": calls.index, "instructions": instructions }))
	};
	calls.iter().map(of_one).collect()
}

/// An instruction as numbers.
pub(crate) fn compiled(program: u8, accounts: &[u8], data: &[u8], height: u8) -> Value {
	json!({
		"programIdIndex": program,
		"accounts": accounts,
		"data": base58(data),
		"stackHeight": height,
	})
}

/// An instruction in words, or with keys at least.
pub(crate) fn parsed_instruction(
	keys: &[SvmAddress],
	program: u8,
	accounts: &[u8],
	data: &[u8],
	height: u8,
) -> Result<Value, RpcError> {
	let key = |index: &u8| {
		let key = keys.get(usize::from(*index)).copied();
		key.ok_or_else(|| RpcError::Damaged("an instruction names no account".into()))
	};
	let program = key(&program)?;
	let keys = accounts.iter().map(key).collect::<Result<Vec<_>, _>>()?;
	let instruction = Instruction { program, keys, data };
	if let Some((name, parsed)) = parsed::instruction(&instruction) {
		return Ok(json!({
			"program": name,
			"programId": program.to_string(),
			"parsed": parsed,
			"stackHeight": height,
		}));
	}
	let accounts: Vec<_> = instruction.keys.iter().map(ToString::to_string).collect();
	Ok(json!({
		"programId": program.to_string(),
		"accounts": accounts,
		"data": base58(data),
		"stackHeight": height,
	}))
}

/// Bytes in base58.
pub(crate) fn base58(bytes: &[u8]) -> String {
	bs58::encode(bytes).into_string()
}
