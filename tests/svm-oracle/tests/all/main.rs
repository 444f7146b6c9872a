// SPDX-License-Identifier: Apache-2.0
//! The engine and litesvm, side by side.

mod oracle;
mod poseidon;
mod random;
mod sysvars;
mod variants;
