// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Identities that several others share: the accounts of the chain's multisig pallet. `derive` stands at
/// 0x0104, `verify` at 0x0105.
interface IMultisig {
    /// The identity that needs `threshold` of several identities. Their order does not matter.
    /// @param threshold From 1 to how many there are.
    /// @param idComs The identities: 2 to 100, none twice.
    function derive(uint16 threshold, bytes32[] calldata idComs) external view returns (bytes32);

    /// Whether enough members of a multisig have signed a digest.
    ///
    /// A signature is empty (that member has not signed), or its first byte says whose it is:
    /// 0x00, a wallet on the EVM that belongs to the member: r, s and v over the digest itself, 65 bytes, v
    /// being 27 or 28; 0x01, one of the member's authentication keys: the key and its signature over the
    /// 32 bytes of the digest, both in SCALE (`AuthKey`, `AuthSignature`). A member whose identity is an
    /// sr25519 or ed25519 key has that key, too.
    /// @param multisig The identity of the multisig.
    /// @param digest What was signed.
    /// @param threshold As in `derive`.
    /// @param idComs As in `derive`.
    /// @param signatures One for each member, in the same order.
    function verify(
        bytes32 multisig,
        bytes32 digest,
        uint16 threshold,
        bytes32[] calldata idComs,
        bytes[] calldata signatures
    ) external view returns (bool);
}
