// SPDX-License-Identifier: Apache-2.0
//! Programs that verify signatures which a transaction carries in its instructions' data: Ed25519,
//! secp256k1 by recovery, secp256r1 (`agave-precompiles` 4.2). They have no accounts, log nothing and use
//! no compute units; what they verify is paid as signatures are.

use unum_address::SvmAddress;
use unum_solana_view::InstructionError;

use crate::{ids, InvokeContext, SvmHost};

/// Why a precompile fails, by its custom error code (solana-precompile-error 3.0).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum PrecompileError {
	/// `InvalidPublicKey`.
	PublicKey,
	/// `InvalidRecoveryId`.
	RecoveryId,
	/// `InvalidSignature`.
	Signature,
	/// `InvalidDataOffsets`.
	DataOffsets,
	/// `InvalidInstructionDataSize`.
	InstructionDataSize,
}

impl From<PrecompileError> for InstructionError {
	fn from(error: PrecompileError) -> Self {
		Self::Custom(match error {
			PrecompileError::PublicKey => 0,
			PrecompileError::RecoveryId => 1,
			PrecompileError::Signature => 2,
			PrecompileError::DataOffsets => 3,
			PrecompileError::InstructionDataSize => 4,
		})
	}
}

type Verdict = Result<(), PrecompileError>;

/// Verifies all signatures that the current instruction of a precompile names.
///
/// # Errors
/// `Custom` with the number of a precompile's error; `ComputationalBudgetExceeded`: more than the
/// transaction's budget was made for, which cannot be.
pub(crate) fn verify<H: SvmHost>(
	context: &mut InvokeContext<'_, '_, H>,
) -> Result<(), InstructionError> {
	let program = *context.program_id()?;
	let data = context.instruction_data().to_vec();
	let count = data.first().copied().unwrap_or_default();
	let cost = context.costs().signature.saturating_mul(count.into());
	context.consume_hidden(cost)?;
	let precompile = Precompile { context, data: &data };
	let verdict = match program {
		program if program == ids::ed25519_program() => precompile.ed25519(),
		program if program == ids::secp256k1_program() => precompile.secp256k1(),
		_ => precompile.secp256r1(),
	};
	Ok(verdict?)
}

/// Stands for the precompile's own instruction, where others stand by their number.
const OWN: u16 = u16::MAX;

/// Bytes in an instruction's data.
#[derive(Clone, Copy)]
struct Slice {
	instruction: u16,
	offset: u16,
	length: u16,
}

/// Where a signature, its key and its message are.
struct Place {
	signature: Slice,
	key: Slice,
	message: Slice,
}

impl Place {
	/// Reads the 14 bytes in which Ed25519 and secp256r1 say so, with keys of so many bytes.
	fn read(bytes: &[u8; 14], key_length: u16) -> Self {
		let [a0, a1, b0, b1, c0, c1, d0, d1, e0, e1, f0, f1, g0, g1] = *bytes;
		let number = |low, high| u16::from_le_bytes([low, high]);
		let slice = |offset, length, instruction| Slice { instruction, offset, length };
		Self {
			signature: slice(number(a0, a1), 64, number(b0, b1)),
			key: slice(number(c0, c1), key_length, number(d0, d1)),
			message: slice(number(e0, e1), number(f0, f1), number(g0, g1)),
		}
	}

	/// Reads the 11 bytes in which secp256k1 says so.
	fn read_secp256k1(bytes: &[u8; 11]) -> Self {
		let [a0, a1, b, c0, c1, d, e0, e1, f0, f1, g] = *bytes;
		let number = |low, high| u16::from_le_bytes([low, high]);
		let slice = |offset, length, instruction: u8| Slice {
			instruction: instruction.into(),
			offset,
			length,
		};
		Self {
			signature: slice(number(a0, a1), 64, b),
			key: slice(number(c0, c1), 20, d),
			message: slice(number(e0, e1), number(f0, f1), g),
		}
	}
}

struct Precompile<'c, 'a, 'm, H: SvmHost> {
	context: &'c InvokeContext<'a, 'm, H>,
	data: &'c [u8],
}

impl<H: SvmHost> Precompile<'_, '_, '_, H> {
	/// The places that the data begins with, each of `N` bytes, after a head of so many bytes.
	fn places<const N: usize>(
		&self,
		head: usize,
	) -> Result<impl Iterator<Item = &[u8; N]>, PrecompileError> {
		let count = usize::from(self.data.first().copied().unwrap_or_default());
		let after = self.data.get(head..).ok_or(PrecompileError::InstructionDataSize)?;
		let (places, _) = after.as_chunks::<N>();
		// None is fine where there is nothing else.
		if places.len() < count || count == 0 && !after.is_empty() {
			return Err(PrecompileError::InstructionDataSize);
		}
		Ok(places.iter().take(count))
	}

	fn instruction(&self, index: u16) -> Option<&[u8]> {
		self.context.data_of_top(usize::from(index))
	}

	/// The bytes at a place. `too_short` is what it is called where they are not all there.
	fn bytes(&self, slice: Slice, too_short: PrecompileError) -> Result<&[u8], PrecompileError> {
		let instruction = match slice.instruction {
			OWN => self.data,
			index => self.instruction(index).ok_or(PrecompileError::DataOffsets)?,
		};
		let begin = usize::from(slice.offset);
		let end = begin.saturating_add(slice.length.into());
		instruction.get(begin..end).ok_or(too_short)
	}

	fn array<const N: usize>(&self, slice: Slice) -> Result<&[u8; N], PrecompileError> {
		let bytes = self.bytes(slice, PrecompileError::DataOffsets)?;
		bytes.try_into().map_err(|_| PrecompileError::DataOffsets)
	}

	fn ed25519(&self) -> Verdict {
		for place in self.places::<14>(2)? {
			let place = Place::read(place, 32);
			let signature: &[u8; 64] = self.array(place.signature)?;
			let key: &[u8; 32] = self.array(place.key)?;
			let message = self.bytes(place.message, PrecompileError::DataOffsets)?;
			let key = SvmAddress::from(*key);
			// Whatever is wrong with it: a signature that does not verify strictly is none. A key that is
			// no point is another case.
			if !self.context.host().verify(&key, message, signature) {
				return Err(match is_point(&key) {
					true => PrecompileError::Signature,
					false => PrecompileError::PublicKey,
				});
			}
		}
		Ok(())
	}

	fn secp256k1(&self) -> Verdict {
		for place in self.places::<11>(1)? {
			let place = Place::read_secp256k1(place);
			let instruction = self.instruction(place.signature.instruction);
			let instruction = instruction.ok_or(PrecompileError::InstructionDataSize)?;
			let begin = usize::from(place.signature.offset);
			let signed = instruction.get(begin..).and_then(|rest| rest.first_chunk::<65>());
			let [signature @ .., recovery_id] = signed.ok_or(PrecompileError::Signature)?;
			let too_short = PrecompileError::Signature;
			let address = self.bytes(place.key, too_short)?;
			let message = self.bytes(place.message, too_short)?;
			if !is_below_order(signature) {
				return Err(PrecompileError::Signature);
			}
			if *recovery_id > 3 {
				return Err(PrecompileError::RecoveryId);
			}
			let hash = sp_crypto_hashing::keccak_256(message);
			let key = self.context.host().recover_secp256k1(&hash, *recovery_id, signature);
			let key = key.ok_or(PrecompileError::Signature)?;
			let signer = sp_crypto_hashing::keccak_256(&key);
			if signer.last_chunk::<20>().is_none_or(|signer| signer != address) {
				return Err(PrecompileError::Signature);
			}
		}
		Ok(())
	}

	fn secp256r1(&self) -> Verdict {
		/// The most signatures of one instruction.
		const MOST: u8 = 8;
		let count = self.data.first().copied().unwrap_or_default();
		if count == 0 || count > MOST {
			return Err(PrecompileError::InstructionDataSize);
		}
		for place in self.places::<14>(2)? {
			let place = Place::read(place, 33);
			let signature: &[u8; 64] = self.array(place.signature)?;
			let key: &[u8; 33] = self.array(place.key)?;
			let message = self.bytes(place.message, PrecompileError::DataOffsets)?;
			if !is_low(signature) {
				return Err(PrecompileError::Signature);
			}
			let hash = sp_crypto_hashing::sha2_256(message);
			match self.context.host().verify_secp256r1(&hash, signature, key) {
				None => return Err(PrecompileError::PublicKey),
				Some(false) => return Err(PrecompileError::Signature),
				Some(true) => {},
			}
		}
		Ok(())
	}
}

/// Whether these are the bytes of a point of Curve25519.
fn is_point(key: &SvmAddress) -> bool {
	curve25519_dalek::edwards::CompressedEdwardsY(*key.as_bytes()).decompress().is_some()
}

/// The two numbers of an ECDSA signature, big-endian.
fn numbers(signature: &[u8; 64]) -> (&[u8], &[u8]) {
	signature.split_at(32)
}

/// The order of secp256k1's group (SEC 2, section 2.4.1), big-endian.
const SECP256K1_ORDER: [u8; 32] = [
	0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
	0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// Whether both numbers of a signature are below secp256k1's order.
fn is_below_order(signature: &[u8; 64]) -> bool {
	let (r, s) = numbers(signature);
	r < &SECP256K1_ORDER[..] && s < &SECP256K1_ORDER[..]
}

/// The order of secp256r1's group less one (SEC 2, section 2.4.2), big-endian.
const SECP256R1_ORDER_MINUS_ONE: [u8; 32] = [
	0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x50,
];

/// Half of that.
const SECP256R1_HALF_ORDER: [u8; 32] = [
	0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
	0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
];

/// Whether the numbers of a secp256r1 signature are in range, the second in its lower half: of two that
/// are as good, one alone counts.
fn is_low(signature: &[u8; 64]) -> bool {
	let (r, s) = numbers(signature);
	let is_zero = |number: &[u8]| number.iter().all(|byte| *byte == 0);
	!is_zero(r)
		&& !is_zero(s)
		&& r <= &SECP256R1_ORDER_MINUS_ONE[..]
		&& s <= &SECP256R1_HALF_ORDER[..]
}
