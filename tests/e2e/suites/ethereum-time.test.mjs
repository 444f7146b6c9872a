// SPDX-License-Identifier: Apache-2.0
//
// Blocks and their time, as development tools ask for them.

import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import { startEthereum } from '../lib/ethereum.mjs'
import { test } from '../lib/testing.mjs'

describe('time of development tools', { skip: process.env.UNUM_ETHEREUM_URL !== undefined }, () => {
	let ethereum

	before(async () => {
		ethereum = await startEthereum()
	})

	after(() => ethereum.stop())

	const latest = async () => {
		const { number, timestamp } = await ethereum.rpc('eth_getBlockByNumber', 'latest', false)
		return { number: Number(number), timestamp: Number(timestamp) }
	}

	test('a block is made when asked for', async () => {
		const before = await latest()
		await ethereum.rpc('evm_mine')
		assert.equal((await latest()).number, before.number + 1)
	})

	test('time is put forward, and goes on from there', async () => {
		await ethereum.rpc('evm_mine')
		const before = await latest()
		assert.ok((await ethereum.rpc('evm_increaseTime', 3_600)) >= 3_600)
		await ethereum.rpc('evm_mine')
		const passed = (await latest()).timestamp - before.timestamp
		assert.ok(passed >= 3_600 && passed < 3_660, `${passed} s`)
	})

	test('the next block has the time that was asked for', async () => {
		const at = (await latest()).timestamp + 86_400
		await ethereum.rpc('evm_setNextBlockTimestamp', `0x${at.toString(16)}`)
		await ethereum.rpc('evm_mine')
		assert.equal((await latest()).timestamp, at)
		await ethereum.rpc('evm_mine', at + 100)
		assert.equal((await latest()).timestamp, at + 100)
	})

	test('time does not go back', async () => {
		const { timestamp } = await latest()
		const { code, message } = await ethereum.refused('evm_setNextBlockTimestamp', timestamp - 1)
		assert.equal(code, -32000)
		assert.match(message, /is not after the last block's/)
	})

	test('what can not be honest is not there', async () => {
		assert.equal((await ethereum.refused('evm_snapshot')).code, -32601)
	})
})
