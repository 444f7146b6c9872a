// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

interface IERC20 {
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
}

/// Keeps tokens of one kind for those who have put them in.
contract Vault {
    IERC20 public immutable token;
    mapping(address => uint256) public deposits;

    event Deposited(address indexed who, uint256 value);

    error NotYours(uint256 have, uint256 want);

    constructor(IERC20 token_) {
        require(address(token_).code.length > 0, "not a token");
        token = token_;
    }

    function deposit(uint256 value) external {
        require(token.transferFrom(msg.sender, address(this), value));
        deposits[msg.sender] += value;
        emit Deposited(msg.sender, value);
    }

    function withdraw(address to, uint256 value) external {
        uint256 have = deposits[msg.sender];
        if (have < value) revert NotYours(have, value);
        deposits[msg.sender] = have - value;
        require(token.transfer(to, value));
    }

    /// Pays out and thinks better of it, which must leave no trace.
    function regret(address to, uint256 value) external {
        require(token.transfer(to, value));
        revert("on second thoughts");
    }

    /// As `regret`, but caught: this call succeeds, and the payment inside it is undone.
    function attempt(address to, uint256 value) external {
        try this.regret(to, value) {} catch {}
    }
}
