// SPDX-License-Identifier: Apache-2.0
//! Deriving and resolving addresses, moving tokens and native coin, checking a wallet's signature: the
//! runtime's own code, natively, over storage in memory.
//!
//! The state is an overlay that grows within one measurement and is thrown away after it, so these are
//! figures to compare with each other and with earlier ones, not a chain's throughput.

// The macro that makes a group generates a function without documentation.
#![allow(missing_docs)]

use criterion::{criterion_group, criterion_main, BatchSize, Criterion};
use ed25519_dalek::{Signer, SigningKey};
use sp_runtime::{AccountId32, BuildStorage};
use std::hint::black_box;
use unum_address::{Address, VmKind};
use unum_id_com::{IdCom as Id, MintId};
use unum_runtime::{
	BalancesConfig, IdCom, RuntimeGenesisConfig, RuntimeOrigin, UnifiedTokens, UNIT,
};
use unum_signature::{verify_binding, BindingProof, BindingStatement};
use unum_units::LedgerAmount;
use unum_vm_engine::{Asset, IdentityRegistry, TokenLedger, UnifiedLedger};

/// Identities that exist.
const PEOPLE: u32 = 10_000;

fn id(n: u32) -> Id {
	let mut bytes = [7; 32];
	bytes[..4].copy_from_slice(&n.to_le_bytes());
	Id::from(bytes)
}

fn mint() -> MintId {
	MintId::derive(id(0), [0; 32])
}

/// A chain in which everybody has coins and tokens, and the second person may spend the first one's.
fn chain() -> sp_io::TestExternalities {
	let balances = BalancesConfig {
		balances: (0..PEOPLE).map(|n| (AccountId32::from(id(n)), UNIT)).collect(),
		..Default::default()
	};
	let genesis = RuntimeGenesisConfig { balances, ..Default::default() };
	let mut chain = sp_io::TestExternalities::new(genesis.build_storage().expect("builds"));
	chain.execute_with(|| {
		let creator = RuntimeOrigin::signed(id(0).into());
		let text = |text: &str| text.as_bytes().to_vec();
		UnifiedTokens::create_mint(creator, [0; 32], 6, None, text("T"), text("T"), None, None)
			.expect("new");
		for n in 0..PEOPLE {
			UnifiedTokens::mint_to(
				RuntimeOrigin::signed(id(0).into()),
				mint(),
				id(n),
				LedgerAmount::new(1_000_000),
			)
			.expect("its authority");
		}
		<UnifiedTokens as TokenLedger>::approve(
			mint(),
			id(0),
			id(1),
			LedgerAmount::new(u128::MAX - 1),
		)
		.expect("exists");
	});
	chain.commit_all().expect("commits");
	chain
}

fn identity(c: &mut Criterion) {
	let mut group = c.benchmark_group("identity");
	for vm in VmKind::FOREIGN {
		group.bench_function(format!("derive {vm}"), |b| {
			b.iter(|| Address::derive(black_box(id(1)), vm));
		});
	}
	let mut chain = chain();
	chain.execute_with(|| {
		let known = Address::derive(id(5_000), VmKind::EVM).expect("has a rule");
		let unknown = Address::Evm([9; 20].into());
		group.bench_function("resolve, indexed", |b| b.iter(|| IdCom::resolve(black_box(&known))));
		group
			.bench_function("resolve, unbound", |b| b.iter(|| IdCom::resolve(black_box(&unknown))));
		group.bench_function("address_of", |b| {
			b.iter(|| IdCom::address_of(black_box(id(5_000)), VmKind::EVM));
		});
	});
	let wallet = SigningKey::from_bytes(&[1; 32]);
	let statement = BindingStatement {
		genesis: [2; 32],
		id_com: id(1),
		address: Address::Svm(wallet.verifying_key().to_bytes().into()),
		nonce: 0,
	};
	let signature = wallet.sign(statement.message().as_bytes()).to_bytes();
	let proof = BindingProof::Svm { signature };
	group.bench_function("verify a Solana wallet's binding", |b| {
		b.iter(|| verify_binding(black_box(&statement), black_box(&proof)));
	});
	group.finish();
}

fn ledger(c: &mut Criterion) {
	let mut group = c.benchmark_group("ledger");
	let mut chain = chain();
	let one = LedgerAmount::new(1);
	let mut n = 0;
	let mut next_pair = move || {
		n = (n + 2) % (PEOPLE - 2);
		(id(n), id(n + 1))
	};
	chain.execute_with(|| {
		group.bench_function("transfer of a token", |b| {
			b.iter_batched(
				&mut next_pair,
				|(from, to)| UnifiedTokens::transfer_asset(Asset::Token(mint()), from, to, one),
				BatchSize::SmallInput,
			);
		});
		group.bench_function("transfer of native coin", |b| {
			b.iter_batched(
				&mut next_pair,
				|(from, to)| UnifiedTokens::transfer_asset(Asset::Native, from, to, one),
				BatchSize::SmallInput,
			);
		});
		group.bench_function("transfer_from", |b| {
			b.iter(|| {
				<UnifiedTokens as TokenLedger>::transfer_from(mint(), id(1), id(0), id(2), one)
			});
		});
		group.bench_function("approve", |b| {
			b.iter(|| <UnifiedTokens as TokenLedger>::approve(mint(), id(3), id(4), one));
		});
	});
	group.finish();
}

/// The trait's transfer, which the pallet's call of the same name hides.
trait TransferAsset: UnifiedLedger {
	fn transfer_asset(
		asset: Asset,
		from: Id,
		to: Id,
		amount: LedgerAmount,
	) -> Result<(), unum_vm_engine::LedgerError> {
		<Self as UnifiedLedger>::transfer(asset, from, to, amount)
	}
}

impl<T: UnifiedLedger> TransferAsset for T {}

criterion_group!(benches, identity, ledger);
criterion_main!(benches);
