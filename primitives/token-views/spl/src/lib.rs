// SPDX-License-Identifier: Apache-2.0
//! Tokens of the ledger as accounts of Solana's SPL Token program: images, addresses and instructions.
//!
//! ```text
//! instruction data ──decode──▶ Instruction ─┐
//! account metas ────────────────────────────┼─▶ process ──▶ ledger (numbers)
//! SplHost (ledger, records, facts) ─────────┘           └─▶ records (keys)
//!                                              view ◀── both, rendered as account data
//! ```
//!
//! **Where things are.** The ledger is the truth for every number: the amount and the frozen flag of a
//! token account, the supply, decimals and authorities of a mint, and what a delegate may move (the
//! allowance that the account's holder gives it). What the ledger has no place for is in a small
//! [`Record`] per account. Account data is never stored: [`account_data`] renders it.
//!
//! **Whose balance a token account shows** ([`Holder`]). The associated token account of an owner and
//! a mint shows the balance of the owner's identity, so it always agrees with every other view. Any
//! other token account, made with a key pair of its own, has a balance of its own, under the identity
//! that its key has while it is bound to none; so one owner can have many. An associated account
//! can't be given to another owner (it *is* its owner's balance; Token-2022 forbids it, too).
//! Accounts of the wrapped native mint hold the native coin of their own key's identity, associated
//! or not, because closing one pays out all that it holds. An identity with several keys on this VM has
//! an associated account for each; all of them show its one balance.
//!
//! **Delegates.** One per token account, as upstream: to approve another one revokes the allowance of
//! the one before. Its amount is the live allowance, so what another view changes shows here.
//!
//! **Numbers.** Amounts on the wire are 64-bit and count in the token's `svm_decimals`. A coarser view
//! than the ledger rounds down what it shows, moves exact multiples and loses nothing: what is left of
//! a balance below one unit stays where it is, and goes to the owner's identity when an account with a
//! balance of its own is closed (which fails while such a rest is frozen).
//!
//! **Frozen** is a balance of the ledger, not an account: it stays so when the account is closed and
//! opened again.
//!
//! **What belongs to the engine.** It checks signatures, merges the flags of an account that a message
//! names twice, locks accounts, creates and assigns accounts (System program), says what rent is, and
//! lets the System program debit only accounts that it owns; and nobody may bind the key of an account
//! that a program owns to an identity. Here are the checks that the token program makes
//! itself, in the order of p-token, and, where a change would follow, those that Solana's runtime
//! makes after an instruction: an account that is read-only or another program's is not changed.
//!
//! Behaviour follows p-token ([solana-program/token], folder `pinocchio`, of August 2026), the program
//! under this id on Solana since then.
//!
//! [solana-program/token]: https://github.com/solana-program/token

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::unwrap_used,
		clippy::expect_used,
		clippy::indexing_slicing,
		clippy::arithmetic_side_effects,
		clippy::cast_possible_truncation,
		clippy::cast_sign_loss,
		clippy::float_arithmetic
	)
)]

extern crate alloc;

mod bytes;
mod error;
mod host;
pub mod ids;
mod image;
mod instruction;
mod pda;
mod processor;
mod record;
mod view;

pub use error::{ProgramError, TokenError};
pub use host::{AccountFacts, AccountMeta, SplHost};
pub use image::{AccountState, KeyOption, Mint, Multisig, TokenAccount};
pub use instruction::{AuthorityType, Instruction};
pub use pda::{
	associated_token_address, create_program_address, find_program_address, PdaError, MAX_SEEDS,
	MAX_SEED_LEN,
};
pub use processor::{execute, open_associated, process};
pub use record::{AccountRecord, Holder, MintRecord, NativeBalance, Record};
pub use view::{account_data, associated_account, mint, multisig, token_account};
