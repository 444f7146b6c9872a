// SPDX-License-Identifier: Apache-2.0
//! What the methods answer, as JSON. Bytes are 0x hex; amounts are decimal strings, because a JSON
//! number can't hold 128 bits; addresses are in their own chain's notation.

use serde::{Deserialize, Serialize};
use sp_core::{crypto::Ss58Codec, H256};
use unum_address::{Address, VmKind};
use unum_id_com::IdCom;
use unum_runtime_api::EngineStatus;
use unum_vm_engine::{Log, Receipt, ReceiptStatus};

use crate::RpcError;

/// An engine of the chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EngineView {
	/// The VM's number.
	pub vm: u8,
	/// Its name.
	pub name: String,
	/// Its lowest opcode, 0x hex.
	pub first_opcode: String,
	/// Its highest opcode, 0x hex.
	pub last_opcode: String,
	/// Whether it accepts transactions.
	pub enabled: bool,
}

impl From<EngineStatus> for EngineView {
	fn from(status: EngineStatus) -> Self {
		Self {
			vm: status.info.vm.get(),
			name: String::from_utf8_lossy(&status.info.name).into_owned(),
			first_opcode: byte(status.info.first_opcode),
			last_opcode: byte(status.info.last_opcode),
			enabled: status.enabled,
		}
	}
}

/// A weight.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WeightView {
	/// Picoseconds of computation.
	pub ref_time: u64,
	/// Bytes of storage proof.
	pub proof_size: u64,
}

/// An entry of a receipt's log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LogView {
	/// Who logged, in the notation of its VM.
	pub emitter: String,
	/// The indexed words.
	pub topics: Vec<H256>,
	/// The rest, 0x hex.
	pub data: String,
}

impl From<Log> for LogView {
	fn from(log: Log) -> Self {
		Self { emitter: address(&log.emitter), topics: log.topics, data: bytes(&log.data) }
	}
}

/// The receipt of a dispatched call.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
	/// Hash of the extrinsic.
	pub transaction_hash: H256,
	/// The block that includes it.
	pub block_hash: H256,
	/// That block's height.
	pub block_number: u32,
	/// Position of the extrinsic in the block.
	pub extrinsic_index: u32,
	/// Position among the block's receipts.
	pub index: u32,
	/// The VM's number.
	pub vm: u8,
	/// The VM's name.
	pub vm_name: String,
	/// The payload's first byte, 0x hex.
	pub opcode: String,
	/// The sender's id_com, 0x hex.
	pub sender: String,
	/// The sender's tag, 0x hex.
	pub context: Option<String>,
	/// `success`, `reverted`, `halted` or `feesOnly`.
	pub status: String,
	/// Why it failed, as a sentence.
	pub error: Option<String>,
	/// The VM's own status, SCALE-encoded, 0x hex; `0x` on success.
	pub native_status: String,
	/// Weight that the VM used.
	pub gas_used: WeightView,
	/// Fee of the whole extrinsic with its tip, in base units of the native coin.
	pub fee: String,
	/// What it logged.
	pub logs: Vec<LogView>,
	/// Addresses that it brought to life.
	pub created: Vec<String>,
	/// SHA-256 of its output.
	pub output_hash: H256,
}

impl ReceiptView {
	/// A receipt in its block. `vm_name` is what the block's runtime calls the VM.
	pub fn new(receipt: Receipt, block_hash: H256, block_number: u32, vm_name: String) -> Self {
		Self {
			transaction_hash: receipt.transaction_hash,
			block_hash,
			block_number,
			extrinsic_index: receipt.extrinsic_index,
			index: receipt.index,
			vm: receipt.vm.get(),
			vm_name,
			opcode: byte(receipt.opcode),
			sender: id_com(receipt.sender),
			context: receipt.context.map(|tag| bytes(&tag)),
			status: status(receipt.status).into(),
			error: (!receipt.message.is_empty())
				.then(|| String::from_utf8_lossy(&receipt.message).into_owned()),
			native_status: bytes(&receipt.native_status),
			gas_used: WeightView {
				ref_time: receipt.gas_used.ref_time(),
				proof_size: receipt.gas_used.proof_size(),
			},
			fee: receipt.fee.to_string(),
			logs: receipt.logs.into_iter().map(Into::into).collect(),
			created: receipt.created.iter().map(address).collect(),
			output_hash: receipt.output_hash,
		}
	}
}

fn status(status: ReceiptStatus) -> &'static str {
	match status {
		ReceiptStatus::Success => "success",
		ReceiptStatus::Reverted => "reverted",
		ReceiptStatus::Halted => "halted",
		ReceiptStatus::FeesOnly => "feesOnly",
	}
}

fn byte(value: u8) -> String {
	format!("0x{value:02x}")
}

pub(crate) fn bytes(value: &[u8]) -> String {
	format!("0x{}", hex::encode(value))
}

/// An id_com as people write it: 0x hex.
pub(crate) fn id_com(value: IdCom) -> String {
	bytes(value.as_bytes())
}

/// An address in its chain's notation; the native one as SS58.
pub(crate) fn address(value: &Address) -> String {
	match value {
		Address::Native(id) => sp_core::crypto::AccountId32::from(*id).to_ss58check(),
		other => other.to_string(),
	}
}

/// Reads an id_com from 0x hex or SS58.
pub(crate) fn parse_id_com(text: &str) -> Option<IdCom> {
	let from_hex = text
		.strip_prefix("0x")
		.and_then(|digits| hex::decode(digits).ok())
		.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
		.map(IdCom::from);
	let from_ss58 = || sp_core::crypto::AccountId32::from_ss58check(text).ok().map(IdCom::from);
	from_hex.or_else(from_ss58)
}

/// Reads an address of `vm`.
pub(crate) fn parse_address(vm: VmKind, text: &str) -> Result<Address, String> {
	match vm {
		VmKind::NATIVE => parse_id_com(text)
			.map(Address::Native)
			.ok_or_else(|| "neither 0x and 64 hexadecimal digits nor SS58".into()),
		_ => Address::parse(vm, text).map_err(|error| error.to_string()),
	}
}

/// Reads an id_com that a caller has given.
///
/// # Errors
/// [`RpcError::BadIdCom`].
pub(crate) fn id_com_from(text: String) -> Result<IdCom, RpcError> {
	parse_id_com(&text).ok_or(RpcError::BadIdCom(text))
}

/// Reads an address of `vm` that a caller has given.
///
/// # Errors
/// [`RpcError::BadAddress`].
pub(crate) fn address_from(vm: VmKind, text: String) -> Result<Address, RpcError> {
	parse_address(vm, &text).map_err(|cause| RpcError::BadAddress {
		text,
		vm: vm.to_string(),
		cause,
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use unum_address::EvmAddress;

	#[test]
	fn id_coms_are_read_from_hex_and_from_ss58() {
		let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
		let hex = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
		assert_eq!(parse_id_com(alice), parse_id_com(hex));
		assert_eq!(id_com(parse_id_com(alice).unwrap()), hex);
		assert_eq!(address(&Address::Native(parse_id_com(hex).unwrap())), alice);
		for bad in ["", "0x", &hex[..64], &alice[1..], "Alice"] {
			assert_eq!(parse_id_com(bad), None, "{bad}");
		}
	}

	#[test]
	fn addresses_are_shown_in_their_own_notation() {
		let shown = address(&Address::Evm(EvmAddress::from([0xab; 20])));
		assert!(shown.starts_with("0x") && shown.len() == 42);
		assert_eq!(
			parse_address(VmKind::EVM, &shown),
			Ok(Address::Evm(EvmAddress::from([0xab; 20])))
		);
		assert!(parse_address(VmKind::EVM, "0x1234").is_err());
	}
}
