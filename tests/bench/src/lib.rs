// SPDX-License-Identifier: Apache-2.0
//! Nothing: the benchmarks are in `benches/`.
