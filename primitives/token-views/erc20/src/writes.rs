// SPDX-License-Identifier: Apache-2.0
//! The functions that change the ledger.
//!
//! Each checks what the ledger does not know (the zero address, more than 128 bits), in the order in
//! which OpenZeppelin's contracts check it, and then makes one step of the ledger. The ledger's
//! refusals become the errors that those contracts give.

use sp_core::U256;
use unum_units::{Denomination, LedgerAmount};
use unum_vm_engine::{Asset, IdentityHost, LedgerError, TokenHost};

use crate::{
	amount::{allowance_word, amount_word, ledger_allowance, ledger_amount},
	domain::permit_digest,
	permit::signer,
	view::View,
	AbiAddress, Erc20Error, MalformedCall, PermitCall, PermitMessage,
};

/// Who takes part in a movement: what the ledger's errors do not name and the contract's do.
#[derive(Clone, Copy)]
struct Movers {
	spender: AbiAddress,
	from: AbiAddress,
	to: AbiAddress,
	value: U256,
}

impl<H: TokenHost + IdentityHost> View<'_, H> {
	/// Moves what the caller has.
	pub(crate) fn transfer(&mut self, to: AbiAddress, value: U256) -> Result<(), Erc20Error> {
		let from = self.frame.caller;
		ensure_sender(from)?;
		ensure_receiver(to)?;
		let amount = self.affordable(from, value)?;
		let asset = Asset::Token(self.frame.mint);
		let moved = self.host.transfer(asset, self.id(from), self.id(to), amount);
		moved.map_err(|error| self.explain(error, Movers { spender: from, from, to, value }))
	}

	/// Moves what `from` has, out of the caller's allowance.
	pub(crate) fn transfer_from(
		&mut self,
		from: AbiAddress,
		to: AbiAddress,
		value: U256,
	) -> Result<(), Erc20Error> {
		let spender = self.frame.caller;
		self.ensure_allowed(from, value)?;
		ensure_receiver(to)?;
		let amount = self.affordable(from, value)?;
		let (by, owner, receiver) = (self.id(spender), self.id(from), self.id(to));
		let moved = self.host.transfer_from(self.frame.mint, by, owner, receiver, amount);
		moved.map_err(|error| self.explain(error, Movers { spender, from, to, value }))
	}

	/// Destroys what the caller has.
	pub(crate) fn burn(&mut self, value: U256) -> Result<(), Erc20Error> {
		let from = self.frame.caller;
		ensure_sender(from)?;
		let amount = self.affordable(from, value)?;
		let burned = self.host.burn(self.frame.mint, self.caller_id(), amount);
		burned.map_err(|error| self.explain(error, Movers { spender: from, from, to: from, value }))
	}

	/// Destroys what `from` has, out of the caller's allowance.
	pub(crate) fn burn_from(&mut self, from: AbiAddress, value: U256) -> Result<(), Erc20Error> {
		let spender = self.frame.caller;
		self.ensure_allowed(from, value)?;
		let amount = self.affordable(from, value)?;
		let (by, owner) = (self.caller_id(), self.id(from));
		let burned = self.host.burn_from(self.frame.mint, by, owner, amount);
		burned.map_err(|error| self.explain(error, Movers { spender, from, to: from, value }))
	}

	/// Creates tokens, if the caller is the mint authority.
	pub(crate) fn mint(&mut self, to: AbiAddress, value: U256) -> Result<(), Erc20Error> {
		let from = self.frame.caller;
		self.ensure_mint_authority()?;
		ensure_receiver(to)?;
		let amount = self.mintable(value)?;
		let (authority, receiver) = (self.caller_id(), self.id(to));
		let minted = self.host.mint_to(self.frame.mint, authority, receiver, amount);
		minted.map_err(|error| self.explain(error, Movers { spender: from, from: to, to, value }))
	}

	/// Sets how much a spender may move of what the caller has.
	pub(crate) fn approve(&mut self, spender: AbiAddress, value: U256) -> Result<(), Erc20Error> {
		let owner = self.frame.caller;
		let amount = approvable(owner, spender, value)?;
		self.set_allowance(owner, spender, amount)
	}

	/// Sets an allowance that its owner has signed (EIP-2612).
	pub(crate) fn permit(&mut self, permit: &PermitCall) -> Result<(), Erc20Error> {
		let PermitCall { owner, spender, value, .. } = *permit;
		self.ensure_not_expired(permit)?;
		self.ensure_signed(permit)?;
		let amount = approvable(owner, spender, value)?;
		// From here on only the first step can fail: the second one needs the token, as it does.
		let wallet = self.frame.space.address(owner);
		self.host.use_permit_nonce(self.frame.mint, &wallet).map_err(unlikely)?;
		self.set_allowance(owner, spender, amount)
	}

	fn set_allowance(
		&mut self,
		owner: AbiAddress,
		spender: AbiAddress,
		amount: LedgerAmount,
	) -> Result<(), Erc20Error> {
		let (owner, spender) = (self.id(owner), self.id(spender));
		self.host.approve(self.frame.mint, owner, spender, amount).map_err(unlikely)
	}

	fn ensure_not_expired(&self, permit: &PermitCall) -> Result<(), Erc20Error> {
		let deadline = permit.deadline;
		ensure(
			U256::from(self.frame.timestamp) <= deadline,
			Erc20Error::ExpiredSignature { deadline },
		)
	}

	/// The signer must be the owner: the same identity, by whichever of its addresses.
	fn ensure_signed(&self, permit: &PermitCall) -> Result<(), Erc20Error> {
		let PermitCall { owner, spender, value, deadline, .. } = *permit;
		let message = PermitMessage { owner, spender, value, nonce: self.nonce(owner), deadline };
		let signer = signer(permit_digest(self.domain_separator(), &message), permit)?;
		ensure(self.id(signer) == self.id(owner), Erc20Error::InvalidSigner { signer, owner })
	}

	/// The caller's allowance must cover `value`, and neither side of it may be the zero address.
	fn ensure_allowed(&self, owner: AbiAddress, needed: U256) -> Result<(), Erc20Error> {
		let spender = self.frame.caller;
		let allowance = self.allowance(owner, spender);
		let short = Erc20Error::InsufficientAllowance { spender, allowance, needed };
		ensure(needed <= allowance, short)?;
		ensure_approver(owner)?;
		ensure_spender(spender)
	}

	fn ensure_mint_authority(&self) -> Result<(), Erc20Error> {
		let authority = self.token.mint_authority.ok_or(Erc20Error::NoMintAuthority)?;
		let caller = self.frame.caller;
		ensure(authority == self.caller_id(), Erc20Error::NotMintAuthority(caller))
	}

	/// `value` as an amount of the ledger; nobody can have one that does not fit.
	fn affordable(&self, sender: AbiAddress, value: U256) -> Result<LedgerAmount, Erc20Error> {
		ledger_amount(value).ok_or_else(|| Erc20Error::InsufficientBalance {
			sender,
			balance: self.balance_of(sender),
			needed: value,
		})
	}

	/// `value` as an amount of the ledger that can be minted: the supply never exceeds 128 bits.
	fn mintable(&self, value: U256) -> Result<LedgerAmount, Erc20Error> {
		ledger_amount(value).ok_or_else(|| self.exceeded_cap(value))
	}

	/// Why the supply can't grow by `value`.
	fn exceeded_cap(&self, value: U256) -> Erc20Error {
		match amount_word(self.token.supply).checked_add(value) {
			Some(increased_supply) => {
				Erc20Error::ExceededCap { increased_supply, cap: self.supply_max() }
			},
			None => Erc20Error::Overflow,
		}
	}

	/// The largest supply that the token's 64-bit view can show.
	fn supply_max(&self) -> U256 {
		let unit = self.token.svm_denomination().and_then(unit_word).unwrap_or_default();
		unit.saturating_mul(SVM_UNITS).saturating_sub(U256::one())
	}

	/// The contract's error for the ledger's.
	fn explain(&self, error: LedgerError, movers: Movers) -> Erc20Error {
		let Movers { spender, from, to, value } = movers;
		match error {
			LedgerError::InsufficientBalance { available, .. } => Erc20Error::InsufficientBalance {
				sender: from,
				balance: amount_word(available),
				needed: value,
			},
			LedgerError::InsufficientAllowance { allowed, .. } => {
				Erc20Error::InsufficientAllowance {
					spender,
					allowance: allowance_word(allowed),
					needed: value,
				}
			},
			LedgerError::Frozen(mint) => {
				let stopped = self.host.holding(mint, self.id(from)).frozen;
				Erc20Error::AccountFrozen(if stopped { from } else { to })
			},
			// Only a supply can overflow: no balance is larger than the supply is.
			LedgerError::SupplyTooLarge(_) | LedgerError::Overflow(_) => self.exceeded_cap(value),
			LedgerError::NotAuthority(..) => Erc20Error::NotMintAuthority(spender),
			LedgerError::NoAuthority(..) => Erc20Error::NoMintAuthority,
			other => unlikely(other),
		}
	}
}

/// One more than the largest number of units that the 64-bit view can show: 2⁶⁴.
const SVM_UNITS: U256 = U256([0, 1, 0, 0]);

/// How many base units one unit of a view is.
fn unit_word(view: Denomination) -> Option<U256> {
	view.to_ledger(1).map(amount_word)
}

/// The errors of steps that hardly ever fail: a token that is gone, or the last permit of 2⁶⁴. What a
/// ledger true to its rules can't give here reverts, too.
fn unlikely(error: LedgerError) -> Erc20Error {
	match error {
		LedgerError::UnknownMint(_) => MalformedCall::UnknownMint.into(),
		_ => Erc20Error::Overflow,
	}
}

/// What the ledger is to store for an approval.
fn approvable(
	owner: AbiAddress,
	spender: AbiAddress,
	value: U256,
) -> Result<LedgerAmount, Erc20Error> {
	ensure_approver(owner)?;
	ensure_spender(spender)?;
	ledger_allowance(value)
}

fn ensure(holds: bool, error: Erc20Error) -> Result<(), Erc20Error> {
	if holds {
		Ok(())
	} else {
		Err(error)
	}
}

fn ensure_sender(address: AbiAddress) -> Result<(), Erc20Error> {
	ensure(!address.is_zero(), Erc20Error::InvalidSender(address))
}

fn ensure_receiver(address: AbiAddress) -> Result<(), Erc20Error> {
	ensure(!address.is_zero(), Erc20Error::InvalidReceiver(address))
}

fn ensure_approver(address: AbiAddress) -> Result<(), Erc20Error> {
	ensure(!address.is_zero(), Erc20Error::InvalidApprover(address))
}

fn ensure_spender(address: AbiAddress) -> Result<(), Erc20Error> {
	ensure(!address.is_zero(), Erc20Error::InvalidSpender(address))
}
