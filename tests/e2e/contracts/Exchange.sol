// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// Two tokens whose reserves keep their product: the market of Uniswap's second version, in short.
contract Pair is ERC20("Share of a pair", "PAIR") {
    using SafeERC20 for IERC20;

    IERC20 public immutable token0;
    IERC20 public immutable token1;
    uint112 public reserve0;
    uint112 public reserve1;
    uint32 private updated;

    /// Prices times seconds, as fixed-point numbers of 112 bits after the point.
    uint256 public price0Cumulative;
    uint256 public price1Cumulative;

    event Sync(uint112 reserve0, uint112 reserve1);
    event Swap(address indexed sender, uint256 in0, uint256 in1, uint256 out0, uint256 out1, address indexed to);

    error ProductFell();
    error NothingMinted();

    constructor() {
        (token0, token1) = Exchange(msg.sender).tokens();
    }

    function mint(address to) external returns (uint256 shares) {
        (uint256 balance0, uint256 balance1) = balances();
        uint256 in0 = balance0 - reserve0;
        uint256 in1 = balance1 - reserve1;
        uint256 supply = totalSupply();
        shares = supply == 0
            ? Math.sqrt(in0 * in1)
            : Math.min(in0 * supply / reserve0, in1 * supply / reserve1);
        if (shares == 0) revert NothingMinted();
        _mint(to, shares);
        sync(balance0, balance1);
    }

    function burn(uint256 shares, address to) external {
        uint256 supply = totalSupply();
        _burn(msg.sender, shares);
        token0.safeTransfer(to, shares * reserve0 / supply);
        token1.safeTransfer(to, shares * reserve1 / supply);
        (uint256 balance0, uint256 balance1) = balances();
        sync(balance0, balance1);
    }

    function swap(uint256 out0, uint256 out1, address to) external {
        if (out0 > 0) token0.safeTransfer(to, out0);
        if (out1 > 0) token1.safeTransfer(to, out1);
        (uint256 balance0, uint256 balance1) = balances();
        uint256 in0 = balance0 > reserve0 - out0 ? balance0 - (reserve0 - out0) : 0;
        uint256 in1 = balance1 > reserve1 - out1 ? balance1 - (reserve1 - out1) : 0;
        // Three thousandths of what comes in stay out of the product.
        uint256 product = (balance0 * 1000 - in0 * 3) * (balance1 * 1000 - in1 * 3);
        if (product < uint256(reserve0) * reserve1 * 1e6) revert ProductFell();
        sync(balance0, balance1);
        emit Swap(msg.sender, in0, in1, out0, out1, to);
    }

    function balances() private view returns (uint256, uint256) {
        return (token0.balanceOf(address(this)), token1.balanceOf(address(this)));
    }

    function sync(uint256 balance0, uint256 balance1) private {
        uint32 time = uint32(block.timestamp);
        if (reserve0 != 0 && reserve1 != 0) {
            price0Cumulative += ((uint256(reserve1) << 112) / reserve0) * (time - updated);
            price1Cumulative += ((uint256(reserve0) << 112) / reserve1) * (time - updated);
        }
        (reserve0, reserve1, updated) = (uint112(balance0), uint112(balance1), time);
        emit Sync(reserve0, reserve1);
    }
}

/// Makes pairs by CREATE2, so that everybody can compute where one is.
contract Exchange {
    using SafeERC20 for IERC20;

    struct Tokens {
        IERC20 token0;
        IERC20 token1;
    }

    Tokens public tokens;
    mapping(IERC20 => mapping(IERC20 => Pair)) public pairs;

    event PairCreated(IERC20 indexed token0, IERC20 indexed token1, Pair pair);

    error TooLittle(uint256 out, uint256 least);

    function initCodeHash() external pure returns (bytes32) {
        return keccak256(type(Pair).creationCode);
    }

    function createPair(IERC20 a, IERC20 b) public returns (Pair pair) {
        require(address(a) != address(b) && address(pairs[a][b]) == address(0), "no new pair");
        (IERC20 token0, IERC20 token1) = address(a) < address(b) ? (a, b) : (b, a);
        tokens = Tokens(token0, token1);
        pair = new Pair{salt: keccak256(abi.encodePacked(token0, token1))}();
        delete tokens;
        (pairs[a][b], pairs[b][a]) = (pair, pair);
        emit PairCreated(token0, token1, pair);
    }

    function addLiquidity(IERC20 a, IERC20 b, uint256 amountA, uint256 amountB) external returns (uint256) {
        Pair pair = pairs[a][b];
        a.safeTransferFrom(msg.sender, address(pair), amountA);
        b.safeTransferFrom(msg.sender, address(pair), amountB);
        return pair.mint(msg.sender);
    }

    function quote(IERC20 from, IERC20 to, uint256 amount) public view returns (uint256) {
        Pair pair = pairs[from][to];
        (uint256 reserveIn, uint256 reserveOut) =
            address(from) < address(to) ? (pair.reserve0(), pair.reserve1()) : (pair.reserve1(), pair.reserve0());
        return amount * 997 * reserveOut / (reserveIn * 1000 + amount * 997);
    }

    function swap(IERC20 from, IERC20 to, uint256 amount, uint256 least) external returns (uint256 out) {
        out = quote(from, to, amount);
        if (out < least) revert TooLittle(out, least);
        Pair pair = pairs[from][to];
        from.safeTransferFrom(msg.sender, address(pair), amount);
        (uint256 out0, uint256 out1) =
            address(from) < address(to) ? (uint256(0), out) : (out, uint256(0));
        pair.swap(out0, out1, msg.sender);
    }
}
