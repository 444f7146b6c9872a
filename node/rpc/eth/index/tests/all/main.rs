// SPDX-License-Identifier: Apache-2.0
//! Tests of the public interface: the index against a model of it on random trees of blocks, logs
//! against a naive search, and what happens to the file.

mod chain;
mod crash;
mod files;
mod limits;
mod logs;
mod matching;
mod model;
mod support;
mod trees;
