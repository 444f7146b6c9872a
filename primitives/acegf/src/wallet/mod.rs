// SPDX-License-Identifier: Apache-2.0
//! What a wallet does with its secret: the phrase that shows it to people, the keys of every chain
//! that grow from it, and the identity that commits to it.
//!
//! Every type that holds a secret is wiped when it is dropped, and has a `Debug` that shows none.
//! (Libraries that compute with a secret leave traces on the stack that nobody can wipe from outside;
//! the Poseidon and Keccak states are such.)

mod commitment;
mod export;
mod identity;
mod key;
mod phrase;
mod rev;
mod secret;
mod stream;

pub use commitment::{pairing_commitment, PairingError, PAIRING_DOMAIN};
pub use identity::{IdentityError, MethodSet, ParseMethodSetError};
pub use key::StreamKey;
pub use phrase::{PhraseError, WORDS};
pub use rev::{Rev, RngError};
pub use secret::SecretText;
pub use stream::{ParseStreamError, Scheme, Stream};
