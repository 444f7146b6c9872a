// SPDX-License-Identifier: Apache-2.0
//
// How blocks come about on a development chain, and that nothing is lost when the node stops.

import assert from 'node:assert/strict'
import { startNode } from '../lib/node.mjs'
import { temporaryFolder, unum } from '../lib/process.mjs'
import { after, describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'
import { Inbox } from '../lib/wait.mjs'

describe('sealing', () => {
	const alice = account('//Alice')
	const running = []
	const start = async options => {
		const node = await startNode(options)
		running.push(node)
		return node
	}
	after(() => Promise.all(running.map(node => node.stop())))

	test('instant: one block for each transaction, none without', async () => {
		const node = await start({ name: 'instant', sealing: 'instant' })
		const api = await node.api()
		assert.equal(await node.best(), 0)
		for (const number of [1, 2, 3]) {
			await send(api, api.tx.system.remark('0x'), alice)
			assert.equal(await node.best(), number)
		}
	})

	test('instant: "in block" is told, and then "finalized"', async () => {
		const node = await start({ name: 'statuses', sealing: 'instant' })
		const api = await node.api()
		const seen = new Inbox()
		const signed = await api.tx.system.remark('0x').signAsync(alice, { nonce: -1 })
		const stop = await api.rpc.author.submitAndWatchExtrinsic(signed, status => seen.push(status.type))
		await seen.first(30_000, 'Finalized', status => status === 'Finalized')
		assert.deepEqual(seen.items, ['Ready', 'InBlock', 'Finalized'])
		stop()
	})

	// polkadot.js fetches the block's events before it reports "in block", and drops that report when
	// "finalized" comes meanwhile. Where the machine is busy it may be late once, but not each time.
	test('instant: who waits for "in block" with polkadot.js has the time to see it', async () => {
		const node = await start({ name: 'in-block', sealing: 'instant' })
		const api = await node.api()
		let seen = []
		for (let attempts = 0; attempts < 5 && !seen.includes('InBlock'); attempts++) {
			const statuses = new Inbox()
			const stop = await api.tx.system
				.remark('0x')
				.signAndSend(alice, { nonce: -1 }, ({ status }) => statuses.push(status.type))
			await statuses.first(30_000, 'Finalized', status => status === 'Finalized')
			seen = statuses.items
			stop()
		}
		assert.deepEqual(seen.slice(-2), ['InBlock', 'Finalized'])
	})

	test('manual: a block when asked for, with what is in the pool', async () => {
		const node = await start({ name: 'manual', sealing: 'manual' })
		const api = await node.api()
		const receiver = freshAccount('receiver')
		const call = api.tx.balances.transferKeepAlive(receiver.address, UNIT)
		await call.signAsync(alice, { nonce: -1 })
		const hash = await node.rpc('author_submitExtrinsic', call.toHex())
		assert.deepEqual((await node.rpc('author_pendingExtrinsics')).length, 1)
		assert.equal(await node.best(), 0)
		const block = await node.seal({ finalize: false })
		assert.equal(await node.best(), 1)
		assert.equal(await node.finalized(), 0)
		assert.equal(await freeBalance(api, receiver.address), UNIT)
		const { extrinsics } = (await api.rpc.chain.getBlock(block)).block
		assert.ok(extrinsics.some(extrinsic => extrinsic.hash.toHex() === hash))
		await node.seal({ finalize: true })
		assert.equal(await node.finalized(), 2)
	})

	test('milliseconds: blocks by the clock, without transactions', async () => {
		const node = await start({ name: 'timed', sealing: '200' })
		await node.bestReaches(5, 30_000)
	})

	test('slot: Aura authors and GRANDPA finalizes', async () => {
		const node = await start({ name: 'slot', sealing: 'slot' })
		await node.finalizedReaches(3, 60_000)
		const api = await node.api()
		const included = await send(api, api.tx.system.remark('0x'), alice, { finalized: true })
		assert.ok(included.blockHash)
		assert.equal((await api.call.auraApi.slotDuration()).toNumber(), 400)
	})

	test('a newcomer reads where the chain listens, and who has coins', async () => {
		const node = await start({ name: 'banner', sealing: 'manual' })
		const shown = node.process.logTail()
		assert.match(shown, new RegExp(`127\\.0\\.0\\.1:${node.rpcPort}`))
		assert.match(shown, /polkadot\.js\.org\/apps\/\?rpc=ws:\/\//)
		assert.match(shown, /\/\/Alice/)
	})

	test('a mode that does not exist is refused in one line', async () => {
		const { code, stderr } = await unum([
			'--dev',
			'--tmp',
			'--sealing',
			'sometimes',
			'--rpc-port',
			'0',
		])
		assert.notEqual(code, 0)
		assert.match(stderr, /sealing.*sometimes|sometimes.*sealing/is)
		assert.doesNotMatch(stderr, /panicked/)
	})
})

describe('restart on the same base path', () => {
	const alice = account('//Alice')
	let node
	after(() => node?.stop())

	/** @type {{ how: string, end: 'stop' | 'kill', mayLose: number }[]} */
	const ends = [
		{ how: 'stopped', end: 'stop', mayLose: 0 },
		// The database hands blocks to the system a moment after they are made. What a kill in that
		// moment takes is made again, or comes from the other validators.
		{ how: 'killed', end: 'kill', mayLose: 5 },
	]
	for (const { how, end, mayLose } of ends) {
		test(`a node that was ${how} goes on where it was`, async () => {
			const options = { name: `restart-${how}`, basePath: temporaryFolder(`base-${how}`) }
			node = await startNode(options)
			const receiver = freshAccount('receiver')
			let api = await node.api()
			const call = api.tx.dispatch.submit(
				{ Transfer: { asset: null, to: receiver.address, amount: 5n * UNIT } },
				null,
			)
			const included = await send(api, call, alice)
			for (let block = 0; block < mayLose; block += 1)
				await send(api, api.tx.system.remark('0x'), alice)
			const [height, receipt] = [await node.best(), await node.rpc('unum_receipt', included.hash)]
			const genesis = await node.rpc('chain_getBlockHash', 0)
			const status = await node[end]()
			if (end === 'stop') assert.equal(status, 0, 'it had to be killed')
			assert.equal(node.process.running, false)

			node = await startNode(options)
			api = await node.api()
			assert.equal(await node.rpc('chain_getBlockHash', 0), genesis)
			const found = await node.best()
			assert.ok(found <= height && found >= height - mayLose, `block ${found} of ${height}`)
			assert.equal(await node.rpc('chain_getBlockHash', height - mayLose), included.blockHash)
			assert.equal(await freeBalance(api, receiver.address), 5n * UNIT)
			assert.deepEqual(await node.rpc('unum_receipt', included.hash), receipt)
			await send(api, api.tx.balances.transferKeepAlive(receiver.address, UNIT), alice)
			assert.equal(await node.best(), found + 1)
			assert.equal(await freeBalance(api, receiver.address), 6n * UNIT)
			await node.stop()
		})
	}
})
