// SPDX-License-Identifier: Apache-2.0
//
// Four validators, started by zombienet from the file that people use: they agree, they do without
// one, and the one that was killed comes back with nothing lost.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Node } from '../e2e/lib/node.mjs'
import { Child } from '../e2e/lib/process.mjs'
import { after, before, describe, test } from '../e2e/lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../e2e/lib/tx.mjs'
import { eventually } from '../e2e/lib/wait.mjs'
import { LAUNCH_DEADLINE_MS, NAMES, WITH_UNUM, agree, launch } from './lib/network.mjs'

describe('four validators', () => {
	/** @type {Awaited<ReturnType<typeof launch>>} */
	let network
	/** @type {Record<string, Node>} */
	let nodes = {}
	let atTheKill = { number: 0, hash: '' }

	before(
		async () => {
			network = await launch('four.toml')
			nodes = network.nodes
		},
		{ timeout: LAUNCH_DEADLINE_MS + 60_000 },
	)

	after(() => network?.end())

	const others = () => NAMES.filter(name => name !== 'charlie').map(name => nodes[name])
	const hashAt = (node, number) => node.rpc('chain_getBlockHash', number)

	test('finalize the same blocks', async () => {
		await agree(Object.values(nodes), 5)
		const api = await nodes.alice.api()
		assert.equal((await api.query.aura.authorities()).length, 4)
	})

	test('an extrinsic that one of them got is final on another', async () => {
		const { alice, dave } = nodes
		const receiver = freshAccount('receiver')
		const api = await alice.api()
		const call = api.tx.dispatch.submit(
			{ Transfer: { asset: null, to: receiver.address, amount: 3n * UNIT } },
			null,
		)
		const included = await send(api, call, account('//Alice'), { finalized: true })
		const number = Number((await alice.rpc('chain_getHeader', included.blockHash)).number)
		assert.equal(await agree([alice, dave], number), included.blockHash)
		assert.equal(await freeBalance(await dave.api(), receiver.address), 3n * UNIT)
		assert.deepEqual(
			await dave.rpc('unum_receipt', included.hash),
			await alice.rpc('unum_receipt', included.hash),
		)
	})

	test('three go on finalizing when the fourth is killed', async () => {
		const { charlie, alice } = nodes
		const number = await charlie.finalized()
		atTheKill = { number, hash: await hashAt(charlie, number) }
		await charlie.kill()
		assert.equal(charlie.process.running, false)
		const height = await alice.finalized()
		await agree(others(), height + 8)

		const receiver = freshAccount('meanwhile')
		const api = await alice.api()
		await send(api, api.tx.balances.transferKeepAlive(receiver.address, UNIT), account('//Bob'), {
			finalized: true,
		})
	})

	test('the fourth comes back on the same base path, catches up, and takes its turn again', async () => {
		const { alice } = nodes
		const log = join(network.folder, 'charlie.log')
		const port = nodes.charlie.rpcPort
		const child = new Child('bash', ['-c', `exec ${network.commands.charlie}`], { log, env: WITH_UNUM })
		nodes.charlie = new Node('charlie, again', child, port)
		const { charlie } = nodes
		await charlie.ready()
		assert.equal(await hashAt(charlie, atTheKill.number), atTheKill.hash)

		const goal = await alice.finalized()
		await agree(Object.values(nodes), goal)
		await agree(Object.values(nodes), goal + 5)
		const hash = await hashAt(alice, goal)
		assert.equal(
			(await charlie.rpc('chain_getHeader', hash)).stateRoot,
			(await alice.rpc('chain_getHeader', hash)).stateRoot,
		)
		assert.deepEqual(await stateAt(charlie, hash), await stateAt(alice, hash))
		assert.deepEqual(await charlie.rpc('unum_checkState'), [])
		await eventually(
			60_000,
			'a finalized block by charlie',
			() => authoredSince(alice, goal, 'Charlie'),
			400,
		)
	})

	/** All accounts, as raw storage. */
	async function stateAt(node, hash) {
		const api = await (await node.api()).at(hash)
		return (await api.query.system.account.entries()).map(([key, value]) => [
			key.toHex(),
			value.toHex(),
		])
	}

	/** Whether a finalized block after `number` is of this validator: Aura takes turns by slot. */
	async function authoredSince(node, number, name) {
		const api = await node.api()
		const authorities = (await api.query.aura.authorities()).map(key => key.toHex())
		const turn = authorities.indexOf(
			`0x${Buffer.from(account(`//${name}`).publicKey).toString('hex')}`,
		)
		assert.ok(turn >= 0, `${name} is no authority`)
		for (let height = await node.finalized(); height > number; height -= 1) {
			const { digest } = await api.rpc.chain.getHeader(await hashAt(node, height))
			const [, slot] = digest.logs.find(log => log.isPreRuntime).asPreRuntime
			if (
				Number(Buffer.from(slot.toU8a(true)).readBigUInt64LE() % BigInt(authorities.length)) ===
				turn
			)
				return true
		}
		return false
	}
})
