// SPDX-License-Identifier: Apache-2.0
pragma solidity >=0.8.0;

/// Who is behind an address, and under which addresses. Stands at 0x0107.
interface IAddressBook {
    /// The identity behind an address of the EVM. Every address has one.
    function idComOf(address account) external view returns (bytes32);

    /// The identity behind an address of the Solana VM.
    function idComOfSvm(bytes32 key) external view returns (bytes32);

    /// The identity behind an address of the Tron VM, without the byte 0x41 in front.
    function idComOfTvm(address account) external view returns (bytes32);

    /// The address under which the EVM shows an identity.
    function evmAddressOf(bytes32 idCom) external view returns (address);

    /// The address under which the Solana VM shows an identity.
    function svmAddressOf(bytes32 idCom) external view returns (bytes32);

    /// The address under which the Solana VM shows who is behind an address of the EVM.
    function svmAddressOf(address account) external view returns (bytes32);

    /// The address under which the Tron VM shows an identity, without the byte 0x41 in front.
    function tvmAddressOf(bytes32 idCom) external view returns (address);

    /// The output script under which the Bitcoin VM shows an identity.
    function bvmScriptOf(bytes32 idCom) external view returns (bytes memory);
}
