// SPDX-License-Identifier: Apache-2.0
//! Random instructions that make sense often enough.

use proptest::prelude::*;
use unum_address::SvmAddress;
use unum_spl_token::{ids, mint, process, token_account, AccountMeta, AuthorityType, Instruction};

use crate::{
	chain::Chain,
	world::{chain, foreign, mints, multisig, token_accounts, wallet},
};

/// What a random instruction is made of.
#[derive(Clone, Debug)]
pub(crate) struct Draw {
	number: u8,
	accounts: [u8; 2],
	who: u8,
	/// Whether the one who must sign is named.
	is_right: bool,
	/// Whether what is named is writable, and who is named has signed.
	flags: u8,
	amount: u64,
	kind: u8,
}

pub(crate) fn draws() -> impl Strategy<Value = Draw> {
	let numbers = prop_oneof![4 => Just(3u8), 2 => Just(12u8), 6 => 0u8..25];
	let amounts = prop_oneof![6 => 0u64..2000, 1 => any::<u64>(), 1 => Just(0)];
	(
		numbers,
		any::<[u8; 2]>(),
		any::<u8>(),
		prop::bool::weighted(0.8),
		any::<u8>(),
		amounts,
		any::<u8>(),
	)
		.prop_map(|(number, accounts, who, is_right, flags, amount, kind)| Draw {
			number,
			accounts,
			who,
			is_right,
			flags,
			amount,
			kind,
		})
}

impl Draw {
	fn account(&self, index: usize) -> SvmAddress {
		let accounts = token_accounts();
		let drawn = usize::from(self.accounts[index]);
		*accounts.get(drawn % (accounts.len() + 1)).unwrap_or(&foreign())
	}

	/// The other account of a transfer: mostly one of the same mint.
	fn partner(&self, chain: &Chain) -> SvmAddress {
		let first = token_account(chain, &self.account(0));
		let Ok(first) = first else { return self.account(1) };
		let fitting: Vec<_> = token_accounts()
			.into_iter()
			.filter(|key| token_account(chain, key).is_ok_and(|other| other.mint == first.mint))
			.collect();
		let drawn = usize::from(self.accounts[1]);
		if self.is_right && !fitting.is_empty() {
			fitting[drawn % fitting.len()]
		} else {
			self.account(1)
		}
	}

	fn mint(&self, chain: &Chain) -> SvmAddress {
		match token_account(chain, &self.account(0)) {
			Ok(account) if self.is_right => account.mint,
			_ => mints()[usize::from(self.kind % 3)],
		}
	}

	fn decimals(&self, chain: &Chain) -> u8 {
		mint(chain, &self.mint(chain)).map_or(0, |mint| mint.decimals)
	}

	/// The owner or the delegate of the first account, or anybody.
	fn authority(&self, chain: &Chain) -> SvmAddress {
		match token_account(chain, &self.account(0)) {
			Ok(account) if self.is_right && self.who.is_multiple_of(3) => {
				account.delegate.get().unwrap_or(account.owner)
			},
			Ok(account) if self.is_right => account.owner,
			_ => wallet(self.who),
		}
	}

	pub(crate) fn instruction(&self, chain: &Chain) -> Instruction<'static> {
		let (amount, decimals) = (self.amount, self.decimals(chain));
		let (owner, mint_authority) = (wallet(self.who), wallet(self.who));
		let freeze_authority = Some(wallet(self.kind));
		let types = [
			AuthorityType::CloseAccount,
			AuthorityType::AccountOwner,
			AuthorityType::MintTokens,
			AuthorityType::FreezeAccount,
		];
		let authority_type = types[usize::from(self.kind % 4)];
		let new_authority = (!self.who.is_multiple_of(5)).then_some(wallet(self.who));
		match self.number {
			0 => Instruction::InitializeMint { decimals, mint_authority, freeze_authority },
			1 => Instruction::InitializeAccount,
			2 => Instruction::InitializeMultisig { required: self.kind },
			3 => Instruction::Transfer { amount },
			4 => Instruction::Approve { amount },
			5 => Instruction::Revoke,
			6 => Instruction::SetAuthority { authority_type, new_authority },
			7 => Instruction::MintTo { amount },
			8 => Instruction::Burn { amount },
			9 => Instruction::CloseAccount,
			10 => Instruction::FreezeAccount,
			11 => Instruction::ThawAccount,
			12 => Instruction::TransferChecked { amount, decimals },
			13 => Instruction::ApproveChecked { amount, decimals },
			14 => Instruction::MintToChecked { amount, decimals },
			15 => Instruction::BurnChecked { amount, decimals },
			16 => Instruction::InitializeAccount2 { owner },
			17 => Instruction::SyncNative,
			18 => Instruction::InitializeAccount3 { owner },
			19 => Instruction::InitializeMultisig2 { required: self.kind },
			20 => Instruction::InitializeMint2 { decimals, mint_authority, freeze_authority },
			21 => Instruction::GetAccountDataSize,
			22 => Instruction::InitializeImmutableOwner,
			23 => Instruction::AmountToUiAmount { amount },
			_ => Instruction::UiAmountToAmount { ui_amount: "1.5" },
		}
	}

	fn keys(&self, chain: &Chain) -> Vec<SvmAddress> {
		let (first, partner, mint) = (self.account(0), self.partner(chain), self.mint(chain));
		let (by, rent, root) = (self.authority(chain), ids::rent_sysvar(), wallet(0));
		match self.number {
			0 => vec![mint, rent],
			1 => vec![first, mint, wallet(self.who), rent],
			2 => vec![multisig(), rent, root, wallet(self.who)],
			3 => vec![first, partner, by],
			4 => vec![first, wallet(self.kind), by],
			5 => vec![first, by],
			6 if self.kind % 4 < 2 => vec![first, by],
			6 => vec![mint, root],
			7 | 14 => vec![mint, first, root],
			8 | 15 => vec![first, mint, by],
			9 => vec![first, wallet(self.kind), by],
			10 | 11 => vec![first, mint, root],
			12 => vec![first, mint, partner, by],
			13 => vec![first, mint, wallet(self.kind), by],
			16 => vec![first, mint, rent],
			17 | 22 => vec![first],
			18 => vec![first, mint],
			19 => vec![multisig(), root],
			_ => vec![mint],
		}
	}

	pub(crate) fn metas(&self, chain: &Chain) -> Vec<AccountMeta> {
		let signers = [wallet(0), wallet(1), wallet(self.kind)];
		// One in eight is read-only throughout, one in eight is not signed at all.
		let (is_writable, is_signer) = (!self.flags.is_multiple_of(8), self.flags % 8 != 1);
		let meta = |key| AccountMeta { key, is_signer, is_writable };
		let mut metas: Vec<_> = self.keys(chain).into_iter().map(meta).collect();
		if metas.iter().any(|meta| meta.key == multisig()) {
			metas.extend(signers.map(meta));
		}
		metas
	}
}

/// The random instructions are worth something: each kind succeeds now and then.
#[test]
fn every_instruction_succeeds_in_some_random_run() {
	use proptest::{strategy::ValueTree, test_runner::TestRunner};
	let mut runner = TestRunner::deterministic();
	let mut succeeded = [0u32; 25];
	for _ in 0..100 {
		let mut chain = chain();
		for _ in 0..40 {
			let draw = draws().new_tree(&mut runner).expect("a draw").current();
			let (metas, data) = (draw.metas(&chain), draw.instruction(&chain).encode());
			if process(&mut chain, &metas, &data).is_ok() {
				succeeded[usize::from(draw.number)] += 1;
			}
		}
	}
	// Mints, accounts and multisigs are all in use here; `views` and the fixtures make new ones.
	let never = [0, 1, 2, 16, 18, 19, 20, 22];
	for (number, times) in succeeded.iter().enumerate() {
		assert_eq!(*times == 0, never.contains(&number), "{number} succeeded {times} times");
	}
}
