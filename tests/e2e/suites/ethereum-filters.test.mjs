// SPDX-License-Identifier: Apache-2.0
//
// Logs in great number, and the filters that poll for them.

import assert from 'node:assert/strict'
import { ContractFactory, zeroPadValue } from 'ethers'
import { devSigner, startEthereum } from '../lib/ethereum.mjs'
import { checkResult } from '../lib/schemas.mjs'
import { compileFile } from '../lib/solidity.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

const TURNS = 300
const ROUNDS = 4
const hex = number => `0x${number.toString(16)}`

describe('logs and filters', () => {
	const { Counter } = compileFile('Calls.sol')
	const { topicHash } = Counter.abi.getEvent('Counted')
	let ethereum, counter, address, me, rounds

	const done = async sent => (await sent).wait()

	async function logs(filter) {
		const found = await ethereum.rpc('eth_getLogs', filter)
		checkResult('eth_getLogs', found)
		return found
	}

	before(async () => {
		ethereum = await startEthereum()
		const signer = devSigner(2, ethereum.provider())
		me = await signer.getAddress()
		counter = await new ContractFactory(Counter.abi, Counter.bytecode, signer).deploy()
		address = await counter.getAddress()
		rounds = []
		for (let round = 0; round < ROUNDS; round++) rounds.push(await done(counter.chatter(TURNS)))
	})
	after(() => ethereum?.stop())

	test('more than a thousand logs are found, in order and complete', async () => {
		const all = await logs({ address, fromBlock: '0x0', toBlock: 'latest' })
		assert.equal(all.length, TURNS * ROUNDS)
		assert.deepEqual(
			all.map(({ topics }) => Number(topics[2])),
			rounds.flatMap(() => [...Array(TURNS).keys()]),
		)
		const first = all.filter(({ blockHash }) => blockHash === rounds[0].blockHash)
		assert.deepEqual(
			first.map(({ logIndex }) => Number(logIndex) - Number(first[0].logIndex)),
			[...Array(TURNS).keys()],
		)
		assert.deepEqual(new Set(all.map(({ transactionHash }) => transactionHash)), new Set(rounds.map(({ hash }) => hash)))
	})

	test('addresses, topics, alternatives and blanks narrow the search', async () => {
		const range = { address, fromBlock: '0x0', toBlock: 'latest' }
		const seven = zeroPadValue('0x07', 32)
		const eight = zeroPadValue('0x08', 32)
		const by = zeroPadValue(me, 32)
		const count = async topics => (await logs({ ...range, topics })).length
		assert.equal(await count([topicHash, by, seven]), ROUNDS)
		assert.equal(await count([null, null, [seven, eight]]), 2 * ROUNDS)
		assert.equal(await count([[topicHash, seven]]), TURNS * ROUNDS)
		assert.equal(await count([]), TURNS * ROUNDS)
		assert.equal(await count([seven]), 0)
		assert.equal(await count([topicHash, by, seven, seven]), 0)
		const one = { blockHash: rounds[1].blockHash, address: [address, me] }
		assert.equal((await logs(one)).length, TURNS)
		assert.deepEqual(await logs({ ...range, address: me }), [])
		const number = hex(rounds[2].blockNumber)
		assert.equal((await logs({ address, fromBlock: number, toBlock: number })).length, TURNS)
	})

	test('a bloom filter has what a log has', async () => {
		const { logsBloom } = await ethereum.rpc('eth_getTransactionReceipt', rounds[0].hash)
		const block = await ethereum.rpc('eth_getBlockByHash', rounds[0].blockHash, false)
		const [inReceipt, inBlock] = [BigInt(logsBloom), BigInt(block.logsBloom)]
		assert.ok(inReceipt > 0n)
		assert.equal(inReceipt & inBlock, inReceipt)
	})

	test('a filter of logs delivers each once, and forgets when told', async () => {
		const filter = await ethereum.rpc('eth_newFilter', { address, topics: [topicHash] })
		assert.deepEqual(await ethereum.rpc('eth_getFilterChanges', filter), [])
		const { hash } = await done(counter.add(1n, 'polled'))
		const [log, ...others] = await ethereum.rpc('eth_getFilterChanges', filter)
		checkResult('eth_getFilterChanges', [log])
		assert.deepEqual([log.transactionHash, log.removed, others], [hash, false, []])
		assert.deepEqual(await ethereum.rpc('eth_getFilterChanges', filter), [])
		const all = await ethereum.rpc('eth_getFilterLogs', filter)
		assert.ok(all.some(({ transactionHash }) => transactionHash === hash))
		assert.equal(await ethereum.rpc('eth_uninstallFilter', filter), true)
		assert.equal(await ethereum.rpc('eth_uninstallFilter', filter), false)
		assert.match((await ethereum.refused('eth_getFilterChanges', filter)).message, /filter not found/i)
	})

	test('a filter of blocks delivers their hashes', async () => {
		const filter = await ethereum.rpc('eth_newBlockFilter')
		const { blockHash } = await done(counter.add(1n, ''))
		const changes = await ethereum.rpc('eth_getFilterChanges', filter)
		checkResult('eth_getFilterChanges', changes)
		assert.ok(changes.includes(blockHash))
		assert.equal(await ethereum.rpc('eth_uninstallFilter', filter), true)
	})

	test('a search that makes no sense is refused, and a wide one is answered or refused', async () => {
		const head = Number(await ethereum.rpc('eth_blockNumber'))
		await ethereum.refused('eth_getLogs', { address, fromBlock: hex(head), toBlock: hex(head - 1) })
		await ethereum.refused('eth_getLogs', { blockHash: rounds[0].blockHash, fromBlock: '0x0' })
		await ethereum.refused('eth_getLogs', { blockHash: `0x${'ab'.repeat(32)}` })
		await ethereum.refused('eth_getLogs', { address: '0x12' })
		await ethereum.refused('eth_getLogs', { topics: Array(5).fill(null) })
		const wide = { address, fromBlock: '0x0', toBlock: '0xffffffffffffffff' }
		const { error, result } = await ethereum.answer('eth_getLogs', wide)
		assert.ok(error ? typeof error.code === 'number' : result.length >= TURNS * ROUNDS)
		const many = { fromBlock: '0x0', toBlock: 'latest', topics: [Array(1_000).fill(topicHash)] }
		const answer = await ethereum.answer('eth_getLogs', many)
		assert.ok(answer.error || answer.result.length >= TURNS * ROUNDS)
	})
})
