// SPDX-License-Identifier: Apache-2.0
//! Parameters, as strictly as geth reads them: a number has one form, a hash its length, and fields
//! that contradict each other are refused. Fields that are not known are passed over.

pub mod block;
pub mod call;
pub mod filter;
pub mod overrides;
pub mod quantity;
pub mod simulation;

pub use block::{BlockParam, BlockParamError, BlockTag};
pub use call::{AccessListParam, AuthorizationParam, CallParam};
pub use filter::{FilterParam, LogFilter, LogRange};
pub use overrides::{into_accounts, AccountOverrideParam, BlockOverrideParam, StateOverrideParam};
pub use quantity::{
	AddressParam, Hash, HexBytes, HexError, LooseQuantity, Quantity, Quantity256, SlotParam,
};
pub use simulation::{SimulatedBlockParam, SimulationParam};
