// SPDX-License-Identifier: Apache-2.0
//! The machine beside upstream's, and on its own.

// Upstream's memory is made of pointers: lending it any is unsafe.
#![allow(unsafe_code, missing_docs)]

mod asm;
mod elfs;
mod generator;
mod harness;
mod mutation;
mod named;
mod programs;
mod spl;
mod vectors;
