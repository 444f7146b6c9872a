// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Proofs about identities. Stands at 0x0100, beside P256VERIFY (EIP-7951), which takes inputs of exactly
/// 160 bytes; a call of this interface never has that length.
interface IIdentity {
    /// Whether a proof shows an identity. Its first byte is its kind:
    ///
    /// 0x00, opening of a binding: the VM's number (1 EVM, 2 SVM, 4 TVM) and an address there (20, 32, 20
    /// bytes). True if the address belongs to the identity now.
    ///
    /// 0x01, signature: a digest of 32 bytes and a signature over it (see IMultisig) by a wallet on the EVM
    /// that belongs to the identity, or by one of its authentication keys. What the digest stands for, and
    /// that it is not used twice, is for the caller to see to.
    ///
    /// 0x02, ZK-ACE proof: false, until the chain verifies such proofs.
    ///
    /// Anything else is false.
    /// @param idCom The identity.
    /// @param proof The proof.
    function verify(bytes32 idCom, bytes calldata proof) external view returns (bool);
}
