// SPDX-License-Identifier: Apache-2.0
//! Carrying out a call.

use alloc::vec::Vec;
use sp_core::{H256, U256};
use unum_address::erc20_address;
use unum_id_com::{IdCom, MintId};
use unum_vm_engine::{IdentityHost, TokenHost, TokenInfo};

use crate::{
	abi::Tuple,
	amount::{allowance_word, amount_word},
	domain::domain_separator,
	selector::INTERFACES,
	AbiAddress, AddressSpace, Call, Erc20Error, MalformedCall, DOMAIN_VERSION,
};

/// One call of the contract, as the engine that carries it out describes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Frame<'a> {
	/// Whose addresses `caller` and those in the calldata are.
	pub space: AddressSpace,
	/// The token whose address is called.
	pub mint: MintId,
	/// Who calls: an account or a contract.
	pub caller: AbiAddress,
	/// Selector and arguments.
	pub calldata: &'a [u8],
	/// Whether the call, or one around it, is a STATICCALL.
	pub is_static: bool,
	/// Whether native coins come with the call.
	pub has_value: bool,
	/// The id that the VM's CHAINID gives. No two address spaces of a chain may share one: a permit
	/// that was signed for one of them would hold in the other, where its 20 bytes are somebody else.
	pub chain_id: u64,
	/// The timestamp of the block in seconds since the Unix epoch.
	pub timestamp: u64,
}

/// Carries out a call and gives its return data.
///
/// Logs come from the movements that the ledger reports, not from here: see the crate's notes.
///
/// # Errors
/// [`Erc20Error`]: the call reverts with [`Erc20Error::revert_data`], and nothing has changed.
///
/// # Examples
/// ```
/// use unum_erc20::{call, AddressSpace, Frame};
/// use unum_id_com::MintId;
/// use unum_vm_engine::conformance::MemoryHost;
///
/// let mint = MintId::from([1; 32]);
/// let mut host = MemoryHost::default();
/// host.add_mint(mint);
/// let frame = Frame {
///     space: AddressSpace::Evm,
///     mint,
///     caller: [2; 20].into(),
///     calldata: &unum_erc20::selector::DECIMALS.to_be_bytes(),
///     is_static: true,
///     has_value: false,
///     chain_id: 4663,
///     timestamp: 0,
/// };
/// let word = call(&mut host, &frame).expect("a read");
/// assert_eq!((word.len(), word[31]), (32, 6));
///
/// // The zero address has nothing, and sends nothing.
/// let calldata = [&unum_erc20::selector::BURN.to_be_bytes()[..], &[0; 32]].concat();
/// let frame = Frame { caller: [0; 20].into(), calldata: &calldata, is_static: false, ..frame };
/// let error = call(&mut host, &frame).expect_err("nobody");
/// assert_eq!(error.to_string(), "0x0000000000000000000000000000000000000000 can't send tokens");
/// ```
pub fn call<H: TokenHost + IdentityHost>(
	host: &mut H,
	frame: &Frame<'_>,
) -> Result<Vec<u8>, Erc20Error> {
	if frame.has_value {
		return Err(MalformedCall::ValueSent.into());
	}
	let call = Call::decode(frame.calldata)?;
	if frame.is_static && call.is_write() {
		return Err(MalformedCall::StaticWrite.into());
	}
	let token = host.token(frame.mint).ok_or(MalformedCall::UnknownMint)?;
	View { host, frame, token }.run(call)
}

/// A call under way: what the parts of this crate that carry it out look at.
pub(crate) struct View<'a, H> {
	pub(crate) host: &'a mut H,
	pub(crate) frame: &'a Frame<'a>,
	pub(crate) token: TokenInfo,
}

impl<H: TokenHost + IdentityHost> View<'_, H> {
	/// Finds the function for a call. Those of the standard that write return "true".
	fn run(&mut self, call: Call) -> Result<Vec<u8>, Erc20Error> {
		Ok(match call {
			Call::Name => text(&self.token.name),
			Call::Symbol => text(&self.token.symbol),
			Call::Decimals => uint(self.token.decimals.get()),
			Call::TotalSupply => uint(amount_word(self.token.supply)),
			Call::BalanceOf { account } => uint(self.balance_of(account)),
			Call::Transfer { to, value } => self.transfer(to, value).map(|()| boolean(true))?,
			Call::Allowance { owner, spender } => uint(self.allowance(owner, spender)),
			Call::Approve { spender, value } => {
				self.approve(spender, value).map(|()| boolean(true))?
			},
			Call::TransferFrom { from, to, value } => {
				self.transfer_from(from, to, value).map(|()| boolean(true))?
			},
			Call::Mint { to, value } => self.mint(to, value).map(|()| Vec::new())?,
			Call::Burn { value } => self.burn(value).map(|()| Vec::new())?,
			Call::BurnFrom { account, value } => {
				self.burn_from(account, value).map(|()| Vec::new())?
			},
			Call::Permit(permit) => self.permit(&permit).map(|()| Vec::new())?,
			Call::Nonces { owner } => uint(self.nonce(owner)),
			Call::DomainSeparator => Tuple::of(1).word(self.domain_separator()).bytes(),
			Call::Eip712Domain => self.eip712_domain().bytes(),
			Call::SupportsInterface { interface } => boolean(INTERFACES.contains(&interface)),
		})
	}

	/// The identity that owns an address of the calldata.
	pub(crate) fn id(&self, address: AbiAddress) -> IdCom {
		self.frame.space.resolve(self.host, address)
	}

	/// The identity that calls.
	pub(crate) fn caller_id(&self) -> IdCom {
		self.id(self.frame.caller)
	}

	/// What an account has, frozen or not.
	pub(crate) fn balance_of(&self, account: AbiAddress) -> U256 {
		amount_word(self.host.holding(self.frame.mint, self.id(account)).amount)
	}

	/// How much a spender may move; 2²⁵⁶ − 1 is unlimited.
	pub(crate) fn allowance(&self, owner: AbiAddress, spender: AbiAddress) -> U256 {
		let (owner, spender) = (self.id(owner), self.id(spender));
		allowance_word(self.host.allowance(self.frame.mint, owner, spender))
	}

	/// How many permits an owner has used.
	pub(crate) fn nonce(&self, owner: AbiAddress) -> u64 {
		self.host.permit_nonce(self.frame.mint, &self.frame.space.address(owner))
	}

	/// What separates this token's permits from all others.
	pub(crate) fn domain_separator(&self) -> H256 {
		let token = erc20_address(self.frame.mint).into();
		domain_separator(&self.token.name, self.frame.chain_id, token)
	}

	/// The parts of the domain separator (EIP-5267).
	fn eip712_domain(&self) -> Tuple {
		Tuple::of(7)
			.word(DOMAIN_FIELDS)
			.text(&self.token.name)
			.text(DOMAIN_VERSION)
			.uint(self.frame.chain_id)
			.address(erc20_address(self.frame.mint).into())
			.word(H256::zero())
			.empty_list()
	}
}

/// Which fields the domain has, as a `bytes1` of bits: name, version, chain id and contract, and
/// neither salt nor extensions (EIP-5267).
const DOMAIN_FIELDS: H256 = {
	let mut word = [0; 32];
	word[0] = 0b0_1111;
	H256(word)
};

fn uint(value: impl Into<U256>) -> Vec<u8> {
	Tuple::of(1).uint(value).bytes()
}

fn boolean(value: bool) -> Vec<u8> {
	uint(u8::from(value))
}

fn text(value: &str) -> Vec<u8> {
	Tuple::of(1).text(value).bytes()
}
