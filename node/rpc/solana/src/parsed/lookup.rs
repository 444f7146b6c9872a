// SPDX-License-Identifier: Apache-2.0
//! Address lookup tables.

use serde_json::{json, Value};

use super::{named, Instruction, Reader};

/// Where the addresses of a table begin.
const ADDRESSES: usize = 56;

pub(super) fn instruction(instruction: &Instruction<'_>) -> Option<Value> {
	let mut data = Reader(instruction.data);
	let key = |position| instruction.key(position);
	let table = json!({ "lookupTableAccount": key(0)?, "lookupTableAuthority": key(1)? });
	Some(match data.u32()? {
		0 => named(
			"createLookupTable",
			json!({
				"lookupTableAccount": key(0)?,
				"lookupTableAuthority": key(1)?,
				"payerAccount": key(2)?,
				"systemProgram": key(3)?,
				"recentSlot": data.u64()?,
				"bumpSeed": data.u8()?,
			}),
		),
		1 => named("freezeLookupTable", table),
		2 => {
			let count = data.u64()?;
			let addresses: Option<Vec<_>> =
				(0..count).map(|_| data.key().map(|key| key.to_string())).collect();
			let mut info = table;
			let fields = info.as_object_mut()?;
			fields.insert("newAddresses".into(), json!(addresses?));
			// Who pays is only named if the table grows.
			if let (Some(payer), Some(system)) = (key(2), key(3)) {
				fields.insert("payerAccount".into(), json!(payer));
				fields.insert("systemProgram".into(), json!(system));
			}
			named("extendLookupTable", info)
		},
		3 => named("deactivateLookupTable", table),
		4 => named(
			"closeLookupTable",
			json!({
				"lookupTableAccount": key(0)?,
				"lookupTableAuthority": key(1)?,
				"recipient": key(2)?,
			}),
		),
		_ => return None,
	})
}

/// A table.
pub(super) fn account(bytes: &[u8]) -> Option<Value> {
	let mut data = Reader(bytes);
	match data.u32()? {
		0 => return Some(json!({ "type": "uninitialized" })),
		1 => {},
		_ => return None,
	}
	let mut info = json!({
		"deactivationSlot": data.u64()?.to_string(),
		"lastExtendedSlot": data.u64()?.to_string(),
		"lastExtendedSlotStartIndex": data.u8()?,
	});
	if data.u8()? == 1 {
		info.as_object_mut()?.insert("authority".into(), json!(data.key()?.to_string()));
	}
	let (addresses, rest) = bytes.get(ADDRESSES..)?.as_chunks::<32>();
	if !rest.is_empty() {
		return None;
	}
	let addresses: Vec<_> =
		addresses.iter().map(|key| unum_address::SvmAddress::from(*key).to_string()).collect();
	info.as_object_mut()?.insert("addresses".into(), json!(addresses));
	Some(named("lookupTable", info))
}
