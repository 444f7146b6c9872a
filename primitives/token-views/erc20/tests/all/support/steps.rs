// SPDX-License-Identifier: Apache-2.0
//! Random steps.

use proptest::prelude::*;
use sp_core::{H256, U256};

use super::{
	deeds::{Damage, Deed, PermitDeed, PermitFlaw, Step},
	scene::{TokenSpec, ACCOUNTS, AUTHORITY, ITSELF, KEYS, NOW, SOMEBODY, ZERO},
};

/// Any step.
pub(crate) fn step() -> impl Strategy<Value = Step> {
	let call = deed().prop_flat_map(|deed| (caller(&deed), Just(deed)));
	let damage = prop::option::weighted(0.15, damage());
	let rarely = || prop::bool::weighted(0.03);
	(call, damage, rarely(), rarely()).prop_map(|((caller, deed), damage, has_value, is_static)| {
		Step { caller, deed, damage, has_value, is_static }
	})
}

/// Who could do it: mostly somebody who may. The token contract can't call itself.
fn caller(deed: &Deed) -> impl Strategy<Value = usize> {
	let authority = if matches!(deed, Deed::Mint(..)) { 4 } else { 0 };
	let anybody = account().prop_filter("a caller", |caller| *caller != ITSELF);
	prop_oneof![authority => Just(AUTHORITY), 1 => anybody]
}

/// Any token.
pub(crate) fn token_spec() -> impl Strategy<Value = TokenSpec> {
	let text = |max| {
		prop::sample::select(vec![
			"",
			"U",
			"Ünüm 統一",
			"a text with 32 bytes in one word",
			"a text of more than 32 bytes here",
		])
		.prop_map(move |text| text.chars().take(max).collect::<String>())
	};
	let decimals = (0..=18u8).prop_flat_map(|decimals| (Just(decimals), 0..=decimals));
	(text(64), text(5), decimals, prop::option::weighted(0.9, Just(AUTHORITY))).prop_map(
		|(name, symbol, (decimals, svm_decimals), authority)| TokenSpec {
			name,
			symbol,
			decimals,
			svm_decimals,
			authority,
		},
	)
}

/// Wallets, mostly.
fn account() -> impl Strategy<Value = usize> + Clone {
	prop_oneof![6 => 0..KEYS.len(), 1 => Just(ZERO), 2 => Just(SOMEBODY), 1 => Just(ITSELF)]
}

/// Gives everybody something to do: tokens to each account, and allowances between the wallets.
pub(crate) fn opening() -> Vec<Step> {
	let holders = || (0..ACCOUNTS).filter(|account| *account != ZERO);
	let mints = holders().map(|to| (AUTHORITY, Deed::Mint(to, 100_000.into())));
	let pairs = (0..KEYS.len()).flat_map(|owner| holders().map(move |spender| (owner, spender)));
	let approvals = pairs.map(|(owner, spender)| (owner, Deed::Approve(spender, 5_000.into())));
	mints.chain(approvals).map(|(caller, deed)| Step::plain(caller, deed)).collect()
}

fn deed() -> impl Strategy<Value = Deed> {
	let (a, v) = (account, amount);
	prop_oneof![
		1 => (0..6u8).prop_map(Deed::Text),
		1 => a().prop_map(Deed::BalanceOf),
		4 => (a(), v()).prop_map(|(to, value)| Deed::Transfer(to, value)),
		1 => (a(), a()).prop_map(|(owner, spender)| Deed::Allowance(owner, spender)),
		4 => (a(), approval()).prop_map(|(spender, value)| Deed::Approve(spender, value)),
		6 => (a(), a(), v()).prop_map(|(from, to, value)| Deed::TransferFrom(from, to, value)),
		4 => (a(), minted()).prop_map(|(to, value)| Deed::Mint(to, value)),
		2 => v().prop_map(Deed::Burn),
		2 => (a(), v()).prop_map(|(from, value)| Deed::BurnFrom(from, value)),
		3 => permit().prop_map(Deed::Permit),
		1 => a().prop_map(Deed::Nonces),
		1 => interface().prop_map(Deed::SupportsInterface),
	]
}

/// Small amounts, mostly; and those around every boundary.
pub(crate) fn amount() -> impl Strategy<Value = U256> {
	let edge = |bits: u32| {
		(0..5u64).prop_map(move |near| {
			let edge = U256::one().checked_shl_or_zero(bits);
			edge.overflowing_add(near.into()).0.overflowing_sub(2.into()).0
		})
	};
	prop_oneof![
		8 => (0..10u64).prop_map(U256::from),
		6 => (0..1_000u64).prop_map(U256::from),
		2 => any::<u64>().prop_map(U256::from),
		1 => any::<u128>().prop_map(U256::from),
		1 => any::<[u8; 32]>().prop_map(|bytes| U256::from_big_endian(&bytes)),
		1 => prop::sample::select(vec![64u32, 124, 127, 128, 255, 256, 256]).prop_flat_map(edge),
	]
}

/// Powers of two, the 256th included.
trait ShiftOrZero {
	fn checked_shl_or_zero(self, bits: u32) -> Self;
}

impl ShiftOrZero for U256 {
	fn checked_shl_or_zero(self, bits: u32) -> Self {
		if bits < 256 {
			self << bits
		} else {
			U256::zero()
		}
	}
}

/// As [`amount`], and often so large that the supply would overflow 256 bits.
fn minted() -> impl Strategy<Value = U256> {
	prop_oneof![12 => amount(), 1 => (0..1_000u64).prop_map(|short| U256::MAX - short)]
}

/// As [`amount`], and often unlimited.
fn approval() -> impl Strategy<Value = U256> {
	prop_oneof![4 => amount(), 1 => Just(U256::MAX)]
}

fn permit() -> impl Strategy<Value = PermitDeed> {
	let owner = prop_oneof![8 => Just(None), 1 => account().prop_map(Some)];
	let ahead = prop_oneof![8 => Just(0), 1 => 1..3u64];
	let flaw = prop::option::weighted(0.3, permit_flaw());
	(0..KEYS.len(), owner, account(), approval(), ahead, deadline(), flaw).prop_map(
		|(signer, owner, spender, value, nonces_ahead, deadline, flaw)| PermitDeed {
			signer,
			owner: owner.unwrap_or(signer),
			spender,
			value,
			nonces_ahead,
			deadline,
			flaw,
		},
	)
}

fn deadline() -> impl Strategy<Value = U256> {
	let near = (NOW - 2..NOW + 3).prop_map(U256::from);
	prop_oneof![4 => Just(U256::MAX), 1 => near, 1 => amount()]
}

fn permit_flaw() -> impl Strategy<Value = PermitFlaw> {
	let half = || {
		prop_oneof![
			Just(H256::zero()),
			Just(H256::repeat_byte(0xff)),
			any::<[u8; 32]>().prop_map(H256),
			Just(H256(order())),
			Just(H256(half_order(0xa0))),
			Just(H256(half_order(0xa1))),
		]
	};
	prop_oneof![
		Just(PermitFlaw::OtherKey),
		Just(PermitFlaw::Twin),
		prop_oneof![Just(0u8), Just(1), 26..=31u8, any::<u8>()].prop_map(PermitFlaw::V),
		half().prop_map(PermitFlaw::R),
		half().prop_map(PermitFlaw::S),
	]
}

/// The order of secp256k1.
fn order() -> [u8; 32] {
	let mut order = [0xff; 32];
	order[15] = 0xfe;
	let low = hex::decode("baaedce6af48a03bbfd25e8cd0364141").expect("hexadecimal");
	order[16..].copy_from_slice(&low);
	order
}

/// Half of it, with a last byte: 0xa0 is the largest that is taken.
fn half_order(last: u8) -> [u8; 32] {
	let mut half = [0xff; 32];
	half[0] = 0x7f;
	let low = hex::decode("5d576e7357a4501ddfe92f46681b2000").expect("hexadecimal");
	half[16..].copy_from_slice(&low);
	half[31] = last;
	half
}

fn interface() -> impl Strategy<Value = u32> {
	let known = vec![0x01ff_c9a7, 0x3637_2b07, 0xa219_a025, 0x9d8f_f7da, 0x84b0_196e, u32::MAX];
	prop_oneof![3 => prop::sample::select(known), 1 => any::<u32>()]
}

fn damage() -> impl Strategy<Value = Damage> {
	let bytes = |max| prop::collection::vec(any::<u8>(), 0..max);
	prop_oneof![
		2 => any::<prop::sample::Index>().prop_map(Damage::Cut),
		1 => bytes(70).prop_map(Damage::Append),
		4 => (any::<prop::sample::Index>(), any::<u8>())
			.prop_map(|(at, byte)| Damage::Byte(at, byte)),
		1 => bytes(40).prop_map(Damage::Replace),
		1 => any::<prop::sample::Index>().prop_map(Damage::Selector),
	]
}
