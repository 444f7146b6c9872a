// SPDX-License-Identifier: Apache-2.0
// Compiles the reference tokens; see SOURCE.txt. Runs in a folder with the npm packages named there.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
const solc = createRequire(`${process.cwd()}/`)("solc");

const here = (file) => new URL(file, import.meta.url);
const contracts = ["ReferenceToken", "OpenZeppelinToken"];
const read = (file) => ({ content: readFileSync(here(file), "utf8") });
const input = {
  language: "Solidity",
  sources: Object.fromEntries(
    [...contracts, "../../solidity/IUnumToken"].map((name) => [`${name}.sol`, read(`${name}.sol`)]),
  ),
  settings: {
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: "none", appendCBOR: false },
    outputSelection: { "*": { "*": ["evm.deployedBytecode.object"] } },
  },
};
const load = (path) => ({ contents: readFileSync(`node_modules/${path}`, "utf8") });
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: load }));
for (const { formattedMessage } of output.errors ?? []) console.error(formattedMessage);
for (const name of contracts) {
  const code = output.contracts[`${name}.sol`][name].evm.deployedBytecode.object;
  writeFileSync(here(`${name}.hex`), `${code}\n`);
  console.log(solc.version(), name, code.length / 2, "bytes");
}
