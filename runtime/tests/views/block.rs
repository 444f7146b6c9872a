// SPDX-License-Identifier: Apache-2.0
//! One block in which people of all VMs move coins and a token, and what the state showed Solana's
//! clients after each of its extrinsics.

use std::collections::BTreeMap;

use sp_core::{ed25519, Pair, H160, U256};

use unum_address::{erc20_address, Address, SvmAddress, VmKind};
use unum_erc20::selector;
use unum_ethereum_transaction::{
	wallet::{address_of, key_of, Draft},
	TransactionType, TxKind, U256 as Word,
};
use unum_evm_engine::EvmOperation;
use unum_id_com::{IdCom as Id, MintId};
use unum_native_engine::NativeCall;
use unum_runtime::{
	raw, solana, AccountId, Address as Account, BalancesCall, IdCom, Runtime, RuntimeCall, Svm,
	System, UncheckedExtrinsic, UNIT,
};
use unum_solana_transaction::{
	compile_legacy, AccountMeta, Blockhash, Instruction, RawTransaction, Signature,
};
use unum_solana_view::IncludedTransaction;
use unum_spl_token::{associated_token_address, Instruction as TokenInstruction, TokenAccount};
use unum_svm_engine::{ids, SvmAccountMeta, SvmOperation};
use unum_units::LedgerAmount;
use unum_vm_engine::{IdentityRegistry, OneOf, Payload};

use crate::common::{id, include, signed, ALICE, BOB};

/// Base units in a lamport, and in a unit of the token on the SVM: 18 decimals shown with 9.
pub(crate) const LAMPORT: u128 = 1_000_000_000;

const SECRET: [u8; 32] = [0x46; 32];

/// Who moves something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Who {
	/// A key of Substrate's, who is the token's authority and the chain's sudo.
	Alice,
	/// Another, who has none of the token at first.
	Bob,
	/// A wallet of Ethereum.
	Ethereum,
	/// A wallet of Solana.
	Solana,
}

pub(crate) const ALL: [Who; 4] = [Who::Alice, Who::Bob, Who::Ethereum, Who::Solana];

impl Who {
	pub(crate) fn id(self) -> Id {
		match self {
			Self::Alice => id(ALICE),
			Self::Bob => id(BOB),
			Self::Ethereum => {
				let wallet = address_of(&key_of(SECRET)).into_array();
				IdCom::resolve(&Address::Evm(wallet.into()))
			},
			Self::Solana => IdCom::resolve(&Address::Svm(solana_wallet().public().0.into())),
		}
	}

	pub(crate) fn key(self) -> SvmAddress {
		match IdCom::address_of(self.id(), VmKind::SVM) {
			Some(Address::Svm(key)) => key,
			_ => SvmAddress::derive(self.id()),
		}
	}

	/// The associated account for the token.
	pub(crate) fn tokens(self) -> SvmAddress {
		associated_token_address(&self.key(), &mint_key()).unwrap().0
	}

	fn evm(self) -> H160 {
		evm_address(self.id())
	}

	fn account(self) -> AccountId {
		self.id().into()
	}
}

pub(crate) fn evm_address(id: Id) -> H160 {
	match IdCom::address_of(id, VmKind::EVM) {
		Some(Address::Evm(address)) => H160(address.into()),
		_ => H160(unum_address::EvmAddress::derive(id).into()),
	}
}

fn solana_wallet() -> ed25519::Pair {
	ed25519::Pair::from_seed(&[7; 32])
}

pub(crate) fn mint() -> MintId {
	MintId::derive(id(ALICE), [1; 32])
}

pub(crate) fn mint_key() -> SvmAddress {
	SvmAddress::from(*mint().as_bytes())
}

/// What Substrate's keys reach the ledger by.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path {
	Calls,
	NativeVm,
	Evm,
	Svm,
	/// Half of it, and then half of it, in one extrinsic.
	Batch,
}

/// What somebody does. Amounts are in base units.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
	Coins {
		to: Who,
		amount: u128,
	},
	Tokens {
		to: Who,
		amount: u128,
	},
	/// Alice does it, whoever is asked.
	Mint {
		to: Who,
		amount: u128,
	},
	Burn {
		amount: u128,
	},
	/// Bob's coins are reserved for a proxy, whoever is asked.
	Reserve,
	/// Alice sets what somebody has, whoever is asked.
	Set {
		who: Who,
		free: u128,
	},
}

/// What an account shows: its lamports, and its tokens, if it is a token account.
pub(crate) type Shown = (u64, Option<u64>);

/// What accounts show at one time.
pub(crate) type Moment = BTreeMap<SvmAddress, Shown>;

pub(crate) struct Block {
	extrinsics: Vec<UncheckedExtrinsic>,
	/// What accounts showed after each extrinsic.
	seen: Vec<Moment>,
	watched: Vec<SvmAddress>,
	/// How many extrinsics are its beginning.
	begun: usize,
	/// Makes transactions differ that are the same otherwise.
	count: u32,
}

impl Block {
	/// Everybody has coins, everybody but Bob has `tokens` of the token.
	pub(crate) fn begin(tokens: u128) -> Self {
		pallet_evm::ChainId::<Runtime>::put(4663);
		pallet_sudo::Key::<Runtime>::put(Who::Alice.account());
		let timestamp = pallet_timestamp::Call::set { now: 400 }.into();
		let mut block = Self {
			extrinsics: vec![UncheckedExtrinsic::new_bare(timestamp)],
			seen: vec![Moment::new()],
			watched: vec![],
			begun: 0,
			count: 0,
		};
		// The wallet of Solana is paid at its key, so that the chain knows it by that.
		let to = SvmAddress::from(solana_wallet().public().0);
		let lamports = 20 * u64::try_from(UNIT / LAMPORT).unwrap();
		assert!(block.submit(Who::Alice, svm(SvmOperation::SvmTransfer { to, lamports })));
		assert_eq!(Who::Solana.key(), to);
		let programs = [ids::system_program(), ids::token_program(), mint_key()];
		let of_people = ALL.into_iter().flat_map(|who| [who.key(), who.tokens()]);
		block.watched = of_people.chain(programs).collect();
		block.watch(to);

		block.act(
			Who::Alice,
			Path::Calls,
			Deed::Coins { to: Who::Ethereum, amount: 20 * UNIT + 7 },
		);
		let create = pallet_unified_tokens::Call::create_mint {
			salt: [1; 32],
			decimals: 18,
			svm_decimals: Some(9),
			name: b"Seen by all".to_vec(),
			symbol: b"ALL".to_vec(),
			mint_authority: Some(id(ALICE)),
			freeze_authority: None,
		};
		assert!(block.submit(Who::Alice, create.into()));
		for to in [Who::Alice, Who::Ethereum, Who::Solana] {
			block.act(Who::Alice, Path::Calls, Deed::Mint { to, amount: tokens });
		}
		// Whose coins are reserved keeps one base unit back from then on, which no event tells.
		block.act(Who::Bob, Path::Calls, Deed::Reserve);
		block.begun = block.extrinsics.len();
		block
	}

	/// Looks at one more account from now on.
	pub(crate) fn watch(&mut self, key: SvmAddress) {
		self.watched.push(key);
		*self.seen.last_mut().unwrap() = self.look();
	}

	fn look(&self) -> Moment {
		self.watched.iter().map(|key| (*key, shown(key))).collect()
	}

	/// Puts an extrinsic into the block, as an author does who leaves out what is invalid. Whether it is in.
	fn apply(&mut self, extrinsic: UncheckedExtrinsic) -> bool {
		let applied = include(extrinsic.clone()).is_ok();
		if applied {
			self.extrinsics.push(extrinsic);
			self.seen.push(self.look());
		}
		applied
	}

	pub(crate) fn submit(&mut self, by: Who, call: RuntimeCall) -> bool {
		let who = if by == Who::Bob { BOB } else { ALICE };
		self.apply(signed(who, System::account_nonce(who.to_account_id()), call))
	}

	/// Has somebody do something, each wallet in its own way.
	pub(crate) fn act(&mut self, by: Who, path: Path, deed: Deed) -> bool {
		self.count += 1;
		match deed {
			Deed::Mint { to, amount } => {
				let (mint, to, amount) = (mint(), to.id(), LedgerAmount::new(amount));
				let call = pallet_unified_tokens::Call::mint_to { mint, to, amount };
				self.submit(Who::Alice, call.into())
			},
			Deed::Reserve => {
				let delegate = AccountId::from([u8::try_from(self.count % 256).unwrap(); 32]);
				let call = pallet_proxy::Call::add_proxy {
					delegate: Account::Id(delegate),
					proxy_type: Default::default(),
					delay: 0,
				};
				self.submit(Who::Bob, call.into())
			},
			Deed::Set { who, free } => {
				let who = Account::Id(who.account());
				let set = BalancesCall::force_set_balance { who, new_free: free };
				let sudo = pallet_sudo::Call::sudo { call: Box::new(set.into()) };
				self.submit(Who::Alice, sudo.into())
			},
			_ => match by {
				Who::Alice | Who::Bob => {
					let Some(call) = call(by, path, deed) else { return false };
					self.submit(by, call)
				},
				Who::Ethereum => self.by_ethereum(deed),
				Who::Solana => {
					let instruction = spl(by, deed);
					self.by_solana(&[instruction])
				},
			},
		}
	}

	fn by_ethereum(&mut self, deed: Deed) -> bool {
		let (to, value, input) = ethereum(deed);
		let nonce = System::account_nonce(Who::Ethereum.account());
		let draft = Draft {
			nonce: nonce.into(),
			max_fee: 250_000_000_000,
			max_priority_fee: 1_000_000_000,
			gas_limit: 1_000_000,
			to: TxKind::Call(to.0.into()),
			value: Word::from(value),
			input,
			access_list: Default::default(),
			..Draft::example(TransactionType::DynamicFee)
		};
		self.apply(raw::carry(VmKind::EVM, draft.sign(&key_of(SECRET)).bytes()))
	}

	pub(crate) fn by_solana(&mut self, instructions: &[Instruction]) -> bool {
		self.count += 1;
		let limit = [&[2][..], &(400_000 + self.count).to_le_bytes()].concat();
		let limit = Instruction { program: ids::compute_budget(), accounts: vec![], data: limit };
		let all = [&[limit], instructions].concat();
		let blockhash = Blockhash::new(pallet_svm::blockhash_of(System::parent_hash()));
		let message = compile_legacy(Who::Solana.key(), &all, blockhash).unwrap();
		let signature = Signature::new(solana_wallet().sign(&message.encode()).0);
		let transaction = RawTransaction::new(&[signature], &message).unwrap();
		self.apply(raw::carry(VmKind::SVM, transaction.bytes().to_vec()))
	}

	/// Has the Solana wallet make a token account at a key that it derives from its own, with this many
	/// lamports.
	pub(crate) fn open_account_by_itself(&mut self, lamports: u64) -> SvmAddress {
		let (wallet, seed, program) = (Who::Solana.key(), b"savings", ids::token_program());
		let preimage = [wallet.as_bytes(), &seed[..], program.as_bytes()].concat();
		let account = SvmAddress::from(sp_io::hashing::sha2_256(&preimage));
		// `SystemInstruction::CreateAccountWithSeed`.
		let data = [
			&3u32.to_le_bytes()[..],
			wallet.as_bytes(),
			&u64::try_from(seed.len()).unwrap().to_le_bytes(),
			seed,
			&lamports.to_le_bytes(),
			&165u64.to_le_bytes(),
			program.as_bytes(),
		];
		let meta =
			|pubkey, is_writable| AccountMeta { pubkey, is_signer: pubkey == wallet, is_writable };
		let create = Instruction {
			program: ids::system_program(),
			accounts: vec![meta(wallet, true), meta(account, true)],
			data: data.concat(),
		};
		let open = Instruction {
			program,
			accounts: vec![meta(account, true), meta(mint_key(), false)],
			data: TokenInstruction::InitializeAccount3 { owner: wallet }.encode(),
		};
		assert!(self.by_solana(&[create, open]));
		assert_eq!(self.last().meta.error, None);
		account
	}

	/// Has somebody with a key of Substrate's send tokens to whoever is behind an address.
	pub(crate) fn send_tokens_to(&mut self, by: Who, to: SvmAddress, amount: u128) -> bool {
		let (mint, to) = (mint(), IdCom::resolve(&Address::Svm(to)));
		let amount = LedgerAmount::new(amount);
		let call = pallet_unified_tokens::Call::transfer { mint, to, amount };
		self.submit(by, call.into())
	}

	/// The transactions of the block as clients see them, its beginning left out, and what accounts showed
	/// before and after each.
	pub(crate) fn transactions(&self) -> Vec<(IncludedTransaction, &Moment, &Moment)> {
		let seen = |transaction: IncludedTransaction| {
			let index = usize::try_from(transaction.extrinsic_index).unwrap();
			(transaction, &self.seen[index - 1], &self.seen[index])
		};
		let all = solana::block(&self.extrinsics).transactions.into_iter().map(seen);
		all.filter(|(it, ..)| usize::try_from(it.extrinsic_index).unwrap() >= self.begun).collect()
	}

	/// The last of them.
	pub(crate) fn last(&self) -> IncludedTransaction {
		let (last, ..) = self.transactions().pop().expect("there is one");
		assert_eq!(usize::try_from(last.extrinsic_index).unwrap() + 1, self.extrinsics.len());
		last
	}
}

/// What the state shows of an account.
pub(crate) fn shown(key: &SvmAddress) -> Shown {
	let Some(view) = Svm::account_view(key) else { return (0, None) };
	let account = TokenAccount::unpack(&view.data).ok();
	let is_token = view.owner == ids::token_program();
	(view.lamports, account.filter(|_| is_token).map(|account| account.amount))
}

fn svm(operation: SvmOperation) -> RuntimeCall {
	let operation = OneOf::Others(OneOf::Others(OneOf::First(operation)));
	let payload = Box::new(Payload::new(operation));
	pallet_dispatch::Call::submit { payload, context: None }.into()
}

fn call(by: Who, path: Path, deed: Deed) -> Option<RuntimeCall> {
	Some(match (path, deed) {
		(Path::Calls, Deed::Coins { to, amount: value }) => {
			BalancesCall::transfer_allow_death { dest: Account::Id(to.account()), value }.into()
		},
		(Path::Calls, Deed::Tokens { to, amount }) => pallet_unified_tokens::Call::transfer {
			mint: mint(),
			to: to.id(),
			amount: LedgerAmount::new(amount),
		}
		.into(),
		(Path::NativeVm, Deed::Coins { to, amount }) => native(None, to, amount),
		(Path::NativeVm, Deed::Tokens { to, amount }) => native(Some(mint()), to, amount),
		(Path::Evm, deed) => {
			let (to, value, data) = ethereum(deed);
			let (value, gas_limit) = (U256::from(value), 1_000_000);
			let call = EvmOperation::EvmCall { to, value, gas_limit, data };
			let payload = Box::new(Payload::new(OneOf::Others(OneOf::First(call))));
			pallet_dispatch::Call::submit { payload, context: None }.into()
		},
		(Path::Svm, Deed::Coins { to, amount }) => {
			svm(SvmOperation::SvmTransfer { to: to.key(), lamports: units(amount) })
		},
		(Path::Svm, deed) => {
			let Instruction { program, accounts, data } = spl(by, deed);
			let meta = |it: AccountMeta| SvmAccountMeta {
				pubkey: it.pubkey,
				is_signer: it.is_signer,
				is_writable: it.is_writable,
			};
			let accounts = accounts.into_iter().map(meta).collect();
			svm(SvmOperation::SvmInvoke { program, accounts, data })
		},
		(Path::Batch, deed) => {
			let half = match deed {
				Deed::Coins { to, amount } => Deed::Coins { to, amount: amount / 2 },
				Deed::Tokens { to, amount } => Deed::Tokens { to, amount: amount / 2 },
				Deed::Burn { amount } => Deed::Burn { amount: amount / 2 },
				_ => return None,
			};
			let half = call(by, Path::Calls, half)?;
			pallet_utility::Call::batch { calls: vec![half.clone(), half] }.into()
		},
		(Path::Calls | Path::NativeVm, Deed::Burn { amount }) => {
			let amount = LedgerAmount::new(amount);
			pallet_unified_tokens::Call::burn { mint: mint(), amount }.into()
		},
		_ => return None,
	})
}

fn native(asset: Option<MintId>, to: Who, amount: u128) -> RuntimeCall {
	let call = NativeCall::Transfer { asset, to: to.id(), amount: LedgerAmount::new(amount) };
	let payload = Box::new(Payload::new(OneOf::First(call)));
	pallet_dispatch::Call::submit { payload, context: None }.into()
}

/// What an Ethereum wallet calls for it: receiver, value, calldata.
fn ethereum(deed: Deed) -> (H160, u128, Vec<u8>) {
	let token = H160(erc20_address(mint()).into());
	match deed {
		Deed::Coins { to, amount } => (to.evm(), amount, vec![]),
		Deed::Tokens { to, amount } => (token, 0, erc20_transfer(to.evm(), amount)),
		Deed::Burn { amount } => {
			(token, 0, [&selector::BURN.to_be_bytes()[..], &word(amount)].concat())
		},
		_ => unreachable!("Alice does it"),
	}
}

fn erc20_transfer(to: H160, amount: u128) -> Vec<u8> {
	[&selector::TRANSFER.to_be_bytes()[..], &[0; 12], &to.0, &word(amount)].concat()
}

fn word(amount: u128) -> [u8; 32] {
	U256::from(amount).to_big_endian()
}

fn units(amount: u128) -> u64 {
	u64::try_from(amount / LAMPORT).unwrap_or(u64::MAX)
}

/// The instruction of a Solana wallet for it.
fn spl(by: Who, deed: Deed) -> Instruction {
	let meta = |pubkey| AccountMeta { pubkey, is_signer: pubkey == by.key(), is_writable: true };
	let (program, keys, data) = match deed {
		Deed::Coins { to, amount } => {
			let data = [&2u32.to_le_bytes()[..], &units(amount).to_le_bytes()].concat();
			(ids::system_program(), [by.key(), to.key()].to_vec(), data)
		},
		Deed::Tokens { to, amount } => {
			let data = TokenInstruction::Transfer { amount: units(amount) }.encode();
			(ids::token_program(), [by.tokens(), to.tokens(), by.key()].to_vec(), data)
		},
		Deed::Burn { amount } => {
			let data = TokenInstruction::Burn { amount: units(amount) }.encode();
			(ids::token_program(), [by.tokens(), mint_key(), by.key()].to_vec(), data)
		},
		_ => unreachable!("Alice does it"),
	};
	Instruction { program, accounts: keys.into_iter().map(meta).collect(), data }
}
