// SPDX-License-Identifier: Apache-2.0
//! A wallet for tests, benchmarks and load generators: keys, signatures, and the instructions that they
//! need most.

use alloc::vec::Vec;

use ed25519_dalek::Signer;
pub use ed25519_dalek::SigningKey;
use unum_address::SvmAddress;

use crate::{ids, AccountMeta, DecodeError, Instruction, Message, RawTransaction, Signature};

/// The key with that secret.
pub fn key_of(secret: [u8; 32]) -> SigningKey {
	SigningKey::from_bytes(&secret)
}

/// The address of a key's account.
pub fn address_of(key: &SigningKey) -> SvmAddress {
	key.verifying_key().to_bytes().into()
}

/// Signs a message with these keys. Where the key of an account that has to sign is missing, its
/// signature is zero, as in a transaction that wallets pass on to each other.
///
/// # Errors
/// [`DecodeError::TooLong`], [`DecodeError::NoSignatures`]: nobody has to sign.
pub fn sign(message: &Message, keys: &[&SigningKey]) -> Result<RawTransaction, DecodeError> {
	let bytes = message.encode();
	let signers = usize::from(message.header().num_required_signatures);
	let sign = |account: &SvmAddress| {
		let key = keys.iter().find(|key| address_of(key) == *account);
		key.map_or_else(Signature::default, |key| Signature::new(key.sign(&bytes).to_bytes()))
	};
	let signatures: Vec<_> = message.account_keys().iter().take(signers).map(sign).collect();
	RawTransaction::new(&signatures, message)
}

/// An account that is written and does not sign.
pub const fn writable(pubkey: SvmAddress) -> AccountMeta {
	AccountMeta { pubkey, is_signer: false, is_writable: true }
}

/// An account that is read and does not sign.
pub const fn readonly(pubkey: SvmAddress) -> AccountMeta {
	AccountMeta { pubkey, is_signer: false, is_writable: false }
}

/// The same account, which signs.
pub const fn signer(account: AccountMeta) -> AccountMeta {
	AccountMeta { is_signer: true, ..account }
}

/// Moves lamports (`SystemInstruction::Transfer`).
pub fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	let data = [&2u32.to_le_bytes()[..], &lamports.to_le_bytes()].concat();
	let accounts = [signer(writable(from)), writable(to)].to_vec();
	Instruction { program: ids::system_program(), accounts, data }
}

/// Asks for compute units (`ComputeBudgetInstruction::SetComputeUnitLimit`).
pub fn set_compute_unit_limit(units: u32) -> Instruction {
	budget(2, &units.to_le_bytes())
}

/// Offers millionths of a lamport for each (`ComputeBudgetInstruction::SetComputeUnitPrice`).
pub fn set_compute_unit_price(micro_lamports: u64) -> Instruction {
	budget(3, &micro_lamports.to_le_bytes())
}

/// Asks for bytes of heap (`ComputeBudgetInstruction::RequestHeapFrame`).
pub fn request_heap_frame(bytes: u32) -> Instruction {
	budget(1, &bytes.to_le_bytes())
}

/// Limits the bytes of accounts that are loaded
/// (`ComputeBudgetInstruction::SetLoadedAccountsDataSizeLimit`).
pub fn set_loaded_accounts_data_size_limit(bytes: u32) -> Instruction {
	budget(4, &bytes.to_le_bytes())
}

fn budget(kind: u8, number: &[u8]) -> Instruction {
	let data = [&[kind], number].concat();
	Instruction { program: ids::compute_budget(), accounts: Vec::new(), data }
}
