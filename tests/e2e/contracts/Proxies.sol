// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

/// Keeps a number for its owner, who may give it another mind.
contract SafeV1 is Initializable, UUPSUpgradeable {
    address public owner;
    uint256 public number;

    error NotOwner(address who);

    constructor() {
        _disableInitializers();
    }

    function initialize(address owner_) external initializer {
        owner = owner_;
    }

    function set(uint256 number_) external virtual {
        number = number_;
    }

    function version() external pure virtual returns (string memory) {
        return "one";
    }

    function _authorizeUpgrade(address) internal view override {
        if (msg.sender != owner) revert NotOwner(msg.sender);
    }
}

contract SafeV2 is SafeV1 {
    function set(uint256 number_) external override {
        number = number_ * 2;
    }

    function version() external pure override returns (string memory) {
        return "two";
    }
}

contract Proxy is ERC1967Proxy {
    constructor(address implementation, bytes memory data) ERC1967Proxy(implementation, data) {}
}

/// Wallets that share one code.
contract CloneFactory {
    event Cloned(address indexed clone, bytes32 indexed salt);

    function clone(address implementation, bytes32 salt, address owner) external returns (address made) {
        made = Clones.cloneDeterministic(implementation, salt);
        SafeV1(made).initialize(owner);
        emit Cloned(made, salt);
    }

    function predict(address implementation, bytes32 salt) external view returns (address) {
        return Clones.predictDeterministicAddress(implementation, salt);
    }
}
