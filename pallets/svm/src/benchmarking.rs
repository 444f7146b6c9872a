// SPDX-License-Identifier: Apache-2.0
//! What the Solana VM costs besides its compute units: what the chain does for its transactions, for the
//! accounts that open by themselves, and at the beginning of a block.
//!
//! Transactions are executed as the dispatcher has them executed, which weighs reading them and taking
//! their fee by itself. What one thing costs is the difference between two benchmarks
//! ([`costs`](crate::costs)).

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)]

use alloc::{string::String, vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{traits::Hooks, weights::Weight};
use frame_system::Pallet as System;
use sp_runtime::traits::SaturatedConversion;
use unum_address::{Address, SvmAddress};
use unum_id_com::MintId;
use unum_solana_transaction::{
	compile_legacy,
	wallet::{address_of, key_of, readonly, sign, signer, transfer, writable},
	Blockhash, Instruction, RawTransaction, Signature,
};
use unum_solana_view::TransactionMeta;
use unum_spl_token::{associated_token_address, ids, Instruction as TokenInstruction};
use unum_svm_engine::{limits::BLOCKHASH_SLOTS, SvmHost};
use unum_units::{Decimals, LedgerAmount};
use unum_vm_engine::{
	BlockEnv, CallContext, Endow, Fate, IdentityRegistry, Meter, MountedEngine, Movement,
	OnMovement, TokenInfo, TokenLedger, VmEngine,
};

use crate::{
	blockhash_of, blockhashes, Associated, Blockhashes, ChainSvmHost, Config, Metas,
	OldestProcessed, Pallet, Processed,
};

const COINS: LedgerAmount = LedgerAmount::new(1_000_000_000_000_000_000_000);
const TOKENS: u64 = 1_000_000;

/// Who pays and signs.
fn payer() -> SvmAddress {
	address_of(&key_of([1; 32]))
}

/// The `n`th of some addresses.
fn nth(n: u32) -> SvmAddress {
	let mut bytes = [2; 32];
	bytes[..4].copy_from_slice(&n.to_le_bytes());
	bytes.into()
}

/// Gives a wallet coins, by which nobody knows its address yet.
fn endow<T: Config>(wallet: SvmAddress)
where
	T::Ledger: Endow,
{
	T::Ledger::endow(wallet.unbound_id_com(), COINS);
}

/// Begins an extrinsic in a block of a chain on which the payer has coins.
fn begin<T: Config>()
where
	T::Ledger: Endow,
{
	System::<T>::set_block_number(1_000u32.into());
	System::<T>::set_extrinsic_index(0);
	T::Identity::note_address(&Address::Svm(payer()));
	endow::<T>(payer());
}

fn mint() -> MintId {
	MintId::from([3; 32])
}

fn mint_key() -> SvmAddress {
	SvmAddress::from(*mint().as_bytes())
}

/// The token account of an owner.
fn account_of(owner: SvmAddress) -> SvmAddress {
	associated_token_address(&owner, &mint_key()).unwrap().0
}

fn create_token<T: Config>() {
	let info = TokenInfo {
		supply: LedgerAmount::ZERO,
		decimals: Decimals::new(6).unwrap(),
		svm_decimals: Decimals::new(6).unwrap(),
		name: String::from_utf8([b'n'; 64].to_vec()).unwrap(),
		symbol: String::from_utf8([b's'; 16].to_vec()).unwrap(),
		mint_authority: Some(payer().unbound_id_com()),
		freeze_authority: None,
	};
	T::Ledger::create_token(mint(), info).unwrap();
}

/// Opens the token account of an owner, with tokens in it.
fn open<T: Config>(owner: SvmAddress) -> SvmAddress {
	T::Identity::note_address(&Address::Svm(owner));
	let (authority, holder) = (payer().unbound_id_com(), owner.unbound_id_com());
	let amount = LedgerAmount::new(TOKENS.into());
	T::Ledger::mint_to(mint(), authority, holder, amount).unwrap();
	assert!(Associated::<T>::contains_key(owner, mint()));
	account_of(owner)
}

/// An instruction that moves a token of the payer's to another account.
fn move_token(to: SvmAddress, also: impl Iterator<Item = SvmAddress>) -> Instruction {
	let mut accounts = vec![
		writable(account_of(payer())),
		readonly(mint_key()),
		writable(to),
		signer(readonly(payer())),
	];
	accounts.extend(also.map(readonly));
	let data = TokenInstruction::TransferChecked { amount: 1, decimals: 6 }.encode();
	Instruction { program: ids::token_program(), accounts, data }
}

/// A transaction of the payer's. Its signature was verified before.
fn transaction<T: Config>(instructions: &[Instruction]) -> Vec<u8> {
	let newest = blockhash_of(System::<T>::parent_hash());
	let message = compile_legacy(payer(), instructions, Blockhash::new(newest)).unwrap();
	RawTransaction::new(&[Signature::from([0; 64])], &message).unwrap().bytes().to_vec()
}

/// Executes a transaction, which succeeds.
fn execute<T: Config>(bytes: &[u8]) {
	let block = BlockEnv {
		number: 1,
		parent_hash: Default::default(),
		timestamp_ms: 0,
		genesis_hash: Default::default(),
	};
	let sender = payer().unbound_id_com();
	let context = CallContext { sender, transaction_hash: Default::default(), tag: None, block };
	let mut host = Pallet::<T>::host();
	<Pallet<T> as MountedEngine>::Engine::note_raw(&mut host, bytes);
	let mut meter = Meter::new(Weight::MAX);
	let outcome = <Pallet<T> as MountedEngine>::Engine::execute_raw(
		&mut host,
		bytes,
		&Address::Svm(payer()),
		&context,
		&mut meter,
	);
	assert_eq!(outcome.unwrap().fate, Fate::Success);
}

fn last_meta<T: Config>() -> TransactionMeta {
	Metas::<T>::get().pop().unwrap().1
}

#[benchmarks(where T::Ledger: Endow)]
mod benchmarks {
	use super::*;

	/// A payment, beside which `a` token accounts are named.
	#[benchmark]
	fn accounts(a: Linear<0, 25>) {
		begin::<T>();
		endow::<T>(nth(0));
		create_token::<T>();
		let others: Vec<_> = (1..=a).map(|n| open::<T>(nth(n))).collect();
		let mut payment = transfer(payer(), nth(0), 1_000_000);
		payment.accounts.extend(others.into_iter().map(readonly));
		let bytes = transaction::<T>(&[payment]);

		#[block]
		{
			execute::<T>(&bytes);
		}

		assert_eq!(last_meta::<T>().post_balances.len(), a as usize + 3);
	}

	/// `i` payments to one wallet.
	#[benchmark]
	fn transfers(i: Linear<1, 30>) {
		begin::<T>();
		endow::<T>(nth(0));
		let payments = vec![transfer(payer(), nth(0), 1_000_000); i as usize];
		let bytes = transaction::<T>(&payments);

		#[block]
		{
			execute::<T>(&bytes);
		}

		assert_eq!(last_meta::<T>().compute_units_consumed, 150 * u64::from(i));
	}

	/// `i` transfers of a token to one account.
	#[benchmark]
	fn token_transfers(i: Linear<1, 30>) {
		begin::<T>();
		create_token::<T>();
		let [_, to] = [payer(), nth(0)].map(open::<T>);
		let bytes = transaction::<T>(&vec![move_token(to, core::iter::empty()); i as usize]);

		#[block]
		{
			execute::<T>(&bytes);
		}

		let after = last_meta::<T>().post_token_balances;
		let left = after.iter().find(|balance| balance.owner == payer()).unwrap();
		assert_eq!(left.amount, TOKENS - u64::from(i));
	}

	/// A transfer of a token that names `r` further accounts of it, which it renders again for that.
	#[benchmark]
	fn renderings(r: Linear<0, 20>) {
		begin::<T>();
		create_token::<T>();
		let [_, to] = [payer(), nth(0)].map(open::<T>);
		let also: Vec<_> = (1..=r).map(|n| open::<T>(nth(n))).collect();
		let bytes = transaction::<T>(&[move_token(to, also.into_iter())]);

		#[block]
		{
			execute::<T>(&bytes);
		}

		assert_eq!(last_meta::<T>().post_token_balances.len(), r as usize + 2);
	}

	/// Payments to `i` wallets that have coins, and whose addresses nobody knows yet.
	#[benchmark]
	fn changes(i: Linear<1, 20>) {
		begin::<T>();
		let payments: Vec<_> = (1..=i)
			.map(|n| {
				endow::<T>(nth(n));
				transfer(payer(), nth(n), 1_000_000)
			})
			.collect();
		let bytes = transaction::<T>(&payments);

		#[block]
		{
			execute::<T>(&bytes);
		}

		assert_eq!(last_meta::<T>().post_balances.len(), i as usize + 2);
	}

	/// Payments to `i` wallets that have never been seen.
	#[benchmark]
	fn births(i: Linear<1, 20>) {
		begin::<T>();
		let payments: Vec<_> = (1..=i).map(|n| transfer(payer(), nth(n), 1_000_000)).collect();
		let bytes = transaction::<T>(&payments);

		#[block]
		{
			execute::<T>(&bytes);
		}

		assert_eq!(last_meta::<T>().post_balances[1..=i as usize], vec![1_000_000; i as usize]);
	}

	/// `s` signatures of a message of 1,000 bytes, which is as long as one gets.
	#[benchmark]
	fn signatures(s: Linear<0, 10>) {
		let mut payment = transfer(payer(), nth(0), 1);
		payment.data.resize(900, 0);
		let message = compile_legacy(payer(), &[payment], Blockhash::default()).unwrap();
		let signed = sign(&message, &[&key_of([1; 32])]).unwrap();
		let (bytes, signature) = (message.encode(), *signed.first_signature().as_bytes());
		let host = ChainSvmHost::<T>::default();
		let mut valid = 0;

		#[block]
		{
			for _ in 0..s {
				valid += u32::from(host.verify(&payer(), &bytes, &signature));
			}
		}

		assert_eq!(valid, s);
	}

	/// Somebody gets a token whose address is known and who has no account for it.
	#[benchmark]
	fn open_associated() {
		begin::<T>();
		create_token::<T>();
		// Found at the second attempt, as on average.
		let takes_two = |owner: &SvmAddress| {
			let found = associated_token_address(owner, &mint_key());
			found.is_ok_and(|(_, bump)| bump == u8::MAX - 1)
		};
		let owner = (0..u32::MAX).map(nth).find(takes_two).unwrap();
		T::Identity::note_address(&Address::Svm(owner));
		let (holder, amount) = (owner.unbound_id_com(), LedgerAmount::new(1));
		T::Ledger::mint_to(mint(), payer().unbound_id_com(), holder, amount).unwrap();
		// As it is before.
		crate::associated::keep::<T>(&account_of(owner), None);
		let movement = Movement::Minted { mint: mint(), to: holder, amount };

		#[block]
		{
			Pallet::<T>::on_movement(&movement);
		}

		assert!(Associated::<T>::contains_key(owner, mint()));
	}

	/// The block before had a transaction, and `f` of an older one can't come again from now on.
	#[benchmark]
	fn on_initialize(f: Linear<0, 500>) {
		begin::<T>();
		let bytes = transaction::<T>(&[transfer(payer(), payer(), 1)]);
		execute::<T>(&bytes);
		let now = System::<T>::block_number();
		let expired = now.saturated_into::<u64>() - BLOCKHASH_SLOTS - 1;
		OldestProcessed::<T>::put(expired);
		for n in 0..f {
			Processed::<T>::insert(expired, sp_io::hashing::blake2_256(&n.to_le_bytes()), ());
		}

		#[block]
		{
			Pallet::<T>::on_initialize(now);
		}

		assert!(!Metas::<T>::exists());
		assert!(Processed::<T>::iter_prefix(expired).next().is_none());
		assert!(Blockhashes::<T>::contains_key(blockhashes::newest::<T>()));
	}

	impl_benchmark_test_suite!(Pallet, crate::tests::new_chain(), crate::tests::Test);
}
