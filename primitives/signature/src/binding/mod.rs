// SPDX-License-Identifier: Apache-2.0
//! The statement by which a wallet is bound to an identity, and the proof that the wallet made it.

mod proof;
#[cfg(feature = "sign")]
mod sign;
mod statement;
mod verify;

pub use proof::{BindingProof, Witness};
#[cfg(feature = "sign")]
pub use sign::EvmSigner;
pub use statement::BindingStatement;
pub use verify::{verify_binding, BindingError};
