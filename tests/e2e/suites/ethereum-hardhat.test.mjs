// SPDX-License-Identifier: Apache-2.0
//
// A Hardhat project, as its users have them: compiled, deployed and tested on the node by `hardhat
// test`. Hardhat wants a newer Node.js than the other tests; npm brings one where there is none.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ContractFactory } from 'ethers'
import { devSigner, startEthereum } from '../lib/ethereum.mjs'
import { run, temporaryFolder } from '../lib/process.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

const PROJECT = fileURLToPath(new URL('../hardhat-project', import.meta.url))
const PACKAGES = fileURLToPath(new URL('../node_modules', import.meta.url))

/** The oldest Node.js that Hardhat runs on. */
const LEAST = [22, 13]

/** A Node.js for Hardhat: this one, or the one from npm. */
function hardhatNode() {
	const [major, minor] = process.versions.node.split('.').map(Number)
	if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return process.execPath
	const bundled = join(PACKAGES, `node-${process.platform}-${process.arch}/bin/node`)
	assert.ok(existsSync(bundled), `Hardhat needs Node.js ${LEAST.join('.')} or newer: install it`)
	return bundled
}

describe('hardhat', () => {
	const out = temporaryFolder('hardhat')
	let ethereum

	before(async () => {
		ethereum = await startEthereum()
	})
	after(() => ethereum?.stop())

	/** Runs Hardhat's command line. @param {string[]} args */
	const hardhat = (...args) =>
		run(hardhatNode(), [join(PACKAGES, 'hardhat/dist/src/cli.js'), ...args], {
			cwd: PROJECT,
			deadlineMs: 120_000,
			env: {
				UNUM_ETHEREUM_URL: ethereum.url,
				UNUM_HARDHAT_OUT: out,
				HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true',
				// Whatever it wanted to download would fail.
				https_proxy: 'http://127.0.0.1:9',
				HOME: out,
				NO_COLOR: '1',
			},
		})

	test('a project is compiled with the compiler from npm, offline', async () => {
		const { code, stdout, stderr } = await hardhat('build')
		assert.equal(code, 0, stdout + stderr)
		assert.match(stdout, /Compiled 1 Solidity file with solc 0\.8\.37 \(evm target: osaka\)/)
	})

	test('its own tests deploy and pass on the node', async () => {
		const { code, stdout, stderr } = await hardhat('test', '--network', 'unum')
		assert.equal(code, 0, stdout + stderr)
		assert.match(stdout, /3 passing/)
		assert.doesNotMatch(stdout, /failing/)
	})

	test('what it compiled is what runs', async () => {
		const file = join(out, 'artifacts/contracts/Piggy.sol/Piggy.json')
		const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(file, 'utf8'))
		const provider = ethereum.provider()
		const factory = new ContractFactory(abi, bytecode, devSigner(5, provider))
		const piggy = await (await factory.deploy(1n)).waitForDeployment()
		assert.equal(await provider.getCode(await piggy.getAddress()), deployedBytecode)
	})
})
