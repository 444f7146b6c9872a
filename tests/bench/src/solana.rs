// SPDX-License-Identifier: Apache-2.0
//! Solana's programs on a chain at its beginning, and transactions that are tried out there.

use std::{error::Error, io::Read};

use codec::Encode;
use sp_core::H256;
use unum_address::SvmAddress;
use unum_runtime::Runtime;
use unum_solana_transaction::{
	compile_legacy,
	wallet::{address_of, key_of, sign, signer, writable, SigningKey},
	AccountMeta, Blockhash, Instruction,
};
use unum_solana_view::{SimulationOptions, SimulationOutcome};
use unum_svm_engine::{ids, minimum_balance, StoredAccount};

use crate::{Chain, Machine};

/// Who pays for all transactions.
fn wallet() -> SigningKey {
	key_of([0x50; 32])
}

/// The address of who pays.
pub fn payer() -> SvmAddress {
	address_of(&wallet())
}

/// A program from the vectors of the virtual machine, such as `spl/spl_memo-1.0.0`.
///
/// # Errors
/// There is none of that name.
pub fn elf(name: &str) -> Result<Vec<u8>, Box<dyn Error>> {
	let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../pallets/svm/sbpf/tests/vectors");
	let file = std::fs::File::open(format!("{folder}/{name}.so.gz"))?;
	let mut bytes = Vec::new();
	flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
	Ok(bytes)
}

/// A chain on which [`payer`] has a million coins, and with these programs.
///
/// # Errors
/// The runtime was built without its Wasm.
pub fn chain(programs: &[(SvmAddress, Vec<u8>)]) -> Result<Chain, Box<dyn Error>> {
	let rich = programs.iter().map(|(key, _)| *key).chain([payer()]);
	let rich: Vec<_> = rich.map(|key| key.unbound_id_com()).collect();
	let mut chain = Chain::with_rich(&rich)?;
	for (key, elf) in programs {
		let stored =
			StoredAccount { owner: ids::bpf_loader(), executable: true, data: elf.clone() };
		let entry = pallet_svm::Accounts::<Runtime>::hashed_key_for(key);
		chain.insert(entry, stored.encode());
	}
	Ok(chain)
}

/// The address of an account that the payer can make without another signature.
///
/// # Panics
/// The seed has more than 32 bytes.
pub fn seeded(seed: &str, owner: &SvmAddress) -> SvmAddress {
	assert!(seed.len() <= 32, "{seed} is too long");
	let parts = [payer().as_ref(), seed.as_bytes(), owner.as_ref()].concat();
	sp_io::hashing::sha2_256(&parts).into()
}

/// Makes such an account (`SystemInstruction::CreateAccountWithSeed`).
pub fn create(seed: &str, space: u64, owner: &SvmAddress) -> Instruction {
	let lamports = minimum_balance(usize::try_from(space).unwrap_or(usize::MAX));
	let (kind, base) = (3u32.to_le_bytes(), payer());
	let length = u64::try_from(seed.len()).unwrap_or(u64::MAX).to_le_bytes();
	let [lamports, space] = [lamports, space].map(u64::to_le_bytes);
	let parts: [&[u8]; 7] =
		[&kind, base.as_ref(), &length, seed.as_bytes(), &lamports, &space, owner.as_ref()];
	let accounts = vec![signer(writable(payer())), writable(seeded(seed, owner))];
	Instruction { program: ids::system_program(), accounts, data: parts.concat() }
}

/// An instruction of a program.
pub fn instruction(program: SvmAddress, accounts: Vec<AccountMeta>, data: &[&[u8]]) -> Instruction {
	Instruction { program, accounts, data: data.concat() }
}

/// Tries out a transaction of these instructions. `shown`: accounts to be shown as they are afterwards.
///
/// # Errors
/// The transaction is too large, or the machine failed.
pub fn simulate(
	chain: &Chain,
	machine: Machine,
	instructions: &[Instruction],
	shown: &[SvmAddress],
) -> Result<SimulationOutcome, Box<dyn Error>> {
	let message = compile_legacy(payer(), instructions, Blockhash::default());
	let message = message.map_err(|error| format!("{error:?}"))?;
	let raw = sign(&message, &[&wallet()]).map_err(|error| error.to_string())?.encode();
	let accounts = shown.to_vec();
	let options = SimulationOptions { verify_signatures: true, replace_blockhash: true, accounts };
	let at = H256::repeat_byte(7);
	chain.ask(machine, "SolanaApi_simulate", (raw, options, at), |(raw, options, at)| {
		unum_runtime::solana::simulate(&raw, &options, at)
	})
}
