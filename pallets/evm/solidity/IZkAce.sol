// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Batches of ZK-ACE proofs. Stands at 0x0103.
interface IZkAce {
    /// Whether every proof shows its identity. Always false, until the chain verifies such proofs: an answer
    /// of "true" would be a lie.
    /// @param idComs The identities.
    /// @param proofs A proof for each of them.
    function verifyBatch(bytes32[] calldata idComs, bytes[] calldata proofs) external view returns (bool);
}
