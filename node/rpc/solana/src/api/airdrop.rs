// SPDX-License-Identifier: Apache-2.0
//! Lamports for who develops.

use std::sync::{
	atomic::{AtomicU32, Ordering},
	Arc,
};

use ed25519_dalek::{Signer, SigningKey};
use jsonrpsee::{
	core::RegisterMethodError,
	types::{ErrorObjectOwned, Params},
	RpcModule,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use unum_address::SvmAddress;
use unum_solana_transaction::{
	compile_legacy, ids, AccountMeta, Blockhash, Instruction, RawTransaction,
};

use super::send::{blocking, submit};
use crate::{
	limits,
	node::Node,
	params::{hash, pubkey, Args, Commitment, CommitmentConfig},
	RpcError, SolanaChain,
};

/// What the secret key of development chains' faucet is the SHA-256 of.
const DEVELOPMENT: &[u8] = b"unum-dev-solana-faucet";

/// Least compute units of a gift; more than it needs.
const UNITS_MIN: u32 = 10_000;

/// What the faucet keeps for itself: an account with less is none.
const KEPT: u64 = limits::ACCOUNT_OVERHEAD.saturating_mul(limits::LAMPORTS_PER_BYTE);

/// How many gifts in a row differ by their limit of compute units.
const UNITS_RANGE: u32 = 100_000;

/// An account that gives lamports away.
#[derive(Debug)]
pub struct Faucet {
	key: SigningKey,
	/// Tells one gift from the next: two of the same amount to the same account with the same blockhash
	/// would be one transaction.
	given: AtomicU32,
}

impl Faucet {
	/// That of development chains, whose key everybody knows. The genesis of such a chain gives it coins.
	pub fn development() -> Self {
		let key = SigningKey::from_bytes(&Sha256::digest(DEVELOPMENT).into());
		// Another node that gives at the same time begins elsewhere, most likely.
		let seed = std::time::UNIX_EPOCH.elapsed().map_or(0, |elapsed| elapsed.subsec_micros());
		Self { key, given: AtomicU32::new(seed) }
	}

	/// Its address.
	pub fn address(&self) -> SvmAddress {
		self.key.verifying_key().to_bytes().into()
	}

	/// A transaction that gives lamports to an account.
	fn gift(&self, to: SvmAddress, lamports: u64, blockhash: Blockhash) -> Option<RawTransaction> {
		let given = self.given.fetch_add(1, Ordering::Relaxed);
		let units = given.checked_rem(UNITS_RANGE).unwrap_or_default().saturating_add(UNITS_MIN);
		let instructions = [unit_limit(units), transfer(self.address(), to, lamports)];
		let message = compile_legacy(self.address(), &instructions, blockhash).ok()?;
		let signature = self.key.sign(&message.encode()).to_bytes().into();
		RawTransaction::new(&[signature], &message).ok()
	}
}

fn unit_limit(units: u32) -> Instruction {
	let mut data = vec![2];
	data.extend(units.to_le_bytes());
	Instruction { program: ids::compute_budget(), accounts: Vec::new(), data }
}

fn transfer(from: SvmAddress, to: SvmAddress, lamports: u64) -> Instruction {
	let mut data = 2_u32.to_le_bytes().to_vec();
	data.extend(lamports.to_le_bytes());
	let meta = |pubkey, is_signer| AccountMeta { pubkey, is_signer, is_writable: true };
	let accounts = vec![meta(from, true), meta(to, false)];
	Instruction { program: ids::system_program(), accounts, data }
}

/// How a gift is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct AirdropConfig {
	recent_blockhash: Option<String>,
}

pub(super) fn register<C: SolanaChain>(
	module: &mut RpcModule<Node<C>>,
	faucet: Option<Faucet>,
) -> Result<(), RegisterMethodError> {
	let faucet = faucet.map(Arc::new);
	module.register_async_method("requestAirdrop", move |params, node, _| {
		let faucet = faucet.clone();
		async move {
			let giving = node.clone();
			let params = params.into_owned();
			let made = blocking(move || make(&giving, &params, faucet.as_deref())).await?;
			submit(&node, made).await.map_err(ErrorObjectOwned::from)
		}
	})?;
	Ok(())
}

fn make<C: SolanaChain>(
	node: &Node<C>,
	params: &Params<'_>,
	faucet: Option<&Faucet>,
) -> Result<RawTransaction, RpcError> {
	let mut args = Args::new(params, 2, 3)?;
	let (to, lamports): (String, u64) = (args.next()?, args.next()?);
	let config: AirdropConfig = args.config()?;
	let faucet = faucet.ok_or_else(|| RpcError::InvalidRequest("Invalid request".into()))?;
	let to = pubkey(&to)?;
	let commitment = Some(Commitment::Processed);
	let at = node.at(&CommitmentConfig { commitment, min_context_slot: None })?;
	let info = node.chain().info(at)?;
	let there = node.account(at, faucet.address())?.map_or(0, |account| account.lamports);
	if lamports > there.saturating_sub(info.lamports_per_signature.saturating_add(KEPT)) {
		return Err(RpcError::FaucetEmpty { there });
	}
	let blockhash = match config.recent_blockhash {
		Some(text) => hash(&text)?,
		None => info.blockhash,
	};
	let gift = faucet.gift(to, lamports, blockhash.into());
	gift.ok_or_else(|| RpcError::Damaged("a gift cannot be made".into()))
}
