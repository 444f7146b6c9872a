// SPDX-License-Identifier: Apache-2.0
//! What each kind of proxy may do.

use frame_support::traits::InstanceFilter;
use sp_keyring::Sr25519Keyring;
use unum_runtime::{configs::ProxyType, BalancesCall, RuntimeCall, SystemCall};

const ALL: [ProxyType; 3] = [ProxyType::Any, ProxyType::NonTransfer, ProxyType::CancelProxy];

fn transfer() -> RuntimeCall {
	let dest = Sr25519Keyring::Bob.to_account_id().into();
	RuntimeCall::Balances(BalancesCall::transfer_keep_alive { dest, value: 1 })
}

fn remark() -> RuntimeCall {
	RuntimeCall::System(SystemCall::remark { remark: vec![] })
}

fn reject() -> RuntimeCall {
	let delegate = Sr25519Keyring::Bob.to_account_id().into();
	let call_hash = Default::default();
	RuntimeCall::Proxy(pallet_proxy::Call::reject_announcement { delegate, call_hash })
}

#[test]
fn a_proxy_does_what_its_kind_allows_and_nothing_else() {
	for (kind, may_transfer, may_remark, may_reject) in [
		(ProxyType::Any, true, true, true),
		(ProxyType::NonTransfer, false, true, true),
		(ProxyType::CancelProxy, false, false, true),
	] {
		assert_eq!(kind.filter(&transfer()), may_transfer, "{kind:?}");
		assert_eq!(kind.filter(&remark()), may_remark, "{kind:?}");
		assert_eq!(kind.filter(&reject()), may_reject, "{kind:?}");
	}
}

#[test]
fn nothing_that_moves_value_is_open_to_non_transfer_proxies() {
	let sudo = RuntimeCall::Sudo(pallet_sudo::Call::sudo { call: Box::new(transfer()) });
	let burn = RuntimeCall::UnifiedTokens(pallet_unified_tokens::Call::burn {
		mint: [0; 32].into(),
		amount: 1.into(),
	});
	for call in [transfer(), sudo, burn] {
		assert!(!ProxyType::NonTransfer.filter(&call), "{call:?}");
	}
}

#[test]
fn a_kind_that_includes_another_allows_all_that_the_other_allows() {
	for wide in ALL {
		for narrow in ALL.into_iter().filter(|narrow| wide.is_superset(narrow)) {
			for call in [transfer(), remark(), reject()] {
				assert!(
					wide.filter(&call) || !narrow.filter(&call),
					"{wide:?} {narrow:?} {call:?}"
				);
			}
		}
	}
	assert!(!ProxyType::NonTransfer.is_superset(&ProxyType::Any), "it cannot appoint its better");
}
