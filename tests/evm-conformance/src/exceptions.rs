// SPDX-License-Identifier: Apache-2.0
//! Why a transaction can't be included, in the words of the tests.

use revm::context_interface::result::InvalidTransaction;

/// What precedes the names that are looked up here. Files from before have names of their own.
const PREFIX: &str = "TransactionException.";

/// Whether a refusal is one that the test names. Reasons are not part of consensus (a transaction may
/// have several defects, and clients look for them in different orders), but a refusal for another
/// reason may hide a defect of ours, so it is counted.
pub(crate) fn is_expected(error: &InvalidTransaction, expected: &str) -> bool {
	let ours = names(error);
	expected.split('|').map(str::trim).any(|name| match name.strip_prefix(PREFIX) {
		Some(name) => ours.contains(&name),
		None => true,
	})
}

fn names(error: &InvalidTransaction) -> &'static [&'static str] {
	use InvalidTransaction as E;
	match error {
		E::PriorityFeeGreaterThanMaxFee => &["PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS"],
		E::GasPriceLessThanBasefee => &["INSUFFICIENT_MAX_FEE_PER_GAS"],
		E::CallerGasLimitMoreThanBlock => &["GAS_ALLOWANCE_EXCEEDED"],
		E::CallGasCostMoreThanGasLimit { .. } => &["INTRINSIC_GAS_TOO_LOW"],
		E::GasFloorMoreThanGasLimit { .. } => {
			&["INTRINSIC_GAS_TOO_LOW", "INTRINSIC_GAS_BELOW_FLOOR_GAS_COST"]
		},
		E::RejectCallerWithCode => &["SENDER_NOT_EOA"],
		E::LackOfFundForMaxFee { .. } => &["INSUFFICIENT_ACCOUNT_FUNDS"],
		E::OverflowPaymentInTransaction => {
			&["INSUFFICIENT_ACCOUNT_FUNDS", "GASLIMIT_PRICE_PRODUCT_OVERFLOW"]
		},
		E::NonceOverflowInTransaction => &["NONCE_IS_MAX", "NONCE_OVERFLOW"],
		E::NonceTooHigh { .. } => &["NONCE_MISMATCH_TOO_HIGH"],
		E::NonceTooLow { .. } => &["NONCE_MISMATCH_TOO_LOW"],
		E::CreateInitCodeSizeLimit => &["INITCODE_SIZE_EXCEEDED"],
		E::InvalidChainId | E::MissingChainId => &["INVALID_CHAINID"],
		E::TxGasLimitGreaterThanCap { .. } => &["GAS_LIMIT_EXCEEDS_MAXIMUM"],
		E::AccessListNotSupported | E::Eip2930NotSupported => &["TYPE_1_TX_PRE_FORK"],
		E::Eip1559NotSupported => &["TYPE_2_TX_PRE_FORK"],
		E::MaxFeePerBlobGasNotSupported
		| E::BlobVersionedHashesNotSupported
		| E::Eip4844NotSupported => &["TYPE_3_TX_PRE_FORK"],
		E::BlobGasPriceGreaterThanMax { .. } => &["INSUFFICIENT_MAX_FEE_PER_BLOB_GAS"],
		E::EmptyBlobs => &["TYPE_3_TX_ZERO_BLOBS"],
		E::BlobCreateTransaction => &["TYPE_3_TX_CONTRACT_CREATION"],
		E::TooManyBlobs { .. } => {
			&["TYPE_3_TX_BLOB_COUNT_EXCEEDED", "TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED"]
		},
		E::BlobVersionNotSupported => &["TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH"],
		E::AuthorizationListNotSupported | E::Eip7702NotSupported => &["TYPE_4_TX_PRE_FORK"],
		E::AuthorizationListInvalidFields => &["TYPE_4_INVALID_AUTHORIZATION_FORMAT"],
		E::EmptyAuthorizationList => &["TYPE_4_EMPTY_AUTHORIZATION_LIST"],
		E::Eip7873NotSupported | E::Eip7873MissingTarget | E::Str(_) => &[],
	}
}
