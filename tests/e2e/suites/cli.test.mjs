// SPDX-License-Identifier: Apache-2.0
//
// The command line: subcommands, and what a person reads when something is wrong.

import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { once } from 'node:events'
import {
	appendFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	statSync,
	writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { startNode } from '../lib/node.mjs'
import { temporaryFolder, unum } from '../lib/process.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freshAccount, send } from '../lib/tx.mjs'

const LOOPBACK = [
	'--listen-addr',
	'/ip4/127.0.0.1/tcp/0',
	'--no-prometheus',
	'--no-telemetry',
	'--no-mdns',
]
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY'

/** @param {string[]} args */
async function succeeds(args) {
	const result = await unum(args)
	assert.equal(result.code, 0, `unum ${args.join(' ')}\n${result.stdout}${result.stderr}`)
	return result
}

/**
 * Expects a failure that a person can act on: a status, one line with the reason, no backtrace.
 *
 * @param {string[]} args
 * @param {RegExp} reason
 */
async function failsWith(args, reason) {
	const { code, stdout, stderr } = await unum(args)
	const context = `unum ${args.join(' ')}\n${stdout}${stderr}`
	assert.notEqual(code, 0, context)
	assert.doesNotMatch(stderr, /panicked|stack backtrace/, context)
	const errors = stderr.split('\n').filter(line => /^\s*error/i.test(line))
	assert.equal(errors.length, 1, context)
	assert.match(errors[0], reason, context)
}

describe('command line', () => {
	test('--help names every subcommand', async () => {
		const { stdout } = await succeeds(['--help'])
		for (const command of [
			'build-spec',
			'export-chain-spec',
			'check-block',
			'export-blocks',
			'import-blocks',
			'export-state',
			'purge-chain',
			'revert',
			'chain-info',
			'key',
		]) {
			assert.match(stdout, new RegExp(`^\\s+${command}\\b`, 'm'))
		}
		assert.match(stdout, /--sealing/)
	})

	test('--version names the program', async () => {
		assert.match((await succeeds(['--version'])).stdout, /^unum \d+\.\d+\.\d+/)
	})

	test('build-spec: plain, raw, and a chain that starts from an edited file', async () => {
		const text = (await succeeds(['build-spec', '--chain', 'local'])).stdout
		const plain = JSON.parse(text)
		const genesis = plain.genesis.runtimeGenesis.patch
		assert.equal(genesis.aura.authorities.length, 2)
		assert.equal(genesis.grandpa.authorities.length, 2)
		assert.ok(genesis.balances.balances.some(([who]) => who === ALICE))
		assert.equal(plain.properties.tokenDecimals, 18)

		// Edited as text: JavaScript would round the amounts.
		const stranger = freshAccount('stranger').address
		const edited = text.replace(/("balances": \[\s*)\[/, `$1["${stranger}", 12345], [`)
		assert.notEqual(edited, text)
		const folder = temporaryFolder('spec')
		const [plainFile, rawFile] = [join(folder, 'plain.json'), join(folder, 'raw.json')]
		writeFileSync(plainFile, edited)
		const raw = (await succeeds(['build-spec', '--chain', plainFile, '--raw'])).stdout
		assert.ok(JSON.parse(raw).genesis.raw.top)
		writeFileSync(rawFile, raw)

		const node = await startNode({
			name: 'edited',
			chain: rawFile,
			flags: ['--alice', '--force-authoring'],
			sealing: 'slot',
		})
		try {
			const api = await node.api()
			assert.equal((await api.query.system.account(stranger)).data.free.toBigInt(), 12345n)
		} finally {
			await node.stop()
		}
	})

	test('export-chain-spec prints the same chain', async () => {
		const { stdout } = await succeeds(['export-chain-spec', '--chain', 'dev', '--raw'])
		const built = JSON.parse((await succeeds(['build-spec', '--chain', 'dev', '--raw'])).stdout)
		assert.deepEqual(JSON.parse(stdout).genesis, built.genesis)
	})

	test('key: the development accounts, a new one, and a bad phrase', async () => {
		const alice = (await succeeds(['key', 'inspect', '//Alice'])).stdout
		assert.match(alice, new RegExp(ALICE))
		const generated = (await succeeds(['key', 'generate', '--words', '24'])).stdout
		assert.match(generated, /(\b[a-z]+ ){23}[a-z]+\b/)
		const { stdout, stderr } = await unum([
			'key',
			'inspect',
			'these are no words of any list at all',
		])
		assert.match(`${stdout}${stderr}`, /invalid phrase/i)
	})

	test('an unknown flag is refused with a hint', async () => {
		const { code, stderr } = await unum(['--dev', '--sealnig', 'instant'])
		assert.notEqual(code, 0)
		assert.match(stderr, /--sealing/)
	})
})

describe('command line: a stopped chain', () => {
	const basePath = temporaryFolder('stopped')
	const onChain = ['--dev', '--base-path', basePath]
	const files = temporaryFolder('exports')
	const blocks = join(files, 'blocks.bin')
	let bestHash

	const chainInfo = async chain => JSON.parse((await succeeds(['chain-info', ...chain])).stdout)

	// Blocks of the slot mode carry Aura's seal, so that another node imports them.
	before(async () => {
		const node = await startNode({ name: 'exported', sealing: 'slot', basePath })
		try {
			const api = await node.api()
			await send(
				api,
				api.tx.balances.transferKeepAlive(freshAccount().address, UNIT),
				account('//Alice'),
			)
			await node.finalizedReaches(4)
			await node.disconnect()
		} finally {
			await node.stop()
		}
	})

	test('chain-info shows the best block', async () => {
		const info = await chainInfo(onChain)
		assert.ok(info.best_number >= 4)
		assert.ok(info.finalized_number >= 4)
		assert.match(info.genesis_hash, /^0x[0-9a-f]{64}$/)
		bestHash = info.best_hash
	})

	test('export-blocks and import-blocks: another node has the same chain', async () => {
		await succeeds(['export-blocks', ...onChain, '--binary', blocks])
		assert.ok(statSync(blocks).size > 0)
		const copy = ['--dev', '--base-path', temporaryFolder('copy')]
		await succeeds(['import-blocks', ...copy, '--binary', blocks])
		assert.equal((await chainInfo(copy)).best_hash, bestHash)
		await succeeds(['check-block', ...copy, '1'])
	})

	test('import-blocks refuses a damaged file', async () => {
		const damaged = join(files, 'damaged.bin')
		writeFileSync(damaged, Buffer.alloc(100, 0xff))
		const { code, stderr } = await unum([
			'import-blocks',
			'--dev',
			'--base-path',
			temporaryFolder('damaged'),
			'--binary',
			damaged,
		])
		assert.notEqual(code, 0, stderr)
		assert.doesNotMatch(stderr, /panicked/)
	})

	test('export-state is a chain specification', async () => {
		const { stdout } = await succeeds(['export-state', ...onChain])
		const spec = JSON.parse(stdout)
		assert.ok(Object.keys(spec.genesis.raw.top).length > 10)
	})

	test('purge-chain leaves nothing', async () => {
		const path = temporaryFolder('purged')
		await succeeds(['import-blocks', '--dev', '--base-path', path, '--binary', blocks])
		await succeeds(['purge-chain', '--dev', '--base-path', path, '-y'])
		await failsWith(['chain-info', '--dev', '--base-path', path], /no chain is stored/)
	})

	test('revert takes back blocks that are not final', async () => {
		const path = temporaryFolder('reverted')
		let node = await startNode({ name: 'reverted', sealing: 'manual', basePath: path })
		for (let block = 0; block < 5; block += 1) await node.seal({ finalize: block < 2 })
		await node.stop()
		await succeeds(['revert', '--dev', '--base-path', path, '2'])
		node = await startNode({ name: 'reverted', sealing: 'manual', basePath: path })
		try {
			assert.equal(await node.best(), 3)
			assert.equal(await node.finalized(), 2)
		} finally {
			await node.stop()
		}
	})
})

describe('command line: what a person reads when something is wrong', () => {
	test('an occupied port', async () => {
		const server = createServer().listen(0, '127.0.0.1')
		await once(server, 'listening')
		after(() => server.close())
		const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
		await failsWith(
			['--dev', '--tmp', '--rpc-port', `${port}`, ...LOOPBACK],
			new RegExp(`${port}.*--rpc-port|--rpc-port.*${port}`),
		)
	})

	test('a chain specification that does not exist', async () => {
		await failsWith(
			['--chain', '/nonexistent/spec.json', '--tmp', ...LOOPBACK],
			/\/nonexistent\/spec\.json/,
		)
	})

	test('a chain specification that is no chain specification', async () => {
		const file = join(temporaryFolder('broken'), 'spec.json')
		for (const text of ['', '{', '[]', '{"name":"x"}']) {
			writeFileSync(file, text)
			await failsWith(['--chain', file, '--tmp', ...LOOPBACK], /spec\.json/)
		}
	})

	test('a damaged database', async () => {
		const path = temporaryFolder('corrupt')
		const node = await startNode({ name: 'corrupt', sealing: 'manual', basePath: path })
		await node.seal()
		await node.stop()
		const chains = join(path, 'chains')
		const database = join(chains, readdirSync(chains)[0], 'paritydb', 'full')
		assert.ok(existsSync(join(database, 'metadata')), database)
		writeFileSync(join(database, 'metadata'), 'version=99999\nsalt=zz\n')
		await failsWith(
			['--dev', '--base-path', path, '--rpc-port', '0', ...LOOPBACK],
			/database|purge-chain/i,
		)
	})

	test('a base path that cannot be written', async () => {
		const file = join(temporaryFolder('file'), 'not-a-folder')
		appendFileSync(file, 'x')
		mkdirSync(join(temporaryFolder('other'), 'unused'))
		await failsWith(
			['--dev', '--base-path', join(file, 'base'), '--rpc-port', '0', ...LOOPBACK],
			/not-a-folder|directory|base.path/i,
		)
	})
})
