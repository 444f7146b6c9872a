// SPDX-License-Identifier: Apache-2.0
//! The interfaces of the chain's own precompiles, as their Solidity sources say.

// What the macro generates is documented in the sources.
#![allow(missing_docs, unreachable_pub, missing_debug_implementations, clippy::all)]

use alloy_sol_types::sol;

sol!("../solidity/IIdentity.sol");
sol!("../solidity/IContext.sol");
sol!("../solidity/IAuthKeys.sol");
sol!("../solidity/IZkAce.sol");
sol!("../solidity/IMultisig.sol");
sol!("../solidity/ICrossVm.sol");
sol!("../solidity/IAddressBook.sol");
