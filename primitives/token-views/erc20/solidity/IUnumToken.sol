// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.4;

/// The contract at the address of every token of the ledger, on the EVM (ERC-20) and on the Tron VM
/// (TRC-20).
///
/// Functions and errors that ERC-20, EIP-2612, EIP-5267, ERC-6093 or OpenZeppelin's contracts have
/// are the same here. What is new stands at the end of each part.
interface IUnumToken {
    // Events. Every movement of the token is logged, whichever VM or extrinsic caused it.

    /// `value` base units went from `from` to `to`. The zero address is the other side of a mint and
    /// of a burn.
    event Transfer(address indexed from, address indexed to, uint256 value);

    /// `owner` has set what `spender` may move; 2**256 - 1 is unlimited.
    event Approval(address indexed owner, address indexed spender, uint256 value);

    // Errors of ERC-6093.

    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);
    error ERC20InvalidSender(address sender);
    error ERC20InvalidReceiver(address receiver);
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);
    error ERC20InvalidApprover(address approver);
    error ERC20InvalidSpender(address spender);

    // Errors of OpenZeppelin's ERC20Capped, ERC20Permit and ECDSA.

    error ERC20ExceededCap(uint256 increasedSupply, uint256 cap);
    error ERC2612ExpiredSignature(uint256 deadline);
    error ERC2612InvalidSigner(address signer, address owner);
    error ECDSAInvalidSignature();
    error ECDSAInvalidSignatureS(bytes32 s);

    // Errors of this contract alone.

    /// A finite approval does not fit 128 bits. Approve `max` at most, or 2**256 - 1 for unlimited.
    error ERC20AllowanceTooLarge(uint256 value, uint256 max);

    /// The token's freeze authority has stopped the balance of `account`: it can't grow or fall.
    error ERC20AccountFrozen(address account);

    /// Only the token's mint authority may create tokens, and `account` is not it.
    error ERC20NotMintAuthority(address account);

    /// The token has no mint authority: nobody can ever create more of it.
    error ERC20NoMintAuthority();

    // ERC-20.

    function name() external view returns (string memory);
    function symbol() external view returns (string memory);
    function decimals() external view returns (uint8);
    function totalSupply() external view returns (uint256);
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 value) external returns (bool);
    function allowance(address owner, address spender) external view returns (uint256);
    function approve(address spender, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);

    // EIP-2612. A wallet may sign for every address of the identity that it is bound to.

    function permit(
        address owner,
        address spender,
        uint256 value,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external;
    function nonces(address owner) external view returns (uint256);
    function DOMAIN_SEPARATOR() external view returns (bytes32);

    // EIP-5267.

    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        );

    // ERC-165.

    function supportsInterface(bytes4 interfaceId) external view returns (bool);

    // Supply.

    /// Creates `value` base units for `to`. Only the token's mint authority may call it.
    function mint(address to, uint256 value) external;

    /// Destroys `value` base units of the caller.
    function burn(uint256 value) external;

    /// Destroys `value` base units of `account`, out of the allowance of the caller.
    function burnFrom(address account, uint256 value) external;
}
