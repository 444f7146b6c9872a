// SPDX-License-Identifier: Apache-2.0
//! Proofs: that somebody is an identity, and that enough members of a multisig agree.
//!
//! What a proof does not show is `false`, and never an error; only calldata that does not fit the
//! interface reverts.

use alloc::vec::Vec;
use alloy_sol_types::SolCall;
use codec::{Decode, Encode};
use revm::{interpreter::Gas, primitives::B256};
use sp_crypto_hashing::blake2_256;
use unum_address::{Address as UnumAddress, VmKind};
use unum_id_com::IdCom;
use unum_signature::{
	schemes::secp256k1::{recover_65, RecoveryByte},
	AuthKey, AuthSignature,
};
use unum_vm_engine::{IdentityControlHost, IdentityHost};

use super::{
	abi::{IIdentity, IMultisig, IZkAce},
	own::{decode, reason, Answer},
};
use crate::limits::{MULTISIG_MEMBERS_MAX, READ_GAS, SIGNATURE_GAS};

/// The gas was not enough.
pub(super) struct OutOfGas;

/// An answer, unless the gas ran out.
pub(super) type Metered = Result<Answer, OutOfGas>;

/// The length of every input of P256VERIFY ([EIP-7951]).
///
/// [EIP-7951]: https://eips.ethereum.org/EIPS/eip-7951
const P256_INPUT_BYTES: usize = 160;

/// Whether the calldata is of `IIdentity.verify`: what 0x0100 does not leave to P256VERIFY.
pub(super) fn is_identity_call(calldata: &[u8]) -> bool {
	calldata.len() != P256_INPUT_BYTES && calldata.starts_with(&IIdentity::verifyCall::SELECTOR)
}

/// 0x0100.
pub(super) fn identity<L>(ledger: &L, calldata: &[u8], gas: &mut Gas) -> Metered
where
	L: IdentityHost + IdentityControlHost,
{
	let call = match decode::<IIdentity::verifyCall>(calldata) {
		Ok(call) => call,
		Err(refusal) => return Ok(Err(refusal)),
	};
	let id = IdCom::from(call.idCom.0);
	let shown = match call.proof.split_first() {
		Some((0, opening)) => opens(ledger, id, opening),
		Some((1, signed)) => match signed.split_first_chunk::<32>() {
			Some((digest, signature)) => has_signed(ledger, id, digest, signature, gas)?,
			None => false,
		},
		// Kind 2, a ZK-ACE proof, is not verified by the chain yet, so it shows nothing.
		_ => false,
	};
	Ok(Ok(IIdentity::verifyCall::abi_encode_returns(&shown)))
}

/// Whether the bytes are a VM's number and an address there that belongs to an identity.
fn opens<L: IdentityHost>(ledger: &L, id: IdCom, opening: &[u8]) -> bool {
	let Some((vm, address)) = opening.split_first() else { return false };
	address_of(VmKind::new(*vm), address).is_some_and(|address| ledger.resolve(&address) == id)
}

fn address_of(vm: VmKind, bytes: &[u8]) -> Option<UnumAddress> {
	match vm {
		VmKind::EVM => Some(UnumAddress::Evm(<[u8; 20]>::try_from(bytes).ok()?.into())),
		VmKind::SVM => Some(UnumAddress::Svm(<[u8; 32]>::try_from(bytes).ok()?.into())),
		VmKind::TVM => Some(UnumAddress::Tvm(<[u8; 20]>::try_from(bytes).ok()?.into())),
		_ => None,
	}
}

/// Whether a signature over a digest is one of an identity.
fn has_signed<L>(
	ledger: &L,
	id: IdCom,
	digest: &[u8; 32],
	signature: &[u8],
	gas: &mut Gas,
) -> Result<bool, OutOfGas>
where
	L: IdentityHost + IdentityControlHost,
{
	match signature.split_first() {
		Some((0, signature)) => {
			charge(gas, SIGNATURE_GAS)?;
			Ok(is_of_wallet(ledger, id, digest, signature))
		},
		Some((1, encoded)) => is_of_key(ledger, id, digest, encoded, gas),
		_ => Ok(false),
	}
}

fn is_of_wallet<L: IdentityHost>(
	ledger: &L,
	id: IdCom,
	digest: &[u8; 32],
	signature: &[u8],
) -> bool {
	let Ok(signature) = <[u8; 65]>::try_from(signature) else { return false };
	let Ok(signer) = recover_65(digest, &signature, RecoveryByte::From27) else { return false };
	ledger.resolve(&UnumAddress::Evm(signer.address_20().into())) == id
}

fn is_of_key<L: IdentityControlHost>(
	ledger: &L,
	id: IdCom,
	digest: &[u8; 32],
	mut encoded: &[u8],
	gas: &mut Gas,
) -> Result<bool, OutOfGas> {
	let Ok((key, signature)) = <(AuthKey, AuthSignature)>::decode(&mut encoded) else {
		return Ok(false);
	};
	if !encoded.is_empty() {
		return Ok(false);
	}
	charge(gas, SIGNATURE_GAS)?;
	Ok((is_itself(&key, id) || ledger.auth_keys(id).contains(&key))
		&& key.verify(digest, &signature).is_ok())
}

/// Whether an identity is the account of a Substrate key, and this is the key.
fn is_itself(key: &AuthKey, id: IdCom) -> bool {
	matches!(key, AuthKey::Sr25519(key) | AuthKey::Ed25519(key) if key == id.as_bytes())
}

/// 0x0103.
pub(super) fn zk_ace_batch(calldata: &[u8]) -> Answer {
	decode::<IZkAce::verifyBatchCall>(calldata)?;
	Ok(IZkAce::verifyBatchCall::abi_encode_returns(&false))
}

/// 0x0104.
pub(super) fn multisig_derive(calldata: &[u8]) -> Answer {
	let call = decode::<IMultisig::deriveCall>(calldata)?;
	let id = multisig(call.threshold, &call.idComs).map_err(reason)?;
	Ok(IMultisig::deriveCall::abi_encode_returns(&B256::from(id)))
}

/// 0x0105.
pub(super) fn multisig_verify<L>(ledger: &L, calldata: &[u8], gas: &mut Gas) -> Metered
where
	L: IdentityHost + IdentityControlHost,
{
	let call = match decode::<IMultisig::verifyCall>(calldata) {
		Ok(call) => call,
		Err(refusal) => return Ok(Err(refusal)),
	};
	let derived = match multisig(call.threshold, &call.idComs) {
		Ok(derived) => derived,
		Err(words) => return Ok(Err(reason(words))),
	};
	if call.signatures.len() != call.idComs.len() {
		return Ok(Err(reason("there is not one signature for each member")));
	}
	let mut signed = 0u16;
	if derived == call.multisig.0 {
		for (member, signature) in call.idComs.iter().zip(&call.signatures) {
			let member = IdCom::from(member.0);
			let has_signed = has_signed(ledger, member, &call.digest.0, signature, gas)?;
			signed = signed.saturating_add(u16::from(has_signed));
		}
	}
	let agreed = derived == call.multisig.0 && signed >= call.threshold;
	Ok(Ok(IMultisig::verifyCall::abi_encode_returns(&agreed)))
}

/// The account that FRAME's multisig pallet has for these members (`multi_account_id`).
fn multisig(threshold: u16, members: &[B256]) -> Result<[u8; 32], &'static str> {
	if members.len() < 2 || members.len() > MULTISIG_MEMBERS_MAX {
		return Err("a multisig has 2 to 100 members");
	}
	if threshold == 0 || usize::from(threshold) > members.len() {
		return Err("the threshold is from 1 to the number of members");
	}
	let mut sorted: Vec<[u8; 32]> = members.iter().map(|member| member.0).collect();
	sorted.sort_unstable();
	if sorted.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
		return Err("a member is named twice");
	}
	Ok((b"modlpy/utilisuba", sorted, threshold).using_encoded(blake2_256))
}

fn charge(gas: &mut Gas, cost: u64) -> Result<(), OutOfGas> {
	// The owner of an address, or the keys of an identity, are read besides.
	match gas.record_regular_cost(cost.saturating_add(READ_GAS)) {
		true => Ok(()),
		false => Err(OutOfGas),
	}
}
