// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// Gives a share for each wei, and the wei back for the share.
contract Piggy is ERC20("Piggy", "PIG"), Ownable {
    uint256 public most;

    event Filled(address indexed who, uint256 value);

    error TooMuch(uint256 value, uint256 most);

    constructor(uint256 most_) Ownable(msg.sender) {
        most = most_;
    }

    function fill() external payable {
        if (msg.value > most) revert TooMuch(msg.value, most);
        _mint(msg.sender, msg.value);
        emit Filled(msg.sender, msg.value);
    }

    function empty(uint256 value) external {
        _burn(msg.sender, value);
        (bool success,) = msg.sender.call{value: value}("");
        require(success, "not paid out");
    }

    function setMost(uint256 most_) external onlyOwner {
        most = most_;
    }
}
