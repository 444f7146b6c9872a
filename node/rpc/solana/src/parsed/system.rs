// SPDX-License-Identifier: Apache-2.0
//! Instructions of the System program.

use serde_json::{json, Value};

use super::{named, Instruction, Reader};

pub(super) fn instruction(instruction: &Instruction<'_>) -> Option<Value> {
	let mut data = Reader(instruction.data);
	let key = |position| instruction.key(position);
	Some(match data.u32()? {
		0 => named(
			"createAccount",
			json!({
				"source": key(0)?,
				"newAccount": key(1)?,
				"lamports": data.u64()?,
				"space": data.u64()?,
				"owner": data.key()?.to_string(),
			}),
		),
		1 => named("assign", json!({ "account": key(0)?, "owner": data.key()?.to_string() })),
		2 => named(
			"transfer",
			json!({ "source": key(0)?, "destination": key(1)?, "lamports": data.u64()? }),
		),
		3 => named(
			"createAccountWithSeed",
			json!({
				"source": key(0)?,
				"newAccount": key(1)?,
				"base": data.key()?.to_string(),
				"seed": data.text()?,
				"lamports": data.u64()?,
				"space": data.u64()?,
				"owner": data.key()?.to_string(),
			}),
		),
		8 => named("allocate", json!({ "account": key(0)?, "space": data.u64()? })),
		9 => named(
			"allocateWithSeed",
			json!({
				"account": key(0)?,
				"base": data.key()?.to_string(),
				"seed": data.text()?,
				"space": data.u64()?,
				"owner": data.key()?.to_string(),
			}),
		),
		10 => named(
			"assignWithSeed",
			json!({
				"account": key(0)?,
				"base": data.key()?.to_string(),
				"seed": data.text()?,
				"owner": data.key()?.to_string(),
			}),
		),
		11 => named(
			"transferWithSeed",
			json!({
				"source": key(0)?,
				"sourceBase": key(1)?,
				"destination": key(2)?,
				"lamports": data.u64()?,
				"sourceSeed": data.text()?,
				"sourceOwner": data.key()?.to_string(),
			}),
		),
		nonce => return nonce_instruction(instruction, nonce, data),
	})
}

/// Those about nonces.
fn nonce_instruction(
	instruction: &Instruction<'_>,
	number: u32,
	mut data: Reader<'_>,
) -> Option<Value> {
	let key = |position| instruction.key(position);
	Some(match number {
		4 => named(
			"advanceNonce",
			json!({
				"nonceAccount": key(0)?,
				"recentBlockhashesSysvar": key(1)?,
				"nonceAuthority": key(2)?,
			}),
		),
		5 => named(
			"withdrawFromNonce",
			json!({
				"nonceAccount": key(0)?,
				"destination": key(1)?,
				"recentBlockhashesSysvar": key(2)?,
				"rentSysvar": key(3)?,
				"nonceAuthority": key(4)?,
				"lamports": data.u64()?,
			}),
		),
		6 => named(
			"initializeNonce",
			json!({
				"nonceAccount": key(0)?,
				"recentBlockhashesSysvar": key(1)?,
				"rentSysvar": key(2)?,
				"nonceAuthority": data.key()?.to_string(),
			}),
		),
		7 => named(
			"authorizeNonce",
			json!({
				"nonceAccount": key(0)?,
				"nonceAuthority": key(1)?,
				"newAuthorized": data.key()?.to_string(),
			}),
		),
		12 => named("upgradeNonce", json!({ "nonceAccount": key(0)? })),
		_ => return None,
	})
}
