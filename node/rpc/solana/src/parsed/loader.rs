// SPDX-License-Identifier: Apache-2.0
//! Programs: instructions and accounts of their loaders.

use serde_json::{json, Map, Value};

use super::{base64, named, Instruction, Reader};

/// Where the program begins in a buffer, and in the data of a program.
const BUFFER_DATA: usize = 37;
const PROGRAM_DATA: usize = 45;

/// Instructions of the loader whose programs can be replaced.
pub(super) fn upgradeable(instruction: &Instruction<'_>) -> Option<Value> {
	let mut data = Reader(instruction.data);
	let key = |position| instruction.key(position);
	Some(match data.u32()? {
		0 => named("initializeBuffer", fields([("account", Some(key(0)?)), ("authority", key(1))])),
		1 => {
			let (offset, bytes) = (data.u32()?, base64(data.bytes()?));
			let (account, authority) = (key(0)?, key(1)?);
			let info = json!({
				"offset": offset, "bytes": bytes, "account": account, "authority": authority,
			});
			named("write", info)
		},
		2 => named(
			"deployWithMaxDataLen",
			json!({
				"maxDataLen": data.u64()?,
				"payerAccount": key(0)?,
				"programDataAccount": key(1)?,
				"programAccount": key(2)?,
				"bufferAccount": key(3)?,
				"rentSysvar": key(4)?,
				"clockSysvar": key(5)?,
				"systemProgram": key(6)?,
				"authority": key(7)?,
			}),
		),
		3 => named(
			"upgrade",
			json!({
				"programDataAccount": key(0)?,
				"programAccount": key(1)?,
				"bufferAccount": key(2)?,
				"spillAccount": key(3)?,
				"rentSysvar": key(4)?,
				"clockSysvar": key(5)?,
				"authority": key(6)?,
			}),
		),
		4 => named("setAuthority", authority(instruction)?),
		5 => named(
			"close",
			fields([
				("account", Some(key(0)?)),
				("recipient", Some(key(1)?)),
				("authority", Some(key(2)?)),
				("programAccount", key(3)),
			]),
		),
		6 => {
			let mut info = fields([
				("programDataAccount", Some(key(0)?)),
				("programAccount", Some(key(1)?)),
				("systemProgram", key(2)),
				("payerAccount", key(3)),
			]);
			info.as_object_mut()?.insert("additionalBytes".into(), json!(data.u32()?));
			named("extendProgram", info)
		},
		7 => named("setAuthorityChecked", authority(instruction)?),
		_ => return None,
	})
}

fn authority(instruction: &Instruction<'_>) -> Option<Value> {
	let key = |position| instruction.key(position);
	Some(json!({ "account": key(0)?, "authority": key(1)?, "newAuthority": key(2) }))
}

/// Fields that are left out where they have no value.
fn fields<const N: usize>(fields: [(&str, Option<String>); N]) -> Value {
	let there = fields.into_iter().filter_map(|(name, value)| Some((name.into(), json!(value?))));
	Value::Object(there.collect::<Map<_, _>>())
}

/// Instructions of the loaders whose programs stay as they are.
pub(super) fn final_loader(instruction: &Instruction<'_>) -> Option<Value> {
	let mut data = Reader(instruction.data);
	let account = instruction.key(0)?;
	Some(match data.u32()? {
		0 => {
			let (offset, bytes) = (data.u32()?, base64(data.bytes()?));
			named("write", json!({ "offset": offset, "bytes": bytes, "account": account }))
		},
		1 => named("finalize", json!({ "account": account })),
		_ => return None,
	})
}

/// An account of the loader whose programs can be replaced.
pub(super) fn account(bytes: &[u8]) -> Option<Value> {
	let mut data = Reader(bytes);
	Some(match data.u32()? {
		0 => json!({ "type": "uninitialized" }),
		1 => {
			let info = json!({
				"authority": authority_key(&mut data)?,
				"data": [base64(bytes.get(BUFFER_DATA..).unwrap_or_default()), "base64"],
			});
			named("buffer", info)
		},
		2 => named("program", json!({ "programData": data.key()?.to_string() })),
		3 => {
			let info = json!({
				"slot": data.u64()?,
				"authority": authority_key(&mut data)?,
				"data": [base64(bytes.get(PROGRAM_DATA..).unwrap_or_default()), "base64"],
			});
			named("programData", info)
		},
		_ => return None,
	})
}

/// A key that may be missing; null then.
fn authority_key(data: &mut Reader<'_>) -> Option<Value> {
	Some(match data.u8()? {
		0 => Value::Null,
		_ => json!(data.key()?.to_string()),
	})
}
