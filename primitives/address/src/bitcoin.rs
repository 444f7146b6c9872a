// SPDX-License-Identifier: Apache-2.0
//! Addresses of the Bitcoin VM: output scripts.

use alloc::vec::Vec;
use bech32::{
	primitives::decode::{
		CharError, SegwitHrpstring, SegwitHrpstringError, UncheckedHrpstringError,
	},
	Fe32, Hrp,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{
	fmt,
	hash::{Hash, Hasher},
	str::FromStr,
};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};
use unum_id_com::{tagged_sha256, Domain, IdCom};

use crate::{
	text::{base58_check, exactly, hex_digits, serde_as_text},
	ParseAddressError, ParseAddressReason as Reason, VmKind,
};

const VM: VmKind = VmKind::BVM;

/// Longest script that Bitcoin runs, in bytes (`MAX_SCRIPT_SIZE`); an output with a longer one could
/// never be spent.
const SCRIPT_BYTES_MAX: u32 = 10_000;

/// Human-readable part of this chain's segwit addresses: that of Bitcoin's regression test network.
/// With the `bc` of the main network, somebody could pay real bitcoin to an address that exists here
/// alone.
const HRP: Hrp = bech32::hrp::BCRT;

/// Versions of Base58Check on the regression test network.
const VERSION_PUBKEY_HASH: u8 = 0x6f;
const VERSION_SCRIPT_HASH: u8 = 0xc4;
/// The same on the main network.
const VERSIONS_MAIN: [u8; 2] = [0x00, 0x05];

/// Opcodes of the standard scripts.
mod op {
	pub(super) const ZERO: u8 = 0x00;
	pub(super) const PUSH_20: u8 = 0x14;
	pub(super) const PUSH_32: u8 = 0x20;
	/// `OP_1`; `OP_16` stands fifteen higher.
	pub(super) const ONE: u8 = 0x51;
	pub(super) const SIXTEEN: u8 = 0x60;
	pub(super) const DUP: u8 = 0x76;
	pub(super) const EQUAL: u8 = 0x87;
	pub(super) const EQUALVERIFY: u8 = 0x88;
	pub(super) const HASH160: u8 = 0xa9;
	pub(super) const CHECKSIG: u8 = 0xac;
}

/// What an output of a Bitcoin transaction pays to: a script of at most 10,000 bytes.
///
/// Text and JSON form: bech32 or bech32m for witness programs ([BIP-173], [BIP-350]) and Base58Check
/// for P2PKH and P2SH, both with the prefixes of the regression test network; any other script as
/// `0x` and hexadecimal digits. Every script can be read in the `0x` form.
///
/// [BIP-173]: https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki
/// [BIP-350]: https://github.com/bitcoin/bips/blob/master/bip-0350.mediawiki
#[derive(
	Clone,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct BtcScript(BoundedVec<u8, ConstU32<SCRIPT_BYTES_MAX>>);

/// A script is longer than scripts can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ScriptTooLongError {
	/// The length of the script, in bytes.
	pub found: usize,
}

impl fmt::Display for ScriptTooLongError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "the script has {} bytes, and {SCRIPT_BYTES_MAX} are possible", self.found)
	}
}

impl core::error::Error for ScriptTooLongError {}

impl BtcScript {
	/// Checks the length of a script, and nothing else: every byte string is a script.
	///
	/// # Errors
	/// [`ScriptTooLongError`] above 10,000 bytes.
	pub fn new(bytes: Vec<u8>) -> Result<Self, ScriptTooLongError> {
		let found = bytes.len();
		BoundedVec::try_from(bytes).map(Self).map_err(|_| ScriptTooLongError { found })
	}

	/// Derives the script under which the Bitcoin VM sees `id`: a witness program of version 16,
	/// which any wallet that knows bech32m can pay and no Bitcoin rule uses.
	pub fn derive(id: IdCom) -> Self {
		let program = tagged_sha256(Domain::BVM, &[id.as_bytes()]);
		Self::of_parts(&[&[op::SIXTEEN, op::PUSH_32], &program])
	}

	/// The identity that this script has while it is bound to none.
	pub fn unbound_id_com(&self) -> IdCom {
		tagged_sha256(Domain::LEGACY_BTC_OUTPUT, &[&self.0]).into()
	}

	/// The bytes of this script.
	pub fn as_bytes(&self) -> &[u8] {
		&self.0
	}

	/// Joins the parts of a standard script. The longest has 42 bytes, so nothing is cut.
	fn of_parts(parts: &[&[u8]]) -> Self {
		Self(BoundedVec::truncate_from(parts.concat()))
	}

	fn pay_to_pubkey_hash(hash: [u8; 20]) -> Self {
		Self::of_parts(&[
			&[op::DUP, op::HASH160, op::PUSH_20],
			&hash,
			&[op::EQUALVERIFY, op::CHECKSIG],
		])
	}

	fn pay_to_script_hash(hash: [u8; 20]) -> Self {
		Self::of_parts(&[&[op::HASH160, op::PUSH_20], &hash, &[op::EQUAL]])
	}

	/// Version and program, where this script is a witness program.
	fn witness_program(&self) -> Option<(u8, &[u8])> {
		let [opcode, length, program @ ..] = self.as_bytes() else { return None };
		let version = match *opcode {
			op::ZERO => Some(0),
			op::ONE..=op::SIXTEEN => opcode.checked_sub(op::ONE)?.checked_add(1),
			_ => None,
		};
		let fits = (2..=40).contains(&program.len()) && program.len() == usize::from(*length);
		version.filter(|_| fits).map(|version| (version, program))
	}

	/// The bech32 form, where this script is a witness program that has one (a version 0 program of
	/// an unusual length has none).
	fn segwit_text(&self) -> Option<alloc::string::String> {
		let (version, program) = self.witness_program()?;
		let version = Fe32::try_from(version).ok()?;
		bech32::segwit::encode(HRP, version, program).ok()
	}

	/// Version and hash of the Base58Check form, where this script is P2PKH or P2SH.
	fn hash_address(&self) -> Option<(u8, &[u8])> {
		let (version, hash) = match self.as_bytes() {
			[op::DUP, op::HASH160, op::PUSH_20, hash @ .., op::EQUALVERIFY, op::CHECKSIG] => {
				(VERSION_PUBKEY_HASH, hash)
			},
			[op::HASH160, op::PUSH_20, hash @ .., op::EQUAL] => (VERSION_SCRIPT_HASH, hash),
			_ => return None,
		};
		(hash.len() == 20).then_some((version, hash))
	}
}

impl AsRef<[u8]> for BtcScript {
	fn as_ref(&self) -> &[u8] {
		&self.0
	}
}

impl From<BtcScript> for Vec<u8> {
	fn from(script: BtcScript) -> Self {
		script.0.into_inner()
	}
}

// The bounded vector has this in `std` only.
impl Hash for BtcScript {
	fn hash<H: Hasher>(&self, state: &mut H) {
		self.as_bytes().hash(state);
	}
}

impl fmt::Display for BtcScript {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		if let Some(text) = self.segwit_text() {
			return f.write_str(&text);
		}
		if let Some((version, hash)) = self.hash_address() {
			let text = bs58::encode(hash).with_check_version(version).into_string();
			return f.write_str(&text);
		}
		f.write_str("0x")?;
		f.write_str(&hex::encode(self.as_bytes()))
	}
}

impl fmt::Debug for BtcScript {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		fmt::Display::fmt(self, f)
	}
}

impl FromStr for BtcScript {
	type Err = ParseAddressError;

	/// Reads each of the three notations. None can be taken for another: `0x` begins neither of the
	/// others, and no Base58Check text of the accepted versions begins as a segwit address does.
	fn from_str(text: &str) -> Result<Self, Self::Err> {
		if text.starts_with("0x") {
			return parse_hex(text);
		}
		if is_segwit(text) {
			return parse_segwit(text);
		}
		parse_base58(text)
	}
}

fn parse_hex(text: &str) -> Result<BtcScript, ParseAddressError> {
	let max = usize::try_from(SCRIPT_BYTES_MAX).unwrap_or(usize::MAX);
	let digits = hex_digits(VM, text)?;
	let found = digits.len().div_ceil(2);
	if found > max {
		return Err(Reason::ScriptTooLong { max, found }.of(VM));
	}
	let bytes = hex::decode(digits).map_err(|_| Reason::OddDigitCount.of(VM))?;
	BtcScript::new(bytes).map_err(|e| Reason::ScriptTooLong { max, found: e.found }.of(VM))
}

/// Whether a text is to be read as a segwit address: it begins as those of any Bitcoin network do.
fn is_segwit(text: &str) -> bool {
	let begins = |prefix: &str| {
		text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
	};
	["bcrt1", "bc1", "tb1"].into_iter().any(begins)
}

fn parse_segwit(text: &str) -> Result<BtcScript, ParseAddressError> {
	let parsed = SegwitHrpstring::new(text).map_err(|error| segwit_reason(error).of(VM))?;
	if parsed.hrp() == bech32::hrp::BC {
		return Err(Reason::BitcoinMainNetwork.of(VM));
	}
	if parsed.hrp() != HRP {
		return Err(Reason::WrongHumanReadablePart.of(VM));
	}
	let program: Vec<u8> = parsed.byte_iter().collect();
	let opcode = match parsed.witness_version().to_u8() {
		0 => op::ZERO,
		version => version.saturating_sub(1).saturating_add(op::ONE),
	};
	let length = u8::try_from(program.len()).map_err(|_| Reason::InvalidWitnessProgram.of(VM))?;
	Ok(BtcScript::of_parts(&[&[opcode, length], &program]))
}

fn segwit_reason(error: SegwitHrpstringError) -> Reason {
	use SegwitHrpstringError as E;
	match error {
		E::Unchecked(UncheckedHrpstringError::Char(CharError::MixedCase)) => Reason::MixedCase,
		E::Unchecked(UncheckedHrpstringError::Char(CharError::InvalidChar(found))) => {
			Reason::InvalidCharacter { found }
		},
		E::TooLong(found) => {
			Reason::TooLong { max: bech32::primitives::segwit::MAX_STRING_LENGTH, found }
		},
		E::Checksum(_) => Reason::WrongChecksum,
		_ => Reason::InvalidWitnessProgram,
	}
}

fn parse_base58(text: &str) -> Result<BtcScript, ParseAddressError> {
	let (version, payload) = base58_check(VM, text)?;
	match version {
		VERSION_PUBKEY_HASH => exactly(VM, &payload).map(BtcScript::pay_to_pubkey_hash),
		VERSION_SCRIPT_HASH => exactly(VM, &payload).map(BtcScript::pay_to_script_hash),
		version if VERSIONS_MAIN.contains(&version) => Err(Reason::BitcoinMainNetwork.of(VM)),
		found => Err(Reason::WrongVersion { found }.of(VM)),
	}
}

serde_as_text!(BtcScript);
