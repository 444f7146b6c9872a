// SPDX-License-Identifier: Apache-2.0
//
// The snippets for Ethereum's clients in the README do what they say. Nothing is replaced but the port.

import assert from 'node:assert/strict'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEthereum } from '../lib/ethereum.mjs'
import { ROOT, run, temporaryFolder } from '../lib/process.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

/** The js block that follows a client's name. @param {string} client */
function snippet(client) {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
	const found = readme.match(new RegExp(`^\\*\\*${client}\\*\\*:\n\n\`\`\`js\n([\\s\\S]*?)^\`\`\`$`, 'm'))
	assert.ok(found, `the README has a snippet for ${client}`)
	return found[1]
}

describe('clients of the README', { skip: process.env.UNUM_ETHEREUM_URL !== undefined }, () => {
	let ethereum

	before(async () => {
		ethereum = await startEthereum()
	})

	after(() => ethereum.stop())

	for (const [client, printed] of [
		['ethers', '1'],
		['viem', 'success'],
	]) {
		test(`${client} sends a coin`, async () => {
			const folder = temporaryFolder('readme')
			symlinkSync(join(ROOT, 'tests/e2e/node_modules'), join(folder, 'node_modules'))
			const code = snippet(client).replaceAll('127.0.0.1:9944', `127.0.0.1:${ethereum.node.rpcPort}`)
			// ethers goes on polling; a reader stops it.
			writeFileSync(join(folder, 'snippet.mjs'), `${code}\nprocess.exit()\n`)
			const { code: status, stdout, stderr } = await run(process.execPath, ['snippet.mjs'], { cwd: folder })
			assert.equal(status, 0, stderr)
			assert.equal(stdout.trim(), printed)
		})
	}
})
