// SPDX-License-Identifier: Apache-2.0
//
// What broken and hostile clients send to Ethereum's JSON-RPC. Each gets an error, and the node goes on
// as if nothing had been.

import assert from 'node:assert/strict'
import { Wallet, parseUnits, zeroPadValue } from 'ethers'
import { CHAIN_ID, COIN, devAccount, freshKey, signFields, startEthereum } from '../lib/ethereum.mjs'
import { after, before, describe, test } from '../lib/testing.mjs'

const MEBIBYTE = 1 << 20
const GWEI = parseUnits('1', 'gwei')

/** JSON-RPC 2.0, section 5.1. */
const [PARSE_ERROR, INVALID_REQUEST, NO_METHOD, INVALID_PARAMS] = [-32700, -32600, -32601, -32602]

describe('ethereum abuse', () => {
	const me = new Wallet(devAccount(8).privateKey)
	const to = devAccount(9).address
	let ethereum

	before(async () => {
		ethereum = await startEthereum()
	})
	after(() => ethereum?.stop())

	const nonce = async tag => Number(await ethereum.rpc('eth_getTransactionCount', me.address, tag))

	/** The node answers, and nothing of ours waits in its pool. */
	async function alive() {
		assert.equal(Number(await ethereum.rpc('eth_chainId')), CHAIN_ID)
		assert.equal(await nonce('pending'), await nonce('latest'))
	}

	const parsed = async body => JSON.parse((await ethereum.post(body)).text)
	const request = (id, method, ...params) => ({ jsonrpc: '2.0', id, method, params })

	test('a batch is answered item by item', async () => {
		const answers = await parsed(
			JSON.stringify([
				request(1, 'eth_chainId'),
				request('two', 'eth_noSuchMethod'),
				request(3, 'eth_getBalance', 'not an address', 'latest'),
				request(4, 'eth_blockNumber'),
			]),
		)
		const by = id => answers.find(answer => answer.id === id)
		assert.equal(answers.length, 4)
		assert.equal(Number(by(1).result), CHAIN_ID)
		assert.equal(by('two').error.code, NO_METHOD)
		assert.equal(by(3).error.code, INVALID_PARAMS)
		assert.ok(by(4).result.startsWith('0x'))
		const many = Array.from({ length: 200 }, (_, id) => request(id, 'eth_chainId'))
		assert.equal((await parsed(JSON.stringify(many))).length, 200)
		const empty = await parsed('[]')
		assert.equal(empty.error.code, INVALID_REQUEST)
	})

	test('what is no JSON and what is no request', async () => {
		for (const body of ['{', '{"jsonrpc":"2.0","id":1,"method":"eth_chainId"', 'nonsense', '\u0000'])
			assert.equal((await parsed(body)).error.code, PARSE_ERROR, body)
		for (const body of ['{}', '{"jsonrpc":"2.0","id":1}', '{"jsonrpc":"2.0","id":1,"method":7}']) {
			const { error } = await parsed(body)
			assert.ok([INVALID_REQUEST, PARSE_ERROR].includes(error.code), `${body}: ${error.code}`)
		}
		const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
		const deep = `{"jsonrpc":"2.0","id":1,"method":"eth_call","params":${nested}}`
		const { text } = await ethereum.post(deep)
		assert.ok(JSON.parse(text).error.code < 0)
		await alive()
	})

	test('unknown methods, and parameters that are missing, of the wrong kind, or out of range', async () => {
		assert.equal((await ethereum.refused('eth_noSuchMethod')).code, NO_METHOD)
		const cases = [
			['eth_getBalance'],
			['eth_getBalance', `0x${'1'.repeat(39)}`, 'latest'],
			['eth_getBalance', to, 'newest'],
			['eth_getBalance', to, { blockHash: '0x12' }],
			['eth_getBlockByNumber', '0x', false],
			['eth_getBlockByNumber', `0x1${'0'.repeat(16)}`, false],
			['eth_getBlockByHash', '0x1234', false],
			['eth_getTransactionByHash', 'zz'],
			['eth_getStorageAt', to, `0x${'0'.repeat(65)}`, 'latest'],
			['eth_call', { to: 'nobody' }, 'latest'],
			['eth_call', { to, data: '0xabc' }, 'latest'],
			['eth_call', { to, value: '-1' }, 'latest'],
			['eth_estimateGas', 'everything'],
			['eth_sendRawTransaction', 5],
			['eth_getLogs', { fromBlock: 'then' }],
			['eth_feeHistory', 'many', 'latest', []],
		]
		for (const [method, ...params] of cases) {
			const { code } = await ethereum.refused(method, ...params)
			assert.ok([INVALID_PARAMS, -32000].includes(code), `${method} ${JSON.stringify(params)}: ${code}`)
		}
		await alive()
	})

	test('calls without end: loops, recursion, memory, a mebibyte of input', async () => {
		const at = `0x${'c0de'.repeat(10)}`
		const call = (code, more = {}) =>
			ethereum.answer('eth_call', { to: at, ...more }, 'latest', { [at]: { code } })
		// JUMPDEST, PUSH0, JUMP
		assert.match((await call('0x5b5f56', { gas: '0x4c4b40' })).error.message, /out of gas|OutOfGas/i)
		assert.ok((await call('0x5b5f56')).error)
		// Calls itself with all gas, as deep as it gets, and stops well.
		assert.equal((await call('0x5f5f5f5f5f305af100', { gas: '0x4c4b40' })).result, '0x')
		// MSTORE far away.
		assert.match((await call(`0x5f7f${'ff'.repeat(32)}52`)).error.message, /out of gas|OutOfGas|gas uint64 overflow|memory/i)
		const input = `0x${'11'.repeat(MEBIBYTE)}`
		const { error, result } = await call('0x365f5260205ff3', { input })
		assert.ok(error || result === zeroPadValue('0x100000', 32))
		const absurd = { gas: `0x${'f'.repeat(15)}`, gasPrice: `0x${'f'.repeat(64)}`, from: me.address }
		assert.ok((await call('0x00', absurd)).error)
		await alive()
	})

	test('transactions that no chain should take', async () => {
		const latest = await ethereum.rpc('eth_getBlockByNumber', 'latest', false)
		const [limit, next] = [BigInt(latest.gasLimit), await nonce('latest')]
		const [tip, fee, gas] = [2n * GWEI, 300n * GWEI, 21_000]
		const most = 2n ** 256n - 1n
		const blob = [zeroPadValue('0x01', 32).replace(/^0x00/, '0x01')]
		const big = { type: 2, chainId: CHAIN_ID, nonce: next, to, maxFeePerGas: fee, maxPriorityFeePerGas: tip }
		const legacy = { type: 0, nonce: next, to, gasPrice: fee, gasLimit: 21_000n, value: 1n }
		const cases = [
			['blobs', signFields(me, 3, [CHAIN_ID, next, tip, fee, gas, to, 1, '0x', [], fee, blob])],
			['type 5', signFields(me, 5, [CHAIN_ID, next, tip, fee, gas, to, 1, '0x', []])],
			['another chain', signFields(me, 2, [1, next, tip, fee, gas, to, 1, '0x', []])],
			['a cap beyond all coins', signFields(me, 2, [CHAIN_ID, next, tip, most, gas, to, 1, '0x', []])],
			['a cap of 257 bits', signFields(me, 2, [CHAIN_ID, next, tip, 2n ** 256n, gas, to, 1, '0x', []])],
			['gas above the block’s', signFields(me, 2, [CHAIN_ID, next, tip, fee, limit + 1n, to, 1, '0x', []])],
			['gas of 64 bits', signFields(me, 2, [CHAIN_ID, next, tip, fee, 2n ** 64n - 1n, to, 1, '0x', []])],
			['a short address', signFields(me, 2, [CHAIN_ID, next, tip, fee, gas, '0x1234', 1, '0x', []])],
			['a field too many', signFields(me, 2, [CHAIN_ID, next, tip, fee, gas, to, 1, '0x', [], 1])],
			['no authorization', signFields(me, 4, [CHAIN_ID, next, tip, fee, 100_000, to, 1, '0x', [], []])],
			['a mebibyte', await me.signTransaction({ ...big, gasLimit: limit, data: `0x${'00'.repeat(MEBIBYTE)}` })],
			['before EIP-155', await me.signTransaction({ ...legacy, chainId: 0 })],
			['nothing', '0x'],
			['a type alone', '0x02'],
			['no list', '0x02c0'],
			['noise', `0x${'f8'.repeat(100)}`],
		]
		const words = {
			blobs: /type not supported|blob/i,
			'type 5': /type not supported/,
			'before EIP-155': /replay-protected/,
			'another chain': /invalid chain id/,
		}
		for (const [name, raw] of cases) {
			const { message } = await ethereum.refused('eth_sendRawTransaction', raw)
			assert.match(message, words[name] ?? /\w/, name)
			await alive()
		}
		assert.equal(await nonce('latest'), next)
	})

	test('a signature that was tampered with moves nobody’s coins', async () => {
		const [sender, next] = [new Wallet(freshKey().privateKey), await nonce('latest')]
		const fields = [CHAIN_ID, next, 2n * GWEI, 300n * GWEI, 21_000, to, COIN, '0x', []]
		const good = signFields(me, 2, fields)
		const other = signFields(sender, 2, fields)
		// The sender of a signature that fits no message is an address without coins.
		const mixed = good.slice(0, -64) + other.slice(-64)
		await ethereum.refused('eth_sendRawTransaction', mixed)
		await ethereum.refused('eth_sendRawTransaction', good.slice(0, -2))
		await ethereum.refused('eth_sendRawTransaction', `${good}00`)
		await alive()
		const hash = await ethereum.rpc('eth_sendRawTransaction', good)
		assert.match(hash, /^0x[0-9a-f]{64}$/)
	})
})
