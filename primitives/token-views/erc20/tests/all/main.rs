// SPDX-License-Identifier: Apache-2.0
//! Tests of the crate from outside, as one binary.

mod differential;
mod errors;
mod large_amounts;
mod ledger_rules;
mod logs;
mod permits;
mod properties;
mod support;
mod vectors;
