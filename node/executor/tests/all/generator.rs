// SPDX-License-Identifier: Apache-2.0
//! Transactions of every kind.

use fastrand::Rng;
use sp_runtime::OpaqueExtrinsic;
use unum_address::SvmAddress;
use unum_bench::{
	calls::{erc20_transfer, evm, evm_address, native, svm},
	chain::{account, mint, Chain},
	solana::{transfer_token, wallet},
};
use unum_evm_engine::EvmOperation;
use unum_id_com::IdCom;
use unum_native_engine::NativeCall;
use unum_runtime::{Address, RuntimeCall, UNIT};
use unum_solana_transaction::{
	wallet::{set_compute_unit_price, transfer},
	AccountMeta, Instruction,
};
use unum_svm_engine::{ids::memo, SvmAccountMeta, SvmOperation};
use unum_units::LedgerAmount;

/// What transactions of a block have in common.
#[derive(Debug)]
pub(crate) struct Mix {
	/// Accounts with coins.
	pub(crate) accounts: u32,
	/// How many of them take part in a third of the transactions.
	hot: u32,
	/// How many transactions.
	length: u32,
	/// How many in a hundred may touch anything.
	global: u32,
}

impl Mix {
	pub(crate) fn random(rng: &mut Rng) -> Self {
		let accounts = [2, 10, 60, 200][rng.usize(..4)];
		Self {
			accounts,
			hot: rng.u32(1..=accounts.min(5)),
			length: rng.u32(1..120),
			global: [0, 0, 10, 50][rng.usize(..4)],
		}
	}

	fn someone(&self, rng: &mut Rng) -> u32 {
		let is_hot = rng.u8(..3) == 0;
		rng.u32(..if is_hot { self.hot } else { self.accounts })
	}

	/// Somebody, or one who has nothing yet.
	fn anyone(&self, rng: &mut Rng) -> u32 {
		if rng.u8(..10) == 0 {
			rng.u32(10_000..10_050)
		} else {
			self.someone(rng)
		}
	}
}

/// Transactions for a block.
pub(crate) fn transactions(chain: &mut Chain, rng: &mut Rng, mix: &Mix) -> Vec<OpaqueExtrinsic> {
	(0..mix.length)
		.map(|_| {
			let sender = mix.someone(rng);
			let call = match rng.u8(..8) {
				0 => return chain.sign_solana(sender, &instructions(rng, mix, sender)),
				1 => svm(solana(rng, mix, sender)),
				_ if rng.u32(..100) < mix.global => global(rng, mix),
				_ => local(rng, mix),
			};
			// Who may use sudo.
			let is_sudo = matches!(call, RuntimeCall::Sudo(_));
			chain.sign(if is_sudo { 0 } else { sender }, call)
		})
		.collect()
}

/// What a wallet of Solana signs.
fn instructions(rng: &mut Rng, mix: &Mix, payer: u32) -> Vec<Instruction> {
	let price = rng.bool().then(|| set_compute_unit_price(rng.u64(..1_000)));
	let moves = (0..rng.u8(1..4)).map(|_| {
		let to = mix.anyone(rng);
		// Some of them more than there is.
		let amount = rng.u64(..1_100_000_000_000) / rng.u64(1..2_000);
		match rng.u8(..4) {
			0 => transfer_token(wallet(payer), wallet(to), mint(), amount),
			1 => Instruction {
				program: memo(),
				accounts: vec![],
				data: vec![b'm'; to as usize % 40],
			},
			_ => transfer(wallet(payer), wallet(to), amount),
		}
	});
	price.into_iter().chain(moves).collect()
}

/// An operation of the Solana VM: the sender's coins, or tokens of its.
fn solana(rng: &mut Rng, mix: &Mix, sender: u32) -> SvmOperation {
	let to = wallet(mix.anyone(rng));
	let lamports = rng.u64(..1_100_000_000_000) / rng.u64(1..200);
	if rng.bool() {
		return SvmOperation::SvmTransfer { to, lamports };
	}
	let from = SvmAddress::derive(account(sender).into());
	let Instruction { program, accounts, data } = transfer_token(from, to, mint(), lamports);
	let meta = |meta: AccountMeta| SvmAccountMeta {
		pubkey: meta.pubkey,
		is_signer: meta.is_signer,
		is_writable: meta.is_writable,
	};
	SvmOperation::SvmInvoke { program, accounts: accounts.into_iter().map(meta).collect(), data }
}

/// A call that says whom it concerns.
fn local(rng: &mut Rng, mix: &Mix) -> RuntimeCall {
	use pallet_balances::Call as Coins;
	use pallet_unified_tokens::Call as Tokens;
	let to = account(mix.anyone(rng));
	let (dest, id) = (Address::Id(to.clone()), IdCom::from(to));
	// Some of them more than there is.
	let value = u128::from(rng.u32(..1_100)) * UNIT / rng.u128(1..200);
	let amount = LedgerAmount::new(value);
	match rng.u8(..9) {
		0 | 1 => RuntimeCall::Balances(Coins::transfer_allow_death { dest, value }),
		2 => RuntimeCall::Balances(Coins::transfer_all { dest, keep_alive: rng.bool() }),
		3 => RuntimeCall::System(frame_system::Call::remark_with_event {
			remark: vec![rng.u8(..); rng.usize(..200)],
		}),
		4 => RuntimeCall::UnifiedTokens(Tokens::transfer { mint: mint(), to: id, amount }),
		5 => RuntimeCall::UnifiedTokens(Tokens::approve { mint: mint(), spender: id, amount }),
		6 => {
			let from = account(mix.someone(rng)).into();
			RuntimeCall::UnifiedTokens(Tokens::transfer_from { mint: mint(), from, to: id, amount })
		},
		_ => {
			let asset = rng.bool().then(mint);
			native(NativeCall::Transfer { asset, to: id, amount })
		},
	}
}

/// A call that may touch anything.
fn global(rng: &mut Rng, mix: &Mix) -> RuntimeCall {
	let gas_limit = rng.u64(20_000..200_000);
	let id = IdCom::from(account(mix.anyone(rng)));
	let to = evm_address(id);
	match rng.u8(..6) {
		0 => {
			let calls = (0..rng.u8(1..4)).map(|_| local(rng, mix)).collect();
			RuntimeCall::Utility(pallet_utility::Call::batch { calls })
		},
		1 => {
			let calls = (0..rng.u8(1..4)).map(|_| local(rng, mix)).collect();
			RuntimeCall::Utility(pallet_utility::Call::batch_all { calls })
		},
		2 => evm(EvmOperation::EvmTransfer { to, value: rng.u64(..).into() }),
		3 => erc20_transfer(to, rng.u64(..), gas_limit),
		4 => {
			// A contract that stores its maker's gas, and is a single STOP.
			let init = vec![0x5a, 0x5f, 0x55, 0x60, 1, 0x60, 31, 0xf3];
			evm(EvmOperation::EvmCreate { value: 0.into(), gas_limit, init, salt: None })
		},
		// Goes through the keys of the state.
		_ => {
			let prefix = frame_system::Account::<unum_runtime::Runtime>::hashed_key_for(account(1));
			let call = frame_system::Call::kill_prefix { prefix, subkeys: 1 }.into();
			RuntimeCall::Sudo(pallet_sudo::Call::sudo { call: Box::new(call) })
		},
	}
}
