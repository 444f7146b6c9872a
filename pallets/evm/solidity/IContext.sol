// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Contexts: transactions that share one belong together. Stands at 0x0101.
interface IContext {
    /// The lane that transactions of a VM with this tag share.
    /// @param vm The VM's name, in lower case: "native", "evm", "svm", "bvm", "tvm".
    /// @param tag The tag; all zeros mean "no context".
    /// @return tag_ The tag.
    /// @return shard A number below 64.
    function derive(string calldata vm, bytes16 tag) external view returns (bytes16 tag_, uint64 shard);
}
