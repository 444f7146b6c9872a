// SPDX-License-Identifier: Apache-2.0
//! The functions, as the node computes them.

mod poseidon;
