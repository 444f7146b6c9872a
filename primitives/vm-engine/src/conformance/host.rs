// SPDX-License-Identifier: Apache-2.0
//! What every host must do.
//!
//! The host under test starts with `RICH` holding at least 1,000 base units of the native coin and of
//! a token, `POOR` holding nothing, and a mint that nobody knows.

use crate::{Asset, IdentityHost, KeyValueHost, LedgerError, LedgerHost};
use unum_address::VmKind;
use unum_id_com::{IdCom, MintId};
use unum_units::LedgerAmount;

/// The identity with money.
pub const RICH: [u8; 32] = [0x11; 32];
/// The identity without, and without an account.
pub const POOR: [u8; 32] = [0x22; 32];
/// A mint that does not exist.
pub const NO_MINT: [u8; 32] = [0xee; 32];

fn rich() -> IdCom {
	IdCom::from(RICH)
}

fn poor() -> IdCom {
	IdCom::from(POOR)
}

fn balances<H: LedgerHost>(host: &H, asset: Asset) -> (u128, u128) {
	let of = |who| host.spendable(asset, who).expect("the mint exists").get();
	(of(rich()), of(poor()))
}

/// What leaves one balance arrives in the other.
pub fn transfer_conserves<H: LedgerHost>(host: &mut H, asset: Asset) {
	let (from, to) = balances(host, asset);
	assert_eq!(host.can_transfer(asset, rich(), poor(), LedgerAmount::new(300)), Ok(()));
	host.transfer(asset, rich(), poor(), LedgerAmount::new(300)).expect("there is enough");
	assert_eq!(balances(host, asset), (from - 300, to + 300));
}

/// More than there is: refused with both numbers, nothing changed.
pub fn transfer_of_too_much_changes_nothing<H: LedgerHost>(host: &mut H, asset: Asset) {
	let before = balances(host, asset);
	for needed in [before.0 + 1, u128::MAX] {
		let needed = LedgerAmount::new(needed);
		let available = LedgerAmount::new(before.0);
		let error = Err(LedgerError::InsufficientBalance { asset, available, needed });
		assert_eq!(host.can_transfer(asset, rich(), poor(), needed), error);
		assert_eq!(host.transfer(asset, rich(), poor(), needed), error);
		assert_eq!(balances(host, asset), before);
	}
}

/// Zero and self-transfers succeed and change no balance, up to the whole balance.
pub fn zero_and_self_transfers_change_nothing<H: LedgerHost>(host: &mut H, asset: Asset) {
	let before = balances(host, asset);
	host.transfer(asset, rich(), poor(), LedgerAmount::new(0)).expect("zero is fine");
	host.transfer(asset, poor(), rich(), LedgerAmount::new(0)).expect("zero of nothing is fine");
	host.transfer(asset, rich(), rich(), LedgerAmount::new(before.0)).expect("self is fine");
	assert_eq!(balances(host, asset), before);
	assert!(
		host.transfer(asset, rich(), rich(), LedgerAmount::new(before.0 + 1)).is_err(),
		"a self-transfer of more than there is must fail"
	);
	assert_eq!(balances(host, asset), before);
}

/// A mint that does not exist is named in the error.
pub fn unknown_mint_is_an_error<H: LedgerHost>(host: &mut H) {
	let mint = MintId::from(NO_MINT);
	let asset = Asset::Token(mint);
	assert_eq!(host.spendable(asset, rich()), Err(LedgerError::UnknownMint(mint)));
	for amount in [0, 1] {
		assert_eq!(
			host.transfer(asset, rich(), poor(), LedgerAmount::new(amount)),
			Err(LedgerError::UnknownMint(mint))
		);
	}
}

/// `resolve` undoes `address_of` for every VM with addresses, before and after first sight.
pub fn resolve_undoes_address_of<H: IdentityHost>(host: &mut H) {
	host.retain(rich());
	host.retain(poor());
	assert!(host.exists(rich()) && host.exists(poor()));
	for vm in [VmKind::NATIVE, VmKind::EVM, VmKind::SVM, VmKind::BVM, VmKind::TVM] {
		for id in [rich(), poor()] {
			let address = host.address_of(id, vm).expect("the five VMs have addresses");
			assert_eq!(address.vm(), vm);
			assert_eq!(host.resolve(&address), id, "{vm:?}");
		}
	}
}

/// What is written is read, until it is removed.
pub fn storage_reads_what_was_written<H: KeyValueHost>(host: &mut H) {
	assert_eq!(host.read(b"key"), None);
	host.write(b"key", Some(b"value".to_vec()));
	assert_eq!(host.read(b"key"), Some(b"value".to_vec()));
	assert_eq!(host.read(b"ke"), None);
	host.write(b"key", None);
	assert_eq!(host.read(b"key"), None);
}

/// Instantiates the suite for a host: `host_conformance!(module, |test| …)`, where the closure builds
/// the host and passes it and the asset under test to `test`.
#[macro_export]
macro_rules! host_conformance {
	($module:ident, assets: [$($asset:expr),+], with: $with:expr) => {
		mod $module {
			#[allow(unused_imports)]
			use super::*;
			use $crate::conformance::host as suite;

			macro_rules! each_asset {
				($name:ident) => {
					#[test]
					fn $name() {
						for asset in [$($asset),+] {
							($with)(&mut |host| suite::$name(host, asset));
						}
					}
				};
			}
			each_asset!(transfer_conserves);
			each_asset!(transfer_of_too_much_changes_nothing);
			each_asset!(zero_and_self_transfers_change_nothing);

			#[test]
			fn unknown_mint_is_an_error() {
				($with)(&mut |host| suite::unknown_mint_is_an_error(host));
			}

			#[test]
			fn resolve_undoes_address_of() {
				($with)(&mut |host| suite::resolve_undoes_address_of(host));
			}
		}
	};
}
