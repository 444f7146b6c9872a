// SPDX-License-Identifier: Apache-2.0
//! A transaction with its fields, before anybody has looked at its signature.

use alloc::vec::Vec;
use alloy_eip2930::AccessList;
use alloy_eip7702::SignedAuthorization;
use alloy_primitives::{Address, Bytes, TxKind, B256, U256};
use unum_signature::SignatureError;

use crate::{
	decode::decode,
	signature::{recover_signer, recover_signer_with},
	verified::VerifiedTransaction,
	DecodeError, FeeCapTooLow, Signature, VerifyError,
};

/// The types of transactions that this chain has ([EIP-2718]).
///
/// [EIP-2718]: https://eips.ethereum.org/EIPS/eip-2718
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TransactionType {
	/// A list without a number before it ([EIP-155](https://eips.ethereum.org/EIPS/eip-155)).
	Legacy,
	/// With an access list ([EIP-2930](https://eips.ethereum.org/EIPS/eip-2930)).
	AccessList,
	/// With a tip and a limit of the fee ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)).
	DynamicFee,
	/// With delegations of accounts to code ([EIP-7702](https://eips.ethereum.org/EIPS/eip-7702)).
	SetCode,
}

impl TransactionType {
	/// The number of this type, as receipts and JSON-RPC show it.
	pub const fn number(self) -> u8 {
		match self {
			Self::Legacy => 0,
			Self::AccessList => 1,
			Self::DynamicFee => 2,
			Self::SetCode => 4,
		}
	}

	/// The byte before the list of the fields, where there is one.
	pub(crate) fn envelope_byte(self) -> Option<u8> {
		(self != Self::Legacy).then_some(self.number())
	}
}

/// What a sender pays for each unit of gas, in wei.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fees {
	pub(crate) max_priority_per_gas: u128,
	pub(crate) max_per_gas: u128,
}

/// What is signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Content {
	pub(crate) chain_id: Option<u64>,
	pub(crate) nonce: u64,
	pub(crate) fees: Fees,
	pub(crate) gas_limit: u64,
	pub(crate) to: TxKind,
	pub(crate) value: U256,
	pub(crate) input: Bytes,
	pub(crate) access_list: AccessList,
	pub(crate) authorizations: Vec<SignedAuthorization>,
}

/// A well-formed transaction of any chain.
///
/// # Invariants
/// Its bytes are the only encoding of its fields; only [`RawTransaction::decode`] makes one.
///
/// Nothing is known about the signature yet: a chain takes a [`VerifiedTransaction`] only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RawTransaction {
	pub(crate) bytes: Bytes,
	pub(crate) hash: B256,
	pub(crate) signing_hash: B256,
	pub(crate) kind: TransactionType,
	pub(crate) content: Content,
	pub(crate) signature: Signature,
}

impl RawTransaction {
	/// Reads a transaction, as `eth_sendRawTransaction` gets it.
	///
	/// # Errors
	/// [`DecodeError`], for all that is not the one encoding of a transaction of a known type.
	pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
		decode(bytes)
	}

	/// Verifies that this transaction is for the chain `chain_id`, keeps the rules that need no state,
	/// and is signed.
	///
	/// # Errors
	/// [`VerifyError::Unprotected`], [`VerifyError::WrongChainId`], and those of
	/// [`check_rules`](Self::check_rules) and [`recover_sender`](Self::recover_sender), in this order:
	/// what costs least is asked first.
	pub fn verify(self, chain_id: u64) -> Result<VerifiedTransaction, VerifyError> {
		self.require_chain(chain_id)?;
		let cost_cap_total = self.check_rules()?;
		let sender = self.recover_sender()?;
		Ok(VerifiedTransaction::new(self, chain_id, cost_cap_total, sender))
	}

	/// [`verify`](Self::verify), with the signer recovered by other means: `recover` gives x and y of the
	/// point of the key that made a signature (hash, `r ‖ s`, parity). The strict rules for signatures
	/// are checked here.
	///
	/// # Errors
	/// As [`verify`](Self::verify).
	pub fn verify_with(
		self,
		chain_id: u64,
		recover: impl FnOnce(&[u8; 32], &[u8; 64], u8) -> Option<[u8; 64]>,
	) -> Result<VerifiedTransaction, VerifyError> {
		self.require_chain(chain_id)?;
		let cost_cap_total = self.check_rules()?;
		let sender = recover_signer_with(&self.signing_hash, self.signature, recover)
			.map_err(into_verify_error)?;
		Ok(VerifiedTransaction::new(self, chain_id, cost_cap_total, sender))
	}

	fn require_chain(&self, want: u64) -> Result<(), VerifyError> {
		match self.chain_id() {
			None => Err(VerifyError::Unprotected),
			Some(have) if have != want => Err(VerifyError::WrongChainId { have, want }),
			Some(_) => Ok(()),
		}
	}

	/// Checks the rules that every chain has and that need no state. Returns what the sender pays at
	/// most, in wei: gas limit × fee + value.
	///
	/// This and [`recover_sender`](Self::recover_sender) do not ask for which chain the transaction
	/// is. They serve tools and tests that look at those of other chains, and at the old ones that are
	/// for none; a chain calls [`verify`](Self::verify).
	///
	/// # Errors
	/// [`VerifyError::NonceHasMaxValue`], [`VerifyError::TipAboveFeeCap`],
	/// [`VerifyError::SetCodeCreates`], [`VerifyError::EmptyAuthorizationList`],
	/// [`VerifyError::CostOverflow`].
	pub fn check_rules(&self) -> Result<U256, VerifyError> {
		self.check_nonce()?;
		self.check_tip()?;
		self.check_set_code()?;
		self.fee_cap_total().checked_add(self.value()).ok_or(VerifyError::CostOverflow)
	}

	fn check_nonce(&self) -> Result<(), VerifyError> {
		match self.nonce() {
			u64::MAX => Err(VerifyError::NonceHasMaxValue),
			_ => Ok(()),
		}
	}

	fn check_tip(&self) -> Result<(), VerifyError> {
		let Fees { max_priority_per_gas, max_per_gas } = self.content.fees;
		match max_priority_per_gas <= max_per_gas {
			true => Ok(()),
			false => Err(VerifyError::TipAboveFeeCap {
				max_priority_fee_per_gas: max_priority_per_gas,
				max_fee_per_gas: max_per_gas,
			}),
		}
	}

	fn check_set_code(&self) -> Result<(), VerifyError> {
		match (self.kind, self.to(), self.authorization_list()) {
			(TransactionType::SetCode, TxKind::Create, _) => Err(VerifyError::SetCodeCreates),
			(TransactionType::SetCode, _, []) => Err(VerifyError::EmptyAuthorizationList),
			_ => Ok(()),
		}
	}

	/// The account that signed this transaction, for whichever chain; see
	/// [`check_rules`](Self::check_rules).
	///
	/// # Errors
	/// [`VerifyError::SignatureOutOfRange`], [`VerifyError::HighS`], [`VerifyError::NoSender`].
	pub fn recover_sender(&self) -> Result<Address, VerifyError> {
		let Signature { y_parity, r, s } = self.signature;
		recover_signer(&self.signing_hash, y_parity.into(), r, s).map_err(into_verify_error)
	}

	/// The bytes, as they were signed.
	pub const fn bytes(&self) -> &Bytes {
		&self.bytes
	}

	/// The hash of the bytes, under which Ethereum knows this transaction (Keccak-256).
	pub const fn hash(&self) -> B256 {
		self.hash
	}

	/// The hash that was signed (Keccak-256).
	pub const fn signing_hash(&self) -> B256 {
		self.signing_hash
	}

	/// The type.
	pub const fn transaction_type(&self) -> TransactionType {
		self.kind
	}

	/// The chain for which this is signed, or `None` for a legacy transaction without replay
	/// protection, which is signed for all of them.
	pub const fn chain_id(&self) -> Option<u64> {
		self.content.chain_id
	}

	/// How many transactions the sender sent before.
	pub const fn nonce(&self) -> u64 {
		self.content.nonce
	}

	/// Units of gas that may be used at most.
	pub const fn gas_limit(&self) -> u64 {
		self.content.gas_limit
	}

	/// What the sender pays at most, tip and base fee together, in wei for each unit of gas. For the
	/// types without a tip, their gas price.
	pub const fn max_fee_per_gas(&self) -> u128 {
		self.content.fees.max_per_gas
	}

	/// The tip, in wei for each unit of gas. For the types without one, their gas price: with it the
	/// price of [EIP-1559](https://eips.ethereum.org/EIPS/eip-1559) is that gas price.
	pub const fn max_priority_fee_per_gas(&self) -> u128 {
		self.content.fees.max_priority_per_gas
	}

	/// What the sender pays in a block with this base fee: base fee and tip, and not more than the
	/// limit ([EIP-1559](https://eips.ethereum.org/EIPS/eip-1559)). All in wei for each unit of gas.
	///
	/// # Errors
	/// [`FeeCapTooLow`]: the transaction has to wait for a block with a lower base fee.
	pub fn effective_gas_price(&self, base_fee_per_gas: u128) -> Result<u128, FeeCapTooLow> {
		let max_fee_per_gas = self.max_fee_per_gas();
		match base_fee_per_gas <= max_fee_per_gas {
			true => Ok(base_fee_per_gas
				.saturating_add(self.max_priority_fee_per_gas())
				.min(max_fee_per_gas)),
			false => Err(FeeCapTooLow { max_fee_per_gas, base_fee_per_gas }),
		}
	}

	/// What the gas costs at most, in wei: gas limit × fee, which has 192 bits.
	pub fn fee_cap_total(&self) -> U256 {
		U256::from(self.gas_limit()).saturating_mul(U256::from(self.max_fee_per_gas()))
	}

	/// The account that is called, or that a contract is to be created.
	pub const fn to(&self) -> TxKind {
		self.content.to
	}

	/// Wei that go to it.
	pub const fn value(&self) -> U256 {
		self.content.value
	}

	/// The bytes of the call, or the initcode of the contract.
	pub const fn input(&self) -> &Bytes {
		&self.content.input
	}

	/// Addresses and storage keys that are paid for in advance; empty where the type has none.
	pub const fn access_list(&self) -> &AccessList {
		&self.content.access_list
	}

	/// Delegations of accounts to code, as they stand in the bytes; empty where the type has none.
	pub fn authorization_list(&self) -> &[SignedAuthorization] {
		&self.content.authorizations
	}

	/// The signature, as it stands in the bytes.
	pub const fn signature(&self) -> Signature {
		self.signature
	}

	/// The number `v` that JSON-RPC shows: the parity for typed transactions, and for legacy ones 27 or
	/// 28, or with a chain id 35 or 36 and twice that ([EIP-155](https://eips.ethereum.org/EIPS/eip-155)).
	pub fn v(&self) -> u128 {
		let base = match (self.kind, self.chain_id()) {
			(TransactionType::Legacy, None) => 27,
			(TransactionType::Legacy, Some(id)) => {
				u128::from(id).saturating_mul(2).saturating_add(35)
			},
			_ => 0,
		};
		base.saturating_add(self.signature.y_parity.into())
	}
}

fn into_verify_error(error: SignatureError) -> VerifyError {
	match error {
		SignatureError::MalformedSignature => VerifyError::SignatureOutOfRange,
		SignatureError::HighS => VerifyError::HighS,
		_ => VerifyError::NoSender,
	}
}
