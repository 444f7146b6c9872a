// SPDX-License-Identifier: Apache-2.0
//! Ethereum's [state tests] on the EVM engine.
//!
//! ```text
//!   folder or .tar.gz ─► Suite (a file) ─► Case (test, fork, indexes) ─► engine on a host in memory
//!                                              │                              │
//!                                              └────────── Verdict ◄──────────┘
//!                                                             │
//!                                     Report: totals per folder, failures, what was not run
//! ```
//!
//! A case can be run in two ways ([`Mode`]): as Ethereum runs it, against the state root and the logs
//! that the test names; and as the chain runs it, where the fee is paid and the nonce is counted
//! outside of the EVM and every movement of the native coin is made in a ledger, against the first way.
//!
//! What this does not do: it decodes and signs no transactions (the tests of
//! `primitives/transaction/ethereum` do), and it runs no blocks.
//!
//! [state tests]: https://ethereum-tests.readthedocs.io/en/latest/test_types/gstate_tests.html

mod case;
mod environment;
mod exceptions;
mod fixture;
mod fork;
mod hosts;
mod number;
mod report;
mod runner;
mod state;
mod suite;
mod traced;

pub use case::{Mode, NotRun, Note, Verdict};
pub use fork::Fork;
pub use report::{Report, Tally};
pub use runner::{run, Options, SourceError};
pub use suite::Suite;
pub use traced::{MalformedCaseError, Traced};
