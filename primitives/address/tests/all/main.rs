// SPDX-License-Identifier: Apache-2.0
//! Tests of the public interface: vectors, known answers of the notations, properties.

mod notations;
mod properties;
mod vectors;
