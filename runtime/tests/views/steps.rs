// SPDX-License-Identifier: Apache-2.0
//! What people do with the token, and through which view.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sp_runtime::{traits::Dispatchable, DispatchError};
use unum_address::{EvmAddress, SvmAddress, TronAddress};
use unum_erc20::{selector, AbiAddress, AddressSpace, Frame};
use unum_id_com::{IdCom as Id, MintId};
use unum_native_engine::NativeCall;
use unum_runtime::{IdCom, RuntimeCall, RuntimeOrigin, UnifiedTokens};
use unum_spl_token::{
	associated_token_address, ids, process, AccountFacts, AccountMeta, Instruction, Record, SplHost,
};
use unum_units::LedgerAmount;
use unum_vm_engine::{ChainHost, OneOf, Payload};

/// The chain's ledger and identities, as engines have them.
pub(crate) type Chain = ChainHost<UnifiedTokens, IdCom>;

/// How many people there are; the first is the token's authority.
pub(crate) const PEOPLE: u8 = 4;

pub(crate) fn person(n: u8) -> Id {
	match n {
		0 => super::common::id(super::common::ALICE),
		1 => super::common::id(super::common::BOB),
		_ => Id::from([0x50 + n; 32]),
	}
}

pub(crate) fn mint() -> MintId {
	MintId::derive(person(0), [1; 32])
}

pub(crate) fn evm(n: u8) -> EvmAddress {
	EvmAddress::derive(person(n))
}

pub(crate) fn tron(n: u8) -> TronAddress {
	TronAddress::derive(person(n))
}

pub(crate) fn svm(n: u8) -> SvmAddress {
	SvmAddress::derive(person(n))
}

/// The SPL Token program's side of the chain.
#[derive(Clone, Default)]
pub(crate) struct Svm {
	ledger: Chain,
	records: BTreeMap<SvmAddress, Record>,
}

impl PartialEq for Svm {
	// The ledger is the chain's: its state is compared by its root.
	fn eq(&self, other: &Self) -> bool {
		self.records == other.records
	}
}

impl SplHost for Svm {
	type Ledger = Chain;

	fn ledger(&self) -> &Chain {
		&self.ledger
	}

	fn ledger_mut(&mut self) -> &mut Chain {
		&mut self.ledger
	}

	fn account(&self, _: &SvmAddress) -> AccountFacts {
		AccountFacts { program: ids::system_program(), data_len: 0 }
	}

	fn foreign_data(&self, _: &SvmAddress) -> Vec<u8> {
		Vec::new()
	}

	fn record(&self, key: &SvmAddress) -> Option<Record> {
		self.records.get(key).copied()
	}

	fn set_record(&mut self, key: &SvmAddress, record: Record) {
		self.records.insert(*key, record);
	}

	fn close(&mut self, key: &SvmAddress) {
		self.records.remove(key);
	}

	fn rent_exemption_lamports(&self, _: usize) -> u64 {
		0
	}
}

/// What is done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
	Transfer { to: u8, amount: u128 },
	TransferFrom { from: u8, to: u8, amount: u128 },
	Approve { spender: u8, amount: u128 },
	Mint { to: u8, amount: u128 },
	Burn { amount: u128 },
	SetFrozen { owner: u8, frozen: bool },
}

/// Through which view.
#[derive(Clone, Copy, Debug)]
pub(crate) enum View {
	Calls,
	NativeVm,
	Erc20,
	Trc20,
	Spl,
}

/// Somebody does something through a view.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
	by: u8,
	deed: Deed,
	view: View,
}

fn people() -> std::ops::Range<u8> {
	0..PEOPLE
}

/// Amounts around what people have, and the limits.
fn amount() -> impl Strategy<Value = u128> {
	prop_oneof![
		6 => 0..6_000_000_000_000u128,
		3 => (0..6_000u128).prop_map(|units| units * 1_000_000_000),
		1 => Just(u128::MAX),
		1 => Just(u128::from(u64::MAX) * 1_000_000_000),
		1 => any::<u128>(),
	]
}

fn deed() -> impl Strategy<Value = Deed> {
	prop_oneof![
		5 => (people(), amount()).prop_map(|(to, amount)| Deed::Transfer { to, amount }),
		4 => (people(), people(), amount())
			.prop_map(|(from, to, amount)| Deed::TransferFrom { from, to, amount }),
		4 => (people(), amount()).prop_map(|(spender, amount)| Deed::Approve { spender, amount }),
		2 => (people(), amount()).prop_map(|(to, amount)| Deed::Mint { to, amount }),
		2 => amount().prop_map(|amount| Deed::Burn { amount }),
		1 => (people(), any::<bool>())
			.prop_map(|(owner, frozen)| Deed::SetFrozen { owner, frozen }),
	]
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
	let view = prop_oneof![
		Just(View::Calls),
		Just(View::NativeVm),
		Just(View::Erc20),
		Just(View::Trc20),
		Just(View::Spl),
	];
	// Half of what only the authority may do is done by it.
	let by = prop_oneof![Just(0), people()];
	(by, deed(), view).prop_map(|(by, deed, view)| Step { by, deed, view })
}

/// Does it. What a view does not offer fails.
pub(crate) fn run(svm_side: &mut Svm, step: &Step) -> Result<(), DispatchError> {
	match step.view {
		View::Calls => by_call(step),
		View::NativeVm => by_native_vm(step),
		View::Erc20 => by_abi(AddressSpace::Evm, |n| evm(n).into(), step),
		View::Trc20 => by_abi(AddressSpace::Tvm, |n| tron(n).into(), step),
		View::Spl => by_spl(svm_side, step),
	}
}

fn dispatch(by: u8, call: RuntimeCall) -> Result<(), DispatchError> {
	let origin = RuntimeOrigin::signed(person(by).into());
	call.dispatch(origin).map(|_| ()).map_err(|failed| failed.error)
}

fn by_call(step: &Step) -> Result<(), DispatchError> {
	use pallet_unified_tokens::Call;
	let (mint, base) = (mint(), LedgerAmount::new);
	let call = match step.deed {
		Deed::Transfer { to, amount } => {
			Call::transfer { mint, to: person(to), amount: base(amount) }
		},
		Deed::TransferFrom { from, to, amount } => {
			Call::transfer_from { mint, from: person(from), to: person(to), amount: base(amount) }
		},
		Deed::Approve { spender, amount } => {
			Call::approve { mint, spender: person(spender), amount: base(amount) }
		},
		Deed::Mint { to, amount } => Call::mint_to { mint, to: person(to), amount: base(amount) },
		Deed::Burn { amount } => Call::burn { mint, amount: base(amount) },
		Deed::SetFrozen { owner, frozen: true } => Call::freeze { mint, owner: person(owner) },
		Deed::SetFrozen { owner, frozen: false } => Call::thaw { mint, owner: person(owner) },
	};
	dispatch(step.by, RuntimeCall::UnifiedTokens(call))
}

/// The native VM only transfers. What it refuses is included, and so no dispatch error: its engine is
/// asked first.
fn by_native_vm(step: &Step) -> Result<(), DispatchError> {
	use unum_vm_engine::{Asset, LedgerHost};
	let Deed::Transfer { to, amount } = step.deed else { return Err("not offered".into()) };
	let (to, amount) = (person(to), LedgerAmount::new(amount));
	Chain::default()
		.can_transfer(Asset::Token(mint()), person(step.by), to, amount)
		.map_err(|_| DispatchError::Other("refused by the engine"))?;
	let call = NativeCall::Transfer { asset: Some(mint()), to, amount };
	let payload = Box::new(Payload::new(OneOf::First(call)));
	let submit = pallet_dispatch::Call::submit { payload, context: None };
	dispatch(step.by, RuntimeCall::Dispatch(submit))
}

fn by_abi(
	space: AddressSpace,
	address: impl Fn(u8) -> AbiAddress,
	step: &Step,
) -> Result<(), DispatchError> {
	let who = |n: u8| {
		let mut word = [0; 32];
		word[12..].copy_from_slice(address(n).as_bytes());
		word
	};
	let number = |amount: u128| {
		let mut word = [0; 32];
		word[16..].copy_from_slice(&amount.to_be_bytes());
		word
	};
	let (selector, words) = match step.deed {
		Deed::Transfer { to, amount } => (selector::TRANSFER, vec![who(to), number(amount)]),
		Deed::TransferFrom { from, to, amount } => {
			(selector::TRANSFER_FROM, vec![who(from), who(to), number(amount)])
		},
		Deed::Approve { spender, amount } => {
			(selector::APPROVE, vec![who(spender), number(amount)])
		},
		Deed::Mint { to, amount } => (selector::MINT, vec![who(to), number(amount)]),
		Deed::Burn { amount } => (selector::BURN, vec![number(amount)]),
		Deed::SetFrozen { .. } => return Err("not offered".into()),
	};
	let calldata = [&selector.to_be_bytes()[..], &words.concat()].concat();
	let frame = Frame {
		space,
		mint: mint(),
		caller: address(step.by),
		calldata: &calldata,
		is_static: false,
		has_value: false,
		chain_id: 1,
		timestamp: 0,
	};
	unum_erc20::call(&mut Chain::default(), &frame)
		.map(|_| ())
		.map_err(|_| DispatchError::Other("reverted"))
}

/// Amounts are those of the SVM's units here, cut to 64 bits.
fn by_spl(svm_side: &mut Svm, step: &Step) -> Result<(), DispatchError> {
	let mint_account = SvmAddress::from(*mint().as_bytes());
	let account = |n: u8| associated_token_address(&svm(n), &mint_account).expect("exists").0;
	let units = |amount: u128| u64::try_from(amount / 1_000_000_000).unwrap_or(u64::MAX);
	let signer = svm(step.by);
	let (instruction, keys) = match step.deed {
		Deed::Transfer { to, amount } => (
			Instruction::Transfer { amount: units(amount) },
			[account(step.by), account(to), signer],
		),
		Deed::TransferFrom { from, to, amount } => {
			(Instruction::Transfer { amount: units(amount) }, [account(from), account(to), signer])
		},
		Deed::Approve { spender, amount } => (
			Instruction::Approve { amount: units(amount) },
			[account(step.by), svm(spender), signer],
		),
		Deed::Mint { to, amount } => {
			(Instruction::MintTo { amount: units(amount) }, [mint_account, account(to), signer])
		},
		Deed::Burn { amount } => {
			(Instruction::Burn { amount: units(amount) }, [account(step.by), mint_account, signer])
		},
		Deed::SetFrozen { owner, frozen: true } => {
			(Instruction::FreezeAccount, [account(owner), mint_account, signer])
		},
		Deed::SetFrozen { owner, frozen: false } => {
			(Instruction::ThawAccount, [account(owner), mint_account, signer])
		},
	};
	let metas = keys.map(|key| AccountMeta { key, is_signer: key == signer, is_writable: true });
	process(svm_side, &metas, &instruction.encode())
		.map(|_| ())
		.map_err(|_| DispatchError::Other("refused by the program"))
}
