// SPDX-License-Identifier: Apache-2.0
//
// A Hardhat project on a Unum node: `npx hardhat test --network unum` runs it against `make dev`. The
// end-to-end tests name another node, and a folder for what is made, by environment variables.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import hardhatEthers from '@nomicfoundation/hardhat-ethers'
import hardhatNodeTestRunner from '@nomicfoundation/hardhat-node-test-runner'
import { defineConfig } from 'hardhat/config'

const out = process.env.UNUM_HARDHAT_OUT ?? '.'

export default defineConfig({
	plugins: [hardhatEthers, hardhatNodeTestRunner],
	// The compiler comes from npm, so that nothing is downloaded.
	solidity: {
		version: '0.8.37',
		path: fileURLToPath(import.meta.resolve('solc/soljson.js')),
		settings: { evmVersion: 'osaka', optimizer: { enabled: true, runs: 200 } },
	},
	paths: { artifacts: join(out, 'artifacts'), cache: join(out, 'cache') },
	networks: {
		unum: {
			type: 'http',
			url: process.env.UNUM_ETHEREUM_URL ?? 'http://127.0.0.1:9944',
			chainId: 4663,
			accounts: { mnemonic: 'test test test test test test test test test test test junk' },
		},
	},
})
