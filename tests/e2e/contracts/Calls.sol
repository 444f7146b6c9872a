// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// Many calls in one, with the interface of Multicall3 as far as clients use it.
contract Multicall {
    struct Call3 {
        address target;
        bool allowFailure;
        bytes callData;
    }

    struct Result {
        bool success;
        bytes returnData;
    }

    function aggregate3(Call3[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success, bytes memory returnData) = calls[i].target.call(calls[i].callData);
            require(success || calls[i].allowFailure, "Multicall3: call failed");
            results[i] = Result(success, returnData);
        }
    }

    function getEthBalance(address account) external view returns (uint256) {
        return account.balance;
    }
}

/// What a wallet becomes by EIP-7702: it acts in batches, for whoever pays.
contract Batch {
    struct Call {
        address to;
        uint256 value;
        bytes data;
    }

    event Acted(address indexed wallet, address indexed payer, uint256 calls);

    function act(Call[] calldata calls) external payable {
        for (uint256 i = 0; i < calls.length; i++) {
            (bool success,) = calls[i].to.call{value: calls[i].value}(calls[i].data);
            require(success, "a call of the batch failed");
        }
        emit Acted(address(this), msg.sender, calls.length);
    }

    receive() external payable {}
}

/// A number in slot 0, and what a call sees of the block.
contract Counter {
    uint256 public count;

    event Counted(address indexed by, uint256 indexed count, string note);

    error TooFar(uint256 count, uint256 most);

    function add(uint256 step, string calldata note) external returns (uint256) {
        if (count + step > 1000) revert TooFar(count + step, 1000);
        count += step;
        emit Counted(msg.sender, count, note);
        return count;
    }

    /// Writes a log with each turn.
    function chatter(uint256 turns) external {
        for (uint256 i = 0; i < turns; i++) {
            emit Counted(msg.sender, i, "");
        }
    }

    /// Calls itself, and comes back with the text of the error inside.
    function attempt(uint256 step) external returns (bool success) {
        (success,) = address(this).call(abi.encodeCall(this.add, (step, "")));
    }

    function where() external view returns (uint256 number, uint256 time, uint256 chain, address sender) {
        return (block.number, block.timestamp, block.chainid, msg.sender);
    }

    function forever() external pure {
        while (true) {}
    }
}
