// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

interface ICrossVm {
    function call(uint8 vm, bytes32 target, bytes calldata data, uint64 gasLimit)
        external
        returns (bool ok, bytes memory returnData);
}

interface IERC20 {
    function balanceOf(address account) external view returns (uint256);
}

/// Has programs of Solana run, as itself.
contract SolanaCaller {
    ICrossVm private constant CROSS_VM = ICrossVm(address(0x0106));
    uint8 private constant SVM = 2;
    uint64 private constant GAS = 1_000_000;

    /// What came of an operation.
    event Invoked(bool ok, bytes returned);

    /// What somebody had before an operation and after it, both seen by this contract within its call.
    event Seen(uint256 tokensBefore, uint256 tokens, uint256 coinsBefore, uint256 coins);

    receive() external payable {}

    /// Runs an operation, which has to succeed.
    function invoke(bytes calldata operation) public {
        (bool ok, bytes memory returned) = CROSS_VM.call(SVM, bytes32(0), operation, GAS);
        require(ok, string(returned));
        emit Invoked(ok, returned);
    }

    /// Runs an operation, whatever comes of it.
    function tryToInvoke(bytes calldata operation) external {
        (bool ok, bytes memory returned) = CROSS_VM.call(SVM, bytes32(0), operation, GAS);
        emit Invoked(ok, returned);
    }

    function invokeAndLook(bytes calldata operation, IERC20 token, address who) external {
        (uint256 tokens, uint256 coins) = (token.balanceOf(who), who.balance);
        invoke(operation);
        emit Seen(tokens, token.balanceOf(who), coins, who.balance);
    }

    /// Runs an operation and thinks better of it, which must leave no trace.
    function regret(bytes calldata operation) external {
        invoke(operation);
        revert("on second thoughts");
    }

    /// As `regret`, but caught: this call succeeds, and the operation inside it is undone.
    function attempt(bytes calldata operation) external {
        try this.regret(operation) {} catch {}
    }
}
