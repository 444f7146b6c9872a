// SPDX-License-Identifier: Apache-2.0
//! New accounts, and the keys of existing ones.

use alloc::{vec, vec::Vec};
use unum_address::Address;
use unum_id_com::IdCom;
use unum_signature::AuthKey;
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityControlHost, IdentityHost, LedgerHost};

use crate::NativeFailure;

pub(crate) fn ensure_new<H: IdentityHost>(host: &H, id_com: IdCom) -> Result<(), NativeFailure> {
	if host.exists(id_com) {
		Err(NativeFailure::AccountExists(id_com))
	} else {
		Ok(())
	}
}

pub(crate) fn ensure_spendable<H: LedgerHost>(
	host: &H,
	owner: IdCom,
	amount: LedgerAmount,
) -> Result<(), NativeFailure> {
	// A self-transfer needs the same balance as any other and depends on no receiver.
	Ok(host.can_transfer(Asset::Native, owner, owner, amount)?)
}

pub(crate) fn create_account<H: LedgerHost + IdentityHost>(
	host: &mut H,
	payer: IdCom,
	id_com: IdCom,
	amount: LedgerAmount,
) -> Result<Vec<Address>, NativeFailure> {
	ensure_new(host, id_com)?;
	ensure_spendable(host, payer, amount)?;
	host.retain(id_com);
	host.transfer(Asset::Native, payer, id_com, amount)?;
	Ok(vec![Address::Native(id_com)])
}

pub(crate) fn keys_after_adding<H: IdentityControlHost>(
	host: &H,
	id: IdCom,
	key: &AuthKey,
) -> Vec<AuthKey> {
	let mut keys = host.auth_keys(id);
	keys.push(*key);
	keys
}
