// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Authentication keys of identities. Stands at 0x0102.
interface IAuthKeys {
    /// Whether a key may act as an identity.
    /// @param idCom The identity.
    /// @param factor The scheme: 1 sr25519, 2 ed25519, 3 secp256k1 (compressed), 4 ML-DSA-44 (its
    /// commitment); 0 for any.
    /// @param credential The public key, 32 or 33 bytes.
    function isAuthKey(bytes32 idCom, uint8 factor, bytes calldata credential) external view returns (bool);
}
