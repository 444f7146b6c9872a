// SPDX-License-Identifier: Apache-2.0
//
// What broken and hostile clients send over websockets: subscriptions to nothing and without end, frames
// that no library would send, connections that say nothing. The node answers, or hangs up, and goes on.

import assert from 'node:assert/strict'
import { Abused, INVALID_PARAMS, NO_METHOD, PARSE_ERROR, matches } from '../lib/solana-abuse.mjs'
import { SOL, memoOf, startSolana } from '../lib/solana.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'
import { eventually, within } from '../lib/wait.mjs'
import { BINARY, PING, RawWebSocket, frameOf, halfOpen } from '../lib/websocket.mjs'

const DEADLINE_MS = 30_000

describe('solana abuse over websockets', () => {
	let solana, abused, alice, bob, socket

	const nothingComesOf = act => abused.nothingComesOf(act)

	before(async () => {
		solana = await startSolana({ name: 'solana-abuse-websockets' })
		alice = await solana.person(100 * SOL)
		bob = await solana.person(100 * SOL)
		abused = new Abused(solana, [alice, bob])
		socket = await RawWebSocket.open(solana.wsUrl)
		solana.onStop(() => socket.close())
	})
	after(() => solana?.stop())

	test('subscriptions to nothing, and the end of none', () => nothingComesOf(async () => {
		const key = bob.publicKey.toBase58()
		const cases = [
			['nothingSubscribe', [], NO_METHOD, 'Method not found'],
			['accountSubscribe', [], INVALID_PARAMS, '`params` should have at least 1 argument(s)'],
			['accountSubscribe', ['abc'], INVALID_PARAMS, 'Invalid Request: Invalid pubkey provided'],
			['programSubscribe', ['0OIl'], INVALID_PARAMS, 'Invalid Request: Invalid pubkey provided'],
			['signatureSubscribe', [key], INVALID_PARAMS, 'Invalid Request: Invalid signature provided'],
			['logsSubscribe', [{ mentions: ['abc'] }], INVALID_PARAMS, 'Invalid Request: Invalid mentions provided'],
			['logsSubscribe', [{ mentions: [key, key] }], INVALID_PARAMS, 'Invalid Request: Only 1 address supported'],
			['logsSubscribe', ['some'], INVALID_PARAMS, /^Invalid params: unknown variant `some`/],
			['slotSubscribe', [1], INVALID_PARAMS, 'Invalid parameters: No parameters were expected'],
			['accountUnsubscribe', [12_345], INVALID_PARAMS, 'Invalid subscription id.'],
			['slotUnsubscribe', ['abc'], INVALID_PARAMS, /./],
		]
		for (const [method, params, code, message] of cases) {
			const { error, result } = await socket.ask(method, ...params)
			assert.equal(error?.code, code, `${method} ${params}: ${JSON.stringify(error ?? result)}`)
			matches(error.message, message, method)
		}
	}))

	test('more subscriptions than a connection may have, which hinder nobody else', async () => {
		const greedy = await RawWebSocket.open(solana.wsUrl)
		const ids = await Promise.all(Array.from({ length: 1_000 }, () => greedy.ask('slotSubscribe')))
		assert.equal(new Set(ids.map(({ result }) => result)).size, 1_000)
		assert.match((await greedy.ask('slotSubscribe')).error.message, /Too many subscriptions/)
		const { result: mine } = await socket.ask('slotSubscribe')
		const { slot } = await solana.send([memoOf('a block')], [alice])
		const told = it => it.params?.subscription === mine && it.params.result.slot === slot
		await socket.texts.first(DEADLINE_MS, 'a slot', told)
		assert.equal((await greedy.ask('slotUnsubscribe', ids[0].result)).result, true)
		// The place is free as soon as the task that told of slots has ended.
		const another = async () => typeof (await greedy.ask('slotSubscribe')).result === 'number'
		await eventually(DEADLINE_MS, 'room for another subscription', another)
		greedy.close()
		assert.equal((await socket.ask('slotUnsubscribe', mine)).result, true)
	})

	test('frames of other kinds, broken ones, and connections that say nothing', () => nothingComesOf(async () => {
		const request = JSON.stringify({ jsonrpc: '2.0', id: 'binary', method: 'getHealth' })
		const odd = await RawWebSocket.open(solana.wsUrl)
		odd.send('hello?', PING)
		odd.send(request, BINARY)
		odd.send(Buffer.from([0xff, 0xfe, 0x00]), BINARY)
		assert.equal((await odd.ask('getHealth')).result, 'ok')
		odd.send('{')
		const { error } = await odd.texts.first(DEADLINE_MS, 'a refusal', it => it.id === null)
		assert.equal(error.code, PARSE_ERROR)
		assert.equal((await odd.ask('getHealth')).result, 'ok')
		// A frame that no client may send, and one that is longer than any request.
		for (const frame of [Buffer.from([0xf3, 0x80, 0, 0, 0, 0]), frameOf(Buffer.alloc(60_000, 0x20), BINARY)]) {
			const broken = await RawWebSocket.open(solana.wsUrl)
			broken.socket.write(frame)
			const answered = broken.texts.first(DEADLINE_MS, 'a refusal', it => it.error !== undefined)
			await within(DEADLINE_MS, 'an end or a refusal', Promise.race([broken.ended, answered]))
			broken.close()
		}
		const heads = ['', 'GET / HTTP/1.1\r\nhost: ', 'POST / HTTP/1.1\r\ncontent-length: 100\r\n\r\n{', '\u0000\u0001\u0002']
		const silent = Array.from({ length: 100 }, (_, index) => halfOpen(index % 2 ? solana.url : solana.wsUrl, heads[index % 4]))
		const hasHealth = async () => (await solana.rpc('getHealth')) === 'ok' && (await socket.ask('getHealth')).result === 'ok'
		await eventually(DEADLINE_MS, 'the node to answer beside silent connections', hasHealth)
		for (const connection of silent) connection.destroy()
	}))

	test('nothing is lost', async () => {
		assert.deepEqual(await solana.node.rpc('unum_checkState'), [])
	})
})
