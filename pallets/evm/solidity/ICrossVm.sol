// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Calls into the chain's other VMs, in the same transaction. Stands at 0x0106.
interface ICrossVm {
    /// Runs an operation of another VM as the calling contract. It is undone with the call around it. The
    /// other VM may call contracts, also the one that is waiting, at most four calls deep: guard against
    /// that as against any other call. Locks in transient storage hold.
    /// @param vm The VM's number: 0 native, 2 SVM, 3 BVM, 4 TVM. The EVM is called as ever.
    /// @param target Zero: operations name their target themselves.
    /// @param data The operation: its opcode and the SCALE encoding of its fields, as in
    /// `dispatch.submit`.
    /// @param gasLimit The most gas that it may use.
    /// @return ok Whether it succeeded. If not, nothing that it did is left. Require it: a caller that goes
    /// on without looks to `eth_estimateGas` as if it were content with too little gas for the call.
    /// @return returnData What it returned, or why it failed, in words.
    function call(uint8 vm, bytes32 target, bytes calldata data, uint64 gasLimit)
        external
        returns (bool ok, bytes memory returnData);
}
