// SPDX-License-Identifier: Apache-2.0
//! What only this chain has: identities behind addresses, their signatures, and the other VMs.

use codec::Decode;
use unum_address::{Address, SvmAddress, VmKind};
use unum_id_com::IdCom;
use unum_signature::{
	schemes::secp256k1::{recover_65, RecoveryByte},
	AuthKey, AuthSignature,
};
use unum_vm_engine::{IdentityControlHost, IdentityHost, VmCall};

use super::Call;
use crate::{
	bpf::{costs, cpi::accounts, error::SyscallError, guest::Outcome},
	units_of, weight_of, SvmHost,
};

/// `ace_id_com(address, result)`: 32 bytes, the identity behind an address of this VM. Always 0.
pub(super) fn id_com<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [address, result, ..] = call.arguments;
	call.pay(costs::ID_COM)?;
	let id = identity(call, call.guest.key(address)?);
	call.guest.write(result, id.as_bytes(), 1)?;
	Ok(0)
}

/// `ace_attest(address, message, length, signature, length)`: 1 if the signature is one of the address, 0
/// if not.
///
/// A signature of 64 bytes is the key's own, by ed25519, strictly. Any other is one of the identity behind
/// the address, and the message is the 32-byte digest that was signed, both as for the EVM's precompile
/// 0x0100: `00` and the 65 bytes of a wallet of the EVM, or `01` and the SCALE encoding of
/// `(AuthKey, AuthSignature)` with one of the identity's authentication keys.
pub(super) fn attest<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [address, message, length, signature, signature_length] = call.arguments;
	let bytes = costs::bytes(length.saturating_add(signature_length));
	call.pay(costs::ATTEST.saturating_add(bytes))?;
	let key = call.guest.key(address)?;
	let message = call.guest.bytes(message, length)?;
	let signature = call.guest.bytes(signature, signature_length)?;
	let shown = match <&[u8; 64]>::try_from(signature) {
		Ok(signature) => call.context.host().verify(&key, message, signature),
		Err(_) => match <&[u8; 32]>::try_from(message) {
			Ok(digest) => has_signed(call, identity(call, key), digest, signature),
			Err(_) => false,
		},
	};
	Ok(u64::from(shown))
}

fn identity<H: SvmHost>(call: &Call<'_, '_, '_, '_, H>, key: SvmAddress) -> IdCom {
	call.context.host().ledger().resolve(&Address::Svm(key))
}

fn has_signed<H: SvmHost>(
	call: &Call<'_, '_, '_, '_, H>,
	id: IdCom,
	digest: &[u8; 32],
	signature: &[u8],
) -> bool {
	let ledger = call.context.host().ledger();
	match signature.split_first() {
		Some((0, signature)) => {
			let Ok(signature) = <[u8; 65]>::try_from(signature) else { return false };
			let signer = recover_65(digest, &signature, RecoveryByte::From27);
			signer
				.is_ok_and(|signer| ledger.resolve(&Address::Evm(signer.address_20().into())) == id)
		},
		Some((1, mut encoded)) => match <(AuthKey, AuthSignature)>::decode(&mut encoded) {
			Ok((key, signature)) if encoded.is_empty() => {
				let is_keys = is_itself(&key, id) || ledger.auth_keys(id).contains(&key);
				is_keys && key.verify(digest, &signature).is_ok()
			},
			_ => false,
		},
		_ => false,
	}
}

/// Whether an identity is the account of a Substrate key, and this is the key.
fn is_itself(key: &AuthKey, id: IdCom) -> bool {
	matches!(key, AuthKey::Sr25519(key) | AuthKey::Ed25519(key) if key == id.as_bytes())
}

/// `ace_cross_vm_call(vm, payload, length, compute units, target or 0)`: runs an operation of another VM,
/// at most for so many compute units. 0 if it succeeded, 1 if it was refused or failed, and then nothing
/// that it did is left. What it returned, or why it failed as a sentence, becomes the return data, cut at
/// 1,024 bytes.
///
/// It runs as the identity of the *program's own address*, as a contract's calls run as the contract's:
/// what a program can move is what that identity has, and no signer of the transaction stands for it.
/// Before the call, what the program did to its accounts is taken over, as before a call of another
/// program; after it, what the accounts have become is in its memory.
/// (A program that called this one sees only what it lent it; an account that changes behind its back fails
/// its instruction, as what it left would not add up.)
///
/// `target` is 32 bytes, for VMs whose operations do not name a program themselves.
pub(super) fn cross_vm_call<H: SvmHost>(call: &mut Call<'_, '_, '_, '_, H>) -> Outcome<u64> {
	let [vm, payload, length, units, target] = call.arguments;
	call.pay(costs::CROSS_VM_CALL.saturating_add(costs::bytes(length)))?;
	let data = call.guest.bytes(payload, length)?.to_vec();
	let target = if target == 0 { [0; 32] } else { call.guest.value::<32>(target, 1)? };
	let Ok(vm) = u8::try_from(vm) else { return Err(SyscallError::InvalidAttribute) };
	let program = call.running.program;
	let accounts = accounts::own(call)?;
	for account in &accounts {
		accounts::take_over(call, account)?;
	}
	let request = VmCall {
		caller: identity(call, program),
		vm: VmKind::new(vm),
		target,
		data: &data,
		budget: weight_of(units.min(call.context.remaining())),
	};
	let result = call.context.call_vm(&request)?;
	for account in &accounts {
		accounts::put_back(call, account)?;
	}
	call.pay(units_of(result.used))?;
	let mut output = result.output;
	output.truncate(usize::try_from(costs::RETURN_DATA_MAX).unwrap_or(0));
	call.context.set_return_data(program, output);
	Ok(u64::from(!result.ok))
}
