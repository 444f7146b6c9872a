// SPDX-License-Identifier: Apache-2.0
//! Addresses that answer by themselves: Ethereum's precompiled contracts, the chain's own, and the
//! tokens of the ledger.
//!
//! | address | answers | Solidity |
//! |---|---|---|
//! | 0x01 – 0x11, 0x0100 | Ethereum's precompiled contracts of the fork | |
//! | 0x0100 | whether a proof shows an identity | `IIdentity.sol` |
//! | 0x0101 | which shard a context has | `IContext.sol` |
//! | 0x0102 | whether a key may act as an identity | `IAuthKeys.sol` |
//! | 0x0103 | batches of ZK-ACE proofs: false, until there are such proofs | `IZkAce.sol` |
//! | 0x0104, 0x0105 | multisigs: their identity, and whether they agree | `IMultisig.sol` |
//! | 0x0106 | calls into other VMs | `ICrossVm.sol` |
//! | 0x0107 | who is behind an address, on every VM | `IAddressBook.sol` |
//! | that of a token | the token, as ERC-20 | |
//!
//! The interfaces in `pallets/evm/solidity` are the source of the ABI: they are compiled into this
//! crate. All of them refuse DELEGATECALL and CALLCODE, because they have no storage to lend, and coins.

use alloc::string::String;
mod abi;
mod own;
mod proofs;
mod tokens;

use revm::{
	context_interface::{Cfg, ContextTr, JournalTr},
	handler::{EthPrecompiles, PrecompileProvider},
	interpreter::{CallInputs, CallScheme, InterpreterResult},
	primitives::{hardfork::SpecId, Address, AddressSet},
};
use unum_erc20::limits::VIEW_CODE_HASH;
use unum_vm_engine::{
	EngineFault, IdentityControlHost, IdentityHost, TokenHost, VmCall, VmCallResult,
};

use crate::{limits::CALLDATA_WORD_GAS, EvmHost, HostDatabase, LedgerJournal};
use own::Own;
use proofs::is_identity_call;
use tokens::call_token;

/// A host on which the ledger's tokens are contracts.
pub trait TokenViewHost: EvmHost {
	/// Tokens and identities.
	type Ledger: TokenHost + IdentityHost + IdentityControlHost;

	/// Tokens and identities, to be read.
	fn ledger(&self) -> &Self::Ledger;

	/// Tokens and identities, to be changed.
	fn ledger_mut(&mut self) -> &mut Self::Ledger;

	/// Runs an operation of another VM.
	///
	/// # Errors
	/// [`EngineFault`]: a defect. All that a contract can cause is a result.
	fn call_vm(&mut self, call: &VmCall<'_>) -> Result<VmCallResult, EngineFault>;
}

/// The precompiles of the fork, those of the chain, and the ERC-20 view of every token.
#[derive(Clone, Debug)]
pub struct ChainPrecompiles {
	ethereum: EthPrecompiles,
	/// Ethereum's and the chain's own: they are never cold.
	warm: AddressSet,
}

impl ChainPrecompiles {
	/// Those of a fork.
	pub fn new(spec: SpecId) -> Self {
		let ethereum = EthPrecompiles::new(spec);
		let warm = warm(&ethereum);
		Self { ethereum, warm }
	}
}

fn warm(ethereum: &EthPrecompiles) -> AddressSet {
	let own = Own::ALL.iter().map(|own| own.address());
	ethereum.warm_addresses().iter().copied().chain(own).collect()
}

impl<'a, H, CTX> PrecompileProvider<CTX> for ChainPrecompiles
where
	H: TokenViewHost + 'a,
	CTX: ContextTr<
		Cfg: Cfg<Spec = SpecId>,
		Db = HostDatabase<'a, H>,
		Journal = LedgerJournal<'a, H>,
	>,
{
	type Output = InterpreterResult;

	fn set_spec(&mut self, spec: SpecId) -> bool {
		let changed = PrecompileProvider::<CTX>::set_spec(&mut self.ethereum, spec);
		if changed {
			self.warm = warm(&self.ethereum);
		}
		changed
	}

	fn run(
		&mut self,
		context: &mut CTX,
		inputs: &CallInputs,
	) -> Result<Option<InterpreterResult>, String> {
		let own = Own::at(&inputs.bytecode_address);
		let is_shared = own == Some(Own::Identity);
		let is_ethereums = !(is_shared && is_identity_call(&inputs.input.as_bytes(context)));
		if is_ethereums {
			if let Some(result) = self.ethereum.run(context, inputs)? {
				return Ok(Some(result));
			}
		}
		if let Some(own) = own.filter(|_| !(is_shared && is_ethereums)) {
			return own.run(context, inputs).map(Some);
		}
		if is_another(context, &inputs.bytecode_address) {
			return Ok(None);
		}
		let address = inputs.bytecode_address.into_array().into();
		let Some(mint) = context.journal().host().ledger().token_at(address) else {
			return Ok(None);
		};
		Ok(Some(call_token(context, inputs, mint)))
	}

	fn warm_addresses(&self) -> &AddressSet {
		&self.warm
	}
}

/// Whether the account was read, and is no token's: most calls are of such, and ask the ledger nothing.
fn is_another<'a, H: TokenViewHost + 'a, CTX>(context: &CTX, address: &Address) -> bool
where
	CTX: ContextTr<Journal = LedgerJournal<'a, H>, Db = HostDatabase<'a, H>>,
{
	let account = context.journal().evm_state().get(address);
	account.is_some_and(|account| account.info.code_hash != VIEW_CODE_HASH)
}

/// What copying the calldata costs.
fn calldata_gas(inputs: &CallInputs) -> u64 {
	let words = u64::try_from(inputs.input.len()).unwrap_or(u64::MAX).div_ceil(32);
	words.saturating_mul(CALLDATA_WORD_GAS)
}

/// Whether the call runs what is called, and not in the name of another contract: an address without
/// storage of its own has none to lend.
fn lends_nothing(inputs: &CallInputs) -> bool {
	matches!(inputs.scheme, CallScheme::Call | CallScheme::StaticCall)
}
