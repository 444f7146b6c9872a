// SPDX-License-Identifier: Apache-2.0
//! Lanes and the ordinary way come to the same.

mod authoring;
mod differential;
mod divergence;
mod generator;
mod meddling;
mod named;
