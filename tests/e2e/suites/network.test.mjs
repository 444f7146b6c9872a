// SPDX-License-Identifier: Apache-2.0
//
// Nodes that talk to one another, whichever network library each has.

import assert from 'node:assert/strict'
import { startNode } from '../lib/node.mjs'
import { describe, test } from '../lib/testing.mjs'
import { UNIT, account, freeBalance, freshAccount, send } from '../lib/tx.mjs'
import { eventually } from '../lib/wait.mjs'

describe('network', () => {
	test('a full node on libp2p follows a validator on litep2p, and hands on what it is sent', async () => {
		const validator = await startNode({
			name: 'validator',
			sealing: 'slot',
			flags: ['--network-backend', 'litep2p'],
		})
		const [address] = await validator.rpc('system_localListenAddresses')
		assert.match(address, /^\/ip4\/127\.0\.0\.1\/tcp\/\d+\/p2p\/\w+$/)
		const full = await startNode({
			name: 'full',
			chain: 'dev',
			sealing: 'slot',
			flags: ['--network-backend', 'libp2p', '--bootnodes', address],
		})
		await eventually(60_000, 'a peer', async () => (await full.rpc('system_health')).peers === 1)
		// A node that has not caught up can't tell how old the birth block of a transaction is.
		await full.finalizedReaches(await validator.finalized())

		const receiver = freshAccount('receiver')
		const api = await full.api()
		const call = api.tx.dispatch.submit(
			{ Transfer: { asset: null, to: receiver.address, amount: UNIT } },
			null,
		)
		const included = await send(api, call, account('//Alice'), { finalized: true })
		assert.equal(await freeBalance(await validator.api(), receiver.address), UNIT)
		assert.deepEqual(
			await full.rpc('unum_receipt', included.hash),
			await validator.rpc('unum_receipt', included.hash),
		)
	})
})
