// SPDX-License-Identifier: Apache-2.0
//! Blocks with a name.
