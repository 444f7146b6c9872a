// SPDX-License-Identifier: Apache-2.0
//
// The snippets for Solana's clients in the README do what they say. Nothing is replaced but the ports.

import assert from 'node:assert/strict'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run, temporaryFolder } from '../lib/process.mjs'
import { startSolana } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

/** The js block that follows a client's name. @param {string} client */
function snippet(client) {
	const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
	const name = client.replaceAll('/', '\\/')
	const found = readme.match(new RegExp(`^\\*\\*${name}\\*\\*:\n\n\`\`\`js\n([\\s\\S]*?)^\`\`\`$`, 'm'))
	assert.ok(found, `the README has a snippet for ${client}`)
	return found[1]
}

describe("Solana's clients of the README", () => {
	let solana

	before(async () => {
		solana = await startSolana()
	})

	after(() => solana.stop())

	for (const [client, printed] of [
		['@solana/web3.js', '1000000000'],
		['@solana/spl-token', '0.25'],
		['@solana/kit', '1n'],
	]) {
		test(`${client} does what it says`, async () => {
			const folder = temporaryFolder('solana-readme')
			symlinkSync(join(ROOT, 'tests/e2e/node_modules'), join(folder, 'node_modules'))
			const code = snippet(client)
				.replaceAll("'http://127.0.0.1:8899', 'confirmed'", `'${solana.url}', { commitment: 'confirmed', wsEndpoint: '${solana.wsUrl}' }`)
				.replaceAll('http://127.0.0.1:8899', solana.url)
			writeFileSync(join(folder, 'snippet.mjs'), `${code}\nprocess.exit()\n`)
			const { code: status, stdout, stderr } = await run(process.execPath, ['snippet.mjs'], { cwd: folder })
			assert.equal(status, 0, stderr)
			assert.equal(stdout.trim(), printed)
		})
	}
})
