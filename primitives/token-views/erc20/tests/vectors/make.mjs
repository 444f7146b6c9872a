// SPDX-License-Identifier: Apache-2.0
// Computes vectors.json with ethers; see SOURCE.txt.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const { AbiCoder, Interface, MaxUint256, Signature, TypedDataEncoder, Wallet, id } = createRequire(
  `${process.cwd()}/`,
)("ethers");

const here = (file) => new URL(file, import.meta.url);
const solidity = readFileSync(here("../../solidity/IUnumToken.sol"), "utf8")
  .replace(/\/\/.*$/gm, "")
  .replace(/\s+/g, " ");
const declarations = solidity.match(/\b(function|event|error) [^;]*;/g).map((d) => d.slice(0, -1));
const contract = new Interface([...declarations, "error Panic(uint256 code)"]);

const signatures = contract.fragments
  .map((f) => ({ kind: f.type, signature: f.format("sighash"), hash: id(f.format("sighash")) }))
  .sort((a, b) => (a.signature < b.signature ? -1 : 1));

const address = (byte) => `0x${byte.toString(16).padStart(2, "0").repeat(20)}`;
const word = (byte) => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;
const big = 2n ** 128n - 1n;
const [a, b, c] = [address(0x11), address(0x22), address(0xff)];

const encode = (name, args) => ({
  call: name,
  args: args.map(String),
  data: contract.encodeFunctionData(name, args),
});
const calls = [
  encode("name", []),
  encode("symbol", []),
  encode("decimals", []),
  encode("totalSupply", []),
  encode("balanceOf", [a]),
  encode("transfer", [b, 1n]),
  encode("allowance", [a, c]),
  encode("approve", [c, MaxUint256]),
  encode("transferFrom", [a, b, big]),
  encode("mint", [c, 2n ** 255n]),
  encode("burn", [0n]),
  encode("burnFrom", [b, 7n]),
  encode("permit", [a, b, big, MaxUint256, 28, word(0x33), word(0x44)]),
  encode("nonces", [a]),
  encode("DOMAIN_SEPARATOR", []),
  encode("eip712Domain", []),
  encode("supportsInterface", ["0x36372b07"]),
];

const error = (name, args) => ({
  error: name,
  args: args.map(String),
  data: contract.encodeErrorResult(name, args),
});
const errors = [
  error("ERC20InsufficientBalance", [a, 1n, MaxUint256]),
  error("ERC20InvalidSender", [a]),
  error("ERC20InvalidReceiver", [b]),
  error("ERC20InsufficientAllowance", [c, 2n, big]),
  error("ERC20InvalidApprover", [a]),
  error("ERC20InvalidSpender", [b]),
  error("ERC20ExceededCap", [big, 3n]),
  error("ERC2612ExpiredSignature", [1_700_000_000n]),
  error("ERC2612InvalidSigner", [a, b]),
  error("ECDSAInvalidSignature", []),
  error("ECDSAInvalidSignatureS", [word(0xee)]),
  error("ERC20AllowanceTooLarge", [big, big - 1n]),
  error("ERC20AccountFrozen", [c]),
  error("ERC20NotMintAuthority", [a]),
  error("ERC20NoMintAuthority", []),
  error("Panic", [0x11n]),
];

const names = ["", "U", "x".repeat(31), "y".repeat(32), "z".repeat(33), "w".repeat(64), "Ünüm 統一"];
const texts = names.map((text) => ({
  text,
  data: AbiCoder.defaultAbiCoder().encode(["string"], [text]),
}));

const domain = (name, chainId, verifyingContract) => ({ name, version: "1", chainId, verifyingContract });
const domains = [
  domain("Unum Dollar", 4663, a),
  domain("", 1, b),
  domain("Ünüm 統一", 18446744073709551615n, c),
].map((d) => ({
  name: d.name,
  chain_id: String(d.chainId),
  contract: d.verifyingContract,
  separator: TypedDataEncoder.hashDomain(d),
  eip712_domain: contract.encodeFunctionResult("eip712Domain", [
    "0x0f", d.name, "1", d.chainId, d.verifyingContract, word(0), [],
  ]),
}));

const types = {
  Permit: ["address owner", "address spender", "uint256 value", "uint256 nonce", "uint256 deadline"].map(
    (field) => ({ type: field.split(" ")[0], name: field.split(" ")[1] }),
  ),
};
const permit = async (key, spender, value, nonce, deadline) => {
  const wallet = new Wallet(key);
  const message = { owner: wallet.address, spender, value, nonce, deadline };
  const d = domain("Unum Dollar", 4663, a);
  const { v, r, s } = Signature.from(await wallet.signTypedData(d, types, message));
  return {
    owner: wallet.address.toLowerCase(), spender, value: String(value), nonce: Number(nonce),
    deadline: String(deadline), digest: TypedDataEncoder.hash(d, types, message), v, r, s,
  };
};
const permits = [
  await permit(word(0x01), b, 5n, 0n, MaxUint256),
  await permit(word(0x02), c, MaxUint256, 1n, 1_700_000_000n),
  await permit(word(0x03), a, big - 1n, 4_294_967_296n, 2n ** 64n),
  await permit(word(0x7f), b, 0n, 2n, 0n),
];

const vectors = { signatures, calls, errors, texts, domains, permits };
writeFileSync(here("vectors.json"), `${JSON.stringify(vectors, null, 1)}\n`);
