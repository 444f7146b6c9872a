// SPDX-License-Identifier: Apache-2.0
//! Wallets of other chains, which sign for the tests.

use k256::ecdsa::SigningKey;
use sp_io::hashing::keccak_256;
use unum_signature::{BindingProof, BindingStatement};

use super::*;

/// A wallet of some chain.
pub(super) trait Wallet {
	fn address(&self) -> Address;
	/// Signs whatever it is shown.
	fn sign(&self, statement: &BindingStatement) -> BindingProof;

	/// The identity that the wallet has while it is bound to none.
	fn identity(&self) -> IdCom {
		self.address().unbound_id_com()
	}

	/// Agrees to be bound to `owner` now.
	fn agree(&self, owner: IdCom) -> BindingProof {
		self.sign(&Pallet::<Test>::binding_statement(owner, &self.address()))
	}

	/// Agrees, and is bound.
	fn bind_to(&self, owner: IdCom) -> sp_runtime::DispatchResult {
		bind(owner, self.address(), self.agree(owner))
	}

	/// Sends `count` transactions, as whoever it acts as.
	fn send(&self, count: u32) -> IdCom {
		let actor = Pallet::<Test>::see_wallet(&self.address());
		Pallet::<Test>::retain(actor);
		for _ in 0..count {
			System::inc_account_nonce(AccountId32::from(actor));
		}
		actor
	}
}

pub(super) fn bind(
	owner: IdCom,
	address: Address,
	proof: BindingProof,
) -> sp_runtime::DispatchResult {
	let origin = RuntimeOrigin::signed(owner.into());
	IdComRegistry::bind(origin, address, Box::new(proof))
}

pub(super) fn unbind(owner: IdCom, address: Address) -> sp_runtime::DispatchResult {
	IdComRegistry::unbind(RuntimeOrigin::signed(owner.into()), address)
}

pub(super) fn sweep(address: Address, mints: &[MintId]) -> sp_runtime::DispatchResult {
	let anybody = RuntimeOrigin::signed(account(3));
	IdComRegistry::sweep(anybody, address, mints.to_vec().try_into().expect("few"))
}

/// An Ethereum wallet.
pub(super) struct Evm(SigningKey);

pub(super) fn evm(n: u8) -> Evm {
	Evm(SigningKey::from_slice(&[n; 32]).expect("a scalar"))
}

impl Wallet for Evm {
	fn address(&self) -> Address {
		let point = self.0.verifying_key().to_encoded_point(false);
		let hash = keccak_256(&point.as_bytes()[1..]);
		Address::Evm(<[u8; 20]>::try_from(&hash[12..]).expect("20 bytes").into())
	}

	fn sign(&self, statement: &BindingStatement) -> BindingProof {
		let text = statement.message();
		let prefixed = format!("\x19Ethereum Signed Message:\n{}{text}", text.len());
		let (signature, recovery) =
			self.0.sign_prehash_recoverable(&keccak_256(prefixed.as_bytes())).expect("signs");
		let mut bytes = [0; 65];
		bytes[..64].copy_from_slice(&signature.to_bytes());
		bytes[64] = 27 + recovery.to_byte();
		BindingProof::Evm { signature: bytes }
	}
}

/// A Solana wallet.
pub(super) struct Svm(ed25519_dalek::SigningKey);

pub(super) fn svm(n: u8) -> Svm {
	Svm(ed25519_dalek::SigningKey::from_bytes(&[n; 32]))
}

impl Wallet for Svm {
	fn address(&self) -> Address {
		Address::Svm(self.0.verifying_key().to_bytes().into())
	}

	fn sign(&self, statement: &BindingStatement) -> BindingProof {
		use ed25519_dalek::Signer;
		let signature = self.0.sign(statement.message().as_bytes()).to_bytes();
		BindingProof::Svm { signature }
	}
}
