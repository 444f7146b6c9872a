// SPDX-License-Identifier: Apache-2.0
//! From one version of the storage to the next. Each is a migration over many blocks, which stays
//! within the weight that it is given however many tokens there are; the chain takes no extrinsics
//! meanwhile.

pub mod v2;
