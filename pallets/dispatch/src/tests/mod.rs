// SPDX-License-Identifier: Apache-2.0
//! The dispatcher in a small runtime: with the native VM on the real ledger and identities, an echo,
//! and a saboteur.

mod admission;
mod fees;
pub(crate) mod mock;
mod raw;
mod receipts;
mod rollback;
mod routing;
mod saboteur;
mod switches;
