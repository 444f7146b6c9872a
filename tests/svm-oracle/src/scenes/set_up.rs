// SPDX-License-Identifier: Apache-2.0
//! What a scene begins with. Made by transactions, which are compared as all others.

use unum_address::SvmAddress;
use unum_spl_token::ids::{associated_token_program, native_mint, system_program, token_program};

use super::{Scene, RICH};
use crate::{
	compare::Difference,
	instructions::{forward, loader, system, tables, token},
	keys,
	seen::AccountSeen,
	wire::{Instruction, Message, Meta},
};

/// What a wallet begins with.
const COINS: u64 = 100_000_000_000;

impl Scene {
	pub(super) fn set_up(&mut self) -> Result<(), Difference> {
		for index in 0..RICH {
			self.world.fund(&self.address(index), COINS);
		}
		// One that is just exempt from rent, one that is just not, and one that can pay a fee and no more.
		for (index, lamports) in [(RICH, Self::exempt(0)), (RICH + 1, Self::exempt(0) + 5_000)] {
			self.world.fund(&self.address(index), lamports);
		}
		self.set_up_tokens()?;
		self.set_up_accounts()?;
		self.deploy_all()?;
		self.world.advance(2);
		Ok(())
	}

	fn address(&self, index: usize) -> SvmAddress {
		self.world.wallets[index].address
	}

	/// Executes what has to succeed.
	pub(super) fn run(&mut self, instructions: &[Instruction]) -> Result<(), Difference> {
		let payer = self.address(0);
		let message = Message::new(payer, instructions, self.world.theirs.blockhash(), None);
		self.shown = message.to_string();
		let bytes = message.sign(&self.world.wallets);
		let seen = self.world.send(&bytes)?;
		assert!(seen.ended == crate::seen::Ended::Succeeded, "{}: {seen:#?}", self.shown);
		Ok(())
	}

	fn set_up_tokens(&mut self) -> Result<(), Difference> {
		let (payer, other) = (self.address(0), self.address(1));
		for (index, decimals, freezer) in [(10, 6, Some(other)), (11, 0, None)] {
			let mint = self.address(index);
			let lamports = Self::exempt(token::MINT_BYTES);
			let program = token_program();
			self.run(&[
				system::create_account(payer, mint, lamports, token::MINT_BYTES, program),
				token::initialize_mint(mint, decimals, payer, freezer),
			])?;
			for owner in 0..3 {
				let owner = self.address(owner);
				let account = token::associated(owner, mint);
				self.world.known.insert(account);
				self.run(&[
					token::open_associated(0, payer, owner, mint),
					token::mint_to(mint, account, payer, 1_000_000),
				])?;
			}
		}
		Ok(())
	}

	fn set_up_accounts(&mut self) -> Result<(), Difference> {
		let [payer, first, second, third] = [0, 1, 2, 3].map(|index| self.address(index));
		let (multisig, tokens, wrapped) = (self.address(12), self.address(13), self.address(14));
		let program = token_program();
		let bytes = token::MULTISIG_BYTES;
		let signers = [first, second, third].map(|key| Meta::readonly(key, false));
		let accounts = [vec![Meta::new(multisig, false)], signers.to_vec()].concat();
		self.run(&[
			system::create_account(payer, multisig, Self::exempt(bytes), bytes, program),
			token::instruction(19, &[2], accounts),
		])?;
		let bytes = token::ACCOUNT_BYTES;
		let lamports = Self::exempt(bytes);
		self.run(&[
			system::create_account(payer, tokens, lamports, bytes, program),
			token::initialize_account(tokens, self.address(10), multisig),
			token::mint_to(self.address(10), tokens, payer, 500),
		])?;
		self.run(&[
			system::create_account(payer, wrapped, lamports + 777, bytes, program),
			token::initialize_account(wrapped, native_mint(), first),
		])?;
		let nonce = self.address(15);
		self.run(&[
			system::create_account(payer, nonce, Self::exempt(80) + 9, 80, system_program()),
			system::initialize_nonce(nonce, first),
		])?;
		self.set_up_table(payer)
	}

	fn set_up_table(&mut self, payer: SvmAddress) -> Result<(), Difference> {
		let slot = self.known_slot();
		let (create, table) = tables::create(payer, payer, slot);
		self.world.known.insert(table);
		self.tables.push(table);
		let addresses: Vec<_> = (0..16).map(|index| self.address(index)).collect();
		self.run(&[create, tables::extend(table, payer, Some(payer), &addresses)])
	}

	/// The newest slot that has a hash.
	fn known_slot(&self) -> u64 {
		let hashes = self.world.account(&keys::slot_hashes()).expect("a system variable").data;
		super::state::u64_at(&hashes, 8)
	}

	/// Deploys the forwarder, which is written into its buffer piece by piece, and copies of programs that
	/// litesvm brings, whose buffers are there.
	fn deploy_all(&mut self) -> Result<(), Difference> {
		let payer = self.address(0);
		let forwarder = forward::file();
		let (program, buffer) = (self.address(20), self.address(25));
		let space = loader::BUFFER_HEAD + forwarder.len() as u64;
		self.run(&[
			system::create_account(payer, buffer, Self::exempt(space), space, keys::loader_v3()),
			loader::initialize_buffer(buffer, payer),
		])?;
		for (index, piece) in forwarder.chunks(900).enumerate() {
			let offset = u32::try_from(900 * index).expect("a small program");
			self.run(&[loader::write(buffer, payer, offset, piece)])?;
		}
		self.deploy(program, buffer, forwarder.len() as u64 + 100)?;
		let signer = forward::signer(&program).0;
		self.world.fund(&signer, COINS / 100);
		// An account of the forwarder, with data.
		let account = AccountSeen {
			lamports: Self::exempt(40) + 100,
			data: vec![5; 40],
			owner: program,
			executable: false,
		};
		self.world.set_account(&[0x77; 32].into(), &account);
		self.world.set_account(&[0x78; 32].into(), &account);
		for (index, from) in
			[(21, keys::memo()), (22, associated_token_program()), (23, token_program())]
		{
			let file = self.world.theirs.program(&from);
			let buffer = self.address(25);
			// What an initialized buffer holds: its kind, its authority, the file.
			let head = [&[1, 0, 0, 0, 1], payer.as_bytes().as_slice()].concat();
			let data = [head, file].concat();
			let (length, owner) = (data.len() as u64, keys::loader_v3());
			let account =
				AccountSeen { lamports: Self::exempt(length), data, owner, executable: false };
			self.world.set_account(&buffer, &account);
			self.deploy(self.address(index), buffer, length - loader::BUFFER_HEAD)?;
		}
		Ok(())
	}

	fn deploy(
		&mut self,
		program: SvmAddress,
		buffer: SvmAddress,
		length: u64,
	) -> Result<(), Difference> {
		let payer = self.address(0);
		self.world.known.insert(loader::program_data(&program));
		let bytes = loader::PROGRAM_BYTES;
		self.programs.push(program);
		self.run(&[
			system::create_account(payer, program, Self::exempt(bytes), bytes, keys::loader_v3()),
			loader::deploy([payer, program, buffer, payer], length),
		])
	}
}
